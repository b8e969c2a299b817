"""What a new build changes against the one that is served."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, and_, func, or_, select, text
from sqlalchemy.exc import DatabaseError

from warehouse import schema
from warehouse.seen import seen

_EXAMPLES = 20


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
    records: tuple[Mapping[str, Any], ...] = ()
    """Rows of `build_change`: what readers will see otherwise."""

    @property
    def is_first(self) -> bool:
        """Whether there was nothing to compare with."""
        return all(change.before is None for change in self.tables)


def compare(connection: Connection, served: Path) -> Changes:
    """Compare the build behind `connection` with the served file, where there is a readable one."""
    has_old = served.exists() and _attach(connection, served)
    tables = tuple(
        _table_change(connection, table, has_old=has_old)
        for table in schema.metadata.sorted_tables
        if table not in schema.RECORDS_OF_THE_BUILD
    )
    if not (has_old and _comparable(connection)):
        return Changes(tables, ())
    return Changes(tables, tuple(_revisions(connection)), tuple(seen(connection)))


def _attach(connection: Connection, served: Path) -> bool:
    """Attach the served file as `old`; a broken one is replaced, having nothing to compare with."""
    try:
        connection.execute(text("ATTACH :path AS old"), {"path": str(served)})
        return bool(connection.scalar(text("PRAGMA old.quick_check(1)")) == "ok")
    except DatabaseError:
        return False


def _comparable(connection: Connection) -> bool:
    return all(
        # What SQLite works out itself is in no table_info.
        _columns_of_old(connection, table) == [c.name for c in table.columns if not c.computed]
        for table in (
            schema.trade_flow,
            schema.observation,
            schema.target,
            schema.claim,
            schema.build,
        )
    )


def _columns_of_old(connection: Connection, table: Table) -> list[str]:
    rows = connection.execute(text(f"PRAGMA old.table_info({table.name})"))
    return [row.name for row in rows]


def _table_change(connection: Connection, table: Table, *, has_old: bool) -> TableChange:
    rows = connection.scalar(select(func.count()).select_from(table)) or 0
    known = _columns_of_old(connection, table) if has_old else []
    if not known:
        return TableChange(table.name, rows, None, rows, 0)
    old = table.to_metadata(MetaData(), schema="old")
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
        # Under one name SQLite would take both for the same table, and nothing would ever differ.
        new = table.alias("new_row")
        old = table.to_metadata(MetaData(), schema="old").alias("old_row")
        keys = [column.name for column in table.primary_key]
        same_key = [new.c[key] == old.c[key] for key in keys]
        moved = [new.c[value].is_distinct_from(old.c[value]) for value in values]
        query = (
            select(
                *(new.c[key] for key in keys),
                *(old.c[value].label(f"old_{value}") for value in values),
                *(new.c[value] for value in values),
            )
            .join_from(new, old, and_(*same_key))
            .where(or_(*moved))
            .order_by(*(new.c[key] for key in keys))
            .limit(_EXAMPLES)
        )
        for row in connection.execute(query).mappings():
            name = " ".join(str(row[key]) for key in keys)
            before = "–".join(str(row[f"old_{v}"]) for v in values if row[f"old_{v}"] is not None)
            after = "–".join(str(row[v]) for v in values if row[v] is not None)
            yield f"{table.name}: {name}: {before} → {after}"
