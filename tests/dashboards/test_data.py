"""The data page: everything is found, described, judged, and taken away as the warehouse has it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboards.api.tables import tables
from dashboards.components.catalogue.documents import Catalogue
from dashboards.components.catalogue.downloads import DOWNLOADS
from dashboards.factory import create_app
from dashboards.page import Memory
from dashboards.selection import LONGEST, DataSelection, cleaned
from tests.dashboards.serving import (
    Part,
    ask,
    drawn_by_dash,
    ids,
    page_of,
    part,
    parts,
    rows_of,
    text,
)
from tests.tables import assert_table, cells, table
from tests.warehouse.made import make
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse

every_language = pytest.mark.parametrize("language", LANGUAGES)

SOURCES = """
| id   | title | kind       | cadence | url             | licence    | publisher_en |
| bns  | Trade | statistics | annual  | https://bns.kz  | CC BY      | Bureau       |
| rail | Rail  | press      | once    | https://rail.kz | not stated | Railway      |
"""
ECONOMIES = """
| code | name_en    |
| KAZ  | Kazakhstan |
| TUR  | Türkiye    |
"""
INDICATORS = """
| id    | topic   | unit | frequency | direction | title_en | short_en | definition_en |
| cargo | transit | kt   | annual    | up        | Cargo    | Cargo    | What is sent. |
| days  | transit | days | irregular | down      | Days     | Days     | How long.     |
| idle  | digital | USD  | annual    | up        | Idle     | Idle     | Nothing yet.  |
"""
FIGURES = """
| indicator_id | scope | period | source_id | vintage | value | low | high | status      | known_since | newest_until | preferred_until |
| cargo        | KAZ   | 2020   | bns       | 2021    | 200   |     |      | preliminary | 2021-06-01  | 2022-06-01   | 2022-06-01      |
| cargo        | KAZ   | 2020   | bns       | 2022    | 150.5 |     |      | final       | 2022-06-01  |              |                 |
| cargo        | KAZ   | 2022   | bns       | 2022    | 300   |     |      | estimate    | 2022-06-01  |              |                 |
| cargo        | KAZ   | 2020   | rail      | 2021    | 160   |     |      | stated      | 2021-07-01  |              | 2021-07-01      |
| days         | KAZ   | 2023   | rail      | 2023    |       | 19  | 23   | stated      | 2023-03-01  | 2024-03-01   | 2024-03-01      |
| days         | KAZ   | 2023   | rail      | 2024    |       | 19  | 24   | stated      | 2024-03-01  |              |                 |
"""
FLOWS = """
| reporter_code | partner_code | flow_code | product_code | period | source_id | vintage | value_usd   | valuation | status | known_since | newest_until | preferred_until |
| KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2020    | 267582700   | FOB       | final  | 2021-06-01  | 2022-06-01   | 2022-06-01      |
| KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2021    | 267582384.6 | FOB       | final  | 2022-06-01  |              |                 |
| KAZ           | TUR          | import    | TOTAL        | 2020   | bns       | 2021    | 5           | CIF       | final  | 2022-06-01  |              |                 |
"""
SNAPSHOTS = """
| id | source_id | kind | name | known_since | rejections |
| s1 | bns       | csv  | a    | 2021-06-01  | 1          |
| s2 |           | csv  | b    | 2022-06-01  | 1          |
"""
REJECTIONS = """
| snapshot_id | number | source_id | known_since | file  | row | field | value  | reason   | remedy |
| s1          | 1      | bns       | 2021-06-01  | a.csv | 2   | value | =cmd() | no value | digits |
| s2          | 1      |           | 2022-06-01  | b.csv | 1   | file  |        | unknown  | say    |
"""


@pytest.fixture
def made(served: Path, static_dir: Path) -> FlaskClient:
    """A site over a few figures, with revisions, a gap, a conflict and two rejections."""
    url = make(
        served,
        source=SOURCES,
        economy=ECONOMIES,
        indicator=INDICATORS,
        observation=FIGURES,
        trade_flow=FLOWS,
        snapshot=SNAPSHOTS,
        rejection=REJECTIONS,
    )
    return create_app(Warehouse(url), static_dir).server.test_client()


@pytest.fixture(scope="session")
def database(warehouse: Warehouse) -> Path:
    """The warehouse as a file, to be read past our own code."""
    return Path(warehouse.path)


def view(client: FlaskClient, place: str, search: str = "", language: str = "en") -> Part:
    """The page at an address."""
    return page_of(ask(client, f"/{language}/{place}", search))


def words(tree: Part) -> str:
    """What a reader reads of a part, each text apart from the next."""
    leaves = [
        each for each in parts(tree) if not isinstance(each["props"].get("children"), dict | list)
    ]
    return " ".join(text(each) for each in leaves)


def entries(page: Part) -> list[str]:
    """The addresses of the entries listed, in their order."""
    listed = [each for each in parts(page) if each["props"].get("className") == "entries"]
    links = [link for each in listed for link in parts(each) if link["props"].get("href")]
    return [link["props"]["href"].rpartition("/")[2] for link in links]


def rows(page: Part, name: str) -> list[list[str]]:
    """The cells of a table, its head left out."""
    found = [each for each in parts(part(page, f"table-{name}")) if each["type"] == "Tr"]
    return [[text(cell) for cell in each["props"]["children"]] for each in found[1:]]


def file(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """A file of figures, row by row."""
    response = client.get(address)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"), newline="")))


class TestSearch:
    @every_language
    def test_an_entry_is_found_whatever_the_language_of_the_page(
        self, client: FlaskClient, language: Language
    ) -> None:
        """In another script, with a slip, in another language: the first hit is what is meant."""
        _, queries = cells("""
            | typed            | finds              |
            | тауар айналымы   | trade_turnover_ots |
            | sauda+ainalymy   | trade_turnover_ots |
            | tovarooborot     | trade_turnover_ots |
            | tradde+turnover  | trade_turnover_ots |
            | TİCARET HACMİ    | trade_turnover_ots |
            | qazaqstan        | trade-kaz          |
            | комтрейд+comtrade | comtrade          |
        """)
        for typed, finds in queries:
            assert entries(view(client, "data", f"?q={typed}", language))[:1] == [finds], typed

    def test_a_hit_says_by_which_words_it_fits(self, client: FlaskClient) -> None:
        """Unless they are those of its title, which the reader sees."""
        found = part(view(client, "data", "?q=tovarooborot"), "results")
        assert "Fits by: “Товарооборот" in words(found)
        plain = part(view(client, "data", "?q=population"), "results")
        assert "“Population”" not in words(plain)

    def test_the_number_of_hits_is_announced(self, client: FlaskClient) -> None:
        """Screen readers hear how many there are; nothing found says what to do."""
        assert text(part(view(client, "data", "?q=сальдо"), "found")) == "Found: 1 entry"
        nothing = view(client, "data", "?q=xyzzyqwv")
        assert text(part(nothing, "found")) == "Found: 0 entries"
        assert "Try another word" in words(nothing)

    def test_a_search_goes_with_a_topic(self, client: FlaskClient) -> None:
        """Sources are among the hits; without a search they stand under their own topic only."""
        topics = {
            topic: entries(view(client, "data", f"?q=trade&topic={topic}"))
            for topic in ("all", "trade", "sources")
        }
        assert set(topics["trade"]) | set(topics["sources"]) <= set(topics["all"])
        assert "wits" in topics["sources"]
        assert "wits" not in entries(view(client, "data"))

    def test_the_box_is_a_form_that_works_by_itself(self, client: FlaskClient) -> None:
        """It is labelled, holds what was searched, and its address keeps the other choices."""
        page = view(client, "data", "?asof=2024-06-01&topic=trade&q=wheat")
        form = part(page, "search")["props"]
        assert (form["method"], form["role"]) == ("get", "search")
        assert form["action"] == "/en/data?asof=2024-06-01&topic=trade"
        box = part(page, "search-text")["props"]
        assert (box["name"], box["value"]) == ("q", "wheat")
        assert [each["props"]["htmlFor"] for each in parts(page) if each["type"] == "Label"] == [
            "search-text"
        ]

    def test_a_catalogue_is_made_once_for_a_build_and_a_day(self, served: Path) -> None:
        """Another day and another build have their own; few are kept."""
        url = make(served, indicator=INDICATORS)
        memory, warehouse = Memory(), Warehouse(url)
        first = memory.recall(Catalogue.of, warehouse)
        assert memory.recall(Catalogue.of, warehouse.as_of("")) is first
        assert memory.recall(Catalogue.of, warehouse.as_of("2020-01-01")) is not first
        assert memory.recall(Catalogue.of, warehouse) is first
        make(served, build_id="b2", indicator=INDICATORS)
        assert memory.recall(Catalogue.of, warehouse) is not first


class TestSelection:
    @given(st.text(st.characters(exclude_categories=()), max_size=300))
    def test_whatever_is_written_round_trips_through_the_address(self, written: str) -> None:
        """What was written is kept as it can be read, and reading it again changes nothing."""
        selection = DataSelection(q=cleaned(written), topic="trade")
        assert DataSelection.from_query(selection.to_query()) == (selection, ())
        assert cleaned(selection.q) == selection.q
        assert len(selection.q) <= LONGEST

    def test_spaces_and_control_characters_are_no_search(self) -> None:
        """An empty box is as good as none."""
        for query in ("", "?q=", "?q=%20%09", "?q=%00%1f"):
            assert DataSelection.from_query(query) == (DataSelection(), ())

    @pytest.mark.parametrize(
        "search",
        ["?page=2", "?page=0", "?part=revisions&page=99", "?part=x", "?topic=%00", "?q=x&page=-1"],
    )
    def test_what_there_is_not_is_said(self, client: FlaskClient, search: str) -> None:
        """The page opens as if it had not been asked for."""
        (note,) = [
            each for each in parts(view(client, "data", search))
            if each["props"].get("className") == "warning"
        ]  # fmt: skip
        assert search.removeprefix("?").rpartition("&")[2].split("=", maxsplit=1)[0] in text(note)


class TestEntries:
    @pytest.mark.slow
    def test_every_entry_is_a_page(self, client: FlaskClient, database: Path) -> None:
        """Every indicator, reporter and source, each in one of the languages."""
        known = [own for (own,) in rows_of(database, "SELECT id FROM indicator")]
        known += [own for (own,) in rows_of(database, "SELECT id FROM source")]
        reporters = rows_of(database, "SELECT DISTINCT reporter_code FROM trade_flow")
        known += [f"trade-{code.lower()}" for (code,) in reporters]
        for number, own in enumerate(known):
            page = view(client, f"data/{own}", language=LANGUAGES[number % len(LANGUAGES)])
            assert page["props"]["id"] == "page-entry", own
            (heading,) = [each for each in parts(page) if each["type"] == "H1"]
            assert text(heading).strip(), own
            assert not re.search(r"\b(nan|NaN|None|undefined)\b", words(page)), own
            found = ids(page)
            assert len(found) == len(set(found)), own

    def test_no_two_entries_have_one_address(self, database: Path) -> None:
        """Indicators and sources share a folder."""
        sources = {own for (own,) in rows_of(database, "SELECT id FROM source")}
        indicators = {own for (own,) in rows_of(database, "SELECT id FROM indicator")}
        assert not sources & indicators
        assert not [own for own in sources | indicators if own.startswith("trade-")]

    @pytest.mark.parametrize(
        "own",
        ["none", "KZ-BNS", "trade-", "trade-xxx", "trade-KAZ", "kaz", "%00", "trade-kaz/x", "'--"],
    )
    def test_what_there_is_not_is_not_found(self, client: FlaskClient, own: str) -> None:
        """A hostile id is no page."""
        answer = ask(client, f"/en/data/{own}")
        assert answer.status_code == 404
        assert page_of(answer)["props"]["id"] == "page-not-found"

    def test_an_entry_says_what_it_is(self, made: FlaskClient) -> None:
        """Definition, unit, direction, span, sources with licences, all in the reader's words."""
        said = words(view(made, "data/cargo"))
        for each in ("What is sent.", "thousand tonnes", "a higher value is better", "2020–2022"):
            assert each in said
        assert rows(view(made, "data/cargo"), "sources") == [
            ["Bureau", "Trade", "2022", "CC BY"],
            ["Railway", "Rail", "2021", "not stated"],
        ]

    def test_marks_are_judged_in_words_and_numbers(self, made: FlaskClient) -> None:
        """Firmness, gaps, agreement and errors; a sign and a word beside each number."""
        marks = [row[:2] for row in rows(view(made, "data/cargo"), "quality")]
        assert marks == [
            ["Firmness", "! to be minded"],
            ["Completeness", "! to be minded"],
            ["Agreement of sources", "! to be minded"],
            ["Known errors", "✓ in order"],
        ]
        findings = [row[2] for row in rows(view(made, "data/cargo"), "quality")]
        assert findings[0].startswith("firm: 1 of 2 (50%); estimate: 1")
        assert findings[1].startswith("missing: 1 of 3 (33%)")
        assert findings[2].startswith("apart: 1 of 1 (100%)")
        ((_, alone, _), *_) = [
            row for row in rows(view(made, "data/days"), "quality") if "gree" in row[0]
        ]
        assert alone == "– nothing to judge"

    def test_a_heat_map_counts_each_year(self, made: FlaskClient) -> None:
        """The number says what the shade says; a year without a figure is an empty cell."""
        page = view(made, "data/cargo")
        assert rows(page, "coverage") == [["Kazakhstan", "1", "", "1"]]
        head = [each for each in parts(part(page, "table-coverage")) if each["type"] == "Th"]
        assert [text(each) for each in head[1:4]] == ["2020", "2021", "2022"]

    def test_the_newest_figures_come_first(self, made: FlaskClient) -> None:
        """By every source; a superseded edition is not among them."""
        shown = [row[1:4] for row in rows(view(made, "data/cargo"), "figures")]
        assert shown[0] == ["2022", "300 thousand tonnes", "estimate"]
        assert [row[0] for row in shown] == ["2022", "2020", "2020"]

    def test_a_day_before_any_figure_has_the_description_alone(self, made: FlaskClient) -> None:
        """The entry is known today; then nothing was held of it."""
        for own in ("cargo", "trade-kaz", "bns"):
            page = view(made, f"data/{own}", "?asof=2001-01-01")
            assert page["props"]["id"] == "page-entry"
            assert not [each for each in ids(page) if each.startswith("chart-")]


class TestRevisions:
    def test_each_says_what_changed_and_by_how_much(self, made: FlaskClient) -> None:
        """Old and new with the decimals that differ, a slight change as slight, a range without one."""
        shown = rows(view(made, "data", "?part=revisions"), "revisions")
        drawn = "\n".join("| " + " | ".join(row[:7]) + " |" for row in shown)
        assert drawn == "\n".join(
            line.strip()
            for line in """
            | Days: Kazakhstan | 2023 | 19–23 days | 19–24 days |  |  | 2023 → 2024 |
            | Cargo: Kazakhstan | 2020 | 200.0 thousand tonnes | 150.5 thousand tonnes | −49.5 | −24.8% | 2021 → 2022 |
            | Kazakhstan – Türkiye: exports | 2020 | US$ 267,582,700.0 | US$ 267,582,384.6 | US$ −315.4 | less than 0.1% | 2020 → 2021 |
            """.strip().splitlines()
        )

    def test_the_file_has_them_to_the_last_digit(self, made: FlaskClient) -> None:
        """Exact numbers in their unit, and from which edition to which."""
        told = file(made, "/en/data/revisions.csv?part=revisions")
        header = (
            "| subject | period | previous_value | value | unit | vintage | change              |"
        )
        _, expected = cells(f"""
            {header}
            | days    | 2023   |                |             | days | 2024    |                     |
            | cargo   | 2020   | 200.0          | 150.5       | kt   | 2022    | -49.5               |
            | KAZ     | 2020   | 267582700.0    | 267582384.6 | USD  | 2021    | '-315.4             |
        """)
        names, _ = cells(header)
        shown = [[row[name] for name in names] for row in told]
        assert [row[:6] for row in shown] == [row[:6] for row in expected]

    def test_a_source_says_how_often_it_revises(self, made: FlaskClient) -> None:
        """Of what came again, how much was changed; the sizes have no sign."""
        page = view(made, "data", "?part=revisions")
        assert rows(page, "revisions-by-source") == [
            ["Bureau: Trade", "2", "2", "0", "12.4%", "24.8%"],
            ["Railway: Rail", "1", "1", "0", "", ""],
        ]

    def test_none_is_said(self, served: Path, static_dir: Path) -> None:
        """A build without editions says that nothing was revised."""
        url = make(served, source=SOURCES, indicator=INDICATORS)
        bare = create_app(Warehouse(url), static_dir).server.test_client()
        page = view(bare, "data", "?part=revisions")
        assert "No figure that is held was revised" in text(part(page, "none-revised"))

    def test_an_entry_has_its_own(self, made: FlaskClient) -> None:
        """Of the indicator, the reporter, or the source alone."""
        for own, count in (("cargo", 1), ("trade-kaz", 1), ("rail", 1), ("bns", 2)):
            assert len(rows(view(made, f"data/{own}"), "revisions")) == count


class TestRejections:
    def test_each_says_where_what_why_and_how_to_mend_it(self, made: FlaskClient) -> None:
        """The newest document first; one that nobody is known to have sent says so."""
        shown = rows(view(made, "data", "?part=rejections"), "rejections")
        assert [row[:7] for row in shown] == [
            ["not known whose", "b.csv", "1", "file", "", "unknown", "say"],
            ["Bureau", "a.csv", "2", "value", "=cmd()", "no value", "digits"],
        ]

    def test_a_file_of_them_is_harmless(self, made: FlaskClient) -> None:
        """What stood there is no formula in a spreadsheet, and there are no empty figures."""
        told = file(made, "/en/data/rejections.csv?part=rejections")
        assert [row["cell_value"] for row in told] == ["", "'=cmd()"]
        assert "vintage" not in told[0]

    def test_none_is_said_with_pride(self, client: FlaskClient) -> None:
        """The figures in data/ have none."""
        page = view(client, "data", "?part=rejections")
        assert text(part(page, "none-rejected")).startswith("Rejections✓ Nothing was refused")

    def test_known_errors_are_all_there(self, client: FlaskClient, database: Path) -> None:
        """In the reader's language."""
        for language in LANGUAGES:
            page = view(client, "data", "?part=rejections", language)
            expected = rows_of(database, f"SELECT what_{language} FROM issue")
            assert sorted(row[4] for row in rows(page, "issues")) == sorted(w for (w,) in expected)


class TestTaking:
    def test_every_table_of_the_api_has_its_links(self, client: FlaskClient) -> None:
        """In each format; together they hold as many rows as the page says."""
        assert {each.name for each in DOWNLOADS} == set(tables())
        page = part(view(client, "data", "?part=build"), "downloads")
        links = [each["props"]["href"] for each in parts(page) if each["props"].get("href")]
        for download, (_, count, _) in zip(DOWNLOADS, rows(page, "downloads"), strict=True):
            own = [href for href in links if href.startswith(f"/api/v1/{download.name}?")]
            assert {re.search(r"format=(\w+)", href)[1] for href in own} == {"json", "csv", "xlsx"}  # type: ignore[index]
            asked = [client.get(href) for href in own if "format=json" in href]
            held = sum(len(json.loads(each.data)["data"]) for each in asked)
            assert held == int(count.replace(",", "")), download.name
        assert "/api/openapi.json" in links

    @pytest.mark.parametrize("asof", ["", "2025-06-01"])
    def test_the_whole_of_an_entry_is_its_figures(self, client: FlaskClient, asof: str) -> None:
        """What the API gives at the link is what the file of the page has."""
        search = f"?asof={asof}" if asof else ""
        for own in ("titr_volume", "trade-kgz"):
            page = part(view(client, f"data/{own}", search), "downloads")
            (link,) = [
                each["props"]["href"] for each in parts(page)
                if "format=csv" in each["props"].get("href", "")
            ]  # fmt: skip
            taken = file(client, f"/en/data/{own}/figures.csv{search}")
            value = "value" if own == "titr_volume" else "value_usd"
            keys = ("period", "source_id", "vintage", "place")
            assert sorted((*(row[k] for k in keys), row["value"]) for row in taken) == sorted(
                (*(row[k] for k in keys), row[value]) for row in file(client, link)
            )

    def test_a_file_of_figures_is_the_warehouse(self, client: FlaskClient, database: Path) -> None:
        """Every newest figure by every source, to the last digit."""
        taken = file(client, "/ru/data/titr_volume/figures.csv")
        expected = rows_of(
            database,
            "SELECT scope, period, value, source_id FROM observation"
            " WHERE indicator_id = 'titr_volume' AND is_newest",
        )
        shown = [(r["scope"], r["period"], float(r["value"]), r["source_id"]) for r in taken]
        assert sorted(shown) == sorted(expected)

    def test_a_file_of_coverage_is_the_warehouse(self, client: FlaskClient, database: Path) -> None:
        """Each cell of the heat map, counted once more."""
        taken = file(client, "/en/data/coverage-trade.csv?part=coverage")
        expected = rows_of(
            database,
            "SELECT reporter_code, period, COUNT(DISTINCT partner_code || flow_code)"
            " FROM trade_flow WHERE is_newest AND product_code = 'TOTAL'"
            " AND flow_code IN ('export', 'import') GROUP BY 1, 2",
        )
        assert sorted((r["subject"], r["period"], int(r["value"])) for r in taken) == expected

    def test_a_file_of_the_build_is_the_warehouse(
        self, client: FlaskClient, database: Path
    ) -> None:
        """The inputs and the checks, as they are recorded."""
        for name, columns in (("build_input", "path, sha256"), ("build_check", "name, outcome")):
            exhibit = {"build_input": "build-inputs", "build_check": "build-checks"}[name]
            taken = file(client, f"/en/data/{exhibit}.csv?part=build")
            expected = rows_of(database, f"SELECT {columns} FROM {name} ORDER BY 1")
            assert [tuple(row.values()) for row in taken] == expected

    def test_a_table_to_sort_has_all_rows(self, made: FlaskClient) -> None:
        """Numbers beside their words; a relative change sorts as the percentage that is shown."""
        (grid,) = drawn_by_dash(made, "/en/data", "?part=revisions&grid=revisions")
        told = {row["series"]: row for row in grid["props"]["rowData"]}
        cargo = told["Cargo: Kazakhstan"]
        assert (cargo["relative_change"], cargo["relative_change_text"]) == (-24.75, "−24.8%")
        assert cargo["previous_value"] == 200
        assert told["Days: Kazakhstan"]["change"] is None


def test_the_tables_of_this_test_are_read_as_written() -> None:
    """A cell that the tables above leave empty is missing."""
    assert_table(
        table(REJECTIONS)[["file", "row"]], "| file  | row |\n| a.csv | 2   |\n| b.csv | 1   |"
    )
