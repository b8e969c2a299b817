"""What stands on a chart of years besides its figures: levels to compare with, events, and breaks.

A mark is a line and a label for plotly, either of them empty where there is none; they are set into a
figure all at once, for plotly takes longer for each line that is added to others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

import pandas as pd

from dashboards import theme
from dashboards.i18n import Locale
from warehouse import periods

Mark = dict[str, Any]

_CLOSE_YEARS = 3.0
_NOTES_PX, _LINE_PX = 18, 14
"""Heights of the numbers of events over a chart, and of a line of the labels over these."""
_LABELLED_BREAKS = 3
_BREAK_CHARACTERS = 28
"""A line of this length fits half a phone."""


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


@dataclass(frozen=True)
class Break:
    """Where figures before and after are not of one kind, between two years, and why in words."""

    last: str
    first: str
    label: str


def year_of(period: str) -> float:
    """Place a period on an axis of years: a year at its number, a part of one within it."""
    if periods.is_year(period):
        return int(period)
    day = periods.parse(period).middle
    # A year stands at its middle, so its first day is half a year to the left of it.
    return round(day.year - 0.5 + (day.timetuple().tm_yday - 1) / 365, 2)


def middle(periods_shown: Iterable[str]) -> float:
    """The middle of an axis of years; that of no years is zero."""
    years = [year_of(period) for period in periods_shown] or [0.0]
    return (min(years) + max(years)) / 2


def level(
    reference: Reference, unit: str, locale: Locale, *, logarithmic: bool
) -> tuple[Mark, Mark]:
    """Draw a level across the chart, under its name."""
    at = locale.shown(reference.value, unit)
    line = {
        "type": "line",
        "xref": "x domain",
        "x0": 0,
        "x1": 1,
        "y0": at,
        "y1": at,
        "line": {"color": theme.SERIES["red"], "width": 2, "dash": "dash"},
    }
    label = {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yanchor": "top",
        # On a logarithmic axis plotly places lines by their value, but texts by its logarithm.
        "y": log10(at) if logarithmic else at,
        "align": "left",
        "showarrow": False,
        "text": theme.wrapped(reference.label, theme.LINE_CHARACTERS),
    }
    return line, label


def _upright(year: float, width: int, dash: str) -> Mark:
    return {
        "type": "line",
        "yref": "y domain",
        "x0": year,
        "x1": year,
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.SERIES["grey"], "width": width, "dash": dash},
    }


def _above(year: float, text: str, **more: Any) -> Mark:
    at = {"x": year, "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    return {**at, "text": text, **more}


def changes(breaks: Sequence[Break], middle: float) -> Iterator[tuple[Mark, Mark]]:
    """Mark each break with a line, and over the chart, where it hides no figure, what changes there.

    A label reaches from its line towards the `middle` of the chart.
    """
    height = _NOTES_PX
    for row, each in enumerate(breaks):
        year = (int(each.last) + int(each.first)) / 2
        side = "right" if year > middle else "left"
        text = _worded(each)
        style = {"xanchor": side, "align": side, "font": {"size": 11}, "borderpad": 0}
        yield (
            _upright(year, 2, "dash"),
            _above(year, text, yshift=height, **style) if row < _LABELLED_BREAKS else {},
        )
        height += _height_px(text)


def with_breaks(points: pd.DataFrame) -> pd.DataFrame:
    """Set nothing between two neighbours by different sources, so that no line joins them.

    `points` has `x`, and `source_id` if it is known; between two of them stands an `x` without all else.
    """
    if "source_id" not in points:
        return points
    source = points["source_id"]
    told = source.notna() & source.shift().notna()
    others = points[told & (source != source.shift())]
    if others.empty:
        return points
    between = others.assign(**dict.fromkeys(others.columns)).assign(x=others["x"] - 0.5)
    return pd.concat([points, between]).sort_values("x", kind="stable")


def headroom(notes: Sequence[Note], breaks: Sequence[Break]) -> int:
    """What stands over the chart, in pixels."""
    labels = sum(_height_px(_worded(each)) for each in breaks[:_LABELLED_BREAKS])
    return (28 if notes or breaks else 8) + labels


def _worded(each: Break) -> str:
    return theme.wrapped(f"{each.label} ▾", _BREAK_CHARACTERS)


def _height_px(text: str) -> int:
    return _LINE_PX * (1 + text.count("<br>")) + 4


def events(notes: Sequence[Note]) -> Iterator[tuple[Mark, Mark]]:
    """Mark each event with a line, and those too close to be told apart with one label."""
    labels: list[tuple[float, list[str]]] = []
    for note in notes:
        year = year_of(note.date)
        yield _upright(year, 1, "dot"), {}
        if labels and year - labels[-1][0] < _CLOSE_YEARS:
            labels[-1][1].append(str(note.number))
        else:
            labels.append((year, [str(note.number)]))
    for year, numbers in labels:
        yield {}, _above(year, ", ".join(numbers))


def log_ticks(values: Iterable[float], unit: str, locale: Locale) -> dict[str, list[Any]]:
    """Ticks at 1, 2 and 5 of each power of ten, written in full; plotly would leave out the zeros."""
    shown = [locale.shown(value, unit) for value in values]
    powers = range(floor(log10(min(shown))), ceil(log10(max(shown))) + 1) if shown else ()
    ticks = [(digit * 10.0**power, max(0, -power)) for power in powers for digit in (1, 2, 5)]
    return {
        "tickvals": [tick for tick, _decimals in ticks],
        "ticktext": [locale.number(tick, decimals) for tick, decimals in ticks],
    }
