"""Several figures of each of a few things side by side, as bars that lie down."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale
from warehouse.catalog import FIRM

_COLOURS = ("blue", "gold", "teal", "plum", "red", "violet")
_LINE_PX, _BAR_PX, _GAP_PX, _LEGEND_PX = 18, 17, 14, 24
_ROOM_PX = 50
"""Room for the axis below the bars."""
_SMALL = 10
"""Amounts below it are written with a decimal."""


def grouped(frame: pd.DataFrame, unit: str, locale: Locale, lead: str = "") -> go.Figure:
    """Draw `value` of each `label` by `series`, columns `label, series, value, status`.

    Labels and series stand in the order of their first rows, each label over its bars, so that long
    ones fit a phone. What is missing has no bar, what is not final is hatched. `lead` is the label to
    set in bold.
    """
    figure = go.Figure()
    labels = list(dict.fromkeys(frame["label"]))
    names = list(dict.fromkeys(frame["series"]))
    written = {label: theme.wrapped(str(label), theme.LINE_CHARACTERS) for label in labels}
    lines = max((text.count("<br>") + 1 for text in written.values()), default=1)
    band_px = lines * _LINE_PX + len(names) * _BAR_PX + _GAP_PX
    places = {label: place for place, label in enumerate(labels)}
    for position, name in enumerate(names):
        rows = frame[(frame["series"] == name) & frame["value"].notna()]
        # The legend is drawn as the first bar is: a firm one, if there is any.
        rows = rows.sort_values("status", key=lambda status: ~status.isin(FIRM), kind="stable")
        bar = _bars(rows, str(name), unit, locale, theme.SERIES[_COLOURS[position % len(_COLOURS)]])
        # A band is one unit high: the label at its top, the bars under it, then the gap.
        bar.update(
            y=[places[label] for label in rows["label"]],
            offset=-0.5 + (lines * _LINE_PX + position * _BAR_PX) / band_px,
            width=_BAR_PX / band_px * 0.9,
        )
        figure.add_trace(bar)
    for label, place in places.items():
        figure.add_annotation(
            xref="paper", x=0, xanchor="left", y=place - 0.5 + lines * _LINE_PX / band_px,
            yanchor="bottom", showarrow=False, align="left", borderpad=0,
            text=f"<b>{written[label]}</b>" if label == lead else written[label],
        )  # fmt: skip
    plot_px = band_px * max(len(labels), 1)
    _lay_out(figure, locale, plot_px, names if len(names) > 1 else ())
    if (frame["value"] < 0).any():
        # The number beside the longest bar to the left would run out of the picture.
        figure.update_layout(margin={"l": 48})
    figure.update_yaxes(range=[len(labels) - 0.5, -0.5], visible=False, fixedrange=True)
    return figure


def _bars(rows: pd.DataFrame, name: str, unit: str, locale: Locale, colour: str) -> go.Bar:
    shown = [locale.shown(value, unit) for value in rows["value"]]
    return go.Bar(
        name=theme.wrapped(name, theme.LINE_CHARACTERS),
        orientation="h",
        x=shown,
        text=[locale.number(value, int(abs(value) < _SMALL)) for value in shown],
        textposition="outside",
        cliponaxis=False,
        customdata=[
            f"<b>{locale.quantity(value, value, unit)}</b><br>{label}<br>{name}"
            for value, label in zip(rows["value"], rows["label"], strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "color": colour,
            "pattern": {
                "shape": ["" if status in FIRM else "/" for status in rows["status"]],
                "fillmode": "overlay",
            },
        },
    )


def _lay_out(figure: go.Figure, locale: Locale, plot_px: int, legend: Sequence[str]) -> None:
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        barmode="overlay",
        xaxis={
            "nticks": 5,
            "showgrid": True,
            "rangemode": "tozero",
            "tickangle": 0,
            "separatethousands": True,
            # Otherwise 5,000 is written as 5k, which is no word of ours.
            "exponentformat": "none",
        },
        showlegend=bool(legend),
        legend={"y": -round(32 / plot_px, 3), "traceorder": "normal"},
        margin={"l": 12, "r": 52},
        height=plot_px + _ROOM_PX + _LEGEND_PX * len(legend),
    )
