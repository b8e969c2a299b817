"""The questions pages ask, answered from the figures in data/."""

from __future__ import annotations

import pytest

from tests.tables import assert_table
from warehouse import periods
from warehouse.catalog import LANGUAGES
from warehouse.engine import Warehouse
from warehouse.queries import explorer, indicators, lineage, statements, trade

TOPICS = ("trade", "transit", "digital")


def test_headlines_name_what_exists(warehouse: Warehouse):
    """Each card has an indicator, a name for its scope, a target of its own indicator, a figure."""
    named = indicators.names(warehouse)
    found = indicators.headlines(warehouse)
    assert [headline.indicator_id for headline in found] == [
        "trade_turnover_ots",
        "transit_days_china_europe",
        "transit_days_kazakhstan",
        "titr_volume",
        "titr_containers",
        "digital_payments_adults",
    ]
    for headline in found:
        assert headline.scope in named
        assert indicators.figures(warehouse, headline.indicator_id, headline.scope)
        if headline.target_id:
            target = statements.find_target(warehouse, headline.target_id)
            assert target is not None
            assert target.indicator_id == headline.indicator_id


def test_figures_stand_in_the_order_of_the_calendar(warehouse: Warehouse):
    """An undated "before" ends before what came after it, however it is written."""
    figures = indicators.figures(warehouse, "transit_days_kazakhstan", "kazakhstan")
    spans = [(figure.period, figure.bounds) for figure in figures]
    assert spans[:2] == [("../2023-03", (12, 12)), ("2023-03", (6, 6))]
    for topic in TOPICS:
        for indicator in indicators.topic(warehouse, topic):
            for frame in (
                indicators.series(warehouse, indicator.id),
                indicators.all_sources(warehouse, indicator.id),
            ):
                keys = [(row.scope, periods.parse(row.period)) for row in frame.itertuples()]
                assert keys == sorted(keys)


def test_a_range_keeps_its_ends_and_its_evidence(warehouse: Warehouse):
    """From 53 to 19–23 days, each with the page and the place in it."""
    before, after = indicators.figures(warehouse, "transit_days_china_europe", "china-europe")
    assert (before.bounds, after.bounds) == ((53, 53), (19, 23))
    for figure in (before, after):
        assert figure.source.url.startswith("https://")
        assert figure.source.title
        assert figure.place


def test_every_figure_has_one_preferred_answer(warehouse: Warehouse):
    """No scope and period of any indicator is answered twice, or not at all."""
    for topic in TOPICS:
        for indicator in indicators.topic(warehouse, topic):
            series = indicators.series(warehouse, indicator.id)
            assert not series.duplicated(["scope", "period"]).any()
            every = indicators.all_sources(warehouse, indicator.id)
            # A group's sum stands beside a source whose own sum is not the preferred one.
            if topic != "trade":
                assert set(every["period"] + every["scope"]) == set(
                    series["period"] + series["scope"]
                )
            assert (every["is_preferred"]).sum() == len(series)


def test_one_source_answers_with_its_newest_vintage_alone(warehouse: Warehouse):
    """Asked for a source by name, each period comes once, preferred or not."""
    series = indicators.series(warehouse, "trade_turnover_ots", source_id="wits")
    assert set(series["source_id"]) == {"wits"}
    assert not series.duplicated(["scope", "period"]).any()
    assert list(series["period"][series["scope"] == "members_current"]) == [
        str(year) for year in range(1995, 2024)
    ]


def test_texts_are_there_in_every_language(warehouse: Warehouse):
    """Indicators, scopes, economies and targets have a name in all four."""
    texts = list(indicators.names(warehouse).values())
    for topic in TOPICS:
        for indicator in indicators.topic(warehouse, topic):
            texts += [indicator.title, indicator.short, indicator.definition, indicator.method]
            texts += [target.title for target in statements.targets(warehouse, indicator.id)]
    assert all(text[language].strip() for text in texts for language in LANGUAGES)


def test_the_same_country_has_the_same_name_everywhere(warehouse: Warehouse):
    """Names come by code: Türkiye is Түркия in Kazakh and Türkiye in Turkish."""
    turkey = indicators.names(warehouse)["TUR"]
    assert (turkey["kk"], turkey["tr"]) == ("Түркия", "Türkiye")


@pytest.mark.parametrize(
    ("ask", "what"),
    [
        (lambda warehouse: indicators.get(warehouse, "nothing"), "no indicator 'nothing'"),
        (lambda warehouse: indicators.topic(warehouse, "weather"), "no indicators of 'weather'"),
    ],
)
def test_what_is_not_there_is_said_by_name(warehouse: Warehouse, ask, what: str):
    """An unknown id is an error that names it, never an empty page."""
    with pytest.raises(LookupError, match=what):
        ask(warehouse)


def test_a_sum_is_the_sum_of_its_parts(warehouse: Warehouse):
    """The flows shown as evidence add up to the group's figure."""
    for definition in ("members_current", "members_dated", "with_observers"):
        series = indicators.series(warehouse, "trade_turnover_ots", [definition])
        for row in series.itertuples():
            parts = trade.parts(warehouse, "KAZ", definition, row.period, row.source_id)
            assert round(parts["value_usd"].sum(), 2) == row.value


def test_partners_are_counted_by_definition(warehouse: Warehouse):
    """Uzbekistan counts since 2019 where membership is dated, Hungary only with observers."""

    def partners(definition: str, year: str) -> str:
        counted = explorer.counted(warehouse, "KAZ", definition)
        flows = explorer.flows(warehouse, "KAZ", list(counted["partner_code"].unique()))
        frame = counted[counted["partner_code"].isin(flows["partner_code"])]
        return " ".join(frame.loc[frame["period"] == year, "partner_code"])

    assert partners("members_current", "2018") == "AZE KGZ TUR UZB"
    assert partners("members_dated", "2018") == "AZE KGZ TUR"
    assert partners("members_dated", "2019") == "AZE KGZ TUR UZB"
    assert partners("with_observers", "2018") == "AZE HUN KGZ TKM TUR UZB"


def test_events_and_targets_are_told_in_order(warehouse: Warehouse):
    """Events by their date, targets by when they were said; each with its address."""
    events = statements.events(warehouse, *TOPICS)
    assert list(events["date"]) == sorted(events["date"])
    assert events["url"].str.startswith("http").all()
    assert len(statements.events(warehouse, "trade")) < len(events)
    assert statements.events(warehouse).empty
    said = [target.stated_on for target in statements.targets(warehouse, "titr_volume")]
    assert said == sorted(said)


def test_the_hope_of_23_billion_has_no_date(warehouse: Warehouse):
    """Undated targets stay undated; the words stay in their language."""
    assert statements.find_target(warehouse, "x") is None
    target = statements.find_target(warehouse, "trade-23bn")
    assert target is not None
    assert (target.value, target.unit, target.due) == (23e9, "USD", None)
    assert (target.kind, target.language) == ("hope", "kk")
    assert "23" in target.words


def test_coverage_tells_how_complete_each_source_is(warehouse: Warehouse):
    """Rows, first and last period by the calendar, newest vintage, and the missing years."""
    coverage = lineage.coverage(warehouse)
    asked = coverage[
        coverage["subject"].isin(["trade of KAZ", "transit_days_kazakhstan", "account_ownership"])
        & coverage["source_id"].isin(["wits", "astana-times-2023-03", "findex-2025"])
    ]
    assert_table(
        asked,
        """
        | source_id            | subject                 | rows | first_period | last_period | vintage    | gaps |
        | astana-times-2023-03 | transit_days_kazakhstan | 2    | ../2023-03   | 2023-03     | 2023-03    |      |
        | findex-2025          | account_ownership       | 32   | 2011         | 2024        | 2025-07    |      |
        | wits                 | trade of KAZ            | 406  | 1995         | 2023        | 2026-09-25 |      |
        """,
    )


def test_why_a_source_speaks_is_written_down(warehouse: Warehouse):
    """Kazakhstan: WITS to 2017, the Bureau since; each with a reason in four languages."""
    rules = lineage.preferences(warehouse, "KAZ")
    assert [rule[:3] for rule in rules] == [("1995", "2017", "wits"), ("2018", None, "kz-bns")]
    assert all(rule[3][language] for rule in rules for language in LANGUAGES)
    issues = lineage.known_issues(warehouse, "wits")
    assert {"2020", "2021", "2022"} <= set(issues["period"])
    assert set(lineage.sources(warehouse)) >= {"wits", "kz-bns", "kg-nsc", "uz-stat"}
