"""Pages by the knowledge of a past day: any day has a page, says which it is, and keeps to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from dashboards.i18n import Locale
from dashboards.pages import PAGES
from dashboards.selection import split_view
from tests.dashboards.serving import VIEWS, Part, ask, ids, page_of, part, parts, text
from tests.tables import cells
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse
from warehouse.queries import indicators

PATHS = [page.path for page in PAGES]
every_language = pytest.mark.parametrize("language", LANGUAGES)


def note(page: Part) -> list[Part]:
    """What the page says of its day."""
    return [each for each in parts(page) if each["props"].get("className") == "asof"]


def hrefs(page: Part) -> list[str]:
    """Every address of ours on a page."""
    found = (each["props"].get("href") for each in parts(page))
    return [href for href in found if href and href.startswith("/")]


def test_a_day_is_taken_out_of_the_address_and_what_is_none_stays() -> None:
    """The last of several days counts; the rest of the query is left as it was."""
    _, rows = cells("""
        | query                                    | day        | rest                     |
        |                                          |            |                          |
        | ?asof=2023-05-19                         | 2023-05-19 |                          |
        | ?measure=exports&asof=2023-05-19&x=1     | 2023-05-19 | measure=exports&x=1      |
        | ?asof=2023-05-19&asof=2024-05-19         | 2024-05-19 |                          |
        | ?asof=2023                               |            | ?asof=2023               |
        | ?asof=2023-02-30                         |            | ?asof=2023-02-30         |
        | ?asof=2023-05-19T00:00&measure=exports   |            | ?asof=2023-05-19T00:00&measure=exports |
        | ?asof=../2023-05                         |            | ?asof=../2023-05         |
        | ?asof=                                   |            | ?asof=                   |
    """)
    for query, day, rest in rows:
        view, choices = split_view(query)
        assert (view.asof, choices) == (day, rest)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_every_day_has_a_page(client: FlaskClient, path: str) -> None:
    """From before any figure to beyond today, every 32 months, and the ends of the calendar."""
    start = date(1994, 12, 31)
    days = [start + timedelta(days=973 * step) for step in range(13)]
    for day in [*(one.isoformat() for one in days), "0001-01-01", "9999-12-31"]:
        page = page_of(ask(client, f"/en/{path}", f"?asof={day}"))
        assert len(note(page)) == 1, day


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2000-01-01", "2023-09-28"])
def test_every_view_of_a_past_day_is_a_page(client: FlaskClient, day: str) -> None:
    """In every language: a day with no figures, and the one on which the first were spoken."""
    for language, name, path in VIEWS:
        page = page_of(ask(client, f"/{language}/{path}", f"?asof={day}"))
        assert page["props"]["id"] == f"page-{name}"


@pytest.mark.slow
@every_language
def test_the_note_says_the_day_and_leads_back_to_today(
    client: FlaskClient, language: Language, locales: Mapping[Language, Locale]
) -> None:
    """In words of the reader; a page of today says nothing of days."""
    for page in PAGES:
        (said,) = note(page_of(ask(client, f"/{language}/{page.path}", "?asof=2023-09-28")))
        assert locales[language].period("2023-09-28") in text(said)
        assert ".." not in text(said)
        assert hrefs(said) == [f"/{language}/{page.path}"]
        assert note(page_of(ask(client, f"/{language}/{page.path}"))) == []


def test_the_way_back_to_today_keeps_the_choices(client: FlaskClient) -> None:
    """Only the day is taken back: the reader compares one view on two days."""
    page = page_of(ask(client, "/en/trade", "?measure=exports&asof=2023-09-28&source=kz-bns"))
    (said,) = note(page)
    assert hrefs(said) == ["/en/trade?measure=exports&source=kz-bns"]


@pytest.mark.slow
@every_language
@pytest.mark.parametrize("path", PATHS)
def test_links_keep_to_the_day(client: FlaskClient, language: Language, path: str) -> None:
    """From page to page and from choice to choice; only ways to other days leave it."""
    page = page_of(ask(client, f"/{language}/{path}", "?asof=2023-09-28&definition=members_dated"))
    (said,) = note(page)
    days = [each for each in parts(page) if "days" in str(each["props"].get("className")).split()]
    elsewhere = {href for other in (said, *days) for href in hrefs(other)}
    kept = [href for href in hrefs(page) if href not in elsewhere]
    assert [href for href in kept if "asof=2023-09-28" not in href] == []


@pytest.mark.parametrize("path", ["trade", "digital"])
@pytest.mark.parametrize("asof", ["yesterday", "2023", "2023-02-30", "<b>"])
def test_a_day_that_is_none_is_said_not_to_be_understood(
    client: FlaskClient, path: str, asof: str
) -> None:
    """The page is that of today, and names what it left out."""
    page = page_of(ask(client, f"/en/{path}", f"?asof={asof}"))
    (warning,) = [each for each in parts(page) if each["props"].get("className") == "warning"]
    assert f"asof={asof}" in text(warning)
    assert note(page) == []


def test_the_card_of_a_past_day_shows_what_was_known_then(
    client: FlaskClient, warehouse: Warehouse
) -> None:
    """The newest turnover of the day, and no hope of 23 billion before it was said."""
    for day in ("2023-09-27", "2023-09-28", "2025-12-31"):
        page = page_of(ask(client, "/en/", f"?asof={day}"))
        card = part(page, "card-trade_turnover_ots")
        past = indicators.series(warehouse.as_of(day), "trade_turnover_ots", ["members_current"])
        assert float(card["props"]["data-value"]) == past["value"].iloc[-1]
        assert ("verdict-trade-23bn" in ids(page)) == (day >= "2023-09-28")


def test_answers_of_two_days_are_kept_apart(client: FlaskClient) -> None:
    """Ready answers are by address: yesterday is never served for today."""
    past = ask(client, "/en/", "?asof=2023-09-28").get_data()
    today = ask(client, "/en/").get_data()
    assert past != today
    assert ask(client, "/en/", "?asof=2023-09-28").get_data() == past
    assert ask(client, "/en/").get_data() == today
