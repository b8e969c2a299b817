"""Native charts of a workbook, drawn from the cells that hold their numbers."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook

from dashboards import theme
from dashboards.briefing.model import Chart, Series
from dashboards.briefing.slide_charts import COLOURS

_TYPES = {
    "line": {"type": "line"},
    "columns": {"type": "column"},
    "ranges": {"type": "bar"},
}
_WIDTH_PX, _HEIGHT_PX = 1150, 400


def chart_of(book: Workbook, sheet: str, chart: Chart, at: int) -> Any:
    """Draw a chart of what stands on a sheet from the row `at` on, for a workbook to insert."""
    drawn = book.add_chart(_TYPES[chart.kind])
    rows = (at + 1, at + len(chart.categories))
    for column, series in enumerate(chart.series, start=1):
        drawn.add_series(_series(chart, series, sheet, column, rows))
    drawn.set_title({"name": chart.caption, "name_font": {"size": 11}, "overlay": False})
    drawn.set_legend({"position": "bottom", "none": len(chart.series) < 2})
    numbers = {"num_format": chart.number_format, "min": 0}
    if chart.kind == "ranges":
        # Of bars that lie XlsxWriter calls the names y; the first row is to stand at the top.
        drawn.set_x_axis(numbers | {"label_position": "high"})
        drawn.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 8}})
    else:
        drawn.set_x_axis({"label_position": "low"})
        drawn.set_y_axis(numbers)
    drawn.show_blanks_as("gap")
    drawn.set_size({"width": _WIDTH_PX, "height": _HEIGHT_PX})
    return drawn


def _series(
    chart: Chart, series: Series, sheet: str, column: int, rows: tuple[int, int]
) -> dict[str, Any]:
    colour = COLOURS[series.role]
    made: dict[str, Any] = {
        "name": [sheet, rows[0] - 1, column],
        "categories": [sheet, rows[0], 0, rows[1], 0],
        "values": [sheet, rows[0], column, rows[1], column],
    }
    hollow = [cell is not None and not cell.is_firm for cell in series.cells]
    if chart.kind == "line":
        is_target = series.role == "target"
        dash = {"dash_type": "dash"} if is_target else {}
        empty = {"fill": {"color": theme.PAGE["surface"][0]}, "border": {"color": colour}}
        return made | {
            "line": {"color": colour, "width": 2.25} | dash,
            "marker": {"type": "none" if is_target else "circle", "size": 6}
            | ({} if is_target else {"fill": {"color": colour}, "border": {"color": colour}}),
            "points": None
            if is_target or not any(hollow)
            else [empty if each else None for each in hollow],
        }
    hatched = {
        "pattern": {
            "pattern": "dark_upward_diagonal",
            "fg_color": colour,
            "bg_color": theme.PAGE["surface"][0],
        }
    }
    is_overlaid = chart.kind == "ranges" or any(each.role == "target" for each in chart.series)
    labels = (
        {}
        if chart.kind == "ranges"
        else {"data_labels": {"value": True, "num_format": chart.number_format}}
    )
    return (
        made
        | (hatched if series.role == "target" else {"fill": {"color": colour}})
        | {"overlap": 100 if is_overlaid else -5, "gap": 45, "border": {"color": colour}}
        | ({"points": [hatched if each else None for each in hollow]} if any(hollow) else {})
        | labels
    )
