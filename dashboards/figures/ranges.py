"""What was said before and after, as ranges: one row per statement, never joined into a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale

_ROW_PX = 58
_HALF_DAY = 0.25
"""A single number is drawn this wide to either side, so that it can be seen as a bar."""


@dataclass(frozen=True)
class Statement:
    """One row: what was said, where it was before if told, and the plan if there was one."""

    label: str
    now: tuple[float, float] | None
    before: tuple[float, float] | None = None
    plan: tuple[float, float] | None = None


def ranges(
    statements: Sequence[Statement], unit: str, locale: Locale, names: tuple[str, str, str]
) -> go.Figure:
    """Draw each statement's ranges on its own row under its label.

    `names` are what to call before, now and plan in the legend.
    """
    figure = go.Figure()
    kinds = (("before", "grey"), ("now", "blue"), ("plan", "red"))
    for (kind, colour), name in zip(kinds, names, strict=True):
        drawn = [
            (row, getattr(statement, kind))
            for row, statement in enumerate(statements)
            if getattr(statement, kind)
        ]
        if drawn:
            figure.add_bar(**_bars(drawn, name, colour, unit, locale))
    for row, statement in enumerate(statements):
        figure.add_annotation(
            xref="paper", x=0, xanchor="left", y=row, yshift=20, showarrow=False,
            align="left", text=statement.label,
        )  # fmt: skip
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        barmode="overlay",
        xaxis={"title": {"text": locale.unit(unit)}, "rangemode": "tozero", "showgrid": True},
        yaxis={"visible": False, "range": [len(statements) - 0.4, -0.9]},
        height=_ROW_PX * len(statements) + 110,
        legend={"y": 1.02, "yanchor": "bottom"},
    )
    return figure


def _bars(
    drawn: Sequence[tuple[int, tuple[float, float]]],
    name: str,
    colour: str,
    unit: str,
    locale: Locale,
) -> dict[str, object]:
    written = [locale.quantity(low, high, unit) for _row, (low, high) in drawn]
    return {
        "name": name,
        "orientation": "h",
        "y": [row for row, _range in drawn],
        "base": [low - _HALF_DAY * (low == high) for _row, (low, high) in drawn],
        "x": [max(high - low, 2 * _HALF_DAY) for _row, (low, high) in drawn],
        "width": 0.26,
        "text": written,
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [f"<b>{text}</b><br>{name}" for text in written],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"color": theme.SERIES[colour]},
    }
