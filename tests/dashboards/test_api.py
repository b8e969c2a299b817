"""The API: the figures that the pages show, by source, span and day, with where they come from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from warehouse.engine import Warehouse
from warehouse.queries import exchange, indicators, statements, two_sided
from warehouse.queries.exchange import Page

Answer = dict[str, Any]
TURNOVER = {"indicator": "trade_turnover_ots", "definition": "members_current"}


def ask(client: FlaskClient, name: str, **given: object) -> Answer:
    """What a table answers as JSON; `first` and `last` stand for `from` and `to`."""
    names = {"first": "from", "last": "to"}
    query = urlencode({names.get(key, key): value for key, value in given.items()})
    response = client.get(f"/api/v1/{name}?{query}")
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()


def by_period(answer: Answer, column: str = "value") -> dict[str, Any]:
    return {row["period"]: row[column] for row in answer["data"]}


def test_the_published_turnover_comes_out(client: FlaskClient) -> None:
    """4.46 bn in 2010 by WITS, 13.006 bn in 2025 by the Bureau, and the unit beside each."""
    answer = ask(client, "observations", **TURNOVER)
    values = by_period(answer)
    units = {row["unit"] for row in answer["data"]}

    assert values["2010"] == 4460258300.0
    assert values["2025"] == 13006399644.07
    assert by_period(answer, "source_id")["2010"] == "wits"
    assert by_period(answer, "status")["2025"] == "preliminary"
    assert units == {"USD"}


def test_figures_are_those_of_the_pages(client: FlaskClient, warehouse: Warehouse) -> None:
    """What the API gives of an indicator is what the queries of the pages give."""
    for indicator in ("trade_turnover_ots", "titr_volume", "transit_days_titr"):
        answer = ask(client, "observations", indicator=indicator)
        expected = indicators.figures(warehouse, indicator)

        assert [
            (row["scope"], row["period"], row["value"], row["low"], row["high"], row["source_id"])
            for row in answer["data"]
        ] == [
            (row.scope, row.period, row.value, row.low, row.high, row.source.id) for row in expected
        ]


@pytest.mark.parametrize(
    ("day", "value", "vintage"),
    [("2023-09-28", 12980300756.29, "2022"), ("2026-08-01", 12980300756.29, "2023")],
)
def test_a_past_day_answers_as_it_would_have(
    client: FlaskClient, day: str, value: float, vintage: str
) -> None:
    """On the day of the speech, 2022 was known from the edition of that time, and no later year."""
    answer = ask(client, "observations", **TURNOVER, asof=day)

    assert by_period(answer)["2022"] == value
    assert by_period(answer, "vintage")["2022"] == vintage
    assert answer["meta"]["asof"] == day
    assert max(row["known_since"] for row in answer["data"]) <= day


def test_what_was_not_yet_said_is_left_out(client: FlaskClient, warehouse: Warehouse) -> None:
    """Targets and claims as of a day are those stated by then."""
    for name in ("targets", "claims"):
        now, then = ask(client, name), ask(client, name, asof="2023-09-28")

        assert 0 < then["meta"]["total"] < now["meta"]["total"]
        assert all(row["known_since"] <= "2023-09-28" for row in then["data"])
    targets = ask(client, "targets", indicator="trade_turnover_ots")["data"]
    expected = statements.targets(warehouse, "trade_turnover_ots")
    assert [row["id"] for row in targets] == [target.id for target in expected]


def test_any_source_answers(client: FlaskClient) -> None:
    """The preferred, one that is named, or all of them, each marked as preferred or not."""
    question = {**TURNOVER, "first": "2022", "last": "2022"}
    found = {
        source: [
            (row["source_id"], row["value"], row["is_preferred"])
            for row in ask(client, "observations", **question, source=source)["data"]
        ]
        for source in ("preferred", "wits", "all")
    }
    bureau, wits = ("kz-bns", 12980300756.29, True), ("wits", 9050356998.22, False)

    assert found == {"preferred": [bureau], "wits": [wits], "all": [bureau, wits]}


def test_trade_is_asked_by_its_keys(client: FlaskClient) -> None:
    """Reporter, partner, flow, product and span; in US dollars with the valuation."""
    (row,) = ask(
        client,
        "trade",
        reporter="KAZ",
        partner="UZB",
        flow="export",
        product="TOTAL",
        first="2010",
        last="2010",
    )["data"]

    assert (row["value_usd"], row["unit"], row["source_id"]) == (1101225226.0, "USD", "wits")
    assert row["valuation"] in {"FOB", "not stated"}
    assert row["classification"] is None
    assert row["place"]


def test_both_sides_are_those_of_the_warehouse(client: FlaskClient, warehouse: Warehouse) -> None:
    """Every column of the pair's table, what is missing as null, and the sources of both sides."""
    answer = ask(client, "two-sided", exporter="KAZ", importer="KGZ", product="TOTAL")
    pair = two_sided.pair(warehouse, "KAZ", "KGZ")
    expected = pair[pair["exporter_code"] == "KAZ"]

    assert [row["period"] for row in answer["data"]] == list(expected["period"])
    assert [row["gap_usd"] for row in answer["data"]] == [
        None if gap != gap else gap  # noqa: PLR0124 - NaN
        for gap in expected["gap_usd"]
    ]
    named = {
        row[f"{side}_source_id"] for row in answer["data"] for side in ("exporter", "importer")
    }
    assert set(answer["sources"]) == named - {None}


@pytest.mark.parametrize("name", ["reliability", "indicators", "sources"])
def test_the_catalogue_is_given_whole(client: FlaskClient, warehouse: Warehouse, name: str) -> None:
    """Every row of the table, and none twice."""
    answer = ask(client, name)
    expected = getattr(exchange, name)(warehouse, page=Page(1, 10_000))
    basis = [row for row in expected.rows if row.get("basis", "preferred") == "preferred"]

    assert answer["data"] == [dict(row) for row in basis]
    assert answer["meta"]["total"] == len(basis) > 0


def test_a_sum_is_traced_to_the_flows_that_it_is_the_sum_of(client: FlaskClient) -> None:
    """The parts add up to the figure; each has a place, and its source's licence and address."""
    (figure,) = ask(client, "lineage", **TURNOVER, period="2025")["data"]
    parts = figure["parts"]

    assert figure["source"]["id"] == figure["source_id"] == "kz-bns"
    assert figure["source"]["url"].startswith("https://")
    assert figure["source"]["licence"]
    assert round(sum(part["value_usd"] for part in parts), 2) == figure["value"] == 13006399644.07
    assert {part["partner_code"] for part in parts} == {"AZE", "KGZ", "TUR", "UZB"}
    assert all(part["place"] and part["source"] and part["parts"] == [] for part in parts)


def test_a_flow_is_traced_by_its_keys(client: FlaskClient) -> None:
    """A flow has a source and a place, and is no sum; nothing is both a flow and a figure."""
    keys = {"reporter": "KAZ", "partner": "UZB", "flow": "export", "period": "2010"}
    (flow,) = ask(client, "lineage", **keys)["data"]

    assert (flow["value_usd"], flow["source"]["id"], flow["parts"]) == (1101225226.0, "wits", [])
    assert ask(client, "lineage", **keys, **TURNOVER)["data"] == []


def test_pages_follow_one_another(client: FlaskClient) -> None:
    """The links lead through every row once, in the order of the whole."""
    whole = ask(client, "trade", reporter="KAZ", page_size=10_000)
    address, rows = "/api/v1/trade?reporter=KAZ&page_size=400", []
    while address:
        response = client.get(address)
        answer = response.get_json()
        rows += answer["data"]
        address = answer["meta"]["next"]
        linked = response.headers.get("Link")
        assert linked == (f'<{address}>; rel="next"' if address else None)

    assert rows == whole["data"]
    assert len(rows) == whole["meta"]["total"] > 400
    assert ask(client, "trade", page=1_000_000)["data"] == []


def test_two_scopes_are_none(client: FlaskClient) -> None:
    """A figure has one scope: two that differ are asked in vain, the same twice is once."""
    given = {"indicator": "trade_turnover_ots", "scope": "members_current"}

    assert ask(client, "observations", **given, definition="members_dated")["data"] == []
    assert ask(client, "observations", **given, definition="members_current")["data"]


@pytest.mark.parametrize("given", ["page_size=10001", "page_size=0", "page=0", "page=1.5"])
def test_a_page_has_its_limits(client: FlaskClient, given: str) -> None:
    """No page holds so much that it would not fit, and none comes before the first."""
    assert client.get(f"/api/v1/trade?{given}").status_code == 400
