"""How the warehouse is made: a new file beside the old, checked, then swapped in with one rename."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Table,
    and_,
    create_engine,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.pool import NullPool

from warehouse import schema
from warehouse.engine import sqlite_path

LARGEST_LOSS = 1 / 3
"""A table that loses more than this share of its rows is taken for an accident."""

_EXAMPLES = 20


class BuildRefusedError(Exception):
    """The new file failed a check; the served file was not touched."""


@dataclass(frozen=True)
class TableChange:
    """How one table differs from the build it replaces."""

    table: str
    rows: int
    before: int | None
    added: int
    removed: int


@dataclass(frozen=True)
class Changes:
    """What a build changes: per table, and the figures whose value moved."""

    tables: tuple[TableChange, ...]
    revised: tuple[str, ...]

    @property
    def is_first(self) -> bool:
        """Whether there was nothing to compare with."""
        return all(change.before is None for change in self.tables)


def served_build_id(url: str) -> str | None:
    """Name the build that is served; None where there is none that this code can read."""
    path = sqlite_path(url)
    if not path.exists():
        return None
    try:
        with _open(path).connect() as connection:
            return connection.scalar(select(schema.build.c.id))
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
        with engine.begin() as connection:
            schema.metadata.create_all(connection)
            _fill(connection, frames, record, inputs)
        with engine.begin() as connection:
            changes = _compare(connection, path)
            _check(connection, changes, allow_loss=allow_loss)
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


def _fill(
    connection: Connection,
    frames: Mapping[str, pd.DataFrame],
    record: Mapping[str, str],
    inputs: Mapping[str, str],
) -> None:
    for table in schema.metadata.sorted_tables:
        if table.name in frames:
            _insert(connection, table, _records(frames[table.name]))
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


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    # SQL knows NULL and pandas knows several ways to be missing: this is where they meet.
    values = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in values.to_dict("records")]


def _compare(connection: Connection, served: Path) -> Changes:
    has_old = served.exists()
    if has_old:
        connection.execute(text("ATTACH :path AS old"), {"path": str(served)})
    tables = tuple(
        _table_change(connection, table, has_old=has_old)
        for table in schema.metadata.sorted_tables
        if table not in schema.RECORDS_OF_THE_BUILD
    )
    revised = tuple(_revisions(connection)) if has_old and _comparable(connection) else ()
    return Changes(tables, revised)


def _comparable(connection: Connection) -> bool:
    return all(
        _columns_of_old(connection, table) == [column.name for column in table.columns]
        for table in (schema.trade_flow, schema.observation)
    )


def _columns_of_old(connection: Connection, table: Table) -> list[str]:
    rows = connection.execute(text(f"PRAGMA old.table_info({table.name})"))
    return [row.name for row in rows]


def _table_change(connection: Connection, table: Table, *, has_old: bool) -> TableChange:
    rows = connection.scalar(select(func.count()).select_from(table)) or 0
    known = _columns_of_old(connection, table) if has_old else []
    if not known:
        return TableChange(table.name, rows, None, rows, 0)
    old = table.to_metadata(type(schema.metadata)(), schema="old")
    before = connection.scalar(select(func.count()).select_from(old)) or 0
    shared = [column.name for column in table.columns if column.name in known]
    new_rows = select(*(table.c[name] for name in shared))
    old_rows = select(*(old.c[name] for name in shared))
    added, removed = (
        connection.scalar(select(func.count()).select_from(difference.subquery())) or 0
        for difference in (new_rows.except_(old_rows), old_rows.except_(new_rows))
    )
    return TableChange(table.name, rows, before, added, removed)


def _revisions(connection: Connection) -> Iterator[str]:
    """Name the figures that stand in both builds with different values, the first of them."""
    for table, values in (
        (schema.trade_flow, ("value_usd",)),
        (schema.observation, ("value", "low", "high")),
    ):
        old = table.to_metadata(type(schema.metadata)(), schema="old")
        keys = [column.name for column in table.primary_key]
        same_key = [table.c[key] == old.c[key] for key in keys]
        moved = [table.c[value].is_distinct_from(old.c[value]) for value in values]
        query = (
            select(
                *(table.c[key] for key in keys),
                *(old.c[value].label(f"old_{value}") for value in values),
                *(table.c[value] for value in values),
            )
            .join_from(table, old, and_(*same_key))
            .where(or_(*moved))
            .order_by(*(table.c[key] for key in keys))
            .limit(_EXAMPLES)
        )
        for row in connection.execute(query).mappings():
            name = " ".join(str(row[key]) for key in keys)
            before = "–".join(str(row[f"old_{v}"]) for v in values if row[f"old_{v}"] is not None)
            after = "–".join(str(row[v]) for v in values if row[v] is not None)
            yield f"{table.name}: {name}: {before} → {after}"


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
