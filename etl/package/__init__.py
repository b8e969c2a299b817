"""The warehouse as a data package: written beside the folder that is asked for, then renamed to it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from etl.package.descriptor import DESCRIPTOR, NAME, File, Resource, descriptor
from warehouse.catalog import Build
from warehouse.extract import PAGE, Archive, Extract, Kind, Page, Shape, shapes

_ARROW = {
    "string": pa.string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
}
_QUOTED = re.compile('[",\r\n]|^$')
"""Cells that need quotes (RFC 4180), and the empty text, which is not a missing one."""


class PackageRefusedError(Exception):
    """What stands where the package would go is something else; it was not touched."""


def export(archive: Archive, folder: Path) -> dict[str, int]:
    """Write the package of the served build, as of the archive's day; answers each table's rows.

    `folder` is replaced when the package is whole. Raises PackageRefusedError if it holds anything
    else, OSError if it cannot be written, and what `Archive.extract` raises.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _only_exporter(folder) as new:
        _check_replaceable(folder)
        with archive.extract() as extract:
            resources = [_write(extract, shape, new) for shape in shapes()]
            content = descriptor(extract.build, extract.asof, resources)
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        (new / DESCRIPTOR).write_text(text, encoding="utf-8", newline="")
        _seal(new / DESCRIPTOR, new)
        _swap(new, folder)
    return {resource.shape.name: resource.rows for resource in resources}


@contextmanager
def _only_exporter(folder: Path) -> Iterator[Path]:
    """Hold the one place to write, in the same file system, and mend what a killed export left."""
    new, old = _beside(folder, "new"), _beside(folder, "old")
    parent = os.open(folder.parent, os.O_RDONLY)
    try:
        fcntl.flock(parent, fcntl.LOCK_EX)
        if old.exists() and not folder.exists():
            old.rename(folder)
        for leftover in (new, old):
            shutil.rmtree(leftover, ignore_errors=True)
        for name in ("data", "parquet"):
            (new / name).mkdir(parents=True)
        yield new
        os.fsync(parent)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        os.close(parent)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.parent / f".{folder.name}.{suffix}"


def _check_replaceable(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise PackageRefusedError(f"{folder} is a file; name a folder")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    strange = sorted(found - _parts(folder / DESCRIPTOR))
    if strange:
        raise PackageRefusedError(
            f"{folder} holds {strange[0]}, which is no part of a package of {NAME};"
            " name a folder that does not exist"
        )


def _parts(path: Path) -> set[str]:
    """Name the files of a package of ours; none if the descriptor is another's or unreadable."""
    try:
        content = json.loads(path.read_bytes())
        if content["name"] != NAME:
            return set()
        files = [part for each in content["resources"] for part in (each, each["parquet"])]
        return {DESCRIPTOR, *(str(part["path"]) for part in files)}
    except (OSError, ValueError, TypeError, KeyError):
        return set()


def _swap(new: Path, folder: Path) -> None:
    """Put the new folder in the place of the old; a crash in between is mended by the next export."""
    old = _beside(folder, "old")
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write(extract: Extract, shape: Shape, folder: Path) -> Resource:
    """Write a table page by page as CSV and as Parquet."""
    table, columnar = folder / "data" / f"{shape.name}.csv", folder / "parquet" / shape.name
    columnar = columnar.with_suffix(".parquet")
    arrow = _arrow_schema(shape, extract.build)
    rows = 0
    with (
        table.open("w", encoding="utf-8", newline="") as lines,
        pa.parquet.ParquetWriter(columnar, arrow, compression="zstd") as writer,
    ):
        lines.write(",".join(arrow.names) + "\n")
        for page in extract.pages(shape.name):
            columns = _columns(shape, page)
            arrays = [pa.array(*pair) for pair in zip(columns, arrow.types, strict=True)]
            batch = pa.RecordBatch.from_arrays(arrays, schema=arrow)
            writer.write_batch(batch, row_group_size=PAGE)
            texts = [
                _texts(field.kind, column)
                for field, column in zip(shape.fields, columns, strict=True)
            ]
            lines.writelines(",".join(row) + "\n" for row in zip(*texts, strict=True))
            rows += len(page)
    sources = extract.sources(shape.name)
    return Resource(shape, rows, _seal(table, folder), _seal(columnar, folder), sources)


def _arrow_schema(shape: Shape, build: Build) -> Any:
    fields = [
        pa.field(
            field.name,
            _ARROW[field.kind],
            nullable=not field.is_required,
            metadata={"description": field.description, "unit": field.unit},
        )
        for field in shape.fields
    ]
    return pa.schema(fields, metadata={"name": shape.name, "build": build.id})


def _columns(shape: Shape, page: Page) -> list[Sequence[Any]]:
    """Turn a page on its side; an empty text where one may be missing is a missing one."""
    return [
        column if field.is_required or field.kind != "string" else [cell or None for cell in column]
        for field, column in zip(shape.fields, zip(*page, strict=True), strict=True)
    ]


def _texts(kind: Kind, column: Sequence[Any]) -> list[str]:
    write = _WRITERS[kind]
    if kind == "number":
        return ["" if cell is None else write(cell) for cell in column]
    # Most columns repeat a few words: each is written once a page.
    texts = {cell: "" if cell is None else write(cell) for cell in {*column}}
    return [texts[cell] for cell in column]


def _text(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _number(cell: float) -> str:
    # The shortest text that reads back as the same number.
    return repr(cell).removesuffix(".0")


def _boolean(cell: bool) -> str:  # noqa: FBT001 - a cell
    return "true" if cell else "false"


_WRITERS: dict[Kind, Callable[[Any], str]] = {
    "string": _text,
    "number": _number,
    "integer": str,
    "boolean": _boolean,
}


def _seal(path: Path, folder: Path) -> File:
    """Bring a file to the disk, and weigh it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(path.relative_to(folder).as_posix(), path.stat().st_size, f"sha256:{digest}")
