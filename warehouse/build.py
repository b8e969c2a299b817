"""How the warehouse is made: a new build beside the old, checked, then swapped in whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, and_, func, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from warehouse import schema
from warehouse.changes import Changes, compare
from warehouse.stores import Store, open_store, reason

LARGEST_LOSS = 1 / 3
"""A table that loses more than this share of its rows is taken for an accident."""


_PART = 50_000
"""Rows handed to the database at a time."""


class BuildRefusedError(Exception):
    """The new build failed a check, or could not be written; what is served was not touched."""


def served_build_id(url: str) -> str | None:
    """Name the build that is served; None where there is none that is whole and readable."""
    return open_store(url).served_build_id()


def write(
    frames: Mapping[str, pd.DataFrame],
    record: Mapping[str, str],
    inputs: Mapping[str, str],
    url: str,
    *,
    swap: bool = True,
    allow_loss: bool = False,
) -> Changes:
    """Write frames named like the tables, check the new build, and swap it in unless `swap` is off.

    `record` is the row of `build`; `inputs` maps each input's path to its SHA-256.
    Raises BuildRefusedError with every failed check; what is served is then as it was.
    """
    store = open_store(url)
    try:
        with store.building(swap=swap) as building:
            connection = building.connection
            _fill(store, connection, frames, record, inputs)
            changes = compare(building)
            _check(store, connection, changes, allow_loss=allow_loss)
            _insert(connection, schema.build_change, changes.records)
    except DBAPIError as error:
        raise BuildRefusedError(f"{store.name} cannot be written ({reason(error)})") from error
    return changes


def _fill(
    store: Store,
    connection: Connection,
    frames: Mapping[str, pd.DataFrame],
    record: Mapping[str, str],
    inputs: Mapping[str, str],
) -> None:
    for table in schema.metadata.sorted_tables:
        if table.name in frames:
            _pour(store, connection, table, frames[table.name])
    _insert(connection, schema.build, [dict(record)])
    _insert(
        connection,
        schema.build_input,
        [{"path": path, "sha256": digest} for path, digest in sorted(inputs.items())],
    )


def _insert(connection: Connection, table: Table, records: Sequence[Mapping[str, Any]]) -> None:
    if records:
        connection.execute(table.insert(), list(records))


def _pour(store: Store, connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    """Insert a frame a part at a time, in the order of the key: a tree that only grows."""
    ordered = [column.name for column in table.columns if column.name in frame.columns]
    unknown = sorted({*map(str, frame.columns)} - {*ordered})
    if unknown:
        raise BuildRefusedError(f"{table.name}: has no column {', '.join(unknown)}")
    keys = [column.name for column in table.primary_key]
    sorted_rows = frame[ordered].sort_values(keys, ignore_index=True)
    try:
        for first in range(0, len(frame), _PART):
            part = sorted_rows.iloc[first : first + _PART]
            store.insert(connection, table, ordered, list(_records(part)))
    except (IntegrityError, DataError) as error:
        raise BuildRefusedError(f"{table.name}: {reason(error)}") from error


def _records(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    # SQL knows NULL and pandas knows several ways to be missing: this is where they meet.
    columns = [column.astype(object).where(column.notna(), None) for _name, column in frame.items()]
    return zip(*columns, strict=True)


def _check(store: Store, connection: Connection, changes: Changes, *, allow_loss: bool) -> None:
    """Run every check, record what each said, and refuse the build when one failed."""
    outcomes = {
        "integrity_check": store.faults(connection),
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
    """Count the rows that point at nothing, by the table that they stand in and the one they miss."""
    missing: Counter[tuple[str, str]] = Counter()
    for table in schema.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            parent = key.referred_table.alias("parent")
            pairs = [
                (table.c[each.parent.name], parent.c[each.column.name]) for each in key.elements
            ]
            twin = select(parent).where(and_(*(child == target for child, target in pairs)))
            is_orphan = and_(*(child.is_not(None) for child, _ in pairs), ~twin.exists())
            query = select(func.count()).select_from(table).where(is_orphan)
            missing[table.name, key.referred_table.name] += connection.scalar(query) or 0
    return +missing


def _losses(changes: Changes) -> Iterator[str]:
    for change in changes.tables:
        if change.before and change.rows < change.before * (1 - LARGEST_LOSS):
            yield (
                f"{change.table} fell from {change.before} rows to {change.rows};"
                " if that is meant, build with --allow-loss"
            )
