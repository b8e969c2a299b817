"""Figures: what is drawn from which rows."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboards import theme
from dashboards.figures.composition import composition
from dashboards.figures.ranges import Statement, ranges
from dashboards.figures.sparkline import Point, sparkline
from dashboards.figures.trend import trend
from dashboards.figures.volume import volume
from dashboards.i18n import Locale
from dashboards.marks import Note, Reference
from tests.tables import table
from warehouse.catalog import Language

SVG = "{http://www.w3.org/2000/svg}"
TURNOVER = """
| series | period | value       | status      |
| BNS    | 2018   | 4000000000  | final       |
| BNS    | 2019   | 5000000000  | final       |
| BNS    | 2021   | 7500000000  | final       |
| BNS    | 2022   | 12980000000 | preliminary |
| WITS   | 2018   | 3000000000  | final       |
"""


@pytest.fixture(scope="session")
def english(locales: Mapping[Language, Locale]) -> Locale:
    """English, the language of the messages."""
    return locales["en"]


def figures(text: str) -> pd.DataFrame:
    """Figures as the pages hand them over: text, with numbers where numbers are."""
    frame = table(text)
    return frame.assign(value=pd.to_numeric(frame["value"]))


def drawn(figure: go.Figure) -> list[tuple[str, list[object], list[object]]]:
    """Name, places and heights of each trace."""
    return [(trace.name, list(trace.x), list(trace.y)) for trace in figure.data]


NOTHING = figures(TURNOVER).iloc[:0]


class TestTrend:
    """Lines over the years."""

    def test_a_series_is_a_line_in_billions_and_a_missing_year_is_a_gap(
        self, english: Locale
    ) -> None:
        figure = trend(figures(TURNOVER), "USD", english)
        assert drawn(figure) == [
            ("BNS", [2018, 2019, 2020, 2021], [4, 5, None, 7.5]),
            ("BNS", [2021, 2022], [7.5, 12.98]),
            ("WITS", [2018], [3]),
        ]

    def test_a_preliminary_figure_is_hollow_at_the_end_of_a_dotted_line(
        self, english: Locale
    ) -> None:
        settled, hanging, other = trend(figures(TURNOVER), "USD", english).data
        at_points = zip(settled.y, settled.marker.symbol, strict=True)
        assert {symbol for height, symbol in at_points if height is not None} == {"circle"}
        assert hanging.marker.symbol == ("circle", "circle-open")
        assert (settled.line.dash, hanging.line.dash) == ("solid", "dot")
        assert settled.line.color == hanging.line.color != other.line.color
        assert (settled.showlegend, hanging.showlegend) == (True, False)
        assert settled.legendgroup == hanging.legendgroup

    def test_pointing_at_a_figure_tells_value_series_period_and_what_is_not_final(
        self, english: Locale
    ) -> None:
        figure = trend(figures(TURNOVER), "USD", english)
        assert figure.data[0].customdata[0] == "<b>US$ 4.00 bn</b><br>BNS, 2018"
        assert figure.data[1].customdata[1] == "<b>US$ 12.98 bn</b><br>BNS, 2022<br>preliminary"
        assert {trace.hovertemplate for trace in figure.data} == {"%{customdata}<extra></extra>"}

    def test_survey_rounds_are_joined_across_the_years_between(self, english: Locale) -> None:
        frame = figures(
            """
            | series | period | value | status |
            | KAZ    | 2014   | 47.4  | final  |
            | KAZ    | 2021   | 78.3  | final  |
            """
        )
        figure = trend(frame, "percent", english, mode="joined")
        assert drawn(figure) == [("KAZ", [2014, 2021], [47.4, 78.3])]
        assert figure.data[0].mode == "lines+markers"

    def test_spans_of_different_lengths_are_points_at_their_middle(self, english: Locale) -> None:
        frame = figures(
            """
            | series | period          | value | status   |
            | KAZ    | 2022-01/2022-09 | 70    | final    |
            | KAZ    | 2023            | 80    | final    |
            | KAZ    | 2024-06         | 85    | estimate |
            """
        )
        figure = trend(frame, "percent", english, mode="points")
        assert drawn(figure) == [("KAZ", [2021.87, 2023], [70, 80]), ("KAZ", [2023.95], [85])]
        assert {trace.mode for trace in figure.data} == {"markers"}

    def test_a_series_without_a_final_figure_keeps_its_name_in_the_legend(
        self, english: Locale
    ) -> None:
        frame = figures("| series | period | value | status |\n| BNS | 2025 | 1 | estimate |")
        (trace,) = trend(frame, "percent", english).data
        assert (trace.name, trace.showlegend, trace.marker.symbol) == (
            "BNS",
            True,
            ("circle-open",),
        )

    def test_a_target_is_a_dashed_line_with_its_name(self, english: Locale) -> None:
        reference = Reference(23e9, "23 billion: a hope")
        figure = trend(figures(TURNOVER), "USD", english, reference=reference)
        (line,) = figure.layout.shapes
        assert (line.y0, line.y1, line.line.dash) == (23, 23, "dash")
        (label,) = figure.layout.annotations
        assert (label.y, label.text) == (23, "23 billion: a hope")

    def test_events_are_numbered_and_close_ones_share_a_label(self, english: Locale) -> None:
        notes = [Note(1, "2009"), Note(2, "2014-05-29"), Note(3, "2015"), Note(4, "2020")]
        figure = trend(figures(TURNOVER), "USD", english, notes=notes)
        assert [shape.x0 for shape in figure.layout.shapes] == [2009, 2013.91, 2015, 2020]
        assert [label.text for label in figure.layout.annotations] == ["1", "2, 3", "4"]

    def test_more_series_than_colours_begin_again(self, english: Locale) -> None:
        rows = "\n".join(f"| series {n} | 2020 | {n} | final |" for n in range(9))
        figure = trend(figures(f"| series | period | value | status |\n{rows}"), "kt", english)
        colours = [trace.line.color for trace in figure.data]
        assert len(colours) == 9
        assert colours[:2] == colours[7:]

    def test_nothing_draws_nothing(self, english: Locale) -> None:
        assert not trend(NOTHING, "USD", english).data


class TestComposition:
    """Stacked bars."""

    PARTNERS = """
    | series | period | value       |
    | TUR    | 2021   | 3000000000  |
    | TUR    | 2022   | 6000000000  |
    | AZE    | 2022   | -500000000  |
    """

    def test_each_series_is_a_colour_and_what_is_negative_hangs_below(
        self, english: Locale
    ) -> None:
        figure = composition(figures(self.PARTNERS).assign(status="final"), "USD", english)
        assert drawn(figure) == [("TUR", [2021, 2022], [3, 6]), ("AZE", [2022], [-0.5])]
        assert figure.layout.barmode == "relative"
        assert len({trace.marker.color for trace in figure.data}) == 2
        assert figure.data[1].customdata[0] == "<b>US$ −0.50 bn</b><br>AZE, 2022"

    def test_nothing_draws_nothing(self, english: Locale) -> None:
        assert not composition(NOTHING, "USD", english).data


class TestVolume:
    """Bars with their rivals."""

    CARGO = """
    | series      | period | value | status   |
    | ministry    | 2022   | 1485  | final    |
    | ministry    | 2023   | 2764  | estimate |
    | association | 2023   | 2800  | final    |
    """

    def test_the_first_series_is_bars_and_every_other_dots(self, english: Locale) -> None:
        figure = volume(figures(self.CARGO), "kt", english)
        assert drawn(figure) == [
            ("ministry", [2022, 2023], [1485, 2764]),
            ("association", [2023], [2800]),
        ]
        bars, dots = figure.data
        assert (bars.type, dots.type, dots.mode) == ("bar", "scatter", "markers")

    def test_an_estimate_is_hatched(self, english: Locale) -> None:
        bars, _ = volume(figures(self.CARGO), "kt", english).data
        assert bars.marker.pattern.shape == ("", "/")
        assert bars.customdata[1] == "<b>2,764 thousand tonnes</b><br>ministry, 2023<br>estimate"

    def test_nothing_draws_nothing(self, english: Locale) -> None:
        assert not volume(NOTHING, "kt", english).data


class TestRanges:
    """Statements row by row."""

    NAMES = ("Before", "Stated", "Plan")
    ROWS = (
        Statement("China to Europe"),
        Statement("May 2023", before=(53, 53), now=(19, 23)),
        Statement("plan for 2023", plan=(5, 5)),
    )

    def test_before_now_and_plan_are_bars_from_low_to_high(self, english: Locale) -> None:
        figure = ranges(self.ROWS, "days", english, self.NAMES)
        before, now, plan = figure.data
        assert [trace.name for trace in figure.data] == list(self.NAMES)
        assert (now.base[0], now.x[0]) == (19, 4)
        assert now.text == ("19–23",)
        assert now.customdata == ("<b>19–23 days</b><br>Stated",)
        for trace, value in ((before, 53), (plan, 5)):
            assert trace.base[0] < value < trace.base[0] + trace.x[0]
            assert trace.base[0] + trace.x[0] / 2 == pytest.approx(value)
            assert trace.text == (f"{value}",)

    def test_each_statement_has_its_own_row_under_its_label(self, english: Locale) -> None:
        figure = ranges(self.ROWS, "days", english, self.NAMES)
        labels = [label.text for label in figure.layout.annotations]
        assert labels == ["<b>China to Europe</b>", "May 2023", "plan for 2023"]
        levels = [label.y for label in figure.layout.annotations]
        assert levels == sorted(set(levels))
        assert figure.data[0].y == figure.data[1].y == (levels[1],)
        assert figure.data[2].y == (levels[2],)

    def test_a_long_label_takes_two_lines_and_more_room(self, english: Locale) -> None:
        long = Statement("from the border of China to the ports of the Black Sea", now=(1, 2))
        short = Statement("from the border", now=(1, 2))
        tall, low = (ranges([row], "days", english, self.NAMES).layout for row in (long, short))
        assert "<br>" in tall.annotations[0].text
        assert tall.height > low.height

    def test_what_nobody_said_is_not_in_the_legend(self, english: Locale) -> None:
        figure = ranges([Statement("now", now=(1, 2))], "days", english, self.NAMES)
        assert [trace.name for trace in figure.data] == ["Stated"]

    def test_nothing_draws_nothing(self, english: Locale) -> None:
        assert not ranges([], "days", english, self.NAMES).data


class TestSparkline:
    """Small lines as SVG."""

    def parts(self, svg: str, name: str) -> list[ET.Element]:
        return list(ET.fromstring(svg).iter(f"{SVG}{name}"))  # noqa: S314 - our own

    def test_numbers_are_joined_and_the_latest_is_a_dot(self) -> None:
        svg = sparkline([Point(year, year, year) for year in range(1, 7)], size=(112, 112))
        (line,) = self.parts(svg, "polyline")
        places = [tuple(map(float, place.split(","))) for place in line.get("points", "").split()]
        assert [x for x, _ in places] == [6, 26, 46, 66, 86, 106]
        assert [y for _, y in places] == sorted((y for _, y in places), reverse=True)
        (dot,) = self.parts(svg, "circle")
        assert (float(dot.get("cx", "")), float(dot.get("cy", ""))) == places[-1] == (106, 6)
        assert dot.get("fill") == theme.SERIES["blue"]

    def test_a_preliminary_figure_is_hollow(self) -> None:
        svg = sparkline([Point(1, 5, 5), Point(2, 6, 6, firm=False)])
        assert [dot.get("fill") for dot in self.parts(svg, "circle")] == [
            theme.SERIES["blue"],
            "none",
        ]

    def test_ranges_are_bars_and_never_joined(self) -> None:
        svg = sparkline([Point(1, 53, 53), Point(2, 19, 23)])
        assert not self.parts(svg, "polyline")
        (bar,) = [line for line in self.parts(svg, "line") if line.get("stroke-width") == "8"]
        assert float(bar.get("y1", "")) > float(bar.get("y2", ""))

    def test_an_undated_figure_stands_apart(self) -> None:
        svg = sparkline([Point(0, 12, 12, dated=False), Point(1, 6, 6), Point(2, 6, 6)])
        (line,) = self.parts(svg, "polyline")
        assert len(line.get("points", "").split()) == 2
        assert self.parts(svg, "circle")[0].get("fill") == "none"

    def test_the_target_is_a_dashed_line_that_always_fits(self) -> None:
        svg = sparkline([Point(1, 5, 5), Point(2, 6, 6)], target=23, size=(100, 64))
        (line,) = [
            line for line in self.parts(svg, "line") if line.get("stroke-dasharray") == "5 4"
        ]
        assert float(line.get("y1", "")) == float(line.get("y2", "")) == 6

    @pytest.mark.parametrize(
        "points", [[Point(1, 5, 5)], [Point(1, 0, 0), Point(2, 0, 0)]], ids=["one", "zeros"]
    )
    def test_the_little_that_there_is_is_drawn(self, points: list[Point]) -> None:
        svg = sparkline(points)
        assert len(self.parts(svg, "circle")) == len(points)
        assert "nan" not in svg
