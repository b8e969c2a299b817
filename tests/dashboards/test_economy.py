"""The profile of an economy: its role, its place in the group's trade, corridor, payments, context."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from itertools import cycle, pairwise
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboards.components.economy.territory import scopes_of
from dashboards.figures.grouped import grouped
from dashboards.i18n import Locale
from dashboards.selection import EconomySelection
from tests.dashboards.serving import Part, ask, ids, page_of, part, parts, rows_of, text
from tests.tables import table
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse
from warehouse.queries import transit

every_language = pytest.mark.parametrize("language", LANGUAGES)

ECONOMIES = ["aze", "kaz", "kgz", "tur", "uzb", "hun", "tkm", "xnc"]
CONTEXT = [
    *("chart-gdp-usd", "chart-population", "chart-exports-share-gdp", "chart-imports-share-gdp"),
    *("chart-consumer-inflation", "chart-logistics-performance"),
]
SUM = """
    SELECT sum(value_usd) FROM trade_flow
    WHERE reporter_code = ? AND partner_code IN ('AZE', 'KAZ', 'KGZ', 'TUR', 'UZB')
    AND flow_code = ? AND product_code = 'TOTAL' AND period = ? AND is_preferred
"""


def view(client: FlaskClient, code: str, language: str = "en", search: str = "") -> Part:
    """The profile of an economy."""
    return page_of(ask(client, f"/{language}/economy/{code}", search))


def cells(page: Part, name: str) -> list[list[str]]:
    """The text of a table, row by row, its head first."""
    rows = [each for each in parts(part(page, f"table-{name}")) if each.get("type") == "Tr"]
    return [[text(cell) for cell in row["props"]["children"]] for row in rows]


def facts(page: Part) -> dict[str, str]:
    """Terms and what they name, of all lists of a page."""
    found = {}
    for each in parts(page):
        if each.get("type") == "Div" and isinstance(each["props"].get("children"), list):
            first, *rest = each["props"]["children"]
            if isinstance(first, dict) and first.get("type") == "Dt":
                found[text(first)] = text(rest)
    return found


def links(page: Part) -> set[str]:
    """The addresses that a page leads to."""
    return {each["props"]["href"] for each in parts(page) if each["props"].get("href")}


class TestAddresses:
    """Which profiles there are, and the ways to them."""

    @pytest.mark.slow
    def test_every_economy_of_the_group_has_a_page(self, client: FlaskClient) -> None:
        for code, language in zip(ECONOMIES, cycle(LANGUAGES), strict=False):
            page = view(client, code, language)
            assert page["props"]["id"] == "page-economy"
            found = ids(page)
            assert len(found) == len(set(found))
            assert not re.search(r"\b(NaN|nan|None)\b", text(page)), code

    @pytest.mark.parametrize(
        "code", ["usa", "KAZ", "kazakhstan", "kaz-kgz", "wld", "%00", "kaz/kgz"]
    )
    def test_what_is_no_economy_of_the_group_is_not_found(
        self, client: FlaskClient, code: str
    ) -> None:
        assert client.get(f"/en/economy/{code}").status_code == 404
        assert view(client, code)["props"]["id"] == "page-not-found"

    @every_language
    def test_a_document_stands_under_every_language(
        self, client: FlaskClient, language: Language
    ) -> None:
        response = client.get(f"/{language}/economy/kgz?year=2021")
        assert response.status_code == 200
        for other in LANGUAGES:
            assert f'href="/{other}/economy/kgz?year=2021"' in response.get_data(as_text=True)

    def test_profiles_lead_to_one_another_and_to_the_pairs(self, client: FlaskClient) -> None:
        found = links(view(client, "kgz", search="?asof=2025-12-31"))
        assert "/en/economy/uzb?asof=2025-12-31" in found
        assert "/en/trade/kgz-xnc?asof=2025-12-31" in found

    def test_a_pair_leads_to_both_profiles(self, client: FlaskClient) -> None:
        found = links(page_of(ask(client, "/tr/trade/kaz-hun")))
        assert {"/tr/economy/kaz", "/tr/economy/hun"} <= found

    @pytest.mark.slow
    def test_any_link_of_a_profile_leads_somewhere(self, client: FlaskClient) -> None:
        inside = {each for each in links(view(client, "xnc")) if each.startswith("/")}
        assert all(client.get(each).status_code == 200 for each in inside)


class TestRole:
    """Member or observer, since when, by which source."""

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("kaz", "Member of the OTS since October 3, 2009"),
            ("uzb", "Member of the OTS since October 14, 2019"),
            ("hun", "Observer of the OTS since September 3, 2018"),
            ("xnc", "Observer of the OTS since November 11, 2022"),
        ],
    )
    def test_a_role_is_dated(self, client: FlaskClient, code: str, words: str) -> None:
        assert words in text(view(client, code))

    def test_what_is_disputed_is_said_with_the_role(self, client: FlaskClient) -> None:
        assert "Cyprus disputes the status" in text(view(client, "xnc"))

    def test_a_role_not_yet_taken_on_a_past_day_is_none(self, client: FlaskClient) -> None:
        assert "no role" in text(view(client, "uzb", search="?asof=2015-01-01"))
        assert "no role" not in text(view(client, "kaz", search="?asof=2015-01-01"))


class TestTrade:
    """Rank and share among the group, by own reports and by those of partners."""

    def test_the_sums_are_those_of_the_warehouse(
        self, client: FlaskClient, warehouse: Warehouse
    ) -> None:
        found = facts(view(client, "kaz", search="?year=2023"))
        for term, flow in (("Exports", "export"), ("Imports", "import")):
            ((usd,),) = rows_of(Path(warehouse.path), SUM, "KAZ", flow, "2023")
            said = found[f"{term}, by its own reports"]
            assert said.startswith(f"US$ {usd / 1e6:,.1f} million; rank ")
            assert said.endswith("figures of 4 of 4 partners")

    def test_who_does_not_report_says_so_and_shows_what_partners_report(
        self, client: FlaskClient
    ) -> None:
        """By its partners' reports alone, Türkiye exports most to the other members."""
        found = facts(view(client, "tur", search="?year=2023"))
        assert "no figures of its own for 2023" in found["Exports, by its own reports"]
        assert "rank 1 of 7 among the sums reported" in found["Exports, as its partners report"]
        assert "figures of 3 of 4 partners" in found["Exports, as its partners report"]

    def test_an_economy_of_which_nothing_is_known_says_so(self, client: FlaskClient) -> None:
        page = view(client, "xnc")
        assert "No partner has figures of it" in facts(page)["Imports, as its partners report"]
        assert "has figures of this for Northern Cyprus" in text(part(page, "chart-partners"))
        charts = [each for each in ids(page) if each.startswith("chart-")]
        assert charts[-len(CONTEXT) :] == CONTEXT

    def test_the_ranking_is_the_same_on_every_profile(self, client: FlaskClient) -> None:
        rows = [cells(view(client, code), "export-standing")[1:] for code in ("kaz", "tkm")]
        assert rows[0] == rows[1]
        own = [row for row in rows[0] if row[2]]
        assert [row[2] for row in own] == [str(rank) for rank in range(1, len(own) + 1)]

    def test_both_bases_of_a_partner_stand_side_by_side(
        self, client: FlaskClient, warehouse: Warehouse
    ) -> None:
        """What Kazakhstan says it sent Kyrgyzstan, and what Kyrgyzstan says it got from there."""
        head, *rows = cells(view(client, "kaz", search="?year=2023"), "partners")
        assert head[1:] == [
            *("Exports, by its own reports", "Imports, by its own reports"),
            *("Exports, as its partners report", "Imports, as its partners report"),
        ]
        (kyrgyz,) = [row for row in rows if row[0] == "Kyrgyzstan"]
        flows = [("KAZ", "export"), ("KAZ", "import"), ("KGZ", "import"), ("KGZ", "export")]
        expected = [
            rows_of(
                Path(warehouse.path),
                "SELECT value_usd FROM trade_flow WHERE reporter_code = ? AND flow_code = ?"
                " AND partner_code IN ('KAZ', 'KGZ') AND period = '2023'"
                " AND product_code = 'TOTAL' AND is_preferred",
                *each,
            )[0][0]
            for each in flows
        ]
        shown = [cell.split(" ")[0] for cell in kyrgyz[1:]]
        assert shown == [f"{usd / 1e6:,.1f}" for usd in expected]

    def test_who_alone_reports_of_a_year_has_no_rank(self, client: FlaskClient) -> None:
        page = view(client, "kaz", search="?year=2025")
        assert "rank" not in facts(page)["Exports, by its own reports"]
        (row,) = [row for row in cells(page, "export-standing") if row[0] == "Kazakhstan"]
        assert row[1]
        assert row[2:4] == ["", ""]

    def test_an_observer_has_no_other_member_states(self, client: FlaskClient) -> None:
        said = text(part(view(client, "hun"), "chart-export-standing"))
        assert "Exports to member states of the OTS" in said
        assert "may cover unlike numbers of partners" in said

    @pytest.mark.slow
    def test_history_tells_by_whose_reports(self, client: FlaskClient) -> None:
        own = part(view(client, "uzb"), "chart-history")
        mirrored = part(
            view(client, "uzb", search="?reports=partners&flow=import"), "chart-history"
        )
        assert "by its own reports" in text(own)
        assert "as its partners report" in text(mirrored)
        assert "Uzbekistan: imports by partner" in text(mirrored)
        assert "as its partners report" in text(part(view(client, "hun"), "chart-history"))

    def test_observers_count_only_when_they_are_asked_for(self, client: FlaskClient) -> None:
        few = cells(view(client, "kaz"), "partners")
        more = cells(view(client, "kaz", search="?partners=with_observers"), "partners")
        assert "Hungary" not in [row[0] for row in few]
        assert "Hungary" in [row[0] for row in more]

    def test_before_any_figure_nothing_is_known(self, client: FlaskClient) -> None:
        page = view(client, "kgz", search="?asof=1990-01-01")
        assert "No figure of this was known on that day" in text(part(page, "chart-partners"))
        assert "chart-export-standing" not in ids(page)


class TestCorridor:
    """Places, legs and stated figures of the territory."""

    def test_legs_tell_stated_lengths_and_lower_bounds(self, client: FlaskClient) -> None:
        head, *rows = cells(view(client, "kaz"), "corridor")
        assert head[:4] == ["Leg", "Mode", "Length as stated", "Great circle"]
        assert rows[0][:4] == ["Altynkol – Almaty", "by rail", "", "288 km"]
        assert next(row for row in rows if row[0] == "Aktau – Alat")[1:4] == [
            "by sea",
            "420 km",
            "434 km",
        ]
        assert "Aktau (seaport)" in text(part(view(client, "kaz"), "chart-corridor"))

    def test_an_economy_off_the_route_says_so(self, client: FlaskClient) -> None:
        assert "lies in Kyrgyzstan" in text(part(view(client, "kgz"), "chart-corridor"))
        assert "chart-transit" not in ids(view(client, "kgz"))

    def test_stated_times_are_those_within_the_economy(self, client: FlaskClient) -> None:
        said = text(part(view(client, "kaz"), "table-transit"))
        assert "Altynkol – Aktau" in said
        assert "Crossing of Kazakhstan" in said
        assert "Constanța" not in said

    def test_scopes_of_an_economy_are_itself_its_crossing_and_ways_inside(
        self, warehouse: Warehouse
    ) -> None:
        network = transit.network(warehouse)
        found = scopes_of("KAZ", "Kazakhstan", network)
        assert found[:3] == ["KAZ", "kazakhstan", "section-kazakhstan"]
        assert {"altynkol-aktau", "aktau-alat"} <= set(found)
        assert "altynkol-constanta" not in found
        assert "section-turkiye" in scopes_of("TUR", "Türkiye", network)


class TestPaymentsAndContext:
    """Figures over time, each with its newest value, its year and its source."""

    def test_the_newest_share_has_a_rank_among_those_asked_that_year(
        self, client: FlaskClient
    ) -> None:
        found = facts(view(client, "kaz"))
        assert found["Digital payments"] == "85.0% (2024); rank 1 of 5"
        assert found["Account owners"] == "87.0% (2024); rank 1 of 6"

    def test_the_economy_stands_first_in_the_chart_of_the_group(self, client: FlaskClient) -> None:
        figure = part(view(client, "uzb"), "graph-payments")["props"]["figure"]
        assert figure["data"][0]["name"] == "Uzbekistan"

    def test_context_says_the_newest_figure_with_its_year(
        self, client: FlaskClient, warehouse: Warehouse
    ) -> None:
        ((period, people),) = rows_of(
            Path(warehouse.path),
            "SELECT period, value FROM observation WHERE indicator_id = 'population'"
            " AND scope = 'KGZ' AND is_preferred ORDER BY period DESC LIMIT 1",
        )
        said = text(part(view(client, "kgz"), "chart-population"))
        assert f"newest figure: {people:,.0f} people ({period})" in said
        assert "World Bank" in said

    def test_what_two_sources_say_is_no_growth(self, client: FlaskClient) -> None:
        """GDP of 2024 is Gapminder's, on another level than the World Bank's of the years before."""
        page = view(client, "uzb")
        (plot,) = [
            each["props"]["aria-label"]
            for each in parts(part(page, "chart-gdp-usd"))
            if each["props"].get("className") == "plot"
        ]
        bank, gapminder = plot.split("; ")
        assert bank.startswith("Uzbekistan, World Bank. From US$")
        assert "(2024)" in gapminder
        assert "From" not in gapminder
        assert "may be due to the change of source" in text(part(page, "chart-gdp-usd"))
        assert "change of source" not in text(part(page, "chart-population"))

    @every_language
    def test_no_figure_is_said_in_words(self, client: FlaskClient, language: Language) -> None:
        page = view(client, "xnc", language)
        for chart in CONTEXT:
            assert len(text(part(page, chart))) > 40
            assert f"graph-{chart.removeprefix('chart-')}" not in ids(page)


@pytest.mark.slow
def test_random_selections_give_pages_without_holes(
    client: FlaskClient, warehouse: Warehouse
) -> None:
    """Forty addresses, each round-tripping, with years nobody reports and choices nobody offers."""
    chance = random.Random(20261123)
    years = ["", "1995", "2010", "2023", "2025", "1900", "x"]
    for turn in range(20):
        selection = EconomySelection(
            year=chance.choice(years),
            flow=chance.choice(["export", "import", "balance"]),
            reports=chance.choice(["", "own", "partners"]),
            partners=chance.choice(["members", "with_observers"]),
            indicator=chance.choice(EconomySelection.options["indicator"]),
        )
        day = chance.choice(["", "", "&asof=2012-05-01"])
        search = f"?{selection.to_query()}{day}"
        address = f"/{LANGUAGES[turn % 4]}/economy/{chance.choice(ECONOMIES)}"
        answer = ask(client, address, search)
        body = answer.get_data(as_text=True)
        assert answer.status_code == 200, (address, search)
        assert not re.search(r"\b(NaN|nan|None|Infinity)\b", body), (address, search)
        known = {"year": ("1995", "2010", "2023", "2025"), "reports": ("own", "partners")}
        opened, _ = EconomySelection.from_query(search, known)
        assert EconomySelection.from_query(opened.to_query(), known) == (opened, ())


class TestGrouped:
    """Bars that lie down, their labels over them."""

    def test_a_bar_stands_where_there_is_a_figure_and_is_hatched_where_it_is_not_final(
        self, locales: Mapping[Language, Locale]
    ) -> None:
        frame = table(
            """
            | label  | series | value   | status      |
            | Russia | own    | 2000000 | final       |
            | Russia | theirs | 1000000 | preliminary |
            | China  | own    |         | final       |
            | China  | theirs | 500000  | final       |
            """
        )
        frame = frame.assign(value=pd.to_numeric(frame["value"]))
        figure = grouped(frame, "million USD", locales["en"], lead="China")
        own, theirs = figure.data
        assert (list(own.x), list(own.y)) == ([2.0], [0])
        assert dict(zip(theirs.y, theirs.x, strict=True)) == {0: 1.0, 1: 0.5}
        shapes = dict(zip(theirs.y, theirs.marker.pattern.shape, strict=True))
        assert shapes == {0: "/", 1: ""}
        assert dict(zip(theirs.y, theirs.text, strict=True)) == {0: "1.0", 1: "0.5"}
        assert [each.text for each in figure.layout.annotations] == ["Russia", "<b>China</b>"]

    def test_bars_of_a_label_do_not_overlap(self, locales: Mapping[Language, Locale]) -> None:
        names = [f"series {number}" for number in range(4)]
        frame = pd.DataFrame(
            {"label": "A very long label that takes more than one line on a phone",
             "series": names, "value": 1e6, "status": "final"}
        )  # fmt: skip
        bars = grouped(frame, "million USD", locales["en"]).data
        ends = [(bar.offset, bar.offset + bar.width) for bar in bars]
        assert all(first[1] <= second[0] for first, second in pairwise(ends))
        assert ends[-1][1] <= 0.5

    def test_the_legend_is_that_of_a_firm_bar_if_there_is_any(
        self, locales: Mapping[Language, Locale]
    ) -> None:
        """Plotly draws the legend as the first bar is, and hatched it would say that all are."""
        frame = table(
            """
            | label  | series | value | status      |
            | Russia | own    | 2     | preliminary |
            | China  | own    | 1     | final       |
            """
        )
        frame = frame.assign(value=pd.to_numeric(frame["value"]) * 1e9)
        figure = grouped(frame, "million USD", locales["en"])
        assert list(figure.data[0].marker.pattern.shape) == ["", "/"]
        assert figure.layout.xaxis.separatethousands
