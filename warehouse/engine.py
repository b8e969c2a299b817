"""How readers reach the warehouse: read-only, one whole build per question, and always the newest."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, or_, select, true
from sqlalchemy.exc import DBAPIError

from warehouse import schema
from warehouse.catalog import Build
from warehouse.stores import (
    WarehouseAddressError,
    WarehouseMissingError,
    WarehouseUnreadableError,
    open_store,
)

__all__ = [
    "Row",
    "Warehouse",
    "WarehouseAddressError",
    "WarehouseMissingError",
    "WarehouseUnreadableError",
]

Row = Mapping[str, Any]


class Warehouse:
    """Read-only access to a built warehouse, as it is or as it would have answered on a past day."""

    def __init__(self, url: str, asof: str = "") -> None:
        """Point at `url`, as `sqlite:///data/warehouse.sqlite`; nothing is opened yet.

        `asof` is a day as ISO text; empty for today. Raises WarehouseAddressError for an address of
        anything that cannot hold a warehouse.
        """
        self.asof = asof
        self._store = open_store(url)
        self._known: tuple[Hashable, Build] | None = None

    @property
    def name(self) -> str:
        """What messages call it: a path, or an address without its password."""
        return self._store.name

    def as_of(self, day: str) -> Warehouse:
        """The same warehouse as it would have answered on a day, given as ISO text."""
        past = copy(self)
        past.asof = day
        return past

    def newest(self, table: Table) -> ColumnElement[bool]:
        """Whether a row of `trade_flow` or `observation` is its source's newest word by then."""
        return self._spoke(table, "is_newest", "newest_until")

    def preferred(self, table: Table) -> ColumnElement[bool]:
        """Whether a row of `trade_flow` or `observation` is the newest and its source preferred."""
        return self._spoke(table, "is_preferred", "preferred_until")

    def said(self, table: Table) -> ColumnElement[bool]:
        """Whether what a row of `target`, `claim` or `snapshot` states had been stated by then."""
        return table.c.known_since <= self.asof if self.asof else true()

    def _spoke(self, table: Table, flag: str, until: str) -> ColumnElement[bool]:
        if not self.asof:
            return table.c[flag]
        is_current = or_(table.c[until].is_(None), table.c[until] > self.asof)
        return and_(table.c.known_since <= self.asof, is_current)

    def rows(self, query: Select[Any]) -> Sequence[Row]:
        """Answer a query as mappings.

        Raises WarehouseMissingError where nothing was built, WarehouseUnreadableError where what
        was built is broken or of another version of the code.
        """
        with self._holding() as connection:
            return [row._asdict() for row in connection.execute(query)]

    @contextmanager
    def _holding(self) -> Iterator[Connection]:
        try:
            with self._store.holding() as connection:
                yield connection
        except DBAPIError as error:
            raise self._store.explain(error) from error

    def frame(self, query: Select[Any]) -> pd.DataFrame:
        """Answer a query as a frame with the columns selected, in their order."""
        rows = self.rows(query)
        return pd.DataFrame([tuple(row.values()) for row in rows], columns=_names(query))

    def build(self) -> Build:
        """Tell which build is being served; reads it only when another has been swapped in.

        Raises what `rows` does.
        """
        try:
            signature = self._store.signature()
        except DBAPIError as error:
            raise self._store.explain(error) from error
        if self._known is None or self._known[0] != signature:
            (row,) = self.rows(select(schema.build))
            self._known = (signature, Build(**row))
        return self._known[1]


def _names(query: Select[Any]) -> list[str]:
    return [str(column.key) for column in query.selected_columns]
