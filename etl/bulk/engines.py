"""What adds bulk data up: DuckDB in this process, or a Spark cluster; both by the same expressions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import ibis
from ibis.expr.types import Table


class EngineError(Exception):
    """The engine that was asked for cannot be had, or gave up; the sentence says what to do."""


class RowBrokenError(Exception):
    """A row cannot be told into cells: in which file, at which row, and why."""

    def __init__(self, file: str, row: int, reason: str) -> None:
        """Take an empty `file` where the engine does not name it."""
        super().__init__(file, row, reason)
        self.file, self.row, self.reason = file, row, reason


@dataclass(frozen=True)
class Layout:
    """How some files of one header are to be read; `delimiter` is empty for Parquet."""

    columns: tuple[str, ...]
    delimiter: str


@dataclass(frozen=True)
class Means:
    """What a machine grants: where Spark is, if anywhere, and else DuckDB's memory and disk.

    `remote` is a Spark Connect server (`sc://host:15002`), `master` a cluster's own address. An
    empty `folder` is the system's folder for temporary files.
    """

    remote: str = ""
    master: str = ""
    memory: str = "1GB"
    folder: str = ""

    @property
    def is_spark(self) -> bool:
        """Whether a Spark is named."""
        return bool(self.remote or self.master)


class Engine(Protocol):
    """Reads files into tables of Ibis and keeps what is needed more than once."""

    @property
    def name(self) -> str:
        """What it is, with its version and place."""

    def read(self, paths: Sequence[Path], layout: Layout) -> Table:
        """Promise the rows of some files, columns as in `layout`; those of delimited ones as text."""

    def keep(self, rows: Table) -> Table:
        """Work some rows out once."""


@contextmanager
def engine(means: Means) -> Iterator[Engine]:
    """Open the engine that `means` name, and leave nothing of it behind.

    Raises EngineError where it cannot be had.
    """
    if means.is_spark:
        from etl.bulk.spark import opened  # noqa: PLC0415 - an extra that few installations have

        with opened(means.remote, means.master) as found:
            yield found
        return
    with duckdb(means) as found:
        yield found


@contextmanager
def duckdb(means: Means, *, in_order: bool = False) -> Iterator[Engine]:
    """Open DuckDB on a file of its own, so that what exceeds the memory lies on the disk.

    Rows come in the order of the file only if `in_order`, which takes longer.
    """
    with tempfile.TemporaryDirectory(prefix="altyn-kopir-", dir=means.folder or None) as folder:
        connection = ibis.duckdb.connect(
            Path(folder) / "bulk.duckdb",
            memory_limit=means.memory,
            temp_directory=folder,
            preserve_insertion_order=in_order,
        )
        connection.settings["enable_progress_bar"] = False
        try:
            yield _DuckDb(connection)
        finally:
            connection.disconnect()


@dataclass(frozen=True)
class _DuckDb:
    connection: Any

    @property
    def name(self) -> str:
        return f"DuckDB {self.connection.version}"

    def read(self, paths: Sequence[Path], layout: Layout) -> Table:
        files = [str(path) for path in paths]
        if not layout.delimiter:
            return self.connection.read_parquet(files)
        columns: Mapping[str, str] = dict.fromkeys(layout.columns, "VARCHAR")
        marks = {"delim": layout.delimiter, "quote": '"', "escape": '"'}
        return self.connection.read_csv(files, columns=columns, header=True, **marks)

    def keep(self, rows: Table) -> Table:
        return self.connection.create_table(ibis.util.gen_name("kept"), rows)
