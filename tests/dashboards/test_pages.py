"""Pages as an answer to a browser: what stands on them, in every language, and equal to the warehouse."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from zlib import crc32

import pytest
from flask.testing import FlaskClient

from dashboards.page import Page
from dashboards.pages import PAGES
from dashboards.selection import DigitalSelection, TradeSelection
from tests.dashboards.serving import (
    VIEWS,
    Part,
    ask,
    drawn_by_dash,
    ids,
    page_of,
    part,
    parts,
    rows_of,
    tags,
    text,
)
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse

every_view = pytest.mark.parametrize(
    ("language", "name", "path"), VIEWS, ids=[f"{language}-{name}" for language, name, _ in VIEWS]
)
every_language = pytest.mark.parametrize("language", LANGUAGES)

CHARTS = {
    "summary": ["headlines"],
    "trade": ["turnover", "partners", "contribution"],
    "corridor": [
        "routes",
        "legs",
        "transit-kazakhstan",
        "transit-titr-unstated",
        "transit-route",
        "volume",
        "volume-part-year",
        "containers",
        "containers-part-year",
        "segments",
        "comparison",
    ],
    "digital": ["payments", "cards"],
    "targets": ["scorecard"],
    "claims": ["claims"],
    "briefing": [
        *("headlines", "trade", "transit", "volume", "containers", "digital"),
        *("scorecard", "claims"),
    ],
    "data": [],
}
TABLES = ("headlines", "scorecard", "claims")
"""What is shown as a table only."""
MEASURES, DEFINITIONS = (TradeSelection.options[name] for name in ("measure", "definition"))
SOURCES = ("preferred", "wits", "kz-bns", "all")
SELECTIONS = [
    (measure, definition, SOURCES[(row + column) % len(SOURCES)])
    for row, measure in enumerate(MEASURES)
    for column, definition in enumerate(DEFINITIONS)
]
"""Every flow with every group, every group with every source: a Latin square of all there are."""

PREFERRED = "SELECT {} FROM observation WHERE indicator_id = ? AND scope = ? AND is_preferred"
HOME_FLOWS = """
    SELECT flow_code, value_usd FROM trade_flow
    WHERE reporter_code = 'KAZ' AND partner_code IN ('AZE', 'KGZ', 'TUR', 'UZB')
    AND product_code = 'TOTAL' AND period = ? AND is_preferred
"""


@pytest.fixture(scope="session")
def database(warehouse: Warehouse) -> Path:
    """The warehouse as a file, to be read past our own code."""
    return Path(warehouse.path)


def view(client: FlaskClient, path: str, search: str = "") -> Part:
    """The page at an address."""
    return page_of(ask(client, path, search))


def latest(database: Path, indicator: str, scope: str) -> tuple[str, float, float, float, str, str]:
    """Period, value, low, high, source and place of the newest preferred figure that has a date."""
    columns = "period, value, low, high, source_id, place"
    figures = rows_of(database, PREFERRED.format(columns), indicator, scope)
    return max(row for row in figures if not row[0].startswith(".."))


def drawn(name: str) -> list[str]:
    """The charts of a page that are drawings."""
    return [chart for chart in CHARTS[name] if chart not in TABLES]


@every_view
def test_a_page_has_its_parts(client: FlaskClient, language: str, name: str, path: str) -> None:
    page = view(client, f"/{language}/{path}")
    found = ids(page)
    assert page["props"]["id"] == f"page-{name}"
    assert len(tags(page, "H1")) == 1
    assert [each for each in found if each.startswith("chart-")] == [
        f"chart-{chart}" for chart in CHARTS[name]
    ]
    assert {f"table-{chart}" for chart in CHARTS[name]} <= set(found)
    assert {f"graph-{chart}" for chart in drawn(name)} <= set(found)
    assert len(found) == len(set(found))


@every_view
def test_a_chart_has_title_summary_source_and_figures(
    client: FlaskClient, language: str, name: str, path: str
) -> None:
    page = view(client, f"/{language}/{path}")
    for chart in drawn(name):
        figure = part(page, f"chart-{chart}")
        (plot,) = [each for each in parts(figure) if each["props"].get("role") == "group"]
        assert text(tags(figure, "Figcaption")[0]).strip()
        assert plot["props"]["aria-label"].strip()
        assert part(page, f"graph-{chart}")["props"]["figure"]["data"]
        assert len(tags(part(figure, f"table-{chart}"), "Tr")) > 1
        source = [each for each in parts(figure) if each["props"].get("className") == "source"]
        assert text(source).strip()


@every_view
def test_nothing_on_a_page_is_no_number(
    client: FlaskClient, language: str, name: str, path: str
) -> None:
    answer = ask(client, f"/{language}/{path}").get_data(as_text=True)
    assert not re.search(r"\b(NaN|nan|None|Infinity)\b", answer)


@every_view
def test_plotly_speaks_the_language_and_sends_nothing(
    client: FlaskClient, language: str, name: str, path: str
) -> None:
    page = view(client, f"/{language}/{path}")
    for chart in drawn(name):
        config = part(page, f"graph-{chart}")["props"]["config"]
        assert config["locale"] == language
        assert not config["showSendToCloud"]
        assert not config["showEditInChartStudio"]
        assert config["plotlyServerURL"] == ""


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(client: FlaskClient, page: Page) -> None:
    """The four languages link to the same places; each is asked for in one of them, by lot."""
    linked = [_places(view(client, f"/{language}/{page.path}"), language) for language in LANGUAGES]
    assert linked.count(linked[0]) == len(LANGUAGES)
    for place in linked[0]:
        # Drawn from the place itself: neighbours such as files of one chart go to all four.
        language = LANGUAGES[crc32(place.encode()) % len(LANGUAGES)]
        assert client.get(f"/{language}/{place}").status_code == 200, (language, place)


def _places(page: Part, language: Language) -> set[str]:
    """What a page links to in its own language; all else leads to its own parts or out."""
    hrefs = {each["props"]["href"] for each in parts(page) if each["props"].get("href")}
    inside = {href for href in hrefs if href.startswith("/")}
    assert all(href.startswith(f"/{language}/") for href in inside)
    here = {href for href in hrefs if href.startswith("#")}
    assert {href.removeprefix("#") for href in here} <= set(ids(page))
    assert all(re.match(r"https?://", href) for href in hrefs - inside - here)
    return {href.removeprefix(f"/{language}/") for href in inside}


def test_every_language_says_the_same_about_the_same(client: FlaskClient) -> None:
    for name in CHARTS:
        pages = [view(client, f"/{lang}/{path}") for lang, each, path in VIEWS if each == name]
        assert len({tuple(ids(page)) for page in pages}) == 1
        cards = [[each["props"].get("data-value") for each in parts(page)] for page in pages]
        assert cards.count(cards[0]) == len(LANGUAGES)


@every_language
def test_there_is_a_card_for_every_headline_in_their_order(
    client: FlaskClient, database: Path, language: Language
) -> None:
    headlines = rows_of(database, "SELECT indicator_id FROM headline ORDER BY position")
    found = [each for each in ids(view(client, f"/{language}/")) if each.startswith("card-")]
    assert found == [f"card-{indicator}" for (indicator,) in headlines]


@every_language
def test_the_turnover_on_its_card_is_that_of_the_warehouse_to_the_cent(
    client: FlaskClient, database: Path, language: Language
) -> None:
    card = part(view(client, f"/{language}/"), "card-trade_turnover_ots")
    shown = Decimal(card["props"]["data-value"])
    period, value, *_ = latest(database, "trade_turnover_ots", "members_current")
    flows = rows_of(database, HOME_FLOWS, period)
    assert len(flows) == 2 * 4
    cent = Decimal("0.01")
    summed = sum(Decimal(str(amount)).quantize(cent) for _flow, amount in flows)
    assert shown.quantize(cent) == Decimal(str(value)).quantize(cent) == summed


@every_language
def test_every_card_holds_the_newest_preferred_figure_and_its_evidence(
    client: FlaskClient, database: Path, language: Language
) -> None:
    page = view(client, f"/{language}/")
    for indicator, scope in rows_of(database, "SELECT indicator_id, scope FROM headline"):
        card = part(page, f"card-{indicator}")
        _period, value, low, high, source_id, place = latest(database, indicator, scope)
        ends = [end for end in (low, high) if end is not None]
        expected = ends if value is None else [value]
        shown = re.findall(r"\d+(?:\.\d+)?", card["props"]["data-value"])
        assert [float(number) for number in shown] == expected
        ((url,),) = rows_of(database, "SELECT url FROM source WHERE id = ?", source_id)
        assert url in {link["props"]["href"] for link in tags(card, "A")}
        assert place in text(card)


@every_language
def test_a_card_says_how_far_and_how_it_is_judged(client: FlaskClient, language: Language) -> None:
    page = view(client, f"/{language}/")
    days = part(page, "card-transit_days_kazakhstan")
    assert "86" in text(days)
    for card in [each for each in parts(page) if each["props"].get("className") == "card"]:
        verdict = [each for each in parts(card) if each["props"].get("className") == "verdict"]
        assert text(verdict).strip()
        (picture,) = tags(card, "Img")
        assert picture["props"]["src"].startswith("data:image/svg+xml;base64,")
        assert picture["props"]["alt"].strip()


def test_the_sum_on_the_first_card_is_shown_with_its_parts(client: FlaskClient) -> None:
    card = part(view(client, "/en/"), "card-trade_turnover_ots")
    flows = re.findall(r"US\$ ([\d.]+) bn", text(part(card, "table-parts-trade_turnover_ots")))
    (shown, *_) = re.findall(r"US\$ ([\d.]+) bn", text(card))
    assert len(flows) == 2 * 4
    assert abs(sum(map(Decimal, flows)) - Decimal(shown)) < Decimal("0.01")


@pytest.mark.parametrize("choices", SELECTIONS, ids="-".join)
def test_every_selection_of_trade_is_drawn_as_the_warehouse_has_it(
    client: FlaskClient, database: Path, choices: tuple[str, ...]
) -> None:
    measure, definition, source = choices
    asked = TradeSelection(measure=measure, definition=definition, source=source)
    query = asked.to_query()
    page = view(client, "/en/trade", f"?{query}" if query else "")
    condition = {"preferred": "is_preferred", "all": "is_newest"}.get(
        source, f"is_newest AND source_id = '{source}'"
    )
    expected = rows_of(
        database,
        "SELECT period, value FROM observation"
        f" WHERE indicator_id = ? AND scope = ? AND {condition} ORDER BY period, source_id",
        f"trade_{measure}_ots",
        definition,
    )
    table = tags(part(page, "table-turnover"), "Tr")[1:]
    shown = [[text(cell) for cell in row["props"]["children"]] for row in reversed(table)]
    written = [row[2].replace("−", "-").replace(",", "") for row in shown]
    assert [row[1] for row in shown] == [period for period, _ in expected]
    assert [re.search(r"-?[\d.]+", words)[0] for words in written] == [  # type: ignore[index]
        f"{round(value / 1e9, 3) + 0.0:.3f}" for _, value in expected
    ]
    points = {
        (x, round(y, 9))
        for trace in part(page, "graph-turnover")["props"]["figure"]["data"]
        for x, y in zip(trace["x"], trace["y"], strict=True)
        if y is not None
    }
    assert points == {(int(period), round(value / 1e9, 9)) for period, value in expected}


@pytest.mark.parametrize("indicator", DigitalSelection.options["indicator"])
def test_every_selection_of_digital_is_drawn_as_the_warehouse_has_it(
    client: FlaskClient, database: Path, indicator: str
) -> None:
    page = view(client, "/en/digital", f"?indicator={indicator}")
    expected = rows_of(
        database,
        "SELECT value FROM observation WHERE indicator_id = ? AND is_preferred"
        " AND scope IN ('KAZ', 'AZE', 'HUN', 'KGZ', 'TKM', 'TUR', 'UZB')",
        indicator,
    )
    data = part(page, "graph-payments")["props"]["figure"]["data"]
    heights = [y for trace in data for y in trace["y"] if y is not None]
    assert sorted(heights) == sorted(value for (value,) in expected)


@every_language
def test_what_is_not_understood_in_an_address_is_said(
    client: FlaskClient, language: Language
) -> None:
    page = view(client, f"/{language}/trade", "?colour=red&definition=with_observers")
    (note,) = [each for each in parts(page) if each["props"].get("className") == "warning"]
    assert "colour=red" in text(note)
    assert "with_observers" not in text(note)


@pytest.mark.slow
@pytest.mark.parametrize(
    "search",
    ["", "?", None, "?definition", "?x=<script>", "?%ff=%00", "?\ud800=\udfff", "?" + "a=1&" * 999],
    ids=["none", "mark", "null", "bare", "script", "bytes", "surrogates", "long"],
)
@pytest.mark.parametrize("path", ["", "trade", "corridor", "digital", "nowhere"])
def test_no_query_breaks_what_dash_draws(
    client: FlaskClient, path: str, search: str | None
) -> None:
    assert drawn_by_dash(client, f"/kk/{path}", search) == []


@pytest.mark.parametrize("query", ["%ff", "\xff", "x=<script>alert(1)</script>", "\xd3\x99"])
def test_no_query_breaks_a_document(client: FlaskClient, query: str) -> None:
    response = client.get("/kk/trade", environ_overrides={"QUERY_STRING": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.get_data(as_text=True)


def test_what_a_browser_gets_fits_the_budget(client: FlaskClient) -> None:
    for language, name, path in VIEWS:
        headers = {"Accept-Encoding": "br"}
        answer = ask(client, f"/{language}/{path}", **headers)
        assert len(answer.get_data()) <= 60_000, (language, name)
