"""What a new build changes against the one that is served."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, Table, and_, func, or_, select

from warehouse import schema
from warehouse.seen import seen
from warehouse.stores import OLD, Building

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


_COMPARED = (
    *(schema.trade_flow, schema.observation, schema.target, schema.claim),
    schema.build,
)


def compare(building: Building) -> Changes:
    """Compare a build on its way with the one that is served, where there is a readable one."""
    connection, served = building.connection, building.served
    tables = tuple(
        _table_change(connection, table, served.get(table.name, ()))
        for table in schema.metadata.sorted_tables
        if table not in schema.RECORDS_OF_THE_BUILD
    )
    if any([*table.columns.keys()] != served.get(table.name) for table in _COMPARED):
        return Changes(tables, ())
    return Changes(tables, tuple(_revisions(connection)), tuple(seen(connection)))


def _table_change(connection: Connection, table: Table, known: Sequence[str]) -> TableChange:
    rows = connection.scalar(select(func.count()).select_from(table)) or 0
    if not known:
        return TableChange(table.name, rows, None, rows, 0)
    old = table.to_metadata(MetaData(), schema=OLD)
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
        old = table.to_metadata(MetaData(), schema=OLD).alias("old_row")
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
