"""Raw bytes as fetched or added, under their digest, with a record of where they came from."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

FOLDER = "snapshots"
"""Where snapshots lie inside the data folder."""

_NOT_FILE_NAME = re.compile(r"[^0-9A-Za-z]+")


class SnapshotBrokenError(Exception):
    """Stored bytes are missing or are not those that the record describes."""


@dataclass(frozen=True)
class Provenance:
    """Where bytes came from: enough to ask the publisher for them again and to prove them the same."""

    kind: str
    """The form they are in, as in `add --as`."""
    name: str
    """The name of the file, or the address asked, without any key."""
    retrieved_at: str
    """ISO 8601, in UTC, to the millisecond: two taken at one time would have no order."""
    published: str = ""
    """The day on which the publisher released them, where whoever added them knew."""
    source: str = ""
    """Whose figures these are, where the form alone does not tell."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What the answer said of itself: type, entity tag, time of modification."""
    sha256: str = ""
    size_bytes: int = 0


@dataclass(frozen=True)
class Snapshot:
    """One stored document: its record, and the way to its bytes."""

    provenance: Provenance
    path: Path

    @property
    def id(self) -> str:
        """Name the snapshot by its kind, when it was taken, and by what makes it different."""
        record = self.provenance
        told = (record.name, record.sha256, record.published, record.source)
        whence = _digest(" ".join(told).encode())
        return f"{record.kind}/{_plain(record.retrieved_at)}-{whence[:12]}"

    @property
    def day(self) -> str:
        """The day from which its figures could be known: its release, else when it was taken."""
        return self.provenance.published or self.provenance.retrieved_at[:10]

    def content(self) -> bytes:
        """Read the bytes. Raises SnapshotBrokenError unless they are those that were stored."""
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise SnapshotBrokenError(f"{self.path} cannot be read: {error.strerror}") from error
        if _digest(content) != self.provenance.sha256:
            raise SnapshotBrokenError(f"{self.path} is not the bytes that were stored")
        return content

    def is_sound(self) -> bool:
        """Whether its bytes are there and are those that were stored."""
        try:
            self.content()
        except SnapshotBrokenError:
            return False
        return True


@dataclass(frozen=True)
class Snapshots:
    """The store: `bytes/<sha256>` once for each content, `<kind>/<time>-<digest>.json` for each record.

    Both are written beside their place, synced and renamed, the bytes first: whatever kills the
    writer, a record that can be read has its bytes.
    """

    folder: Path

    def keep(self, content: bytes, record: Provenance) -> Snapshot:
        """Store bytes with their provenance; what the newest of that name has is kept once."""
        digest = _digest(content)
        whole = replace(record, sha256=digest, size_bytes=len(content))
        snapshot = Snapshot(whole, self._bytes(digest))
        if not snapshot.is_sound():
            write_whole(snapshot.path, content)
        newest = self.latest(record.kind, record.name)
        if newest and _same(newest.provenance, whole):
            return newest
        text = json.dumps(asdict(whole), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        write_whole(self.folder / f"{snapshot.id}.json", text.encode())
        self._all.append(snapshot)
        self._newest[record.kind, record.name] = snapshot
        return snapshot

    def latest(self, kind: str, name: str) -> Snapshot | None:
        """The newest snapshot of one file or address; None where there is none."""
        return self._newest.get((kind, name))

    def __iter__(self) -> Iterator[Snapshot]:
        """Every snapshot, from the oldest to the newest.

        Raises SnapshotBrokenError for a record that cannot be read.
        """
        return iter(self._all)

    @cached_property
    def _all(self) -> list[Snapshot]:
        found = [self._snapshot(path) for path in self.folder.glob("*/*.json")]
        return sorted(found, key=lambda one: (one.provenance.retrieved_at, one.id))

    @cached_property
    def _newest(self) -> dict[tuple[str, str], Snapshot]:
        """By kind and name, since a fetch looks several up for every question."""
        return {(one.provenance.kind, one.provenance.name): one for one in self._all}

    def _snapshot(self, path: Path) -> Snapshot:
        try:
            record = Provenance(**json.loads(path.read_bytes()))
        except (ValueError, TypeError) as error:
            raise SnapshotBrokenError(f"{path} is no record of a snapshot: {error}") from error
        return Snapshot(record, self._bytes(record.sha256))

    def _bytes(self, digest: str) -> Path:
        return self.folder / "bytes" / digest


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves it whole or not there at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _same(before: Provenance, now: Provenance) -> bool:
    """Whether nothing is new: neither the bytes nor what whoever added them says of them.

    Who adds them again and says less than before takes nothing back.
    """
    told = ((now.published, before.published), (now.source, before.source))
    return now.sha256 == before.sha256 and all(new in {"", old} for new, old in told)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _plain(time: str) -> str:
    return _NOT_FILE_NAME.sub("", time)
