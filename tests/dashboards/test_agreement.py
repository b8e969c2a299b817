"""PostgreSQL and SQLite agree: each query that an answer asks is held against the other's rows.

What a walk over the addresses proves here, `pytest --postgresql` proves for every query of every test.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.factory import create_app
from dashboards.pages import PAGES
from tests.dashboards.serving import ask, page_of
from tests.warehouse.made import contents
from warehouse.engine import Warehouse

pytestmark = pytest.mark.slow

DAYS = ("", "2024-12-31", "2011-06-30")
VIEWS = (
    *(page.path for page in PAGES),
    *("trade/kaz-kgz", "trade/aze-tur", "economy/kaz", "economy/hun"),
    *("targets/trade-23bn", "data/trade_turnover_ots", "data/kaz"),
)
CHOICES = (
    *("trade?view=map", "trade?view=flows", "trade?reporter=UZB&basis=share", "trade?source=wits"),
    *("trade?definition=members_dated&prices=constant", "digital?indicator=account_ownership"),
    *(
        "data?q=transit",
        "trade/kaz-uzb?flow=import",
        "corridor?grid=times",
        "claims?verdict=differs",
    ),
)
QUESTIONS = (
    *("observations", "observations?indicator=trade_turnover_ots&source=all&format=xlsx"),
    *(
        "observations?from=2010&to=2022-06&format=csv",
        "observations?scope=members_current&page=2&page_size=5",
    ),
    *("trade?reporter=KAZ&partner=TUR", "trade?source=all&page=3", "trade?product=27&flow=export"),
    *("two-sided?page=2", "reliability", "targets", "claims", "indicators", "sources"),
    *("lineage?indicator=trade_turnover_ots", "lineage?reporter=KAZ&period=2022"),
)
FILES = (
    "trade/turnover.csv",
    "trade/turnover.xlsx",
    "digital/payments.csv",
    "briefing/briefing.xlsx",
)


@pytest.fixture(scope="module")
def client(compared: Warehouse, static_dir: Path) -> FlaskClient:
    """A browser of an app that asks both; where they differ, it is told."""
    server = create_app(compared, static_dir).server
    server.config["PROPAGATE_EXCEPTIONS"] = True
    return server.test_client(use_cookies=False)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("view", VIEWS)
def test_every_page_asks_what_both_answer_alike(client: FlaskClient, view: str, day: str):
    """As of today, and as of days on which some or most was not yet known."""
    assert page_of(ask(client, f"/en/{view}", f"?asof={day}" if day else ""))


@pytest.mark.parametrize("view", CHOICES)
def test_every_choice_asks_what_both_answer_alike(client: FlaskClient, view: str):
    """Other definitions, sources, measures and searches than those of a page as it opens."""
    path, _, query = view.partition("?")
    assert page_of(ask(client, f"/en/{path}", f"?{query}"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_address_of_the_api_asks_what_both_answer_alike(client: FlaskClient, question: str):
    """Rows, totals and pages."""
    response = client.get(f"/api/v1/{question}")
    assert response.status_code == 200, response.text


@pytest.mark.parametrize("file", FILES)
def test_every_kind_of_file_asks_what_both_answer_alike(client: FlaskClient, file: str):
    """A view to take along, and the briefing."""
    assert client.get(f"/en/{file}").status_code == 200


def test_the_whole_of_both_is_the_same(server_url: str, file_url: str):
    """Every row of every table, in the order of its key, as it goes out as a data package."""
    assert contents(server_url) == contents(file_url)
