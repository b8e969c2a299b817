"""Small multiples: a panel for each series, all on the same scale."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards import theme
from dashboards.i18n import Locale
from dashboards.marks import with_breaks
from warehouse.catalog import FIRM

_COLUMNS = 2
"""More would be too narrow on a phone, for which no figure is made of its own."""
_PANEL_PX, _GAP_PX = 150, 46
_CONTEXT = "rgba(117,128,140,0.35)"
_TITLE_CHARACTERS = 22


def multiples(frame: pd.DataFrame, unit: str, locale: Locale) -> go.Figure:
    """Draw a panel for each series, in the order of their first rows, with all others faint behind.

    `frame` has `series`, `period` (years), `value` in the kept unit and `status`. Lines break where a
    year is missing and, if there is `source_id`, where it changes; what is not final is hollow.
    """
    points = frame.assign(year=frame["period"].astype(int))
    series = {str(name): _yearly(rows) for name, rows in points.groupby("series", sort=False)}
    rows = max(1, ceil(len(series) / _COLUMNS))
    height = rows * (_PANEL_PX + _GAP_PX) + _GAP_PX
    figure = make_subplots(
        rows=rows,
        cols=_COLUMNS,
        shared_xaxes="all",
        shared_yaxes="all",
        horizontal_spacing=0.04,
        vertical_spacing=_GAP_PX / (height - _GAP_PX) if rows > 1 else 0,
        subplot_titles=[theme.wrapped(name, _TITLE_CHARACTERS) for name in series],
    )
    for at, (name, own) in enumerate(series.items()):
        place = {"row": at // _COLUMNS + 1, "col": at % _COLUMNS + 1}
        for trace in (_others(series, name, unit, locale), *_own(name, own, unit, locale)):
            figure.add_trace(trace, **place)
    figure.update_annotations(font={"size": 13}, yshift=2)
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        height=height,
        margin={"t": _GAP_PX, "b": 8},
        showlegend=False,
    )
    figure.update_xaxes(tickformat="d", nticks=4).update_yaxes(nticks=5)
    for at in range(max(0, len(series) - _COLUMNS), len(series)):
        # The lowest panel of a column need not stand in the lowest row.
        figure.update_xaxes(showticklabels=True, row=at // _COLUMNS + 1, col=at % _COLUMNS + 1)
    return figure


def _yearly(rows: pd.DataFrame) -> pd.DataFrame:
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    whole = rows.set_index("year").reindex(years).rename_axis("x").reset_index()
    return with_breaks(whole).set_index("x")


def _shown(values: pd.Series, unit: str, locale: Locale) -> list[float | None]:
    return [None if pd.isna(value) else locale.shown(value, unit) for value in values]


def _others(series: Mapping[str, pd.DataFrame], name: str, unit: str, locale: Locale) -> go.Scatter:
    """Every other series as one faint line with breaks, to compare with."""
    x: list[int | None] = []
    y: list[float | None] = []
    for other, rows in series.items():
        if other != name:
            x += [*rows.index, None]
            y += [*_shown(rows["value"], unit, locale), None]
    line = {"color": _CONTEXT, "width": 1}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")


def _own(name: str, rows: pd.DataFrame, unit: str, locale: Locale) -> Iterator[go.Scatter]:
    firm = rows["status"].isin(FIRM) | rows["value"].isna()
    yield go.Scatter(
        name=name,
        x=list(rows.index),
        y=_shown(rows["value"], unit, locale),
        customdata=[
            "" if pd.isna(row["value"]) else _hover(name, year, row, unit, locale)
            for year, row in zip(rows.index, rows.to_dict("records"), strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        mode="lines+markers",
        line={"color": theme.SERIES["blue"], "width": 2},
        marker={"size": 5, "symbol": ["circle" if each else "circle-open" for each in firm]},
    )


def _hover(name: str, year: int, row: Mapping[Hashable, Any], unit: str, locale: Locale) -> str:
    value = row["value"]
    words = [f"<b>{locale.quantity(value, value, unit)}</b>", f"{name}, {year}"]
    if row["status"] not in FIRM:
        words.append(locale.status(str(row["status"])))
    return "<br>".join(words)
