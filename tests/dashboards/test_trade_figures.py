"""Figures of the trade explorer: breaks, logarithms, areas and contributions, from a few rows."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboards import theme
from dashboards.figures.composition import areas, composition
from dashboards.figures.contribution import contribution
from dashboards.figures.trend import trend
from dashboards.i18n import Locale
from dashboards.marks import Break, Note, Reference
from tests.tables import table
from warehouse.catalog import Language

LINE = """
| series | period | value | status      | source_id |
| a      | 2016   | 10    | final       | wits      |
| a      | 2017   | 20    | final       | wits      |
| a      | 2018   | 30    | final       | bns       |
| a      | 2019   | 40    | preliminary | bns       |
| b      | 2016   | 5     | final       | wits      |
"""
STACK = """
| series | period | value | status |
| a      | 2010   | 10    | final  |
| a      | 2011   | 20    | final  |
| a      | 2013   | 30    | final  |
| b      | 2010   | 1     | final  |
| b      | 2011   | 2     | final  |
| b      | 2013   | 3     | final  |
"""
PARTS = """
| series     | points | change |
| Uzbekistan | 37.5   | 15e9   |
| Türkiye    | -12.54 | -5e9   |
"""


@pytest.fixture(scope="module")
def english(locales: Mapping[Language, Locale]) -> Locale:
    """English, the language of the messages."""
    return locales["en"]


def figures(text: str, *columns: str) -> pd.DataFrame:
    """Figures as the pages hand them over: text, with numbers where numbers are."""
    frame = table(text)
    return frame.assign(**{name: pd.to_numeric(frame[name]) for name in columns or ("value",)})


def drawn(figure: go.Figure) -> list[tuple[str, list[object], list[object]]]:
    """Name, places and heights of each trace."""
    return [(trace.name, list(trace.x), list(trace.y)) for trace in figure.data]


def test_no_line_joins_figures_of_two_sources(english: Locale) -> None:
    """The line and the dotted one to what is not final break between 2017 and 2018 alone."""
    assert drawn(trend(figures(LINE), "percent", english)) == [
        ("a", [2016, 2017, 2017.5, 2018], [10, 20, None, 30]),
        ("a", [2018, 2019], [30, 40]),
        ("b", [2016], [5]),
    ]


def test_lines_differ_by_their_marks_too(english: Locale) -> None:
    settled, hanging, other = trend(figures(LINE), "percent", english).data
    assert (settled.marker.symbol[0], other.marker.symbol[0]) == ("circle", "diamond")
    assert hanging.marker.symbol == ("circle", "circle-open")


def test_a_break_is_a_line_between_its_years_with_its_words_above(english: Locale) -> None:
    breaks = [Break("2017", "2018", "source changes: WITS → BNS")]
    figure = trend(figures(LINE), "percent", english, breaks=breaks, notes=[Note(1, "2016")])
    assert [shape.x0 for shape in figure.layout.shapes] == [2017.5, 2016]
    words, number = figure.layout.annotations
    assert words.text.replace("<br>", " ") == "source changes: WITS → BNS ▾"
    assert (words.x, words.xanchor) == (2017.5, "left")
    assert words.yshift > 0
    assert number.text == "1"


def test_a_late_break_is_worded_towards_the_middle_and_a_fourth_is_a_line_only(
    english: Locale,
) -> None:
    breaks = [Break(str(year), str(year + 1), f"break {year}") for year in range(2015, 2019)]
    figure = trend(figures(LINE), "percent", english, breaks=breaks)
    assert len(figure.layout.shapes) == 4
    assert [label.xanchor for label in figure.layout.annotations] == ["left", "left", "left"]
    late = trend(figures(LINE), "percent", english, breaks=breaks[3:])
    assert late.layout.annotations[0].xanchor == "right"


def test_a_logarithmic_axis_has_whole_numbers_and_the_target_in_its_place(english: Locale) -> None:
    frame = figures(LINE).assign(value=lambda rows: rows["value"] * 1e8)
    figure = trend(frame, "USD", english, reference=Reference(10e9, "a hope"), logarithmic=True)
    axis = figure.layout.yaxis
    assert axis.type == "log"
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True))[0.5] == "0.5"
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True))[5] == "5"
    assert figure.layout.shapes[0].y0 == 10
    assert figure.layout.annotations[0].y == pytest.approx(1)


def test_areas_do_not_join_years_apart_and_a_lone_year_is_a_column_of_points(
    english: Locale,
) -> None:
    figure = areas(figures(STACK), "percent", english)
    assert drawn(figure) == [
        ("a", [2010, 2011], [10, 20]),
        ("a", [2013], [30]),
        ("b", [2010, 2011], [1, 2]),
        ("b", [2013], [3]),
    ]
    assert [trace.stackgroup for trace in figure.data] == ["run 1", "run 2"] * 2
    assert [trace.mode for trace in figure.data] == ["lines", "markers"] * 2
    assert [trace.showlegend for trace in figure.data] == [True, False] * 2


def test_when_colours_are_used_up_the_next_are_hatched(english: Locale) -> None:
    frame = pd.concat([figures(STACK).assign(series=f"s{at}") for at in range(7)])
    looks = [
        (bar.marker.color, bar.marker.pattern.shape)
        for bar in composition(frame, "percent", english).data
    ]
    assert len(set(looks)) == 7
    assert looks[0][0] == looks[6][0]


def test_a_contribution_is_a_bar_with_its_sign_and_a_fall_is_hatched(english: Locale) -> None:
    (bars,) = contribution(figures(PARTS, "points", "change"), "USD", english).data
    assert (list(bars.y), list(bars.x)) == (["Uzbekistan", "Türkiye"], [37.5, -12.54])
    assert list(bars.text) == ["+37.5", "−12.5"]
    assert list(bars.marker.pattern.shape) == ["", "/"]
    assert bars.marker.color == (theme.SERIES["teal"], theme.SERIES["red"])
    assert bars.customdata[0] == "<b>+37.5</b> (+US$ 15.00 bn)<br>Uzbekistan"
    assert bars.customdata[1] == "<b>−12.5</b> (US$ −5.00 bn)<br>Türkiye"


def test_there_is_room_for_the_numbers_on_both_sides(english: Locale) -> None:
    figure = contribution(figures(PARTS, "points", "change"), "USD", english)
    low, high = figure.layout.xaxis.range
    assert low < -12.54 - 5
    assert high > 37.5 + 5
