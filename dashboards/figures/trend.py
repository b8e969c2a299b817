"""How figures move over the years, against a target and beside dated events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import FIRM, Locale
from warehouse import periods

_COLOURS = ("blue", "gold", "teal", "plum", "red", "violet", "grey")

_SYMBOLS = defaultdict(lambda: "circle-open", dict.fromkeys(FIRM, "circle"))
_LONE_PX = 12
"""A lone point is large, so that a point of another series upon it does not hide it."""
_CLOSE_YEARS = 3.0

Mode = Literal["gaps", "joined", "points"]


@dataclass(frozen=True)
class Reference:
    """A level to compare with, in the kept unit, and what to call it."""

    value: float
    label: str


@dataclass(frozen=True)
class Note:
    """A dated event, by the number under which the page lists it."""

    number: int
    date: str


def trend(
    frame: pd.DataFrame,
    unit: str,
    locale: Locale,
    *,
    reference: Reference | None = None,
    notes: Sequence[Note] = (),
    mode: Mode = "gaps",
) -> go.Figure:
    """Draw one line per series, in the order of their first rows.

    Lines break where a year is missing, unless `mode` is "joined" (survey rounds years apart) or
    "points" (spans of different lengths, no lines at all). What is not final is hollow, and a
    dashed line leads to it.
    """
    figure = go.Figure()
    for colour, (name, rows) in zip(
        cycle(_COLOURS), frame.groupby("series", sort=False), strict=False
    ):
        figure.add_traces(
            list(_line(str(name), rows, theme.SERIES[colour], unit=unit, locale=locale, mode=mode))
        )
    if reference:
        _add_reference(figure, reference, unit, locale)
    _add_notes(figure, notes)
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        xaxis={"tickformat": "d", "nticks": 9},
        margin={"t": 28 if notes else 8},
        height=420,
    )
    return figure


def _line(
    name: str, rows: pd.DataFrame, colour: str, *, unit: str, locale: Locale, mode: Mode
) -> Iterator[go.Scatter]:
    points = rows.assign(
        x=[_year(period) for period in rows["period"]],
        y=[locale.shown(value, unit) for value in rows["value"]],
        hover=[_hover(name, row, unit, locale) for row in rows.to_dict("records")],
    ).sort_values("x")
    firm = points["status"].isin(FIRM)
    settled = points[firm]
    drawn = "markers" if mode == "points" else "lines+markers"
    if not settled.empty:
        yield _trace(name, _with_gaps(settled) if mode == "gaps" else settled, colour, drawn)
    if not firm.all():
        # The dashed line starts at the last settled point, so that it hangs on to something.
        hanging = points[~firm] if mode == "points" else pd.concat([settled.tail(1), points[~firm]])
        yield _trace(name, hanging, colour, drawn, hollow=True, lone=settled.empty)


def _trace(
    name: str,
    points: pd.DataFrame,
    colour: str,
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
        line={"color": colour, "width": 2, "dash": "dot" if hollow else "solid"},
        marker={
            "size": 7 if len(points) > 1 else _LONE_PX,
            "symbol": [_SYMBOLS[status] for status in points["status"]],
        },
    )


def _with_gaps(points: pd.DataFrame) -> pd.DataFrame:
    if points.empty:
        return points
    years = range(int(points["x"].min()), int(points["x"].max()) + 1)
    return points.set_index("x").reindex(years).rename_axis("x").reset_index()


def _year(period: str) -> float:
    if periods.is_year(period):
        return int(period)
    day = periods.parse(period).middle
    # A year stands at its middle, so its first day is half a year to the left of it.
    return round(day.year - 0.5 + (day.timetuple().tm_yday - 1) / 365, 2)


def _hover(name: str, row: Mapping[Hashable, Any], unit: str, locale: Locale) -> str:
    value = row["value"]
    words = [
        f"<b>{locale.quantity(value, value, unit)}</b>",
        f"{name}, {locale.period(str(row['period']))}",
    ]
    if row["status"] not in FIRM:
        words.append(locale.status(str(row["status"])))
    return "<br>".join(words)


def _add_reference(figure: go.Figure, reference: Reference, unit: str, locale: Locale) -> None:
    level = locale.shown(reference.value, unit)
    figure.add_hline(y=level, line={"color": theme.SERIES["red"], "width": 2, "dash": "dash"})
    figure.add_annotation(
        xref="paper", x=0, xanchor="left", y=level, yanchor="top", showarrow=False,
        align="left", text=theme.wrapped(reference.label, theme.LINE_CHARACTERS),
    )  # fmt: skip


def _add_notes(figure: go.Figure, notes: Sequence[Note]) -> None:
    """Mark each event with a line, and those too close to be told apart with one label."""
    labels: list[tuple[float, list[str]]] = []
    for note in notes:
        year = _year(note.date)
        figure.add_vline(x=year, line={"color": theme.SERIES["grey"], "width": 1, "dash": "dot"})
        if labels and year - labels[-1][0] < _CLOSE_YEARS:
            labels[-1][1].append(str(note.number))
        else:
            labels.append((year, [str(note.number)]))
    for year, numbers in labels:
        figure.add_annotation(
            x=year, yref="paper", y=1, yanchor="bottom", showarrow=False, text=", ".join(numbers)
        )
