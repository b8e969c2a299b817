"""Who made a sum grow, and by how much: one bar each, to either side of zero."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale

_BAR_PX = 34
_LABEL_CHARACTERS = 18
_CHARACTER_PX = 8


def contribution(frame: pd.DataFrame, unit: str, locale: Locale) -> go.Figure:
    """Draw what each series contributed, the first row on top; a fall is hatched and on the left.

    `frame` has `series`, `points`, in percentage points of the growth of the sum, and `change`, in the
    kept `unit` of the figures.
    """
    said = [
        f"<b>{locale.signed(points, 1)}</b> ({_amount(change, unit, locale)})<br>{name}"
        for points, change, name in zip(
            frame["points"], frame["change"], frame["series"], strict=True
        )
    ]
    widest = max((abs(points) for points in frame["points"]), default=0.0) or 1.0
    lowest, highest = min(0.0, frame["points"].min()), max(0.0, frame["points"].max())
    labels = [theme.wrapped(name, _LABEL_CHARACTERS) for name in frame["series"]]
    longest = max((len(line) for label in labels for line in label.split("<br>")), default=0)
    figure = go.Figure()
    figure.add_bar(
        orientation="h",
        y=labels,
        x=list(frame["points"]),
        text=[locale.signed(points, 1) for points in frame["points"]],
        textposition="outside",
        cliponaxis=False,
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "color": [theme.SERIES["teal" if each >= 0 else "red"] for each in frame["points"]],
            "pattern": {"shape": ["" if each >= 0 else "/" for each in frame["points"]]},
        },
    )
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        showlegend=False,
        bargap=0.25,
        xaxis={
            "title": {"text": locale.unit("percentage points")},
            "showgrid": True,
            "zeroline": True,
            # Room for the numbers that stand outside of the bars.
            "range": [
                lowest - widest * (0.25 if lowest < 0 else 0.02),
                highest + widest * (0.25 if highest > 0 else 0.02),
            ],
        },
        # With few bars on a narrow screen plotly would not settle on margins of its own.
        yaxis={"autorange": "reversed", "automargin": False},
        margin={"l": longest * _CHARACTER_PX + 12},
        height=max(3, len(frame)) * _BAR_PX + 90,
    )
    return figure


def _amount(change: float, unit: str, locale: Locale) -> str:
    return "+" * (change > 0) + locale.quantity(change, change, unit)
