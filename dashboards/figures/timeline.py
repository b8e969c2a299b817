"""Ranges where they stand in time, one panel per thing that they are about, never joined into a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboards import theme
from dashboards.days import Axis, Bar, Kind, Panel
from dashboards.i18n import Locale
from dashboards.lettering import NARROW_PX, Word, lettered
from warehouse.catalog import ends

_COLOURS: Mapping[Kind, str] = {"before": "grey", "now": "blue", "plan": "red"}

_PANEL_PX = 210
_TITLE_LINE_PX = 18
_THINNEST = 0.02
"""A bar is at least this high, as a share of the axis, so that it is seen."""
_HEADROOM = 1.16
_LINE_HEADROOM = 0.08
"""Room above the highest bar, and for each line by which a word is raised."""
_DAY_MS = 86_400_000
_HOVER = "%{customdata}<extra></extra>"


@dataclass(frozen=True)
class Names:
    """What the legend calls the kinds of bars, and plans without a date; `middle` names the dots."""

    kinds: Mapping[Kind, str]
    undated: str
    middle: str = ""


def timeline(panels: Sequence[Panel], unit: str, locale: Locale, names: Names) -> go.Figure:
    """Draw each panel's ranges over the days they are about, all panels on the same days.

    An arrow leads from what was before to what is now, as one source tells both.
    """
    axis = Axis.of(panels)
    traces: list[go.Bar | go.Scatter] = []
    # One layout of all parts: plotly.py checks the whole of it at every change.
    layout: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    lines = [_title(panel).count("<br>") + bool(panel.title) for panel in panels]
    heights = [_PANEL_PX + _TITLE_LINE_PX * count for count in lines]
    whole, top = max(sum(heights), 1), 0
    for number, (panel, height, count) in enumerate(zip(panels, heights, lines, strict=True), 1):
        upper = 1 - (top + _TITLE_LINE_PX * (count + 0.6)) / whole
        top += height
        at = dict(_placed(panel, axis))
        words = _words(panel, axis, at, locale)
        traces += _traces(panel, axis, at, words, names=names, number=number)
        layout[_name("yaxis", number)] = {
            "domain": [1 - top / whole + 0.02, upper],
            "title": {"text": locale.unit(unit)},
            **_scale(panel, words),
        }
        notes += [_arrow(at[id(before)], before, now, number) for before, now in panel.changes]
        notes += [_heading(panel, upper)] * bool(panel.title)
    layout |= _undated(axis, names, notes) if axis.undated else {"annotations": notes}
    layout["xaxis"] = {"type": "date", "range": axis.range, "anchor": f"y{max(len(panels), 1)}"}
    layout |= {"template": theme.template(), "separators": locale.separators}
    layout |= {"barmode": "overlay", "legend": {"y": 1, "yanchor": "bottom"}}
    return go.Figure(_told_once(traces), layout | {"height": whole + 110})


def _undated(axis: Axis, names: Names, notes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A line behind the dates, and at the foot the word for what stands beyond it."""
    where = {
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": 0,
        "yref": "paper",
        "yanchor": "bottom",
    }
    line = {"type": "line", "x0": axis.end, "x1": axis.end, "y0": 0, "y1": 1, "yref": "paper"}
    return {
        "annotations": [
            *notes,
            {"text": names.undated, "showarrow": False, "yshift": 3, **where},
        ],
        "shapes": [line | {"line": {"dash": "dot", "color": theme.SERIES["grey"]}}],
    }


def _traces(
    panel: Panel,
    axis: Axis,
    at: Mapping[int, date],
    words: Mapping[int, str],
    *,
    names: Names,
    number: int,
) -> Iterator[go.Bar | go.Scatter]:
    """The bars of each kind, then the single values inside them."""
    thinnest = _largest(panel) * _THINNEST
    for kind in _COLOURS:
        bars = [bar for bar in panel.bars if bar.kind == kind]
        if bars:
            yield go.Bar(
                name=names.kinds[kind],
                legendgroup=kind,
                yaxis=_name("y", number),
                x=[at[id(bar)] for bar in bars],
                width=[axis.width(bar) * _DAY_MS for bar in bars],
                **_heights(bars, thinnest),
                text=[words[id(bar)] for bar in bars],
                textposition="outside",
                constraintext="none",
                cliponaxis=False,
                customdata=[bar.label for bar in bars],
                hovertemplate=_HOVER,
                marker=_look(kind, bars),
            )
    middles = [bar for bar in panel.bars if bar.middle is not None]
    if middles:
        yield go.Scatter(
            name=names.middle,
            legendgroup="middle",
            yaxis=_name("y", number),
            mode="markers",
            x=[at[id(bar)] for bar in middles],
            y=[bar.middle for bar in middles],
            customdata=[bar.label for bar in middles],
            hovertemplate=_HOVER,
            marker={"color": theme.SERIES["gold"], "size": 10, "symbol": "diamond"},
        )


def _words(panel: Panel, axis: Axis, at: Mapping[int, date], locale: Locale) -> dict[int, str]:
    """What stands above each bar, raised by empty lines where it would stand upon another."""
    first, last = axis.range
    across = NARROW_PX / (last - first).days
    up = _PANEL_PX / (_largest(panel) * _HEADROOM)
    bars = sorted(panel.bars, key=lambda bar: (at[id(bar)], ends(bar.span)))
    words = [
        Word(
            "" if bar.middle is not None else locale.bare(bar.span),
            (at[id(bar)] - first).days * across,
            ends(bar.span)[1] * up,
        )
        for bar in bars
    ]
    return {
        id(bar): text + "<br>\u00a0" * lines
        for bar, (text, lines) in zip(bars, lettered(words), strict=True)
    }


def _look(kind: Kind, bars: Sequence[Bar]) -> dict[str, Any]:
    shapes = ["/" if kind == "plan" or not bar.is_firm else "" for bar in bars]
    colour = theme.SERIES[_COLOURS[kind]]
    lines = [1.5 if shape else 0 for shape in shapes]
    return {
        "color": colour,
        "pattern": {"shape": shapes},
        "line": {"color": colour, "width": lines},
    }


def _placed(panel: Panel, axis: Axis) -> Iterable[tuple[int, date]]:
    undated = 0
    for bar in panel.bars:
        yield id(bar), axis.middle(bar, undated)
        undated += bar.last is None


def _heights(bars: Sequence[Bar], thinnest: float) -> dict[str, list[float]]:
    spans = [ends(bar.span) for bar in bars]
    return {
        "base": [low - thinnest / 2 * (low == high) for low, high in spans],
        "y": [max(high - low, thinnest) for low, high in spans],
    }


def _arrow(day: date, before: Bar, now: Bar, number: int) -> dict[str, Any]:
    top, bottom = ends(before.span)[0], ends(now.span)[1]
    return {
        "x": day,
        "y": bottom,
        "ax": day,
        "ay": top,
        "xref": "x",
        "axref": "x",
        "yref": _name("y", number),
        "ayref": _name("y", number),
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 1.5,
        "arrowcolor": theme.SERIES["grey"],
        "text": "",
        "standoff": 20,
        "startstandoff": 2,
    }


def _heading(panel: Panel, upper: float) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": upper,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 4,
        "borderpad": 0,
        "showarrow": False,
        "align": "left",
        "text": f"<b>{_title(panel)}</b>",
    }


def _title(panel: Panel) -> str:
    return theme.wrapped(panel.title, theme.LINE_CHARACTERS)


def _scale(panel: Panel, words: Mapping[int, str]) -> dict[str, Any]:
    raised = max((word.count("<br>") for word in words.values()), default=0)
    room = _HEADROOM + _LINE_HEADROOM * raised
    return {"range": [0, _largest(panel) * room], "nticks": 5, "fixedrange": True}


def _largest(panel: Panel) -> float:
    return max((ends(bar.span)[1] for bar in panel.bars), default=1.0) or 1.0


def _name(axis: str, number: int) -> str:
    return axis if number == 1 else f"{axis}{number}"


def _told_once(traces: Sequence[go.Bar | go.Scatter]) -> Sequence[go.Bar | go.Scatter]:
    """Name each kind once in the legend, however many panels have it."""
    seen: set[str] = set()
    for trace in traces:
        trace.showlegend = trace.legendgroup not in seen
        seen.add(trace.legendgroup)
    return traces
