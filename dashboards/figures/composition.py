"""What a total is made of, year by year."""

from __future__ import annotations

from itertools import cycle

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale

_COLOURS = ("teal", "gold", "blue", "plum", "red", "violet")


def composition(frame: pd.DataFrame, unit: str, locale: Locale) -> go.Figure:
    """Draw stacked bars, one colour per series; parts below zero hang under the axis."""
    figure = go.Figure()
    for colour, (name, rows) in zip(
        cycle(_COLOURS), frame.groupby("series", sort=False), strict=False
    ):
        figure.add_bar(
            name=str(name),
            x=[int(period) for period in rows["period"]],
            y=[locale.shown(value, unit) for value in rows["value"]],
            customdata=[
                f"<b>{locale.quantity(value, value, unit)}</b><br>{name}, {locale.period(period)}"
                for value, period in zip(rows["value"], rows["period"], strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
            marker={"color": theme.SERIES[colour]},
        )
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        barmode="relative",
        bargap=0.15,
        xaxis={"tickformat": "d", "nticks": 9},
        height=420,
    )
    return figure
