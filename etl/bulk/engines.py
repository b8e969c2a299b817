"""Which engine adds bulk data up: DuckDB in this process, or a Spark; both by the same expressions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from etl.bulk.engine import Engine, Means
from etl.bulk.in_process import in_process


@contextmanager
def engine(means: Means) -> Iterator[Engine]:
    """Open the engine that `means` name, and leave nothing of it behind.

    Raises EngineError where it cannot be had or gives up, RowBrokenError for a row that is none.
    """
    with _spark(means) if means.is_spark else in_process(means) as found:
        yield found


def _spark(means: Means) -> AbstractContextManager[Engine]:
    from etl.bulk.spark import spark  # noqa: PLC0415 - loaded only where one is named

    return spark(means.remote, means.master)
