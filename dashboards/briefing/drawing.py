"""A briefing's chart as a figure for browsers: what is shown when pointed at is what the cells say."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import plotly.graph_objects as go

from dashboards import theme
from dashboards.briefing.model import Chart, Series

_HEIGHT_PX = 330
_LINE_PX, _BAR_PX, _GAP_PX = 14, 11, 4
_LABEL_CHARACTERS, _NAME_CHARACTERS = 52, 12


def drawing(chart: Chart, separators: str) -> go.Figure:
    """Draw a chart; `separators` are the decimal and the group sign of the language."""
    figure = go.Figure()
    figure.update_layout(
        template=theme.template(),
        separators=separators,
        height=_HEIGHT_PX,
        # Above the drawing it stands in nobody's way, however long the names below are.
        legend={"y": 1.02, "yanchor": "bottom"},
        margin={"t": 34},
    )
    if chart.kind == "ranges":
        return _ranges(figure, chart)
    for series in chart.series:
        figure.add_trace(_line(chart, series) if chart.kind == "line" else _columns(chart, series))
    figure.update_layout(
        barmode="overlay" if any(each.role == "target" for each in chart.series) else "group",
        bargap=0.35,
        xaxis={"type": "category", "nticks": 16, "tickangle": 0},
        yaxis={"tickformat": ",.0f"},
    )
    return figure


def _line(chart: Chart, series: Series) -> go.Scatter:
    is_target = series.role == "target"
    return go.Scatter(
        name=_in_lines(series.name),
        x=list(chart.categories),
        y=list(series.values),
        mode="lines" if is_target else "lines+markers",
        connectgaps=False,
        line={"color": _colour(series), "width": 2, "dash": "dash" if is_target else "solid"},
        marker={
            "size": 7,
            "symbol": [f"circle{'' if firm else '-open'}" for firm in _firm(series)],
        },
        **_pointed_at(chart, series),
    )


def _columns(chart: Chart, series: Series) -> go.Bar:
    shape = ["" if firm else "/" for firm in _firm(series)]
    return go.Bar(
        name=_in_lines(series.name),
        x=[theme.wrapped(each, _NAME_CHARACTERS) for each in chart.categories],
        y=list(series.values),
        marker={"color": _colour(series), "pattern": {"shape": shape, "fillmode": "replace"}},
        texttemplate=f"%{{y:,.{chart.decimals}f}}",
        textposition="outside",
        cliponaxis=False,
        **_pointed_at(chart, series),
    )


def _ranges(figure: go.Figure, chart: Chart) -> go.Figure:
    """Rows under their labels, from the top; a range is lighter from its lower to its upper end."""
    labels = [theme.wrapped(each, _LABEL_CHARACTERS) for each in chart.categories]
    levels, height = [], 0.0
    for label in labels:
        top = height + _LINE_PX * (1 + label.count("<br>"))
        levels.append(top + _BAR_PX / 2)
        height = top + _BAR_PX + _GAP_PX
    for series in chart.series:
        shape = ["" if firm else "/" for firm in _firm(series)]
        figure.add_bar(
            name=_in_lines(series.name),
            orientation="h",
            y=levels,
            x=list(series.values),
            width=_BAR_PX,
            marker={"color": _colour(series), "pattern": {"shape": shape, "fillmode": "replace"}},
            **_pointed_at(chart, series),
        )
    figure.update_layout(
        barmode="overlay",
        yaxis={"visible": False, "range": [height, 0], "fixedrange": True},
        xaxis={"showgrid": True, "rangemode": "tozero", "title": {"text": chart.unit}},
        height=height + 72,
        legend={"traceorder": "reversed"},
        annotations=[
            {
                "xref": "paper",
                "x": 0,
                "xanchor": "left",
                "y": level - _BAR_PX / 2 - 1,
                "yanchor": "bottom",
                "borderpad": 0,
                "showarrow": False,
                "align": "left",
                "font": {"size": 11},
                "text": label,
            }
            for label, level in zip(labels, levels, strict=True)
        ],
    )
    return figure


def _pointed_at(chart: Chart, series: Series) -> dict[str, Any]:
    told = [
        f"<b>{cell.text}</b><br>{cell.label}<br>{cell.when}" if cell else category
        for cell, category in zip_longest(series.cells, chart.categories)
    ]
    return {"customdata": told, "hovertemplate": "%{customdata}<extra></extra>"}


def _firm(series: Series) -> list[bool]:
    return [cell is None or cell.is_firm for cell in series.cells]


def _colour(series: Series) -> str:
    if series.role == "high":
        return theme.translucent("blue", 0.45)
    return theme.SERIES[{"earlier": "grey", "target": "red"}.get(series.role, "blue")]


def _in_lines(name: str) -> str:
    """Set what a name has in brackets below it: a phone is too narrow for both in a line."""
    return name.replace(" (", "<br>(")
