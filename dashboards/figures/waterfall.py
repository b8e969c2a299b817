"""How days add up along a way, leg by leg, each as a range; what no source states is left empty."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale
from warehouse.catalog import Span, ends

_LINE_PX, _BAR_PX, _GAP_PX = 16, 18, 10
_UNIT = "days"


@dataclass(frozen=True)
class _Step:
    """A row: what it is called, where its bar begins, how long it is, and what is told of it."""

    label: str
    begin: float
    span: Span | None
    told: str


def waterfall(frame: pd.DataFrame, locale: Locale, *, total: str = "") -> go.Figure:
    """Draw a row per leg: solid for the fewest days, hatched up to the most; each begins where the
    fewest days of those before it end.

    `frame` has `label`, `low` and `high` in days (an open end missing; both missing where no source
    states the leg), and `source`, as the reader calls it, in the order of the way. A row called
    `total` adds up what is stated, open where a leg is. Rows of which a column `whole` is true speak of
    the whole way: they stand last, begin at nought and are added to nothing.
    """
    steps = _steps(frame, locale, total)
    levels, height = _levels(steps)
    drawn = [(level, step) for level, step in zip(levels, steps, strict=True) if step.span]
    figure = go.Figure(_bars(drawn, locale))
    for level, step in zip(levels, steps, strict=True):
        figure.add_annotation(**_label(step, level))
        if not step.span:
            words = locale.text("no source states it")
            figure.add_annotation(
                x=step.begin, y=level, text=f"<i>{words}</i>", xanchor="left", showarrow=False
            )
    largest = max((step.begin + ends(step.span)[1] for _, step in drawn if step.span), default=1.0)
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        barmode="overlay",
        xaxis={
            "title": {"text": locale.unit(_UNIT)},
            "range": [0, largest * 1.2],
            "showgrid": True,
        },
        yaxis={"visible": False, "range": [height, 0], "fixedrange": True},
        height=height + 90,
        legend={"y": 1, "yanchor": "bottom"},
    )
    return figure


def _steps(frame: pd.DataFrame, locale: Locale, total: str) -> list[_Step]:
    steps: list[_Step] = []
    begin = 0.0
    parts = []
    for row in frame.to_dict("records"):
        span, is_whole = _span(row), bool(row.get("whole", False))
        told = [f"<b>{locale.quantity(*span, _UNIT)}</b>"] if span else []
        told += [str(row["label"]), *([str(row["source"])] if span else [])]
        steps.append(_Step(str(row["label"]), 0.0 if is_whole else begin, span, "<br>".join(told)))
        if not is_whole:
            parts.append(span)
            begin += (span and span[0]) or 0.0
    stated = [span for span in parts if span]
    if total and stated:
        is_open = len(stated) < len(parts) or any(high is None for _, high in stated)
        span = (begin, None if is_open else sum(high or 0.0 for _, high in stated))
        told = [f"<b>{locale.quantity(*span, _UNIT)}</b>", total]
        # The rows of the whole way stand last, under the sum that they are compared with.
        steps.insert(len(parts), _Step(f"<b>{total}</b>", 0.0, span, "<br>".join(told)))
    return steps


def _span(row: Mapping[Hashable, Any]) -> Span | None:
    low, high = (None if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
    return None if low is None and high is None else (low, high)


def _levels(steps: Sequence[_Step]) -> tuple[list[float], int]:
    """Place the middle of each row's bar, in pixels from the top, and tell the whole height."""
    levels, top = [], 0
    for step in steps:
        top += _LINE_PX * (1 + _wrapped(step.label).count("<br>"))
        levels.append(top + _BAR_PX / 2)
        top += _BAR_PX + _GAP_PX
    return levels, top


def _wrapped(label: str) -> str:
    return theme.wrapped(label, theme.LINE_CHARACTERS)


def _label(step: _Step, level: float) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": level,
        "yanchor": "bottom",
        "yshift": _BAR_PX / 2,
        "borderpad": 0,
        "showarrow": False,
        "align": "left",
        "text": _wrapped(step.label),
    }


def _bars(drawn: Sequence[tuple[float, _Step]], locale: Locale) -> list[go.Bar]:
    """The fewest days as one trace, what may come on top as another; the last of a row says the range."""
    fewest, most = [], []
    for level, step in drawn:
        low, high = step.span or (None, None)
        least = low or 0.0
        is_range = high is not None and high > least
        written = locale.bare((low, high))
        fewest.append((level, step, step.begin, least, "" if is_range else written))
        if high is not None and is_range:
            most.append((level, step, step.begin + least, high - least, written))
    blue, clear = theme.SERIES["blue"], "rgba(0,0,0,0)"
    hatched = {
        "color": clear,
        "line": {"width": 1, "color": blue},
        "pattern": {"shape": "/", "fgcolor": blue, "bgcolor": clear, "size": 6},
    }
    return [
        _bar(fewest, locale.text("fewest days"), {"color": blue}),
        _bar(most, locale.text("up to the most days"), hatched),
    ]


def _bar(
    parts: Sequence[tuple[float, _Step, float, float, str]], name: str, marker: Mapping[str, Any]
) -> go.Bar:
    return go.Bar(
        name=name,
        orientation="h",
        y=[level for level, *_ in parts],
        base=[base for _, _, base, _, _ in parts],
        x=[length for _, _, _, length, _ in parts],
        width=_BAR_PX,
        text=[written for *_, written in parts],
        textposition="outside",
        cliponaxis=False,
        customdata=[step.told for _, step, *_ in parts],
        hovertemplate="%{customdata}<extra></extra>",
        marker=marker,
    )
