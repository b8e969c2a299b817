"""Maps, flows, trees, waterfalls and small multiples: what is drawn from which rows."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import shapes, theme
from dashboards.figures.flows import flows
from dashboards.figures.geography import Home, _band, _edges, partners_map, without_outline
from dashboards.figures.multiples import multiples
from dashboards.figures.routes import route_map
from dashboards.figures.treemap import treemap
from dashboards.figures.waterfall import waterfall
from dashboards.i18n import Locale
from tests.tables import table
from warehouse.catalog import Language

PARTNERS = """
| code | series    | period | value       | status      |
| TUR  | Türkiye   | 2025   | 5410000000  | preliminary |
| KGZ  | Kyrgyzstan| 2025   | 1700000000  | final       |
| HUN  | Hungary   | 2025   | 40000000    | final       |
| TKM  | Turkmenistan| 2025 |             | final       |
| SGP  | Singapore | 2025   | 1000000000  | final       |
"""
NODES = """
| id      | name    | latitude | longitude | kind     |
| aktau   | Aktau   | 43.66    | 51.17     | seaport  |
| alat    | Alat    | 39.98    | 49.44     | seaport  |
| tbilisi | Tbilisi | 41.69    | 44.83     | rail hub |
| poti    | Poti    | 42.14    | 41.67     | seaport  |
| kars    | Kars    | 40.60    | 43.09     | terminal |
| almaty  | Almaty  | 43.25    | 76.91     | rail hub |
"""
LEGS = """
| id           | from_node | to_node | mode | length_km | great_circle_km | routes    |
| aktau-alat   | aktau     | alat    | sea  | 420       | 434.1           | Poti Kars |
| alat-tbilisi | alat      | tbilisi | rail |           | 430.2           | Poti Kars |
| tbilisi-poti | tbilisi   | poti    | rail |           | 266.2           | Poti      |
| tbilisi-kars | tbilisi   | kars    | rail |           | 190.0           | Kars      |
| almaty-aktau | almaty    | aktau   | rail |           | 2074.0          | North     |
"""


@pytest.fixture(scope="session")
def english(locales: Mapping[Language, Locale]) -> Locale:
    """English, the language of the messages."""
    return locales["en"]


def figures(text: str, *numbers: str) -> pd.DataFrame:
    """Figures as the pages hand them over: text, with numbers where numbers are."""
    frame = table(text)
    return frame.assign(**{name: pd.to_numeric(frame[name]) for name in numbers})


class TestPartnersMap:
    """A measure by partner."""

    def test_partners_are_coloured_by_steps_of_one_two_and_five(self, english: Locale) -> None:
        land, coloured, words = partners_map(figures(PARTNERS, "value"), "USD", english).data
        assert list(coloured.locations) == ["TUR", "KGZ", "HUN"]
        assert list(coloured.z) == [4.5, 2.5, 0.5]
        assert coloured.colorbar.ticktext == ("0", "0.5", "1", "2", "5", "10")
        assert coloured.colorbar.title.text == english.unit("USD")
        assert len({colour for _, colour in coloured.colorscale}) == 5
        assert list(words.text) == ["5.4", "1.7", "0.04"]
        assert not set(coloured.locations) & set(land.locations)

    def test_pointing_at_a_partner_tells_the_figure_and_what_is_not_final(
        self, english: Locale
    ) -> None:
        _, coloured, _ = partners_map(figures(PARTNERS, "value"), "USD", english).data
        assert coloured.customdata[0] == "<b>US$ 5.41 bn</b><br>Türkiye, 2025<br>preliminary"
        assert coloured.customdata[1] == "<b>US$ 1.70 bn</b><br>Kyrgyzstan, 2025"

    def test_what_has_no_outline_is_named_for_the_page(self, english: Locale) -> None:
        assert without_outline(figures(PARTNERS, "value")) == ["Singapore"]

    def test_below_zero_another_colour_and_the_same_steps_mirrored(self, english: Locale) -> None:
        frame = figures(PARTNERS, "value").assign(value=[5.41e9, -1.7e9, -0.04e9, None, None])
        coloured = partners_map(frame, "USD", english).data[1]
        assert coloured.colorbar.ticktext == ("−10", "−5", "−2", "0", "2", "5", "10")
        assert list(coloured.z) == [5.5, 2.5, 2.5]
        assert coloured.colorscale[0][1] == theme.translucent("red", 0.85)
        assert coloured.colorscale[-1][1] == theme.translucent("blue", 0.85)

    def test_home_is_named_and_inside_the_frame(self, english: Locale) -> None:
        figure = partners_map(
            figures(PARTNERS, "value"), "USD", english, home=Home("KAZ", "Kazakhstan")
        )
        _, edge, _, words = figure.data
        assert list(edge.locations) == ["KAZ"]
        assert words.text[0] == "Kazakhstan"
        assert figure.layout.geo.lonaxis.range[1] > shapes.outlines()["KAZ"].box.east

    def test_a_region_is_true_to_area_and_a_world_is_a_world(self, english: Locale) -> None:
        frame = figures(PARTNERS, "value")
        world = frame.assign(code=["USA", "CHN", "HUN", "TKM", "SGP"])
        assert partners_map(frame, "USD", english).layout.geo.projection.type == "conic equal area"
        assert partners_map(world, "USD", english).layout.geo.projection.type == "natural earth"

    def test_nothing_shows_the_region_of_the_organization(self, english: Locale) -> None:
        geo = partners_map(figures(PARTNERS, "value").iloc[:0], "USD", english).layout.geo
        assert geo.lonaxis.range == (12, 92)

    def test_no_shape_comes_from_anywhere_else(self, english: Locale) -> None:
        figure = partners_map(figures(PARTNERS, "value"), "USD", english)
        drawn = [trace for trace in figure.data if trace.type == "choropleth"]
        assert {trace.geojson for trace in drawn} == {shapes.address()}
        assert figure.layout.geo.visible is False

    @given(st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1))
    def test_every_figure_lies_between_the_edges_of_its_band(self, shown: list[float]) -> None:
        edges = _edges(shown)
        assert edges == sorted(set(edges))
        for value in shown:
            band = _band(value, edges)
            assert edges[band] <= value <= edges[band + 1]


def networks() -> tuple[pd.DataFrame, pd.DataFrame]:
    nodes = figures(NODES, "latitude", "longitude")
    legs = figures(LEGS, "length_km", "great_circle_km")
    return nodes, legs.assign(routes=[tuple(names.split()) for names in legs["routes"]])


def lines(figure: go.Figure) -> list[go.Scattergeo]:
    return [t for t in figure.data if t.type == "scattergeo" and t.mode == "lines" and t.lon[0]]


class TestRouteMap:
    """Routes, leg by leg."""

    def test_a_leg_of_several_routes_is_drawn_once(self, english: Locale) -> None:
        drawn = lines(route_map(*networks(), english, routes=["Poti", "Kars"]))
        assert [
            (each.name, each.showlegend, each.line.dash, each.line.width) for each in drawn
        ] == [
            ("All of these routes", True, "dash", 4),
            ("All of these routes", False, "solid", 4),
            ("Poti", True, "solid", 3),
            ("Kars", True, "solid", 3),
        ]
        assert len({each.line.color for each in drawn}) == 3

    def test_pointing_at_a_leg_tells_mode_length_and_routes(self, english: Locale) -> None:
        sea, rail, *_ = lines(route_map(*networks(), english, routes=["Poti", "Kars"]))
        assert sea.hovertemplate == (
            "<b>Aktau – Alat</b><br>by sea<br>420 km as stated; great circle: 434 km"
            "<br>Poti<br>Kars<extra></extra>"
        )
        assert "<br>at least 430 km (great circle)<br>" in rail.hovertemplate

    def test_a_route_alone_has_its_name(self, english: Locale) -> None:
        (leg,) = lines(route_map(*networks(), english, routes=["North"]))
        assert (leg.name, leg.lon[0], leg.lon[-1]) == ("North", 76.91, 51.17)
        # The shortest way bends to the north of both ends, and can be pointed at all along.
        assert max(leg.lat) > 44
        assert len(leg.lon) > 30

    def test_only_the_nodes_of_the_routes_are_marked(self, english: Locale) -> None:
        figure = route_map(*networks(), english, routes=["Poti"])
        marks = next(t for t in figure.data if t.type == "scattergeo" and t.mode == "markers")
        assert sorted(marks.customdata) == [
            "<b>Aktau</b><br>seaport",
            "<b>Alat</b><br>seaport",
            "<b>Poti</b><br>seaport",
            "<b>Tbilisi</b><br>railway hub",
        ]
        assert sorted(marks.marker.symbol) == ["circle", "square", "square", "square"]

    def test_a_kind_unknown_to_us_is_told_as_it_stands(self, english: Locale) -> None:
        figure = route_map(*networks(), english, routes=["Kars"])
        marks = next(t for t in figure.data if t.type == "scattergeo" and t.mode == "markers")
        assert "<b>Kars</b><br>terminal" in marks.customdata

    def test_the_dashes_are_explained_where_there_are_several(self, english: Locale) -> None:
        def keys(*routes: str) -> list[str]:
            figure = route_map(*networks(), english, routes=routes)
            return [t.name for t in figure.data if t.type == "scattergeo" and t.lon == (None,)]

        assert keys("Poti") == ["by rail", "by sea"]
        assert keys("North") == []

    def test_every_name_is_on_the_wide_map_and_none_twice(self, english: Locale) -> None:
        *_, first, more = route_map(*networks(), english, routes=["Poti", "Kars", "North"]).data
        assert sorted([*first.text, *more.text]) == sorted(table(NODES)["name"])
        assert first.textfont.size != more.textfont.size


class TestFlows:
    """Exporters to importers."""

    FLOWS = """
    | exporter | importer | period | value_usd  | status   | source |
    | KAZ      | TUR      | 2023   | 4000000000 | final    | BNS    |
    | TUR      | KAZ      | 2023   | 2000000000 | estimate | IMTS   |
    | KAZ      | UZB      | 2023   | 3000000000 | final    | BNS    |
    | UZB      | KAZ      | 2023   |            | final    | IMTS   |
    """
    NAMES: Mapping[str, str] = {"KAZ": "Kazakhstan", "TUR": "Türkiye", "UZB": "Uzbekistan"}

    def drawn(self, english: Locale) -> go.Sankey:
        return flows(figures(self.FLOWS, "value_usd"), self.NAMES, english).data[0]

    def test_each_side_has_its_economies_with_their_sums(self, english: Locale) -> None:
        assert list(self.drawn(english).node.label) == [
            "Kazakhstan 7.0", "Türkiye 2.0", "Kazakhstan 2.0", "Türkiye 4.0", "Uzbekistan 3.0",
        ]  # fmt: skip
        assert self.drawn(english).node.customdata[3] == ("<b>US$ 4.00 bn</b><br>Türkiye: imports")

    def test_a_band_leads_from_exporter_to_importer_and_a_missing_flow_has_none(
        self, english: Locale
    ) -> None:
        link = self.drawn(english).link
        assert list(zip(link.source, link.target, link.value, strict=True)) == [
            (0, 3, 4), (1, 2, 2), (0, 4, 3),
        ]  # fmt: skip

    def test_pointing_at_a_band_tells_whose_figure_it_is(self, english: Locale) -> None:
        assert list(self.drawn(english).link.customdata)[:2] == [
            "<b>US$ 4.00 bn</b><br>Kazakhstan → Türkiye, 2023<br>BNS",
            "<b>US$ 2.00 bn</b><br>Türkiye → Kazakhstan, 2023<br>IMTS<br>estimate",
        ]

    def test_an_economy_keeps_its_colour_on_both_sides(self, english: Locale) -> None:
        colours = self.drawn(english).node.color
        assert colours[0] == colours[2]
        assert colours[1] == colours[3]


class TestTreemap:
    """Sections and their chapters."""

    CHAPTERS = """
    | section      | code | name    | value     |
    | II Vegetable | 10   | Cereals | 600000000 |
    | II Vegetable | 07   | Roots   | 100000000 |
    | V Mineral    | 27   | Fuels   | 300000000 |
    | V Mineral    | 25   | Salt    |           |
    | V Mineral    | 26   | Ores    | 0         |
    """

    def test_sections_hold_their_chapters_and_the_whole_holds_the_sections(
        self, english: Locale
    ) -> None:
        (tiles,) = treemap(figures(self.CHAPTERS, "value"), "USD", english).data
        assert list(zip(tiles.ids, tiles.parents, tiles.values, strict=True)) == [
            ("all", "", 1.0),
            ("II Vegetable", "all", 0.7),
            ("V Mineral", "all", 0.3),
            ("10", "II Vegetable", 0.6),
            ("27", "V Mineral", 0.3),
            ("07", "II Vegetable", 0.1),
        ]
        assert len(tiles.marker.colors) == len(tiles.ids)

    def test_pointing_at_a_tile_tells_value_and_full_name_and_of_no_total(
        self, english: Locale
    ) -> None:
        (tiles,) = treemap(figures(self.CHAPTERS, "value"), "USD", english).data
        assert tiles.customdata[3] == "<b>US$ 0.60 bn</b><br>10 Cereals"
        assert tiles.customdata[0] == "All chapters reported"
        assert tiles.text[3] == "10 Cereals"

    def test_a_small_tile_has_its_number(self, english: Locale) -> None:
        name = "Preparations of vegetables, fruit and nuts"
        frame = pd.DataFrame(
            {"section": "IV Food", "code": ["20", "22"], "name": [name, "Drinks"]}
        ).assign(value=[1e6, 999e6])
        (tiles,) = treemap(frame, "USD", english).data
        assert tiles.text[-1] == "20"
        assert tiles.customdata[-1].endswith(f"20 {name}")

    def test_nothing_draws_nothing(self, english: Locale) -> None:
        assert not treemap(figures(self.CHAPTERS, "value").iloc[3:], "USD", english).data


class TestWaterfall:
    """Days by leg."""

    LEGS = """
    | label   | low  | high | source |
    | A to B  | 5    | 6    | KTZ    |
    | B waits |      |      |        |
    | B to C  | 0.75 | 1    | TITR   |
    | C to D  |      | 4    | TITR   |
    | D to E  | 3    |      | ADY    |
    """

    def test_each_leg_begins_where_the_fewest_days_before_it_end(self, english: Locale) -> None:
        fewest, most = waterfall(figures(self.LEGS, "low", "high"), english).data
        assert list(zip(fewest.base, fewest.x, fewest.text, strict=True)) == [
            (0, 5, ""), (5, 0.75, ""), (5.75, 0, ""), (5.75, 3, "≥\u00a03"),
        ]  # fmt: skip
        assert list(zip(most.base, most.x, most.text, strict=True)) == [
            (5, 1, "5–6"), (5.75, 0.25, "0.8–1.0"), (5.75, 4, "≤\u00a04"),
        ]  # fmt: skip
        assert most.marker.pattern.shape == "/"

    def test_a_leg_that_nobody_states_is_an_empty_row_that_says_so(self, english: Locale) -> None:
        figure = waterfall(figures(self.LEGS, "low", "high"), english)
        words = [note.text for note in figure.layout.annotations]
        assert words == [
            "A to B", "B waits", "<i>no source states it</i>", "B to C", "C to D", "D to E",
        ]  # fmt: skip
        assert len({note.y for note in figure.layout.annotations}) == 5

    def test_pointing_at_a_leg_tells_days_and_source(self, english: Locale) -> None:
        fewest, _ = waterfall(figures(self.LEGS, "low", "high"), english).data
        assert fewest.customdata[0] == "<b>5–6 days</b><br>A to B<br>KTZ"

    def test_a_total_with_a_gap_is_open(self, english: Locale) -> None:
        fewest, _ = waterfall(figures(self.LEGS, "low", "high"), english, total="Sum").data
        assert (fewest.base[-1], fewest.x[-1], fewest.text[-1]) == (0, 8.75, "≥\u00a08.8")

    def test_a_total_without_a_gap_is_a_range(self, english: Locale) -> None:
        whole = figures(self.LEGS, "low", "high").iloc[[0, 2]]
        _, most = waterfall(whole, english, total="Sum").data
        assert (most.base[-1], most.x[-1], most.text[-1]) == (5.75, 1.25, "5.8–7.0")

    def test_no_stated_leg_draws_no_total(self, english: Locale) -> None:
        nothing = figures(self.LEGS, "low", "high").iloc[[1]]
        figure = waterfall(nothing, english, total="Sum")
        assert [len(trace.x) for trace in figure.data] == [0, 0]


class TestMultiples:
    """A panel for each series."""

    SERIES = """
    | series  | period | value      | status      |
    | Türkiye | 2022   | 4000000000 | final       |
    | Türkiye | 2024   | 5000000000 | preliminary |
    | Hungary | 2023   | 200000000  | final       |
    | Georgia | 2023   | 100000000  | final       |
    """

    def test_each_series_has_a_panel_with_its_name(self, english: Locale) -> None:
        figure = multiples(figures(self.SERIES, "value"), "USD", english)
        assert [note.text for note in figure.layout.annotations] == [
            "Türkiye", "Hungary", "Georgia",
        ]  # fmt: skip
        own = [trace for trace in figure.data if trace.name]
        assert [(trace.name, trace.xaxis, trace.yaxis) for trace in own] == [
            ("Türkiye", "x", "y"), ("Hungary", "x2", "y2"), ("Georgia", "x3", "y3"),
        ]  # fmt: skip

    def test_all_panels_have_the_same_scale(self, english: Locale) -> None:
        layout = multiples(figures(self.SERIES, "value"), "USD", english).layout
        for axis in ("x", "y"):
            first, *others = (getattr(layout, f"{axis}axis{n}") for n in ("3", "", "2"))
            assert first.matches is None
            assert {other.matches for other in others} == {f"{axis}3"}

    def test_a_missing_year_is_a_gap_and_what_is_not_final_is_hollow(self, english: Locale) -> None:
        figure = multiples(figures(self.SERIES, "value"), "USD", english)
        own = next(trace for trace in figure.data if trace.name == "Türkiye")
        assert list(own.x) == [2022, 2023, 2024]
        assert list(own.y) == [4, None, 5]
        assert own.marker.symbol == ("circle", "circle", "circle-open")
        assert own.customdata[2] == "<b>US$ 5.00 bn</b><br>Türkiye, 2024<br>preliminary"

    def test_the_others_are_faint_behind_and_never_itself(self, english: Locale) -> None:
        figure = multiples(figures(self.SERIES, "value"), "USD", english)
        behind = next(trace for trace in figure.data if not trace.name)
        assert list(behind.y) == [0.2, None, 0.1, None]
        assert behind.hoverinfo == "skip"

    def test_the_lowest_panel_of_each_column_shows_the_years(self, english: Locale) -> None:
        layout = multiples(figures(self.SERIES, "value"), "USD", english).layout
        assert layout.xaxis2.showticklabels
        assert layout.xaxis3.showticklabels
        assert not layout.xaxis.showticklabels
