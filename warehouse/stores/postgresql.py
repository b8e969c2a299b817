"""A warehouse in PostgreSQL: each build is a schema of its own, and one row says which is served.

A reader holds the table `build` of the schema that it reads, so all its questions are answered by one
build; who wants to drop a schema must have that table alone, and does not wait for it.
"""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, select, text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from warehouse import schema
from warehouse.stores import schemas
from warehouse.stores.store import (
    OLD,
    Building,
    Store,
    WarehouseMissingError,
    WarehouseUnreadableError,
    columns_of,
    reason,
)

_FRESH_S = 0.25
"""So long a process relies on what it knows of the served build before it asks again."""

_PATIENCE_S = 5
"""So long a server may take to let somebody in."""

_UNDEFINED_TABLE, _DENIED = "42P01", "42501"


class PostgresqlStore(Store):
    """A warehouse in a PostgreSQL database."""

    def __init__(self, url: URL) -> None:
        """Point at a database, whose server need not run."""
        self.name = URL.create(
            url.drivername, url.username, None, url.host, url.port, url.database
        ).render_as_string()
        self._url = url
        self._readers: tuple[int, Engine] | None = None
        self._known: tuple[float, str] | None = None
        self._asking = Lock()

    def signature(self) -> str:
        """The schema of the served build, asked for at most four times a second."""
        # One after another: who asked first but heard last must not bring an older build back.
        with self._asking:
            known = self._known
            if known is not None and time.monotonic() < known[0] + _FRESH_S:
                return known[1]
            with self._reading().connect() as connection:
                return self._served(connection)

    @contextmanager
    def holding(self) -> Iterator[Connection]:
        """Hold the served build in a read-only transaction, so that it is not dropped meanwhile."""
        wanted = self.signature()
        with self._reading().connect() as connection:
            while True:
                connection.execution_options(schema_translate_map={None: wanted})
                try:
                    connection.execute(select(schema.build.c.id))
                    break
                except ProgrammingError:
                    # Dropped since it was asked for: another is served now.
                    connection.rollback()
                    gone = wanted
                    with self._asking:
                        wanted = self._served(connection)
                    if wanted == gone:
                        raise
            yield connection

    def explain(self, error: DBAPIError) -> Exception:
        """A server that lets nobody in, or not this role, or a build of another version of the code."""
        if _state(error) == _DENIED:
            return WarehouseUnreadableError(
                f"{self.name} cannot be read ({reason(error)}); let the role read the schemas of"
                " builds, as docs/decisions/0026-postgresql.md says"
            )
        if isinstance(error, OperationalError):
            return WarehouseUnreadableError(
                f"{self.name} does not answer ({reason(error)});"
                " see that the server runs, and that the address and the password are right"
            )
        return WarehouseUnreadableError(
            f"{self.name} cannot be read ({reason(error)}); run: python -m etl build"
        )

    def served_build_id(self) -> str | None:
        """Name the build that is served. Raises WarehouseUnreadableError if the server is silent."""
        try:
            with self.holding() as connection:
                return connection.scalar(select(schema.build.c.id))
        except WarehouseMissingError:
            return None
        except DBAPIError as error:
            if isinstance(error, OperationalError):
                raise self.explain(error) from error
            return None

    @contextmanager
    def building(self, *, swap: bool) -> Iterator[Building]:
        """Fill a new schema in one transaction, whose end is the swap; then drop what it replaced."""
        engine = self._engine(poolclass=NullPool)
        with engine.connect() as connection:
            served = schemas.begin(connection)
            made = schemas.make(connection)
            connection.execution_options(schema_translate_map={None: made.schema, OLD: served})
            yield Building(connection, columns_of(connection, served) if served else {})
            if not swap:
                return
            schemas.finish(connection, made)
            connection.commit()
            schemas.drop_others(connection)

    def insert(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        records: Sequence[tuple[Any, ...]],
    ) -> None:
        """Copy the records in."""
        new = connection.get_execution_options()["schema_translate_map"][None]
        quote = connection.dialect.identifier_preparer.quote
        statement = (
            f"COPY {quote(new)}.{quote(table.name)} ({', '.join(map(quote, names))}) FROM STDIN"
        )
        driver: Any = connection.connection.driver_connection
        errors: Any = connection.dialect.loaded_dbapi
        try:
            with driver.cursor() as cursor, cursor.copy(statement) as copy:
                for record in records:
                    copy.write_row(record)
        except errors.Error as error:
            raise DBAPIError.instance(statement, None, error, errors.Error) from error

    def faults(self, connection: Connection) -> Sequence[str]:
        """What holds no text of any script; keys and checks PostgreSQL itself holds, row by row."""
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding == "UTF8":
            return ()
        return (f"the database is in {encoding}; make one WITH ENCODING 'UTF8' TEMPLATE template0",)

    def _served(self, connection: Connection) -> str:
        """Ask which schema is served, and remember it. Raises WarehouseMissingError if none is."""
        asked = time.monotonic()
        try:
            served = schemas.served(connection)
        except ProgrammingError as error:
            if _state(error) != _UNDEFINED_TABLE:
                raise
            served = None
        if served is None:
            raise WarehouseMissingError(f"{self.name} holds no warehouse; run: python -m etl build")
        connection.rollback()
        self._known = (asked, served)
        return str(served)

    def _reading(self) -> Engine:
        """The connections of this process: those of the parent of a fork are the parent's."""
        if self._readers is None or self._readers[0] != os.getpid():
            engine = self._engine(
                pool_pre_ping=True, execution_options={"postgresql_readonly": True}
            )
            event.listen(engine, "before_cursor_execute", _without_nul, retval=True)
            weakref.finalize(self, _dispose, engine, os.getpid())
            self._readers = (os.getpid(), engine)
        return self._readers[1]

    def _engine(self, **options: Any) -> Engine:
        driver: Any = self._url.get_dialect().import_dbapi()
        arguments = {
            # A parameter that is told twice is the same in SELECT and GROUP BY only if the text says so.
            "cursor_factory": driver.ClientCursor,
            "connect_timeout": _PATIENCE_S,
            "client_encoding": "utf8",
        }
        return create_engine(self._url, connect_args=arguments, **options)


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _without_nul(
    _connection: Connection, _cursor: Any, statement: str, given: Any, *_: Any
) -> tuple[str, Any]:
    """Ask for what cannot be there with a character that the server takes: no text of it has a NUL."""
    if not isinstance(given, dict):
        return statement, given
    return statement, {
        name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
        for name, value in given.items()
    }


def _dispose(engine: Engine, process: int) -> None:
    if process == os.getpid():
        engine.dispose()
