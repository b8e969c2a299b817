"""Where warehouses are kept: one module for each kind of database, all of one shape."""

from __future__ import annotations

import re

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from warehouse.stores.postgresql import PostgresqlStore
from warehouse.stores.sqlite import SqliteStore
from warehouse.stores.store import (
    OLD,
    Building,
    Store,
    WarehouseAddressError,
    WarehouseMissingError,
    WarehouseUnreadableError,
    reason,
)

__all__ = [
    "OLD",
    "Building",
    "Store",
    "WarehouseAddressError",
    "WarehouseMissingError",
    "WarehouseUnreadableError",
    "open_store",
    "reason",
]

_FORMS = "write sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST:PORT/DATABASE"
_SECRET = re.compile("(?<=//).*(?=@)|(?<=password=)[^&]*", re.DOTALL)


def open_store(url: str) -> Store:
    """Point at a warehouse by its address; nothing is opened yet.

    Raises WarehouseAddressError for an address of anything else.
    """
    shown = _SECRET.sub("***", url)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # What SQLAlchemy says of a broken address may hold the password.
        raise WarehouseAddressError(f"{shown!r} is no address; {_FORMS}") from None
    if _names_file(parsed):
        return SqliteStore(str(parsed.database))
    if parsed.drivername in {"postgresql", "postgresql+psycopg"} and parsed.database:
        return PostgresqlStore(parsed.set(drivername="postgresql+psycopg"))
    raise WarehouseAddressError(f"{shown!r} is no warehouse; {_FORMS}")


def _names_file(parsed: URL) -> bool:
    is_file = parsed.database not in {None, "", ":memory:"}
    return parsed.get_backend_name() == "sqlite" and is_file
