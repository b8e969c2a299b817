"""The corridor's page: map, days along a way and over time, volumes, and an operator's measured times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.factory import create_app
from dashboards.i18n import Locale
from dashboards.page import Request
from dashboards.pages import corridor
from dashboards.pages.corridor import options
from dashboards.selection import CorridorSelection
from tests.dashboards.serving import Part, ask, ids, page_of, part, parts, text
from tests.data_folder import DataFolder, run_etl
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse
from warehouse.queries import transit

every_language = pytest.mark.parametrize("language", LANGUAGES)
NO_NUMBER = re.compile(r"\b(NaN|nan|None|Infinity)\b")


def view(client: FlaskClient, search: str = "", language: str = "en") -> Part:
    """The corridor as an address asks for it."""
    return page_of(ask(client, f"/{language}/corridor", search))


def rows(page: Part, name: str) -> list[list[str]]:
    """The text of a table, row by row, without its head."""
    found = [each for each in parts(part(page, f"table-{name}")) if each.get("type") == "Tr"]
    return [[text(cell) for cell in row["props"]["children"]] for row in found[1:]]


def options_of(page: Part) -> dict[str, str]:
    """Every option of every choice, by where it leads, with its value."""
    found = (each["props"] for each in parts(page))
    return {each["href"]: each["data-option"] for each in found if "data-option" in each}


def drawn(page: Part, name: str) -> list[Part]:
    """The traces of a chart."""
    return list(part(page, f"graph-{name}")["props"]["figure"]["data"])


class TestMap:
    """Several routes at once."""

    def test_all_routes_are_shown_until_some_are_chosen(self, client: FlaskClient) -> None:
        """Every leg is a row once, with all routes that take it."""
        everything = rows(view(client), "routes")
        assert len(everything) == 18
        crossing = next(row for row in everything if row[0] == "Aktau – Alat")
        assert crossing[1:3] == ["sea", "≥\u00a0434 km"]
        assert "420 km" in crossing[3]
        assert crossing[4].count(";") == 2
        assert len(rows(view(client, "?route=titr-poti"), "routes")) == 11
        assert len(rows(view(client, "?route=titr-poti&route=titr-btk&mode=sea"), "routes")) == 1

    def test_what_the_chosen_routes_lack_is_said(self, client: FlaskClient) -> None:
        """A mode that no route has is not understood; one that none of the chosen has cannot be."""
        page = view(client, "?mode=air")
        assert "mode=air" in text(page)
        assert len(rows(page, "routes")) == 18

    def test_the_page_says_what_is_schematic(self, client: FlaskClient) -> None:
        """Straight legs, nodes at the centre of their city, lengths from below."""
        words = text(part(view(client), "chart-routes"))
        assert "schematic" in words
        assert "at least 3,756 km" in words


class TestDaysByLeg:
    """A waterfall that adds nothing that was not stated."""

    def test_a_stretch_that_nobody_states_is_a_row_without_days(self, client: FlaskClient) -> None:
        """No sum either; the whole way stands beside."""
        page = view(client)
        assert [row[:3] for row in rows(page, "legs")] == [
            ["Altynkol – Aktau, rail", "6", "3 days"],
            ["Aktau – Alat, sea", "1", "0.8–1.0 days"],
            ["Alat – Poti, rail", "4", "no source states it"],
            ["Sum of the stretches", "11", "cannot be added"],
            ["Whole way as stated, October 2024", "", "12 days"],
        ]
        assert "Crossing of Kazakhstan, April 2024: 6 days" in text(part(page, "chart-legs"))

    def test_a_way_of_which_all_is_stated_has_a_sum(self, client: FlaskClient) -> None:
        """From the lowest to the highest."""
        summed = rows(view(client, "?end=alat"), "legs")[-1]
        assert summed[:3] == ["Sum of the stretches", "7", "3.8–4.0 days"]

    def test_another_route_begins_with_its_own_ends(self, client: FlaskClient) -> None:
        """Poti is not on the way to Istanbul; what the page chose is not written into addresses."""
        page = view(client, "?end=poti&mode=rail")
        assert "/en/corridor?mode=rail&along=titr-btk" in options_of(page)
        assert "/en/corridor?mode=rail&start=aktau&end=poti" in options_of(page)
        btk = rows(view(client, "?along=titr-btk"), "legs")
        assert btk[2][:2] == ["Alat – Istanbul, rail", "9"]

    @pytest.mark.slow
    @every_language
    @pytest.mark.parametrize(
        "search",
        [
            "?start=poti&end=aktau",
            "?start=aktau&end=aktau",
            "?along=titr-poti&end=istanbul",
            "?along=titr-btk&start=constanta",
            "?start=poti",
        ],
    )
    def test_ends_that_make_no_way_are_said_in_words(
        self, client: FlaskClient, language: Language, search: str
    ) -> None:
        """The rest of the page stands."""
        page = view(client, search, language)
        assert "table-legs" not in ids(page)
        assert len(text(part(page, "chart-legs"))) > 60
        assert "table-routes" in ids(page)


class TestTimes:
    """What was stated, over time where it is about the same."""

    def test_only_the_same_end_points_share_a_chart(self, client: FlaskClient) -> None:
        """Each other pair of ends is a row of the list."""
        page = view(client)
        over_time = {row[0] for row in rows(page, "transit-titr-unstated")}
        assert over_time == {"TITR, end points not stated"}
        listed = {row[0] for row in rows(page, "transit-route")}
        assert len(listed) == 4
        assert not over_time & listed

    def test_an_arrow_leads_from_before_to_now(self, client: FlaskClient) -> None:
        """As often as a source tells both."""
        page = view(client)
        layout = part(page, "graph-transit-kazakhstan")["props"]["figure"]["layout"]
        arrows = [note for note in layout["annotations"] if note.get("showarrow")]
        told = [row for row in rows(page, "transit-kazakhstan") if row[2]]
        assert len(arrows) == len(told) == 2

    def test_a_route_whose_ends_were_not_named_is_called_no_series(
        self, client: FlaskClient
    ) -> None:
        """The reader is warned where the chart stands."""
        words = text(part(view(client), "chart-transit-titr-unstated"))
        assert "named no end points" in words

    def test_status_and_edition_of_a_statement_are_its_own(
        self, warehouse: Warehouse, locales: Mapping[Language, Locale]
    ) -> None:
        """The index of the railways is final, an advertised time an estimate; one number is a value."""
        request = Request(warehouse, locales["en"], place="corridor")
        corridor.PAGE.layout(request)
        columns = ["scope", "period", "value", "status", "vintage"]
        for name, scope, expected in (
            ("comparison", "erai-dostyk-brest", ["2024-07-15", 7.31, "final", "2024-07-15"]),
            ("segments", "lianyungang-istanbul", ["2015-12", 14, "estimate", "2015-12"]),
        ):
            data = request.shown[name][0].data
            (row,) = data[data["scope"] == scope][columns].to_numpy().tolist()
            assert row == [scope, *expected]


class TestVolumes:
    """Reports of one number side by side."""

    def test_a_contradiction_is_marked_and_said_with_its_size(self, client: FlaskClient) -> None:
        """1,700 by one report, 1,485 by the preferred one."""
        page = view(client)
        words = text(part(page, "chart-volume"))
        assert re.search(r"1,700 thousand tonnes .* against 1,485 thousand tonnes .* \+14%", words)
        layout = part(page, "graph-volume")["props"]["figure"]["layout"]
        assert [note["text"] for note in layout["annotations"]] == ["≠ +14%"]
        marks = [row[3] for row in rows(page, "volume") if row[0] == "2022"]
        assert sorted(marks) == [
            "contradicts: +14%",
            "preferred; contradicted",
            "the same when rounded",
        ]

    def test_parts_of_years_stand_apart(self, client: FlaskClient) -> None:
        """No month among the years, and no year among the parts."""
        page = view(client)
        assert all(re.fullmatch(r"\d{4}", row[0]) for row in rows(page, "volume"))
        assert not any(re.fullmatch(r"\d{4}", row[1]) for row in rows(page, "volume-part-year"))


def selections(warehouse: Warehouse) -> st.SearchStrategy[CorridorSelection]:
    """Any selection of the page, possible or not."""
    known = options(transit.network(warehouse), ())
    some = {
        name: st.lists(st.sampled_from(known[name]), unique=True).map(
            lambda chosen, of=known[name]: tuple(each for each in of if each in chosen)
        )
        for name in ("route", "mode")
    }
    one = {name: st.sampled_from(("", *known[name])) for name in ("along", "start", "end")}
    return st.builds(CorridorSelection, **some, **one)


@pytest.mark.slow
@settings(max_examples=16, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), language=st.sampled_from(LANGUAGES))
def test_any_selection_in_any_language_is_a_page_and_its_own_address(
    client: FlaskClient, warehouse: Warehouse, data: st.DataObject, language: Language
) -> None:
    """Nothing on it is no number, and every option leads to a selection that is understood."""
    chosen = data.draw(selections(warehouse))
    known = options(transit.network(warehouse), ())
    assert CorridorSelection.from_query(chosen.to_query(), known) == (chosen, ())
    answer = ask(client, f"/{language}/corridor", f"?{chosen.to_query()}")
    page = page_of(answer)
    assert not NO_NUMBER.search(answer.get_data(as_text=True))
    assert not [each for each in parts(page) if each["props"].get("className") == "warning"]
    for href in options_of(page):
        _, unknown = CorridorSelection.from_query(href.partition("?")[2], known)
        assert unknown == ()


@pytest.mark.parametrize(
    "search",
    ["?along=x&start=%00&end=", "?route=titr-poti%27&measured=a>b", "?start=" + "a" * 9999],
)
def test_a_hostile_address_is_a_page_with_a_note(client: FlaskClient, search: str) -> None:
    """What is not understood is named, the rest is the default."""
    page = view(client, search)
    assert [each for each in parts(page) if each["props"].get("className") == "warning"]
    assert "table-legs" in ids(page)


STOPS = (("altynkol", 0, 0), ("aktau", 4, 1), ("alat", 6, 2), ("poti", 10, 0))
"""Where shipments stop, after how many days at their fastest, and for how many days."""


def scans() -> list[str]:
    """The log of six shipments in two months, each slower than the last; the first ends in Aktau."""
    lines = ["shipment,node,event,time"]
    for number in range(6):
        start = pd.Timestamp(f"2026-0{1 + number % 2}-03T00:00Z")
        stops = STOPS if number else STOPS[:2]
        for place, (node, day, stay) in enumerate(stops):
            arrived = start + pd.Timedelta(days=day * (1 + number / 10))
            if place:
                lines.append(f"S{number},{node},arrival,{arrived.isoformat()}")
            if place < len(stops) - 1:
                left = arrived + pd.Timedelta(days=stay)
                lines.append(f"S{number},{node},departure,{left.isoformat()}")
    return lines


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, static_dir: Path) -> FlaskClient:
    """A browser of an app whose warehouse holds a log, added and built as anyone would."""
    folder = tmp_path_factory.mktemp("measured")
    data, log = DataFolder.small(folder / "data"), folder / "log.csv"
    log.write_text("\n".join(scans()), encoding="utf-8")
    url = f"sqlite:///{folder / 'warehouse.sqlite'}"
    added = run_etl("add", "--data", data.path, log, "--as", "shipments")
    assert added.returncode == 0, added.stderr
    built = run_etl("build", "--data", data.path, "--warehouse", url)
    assert built.returncode == 0, built.stderr
    return create_app(Warehouse(url), static_dir).server.test_client(use_cookies=False)


class TestMeasured:
    """A small log, through the real ETL."""

    def test_median_range_and_shipments_stand_by_month(self, measured: FlaskClient) -> None:
        """The way that most shipments went comes first; another is one choice away."""
        page = view(measured)
        found = rows(page, "measured")
        assert [row[:3] for row in found] == [
            ["Altynkol – Poti", "January 2026", "2 shipments"],
            ["Altynkol – Poti", "February 2026", "3 shipments"],
        ]
        assert found[0][3:5] == ["13 days", "12.2–13.8 days"]
        other = view(measured, "?measured=altynkol%3Eaktau")
        assert [row[0] for row in rows(other, "measured")] == ["Altynkol – Aktau"]
        assert "altynkol>aktau" in options_of(page).values()

    def test_the_share_within_plan_stands_beside_the_section_with_a_plan(
        self, measured: FlaskClient
    ) -> None:
        """Five days to Aktau: of January's three two kept to it, of February's one."""
        found = rows(view(measured), "measured-plan")
        assert [(row[0], row[-3]) for row in found] == [
            ("Altynkol – Aktau", "66.7%"),
            ("Altynkol – Aktau", "33.3%"),
        ]

    def test_legs_and_stays_have_a_panel_each(self, measured: FlaskClient) -> None:
        """Named by their places, in the reader's language."""
        page = view(measured, "", "ru")
        assert {row[0] for row in rows(page, "dwell")} == {"Актау", "Алят"}
        assert {row[0] for row in rows(page, "measured-legs")} == {
            "Актау – Алят",
            "Алтынколь – Актау",
            "Алят – Поти",
        }

    @every_language
    def test_every_language_shows_the_same_charts_and_no_gap(
        self, measured: FlaskClient, language: Language
    ) -> None:
        """Nothing on the page is no number."""
        answer = ask(measured, f"/{language}/corridor")
        found = ids(page_of(answer))
        charts = {"measured", "measured-plan", "dwell", "measured-legs"}
        assert {f"chart-{each}" for each in charts} <= set(found)
        assert not NO_NUMBER.search(answer.get_data(as_text=True))

    def test_without_a_log_the_page_says_how_to_add_one(self, client: FlaskClient) -> None:
        """With the very commands."""
        page = view(client)
        assert "chart-measured" not in ids(page)
        assert "python -m etl add log.csv --as shipments" in text(page)
