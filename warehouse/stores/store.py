"""What a kind of database has to do so that a warehouse can be kept in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, inspect
from sqlalchemy.exc import DBAPIError

OLD = "old"
"""The schema under which a build on its way finds the tables of the one that is served."""


class WarehouseMissingError(Exception):
    """No warehouse has been built where the address points."""


class WarehouseAddressError(ValueError):
    """What was given is no address of a warehouse that this code can serve."""


class WarehouseUnreadableError(Exception):
    """What stands where the address points is no warehouse that this code can read."""


@dataclass(frozen=True)
class Building:
    """A build on its way: the connection that writes it, and the columns of what is served, by table.

    The served tables are reached as those of the schema `OLD`; without any there is no such build.
    """

    connection: Connection
    served: Mapping[str, Sequence[str]]


class Store(ABC):
    """Where one warehouse is kept. Nothing is opened before something is asked."""

    name: str
    """What a message calls it; never with a password."""

    @abstractmethod
    def signature(self) -> Hashable:
        """Tell what changes when a build is swapped in, without reading the build.

        Raises WarehouseMissingError where nothing was built.
        """

    @abstractmethod
    def holding(self) -> AbstractContextManager[Connection]:
        """Open the build that is served, for reading alone: whatever is swapped in, it stays that."""

    @abstractmethod
    def explain(self, error: DBAPIError) -> Exception:
        """Say in a sentence why reading failed, and what to do."""

    @abstractmethod
    def served_build_id(self) -> str | None:
        """Name the build that is served; None where there is none that is whole and readable."""

    @abstractmethod
    def building(self, *, swap: bool) -> AbstractContextManager[Building]:
        """Make room for a build, as the one builder at a time, and serve it at the end if `swap`.

        What ends in an exception, or is killed, leaves the served build as it was.
        """

    @abstractmethod
    def insert(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        records: Sequence[tuple[Any, ...]],
    ) -> None:
        """Add records, whose cells are those of the columns named, to a table of the new build.

        Raises sqlalchemy's IntegrityError or DataError for what the schema does not allow.
        """

    @abstractmethod
    def faults(self, connection: Connection) -> Sequence[str]:
        """Find what is broken in the database of the new build, one line each."""


def columns_of(connection: Connection, schema: str) -> dict[str, list[str]]:
    """Name the columns of each table of a schema, as they stand in the database."""
    found = inspect(connection).get_multi_columns(schema=schema)
    return {name: [column["name"] for column in columns] for (_, name), columns in found.items()}


def reason(error: DBAPIError) -> str:
    """What the database itself said, on one line."""
    return " ".join(str(error.orig).split())
