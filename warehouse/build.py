"""How the warehouse is made: a new file beside the old, checked, then swapped in with one rename."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Table,
    bindparam,
    create_engine,
    select,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.pool import NullPool

from warehouse import schema
from warehouse.changes import Changes, compare
from warehouse.engine import sqlite_path

LARGEST_LOSS = 1 / 3
"""A table that loses more than this share of its rows is taken for an accident."""


_PART = 50_000
"""Rows handed to the database at a time."""


class BuildRefusedError(Exception):
    """The new file failed a check; the served file was not touched."""


def served_build_id(url: str) -> str | None:
    """Name the build that is served; None where there is none that is whole and readable."""
    path = sqlite_path(url)
    if not path.exists():
        return None
    try:
        with _open(path).connect() as connection:
            is_whole = connection.scalar(text("PRAGMA quick_check(1)")) == "ok"
            return connection.scalar(select(schema.build.c.id)) if is_whole else None
    except DatabaseError:
        return None


def write(
    frames: Mapping[str, pd.DataFrame],
    record: Mapping[str, str],
    inputs: Mapping[str, str],
    url: str,
    *,
    swap: bool = True,
    allow_loss: bool = False,
) -> Changes:
    """Write frames named like the tables, check the new file, and swap it in unless `swap` is off.

    `record` is the row of `build`; `inputs` maps each input's path to its SHA-256.
    Raises BuildRefusedError with every failed check; the served file is then as it was.
    """
    path = sqlite_path(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _only_builder(path) as new_path:
        engine = _open(new_path)
        with _begin(engine) as connection:
            schema.metadata.create_all(connection)
            _fill(connection, frames, record, inputs)
        with _begin(engine) as connection:
            changes = compare(connection, path)
            _check(connection, changes, allow_loss=allow_loss)
            _insert(connection, schema.build_change, changes.records)
        engine.dispose()
        if swap:
            _publish(new_path, path)
        return changes


@contextmanager
def _only_builder(path: Path) -> Iterator[Path]:
    """Hold the lock of the one builder at a time and clear away what a killed one left."""
    new_path = path.with_name(path.name + ".building")
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _clear(new_path)
        try:
            yield new_path
        finally:
            _clear(new_path)


def _clear(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + "-journal")):
        leftover.unlink(missing_ok=True)


def _open(path: Path) -> Engine:
    # Foreign keys are not enforced row by row: `_check` reports every broken one at once.
    return create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)


@contextmanager
def _begin(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that never waits for the disk; the file is synced once, when it is whole."""
    with engine.begin() as connection:
        connection.execute(text("PRAGMA journal_mode = MEMORY"))
        connection.execute(text("PRAGMA synchronous = OFF"))
        yield connection


def _fill(
    connection: Connection,
    frames: Mapping[str, pd.DataFrame],
    record: Mapping[str, str],
    inputs: Mapping[str, str],
) -> None:
    for table in schema.metadata.sorted_tables:
        if table.name in frames:
            _pour(connection, table, frames[table.name])
    _insert(connection, schema.build, [dict(record)])
    _insert(
        connection,
        schema.build_input,
        [{"path": path, "sha256": digest} for path, digest in sorted(inputs.items())],
    )


def _insert(connection: Connection, table: Table, records: Sequence[Mapping[str, Any]]) -> None:
    if not records:
        return
    try:
        connection.execute(table.insert(), list(records))
    except IntegrityError as error:
        raise BuildRefusedError(f"{table.name}: {error.orig}") from error


def _pour(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    """Insert a frame a part at a time, as plain tuples: millions of rows make no pile of mappings."""
    names = [str(name) for name in frame.columns]
    slots: dict[str, Any] = {name: bindparam(name) for name in names}
    statement = str(
        table.insert().values(slots).compile(dialect=sqlite.dialect(paramstyle="qmark"))
    )
    ordered = [column.name for column in table.columns if column.name in slots]
    unknown = sorted(set(names) - set(ordered))
    if unknown:
        raise BuildRefusedError(f"{table.name}: has no column {', '.join(unknown)}")
    try:
        # In the order of the key, each row goes behind the last one: a tree that only grows.
        keys = [column.name for column in table.primary_key]
        sorted_rows = frame[ordered].sort_values(keys, ignore_index=True)
        for first in range(0, len(frame), _PART):
            part = sorted_rows.iloc[first : first + _PART]
            connection.exec_driver_sql(statement, list(_records(part)))
    except IntegrityError as error:
        raise BuildRefusedError(f"{table.name}: {error.orig}") from error


def _records(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    # SQL knows NULL and pandas knows several ways to be missing: this is where they meet.
    columns = [column.astype(object).where(column.notna(), None) for _name, column in frame.items()]
    return zip(*columns, strict=True)


def _check(connection: Connection, changes: Changes, *, allow_loss: bool) -> None:
    """Run every check, record what each said, and refuse the build when one failed."""
    outcomes = {
        "integrity_check": [
            str(line)
            for line in connection.scalars(text("PRAGMA main.integrity_check"))
            if line != "ok"
        ],
        "foreign_key_check": [
            f"{count} rows of {child} point at a missing {parent}"
            for (child, parent), count in sorted(_orphans(connection).items())
        ],
        "row_counts": [] if allow_loss else list(_losses(changes)),
    }
    failed = [f"{name}: {line}" for name, lines in outcomes.items() for line in lines]
    if failed:
        raise BuildRefusedError("\n".join(failed))
    _insert(connection, schema.build_check, [{"name": name, "outcome": "ok"} for name in outcomes])


def _orphans(connection: Connection) -> Counter[tuple[str, str]]:
    broken = connection.execute(text("PRAGMA main.foreign_key_check"))
    return Counter((row.table, row.parent) for row in broken)


def _losses(changes: Changes) -> Iterator[str]:
    for change in changes.tables:
        if change.before and change.rows < change.before * (1 - LARGEST_LOSS):
            yield (
                f"{change.table} fell from {change.before} rows to {change.rows};"
                " if that is meant, build with --allow-loss"
            )


def _publish(new_path: Path, path: Path) -> None:
    """Swap the file in so that a crash leaves the old build or the new, whole."""
    with new_path.open("rb") as file:
        os.fsync(file.fileno())
    new_path.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
