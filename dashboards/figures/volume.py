"""Yearly volumes as bars, with every rival figure beside the one that is preferred."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import cycle
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale


def volume(frame: pd.DataFrame, unit: str, locale: Locale) -> go.Figure:
    """Draw the first series as bars and every other as dots, so that a conflict is seen.

    An estimate's bar is hatched.
    """
    figure = go.Figure()
    dots = cycle(("gold", "plum", "red", "violet", "teal", "grey"))
    # The legend shows the first bar, which should be a plain one.
    plain_first = frame.sort_values("status", key=lambda each: each == "estimate", kind="stable")
    order = list(dict.fromkeys(frame["series"]))
    for position, name in enumerate(order):
        rows = plain_first[plain_first["series"] == name]
        common: dict[str, Any] = {
            "name": theme.wrapped(str(name), theme.LINE_CHARACTERS),
            "x": [int(period) for period in rows["period"]],
            "y": list(rows["value"]),
            "customdata": [_hover(str(name), row, unit, locale) for row in rows.to_dict("records")],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        if position == 0:
            shapes = ["/" if status == "estimate" else "" for status in rows["status"]]
            blue = theme.SERIES["blue"]
            figure.add_bar(**common, marker={"color": blue, "pattern": {"shape": shapes}})
        else:
            colour = theme.SERIES[next(dots)]
            marker = {"color": colour, "size": 10, "symbol": "diamond"}
            figure.add_scatter(**common, mode="markers", marker=marker)
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        bargap=0.35,
        xaxis={"tickformat": "d", "dtick": 1},
        height=380,
    )
    return figure


def _hover(name: str, row: Mapping[Hashable, Any], unit: str, locale: Locale) -> str:
    value = float(str(row["value"]))
    words = [
        f"<b>{locale.quantity(value, value, unit)}</b>",
        f"{name}, {locale.period(str(row['period']))}",
        locale.status(str(row["status"])),
    ]
    return "<br>".join(words)
