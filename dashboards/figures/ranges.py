"""What was said before and after, as ranges: one row per statement, never joined into a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale
from warehouse.catalog import Span, ends

_LINE_PX = 17
_BAR_PX = 16
_GAP_PX = 16
_HALF_WIDTH = 0.012
"""A single number is drawn this wide to either side, as a share of the axis, so that it is seen."""


@dataclass(frozen=True)
class Statement:
    """One row: what was said, where it was before if told, or the plan; a heading has none."""

    label: str
    before: Span | None = None
    now: Span | None = None
    plan: Span | None = None

    @property
    def spans(self) -> tuple[Span | None, Span | None, Span | None]:
        """Before, now and plan."""
        return self.before, self.now, self.plan


def ranges(
    statements: Sequence[Statement],
    unit: str,
    locale: Locale,
    names: tuple[str, str, str],
    *,
    from_zero: bool = False,
) -> go.Figure:
    """Draw each statement's ranges on its own row under its label.

    `names` are what to call before, now and plan. The vertical axis counts pixels from the top, so
    that labels of one and two lines both sit tight. Amounts, unlike days that may be a range, are
    drawn `from_zero`.
    """
    bounds = (ends(span)[1] for row in statements for span in row.spans if span)
    largest = max(bounds, default=1.0)
    figure = go.Figure()
    levels, height = _layout_rows(statements)
    for kind, (name, colour) in enumerate(zip(names, ("grey", "blue", "red"), strict=True)):
        drawn = [(level, row.spans[kind]) for level, row in zip(levels, statements, strict=True)]
        spans = [(level, span) for level, span in drawn if span]
        if spans:
            half = largest * _HALF_WIDTH
            bars = _bars(spans, name, colour, unit=unit, locale=locale, half=half)
            figure.add_bar(**(bars | _from_zero(spans) if from_zero else bars))
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        barmode="overlay",
        xaxis={
            "title": {"text": locale.unit(unit)},
            "range": [0, largest * 1.3],
            "showgrid": True,
            "separatethousands": True,
            "exponentformat": "none",
            "nticks": 6,
        },
        yaxis={"visible": False, "range": [height, 0], "fixedrange": True},
        height=height + 90,
        annotations=list(map(_label, statements, levels)),
        legend={"y": 1, "yanchor": "bottom"},
    )
    return figure


def _layout_rows(statements: Sequence[Statement]) -> tuple[list[float], int]:
    """Place the middle of each row's bar, in pixels from the top, and tell the whole height."""
    levels, top = [], 0
    for statement in statements:
        bar = _BAR_PX if any(statement.spans) else 0
        top += _LINE_PX * (1 + _wrapped(statement).count("<br>"))
        levels.append(top + bar / 2)
        top += bar + _GAP_PX
    return levels, top


def _wrapped(statement: Statement) -> str:
    return theme.wrapped(statement.label, theme.LINE_CHARACTERS)


def _label(statement: Statement, level: float) -> dict[str, object]:
    is_heading = not any(statement.spans)
    text = _wrapped(statement)
    return {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": level,
        "yanchor": "bottom",
        "yshift": 0 if is_heading else _BAR_PX / 2,
        "borderpad": 0,
        "showarrow": False,
        "align": "left",
        "text": f"<b>{text}</b>" if is_heading else text,
    }


def _bars(
    spans: Sequence[tuple[float, Span]],
    name: str,
    colour: str,
    *,
    unit: str,
    locale: Locale,
    half: float,
) -> dict[str, object]:
    written = [locale.quantity(*span, unit) for _level, span in spans]
    drawn = [ends(span) for _level, span in spans]
    return {
        "name": name,
        "orientation": "h",
        "y": [level for level, _span in spans],
        "base": [low - half * (low == high) for low, high in drawn],
        "x": [max(high - low, 2 * half) for low, high in drawn],
        "width": _BAR_PX,
        "text": [locale.bare(span) for _level, span in spans],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [f"<b>{text}</b><br>{name}" for text in written],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"color": theme.SERIES[colour]},
    }


def _from_zero(spans: Sequence[tuple[float, Span]]) -> dict[str, object]:
    return {"base": 0, "x": [ends(span)[1] for _level, span in spans]}
