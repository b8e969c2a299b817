"""DuckDB, in this process: on a file of its own, so that what exceeds the memory lies on the disk."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from duckdb import Error
from ibis.expr.types import Table
from ibis.util import gen_name

from etl.bulk.engine import Engine, EngineError, Layout, Means, RowBrokenError

_ROW = re.compile(r"CSV Error on Line: ([0-9]+)\s+(?:Original Line: .*\n)?")
_FILE = re.compile(r"^\s*file = (.+)$", re.MULTILINE)


@contextmanager
def duckdb(means: Means, *, in_order: bool = False) -> Iterator[Engine]:
    """Open DuckDB with the memory and the folder granted; nothing of it is left behind.

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
        except Error as error:
            raise _told(error) from error
        finally:
            connection.disconnect()


def _told(error: Error) -> Exception:
    text = str(error)
    row = _ROW.search(text)
    if row is None:
        return EngineError(f"DuckDB gave up: {text[:400]}")
    file = _FILE.search(text)
    reason = f"is no row of the table: {text[row.end() :].strip()[:200]}"
    return RowBrokenError(Path(file[1]).name if file else "", int(row[1]), reason)


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
        return self.connection.create_table(gen_name("kept"), rows)

    def lend(self, rows: pa.Table) -> Table:
        return ibis.memtable(rows)

    def ask(self, rows: Table) -> pa.Table:
        return self.connection.to_pyarrow(rows)
