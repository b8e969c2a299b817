"""Charts on slides: native, with the workbook that they are drawn from, so that they can be edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from pptx.chart.axis import CategoryAxis
from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import ChartData
from pptx.chart.series import BarSeries, LineSeries
from pptx.dml.fill import FillFormat
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Pt

from dashboards import theme
from dashboards.briefing.model import Chart, Section, Series
from dashboards.briefing.slide_text import FONT, Box, inches, rgb

COLOURS: Mapping[str, str] = {
    "figure": theme.SERIES["blue"],
    "earlier": theme.SERIES["grey"],
    "target": theme.SERIES["red"],
    "low": theme.SERIES["blue"],
    "high": "#a9cdea",
}
"""Colours of series by their role; on paper and slides, which are always light."""

_TYPES = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "ranges": XL_CHART_TYPE.BAR_CLUSTERED,
}
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SKIP, _NO_LEVELS = f"{_C}tickLblSkip", f"{_C}noMultiLvlLbl"
_LETTERS, _SMALL_LETTERS = 11, 9
_MANY = 12


def add_chart(slide: Slide, section: Section, box: Box) -> None:
    """Draw the chart of a section with its exact numbers; what is missing is missing in its workbook."""
    chart = section.chart
    if chart is None:
        return
    data = ChartData(number_format=chart.number_format)
    data.categories = chart.categories
    for each in chart.series:
        data.add_series(each.name, each.values)
    # python-pptx promises a chart where it gives the frame around one.
    frame = cast("GraphicFrame", slide.shapes.add_chart(_TYPES[chart.kind], *inches(box), data))
    frame.name = f"chart {section.id}"
    # The text for those who do not see the chart; python-pptx has no word for it.
    told = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001
    told.set("descr", f"{chart.title}. {chart.summary}")
    _style(frame.chart, chart)


def _style(drawn: Drawn, chart: Chart) -> None:
    small = len(chart.categories) > _MANY or chart.kind == "ranges"
    drawn.font.size, drawn.font.name = Pt(_SMALL_LETTERS if small else _LETTERS), FONT
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(drawn, chart)
    plot = drawn.plots[0]
    if chart.kind != "line":
        plot.gap_width = 45
        plot.overlap = 100 if chart.kind == "ranges" or _has_target(chart) else -5
    for series, meant in zip(plot.series, chart.series, strict=True):
        if chart.kind == "line":
            _line(series, meant)
        else:
            _bars(series, meant)
    if chart.kind == "columns":
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = chart.number_format, False
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size = Pt(_SMALL_LETTERS)


def _has_target(chart: Chart) -> bool:
    return any(each.role == "target" for each in chart.series)


def _axes(drawn: Drawn, chart: Chart) -> None:
    value, category = drawn.value_axis, drawn.category_axis
    value.minimum_scale = 0
    value.has_major_gridlines = True
    value.major_gridlines.format.line.color.rgb = rgb(theme.PAGE["line"][0])
    value.format.line.fill.background()
    value.tick_labels.number_format = chart.number_format.replace(".0", "")
    value.tick_labels.number_format_is_linked = False
    category.format.line.color.rgb = rgb(theme.PAGE["control"][0])
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.kind == "ranges":
        # The first row stands at the top, as in the table.
        category.reverse_order = True
        _name_all(category)
        value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _name_all(axis: CategoryAxis) -> None:
    """Name every row; an office program would leave some out. python-pptx has no word for it."""
    skip = axis._element.makeelement(_SKIP, {"val": "1"})  # noqa: SLF001
    axis._element.find(_NO_LEVELS).addprevious(skip)  # noqa: SLF001


def _line(series: LineSeries, meant: Series) -> None:
    colour = rgb(COLOURS[meant.role])
    line = series.format.line
    line.color.rgb, line.width = colour, Pt(2.25)
    series.smooth = False
    if meant.role == "target":
        line.dash_style = MSO_LINE.DASH
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    for at, cell in enumerate(meant.cells):
        if cell and not cell.is_firm:
            # What is not final is hollow, and a dotted line leads to it.
            point = series.points[at]
            point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 8
            point.marker.format.fill.solid()
            point.marker.format.fill.fore_color.rgb = rgb(theme.PAGE["surface"][0])
            point.marker.format.line.color.rgb = colour
            point.format.line.dash_style = MSO_LINE.ROUND_DOT
            point.format.line.color.rgb = colour


def _bars(series: BarSeries, meant: Series) -> None:
    colour = COLOURS[meant.role]
    series.invert_if_negative = False
    _fill(series.format.fill, colour, is_hatched=meant.role == "target")
    if meant.role != "high":
        series.format.line.color.rgb = rgb(colour)
    for at, cell in enumerate(meant.cells):
        if cell and not cell.is_firm:
            _fill(series.points[at].format.fill, colour, is_hatched=True)


def _fill(fill: FillFormat, colour: str, *, is_hatched: bool) -> None:
    if not is_hatched:
        fill.solid()
        fill.fore_color.rgb = rgb(colour)
        return
    fill.patterned()
    fill.pattern = MSO_PATTERN.DARK_UPWARD_DIAGONAL
    fill.fore_color.rgb = rgb(colour)
    fill.back_color.rgb = rgb(theme.PAGE["surface"][0])
