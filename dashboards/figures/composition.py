"""What a total is made of, year by year: stacked bars or areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import cycle, product
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale

_COLOURS = ("teal", "gold", "blue", "plum", "red", "violet")
_HATCHES = ("", "/", ".", "x")
"""When the colours are used up they begin again with the next hatching."""


def composition(frame: pd.DataFrame, unit: str, locale: Locale) -> go.Figure:
    """Draw stacked bars, one colour per series; parts below zero hang under the axis."""
    figure = go.Figure()
    for style, (name, rows) in zip(_styles(), frame.groupby("series", sort=False), strict=False):
        figure.add_bar(**_points(str(name), rows, unit, locale), marker=style)
    figure.update_layout(**_layout(locale), barmode="relative", bargap=0.15)
    return figure


def areas(frame: pd.DataFrame, unit: str, locale: Locale) -> go.Figure:
    """Draw stacked areas, one colour per series, the first at the bottom.

    `frame` has a figure of every series, none below zero, in each of its years. Years apart are not
    joined: each run of years is a stack of its own, and a lone year a column of points.
    """
    figure = go.Figure()
    years = pd.Series(sorted({int(period) for period in frame["period"]}), dtype=int)
    runs = dict(zip(years, (years.diff() != 1).cumsum(), strict=True))
    by_run = frame.assign(run=[runs[int(period)] for period in frame["period"]])
    for style, (name, rows) in zip(_styles(), by_run.groupby("series", sort=False), strict=False):
        for run, together in rows.sort_values("period").groupby("run"):
            figure.add_scatter(
                **_points(str(name), together, unit, locale),
                legendgroup=str(name),
                showlegend=bool(run == rows["run"].min()),
                stackgroup=f"run {run}",
                mode="lines" if len(together) > 1 else "markers",
                line={"color": style["color"], "width": 1},
                marker={"color": style["color"]},
                fillpattern=style["pattern"] | {"fgcolor": style["color"]},
            )
    figure.update_layout(**_layout(locale))
    return figure


def _styles() -> Iterator[Mapping[str, Any]]:
    for hatch, colour in cycle(product(_HATCHES, _COLOURS)):
        yield {"color": theme.SERIES[colour], "pattern": {"shape": hatch}}


def _points(name: str, rows: pd.DataFrame, unit: str, locale: Locale) -> dict[str, Any]:
    return {
        "name": theme.wrapped(name, theme.LINE_CHARACTERS),
        "x": [int(period) for period in rows["period"]],
        "y": [locale.shown(value, unit) for value in rows["value"]],
        "customdata": [
            f"<b>{locale.quantity(value, value, unit)}</b><br>{name}, {locale.period(period)}"
            for value, period in zip(rows["value"], rows["period"], strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _layout(locale: Locale) -> dict[str, Any]:
    return {
        "template": theme.template(),
        "separators": locale.separators,
        "xaxis": {"tickformat": "d", "nticks": 9, "tickangle": 0},
        "height": 420,
    }
