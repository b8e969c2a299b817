"""How readers reach the warehouse: read-only, one connection per question, and always the newest build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
from sqlalchemy import (
    URL,
    ColumnElement,
    Select,
    Table,
    and_,
    create_engine,
    make_url,
    or_,
    select,
    true,
)
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from warehouse import schema
from warehouse.catalog import Build

Row = Mapping[str, Any]


class WarehouseMissingError(Exception):
    """No warehouse has been built where the address points."""


class WarehouseAddressError(ValueError):
    """What was given is no address of a warehouse that this code can serve."""


class WarehouseUnreadableError(Exception):
    """What stands where the address points is no warehouse that this code can read."""


class Warehouse:
    """Read-only access to a built warehouse, as it is or as it would have answered on a past day."""

    def __init__(self, url: str, asof: str = "") -> None:
        """Point at `url` (`sqlite:///data/warehouse.sqlite`); nothing is opened yet.

        `asof` is a day as ISO text; empty for today.
        """
        self.asof = asof
        self.path = sqlite_path(url)
        # NullPool: each question opens the file anew and so sees the build that was swapped in last.
        file = URL.create(
            "sqlite", database=f"file:{quote(str(self.path))}", query={"mode": "ro", "uri": "true"}
        )
        self._engine = create_engine(file, poolclass=NullPool)
        self._known: tuple[tuple[int, int], Build] | None = None

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
        try:
            with self._engine.connect() as connection:
                return [row._asdict() for row in connection.execute(query)]
        except DBAPIError as error:
            if self.path.exists():
                raise WarehouseUnreadableError(
                    f"{self.path} cannot be read ({error.orig}); run: python -m etl build"
                ) from error
            raise self._missing() from error

    def frame(self, query: Select[Any]) -> pd.DataFrame:
        """Answer a query as a frame with the columns selected, in their order."""
        rows = self.rows(query)
        return pd.DataFrame([tuple(row.values()) for row in rows], columns=_names(query))

    def build(self) -> Build:
        """Tell which build is being served; reads the file only when it has been replaced."""
        signature = self._signature()
        if self._known is None or self._known[0] != signature:
            (row,) = self.rows(select(schema.build))
            self._known = (signature, Build(**row))
        return self._known[1]

    def _signature(self) -> tuple[int, int]:
        try:
            status = self.path.stat()
        except FileNotFoundError as error:
            raise self._missing() from error
        return status.st_ino, status.st_mtime_ns

    def _missing(self) -> WarehouseMissingError:
        return WarehouseMissingError(f"{self.path} does not exist; run: python -m etl build")


def sqlite_path(url: str) -> Path:
    """Name the file behind a `sqlite:///…` address. Raises WarehouseAddressError for any other."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise WarehouseAddressError(f"{url!r} is no address; write sqlite:///FILE") from error
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        raise WarehouseAddressError(
            f"{parsed.render_as_string()}: only sqlite:///FILE is served so far"
        )
    return Path(str(parsed.database)).absolute()


def _names(query: Select[Any]) -> list[str]:
    return [str(column.key) for column in query.selected_columns]
