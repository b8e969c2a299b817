"""How figures move over the years, against a target and beside dated events."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from dashboards import marks, theme
from dashboards.i18n import Locale
from dashboards.marks import Break, Note, Reference, with_breaks
from warehouse.catalog import FIRM

_COLOURS = ("blue", "gold", "teal", "plum", "red", "violet", "grey")

_MARKS = ("circle", "diamond", "square", "triangle-up", "cross", "triangle-down", "star", "hexagon")
"""One mark after another, so that lines are told apart without colour; never in step with the colours."""
_LONE_PX = 12
"""A lone point is large, so that a point of another series upon it does not hide it."""

_LEGEND_LINES, _LEGEND_LINE_PX = 4, 19

Mode = Literal["gaps", "joined", "points"]


def trend(
    frame: pd.DataFrame,
    unit: str,
    locale: Locale,
    *,
    reference: Reference | None = None,
    notes: Sequence[Note] = (),
    breaks: Sequence[Break] = (),
    mode: Mode = "gaps",
    logarithmic: bool = False,
) -> go.Figure:
    """Draw one line per series, in the order of their first rows.

    Lines break where a year is missing, unless `mode` is "joined" (survey rounds years apart) or
    "points" (spans of different lengths, no lines at all), and where `source_id` changes. What is not
    final is hollow, and a dashed line leads to it. A logarithmic axis takes values above zero only.
    """
    figure = go.Figure()
    styles = zip(cycle(_COLOURS), cycle(_MARKS), strict=False)
    for (colour, mark), (name, rows) in zip(
        styles, frame.groupby("series", sort=False), strict=False
    ):
        style = _Style(theme.SERIES[colour], mark)
        figure.add_traces(list(_line(str(name), rows, style, unit=unit, locale=locale, mode=mode)))
    if logarithmic:
        figure.update_yaxes(type="log", **marks.log_ticks(frame["value"], unit, locale))
    drawn = [
        *([marks.level(reference, unit, locale, logarithmic=logarithmic)] if reference else []),
        *marks.changes(breaks, marks.middle(frame["period"])),
        *marks.events(notes),
    ]
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        xaxis={"tickformat": "d", "nticks": 9, "tickangle": 0},
        margin={"t": marks.headroom(notes, breaks), "l": theme.AXIS_PX},
        # Else a long legend scrolls within half the chart, and its last entry is cut.
        legend={"maxheight": 1},
        height=420 + marks.headroom((), breaks) - 8 + _legend_px(figure),
        shapes=[line for line, _label in drawn if line],
        annotations=[label for _line, label in drawn if label],
    )
    return figure


def _legend_px(figure: go.Figure) -> int:
    """How much higher a chart is for a legend of more lines than a phone has room for."""
    names = [str(trace.name) for trace in figure.data if trace.showlegend]
    lines = sum(1 + name.count("<br>") for name in names)
    return max(0, lines - _LEGEND_LINES) * _LEGEND_LINE_PX


@dataclass(frozen=True)
class _Style:
    colour: str
    mark: str


def _line(
    name: str, rows: pd.DataFrame, style: _Style, *, unit: str, locale: Locale, mode: Mode
) -> Iterator[go.Scatter]:
    points = rows.assign(
        x=[marks.year_of(period) for period in rows["period"]],
        y=[locale.shown(value, unit) for value in rows["value"]],
        hover=[_hover(name, row, unit, locale) for row in rows.to_dict("records")],
    ).sort_values("x")
    firm = points["status"].isin(FIRM)
    settled = points[firm]
    drawn = "markers" if mode == "points" else "lines+markers"
    if not settled.empty:
        whole = _with_gaps(settled) if mode == "gaps" else settled
        yield _trace(name, with_breaks(whole), style, drawn)
    if not firm.all():
        # The dashed line starts at the last settled point, so that it hangs on to something.
        hanging = points[~firm] if mode == "points" else pd.concat([settled.tail(1), points[~firm]])
        yield _trace(name, with_breaks(hanging), style, drawn, hollow=True, lone=settled.empty)


def _trace(
    name: str,
    points: pd.DataFrame,
    style: _Style,
    drawn: str,
    *,
    hollow: bool = False,
    lone: bool = False,
) -> go.Scatter:
    return go.Scatter(
        name=theme.wrapped(name, theme.LINE_CHARACTERS),
        legendgroup=name,
        showlegend=not hollow or lone,
        x=list(points["x"]),
        y=[None if pd.isna(y) else y for y in points["y"]],
        customdata=list(points["hover"]),
        hovertemplate="%{customdata}<extra></extra>",
        mode=drawn,
        line={"color": style.colour, "width": 2, "dash": "dot" if hollow else "solid"},
        marker={
            "size": 7 if len(points) > 1 else _LONE_PX,
            "symbol": [
                style.mark if status in FIRM else f"{style.mark}-open"
                for status in points["status"]
            ],
        },
    )


def _with_gaps(points: pd.DataFrame) -> pd.DataFrame:
    if points.empty:
        return points
    years = range(int(points["x"].min()), int(points["x"].max()) + 1)
    return points.set_index("x").reindex(years).rename_axis("x").reset_index()


def _hover(name: str, row: Mapping[Hashable, Any], unit: str, locale: Locale) -> str:
    value = row["value"]
    words = [
        f"<b>{locale.quantity(value, value, unit)}</b>",
        f"{name}, {locale.period(str(row['period']))}",
    ]
    if row["status"] not in FIRM:
        words.append(locale.status(str(row["status"])))
    return "<br>".join(words)
