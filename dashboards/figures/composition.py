"""What a total is made of, year by year: stacked bars or areas."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import cycle, product
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import marks, theme
from dashboards.i18n import Locale
from dashboards.marks import Break
from warehouse.catalog import FIRM

_COLOURS = ("teal", "gold", "blue", "plum", "red", "violet")
_HATCHES = ("", "/", ".", "x")
"""When the colours are used up they begin again with the next hatching."""
_NOT_FINAL = "\\"
"""The hatching of bars that are not final."""


def composition(
    frame: pd.DataFrame, unit: str, locale: Locale, breaks: Sequence[Break] = ()
) -> go.Figure:
    """Draw stacked bars, one colour per series; parts below zero hang under the axis.

    What is not final is hatched, and a line stands where figures begin to be of another kind.
    """
    figure = go.Figure()
    for style, (name, rows) in zip(_styles(), frame.groupby("series", sort=False), strict=False):
        hatch = style["pattern"]["shape"]
        hatches = [hatch if status in FIRM else _NOT_FINAL for status in rows["status"]]
        marker = {"color": style["color"], "pattern": {"shape": hatches}}
        figure.add_bar(**_points(str(name), rows, unit, locale), marker=marker)
    figure.update_layout(**_layout(frame, breaks, locale), barmode="relative", bargap=0.15)
    return figure


def areas(
    frame: pd.DataFrame, unit: str, locale: Locale, breaks: Sequence[Break] = ()
) -> go.Figure:
    """Draw stacked areas, one colour per series, the first at the bottom.

    `frame` has a figure of every series, none below zero, in each of its years. Years apart, and
    those on both sides of a break, are not joined: each run of years is a stack of its own, and a lone
    year a column of points.
    """
    figure = go.Figure()
    years = pd.Series(sorted({int(period) for period in frame["period"]}), dtype=int)
    anew = (years.diff() != 1) | years.isin([int(each.first) for each in breaks])
    runs = dict(zip(years, anew.cumsum(), strict=True))
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
    figure.update_layout(**_layout(frame, breaks, locale))
    return figure


def _styles() -> Iterator[Mapping[str, Any]]:
    for hatch, colour in cycle(product(_HATCHES, _COLOURS)):
        yield {"color": theme.SERIES[colour], "pattern": {"shape": hatch}}


def _points(name: str, rows: pd.DataFrame, unit: str, locale: Locale) -> dict[str, Any]:
    return {
        "name": theme.wrapped(name, theme.LINE_CHARACTERS),
        "x": [int(period) for period in rows["period"]],
        "y": [locale.shown(value, unit) for value in rows["value"]],
        "customdata": [_hover(name, row, unit, locale) for row in rows.to_dict("records")],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(name: str, row: Mapping[Hashable, Any], unit: str, locale: Locale) -> str:
    words = [
        f"<b>{locale.quantity(row['value'], row['value'], unit)}</b>",
        f"{name}, {locale.period(row['period'])}",
    ]
    if row["status"] not in FIRM:
        words.append(locale.status(str(row["status"])))
    return "<br>".join(words)


def _layout(frame: pd.DataFrame, breaks: Sequence[Break], locale: Locale) -> dict[str, Any]:
    drawn = list(marks.changes(breaks, marks.middle(frame["period"])))
    return {
        "template": theme.template(),
        "separators": locale.separators,
        "xaxis": {"tickformat": "d", "nticks": 9, "tickangle": 0},
        "height": 420 + marks.headroom((), breaks) - 8,
        "margin": {"t": marks.headroom((), breaks), "l": theme.AXIS_PX},
        "shapes": [line for line, _label in drawn],
        "annotations": [label for _line, label in drawn if label],
    }
