"""One flow as both of its sides report it, the gap between them, and the estimate beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale
from warehouse.catalog import FIRM

_STYLES = {"exporter": ("blue", "circle"), "importer": ("gold", "diamond")}
"""Each side keeps its colour and its mark, so that the two are told apart without colour too."""
_GAP = "rgba(117,128,140,0.3)"


@dataclass(frozen=True)
class Names:
    """What the two sides, the gap between them and the estimate are called."""

    exporter: str
    importer: str
    gap: str
    estimate: str


def mirror(frame: pd.DataFrame, names: Names, unit: str, locale: Locale) -> go.Figure:
    """Draw a line for each side, the gap between them shaded, and a dotted line for the estimate.

    `frame` has one row per year with `period` and, per side, `…_value_usd` and `…_status`; the
    `reconciled_usd` is drawn only where both sides speak. Lines break where a year is missing; what
    is not final is hollow.
    """
    points = frame.assign(year=frame["period"].astype(int)).set_index("year")
    span = range(int(points.index.min()), int(points.index.max()) + 1)
    points = points.reindex(span)
    figure = go.Figure([*_gaps(points, names, unit, locale), *_sides(points, names, unit, locale)])
    both = points[[f"{side}_value_usd" for side in _STYLES]].notna().all(axis=1)
    if both.any():
        figure.add_trace(_estimate(points.where(both), names, unit, locale))
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        xaxis={"tickformat": "d", "nticks": 9},
        height=400,
    )
    return figure


def _sides(points: pd.DataFrame, names: Names, unit: str, locale: Locale) -> Iterator[go.Scatter]:
    for side, (colour, mark) in _STYLES.items():
        values = points[f"{side}_value_usd"]
        if values.notna().any():
            name = getattr(names, side)
            is_firm = points[f"{side}_status"].isin(FIRM) | values.isna()
            yield go.Scatter(
                name=theme.wrapped(name, theme.LINE_CHARACTERS),
                x=list(points.index),
                y=_shown(values, unit, locale),
                customdata=_hovers(values, name, unit, locale),
                hovertemplate="%{customdata}<extra></extra>",
                mode="lines+markers",
                line={"color": theme.SERIES[colour], "width": 2},
                marker={
                    "size": 7,
                    "symbol": [mark if firm else f"{mark}-open" for firm in is_firm],
                },
            )


def _estimate(points: pd.DataFrame, names: Names, unit: str, locale: Locale) -> go.Scatter:
    values = points["reconciled_usd"]
    return go.Scatter(
        name=theme.wrapped(names.estimate, theme.LINE_CHARACTERS),
        x=list(points.index),
        y=_shown(values, unit, locale),
        customdata=_hovers(values, names.estimate, unit, locale),
        hovertemplate="%{customdata}<extra></extra>",
        mode="lines",
        line={"color": theme.SERIES["teal"], "width": 2, "dash": "dot"},
    )


def _gaps(points: pd.DataFrame, names: Names, unit: str, locale: Locale) -> Iterator[go.Scatter]:
    """Shade each run of years in which both sides speak; years apart are not joined."""
    sides = points[[f"{side}_value_usd" for side in _STYLES]]
    both = sides.notna().all(axis=1)
    run = (both != both.shift()).cumsum()[both]
    is_named = True
    for _number, years in sides[both].groupby(run):
        outline = pd.concat([years.iloc[:, 0], years.iloc[::-1, 1]])
        yield go.Scatter(
            name=theme.wrapped(names.gap, theme.LINE_CHARACTERS),
            legendgroup="gap",
            showlegend=is_named,
            x=list(outline.index),
            y=_shown(outline, unit, locale),
            mode="lines",
            line={"width": 0, "color": _GAP},
            fill="toself",
            fillcolor=_GAP,
            hoverinfo="skip",
        )
        is_named = False


def _shown(values: pd.Series, unit: str, locale: Locale) -> list[float | None]:
    return [None if pd.isna(value) else locale.shown(value, unit) for value in values]


def _hovers(values: pd.Series, name: str, unit: str, locale: Locale) -> list[str]:
    return [
        "" if pd.isna(value) else f"<b>{locale.quantity(value, value, unit)}</b><br>{name}, {year}"
        for year, value in values.items()
    ]
