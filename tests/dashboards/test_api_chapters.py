"""`/api/v1/chapters`: sums of bulk data for machines, each with its source, edition and how many are in it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboards.factory import create_app
from tests.warehouse.made import make
from warehouse.engine import Warehouse


@pytest.fixture
def bulk(served: Path, static_dir: Path) -> FlaskClient:
    """A server with three sums: one of an older edition, two of the newest."""
    url = make(
        served,
        source="| id | title |\n| baci | BACI |\n| comtrade | UN Comtrade |",
        economy="| code |\n| AZE |\n| TUR |\n| WLD |",
        chapter_flow="""
        | reporter_code | partner_code | flow_code | product_code | period | source_id | vintage | value_usd | valuation  | status   | reporters | records | known_since | newest_until |
        | AZE           | TUR          | export    | 27           | 2020   | baci      | 2024-01 | 5.0       | FOB        | estimate | 1         | 2       | 2024-01-22  | 2025-01-22   |
        | AZE           | TUR          | export    | 27           | 2020   | baci      | 2025-01 | 6.0       | FOB        | estimate | 1         | 2       | 2025-01-22  |              |
        | WLD           | TUR          | import    | 10           | 2019   | comtrade  | 2023    | 7.0       | not stated | final    | 3         | 3       | 2023-01-04  |              |
        """,
    )
    return create_app(Warehouse(url), static_dir).server.test_client()


def _asked(client: FlaskClient, query: str) -> list[tuple[float, str]]:
    rows = client.get(f"/api/v1/chapters?{query}").get_json()["data"]
    return [(row["value_usd"], row["vintage"]) for row in rows]


def test_chapters_are_asked_by_their_keys(bulk: FlaskClient) -> None:
    """The newest edition of every source, unless one is named, or a day."""
    assert _asked(bulk, "") == [(6.0, "2025-01"), (7.0, "2023")]
    assert _asked(bulk, "reporter=AZE&partner=TUR&flow=export&chapter=27") == [(6.0, "2025-01")]
    assert _asked(bulk, "dataset=comtrade") == [(7.0, "2023")]
    assert _asked(bulk, "from=2020") == [(6.0, "2025-01")]
    assert _asked(bulk, "asof=2024-06-01&reporter=AZE") == [(5.0, "2024-01")]
    answer = bulk.get("/api/v1/chapters?reporter=WLD").get_json()
    assert (answer["data"][0]["reporters"], [*answer["sources"]]) == (3, ["comtrade"])


def test_chapters_come_as_files(bulk: FlaskClient) -> None:
    """CSV and XLSX say what JSON says."""
    lines = bulk.get("/api/v1/chapters?format=csv").get_data(as_text=True)
    assert [row["value_usd"] for row in csv.DictReader(io.StringIO(lines))] == ["6.0", "7.0"]
    book = openpyxl.load_workbook(io.BytesIO(bulk.get("/api/v1/chapters?format=xlsx").get_data()))
    assert book["data"].max_row == 3


@pytest.mark.parametrize(
    "query", ["product=27", "source=baci", "chapter=2709", "dataset=none", "flow=x"]
)
def test_what_is_not_understood_is_refused(bulk: FlaskClient, query: str) -> None:
    """Neither unknown parameters nor what no build knows."""
    answer = bulk.get(f"/api/v1/chapters?{query}")
    assert answer.status_code == 400
    assert answer.get_json()["errors"][0]["parameter"] == query.partition("=")[0]
