"""The summary: sentences that are honest and lead to their evidence, plans in short, what changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from gettext import NullTranslations
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from plotly.io.json import to_json_plotly

from dashboards.components.headlines import known
from dashboards.components.summary.changed import changed
from dashboards.components.summary.clauses import turned
from dashboards.components.summary.scorecard import ROWS, telling
from dashboards.components.summary.sentences import Sentence, sentences
from dashboards.components.summary.wording import percent, quantity, when
from dashboards.components.targets.scorecard import known as standings_of
from dashboards.i18n import Locale
from dashboards.page import Request
from tests.dashboards.serving import Part, ask, page_of, part, parts, text
from tests.tables import cells
from warehouse.catalog import LANGUAGES, Amount, Language, Observation, Source, Text
from warehouse.engine import Warehouse
from warehouse.queries import indicators
from warehouse.seen import MOST

NOBODY = Text("-", "-", "-", "-")
SOURCE = Source("s", "-", NOBODY, "-", None, "en", "-", "statistics")


class Words(NullTranslations):
    """A catalogue of a few messages."""

    def __init__(self, **words: str) -> None:
        """Remember the translations by the message."""
        super().__init__()
        self._words = words

    def gettext(self, message: str) -> str:
        """The translation, or the message."""
        return self._words.get(message, message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The translation of the form that the count takes in English."""
        return self.gettext(singular if count == 1 else plural)


def said(request: Request) -> list[Sentence]:
    """The sentences of a summary."""
    return sentences(request, known(request.warehouse), standings_of(request))


def figure(period: str, value: float) -> Observation:
    """A figure of a series."""
    return Observation(value, None, None, "i", "s", period, "final", SOURCE, "v", "-")


def view(client: FlaskClient, path: str, query: str = "") -> Part:
    """The page at an address."""
    return page_of(ask(client, path, query))


def test_the_sentences_say_what_the_figures_do(
    warehouse: Warehouse, locales: Mapping[Language, Locale]
) -> None:
    trade, corridor, route = (each.words for each in said(Request(warehouse, locales["en"])))
    assert trade == (
        "Kazakhstan's trade with its partners in the OTS grew from US$ 4.46 bn in 2010 to US$ 13.01 bn"
        " in 2025 (preliminary); on the way it rose to US$ 7.62 bn in 2012 and fell to US$ 3.69 bn in"
        " 2016; the figures of 2010–2017 are those of UN Comtrade through WITS, from 2018 on those of"
        " Bureau of National Statistics of the Republic of Kazakhstan: the growth spans this change of"
        " source; no date was given for the US$ 23.00 bn that is hoped for."
    )
    assert corridor == (
        "Goods cross Kazakhstan in 6 days instead of 12 days (as stated in April 2024); the plan of"
        " 5 days by December 31, 2023 was missed: 6 days in April 2024; the same is now promised for 2027."
    )
    assert route == (
        "The Trans-Caspian route carried 4,119 thousand tonnes in 2025, 8% less than in 2024; the share"
        " of adults in Kazakhstan who pay or are paid digitally went from 47% in 2014 to 85.0% in 2024."
    )


def test_each_clause_leads_to_its_evidence(
    client: FlaskClient, warehouse: Warehouse, locales: Mapping[Language, Locale]
) -> None:
    for sentence in said(Request(warehouse, locales["tr"])):
        for words, href in sentence.clauses:
            assert words
            assert ask(client, href).status_code == 200
            assert page_of(ask(client, href))["props"]["id"] != "page-not_found"


def test_a_past_day_says_only_what_was_known_then(
    warehouse: Warehouse, locales: Mapping[Language, Locale]
) -> None:
    words = " ".join(
        each.words for each in said(Request(warehouse.as_of("2023-06-30"), locales["en"]))
    )
    assert "23.00" not in words
    assert "missed" not in words
    assert said(Request(warehouse.as_of("1990-01-01"), locales["en"])) == []


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("2010: 4  2012: 8  2016: 3  2025: 13", "2012 2016"),
        ("2010: 4  2011: 5  2012: 6", ""),
        ("2010: 4  2011: 3  2012: 6", ""),
        ("2010: 4  2011: 6  2012: 5  2013: 9  2014: 2  2015: 7  2016: 8", "2013 2014"),
        ("2010: 4  2025: 13", ""),
    ],
)
def test_a_course_turns_where_it_fell_most(way: str, expected: str) -> None:
    ends = turned([figure(*_pair(each)) for each in way.split("  ")])
    assert " ".join(each.period for each in ends or ()) == expected


def _pair(point: str) -> tuple[str, float]:
    period, _, value = point.partition(": ")
    return period, float(value)


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=30))
def test_a_turn_lies_within_and_the_peak_before_the_low(values: list[float]) -> None:
    way = [figure(str(1990 + year), value) for year, value in enumerate(values)]
    ends = turned(way)
    if ends:
        peak, low = ends
        assert way[0].period < peak.period < low.period < way[-1].period
        assert peak.bounds[0] > max(low.bounds[0], values[0])


def test_russian_days_are_told_in_the_genitive() -> None:
    words = Words(
        **{
            "{value} day": "{value} сутки",
            "{value} days": "{value} суток",
            "of {value} day": "{value} суток",
            "of {value} days": "{value} суток",
        }
    )
    _, rows = cells(
        """
        | days | nominative | genitive |
        | 1    | 1 сутки    | 1 суток  |
        | 12   | 12 суток   | 12 суток |
        """
    )
    for days, nominative, genitive in rows:
        told = quantity(Amount(float(days), None, None), "days", Locale("ru", words))
        assert (f"{told}", f"{told:genitive}") == (nominative, genitive)


def test_amounts_and_years_take_the_case_that_a_message_asks_for() -> None:
    kazakh = Locale(
        "kk", Words(**{"{value}%": "{value} %", "US$ {value} bn": "{value} млрд АҚШ доллары"})
    )
    trade = quantity(Amount(4.46e9, None, None), "USD", kazakh)
    assert f"{trade:ablative}" == "4,46 млрд АҚШ долларынан"
    assert f"{percent(-0.08, kazakh):dative}" == "8 %-ға"
    assert f"{when('2027', kazakh):dative}" == "2027 жылға"
    assert f"{when('2027', Locale('ru', Words())):dative}" == "2027 году"
    assert f"{when('2023-12-31', Locale('tr', Words())):dative}" == "31 Aralık 2023'e"


def test_the_plans_that_tell_most_are_of_headlines_and_of_each_kind(
    warehouse: Warehouse, locales: Mapping[Language, Locale]
) -> None:
    told = standings_of(Request(warehouse, locales["en"]))
    ids = [each.indicator_id for each in indicators.headlines(warehouse)]
    chosen = telling(told, ids)
    assert len(chosen) == ROWS
    assert {"missed", "kept_late"} <= {each.outcome.kind for each in chosen}
    assert "transit_days_kazakhstan" in [each.indicator.id for each in chosen]
    assert len({(each.target.indicator_id, each.target.scope) for each in chosen}) == ROWS
    assert telling([], ids) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_counts_every_plan_and_leads_on(client: FlaskClient, language: Language) -> None:
    page = view(client, f"/{language}/")
    hrefs = [each["props"]["href"] for each in parts(page) if each["type"] == "A"]
    assert {f"/{language}/targets", f"/{language}/briefing"} <= set(hrefs)
    plans = part(page, "plans")
    counted = [int(text(each)) for each in parts(plans) if each["type"] == "Strong"]
    assert len(counted) == 4
    assert sum(counted) > ROWS


def test_an_undated_target_gets_growth_and_no_verdict(client: FlaskClient) -> None:
    verdict = text(part(view(client, "/en/"), "verdict-trade-23bn"))
    assert verdict.startswith("The target has no date, so no verdict on it would be honest.")
    assert "2027: +33.0%; 2030: +12.1%; 2035: +5.9%" in verdict
    assert "missed: 6 days" in text(part(view(client, "/en/"), "verdict-kazakhstan-5-days-2023"))


def test_a_first_build_says_that_there_is_none_before(client: FlaskClient) -> None:
    assert "the first build" in text(part(view(client, "/en/"), "changed"))


def test_of_a_past_day_no_change_is_told(client: FlaskClient) -> None:
    page = view(client, "/en/", "?asof=2025-01-01")
    assert "changed" not in [each["props"].get("id") for each in parts(page)]


NOTED = "(0, 'compared', 'build', 'b0', '', '2026-11-01T09:00', NULL, NULL, NULL, NULL)"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            [],
            "Nothing: figures, targets and claims are as in the build before (November 1, 2026).",
        ),
        (
            [
                "'revised', 'observation', 'trade_turnover_ots', 'members_current', '2025', 13e9, 13e9, 14e9, 14e9",
                "'added', 'observation', 'trade_turnover_pair', 'KAZ-TUR', '2025', NULL, NULL, 5e9, 5e9",
                "'removed', 'observation', 'transit_days_kazakhstan', 'kazakhstan', '2024', 5, 6, NULL, NULL",
                "'added', 'target', 't', 'members_current', '', NULL, NULL, 1, 1",
            ],
            """Trade with the OTS, 2025: US$ 13.00 bn became US$ 14.00 bn
            Bilateral trade (Kazakhstan–Türkiye), 2025: new, US$ 5.00 bn
            Across Kazakhstan, 2024: no longer there, was 5–6 days
            Compared with the build before (November 1, 2026). Other changes: 1.""",
        ),
        (
            [f"'added', 'claim', 'c{n}', 'KAZ', '2025', NULL, NULL, 1, 1" for n in range(MOST)],
            f"Claims new: {MOST}\nCompared with the build before (November 1, 2026).",
        ),
    ],
)
def test_what_changed_is_told_in_three_lines(
    changes: list[str],
    expected: str,
    warehouse: Warehouse,
    locales: Mapping[Language, Locale],
    tmp_path: Path,
) -> None:
    path = tmp_path / "warehouse.sqlite"
    path.write_bytes(Path(warehouse.path).read_bytes())
    rows = [NOTED, *(f"({number}, {each})" for number, each in enumerate(changes, start=1))]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript("".join(f"INSERT INTO build_change VALUES {row};" for row in rows))
    request = Request(Warehouse(f"sqlite:///{path}"), locales["en"])
    (section,) = json.loads(to_json_plotly(changed(request)))
    told = [each for each in parts(section["props"]["children"][1:]) if each["type"] in {"Li", "P"}]
    assert [text(each) for each in told] == [line.strip() for line in expected.splitlines()]
