"""The trade explorer: what its views hold, what it refuses and says, and that every view is a page."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components.explorer.asked import explored
from dashboards.components.explorer.series import series
from dashboards.exhibit import Exhibit
from dashboards.i18n import Locale
from dashboards.page import Request
from dashboards.pages import trade
from dashboards.selection import Options, TradeSelection
from tests.dashboards.serving import Part, ask, page_of, parts, rows_of, text
from warehouse.catalog import LANGUAGES, MEASURES, Language
from warehouse.engine import Warehouse
from warehouse.queries import indicators

SOURCES = ("preferred", "wits", "kz-bns", "all")
KNOWN: Options = {
    "reporter": ("KAZ", "KGZ", "UZB"),
    "partner": ("AZE", "KGZ", "TUR", "UZB", "HUN", "TKM", "KAZ"),
    "source": ("preferred", "kz-bns", "wits", "kg-nsc", "uz-stat", "imf-imts", "all"),
    **dict.fromkeys(("first", "last", "base"), tuple(map(str, range(1995, 2026)))),
}
"""What may be asked of the warehouse of data/, and a little that may not."""


@pytest.fixture(scope="module")
def english(locales: Mapping[Language, Locale]) -> Locale:
    """English, the language of the messages."""
    return locales["en"]


@pytest.fixture
def show(warehouse: Warehouse, english: Locale):
    """Lay a view of the explorer out; answers its exhibits by name, and all that it says."""

    def shown(query: str, asof: str = "") -> tuple[dict[str, Exhibit], str]:
        request = Request(warehouse.as_of(asof), english, query, place="trade")
        page = json.loads(json.dumps(trade.layout(request).to_plotly_json(), default=_plain))
        return {name: exhibit for name, (exhibit, _) in request.shown.items()}, text(page)

    return shown


def _plain(component: object) -> object:
    return component.to_plotly_json() if hasattr(component, "to_plotly_json") else str(component)


def values(exhibit: Exhibit) -> dict[tuple[str, str], float]:
    """The figures of an exhibit by series and period."""
    data = exhibit.data
    return {
        (name, period): value
        for name, period, value in zip(data["series"], data["period"], data["value"], strict=True)
    }


def traces(exhibit: Exhibit) -> list[tuple[str, dict[float, float]]]:
    """Name and points of everything that an exhibit draws."""
    return [
        (trace.name, {x: y for x, y in zip(trace.x, trace.y, strict=True) if y is not None})
        for trace in exhibit.figure.data
    ]


class TestGroup:
    """The sum over the group, which the warehouse holds too."""

    @pytest.mark.slow
    @pytest.mark.parametrize("asof", ["", "2026-08-01", "2024-01-01", "2022-01-01", "2019-01-01"])
    def test_the_sum_over_the_group_is_the_indicator_of_the_warehouse_to_the_cent(
        self, warehouse: Warehouse, english: Locale, asof: str
    ) -> None:
        """By every definition and source, as it is and as it was known on past days."""
        past = warehouse.as_of(asof)
        for measure in MEASURES:
            every = indicators.all_sources(past, f"trade_{measure}_ots")
            for definition in TradeSelection.options["definition"]:
                for source in SOURCES:
                    query = f"measure={measure}&definition={definition}&source={source}"
                    view, unknown = explored(Request(past, english, query, place="trade"))
                    assert unknown == ()
                    made = series(view).frame
                    expected = every[every["scope"] == definition]
                    if source == "preferred":
                        expected = expected[expected["is_preferred"].astype(bool)]
                    elif source != "all":
                        expected = expected[expected["source_id"] == source]
                    assert _told(made) == _told(expected)

    def test_another_reporter_has_the_same_group_with_kazakhstan_in_its_place(
        self, show, warehouse: Warehouse
    ) -> None:
        exhibits, _ = show("reporter=UZB&measure=exports&first=2023&last=2023")
        ((_, total),) = values(exhibits["turnover"]).items()
        flows = rows_of(
            Path(warehouse.path),
            "SELECT value_usd FROM trade_flow WHERE reporter_code = 'UZB' AND period = '2023'"
            " AND product_code = 'TOTAL' AND flow_code = 'export' AND is_preferred"
            " AND partner_code IN ('AZE', 'KAZ', 'KGZ', 'TUR')",
        )
        assert len(flows) == 4
        assert total == pytest.approx(sum(value for (value,) in flows), abs=0.01)

    def test_partners_add_up_to_the_group(self, show) -> None:
        exhibits, _ = show("definition=members_dated&measure=imports")
        totals, by_partner = (
            exhibits[name].data.groupby("period")["value"].sum()
            for name in ("turnover", "partners")
        )
        assert all(
            totals[year] == pytest.approx(by_partner[year], abs=0.01) for year in totals.index
        )

    def test_of_whom_nothing_is_held_is_named(self, show) -> None:
        assert (
            "Nothing is held of trade with: Northern Cyprus" in show("definition=with_observers")[1]
        )
        assert "Nothing is held" not in show("")[1]


def _told(frame: pd.DataFrame) -> list[tuple[str, str, float, str]]:
    columns = ("period", "source_id", "value", "status")
    return sorted(zip(*(frame[name] for name in columns), strict=True))


class TestSeries:
    """What is made of the amounts."""

    def test_partners_are_compared_as_an_index(self, show) -> None:
        exhibits, said = show("partner=UZB&partner=TUR&scale=indexed&base=2015")
        assert {name for name, _ in traces(exhibits["turnover"])} == {"Türkiye", "Uzbekistan"}
        found = values(exhibits["turnover"])
        assert found["Türkiye", "2015"] == found["Uzbekistan", "2015"] == 100
        assert "index, 2015 = 100" in exhibits["turnover"].subtitle
        assert "Türkiye, UN Comtrade through WITS: from " in exhibits["turnover"].summary
        assert "Between 2017 and 2018 the source changes" in said

    def test_a_line_breaks_where_its_source_changes_and_a_mark_says_so(self, show) -> None:
        figure = show("partner=UZB")[0]["turnover"].figure
        line = figure.data[0]
        at = list(line.x).index(2017.5)
        assert (line.x[at - 1], line.y[at], line.x[at + 1]) == (2017, None, 2018)
        assert 2017.5 in [shape.x0 for shape in figure.layout.shapes]
        labels = " ".join(label.text.replace("<br>", " ") for label in figure.layout.annotations)
        assert "source changes: UN Comtrade through WITS → Bureau of National Statistics" in labels

    def test_a_series_without_the_base_year_is_left_out_and_named(self, show) -> None:
        exhibits, said = show("reporter=KGZ&partner=TKM&partner=KAZ&scale=indexed&base=1995")
        lacking = {"Turkmenistan", "Kazakhstan"} - set(exhibits["turnover"].data["series"])
        assert all(
            f"No figure above zero in the base year 1995: {name}" in said for name in lacking
        )

    def test_shares_are_of_what_is_shown_and_sum_to_100(self, show) -> None:
        exhibits, _ = show("scale=share&partner=UZB&partner=TUR&partner=KGZ")
        sums = exhibits["turnover"].data.groupby("period")["value"].sum()
        assert list(sums) == pytest.approx([100] * len(sums))
        assert "share of all that is shown, percent" in exhibits["turnover"].subtitle

    def test_a_share_of_all_trade_is_by_the_same_source(self, show, warehouse: Warehouse) -> None:
        exhibits, _ = show("partner=UZB&measure=exports&relative=share_of_total&source=wits")
        flows = dict(
            rows_of(
                Path(warehouse.path),
                "SELECT partner_code, value_usd FROM trade_flow WHERE reporter_code = 'KAZ'"
                " AND period = '2016' AND flow_code = 'export' AND source_id = 'wits'"
                " AND product_code = 'TOTAL' AND is_newest",
            )
        )
        share = values(exhibits["turnover"])["Uzbekistan", "2016"]
        assert share == pytest.approx(flows["UZB"] / flows["WLD"] * 100)
        assert set(exhibits["turnover"].data["unit"]) == {"percent"}

    def test_what_has_no_denominator_is_left_out_and_said(self, show) -> None:
        """Uzbekistan's total trade is not held, nor anyone's population before 2000."""
        exhibits, said = show("reporter=UZB&relative=share_of_total")
        assert "turnover" not in exhibits
        assert "Trade of the reporter with the whole world: no figure for 2010–2023" in said
        exhibits, said = show("relative=per_capita")
        assert "Population: no figure for 1995–1999, 2025; what needs it is left out." in said
        assert set(exhibits["turnover"].data["unit"]) == {"USD per person"}

    def test_per_head_is_the_amount_over_the_population(self, show, warehouse: Warehouse) -> None:
        people = indicators.series(warehouse, "population", ["KAZ"]).set_index("period")["value"]
        amount, per_head = (
            values(show(f"partner=TUR&relative={relative}")[0]["turnover"])["Türkiye", "2020"]
            for relative in ("amount", "per_capita")
        )
        assert per_head == pytest.approx(amount / people["2020"])

    def test_constant_dollars_are_of_the_newest_year_of_the_deflator(
        self, show, warehouse: Warehouse
    ) -> None:
        rises = indicators.series(warehouse, "gdp_deflator_inflation", ["USA"])
        base = rises["period"].max()
        exhibits, said = show("prices=constant&partner=TUR")
        current = values(show("partner=TUR")[0]["turnover"])
        constant = values(exhibits["turnover"])
        year = str(int(base) - 1)
        rise = rises.set_index("period")["value"][base]
        assert constant["Türkiye", base] == current["Türkiye", base]
        assert constant["Türkiye", year] == pytest.approx(
            current["Türkiye", year] * (1 + rise / 100)
        )
        assert f"constant US dollars of {base}" in exhibits["turnover"].subtitle
        assert f"× deflator of {base} ÷ deflator of the year" in said

    def test_the_log_scale_leaves_out_what_is_not_above_zero_and_counts_it(self, show) -> None:
        exhibits, said = show("measure=balance&scale=log")
        assert (exhibits["turnover"].data["value"] > 0).all()
        assert "4 figures of zero or below have no logarithm and are left out." in said
        assert exhibits["turnover"].figure.layout.yaxis.type == "log"

    def test_small_amounts_are_shown_in_millions(self, show) -> None:
        exhibit = show("partner=TKM")[0]["turnover"]
        assert "million US dollars, current prices" in exhibit.subtitle
        assert exhibit.data["value"].max() > 1e6

    def test_every_figure_keeps_its_evidence(self, show) -> None:
        for query in ("", "view=bars", "partner=UZB&relative=share_of_gdp&prices=constant"):
            data = show(query)[0]["turnover"].data
            assert data[["source_id", "status", "vintage", "place", "unit"]].notna().all(axis=None)


class TestViews:
    """What the views draw, and what they refuse."""

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            (
                "measure=balance&view=area",
                "Some values are below zero and cannot be parts of a whole",
            ),
            ("measure=balance&scale=share", "Some values are below zero"),
            ("view=area&scale=log", "cannot be stacked: lines are drawn"),
            ("view=bars&scale=indexed", "cannot be stacked: lines are drawn"),
            ("view=map&scale=log", "This view has no logarithmic scale"),
            ("view=bars&source=all", "Figures of several sources are never added up"),
            ("scale=share&source=all", "Figures of several sources are never added up"),
            ("measure=balance&relative=share_of_total", "A balance is no part of a total"),
            (
                "relative=share_of_gdp&prices=constant",
                "Shares are the same in current and in constant",
            ),
            ("first=2020&last=2010", "The first year is after the last one"),
        ],
    )
    def test_what_cannot_be_drawn_is_refused_in_words(self, show, query: str, words: str) -> None:
        assert words in show(query)[1]

    def test_areas_have_a_figure_of_every_partner_in_every_year(self, show) -> None:
        """Uzbekistan is a member from 2019 on, so no area shows the years before as if without it."""
        exhibits, said = show("view=area&definition=members_dated")
        years = {name: set(points) for name, points in traces(exhibits["turnover"])}
        assert set.union(*years.values()) == set.intersection(*years.values())
        assert "Left out, for not all that are shown were members: 2009–2018." in said

    def test_the_table_stands_open_instead_of_a_drawing(self, show) -> None:
        assert show("view=table")[0]["turnover"].figure is None

    def test_a_map_is_of_the_newest_year_that_all_partners_have_or_the_one_asked_for(
        self, show
    ) -> None:
        assert set(show("view=map")[0]["map"].data["period"]) == {"2025"}
        exhibit = show("view=map&last=2012&definition=with_observers")[0]["map"]
        assert set(exhibit.data["period"]) == {"2012"}
        assert len(exhibit.data) == 6
        assert exhibit.summary.startswith("2012: Türkiye")

    def test_flows_are_exports_as_their_exporters_report_them(
        self, show, warehouse: Warehouse
    ) -> None:
        exhibits, said = show("view=flow")
        exhibit = exhibits["flows"]
        reported = rows_of(
            Path(warehouse.path),
            "SELECT value_usd FROM trade_flow WHERE flow_code = 'export' AND is_preferred"
            " AND product_code = 'TOTAL' AND period = '2023' AND partner_code <> 'WLD'"
            " AND value_usd > 0",
        )
        assert sorted(exhibit.data["value"]) == sorted(value for (value,) in reported)
        assert exhibit.title.endswith("2023")
        assert "No exports reported for 2023: Azerbaijan, Türkiye, Hungary" in said
        assert "contribution" not in exhibits

    def test_small_multiples_have_a_panel_for_each_partner(self, show) -> None:
        figure = show("view=multiples")[0]["turnover"].figure
        assert [each.text for each in figure.layout.annotations] == [
            *("Türkiye", "Uzbekistan", "Kyrgyzstan", "Azerbaijan"),
        ]

    @pytest.mark.slow
    def test_the_hope_is_drawn_only_where_it_is_about_what_is_shown(self, show) -> None:
        def hoped(query: str) -> bool:
            labels = show(query)[0]["turnover"].figure.layout.annotations
            return any("a hope without a date" in (each.text or "") for each in labels)

        assert hoped("")
        assert hoped("scale=log&first=2010")
        for query in (
            *("measure=exports", "definition=with_observers", "partner=UZB", "reporter=KGZ"),
            *("prices=constant", "relative=share_of_gdp", "scale=indexed"),
        ):
            assert not hoped(query)


class TestWords:
    """What a view says of itself is true of what it shows."""

    def test_a_sentence_never_joins_two_sources_and_says_what_is_preliminary(self, show) -> None:
        summary = show("")[0]["turnover"].summary
        wits, bureau = summary.split("; ")
        assert wits.startswith("UN Comtrade through WITS: from ")
        assert wits.endswith("(2017)")
        assert bureau.startswith("Bureau of National Statistics: from ")
        assert bureau.endswith("(2025, preliminary)")

    def test_files_hold_the_change_of_source_and_what_is_not_final(self, show) -> None:
        exhibits, _ = show("")
        for name in ("turnover", "partners"):
            remarks = " ".join(exhibits[name].remarks)
            assert "Between 2017 and 2018 the source changes" in remarks
            assert "Not final: 2025 (preliminary)." in remarks

    def test_known_errors_of_a_denominator_are_told_where_it_is_used(self, show) -> None:
        said = show("reporter=UZB&relative=share_of_gdp")[1]
        assert "10–13\N{NO-BREAK SPACE}% above" in said or "10–13 % above" in said
        assert "8.5" not in said
        assert "8.5" in show("reporter=KGZ&relative=share_of_gdp")[1]
        assert "10–13" not in show("reporter=UZB&relative=per_capita")[1]
        assert "between 2023 and 2024 the source changes" in show("relative=share_of_gdp")[1]

    def test_words_of_the_catalogue_stand_only_where_they_hold(self, show) -> None:
        assert "nothing is adjusted for prices" in show("")[1]
        for query in ("prices=constant", "relative=per_capita"):
            said = show(query)[1]
            assert "nothing is adjusted for prices" not in said
            assert "in current US dollars" not in said

    def test_only_sources_that_are_shown_are_explained(self, show) -> None:
        assert "1995–2017" in show("")[1]
        assert "1995–2017" not in show("", asof="2025-01-09")[1]

    def test_flows_have_a_heading_and_only_the_choices_that_have_an_effect(self, show) -> None:
        said = show("view=flow&prices=constant&first=2010")[1]
        assert "Kazakhstan's trade with" not in said
        assert "Goods, as each exporter itself reports them" in said
        assert "Constant prices" not in said
        assert "Hollow points" not in said

    def test_bars_by_partner_are_titled_hatched_and_marked(self, show) -> None:
        exhibit = show("")[0]["partners"]
        assert exhibit.title == "Kazakhstan: turnover, by partner, 1995–2025"
        assert 2017.5 in [shape.x0 for shape in exhibit.figure.layout.shapes]
        for bar in exhibit.figure.data:
            assert bar.marker.pattern.shape[bar.x.index(2025)] == "\\"


class TestContribution:
    """Contributions to growth, by partner."""

    def test_without_two_years_none_is_named(self, show) -> None:
        """The last year is the first that there is: no other year is left to compare it with."""
        assert "need two years, the first before the last" in show("last=1995")[1]
        assert "in  and in" not in show("last=1995")[1]

    def test_years_that_make_no_view_say_so_of_every_chart(self, show) -> None:
        said = show("first=2020&last=2010")[1]
        assert "The first year is after the last one" in said
        assert "was known on that day" not in said

    def test_they_add_up_to_the_growth_of_the_sum(self, show) -> None:
        exhibits, said = show("first=2019&last=2022")
        data = exhibits["contribution"].data
        totals = exhibits["partners"].data.groupby("period")["value"].sum()
        growth = (totals["2022"] / totals["2019"] - 1) * 100
        assert data["value"].sum() == pytest.approx(growth)
        assert data["change"].sum() == pytest.approx(totals["2022"] - totals["2019"])
        assert set(data["period"]) == {"2019/2022"}
        assert f"by +{growth:.1f}%." in said

    def test_without_a_choice_both_years_are_by_one_source(self, show) -> None:
        exhibits, said = show("")
        assert set(exhibits["contribution"].data["period"]) == {"2018/2025"}
        assert "The two years are by different sources" not in said

    def test_years_by_different_sources_are_named(self, show) -> None:
        said = show("first=2010&last=2022")[1]
        assert "The two years are by different sources, “UN Comtrade through WITS”" in said

    def test_partners_without_a_figure_are_named(self, show, warehouse: Warehouse) -> None:
        held = rows_of(
            Path(warehouse.path),
            "SELECT MIN(period) FROM trade_flow WHERE reporter_code = 'UZB' AND is_preferred",
        )
        assert held == [("2010",)]
        exhibits, said = show("reporter=KGZ&partner=KAZ&partner=TKM&first=1995&last=2023")
        if "contribution" not in exhibits:
            assert "Contributions need a figure of every partner in 1995 and in 2023" in said

    def test_a_balance_has_no_growth_to_share(self, show) -> None:
        exhibits, said = show("measure=balance")
        assert "contribution" not in exhibits
        assert "its growth cannot be shared out" in said

    def test_members_of_each_year_are_held_constant(self, show) -> None:
        said = show("definition=members_dated")[1]
        assert "Counted in both years: the members of 2025." in said


class TestAddress:
    """The address of a view."""

    @given(st.data())
    def test_every_selection_round_trips(self, data: st.DataObject) -> None:
        selection = draw(data)
        found, unknown = TradeSelection.from_query(selection.to_query(), KNOWN)
        assert (found, unknown) == (selection, ())
        again, unknown = TradeSelection.from_query(
            f"?{selection.address('x').partition('?')[2]}", KNOWN
        )
        assert (again, unknown) == (selection, ())

    def test_what_the_reporter_does_not_have_is_named(self, show) -> None:
        said = show("reporter=UZB&partner=UZB&source=wits&first=1995&base=nan")[1]
        for part in ("partner=UZB", "source=wits", "first=1995", "base=nan"):
            assert part in said

    def test_a_choice_means_the_same_on_every_day(self, show) -> None:
        """On a day before the source was known its choice is understood, and nothing is shown."""
        exhibits, said = show("source=wits", asof="2023-09-28")
        assert "turnover" not in exhibits
        assert "No figure of this was known on that day." in said
        assert "not understood" not in said

    @pytest.mark.slow
    def test_days_lead_to_the_same_view_as_it_was_known_then(self, client: FlaskClient) -> None:
        page = page_of(ask(client, "/en/trade", "?measure=exports"))
        (days,) = [each for each in parts(page) if each["props"].get("className") == "menu days"]
        hrefs = [each["props"]["href"] for each in parts(days) if each["props"].get("href")]
        assert "/en/trade?asof=2023-07-28&measure=exports" in hrefs
        for href in hrefs:
            path, _, query = href.partition("?")
            assert "Kazakhstan's exports" in text(page_of(ask(client, path, f"?{query}")))


def draw(data: st.DataObject) -> TradeSelection:
    """Any selection of any explorer."""
    options = {**TradeSelection.options, **KNOWN}
    chosen = {
        name: data.draw(
            st.sampled_from(each)
            if name in TradeSelection.options
            else st.sampled_from(("", *each) if name in {"first", "last", "base"} else each)
        )
        for name, each in options.items()
        if name != "partner"
    }
    some = data.draw(st.sets(st.sampled_from(KNOWN["partner"])))
    partner = tuple(code for code in KNOWN["partner"] if code in some)
    return TradeSelection(**chosen, partner=partner)


def any_selection(chance: random.Random) -> tuple[str, str]:
    """A language and a query of any kind, two choices of three left as they are."""
    options = {
        **TradeSelection.options,
        **KNOWN,
        "asof": ("2022-07-22", "2025-02-01", "1990-01-01"),
    }
    names = [name for name in options if chance.random() < 1 / 3]
    pairs = [(name, chance.choice(options[name])) for name in names if name != "partner"]
    if "partner" in names:
        some = chance.sample(KNOWN["partner"], chance.randint(1, 4))
        pairs += [("partner", code) for code in some]
    return chance.choice(LANGUAGES), "&".join(f"{name}={value}" for name, value in pairs)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_every_view_is_a_page(client: FlaskClient, seed: int) -> None:
    """300 selections at random, of things that go together and things that do not."""
    chance = random.Random(seed)
    for _ in range(25):
        language, query = any_selection(chance)
        response = ask(client, f"/{language}/trade", f"?{query}")
        page: Part = page_of(response)
        assert [each["type"] for each in parts(page)].count("H1") == 1, query
        assert not re.search(r"\b(NaN|nan|None|Infinity|inf)\b", unescape(text(page))), query
        body = response.get_data(as_text=True)
        assert not re.search(r"\b(NaN|Infinity)\b", body), query
