"""A chart as a value: what it says, the figures that it is drawn from, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from warehouse.catalog import Amount, Observation, Source, Target

FIGURES = (
    *("series", "period", "value", "low", "high", "unit"),
    *("status", "source_id", "vintage", "place"),
)
"""Columns of every exhibit's figures, one row per figure: `value` or `low`–`high` in the kept `unit`."""


@dataclass(frozen=True)
class Exhibit:
    """What a page shows, files hold and a citation names: one set of figures under one title.

    `data` has the columns `FIGURES`, then any others; its rows stand in the order of the reader.
    What lists no figures, as what was refused, has columns of its own and no `figure`.
    `summary` says in words what the drawing shows; `remarks` are what a file must say besides.
    """

    name: str
    title: str
    subtitle: str
    summary: str
    data: pd.DataFrame
    sources: Sequence[Source]
    figure: go.Figure | None = None
    remarks: Sequence[str] = ()


def figures(frame: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Bring a series into the columns of an exhibit: what it lacks is missing, what it has more stays.

    `unit` is that of all rows, the kept one; a frame that has units of its own keeps them.
    """
    made = frame if "unit" in frame else frame.assign(unit=unit)
    lacking = [name for name in FIGURES if name not in made]
    made = made.assign(**dict.fromkeys(lacking))
    return made[[*FIGURES, *(name for name in made.columns if name not in FIGURES)]].reset_index(
        drop=True
    )


def of_figure(series: str, figure: Observation) -> dict[str, Any]:
    """A figure as a row of an exhibit, without its unit, which the indicator knows."""
    return _of_amount(series, figure) | {
        "period": figure.period,
        "status": figure.status,
        "source_id": figure.source.id,
        "vintage": figure.vintage,
        "place": figure.place,
    }


def of_target(series: str, target: Target) -> dict[str, Any]:
    """A target as such a row: its period is the due date, its vintage the day of the statement."""
    return _of_amount(series, target) | {
        "period": target.due,
        "status": "stated",
        "source_id": target.source.id,
        "vintage": target.stated_on,
        "place": target.place,
    }


def _of_amount(series: str, amount: Amount) -> dict[str, Any]:
    return {"series": series, "value": amount.value, "low": amount.low, "high": amount.high}
