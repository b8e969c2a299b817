"""Yearly volumes as bars, with every rival figure beside the one that is preferred."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import cycle
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale


def volume(frame: pd.DataFrame, unit: str, locale: Locale) -> go.Figure:
    """Draw the first series as bars and every other as dots, so that a conflict is seen.

    An estimate's bar is hatched. Where the frame has `contradicts`, a report of which it is true is
    crossed out, and the sign ≠ over the year says by which `deviation`, a share, at the most.
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
            marker = {"color": colour, "size": 10, "symbol": _symbols(rows)}
            figure.add_scatter(**common, mode="markers", marker=marker)
    for note in _contradictions(frame, locale):
        figure.add_annotation(note)
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        bargap=0.35,
        xaxis={"tickformat": "d", "dtick": 1},
        height=380,
    )
    return figure


def _symbols(rows: pd.DataFrame) -> list[str]:
    disputed = rows["contradicts"] if "contradicts" in rows else [False] * len(rows)
    return ["x" if each else "diamond" for each in disputed]


def _contradictions(frame: pd.DataFrame, locale: Locale) -> Iterator[dict[str, Any]]:
    """A sign over the reports of a year that contradict each other: by how much at the most."""
    if "contradicts" not in frame:
        return
    for period, rows in frame[frame["contradicts"]].groupby("period"):
        shares = rows["deviation"].dropna()
        largest = max(map(float, shares), key=abs)
        yield {
            "x": int(str(period)),
            "y": float(rows["value"].max()),
            "text": f"≠ {locale.change(largest, largest)}",
            "showarrow": False,
            "yanchor": "bottom",
            "yshift": 6,
        }


def _hover(name: str, row: Mapping[Hashable, Any], unit: str, locale: Locale) -> str:
    value = float(str(row["value"]))
    words = [
        f"<b>{locale.quantity(value, value, unit)}</b>",
        f"{name}, {locale.period(str(row['period']))}",
        locale.status(str(row["status"])),
    ]
    return "<br>".join(words)
