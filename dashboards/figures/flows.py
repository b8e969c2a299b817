"""Who sends how much to whom, as bands between exporters and importers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import cycle
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale
from warehouse.catalog import FIRM

_COLOURS = ("blue", "gold", "teal", "plum", "red", "violet", "grey")
_BAND_OPACITY = 0.4
_LARGEST_NODE_PX = 56
_UNIT = "USD"
_SMALL = 0.1
"""Sums below this are written with one decimal more."""


def flows(frame: pd.DataFrame, names: Mapping[str, str], locale: Locale) -> go.Figure:
    """Draw exporters on the left, importers on the right, and a band for each flow between them.

    `frame` has `exporter` and `importer` (codes, of which `names` are what the reader calls them),
    `period`, `value_usd`, `status` and `source`, as the reader calls whoever's figure it is; one row
    per flow. What is missing or zero has no band. An economy keeps its colour on both sides.
    """
    known = frame[frame["value_usd"] > 0]
    sums = {side: known.groupby(side)["value_usd"].sum() for side in ("exporter", "importer")}
    totals = sums["exporter"].add(sums["importer"], fill_value=0).sort_values(ascending=False)
    colours = dict(zip(totals.index, cycle(_COLOURS), strict=False))
    ends = [(side, code) for side in sums for code in totals.index if code in sums[side]]
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node=_nodes(ends, sums, colours, names, locale),
            link={
                "source": [ends.index(("exporter", code)) for code in known["exporter"]],
                "target": [ends.index(("importer", code)) for code in known["importer"]],
                "value": _shown(list(known["value_usd"]), locale),
                "color": [
                    theme.translucent(colours[code], _BAND_OPACITY) for code in known["exporter"]
                ],
                "customdata": [_hover(row, names, locale) for row in known.to_dict("records")],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
        )
    )
    rows = max(len(sums["exporter"]), len(sums["importer"]), 3)
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        margin={"t": 16, "b": 16},
        height=120 + _LARGEST_NODE_PX * rows,
    )
    return figure


def _nodes(
    ends: Sequence[tuple[str, str]],
    sums: Mapping[str, pd.Series],
    colours: Mapping[str, str],
    names: Mapping[str, str],
    locale: Locale,
) -> dict[str, Any]:
    told = {
        "exporter": lambda name: locale.text("{economy}: exports", economy=name),
        "importer": lambda name: locale.text("{economy}: imports", economy=name),
    }
    values = [sums[side][code] for side, code in ends]
    shown = [locale.number(value, 1 if value >= _SMALL else 2) for value in _shown(values, locale)]
    return {
        "label": [f"{names[code]} {number}" for (_, code), number in zip(ends, shown, strict=True)],
        "color": [theme.SERIES[colours[code]] for _, code in ends],
        "customdata": [
            f"<b>{locale.quantity(value, value, _UNIT)}</b><br>{told[side](names[code])}"
            for (side, code), value in zip(ends, values, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
        "thickness": 14,
        "pad": 14,
        "line": {"width": 0},
    }


def _shown(values: Sequence[float], locale: Locale) -> list[float]:
    return [locale.shown(value, _UNIT) for value in values]


def _hover(row: Mapping[Hashable, Any], names: Mapping[str, str], locale: Locale) -> str:
    value = row["value_usd"]
    words = [
        f"<b>{locale.quantity(value, value, _UNIT)}</b>",
        f"{names[row['exporter']]} → {names[row['importer']]}, {locale.period(str(row['period']))}",
        str(row["source"]),
    ]
    if row["status"] not in FIRM:
        words.append(locale.status(str(row["status"])))
    return "<br>".join(words)
