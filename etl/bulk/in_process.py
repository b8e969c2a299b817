"""DuckDB, in this process: what exceeds the memory that it is granted lies on the disk."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import ibis
from ibis.backends.duckdb import Backend
from ibis.expr.schema import Schema
from ibis.expr.types import Table
from ibis.util import gen_name

from etl.bulk.engine import Engine, EngineError, Layout, Means, RowBrokenError

if TYPE_CHECKING:
    import pyarrow as pa

_ROW = re.compile(r"CSV Error on Line: ([0-9]+)\s+(?:Original Line: .*\n)?")
_FILE = re.compile(r"^\s*file = (.+)$", re.MULTILINE)

_PART = 1 << 22
"""Bytes of text that one thread takes at a time: of eight times as many some go idle at the end."""


@contextmanager
def in_process(means: Means, *, in_order: bool = False) -> Iterator[Engine]:
    """Open DuckDB with the memory and the folder granted; nothing of it is left behind.

    Rows come in the order of the file only if `in_order`, which takes longer.
    """
    with tempfile.TemporaryDirectory(prefix="altyn-kopir-", dir=means.folder or None) as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": means.memory,
            "temp_directory": folder,
            "preserve_insertion_order": in_order,
        }
        try:
            with closing(duckdb.connect(config=config)) as connection:
                connection.execute("SET enable_progress_bar = false")
                # Looked up as `ibis.duckdb` it would cost a search of all that is installed.
                yield _DuckDb(connection, Backend())
        except duckdb.Error as error:
            raise _told(error) from error


def _told(error: duckdb.Error) -> Exception:
    text = str(error)
    row = _ROW.search(text)
    if row is None:
        return EngineError(f"DuckDB gave up: {text[:400]}")
    file = _FILE.search(text)
    reason = f"is no row of the table: {text[row.end() :].strip()[:200]}"
    return RowBrokenError(Path(file[1]).name if file else "", int(row[1]), reason)


def _listed(texts: Iterable[str]) -> str:
    """Texts as a list in SQL; as a parameter it would have DuckDB load pandas, for longer than all."""
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\0", "' || chr(0) || '") + "'"


@dataclass(frozen=True)
class _DuckDb:
    connection: duckdb.DuckDBPyConnection
    compiler: Backend

    @property
    def name(self) -> str:
        return f"DuckDB {duckdb.__version__}"

    def read(self, paths: Sequence[Path], layout: Layout) -> Table:
        files = _listed(map(str, paths))
        if not layout.delimiter:
            found = self.connection.sql(f"FROM read_parquet({files})")
            schema = Schema.from_pyarrow(found.limit(0).to_arrow_table().schema)
            return self._named(found, schema)
        texts = ", ".join(f"{_quoted(column)}: 'VARCHAR'" for column in layout.columns)
        # All that a look at the first rows could tell is told, so that faults there have their row.
        told = f"""columns = {{{texts}}}, header = true, auto_detect = false, buffer_size = {_PART},
            delim = {_quoted(layout.delimiter)}, quote = '"', escape = '"'"""
        found = self.connection.sql(f"FROM read_csv({files}, {told})")
        return self._named(found, ibis.schema(dict.fromkeys(layout.columns, "string")))

    def keep(self, rows: Table) -> Table:
        name = gen_name("kept")
        self.connection.execute(f'CREATE TABLE "{name}" AS {self.compiler.compile(rows)}')
        return ibis.table(rows.schema(), name)

    def lend(self, columns: Mapping[str, Sequence[str]]) -> Table:
        name = gen_name("lent")
        lists = ", ".join(
            f'unnest({_listed(texts)}::VARCHAR[]) AS "{column}"'
            for column, texts in columns.items()
        )
        self.connection.execute(f'CREATE TABLE "{name}" AS SELECT {lists}')
        return ibis.table(dict.fromkeys(columns, "string"), name)

    def ask(self, rows: Table) -> pa.Table:
        return self.connection.sql(self.compiler.compile(rows)).to_arrow_table()

    def _named(self, found: duckdb.DuckDBPyRelation, schema: Schema) -> Table:
        name = gen_name("bulk")
        found.create_view(name)
        return ibis.table(schema, name)
