"""Spark: a cluster's own address, or a server of Spark Connect."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table
from ibis.util import gen_name

from etl.bulk.engine import Engine, EngineError, Layout

_HOW = "Install it with: python -m pip install 'pyspark[connect]'; it wants Java 17 or newer"

_PARTS_OF_ONE_MACHINE = 4


@contextmanager
def spark(remote: str, master: str) -> Iterator[Engine]:
    """Open a session at `remote` or else `master`, and end it.

    Raises EngineError without pyspark, or where no session can be had.
    """
    with warnings.catch_warnings():
        # Of pandas Spark is given a handful of codes; figures come and go as Arrow.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        session = _session(remote, master)
        try:
            yield _Spark(session, ibis.pyspark.connect(session), remote or master)
        except _errors() as error:
            raise EngineError(f"Spark gave up: {str(error)[:400]}") from error
        finally:
            session.stop()


def _session(remote: str, master: str) -> Any:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra
    except ImportError as error:
        named = "SPARK_REMOTE" if remote else "SPARK_MASTER"
        raise EngineError(f"{named} is set, but pyspark is not installed. {_HOW}.") from error
    builder = SparkSession.builder.appName("altyn-kopir")
    if remote:
        builder = builder.remote(remote)
    else:
        builder = builder.master(master)
        for noise in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
            builder = builder.config(noise, "false")
    if (remote or master).startswith("local"):
        # A cluster knows its own size; on one machine 200 parts of little each cost minutes.
        builder = builder.config("spark.sql.shuffle.partitions", _PARTS_OF_ONE_MACHINE)
    trouble: tuple[type[Exception], ...] = (*_errors(), RuntimeError, OSError)
    try:
        return builder.getOrCreate()
    except trouble as error:
        reason = str(error).partition("\n")[0][:300]
        raise EngineError(f"No Spark answers at {remote or master}: {reason}. {_HOW}.") from error


def _errors() -> tuple[type[Exception], ...]:
    from py4j.protocol import Py4JError  # noqa: PLC0415 - of the same extra
    from pyspark.errors import PySparkException  # noqa: PLC0415

    return PySparkException, Py4JError


@dataclass(frozen=True)
class _Spark:
    session: Any
    connection: Any
    place: str

    @property
    def name(self) -> str:
        return f"Spark {self.connection.version} at {self.place}"

    def read(self, paths: Sequence[Path], layout: Layout) -> Table:
        files = [path.absolute().as_uri() for path in paths]
        if not layout.delimiter:
            frame = self.session.read.parquet(*files)
        else:
            schema = ", ".join(f"`{column}` STRING" for column in layout.columns)
            marks = {"sep": layout.delimiter, "quote": '"', "escape": '"', "mode": "FAILFAST"}
            frame = self.session.read.csv(files, schema=schema, header=True, **marks)
        return self._named(frame)

    def keep(self, rows: Table) -> Table:
        return self._named(self._frame(rows).persist())

    def lend(self, columns: Mapping[str, Sequence[str]]) -> Table:
        schema = pa.schema([(name, pa.string()) for name in columns])
        return self._named(self.session.createDataFrame(pa.table(dict(columns), schema)))

    def ask(self, rows: Table) -> pa.Table:
        # Ibis itself would have Spark make a frame of pandas first.
        return self._frame(rows).toArrow()

    def _frame(self, rows: Table) -> Any:
        return self.session.sql(self.connection.compile(rows))

    def _named(self, frame: Any) -> Table:
        name = gen_name("bulk")
        frame.createOrReplaceTempView(name)
        return self.connection.table(name)
