"""Spark: a cluster's own address, or a server of Spark Connect."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
from ibis.expr.types import Table

from etl.bulk.engines import Engine, EngineError, Layout

_HOW = "Install it with: python -m pip install 'pyspark[connect]'; it wants Java 17 or newer"


@contextmanager
def opened(remote: str, master: str) -> Iterator[Engine]:
    """Open a session at `remote` or else `master`, and end it.

    Raises EngineError without pyspark, or where no session can be had.
    """
    session = _session(remote, master)
    try:
        yield _Spark(ibis.pyspark.connect(session), remote or master)
    finally:
        session.stop()


def _session(remote: str, master: str) -> Any:
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as error:
        named = "SPARK_REMOTE" if remote else "SPARK_MASTER"
        raise EngineError(f"{named} is set, but there is no pyspark. {_HOW}.") from error
    builder = SparkSession.builder.appName("altyn-kopir")
    builder = builder.remote(remote) if remote else builder.master(master)
    try:
        with warnings.catch_warnings():
            # Of pandas it is used for a handful of codes; figures come and go as Arrow.
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
            return builder.config("spark.ui.enabled", "false").getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        reason = str(error).partition("\n")[0][:300]
        raise EngineError(f"No Spark answers at {remote or master}: {reason}. {_HOW}.") from error


@dataclass(frozen=True)
class _Spark:
    connection: Any
    place: str

    @property
    def name(self) -> str:
        return f"Spark {self.connection.version} at {self.place}"

    def read(self, paths: Sequence[Path], layout: Layout) -> Table:
        session = self.connection._session  # noqa: SLF001 - Ibis's reader takes no strict mode
        files = [path.absolute().as_uri() for path in paths]
        if not layout.delimiter:
            frame = session.read.parquet(*files)
        else:
            schema = ", ".join(f"`{column}` STRING" for column in layout.columns)
            marks = {"sep": layout.delimiter, "quote": '"', "escape": '"', "mode": "FAILFAST"}
            frame = session.read.csv(files, schema=schema, header=True, **marks)
        name = ibis.util.gen_name("bulk")
        frame.createOrReplaceTempView(name)
        return self.connection.table(name)

    def keep(self, rows: Table) -> Table:
        return rows.cache()
