"""The page of a pair: both sides, every source, reliability, targets, and addresses that are none."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import cycle, permutations
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from dashboards.components.pair.pairs import Pair
from dashboards.components.pair.sides import chapters_table
from dashboards.figures.mirror import Names, mirror
from dashboards.i18n import Locale
from tests.dashboards.serving import Part, ask, ids, page_of, part, parts, rows_of, text
from tests.tables import table
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse
from warehouse.queries import indicators, lineage, products, two_sided

every_language = pytest.mark.parametrize("language", LANGUAGES)

ECONOMIES = ["AZE", "KAZ", "KGZ", "TUR", "UZB", "HUN", "TKM", "XNC"]
NAMES = Names("Sent", "Got", "Gap", "Estimate")
MIRRORED = """
| period | exporter_value_usd | importer_value_usd | reconciled_usd | exporter_status | importer_status |
| 2019   | 4000000            |                    | 4000000        | final           |                 |
| 2020   | 5000000            | 4000000            | 4500000        | final           | final           |
| 2021   | 7000000            | 6000000            | 6500000        | final           | final           |
| 2023   | 8000000            | 9000000            | 8400000        | preliminary     | final           |
"""


def view(client: FlaskClient, pair: str, language: str = "en", search: str = "") -> Part:
    """The page of a pair."""
    return page_of(ask(client, f"/{language}/trade/{pair}", search))


def cells(page: Part, name: str) -> list[list[str]]:
    """The text of a table, row by row, its head first."""
    rows = [each for each in parts(part(page, f"table-{name}")) if each.get("type") == "Tr"]
    return [[text(cell) for cell in row["props"]["children"]] for row in rows]


def mirrored() -> pd.DataFrame:
    """Two sides in four years, of which one is missing and one is single."""
    frame = table(MIRRORED)
    amounts = [name for name in frame if str(name).endswith("_usd")]
    return frame.assign(**{name: pd.to_numeric(frame[name]) for name in amounts})


class TestAddresses:
    """Which pairs there are, and where they are found."""

    def test_members_come_before_observers(self, warehouse: Warehouse) -> None:
        assert two_sided.economies(warehouse) == ECONOMIES

    @pytest.mark.slow
    def test_every_pair_has_a_page_from_either_side(self, client: FlaskClient) -> None:
        """Each in one of the languages, by turns: a page takes as long as a chart page does."""
        pairs = permutations(map(str.lower, ECONOMIES), 2)
        for (first, second), language in zip(pairs, cycle(LANGUAGES), strict=False):
            page = view(client, f"{first}-{second}", language)
            assert page["props"]["id"] == "page-pair"
            found = ids(page)
            assert len(found) == len(set(found))
            assert not re.search(r"\b(NaN|nan|None)\b", text(page)), (first, second)

    @pytest.mark.parametrize(
        "pair",
        ["kaz-kaz", "kaz", "kaz-", "-kaz", "kaz-usa", "KAZ-KGZ", "kaz-kgz-uzb", "kaz/kgz", "%00-x"],
    )
    def test_what_is_no_pair_is_not_found(self, client: FlaskClient, pair: str) -> None:
        for _ in range(2):
            assert client.get(f"/en/trade/{pair}").status_code == 404
        assert view(client, pair)["props"]["id"] == "page-not-found"

    @every_language
    def test_a_document_stands_under_trade_and_keeps_the_pair_in_every_language(
        self, client: FlaskClient, language: Language
    ) -> None:
        response = client.get(f"/{language}/trade/kaz-kgz?asof=2023-09-28")
        assert response.status_code == 200
        document = response.get_data(as_text=True)
        assert re.search(
            rf'href="/{language}/trade" data-page="trade" data-inside aria-current="true"', document
        )
        for other in LANGUAGES:
            assert f'href="/{other}/trade/kaz-kgz?asof=2023-09-28"' in document
            assert f'hreflang="{other}" href="/{other}/trade/kaz-kgz"' in document

    def test_the_trade_page_leads_to_every_pair_of_its_reporter(self, client: FlaskClient) -> None:
        page = page_of(ask(client, "/tr/trade", "?asof=2025-12-31"))
        hrefs = {each["props"].get("href") for each in parts(page)}
        wanted = {f"/tr/trade/kaz-{code.lower()}?asof=2025-12-31" for code in ECONOMIES}
        assert wanted - hrefs == {"/tr/trade/kaz-kaz?asof=2025-12-31"}

    def test_a_choice_replaces_a_side_or_changes_sides(self, client: FlaskClient) -> None:
        page = view(client, "kaz-kgz")
        choices = [each for each in parts(page) if each["props"].get("className") == "choice"]
        hrefs = [[each["props"].get("href") for each in parts(choice)] for choice in choices]
        for links, other in zip(hrefs[:2], ("/en/trade/uzb-kgz", "/en/trade/kaz-uzb"), strict=True):
            assert other in links
            assert "/en/trade/kgz-kaz" in links
        marked = [each for each in parts(page) if each["props"].get("aria-current") == "true"]
        assert [text(each) for each in marked] == ["Kazakhstan", "Kyrgyzstan"]

    def test_what_is_not_understood_is_said(self, client: FlaskClient) -> None:
        page = view(client, "kaz-kgz", search="?colour=red")
        notes = [each for each in parts(page) if each["props"].get("role") == "status"]
        assert "colour=red" in text(notes)


class TestBothSides:
    """What the exporter says beside what the importer says."""

    def test_a_pair_is_the_same_from_either_side(self, client: FlaskClient) -> None:
        """Only the order of the directions changes with the address."""
        there, back = view(client, "kaz-kgz"), view(client, "kgz-kaz")
        charts = [
            [each for each in ids(page) if re.fullmatch(r"chart-\w{3}-\w{3}", each)]
            for page in (there, back)
        ]
        assert charts[0] == ["chart-kaz-kgz", "chart-kgz-kaz"] == charts[1][::-1]
        for name in ("kaz-kgz", "kgz-kaz", "sources-kaz-kgz", "sources-kgz-kaz"):
            assert cells(there, name) == cells(back, name)

    def test_the_table_says_what_the_warehouse_says(
        self, client: FlaskClient, warehouse: Warehouse
    ) -> None:
        _head, *rows = cells(view(client, "kaz-kgz"), "kaz-kgz")
        expected = rows_of(
            Path(warehouse.path),
            "SELECT period, exporter_value_usd, importer_value_usd, gap_usd, reconciled_usd"
            " FROM two_sided WHERE exporter_code = 'KAZ' AND importer_code = 'KGZ'"
            " AND basis = 'preferred' AND product_code = 'TOTAL' ORDER BY period DESC",
        )
        shown = [[row[0], *(row[column].split(" ")[0] for column in (1, 2, 3, 6))] for row in rows]
        assert shown == [
            [
                period,
                *(
                    "" if usd is None else f"{usd / 1e6 + 0.0:,.1f}".replace("-", "−")
                    for usd in amounts
                ),
            ]
            for period, *amounts in expected
        ]

    def test_a_year_tells_gap_method_assumptions_and_evidence(self, client: FlaskClient) -> None:
        """Kyrgyz exports of 2010: 447.0 million said, 165.7 received; neither is hidden."""
        _head, *rows = cells(view(client, "kgz-kaz"), "kgz-kaz")
        (row,) = [row for row in rows if row[0] == "2010"]
        assert row[1:6] == ["447.0", "165.7", "−281.3", "0.37", "45.9%"]
        assert row[7].startswith("mean weighted by reliability, ")
        assert row[8] == "exporter: FOB"
        assert "Kyrgyz" in row[9]
        assert "UN Comtrade" in row[11]
        assert row[10]
        assert row[12]

    def test_a_figure_that_is_not_final_is_marked(self, client: FlaskClient) -> None:
        rows = cells(view(client, "kaz-tur"), "kaz-tur")
        assert rows[1][0] == "2025"
        assert rows[1][1].endswith("(preliminary)")

    def test_one_sided_reports_have_no_gap(self, client: FlaskClient) -> None:
        page = view(client, "kaz-tur")
        assert "No year has the figures of both sides" in text(part(page, "chart-kaz-tur"))
        assert {row[3] for row in cells(page, "kaz-tur")[1:]} == {""}

    def test_a_pair_of_whom_nothing_is_known_says_so(self, client: FlaskClient) -> None:
        page = view(client, "tkm-xnc")
        assert not [each for each in ids(page) if each.startswith("chart-")]
        for words in (
            "has a figure of this flow",
            "figure of this pair",
            "No target",
            "by product",
        ):
            assert words in text(page)

    def test_chapters_without_a_total_are_not_denied(self, client: FlaskClient) -> None:
        """Of Azerbaijan and Türkiye there are chapters, though no source gives a total."""
        page = text(view(client, "aze-tur"))
        assert page.count("has a total of this flow; some of its chapters are reported") == 2
        assert "has a total of this pair; some chapters" in page
        assert "has a figure of this" not in page

    def test_the_drawing_has_a_summary_in_words(self, client: FlaskClient) -> None:
        page = view(client, "kaz-kgz")
        plots = [each for each in parts(page) if each["props"].get("className") == "plot"]
        for plot in plots:
            assert plot["props"]["aria-label"].count("From US$") == 2


class TestBeside:
    """Every source, reliability, targets, errors, days."""

    def test_every_source_stands_in_its_column(self, client: FlaskClient) -> None:
        """Of 2022 WITS has 3.7 billion of Kazakh exports to Türkiye, the Bureau, preferred, 4.8."""
        head, *rows = cells(view(client, "kaz-tur"), "sources-kaz-tur")
        assert [each.split(";")[0] for each in head[1:]] == ["Kazakhstan: exports"] * 2
        (row,) = [row for row in rows if row[0] == "2022"]
        assert row[1:] == ["4,751.0 *", "3,656.6"]

    def test_reliability_is_said_in_words_and_numbers(
        self, client: FlaskClient, warehouse: Warehouse
    ) -> None:
        rows = cells(view(client, "kaz-tur"), "reliability")[1:]
        measured = two_sided.reliability(warehouse)
        kazakh = measured[measured["reporter_code"] == "KAZ"]["reliability"]
        assert [row[2] for row in rows[:2]] == [f"{share:.0%}" for share in kazakh]
        assert [row[1] for row in rows] == [
            "high",
            "moderate",
            *["not known: no figure to compare"] * 2,
        ]

    @every_language
    def test_targets_of_the_pair_stand_beside_what_was_reached(
        self, client: FlaskClient, warehouse: Warehouse, language: Language
    ) -> None:
        page = view(client, "tur-kaz", language)
        expected = rows_of(
            Path(warehouse.path),
            f"SELECT title_{language} FROM target WHERE scope = 'KAZ-TUR' ORDER BY stated_on, id",
        )
        rows = cells(page, "targets")[1:]
        assert [(row[0],) for row in rows] == expected
        assert all(re.search(r"\d+.?%|%\d+", row[4]) for row in rows)
        found = parts(part(page, "promised"))
        quotes = [each for each in found if each["props"].get("className") == "quote"]
        assert len(quotes) == len(expected)

    def test_known_errors_of_the_pair_are_named(self, client: FlaskClient) -> None:
        assert "do not use the figure without a check" in text(view(client, "kaz-kgz"))
        assert "do not use the figure without a check" not in text(view(client, "kaz-uzb"))
        assert "services as well as goods" in text(view(client, "kaz-uzb"))

    def test_errors_of_what_is_no_trade_are_not_named(self, warehouse: Warehouse) -> None:
        """GDP of Kyrgyzstan and Uzbekistan is revised, but no pair shows it."""
        for first, second in (("KAZ", "KGZ"), ("UZB", "TKM")):
            assert "wdi" not in set(lineage.pair_issues(warehouse, first, second)["source_id"])

    def test_a_past_day_compares_nothing_and_shows_what_was_said_by_then(
        self, client: FlaskClient
    ) -> None:
        page = view(client, "kaz-tur", search="?asof=2022-05-09")
        assert "by what is known today only" in text(page)
        tables = [each for each in ids(page) if each.startswith("table-")]
        assert tables == ["table-sources-kaz-tur", "table-sources-tur-kaz", "table-targets"]
        assert not {"chart-kaz-tur", "table-reliability"} & set(ids(page))
        assert len(cells(page, "targets")) == 2
        hrefs = {each["props"].get("href", "") for each in parts(page)}
        inside = {href for href in hrefs if href.startswith("/")}
        assert {href for href in inside if "asof" not in href} == {"/en/trade/kaz-tur"}

    def test_chapters_stand_side_by_side(
        self, warehouse: Warehouse, locales: Mapping[Language, Locale]
    ) -> None:
        pair = Pair(
            "KAZ", "KGZ", indicators.names(warehouse), lineage.sources(warehouse), locales["en"]
        )
        chapters = mirrored().assign(product_code="27", gap_index=0.125)
        made = chapters_table(pair, ("KAZ", "KGZ"), chapters, products.names(warehouse))
        shown = json.loads(json.dumps(made, cls=PlotlyJSONEncoder))
        fuels = f"27 {products.names(warehouse)['27'].en}"
        assert cells(shown, "chapters-kaz-kgz")[1:3] == [
            [fuels, "4.0", "", "12.5%", "4.0"],
            [fuels, "5.0", "4.0", "12.5%", "4.5"],
        ]


class TestMirror:
    """The drawing of one flow."""

    def test_either_side_is_a_line_and_a_missing_year_a_gap(
        self, locales: Mapping[Language, Locale]
    ) -> None:
        figure = mirror(mirrored(), NAMES, "million USD", locales["en"])
        lines = {trace.name: list(trace.y) for trace in figure.data if trace.name != "Gap"}
        assert lines == {
            "Sent": [4, 5, 7, None, 8],
            "Got": [None, 4, 6, None, 9],
            "Estimate": [None, 4.5, 6.5, None, 8.4],
        }

    def test_the_gap_is_shaded_where_both_sides_speak(
        self, locales: Mapping[Language, Locale]
    ) -> None:
        figure = mirror(mirrored(), NAMES, "million USD", locales["en"])
        gaps = [(list(each.x), list(each.y)) for each in figure.data if each.name == "Gap"]
        assert gaps == [([2020, 2021, 2021, 2020], [5, 7, 6, 4]), ([2023, 2023], [8, 9])]
        assert [each.showlegend for each in figure.data if each.name == "Gap"] == [True, False]

    def test_sides_differ_in_shape_and_what_is_not_final_is_hollow(
        self, locales: Mapping[Language, Locale]
    ) -> None:
        figure = mirror(mirrored(), NAMES, "million USD", locales["en"])
        symbols = {trace.name: trace.marker.symbol for trace in figure.data if trace.marker.symbol}
        assert set(symbols["Sent"]) == {"circle", "circle-open"}
        assert symbols["Sent"][-1] == "circle-open"
        assert set(symbols["Got"]) == {"diamond"}

    def test_one_side_alone_has_neither_gap_nor_estimate(
        self, locales: Mapping[Language, Locale]
    ) -> None:
        alone = mirrored().assign(importer_value_usd=float("nan"))
        figure = mirror(alone, NAMES, "million USD", locales["en"])
        assert [trace.name for trace in figure.data] == ["Sent"]
