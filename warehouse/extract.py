"""The whole warehouse, table by table: what its tables are, and their rows a page at a time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    Table,
    case,
    false,
    or_,
    select,
    true,
    union,
)

from warehouse import descriptions, schema
from warehouse.catalog import Build
from warehouse.engine import Row, Warehouse

Kind = Literal["string", "number", "integer", "boolean"]
Page = Sequence[Sequence[Any]]

PAGE = 20_000
"""Rows held in memory at a time."""

_KINDS: dict[type, Kind] = {str: "string", float: "number", int: "integer", bool: "boolean"}
_UNTIL = {"is_newest": "newest_until", "is_preferred": "preferred_until"}

_OF_TODAY = (
    *(schema.two_sided, schema.reliability),
    *(schema.projection, schema.backtest, schema.attainment),
)
"""Worked out of the newest figures, those that a past day did not know among them."""

_ONE_OF = re.compile(r"(\w+) IN (\(.*\))", re.DOTALL)
_AT_LEAST = re.compile(r"(\w+) >= (-?[0-9.]+)")


@dataclass(frozen=True)
class Field:
    """A column; `unit` is empty where it has none, `minimum` and `enum` where anything may stand."""

    name: str
    kind: Kind
    description: str
    unit: str
    is_required: bool
    minimum: float | None = None
    enum: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """Columns whose filled cells stand in the columns of another table."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """A table of the warehouse, told without SQL."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]


def shapes(metadata: MetaData = schema.metadata) -> tuple[Shape, ...]:
    """Describe every table, what it refers to before itself."""
    return tuple(_shape(table) for table in metadata.sorted_tables)


@dataclass(frozen=True)
class Extract:
    """One build, whatever is swapped in meanwhile; with a day `asof` what was known by then.

    A row known since a later day is left out, and a row superseded later is still the newest. What
    was worked out of the figures of today is empty. Other tables are given whole.
    """

    build: Build
    asof: str
    _connection: Connection

    def pages(self, table: str, size: int = PAGE) -> Iterator[Page]:
        """Yield the rows of a table in the order of its key, `size` at a time."""
        queried = schema.metadata.tables[table]
        query = self._known(queried).order_by(*queried.primary_key)
        options = {"yield_per": size}
        result = self._connection.execute(query, execution_options=options)
        yield from result.partitions()

    def sources(self, table: str) -> Sequence[Row]:
        """Name the sources that rows of a table refer to: `id, title, url, licence`."""
        known = self._known(schema.metadata.tables[table]).subquery()
        named = [
            select(known.c[key.parent.name])
            for key in schema.metadata.tables[table].foreign_keys
            if key.column is schema.source.c.id
        ]
        if not named:
            return ()
        columns = (schema.source.c[name] for name in ("id", "title", "url", "licence"))
        query = select(*columns).where(schema.source.c.id.in_(union(*named)))
        found = self._connection.execute(query.order_by(schema.source.c.id))
        return [row._asdict() for row in found]

    def _known(self, table: Table) -> Select[Any]:
        columns = (_as_of(column, self.asof).label(column.name) for column in table.columns)
        return select(*columns).where(_is_known(table, self.asof))


class Archive(Warehouse):
    """A warehouse that can be read whole."""

    @contextmanager
    def extract(self) -> Iterator[Extract]:
        """Hold one build open, as of the day of the warehouse or as it is.

        Raises WarehouseMissingError and WarehouseUnreadableError as a question would.
        """
        with self._holding() as connection:
            row = connection.execute(select(schema.build)).one()
            yield Extract(Build(**row._asdict()), self.asof, connection)


def _is_known(table: Table, asof: str) -> ColumnElement[bool]:
    if not asof:
        return true()
    if "known_since" in table.columns:
        return table.c.known_since <= asof
    return false() if table in _OF_TODAY else true()


def _as_of(column: Column[Any], asof: str) -> ColumnElement[Any]:
    """A column as it stood on a day: no end that came later, no reference to what came later."""
    if not asof:
        return column
    columns = column.table.columns
    if column.name in _UNTIL.values() and "known_since" in columns:
        return case((column <= asof, column))
    if until := _UNTIL.get(column.name):
        return or_(columns[until].is_(None), columns[until] > asof)
    for key in column.foreign_keys if column.nullable else ():
        target = key.column.table.alias()
        if "known_since" in target.c:
            is_known = (target.c[key.column.name] == column) & (target.c.known_since <= asof)
            return select(target.c[key.column.name]).where(is_known).scalar_subquery()
    return column


def _shape(table: Table) -> Shape:
    named = {*table.constraints, *(check for column in table.c for check in column.constraints)}
    checks = [str(check.sqltext) for check in named if isinstance(check, CheckConstraint)]
    allowed = {
        match[1]: ast.literal_eval(match[2])
        for text in checks
        if (match := _ONE_OF.fullmatch(text))
    }
    least = {match[1]: float(match[2]) for text in checks if (match := _AT_LEAST.fullmatch(text))}
    return Shape(
        table.name,
        descriptions.of_table(table.name),
        tuple(
            _field(column, minimum=least.get(column.name), enum=allowed.get(column.name, ()))
            for column in table.columns
        ),
        tuple(column.name for column in table.primary_key),
        tuple(
            Reference(
                tuple(column.name for column in key.columns),
                key.referred_table.name,
                tuple(element.column.name for element in key.elements),
            )
            for key in sorted(table.foreign_key_constraints, key=lambda key: [*key.column_keys])
        ),
    )


def _field(column: Column[Any], *, minimum: float | None, enum: tuple[str, ...]) -> Field:
    description, unit = descriptions.of_column(column.table.name, column.name)
    return Field(
        column.name,
        _KINDS[column.type.python_type],
        description,
        unit,
        is_required=not column.nullable,
        minimum=minimum,
        enum=enum,
    )
