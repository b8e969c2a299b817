"""A warehouse in a file: a new one is written beside it and renamed over it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Table,
    bindparam,
    create_engine,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.pool import NullPool

from warehouse import schema
from warehouse.served import served_in
from warehouse.stores.store import (
    OLD,
    Building,
    Store,
    WarehouseMissingError,
    WarehouseUnreadableError,
    columns_of,
    reason,
)


class SqliteStore(Store):
    """A warehouse in a SQLite file."""

    def __init__(self, file: str) -> None:
        """Point at a file, which need not exist."""
        self.path = Path(file).absolute()
        self.name = str(self.path)
        # NullPool: each question opens the file anew and so sees the build that was swapped in last.
        read_only = URL.create(
            "sqlite", database=f"file:{quote(self.name)}", query={"mode": "ro", "uri": "true"}
        )
        self._engine = create_engine(read_only, poolclass=NullPool)

    def signature(self) -> tuple[int, int]:
        """Inode and time of the file: a rename replaces both."""
        try:
            status = self.path.stat()
        except FileNotFoundError as error:
            raise self._missing() from error
        return status.st_ino, status.st_mtime_ns

    @contextmanager
    def holding(self) -> Iterator[Connection]:
        """Open the file that stands there now; it stays open when another takes its place."""
        with self._engine.connect() as connection:
            yield connection

    def explain(self, error: DBAPIError) -> Exception:
        """A file that is not there, or is no warehouse; either way a build mends it."""
        if self.path.exists():
            return WarehouseUnreadableError(
                f"{self.name} cannot be read ({reason(error)}); run: python -m etl build"
            )
        return self._missing()

    def _missing(self) -> WarehouseMissingError:
        return WarehouseMissingError(f"{self.name} does not exist; run: python -m etl build")

    def served_build_id(self) -> str | None:
        """Name the build in the file, if all of the file can be read."""
        return served_in(self.path)

    @contextmanager
    def building(self, *, swap: bool) -> Iterator[Building]:
        """Write a new file in one transaction that never waits for the disk; sync it when whole."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._only_builder() as new_path:
            engine = _open(new_path)
            with engine.begin() as connection:
                connection.execute(text("PRAGMA journal_mode = MEMORY"))
                connection.execute(text("PRAGMA synchronous = OFF"))
                served = self._attach(connection)
                schema.metadata.create_all(connection)
                yield Building(connection, served)
            engine.dispose()
            if swap:
                self._publish(new_path)

    @contextmanager
    def _only_builder(self) -> Iterator[Path]:
        """Hold the lock of the one builder at a time and clear away what a killed one left."""
        new_path = self.path.with_name(self.path.name + ".building")
        with self.path.with_name(self.path.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _clear(new_path)
            try:
                yield new_path
            finally:
                _clear(new_path)

    def _attach(self, connection: Connection) -> Mapping[str, Sequence[str]]:
        """Attach the served file; a broken one is replaced, having nothing to compare with."""
        if not self.path.exists():
            return {}
        try:
            connection.execute(text(f"ATTACH :path AS {OLD}"), {"path": self.name})
            is_whole = connection.scalar(text(f"PRAGMA {OLD}.quick_check(1)")) == "ok"
            return columns_of(connection, OLD) if is_whole else {}
        except DatabaseError:
            return {}

    def insert(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        records: Sequence[tuple[Any, ...]],
    ) -> None:
        """Hand the records to the driver as plain tuples: millions make no pile of mappings."""
        slots: dict[str, Any] = {name: bindparam(name) for name in names}
        dialect = sqlite.dialect(paramstyle="qmark")
        statement = str(table.insert().values(slots).compile(dialect=dialect))
        connection.exec_driver_sql(statement, list(records))

    def faults(self, connection: Connection) -> Sequence[str]:
        """What SQLite's own check of the file says."""
        lines = connection.scalars(text("PRAGMA main.integrity_check"))
        return [str(line) for line in lines if line != "ok"]

    def _publish(self, new_path: Path) -> None:
        """Swap the file in so that a crash leaves the old build or the new, whole."""
        with new_path.open("rb") as file:
            os.fsync(file.fileno())
        new_path.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _open(path: Path) -> Engine:
    # Foreign keys are not enforced row by row: a build reports every broken one at once.
    return create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)


def _clear(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + "-journal")):
        leftover.unlink(missing_ok=True)
