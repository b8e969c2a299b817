"""The files a build is made of, as bytes with their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from etl.snapshots import FOLDER, Snapshot, Snapshots


@dataclass(frozen=True)
class Inputs:
    """Every input of a build, by its path inside the data folder, and the code that reads them."""

    files: Mapping[str, bytes]
    code_version: str
    snapshots: tuple[Snapshot, ...] = ()
    asof: str = ""
    """The day whose knowledge is asked for; empty for today's."""

    @cached_property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each file, and of each snapshot as its record tells it."""
        of_files = {name: _digest(content) for name, content in self.files.items()}
        return of_files | {
            f"{FOLDER}/{snapshot.id}": snapshot.provenance.sha256 for snapshot in self.snapshots
        }

    @cached_property
    def build_id(self) -> str:
        """Name the build that these inputs and this code make; the same inputs, the same name."""
        lines = [f"{name} {digest}" for name, digest in sorted(self.digests.items())]
        return _digest("\n".join([self.code_version, self.asof, *lines]).encode())[:12]

    def matching(self, pattern: str) -> list[tuple[str, bytes]]:
        """The files whose path matches the pattern, in the order of their names."""
        return [
            file for file in sorted(self.files.items()) if PurePosixPath(file[0]).match(pattern)
        ]

    def outside(self, patterns: Iterable[str]) -> list[str]:
        """Name the files that match none of the patterns: nobody would read them."""
        read = {name for pattern in patterns for name, _content in self.matching(pattern)}
        return sorted(set(self.files) - read)


FOLDERS = ("catalog", "corrections", "figures", "statements")
"""The folders of the tables; the layouts say what lies in them."""


def read_inputs(data_dir: Path, asof: str = "") -> Inputs:
    """Read every file in the `FOLDERS` of `data_dir`, notes for people (*.md) and hidden ones aside.

    Of snapshots only the records are read here, those taken after `asof` too: a document found late
    may be of an edition that was known before.
    Raises FileNotFoundError where `data_dir` does not exist, SnapshotBrokenError for a bad record.
    """
    if not data_dir.is_dir():
        raise FileNotFoundError(f"{data_dir} is not a folder")
    paths = sorted(path for folder in FOLDERS for path in _files(data_dir / folder))
    files = {path.relative_to(data_dir).as_posix(): path.read_bytes() for path in paths}
    return Inputs(files, code_version(), tuple(Snapshots(data_dir / FOLDER)), asof)


def code_version() -> str:
    """Digest the modules that turn inputs into a warehouse."""
    root = Path(__file__).parent.parent
    modules = sorted(
        [
            *root.glob("etl/**/*.py"),
            *root.glob("warehouse/*.py"),
            *root.glob("warehouse/schema/*.py"),
            *root.glob("warehouse/stores/*.py"),
        ]
    )
    return _digest(b"".join(module.read_bytes() for module in modules))[:12]


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in inside)
        if path.is_file() and path.suffix != ".md" and not hidden:
            yield path


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
