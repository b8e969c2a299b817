"""What others do with a file of trade, each a process of its own: `python -m benchmarks.loaders NAME FILE FOLDER`."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

ECONOMIES = {
    "Azerbaijan": "AZE",
    "Hungary": "HUN",
    "Kazakhstan": "KAZ",
    "Kyrgyzstan": "KGZ",
    "Northern Cyprus": "XNC",
    "Türkiye": "TUR",
    "Turkey": "TUR",
    "Turkmenistan": "TKM",
    "Uzbekistan": "UZB",
}
_OURS = ", ".join(f"'{name}'" for name in ECONOMIES)
AGGREGATE = f"""
    SELECT year, flow, reporter, partner, "cmdCode", SUM("tradeValueUSD") AS usd FROM {{}}
    WHERE reporter IN ({_OURS}) OR partner IN ({_OURS}) GROUP BY 1, 2, 3, 4, 5
"""
"""The sums that everybody is asked for: chapters of every flow of these economies."""

_IN_SQLITE = f"CREATE TABLE mart AS {AGGREGATE.format('flows')}"


def duckdb_aggregate(file: Path, folder: Path) -> None:
    """DuckDB's own way: read the file and aggregate, in one statement."""
    import duckdb  # noqa: PLC0415 - each contender loads its own tools only

    with duckdb.connect(folder / "mart.duckdb") as connection:
        query = AGGREGATE.format(f"read_csv('{file}')")
        connection.execute(f"CREATE TABLE mart AS {query}")


def pandas_to_sql(file: Path, folder: Path) -> None:
    """The tutorial of pandas: read_csv, to_sql into SQLite, then a GROUP BY."""
    import pandas as pd  # noqa: PLC0415

    with closing(sqlite3.connect(folder / "flows.sqlite")) as connection:
        pd.read_csv(file).to_sql("flows", connection, index=False)
        _marked(folder)
        connection.execute(_IN_SQLITE)
        connection.commit()


def dlt_read_csv(file: Path, folder: Path) -> None:
    """The guide of dlt: files piped into its reader of CSV, loaded into DuckDB."""
    from dlt.sources.filesystem import filesystem, read_csv  # noqa: PLC0415

    files = filesystem(bucket_url=file.parent.as_uri(), file_glob=file.name)
    _dlt((files | read_csv()).with_name("flows"), folder)


def dlt_arrow(file: Path, folder: Path) -> None:
    """The fast lane of dlt: the same with its reader that hands Arrow on."""
    from dlt.sources.filesystem import filesystem, read_csv_duckdb  # noqa: PLC0415

    files = filesystem(bucket_url=file.parent.as_uri(), file_glob=file.name)
    reader = read_csv_duckdb(use_pyarrow=True)
    _dlt((files | reader).with_name("flows"), folder)


def _dlt(resource: object, folder: Path) -> None:
    import dlt  # noqa: PLC0415
    import duckdb  # noqa: PLC0415

    pipeline = dlt.pipeline(
        pipeline_name="flows",
        pipelines_dir=str(folder / "pipelines"),
        destination=dlt.destinations.duckdb(str(folder / "flows.duckdb")),
        dataset_name="bench",
    )
    pipeline.run(resource)
    _marked(folder)
    with duckdb.connect(folder / "flows.duckdb") as connection:
        query = AGGREGATE.replace('"cmdCode"', "cmd_code").replace(
            '"tradeValueUSD"', "trade_value_usd"
        )
        connection.execute(f"CREATE TABLE mart AS {query.format('bench.flows')}")


def _marked(folder: Path) -> None:
    """Leave a mark when all rows are loaded and nothing is aggregated yet."""
    (folder / "loaded").touch()


CONTENDERS: Mapping[str, Callable[[Path, Path], None]] = {
    "duckdb": duckdb_aggregate,
    "pandas": pandas_to_sql,
    "dlt": dlt_read_csv,
    "dlt-arrow": dlt_arrow,
}

if __name__ == "__main__":
    CONTENDERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
