"""What adds bulk data up, whichever it is: what it is asked, what it is granted, what it may run into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ibis.expr.types import Table

if TYPE_CHECKING:
    import pyarrow as pa


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
    """Reads files into tables of Ibis, works them out, and takes small tables in."""

    @property
    def name(self) -> str:
        """What it is, with its version and place."""

    def read(self, paths: Sequence[Path], layout: Layout) -> Table:
        """Promise the rows of some files, columns as in `layout`; those of delimited ones as text."""

    def keep(self, rows: Table) -> Table:
        """Work some rows out once, for who asks them more than once."""

    def lend(self, columns: Mapping[str, Sequence[str]]) -> Table:
        """Take a small table of text in."""

    def ask(self, rows: Table) -> pa.Table:
        """Work some rows out and give them; sums of whole numbers may come as decimals."""
