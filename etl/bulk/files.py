"""The files of bulk data as they lie: their header, which must be one, their digests, and whether they are whole."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from isal import igzip, isal_zlib

from etl.bulk.engine import Layout
from etl.bulk.forms import Form, folded
from etl.formats.first_records import cells_of, delimiter_of
from etl.refusals import Refusal

_HEAD = 1 << 16
_PART = 1 << 20
"""Bytes unpacked at a time."""
_GZIP = b"\x1f\x8b"
_PARQUET = b"PAR1"


@dataclass(frozen=True)
class Opened:
    """Some files of one layout, or why they are none."""

    layout: Layout
    refusals: tuple[Refusal, ...] = ()


def opened(paths: Sequence[Path], form: Form) -> Opened:
    """Look at the first lines of the files. OSError passes through for one that cannot be read."""
    layouts = [_layout(path) for path in paths]
    first = layouts[0]
    refusals: list[Refusal] = []
    if isinstance(first, Layout):
        refusals.extend(_header_faults(paths[0].name, first, form))
    for path, layout in zip(paths, layouts, strict=True):
        if isinstance(layout, Refusal):
            refusals.append(layout)
        elif isinstance(first, Layout) and layout != first:
            shown = ",".join(layout.columns)[:200]
            reason = f"has another header than {paths[0].name}"
            mend = "Add files of one form together, others apart."
            refusals.append(Refusal(path.name, 1, "header", shown, reason, mend))
    return Opened(first if isinstance(first, Layout) else Layout((), ""), tuple(refusals))


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fault(path: Path) -> Refusal | None:
    """Why a packed file is not whole, by its own checksum and length; DuckDB heeds neither."""
    with path.open("rb") as file:
        if file.read(len(_GZIP)) != _GZIP:
            return None
    try:
        with igzip.open(path) as packed:
            while packed.read(_PART):
                pass
    except (EOFError, isal_zlib.error, igzip.BadGzipFile) as error:
        return _unreadable(path, error)
    return None


def _layout(path: Path) -> Layout | Refusal:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_PARQUET):
        return _of_parquet(path)
    try:
        if head.startswith(_GZIP):
            with igzip.open(path) as packed:
                head = packed.read(_HEAD)
        line = head.partition(b"\n")[0].decode("utf-8-sig").rstrip("\r")
    except (EOFError, isal_zlib.error, igzip.BadGzipFile, UnicodeError) as error:
        return _unreadable(path, error)
    delimiter = delimiter_of(line)
    return Layout(tuple(cells_of(line, delimiter)), delimiter)


def _of_parquet(path: Path) -> Layout | Refusal:
    import pyarrow as pa  # noqa: PLC0415 - a tenth of a second that text need not wait for
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        return Layout(tuple(pq.read_schema(path).names), "")
    except pa.ArrowException as error:
        return _unreadable(path, error)


def _unreadable(path: Path, error: Exception) -> Refusal:
    reason = f"is no table that can be read ({str(error)[:100]})"
    return Refusal(path.name, 1, "file", "", reason, "Take the file anew.")


def _header_faults(name: str, layout: Layout, form: Form) -> Iterator[Refusal]:
    shown = ",".join(layout.columns)[:200]
    present = Counter(map(folded, layout.columns))
    for what, any_of in {**form.needed, "value": form.values}.items():
        if not any(column in present for column in any_of):
            mend = f"Name one {' or '.join(any_of)}, or say with --as what the file is."
            yield Refusal(name, 1, "header", shown, f"has no column for {what}", mend)
    for column, count in present.items():
        if count > 1:
            reason = f"has the column {column} {count} times"
            yield Refusal(name, 1, "header", shown, reason, "Keep each column once.")
