"""The cards and the four charts that every peer shows, read with pandas and drawn with plotly express."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd
import plotly.express as px
from plotly.graph_objects import Figure

from benchmarks.places import WAREHOUSE

Flow = Literal["turnover", "exports", "imports"]
FLOWS: tuple[Flow, ...] = get_args(Flow)
"""What a reader chooses between: the three charts of trade are drawn anew for each."""

_CODES: dict[Flow, tuple[str, ...]] = {
    "turnover": ("export", "import"),
    "exports": ("export",),
    "imports": ("import",),
}

_TRADE = """
    SELECT trade_flow.period, economy.name_en AS partner, flow_code AS flow, value_usd
    FROM trade_flow
    JOIN group_partner USING (partner_code, period)
    JOIN economy ON economy.code = partner_code
    WHERE reporter_code = 'KAZ' AND product_code = 'TOTAL' AND scope = 'members_current'
      AND is_newest AND is_preferred AND flow_code IN ('export', 'import')
    ORDER BY period, partner
"""
_CARGO = """
    SELECT period, value AS kilotonnes FROM observation
    WHERE indicator_id = 'titr_volume' AND scope = 'ministry' AND is_newest AND is_preferred
    ORDER BY period
"""
_TARGET = "SELECT value FROM target WHERE id = ?"
_CARDS = """
    SELECT short_en AS title, unit, period, coalesce(value, low) AS low, coalesce(value, high) AS high
    FROM headline
    JOIN indicator ON indicator.id = headline.indicator_id
    JOIN observation USING (indicator_id, scope)
    WHERE is_newest AND is_preferred
    ORDER BY position, period
"""


@dataclass(frozen=True)
class Card:
    """The newest figure of a headline indicator, in words."""

    title: str
    value: str
    period: str


def cards() -> list[Card]:
    """The headline indicators, each with its newest figure."""
    newest = _read(_CARDS).groupby("title", sort=False).tail(1)
    return [
        Card(row["title"], f"{_span(row['low'], row['high'])} {row['unit']}", row["period"])
        for row in newest.to_dict("records")
    ]


def trade_charts(flow: Flow) -> tuple[Figure, Figure, Figure]:
    """Trade against its target, by partner, and what each partner contributed to its growth."""
    frame = trade(flow)
    return _against_target(frame, flow), _by_partner(frame, flow), _contributions(frame, flow)


def cargo_chart() -> Figure:
    """Cargo of the Trans-Caspian route against the plan for 2027."""
    figure = px.bar(_read(_CARGO), x="period", y="kilotonnes", title="Cargo, thousand tonnes")
    return figure.add_hline(y=_target("titr-10mt-2027"), line_dash="dash")


def trade(flow: Flow) -> pd.DataFrame:
    """Kazakhstan's yearly trade with the member states: columns period, partner, value_usd."""
    frame = _read(_TRADE)
    chosen = frame[frame["flow"].isin(_CODES[flow])]
    return chosen.groupby(["period", "partner"])["value_usd"].sum().reset_index()


def _against_target(frame: pd.DataFrame, flow: Flow) -> Figure:
    total = frame.groupby("period")["value_usd"].sum().reset_index()
    figure = px.line(total, x="period", y="value_usd", markers=True, title=f"Trade: {flow}")
    return figure.add_hline(y=_target("trade-23bn"), line_dash="dash")


def _by_partner(frame: pd.DataFrame, flow: Flow) -> Figure:
    title = f"Trade by partner: {flow}"
    return px.bar(frame, x="period", y="value_usd", color="partner", title=title)


def _contributions(frame: pd.DataFrame, flow: Flow) -> Figure:
    wide = frame.pivot_table(index="partner", columns="period", values="value_usd")
    points = 100 * (wide["2025"] - wide["2018"]) / wide["2018"].sum()
    title = f"Contributions to growth, 2018–2025, percentage points: {flow}"
    return px.bar(points.rename("points").reset_index(), x="points", y="partner", title=title)


def _span(low: float, high: float) -> str:
    return f"{low:,.0f}" if low == high else f"{low:g}–{high:g}"


def _target(name: str) -> float:
    return float(_read(_TARGET, name)["value"].iloc[0])


def _read(query: str, *values: str) -> pd.DataFrame:
    """Ask the warehouse, as each tutorial does: a connection, pandas, a frame."""
    address = f"file:{os.environ.get('BENCH_WAREHOUSE', WAREHOUSE)}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        return pd.read_sql_query(query, connection, params=values)
