"""Where a figure has been and where it may go: history, a target, ways to it, and bands around one.

Bands are told apart by their edges and by the legend, not by colour alone; a range stands upright.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import marks, theme
from dashboards.i18n import Locale
from dashboards.marks import Mark, Reference, with_breaks
from warehouse.catalog import FIRM, Span, ends

_FEW_YEARS = 6
_HEIGHT_PX = 420
_LEGEND_LINE_PX = 22
_DASHES = ("dash", "dashdot", "longdash")
_COLOURS = ("gold", "plum", "teal")
_SYMBOLS = ("diamond", "square", "triangle-up")


@dataclass(frozen=True)
class Way:
    """A line from year to year, in the kept unit, under a name; ends are marked, the rest is drawn."""

    name: str
    years: Sequence[float]
    amounts: Sequence[float]


@dataclass(frozen=True)
class Band:
    """What lies between two lines over the same years, in the kept unit, under a name."""

    name: str
    years: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True)
class Aim:
    """A target at its year, one number or a range; `is_assumed` where the year was not said."""

    name: str
    year: float
    span: Span
    is_assumed: bool = False


def projection(
    history: pd.DataFrame,
    unit: str,
    locale: Locale,
    *,
    name: str,
    ways: Sequence[Way] = (),
    bands: Sequence[Band] = (),
    aim: Aim | None = None,
    level: Reference | None = None,
    logarithmic: bool = False,
) -> go.Figure:
    """Draw figures in time, and before them what they are to come to.

    `history` has `period, value, low, high, status, source_id`; `name` is what the legend calls it.
    The widest band comes first, so that the narrower one lies upon it. A logarithmic axis takes
    amounts above zero only.
    """
    traces = [
        *(_band(each, at, unit, locale) for at, each in enumerate(bands)),
        *_history(history, name, unit, locale),
        *(_way(each, at, unit, locale) for at, each in enumerate(ways)),
        *([_aim(aim, unit, locale)] if aim else []),
    ]
    drawn = marks.level(level, unit, locale, logarithmic=logarithmic) if level else None
    figure = go.Figure(traces, _layout(traces, drawn, locale))
    if logarithmic:
        shown = [*history["value"].dropna(), *(end for each in bands for end in each.high)]
        figure.update_yaxes(type="log", **marks.log_ticks(shown, unit, locale))
    return figure


def _layout(
    traces: Sequence[go.Scatter], drawn: tuple[Mark, Mark] | None, locale: Locale
) -> dict[str, Any]:
    named = sum(trace.showlegend is not False for trace in traces)
    return {
        "template": theme.template(),
        "separators": locale.separators,
        "xaxis": {"tickformat": "d", "tickangle": 0, **_ticks(traces)},
        "legend": {"maxheight": 1},
        "height": _HEIGHT_PX + _LEGEND_LINE_PX * max(0, named - 2),
        "shapes": [drawn[0]] if drawn else [],
        "annotations": [drawn[1]] if drawn else [],
    }


def _ticks(traces: Sequence[go.Scatter]) -> dict[str, int]:
    """A tick for each of a few years, for plotly would name one of them twice; else as many as fit."""
    years = [float(each) for trace in traces for each in trace.x if each is not None]
    is_short = bool(years) and max(years) - min(years) < _FEW_YEARS
    return {"dtick": 1, "tick0": 2000} if is_short else {"nticks": 9}


def _history(history: pd.DataFrame, name: str, unit: str, locale: Locale) -> Iterator[go.Scatter]:
    """Single figures as a line, ranges as upright strokes, what is not final hollow."""
    points = history.assign(
        x=[marks.year_of(period) for period in history["period"]],
        hover=[_told(name, row, unit, locale) for row in history.to_dict("records")],
    ).sort_values("x")
    single = points[points["value"].notna()]
    if not single.empty:
        drawn = with_breaks(single)
        yield _scatter(
            name,
            x=list(drawn["x"]),
            y=_scaled(drawn["value"], unit, locale),
            customdata=list(drawn["hover"]),
            mode="lines+markers",
            line={"color": theme.SERIES["blue"], "width": 2},
            marker={
                "size": 7,
                "symbol": ["circle" if each in FIRM else "circle-open" for each in drawn["status"]],
            },
        )
    spans = points[points["value"].isna()]
    if not spans.empty:
        yield _strokes(spans, name, unit, locale, is_named=single.empty)


def _strokes(
    spans: pd.DataFrame, name: str, unit: str, locale: Locale, *, is_named: bool
) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    hover: list[str | None] = []
    for row in spans.to_dict("records"):
        low, high = ends(_span(row["low"], row["high"]))
        x += [row["x"], row["x"], None]
        y += [locale.shown(low, unit), locale.shown(high, unit), None]
        hover += [row["hover"], row["hover"], None]
    return _scatter(
        name,
        x=x,
        y=y,
        customdata=hover,
        mode="lines+markers",
        showlegend=is_named,
        line={"color": theme.SERIES["blue"], "width": 6},
        marker={"size": 9, "symbol": "line-ew-open"},
    )


def _way(way: Way, at: int, unit: str, locale: Locale) -> go.Scatter:
    """A dashed line with a mark at its end, each way with a dash and a mark of its own."""
    colour = theme.SERIES[_COLOURS[at % len(_COLOURS)]]
    last = len(way.years) - 1
    symbol = _SYMBOLS[at % len(_SYMBOLS)]
    return _scatter(
        way.name,
        x=list(way.years),
        y=_scaled(way.amounts, unit, locale),
        customdata=[
            f"<b>{locale.quantity(value, value, unit)}</b><br>{way.name}, {int(year)}"
            for year, value in zip(way.years, way.amounts, strict=True)
        ],
        mode="lines+markers",
        line={"color": colour, "width": 2, "dash": _DASHES[at % len(_DASHES)]},
        marker={"symbol": symbol, "size": [9 if place == last else 0 for place in range(last + 1)]},
    )


def _band(band: Band, at: int, unit: str, locale: Locale) -> go.Scatter:
    """An area around a way: the outer one dotted at its edge, the inner one denser and hatched."""
    low, high = (_scaled(each, unit, locale) for each in (band.low, band.high))
    inner = at > 0
    return go.Scatter(
        name=theme.wrapped(band.name, theme.LINE_CHARACTERS),
        x=[*band.years, *reversed(band.years)],
        y=[*high, *reversed(low)],
        mode="lines",
        fill="toself",
        fillcolor=theme.translucent("gold", 0.22 if inner else 0.12),
        fillpattern={"shape": "/", "solidity": 0.15, "size": 8} if inner else None,
        line={"color": theme.SERIES["gold"], "width": 1, "dash": "solid" if inner else "dot"},
        hoverinfo="skip",
    )


def _aim(aim: Aim, unit: str, locale: Locale) -> go.Scatter:
    """The target at its year: a star, or a stroke for a range; hollow where the year is assumed."""
    low, high = ends(aim.span)
    values = [low] if low == high else [low, high]
    return _scatter(
        aim.name,
        x=[aim.year] * len(values),
        y=_scaled(values, unit, locale),
        customdata=[f"<b>{locale.quantity(low, high, unit)}</b><br>{aim.name}"] * len(values),
        mode="markers" if low == high else "lines+markers",
        line={"color": theme.SERIES["red"], "width": 5},
        marker={
            "color": theme.SERIES["red"],
            "symbol": "star-open" if aim.is_assumed else "star",
            "size": 14,
        },
    )


def _scatter(name: str, **drawn: Any) -> go.Scatter:
    return go.Scatter(
        name=theme.wrapped(name, theme.LINE_CHARACTERS),
        hovertemplate="%{customdata}<extra></extra>",
        **drawn,
    )


def _told(name: str, row: Any, unit: str, locale: Locale) -> str:
    value = row["value"]
    span = _span(row["low"], row["high"]) if pd.isna(value) else _span(value, value)
    words = [f"<b>{locale.quantity(*span, unit)}</b>", f"{name}, {locale.period(row['period'])}"]
    if row["status"] not in FIRM:
        words.append(locale.status(str(row["status"])))
    return "<br>".join(words)


def _span(low: Any, high: Any) -> Span:
    return (None if pd.isna(low) else float(low), None if pd.isna(high) else float(high))


def _scaled(values: Any, unit: str, locale: Locale) -> list[float | None]:
    return [None if pd.isna(value) else locale.shown(float(value), unit) for value in values]
