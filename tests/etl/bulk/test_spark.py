"""Spark gives what DuckDB gives, row by row: the expression is the same, and so are its sums."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.bulk.engine import EngineError, Means
from tests.etl.bulk.adding import LEGACY, added, csv, saved

pytestmark = pytest.mark.slow

needs_spark = pytest.mark.skipif(
    shutil.which("java") is None,
    reason="Spark wants Java 17: apt-get install openjdk-17-jre-headless",
)
LOCAL = Means(master="local[1]", memory="256MB")
CLUSTER = Means(master="local-cluster[2,1,1024]", memory="1GB")
"""A master and two workers, each a Java machine of its own, as on a cluster of two."""


@needs_spark
def test_spark_adds_up_what_duckdb_does(tmp_path: Path):
    """Sums of thirds and sevenths, quoted cells, gaps, and faults with their places."""
    records = [
        f'{reporter},{partner},{flow},20{year:02},{chapter}.0,"Goods, {chapter}",{year / 7:.5f}'
        for reporter in ("Azerbaijan", "Georgia", "Türkiye")
        for partner in ("Kazakhstan", "World", "Uzbekistan")
        for flow in ("Import", "Export", "Re-Import")
        for year in range(5, 15)
        for chapter in (1, 27)
    ]
    header = "reporter,partner,flow,year,cmdCode,cmdDescE,tradeValueUSD"
    lines = [
        header,
        *records,
        "Georgia,Atlantis,Import,2010,1.0,x,-1",
        "Georgia,World,Import,2010,2.0,,",
    ]
    path = saved(tmp_path, "\n".join(lines) + "\n", "bulk.csv.gz")
    in_process = added(path, keeps_rest=True)
    on_spark = added(path, means=LOCAL, keeps_rest=True)
    assert on_spark.rows.equals(in_process.rows)
    assert on_spark.refusals == in_process.refusals != ()
    assert on_spark.passed_over == in_process.passed_over != ()
    assert (on_spark.records, on_spark.ours) == (in_process.records, in_process.ours)
    assert on_spark.engine.startswith("Spark 4")


@needs_spark
def test_a_spark_that_does_not_answer_is_told(tmp_path: Path):
    """The sentence names the address."""
    path = saved(tmp_path, csv("| cmdCode | tradeValueUSD |\n| 27.0 | 1 |", **LEGACY))
    with pytest.raises(EngineError, match="No Spark answers at local-cluster\\[nothing\\]"):
        added(path, means=Means(master="local-cluster[nothing]"))


@needs_spark
@pytest.mark.real_data
def test_a_cluster_and_duckdb_agree_on_two_million_real_rows(real_data: Path):
    """All 2 050 346 records of 23 reporters: the same mart, the same digests of the files."""
    file = "trade-comtrade-hs2-23-reporters/comtrade_hs2_23reporters_1991_2021.csv.gz"
    in_process, on_cluster = (added(real_data / file, means=each) for each in (Means(), CLUSTER))
    assert in_process.refusals == on_cluster.refusals == ()
    assert in_process.records == on_cluster.records == 2_050_346
    assert len(in_process.rows) == 33_298
    assert on_cluster.rows.equals(in_process.rows)
    assert on_cluster.digests == in_process.digests
