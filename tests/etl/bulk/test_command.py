"""`python -m etl aggregate`: what it keeps, what becomes of that, and what it says."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl import pipeline
from etl.__main__ import main as etl
from etl.snapshots import FOLDER, Snapshots
from etl.sources.chapter_flows import CHAPTER_FLOWS
from tests.data_folder import ROOT, DataFolder, dump
from tests.etl.bulk.adding import LEGACY, csv, saved
from tests.tables import assert_table
from warehouse.engine import Warehouse
from warehouse.queries import exchange, lineage

_2010 = "| partner | cmdCode | tradeValueUSD |\n| Turkey | 27.0 | 5.5 |\n| World | 27.0 | 9.0 |"
_REVISED = "| partner | cmdCode | tradeValueUSD |\n| Turkey | 27.0 | 6.0 |\n| World | 27.0 | 9.0 |"


def _aggregate(folder: DataFolder, path: Path, *options: str) -> Result:
    arguments = ["aggregate", path, "--as", "comtrade", "--data", folder.path, *options]
    return CliRunner().invoke(etl, [str(argument) for argument in arguments])


@pytest.fixture
def bulk(tmp_path: Path) -> Path:
    """A file of two records of one chapter."""
    return saved(tmp_path, csv(_2010, **LEGACY), "bulk.csv.gz")


def test_a_mart_is_a_snapshot_that_says_how_it_was_made(small: DataFolder, bulk: Path):
    """By which engine and code, of which files, of how many records; the same again is nothing new."""
    first = _aggregate(small, bulk, "--published", "2023-01-04")
    assert first.exit_code == 0, first.output
    assert "3 sums, of 2 records of the group's economies among 2, by DuckDB" in first.output
    (snapshot,) = Snapshots(small.path / FOLDER)
    assert snapshot.provenance.kind == CHAPTER_FLOWS.kind
    told = snapshot.provenance.headers
    assert {"code", "economies", "engine", "records", "refusals", "sha256 of bulk.csv.gz"} <= {
        *told
    }
    assert (told["records"], told["refusals"]) == ("2", "0")
    _aggregate(small, bulk, "--published", "2023-01-04")
    assert len([*Snapshots(small.path / FOLDER)]) == 1


def test_bulk_data_wait_for_no_pandas(small: DataFolder, bulk: Path):
    """It takes longer to load than all of our own code to run, and one import anywhere is enough."""
    program = (
        "import sys, etl.__main__ as command\n"
        "try:\n    command.main(sys.argv[1:])\n"
        "except SystemExit as end:\n    sys.exit(end.code or 'pandas' in sys.modules)"
    )
    arguments = ["aggregate", str(bulk), "--as", "comtrade", "--data", str(small.path)]
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert b"3 sums" in ended.stdout


@pytest.mark.slow
def test_marts_are_served_in_a_table_of_their_own(small: DataFolder, bulk: Path, served: Path):
    """With source, valuation and edition; the flows that small documents tell are as they were."""
    url = f"sqlite:///{served}"
    pipeline.build(small.path, url)
    before = dump(served)["trade_flow"]
    _aggregate(small, bulk, "--published", "2023-01-04")
    saved(bulk.parent, csv(_REVISED, **LEGACY), bulk.name)
    _aggregate(small, bulk, "--published", "2024-01-04")
    assert not pipeline.build(small.path, url).is_refused
    after = dump(served)
    assert after["trade_flow"] == before
    warehouse = Warehouse(url)
    found = exchange.chapters(warehouse, reporter_code="AZE", product_code="27")
    (turkey, world) = found.rows
    assert (turkey["value_usd"], turkey["known_since"], turkey["valuation"]) == (
        6.0,
        "2024-01-04",
        "not stated",
    )
    assert (world["value_usd"], world["vintage"], world["source_id"]) == (
        9.0,
        "2023-01-04",
        "comtrade",
    )
    (then,) = exchange.chapters(
        warehouse.as_of("2023-06-01"), partner_code="TUR", reporter_code="AZE"
    ).rows
    assert then["value_usd"] == 5.5
    assert exchange.chapters(warehouse, source_id="baci").total == 0
    chapters = lineage.coverage(warehouse).query("subject.str.startswith('chapters')")
    assert_table(
        chapters,
        """
        | source_id | subject         | rows | first_period | last_period |
        | comtrade  | chapters of AZE | 2    | 2010         | 2010        |
        | comtrade  | chapters of WLD | 1    | 2010         | 2010        |
        """,
    )
    with closing(sqlite3.connect(served)) as connection:
        (headers,) = connection.execute("SELECT headers FROM snapshot LIMIT 1").fetchone()
    assert json.loads(headers)["records"] == "2"


def test_refusals_are_reported_and_nothing_is_kept(small: DataFolder, tmp_path: Path):
    """The report is that of every command: file, row, field, value, reason, remedy."""
    path = saved(
        tmp_path, csv("| partner | cmdCode | tradeValueUSD |\n| Atlantis | 27.0 | 1 |", **LEGACY)
    )
    result = _aggregate(small, path, "--report", str(tmp_path / "refusals.json"))
    assert result.exit_code == 1
    refusals = json.loads((tmp_path / "refusals.json").read_text("utf-8"))
    assert next((each["file"], each["row"], each["value"]) for each in refusals) == (
        "bulk.csv",
        2,
        "Atlantis",
    )
    assert not [*Snapshots(small.path / FOLDER)]


def test_the_rest_is_kept_if_asked_for(small: DataFolder, tmp_path: Path):
    """The command still ends with 1, and the snapshot says that something was refused."""
    text = "| partner | cmdCode | tradeValueUSD |\n| Turkey | 27.0 | 1 |\n| Turkey | 28.0 | ? |"
    result = _aggregate(small, saved(tmp_path, csv(text, **LEGACY)), "--keep-rest")
    assert result.exit_code == 1
    (snapshot,) = Snapshots(small.path / FOLDER)
    assert snapshot.provenance.headers["refusals"] == "1"


def test_spark_without_pyspark_is_told(
    small: DataFolder, bulk: Path, monkeypatch: pytest.MonkeyPatch
):
    """Who names a cluster and lacks the extra reads how to get it."""
    monkeypatch.setenv("SPARK_MASTER", "spark://nowhere:7077")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    result = _aggregate(small, bulk)
    assert result.exit_code == 1
    assert "SPARK_MASTER is set, but pyspark is not installed." in result.output
