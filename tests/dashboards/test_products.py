"""Products on the page of a pair: chapters, sections, changes, and what cannot be compared."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components.pair.changes import changes
from dashboards.selection import PairSelection
from tests.dashboards.serving import Part, ask, ids, page_of, part, parts, rows_of, text
from tests.tables import assert_table
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse

every_language = pytest.mark.parametrize("language", LANGUAGES)

CHAPTERS = """
    SELECT product_code, value_usd FROM trade_flow
    WHERE reporter_code = 'AZE' AND partner_code = 'TUR' AND flow_code = 'export'
    AND length(product_code) = 2 AND period = ? AND is_preferred ORDER BY value_usd DESC
"""


def view(
    client: FlaskClient, search: str = "", language: str = "en", pair: str = "aze-tur"
) -> Part:
    """The page of a pair."""
    return page_of(ask(client, f"/{language}/trade/{pair}", search))


def cells(page: Part, name: str) -> list[list[str]]:
    """The text of a table, row by row, its head first."""
    rows = [each for each in parts(part(page, f"table-{name}")) if each.get("type") == "Tr"]
    return [[text(cell) for cell in row["props"]["children"]] for row in rows]


def year_of(**chapters: float) -> pd.DataFrame:
    """A year of chapters, `c27=5` for chapter 27."""
    rows = [(name[1:], value) for name, value in chapters.items()]
    return pd.DataFrame(rows, columns=["product_code", "value_usd"])


class TestChanges:
    """The arithmetic between two years."""

    def test_a_chapter_of_one_year_only_has_no_change(self) -> None:
        """What is not reported is not zero."""
        assert_table(
            changes(year_of(c10=4.0, c27=10.0, c52=1.0), year_of(c10=5.0, c27=30.0, c99=7.0)),
            """
            | product_code | then_usd | now_usd | change_usd | relative |
            | 27           | 10       | 30      | 20         | 2        |
            | 10           | 4        | 5       | 1          | 0.25     |
            | 52           | 1        |         |            |          |
            | 99           |          | 7       |            |          |
            """,
        )

    def test_from_nothing_there_is_no_relative_change(self) -> None:
        (row,) = changes(year_of(c01=0.0), year_of(c01=3.0)).to_dict("records")
        assert row["change_usd"] == 3.0
        assert pd.isna(row["relative"])

    YEAR = st.dictionaries(st.sampled_from([f"{n:02}" for n in range(1, 30)]), st.floats(0, 1e9))

    @given(YEAR, YEAR)
    def test_changes_of_common_chapters_sum_to_the_change_of_their_sums(
        self, then: dict[str, float], now: dict[str, float]
    ) -> None:
        frames = [
            pd.DataFrame(list(year.items()), columns=["product_code", "value_usd"]).astype(
                {"product_code": "str", "value_usd": "float"}
            )
            for year in (then, now)
        ]
        found = changes(*frames)
        common = then.keys() & now.keys()
        total = sum(now[code] - then[code] for code in common)
        assert set(found["product_code"]) == then.keys() | now.keys()
        assert found["change_usd"].sum() == pytest.approx(total, abs=1)
        assert found["change_usd"].notna().sum() == len(common)


class TestProducts:
    """What Azerbaijan reports of its trade, chapter by chapter."""

    def test_chapters_are_those_of_the_warehouse_the_largest_first(
        self, client: FlaskClient, warehouse: Warehouse
    ) -> None:
        head, *rows = cells(view(client), "products")
        expected = rows_of(Path(warehouse.path), CHAPTERS, "2021")
        assert [(row[0][:2], row[2]) for row in rows] == [
            (code, f"{usd / 1e6:,.1f}") for code, usd in expected
        ]
        assert head[0] == "Chapter of the Harmonized System"

    @every_language
    def test_chapters_and_sections_have_names_in_the_readers_language(
        self, client: FlaskClient, warehouse: Warehouse, language: Language
    ) -> None:
        names = dict(rows_of(Path(warehouse.path), f"SELECT code, name_{language} FROM product"))
        page = view(client, language=language)
        for row in cells(page, "products")[1:]:
            assert row[0] == f"{row[0][:2]} {names[row[0][:2]]}"
            section = row[1].partition(" ")[0]
            assert section not in names or row[1] == f"{section} {names[section]}"

    def test_sections_sum_their_chapters(self, client: FlaskClient, warehouse: Warehouse) -> None:
        _head, *rows = cells(view(client), "sections")
        textiles = sum(
            usd
            for code, usd in rows_of(Path(warehouse.path), CHAPTERS, "2021")
            if "50" <= code <= "63"
        )
        (row,) = [row for row in rows if row[0].startswith("XI ")]
        assert row[1] == f"{textiles / 1e6:,.1f}"

    def test_sections_of_two_years_sum_the_chapters_that_both_have(
        self, client: FlaskClient, warehouse: Warehouse
    ) -> None:
        """A chapter of one year alone would look like growth, so it is named and left out."""
        page = view(client, "?year=2021&base=2010")
        (now, then) = (
            dict(rows_of(Path(warehouse.path), CHAPTERS, year)) for year in ("2021", "2010")
        )
        common = now.keys() & then.keys()
        _head, *rows = cells(page, "sections")
        for column, year in ((1, now), (2, then)):
            shown = sum(float(row[column].replace(",", "")) for row in rows)
            assert shown == pytest.approx(sum(year[code] for code in common) / 1e6, abs=1.1)
        assert sum(int(row[3]) for row in rows) == len(common)
        said = text(part(page, "chart-sections"))
        assert f"both years have are summed, {len(common)} of them" in said
        alone = ", ".join(sorted(now.keys() - common))
        assert f"Reported of 2021 only, so left out of the sums: {alone}." in said

    def test_a_side_that_reports_nothing_is_not_offered(self, client: FlaskClient) -> None:
        (offered,) = [
            each
            for each in parts(view(client))
            if each["props"].get("className") == "choice" and "As reported by" in text(each)
        ]
        assert "Azerbaijan" in text(offered)
        assert "Türkiye" not in text(offered)

    def test_the_other_direction_leads_to_the_side_that_reports_it(
        self, client: FlaskClient
    ) -> None:
        hrefs = [each["props"].get("href") or "" for each in parts(view(client))]
        (turned,) = [each for each in hrefs if "direction=tur-aze" in each]
        _path, _, search = turned.partition("?")
        assert "chart-products" in ids(view(client, f"?{search}"))

    def test_changes_and_sections_say_whose_figures_they_are(self, client: FlaskClient) -> None:
        for name in ("changes", "sections", "products"):
            lines = client.get(f"/en/trade/aze-tur/{name}.csv").get_data(as_text=True)
            head, *rows = csv.reader(line for line in lines.splitlines() if line[0] != "#")
            for row in rows:
                found = dict(zip(head, row, strict=True))
                assert all(found[each] for each in ("source_id", "vintage", "place")), name
                assert found["status"] == "final", name

    def test_the_other_direction_and_a_year_can_be_chosen(self, client: FlaskClient) -> None:
        figure = part(view(client, "?direction=tur-aze&year=2012"), "chart-products")
        assert "Türkiye → Azerbaijan: chapters, 2012" in text(figure)
        assert "Azerbaijan: imports" in text(figure)

    def test_who_reports_no_chapters_says_so(self, client: FlaskClient) -> None:
        page = view(client, "?reporter=importer")
        assert "Türkiye reports no chapters of this direction" in text(page)
        assert "chart-products" not in ids(page)

    @pytest.mark.parametrize(
        ("search", "words"),
        [
            ("?year=2012&base=2020", "2020, is not before 2012"),
            ("?year=2010", "no earlier year to compare 2010 with"),
            ("?year=2012&base=2012", "2012, is not before 2012"),
        ],
    )
    def test_what_cannot_be_compared_is_said_in_words(
        self, client: FlaskClient, search: str, words: str
    ) -> None:
        page = view(client, search)
        assert words in text(page)
        assert "chart-changes" not in ids(page)
        assert "chart-products" in ids(page)

    def test_a_year_between_is_missing_and_named(self, client: FlaskClient) -> None:
        """Of 2017 there are no records, so it cannot be chosen, and the issue is on the page."""
        assert "year=2017" in text(view(client, "?year=2017"))
        assert "no data of Azerbaijan for 2017" in text(view(client))

    def test_chapters_of_one_year_are_named(self, client: FlaskClient) -> None:
        page = view(client, "?base=2010")
        assert "Reported of 2010 only, so without a change: 02" in text(part(page, "chart-changes"))
        alone = [row for row in cells(page, "changes") if row[3] == "only in 2010"]
        assert all(row[2] == row[4] == "" for row in alone)

    def test_sums_are_called_lower_bounds(self, client: FlaskClient) -> None:
        assert "lower bounds" in text(view(client))

    def test_a_pair_without_chapters_says_so(self, client: FlaskClient) -> None:
        page = view(client, pair="kaz-kgz")
        assert "No figures of this pair by product are loaded" in text(page)
        assert "year=2021" in text(view(client, "?year=2021", pair="kaz-kgz"))

    def test_chapters_are_known_since_their_day(self, client: FlaskClient) -> None:
        assert "chart-products" in ids(view(client))
        assert "chart-products" not in ids(view(client, "?asof=2011-01-01"))


def test_what_was_said_of_the_group_stands_on_the_pages_of_its_reporter(
    client: FlaskClient,
) -> None:
    page = view(client, pair="tur-kaz", language="ru")
    claim = part(page, "said-trade-2022")
    assert "12,9 млрд" in text(claim)
    assert "Еркин Тукумов" in text(claim)
    assert "No statement" in text(view(client, pair="tur-uzb"))


@pytest.mark.slow
def test_random_selections_give_pages_without_holes(client: FlaskClient) -> None:
    """Forty addresses, each round-tripping, impossible combinations among them."""
    chance = random.Random(20261123)
    known = {
        "direction": ("aze-kaz", "kaz-aze"),
        "reporter": ("exporter", "importer"),
        "year": ("2010", "2016", "2021"),
        "base": ("2010", "2016", "2021"),
    }
    for turn in range(20):
        chosen = {name: chance.choice(["", *values]) for name, values in known.items()}
        selection = PairSelection(**chosen)
        assert PairSelection.from_query(selection.to_query(), known) == (selection, ())
        pair = chance.choice(["aze-kaz", "kaz-aze", "aze-tkm", "uzb-aze", "kaz-kgz"])
        answer = ask(client, f"/{LANGUAGES[turn % 4]}/trade/{pair}", f"?{selection.to_query()}")
        body = answer.get_data(as_text=True)
        assert answer.status_code == 200, (pair, selection)
        assert not re.search(r"\b(NaN|nan|None|Infinity)\b", body), (pair, selection)
