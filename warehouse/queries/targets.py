"""The figures that a target is to be held against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from warehouse.catalog import FIRMNESS, Observation, Target
from warehouse.engine import Row, Warehouse
from warehouse.queries import indicators
from warehouse.queries.evidence import REPORTER
from warehouse.queries.indicators import source_of
from warehouse.schema import source, trade_flow

PAIRS = ("trade_turnover_pair", "trade_turnover_other_pair")
"""Indicators whose figures are not stored: the turnover of the two economies of the scope."""

_YEAR = 4
"""Characters of a period that is a year."""
_PAIR = re.compile("([A-Z]{3})-([A-Z]{3})")


def target_figures(warehouse: Warehouse, target: Target) -> list[Observation]:
    """List the preferred figures of a target's indicator and scope, in time and in its unit.

    Of a pair of economies it is exports plus imports as one of the two reports them: Kazakhstan, or
    else the first named that has both flows. There are none where the target is stated in a unit of
    its own ("to double") or of a group that nobody sums.
    """
    if target.unit != indicators.get(warehouse, target.indicator_id).unit:
        return []
    if target.indicator_id not in PAIRS:
        return indicators.figures(warehouse, target.indicator_id, target.scope)
    named = _PAIR.fullmatch(target.scope)
    if named is None:
        return []
    pair = sorted(named.groups(), key=lambda code: code != REPORTER)
    for reporter, partner in (pair, pair[::-1]):
        flows = _flows(warehouse, reporter, partner)
        turnover = [_turnover(target, both) for both in _both(flows)]
        if turnover:
            return turnover
    return []


def _flows(warehouse: Warehouse, reporter: str, partner: str) -> Sequence[Row]:
    """Preferred totals of a reporter's exports to and imports from a partner, by year."""
    query = (
        select(trade_flow, *(column.label(f"source.{column.name}") for column in source.columns))
        .join_from(trade_flow, source)
        .where(trade_flow.c.reporter_code == reporter)
        .where(trade_flow.c.partner_code == partner)
        .where(trade_flow.c.flow_code.in_(("export", "import")))
        .where(trade_flow.c.product_code == "TOTAL")
        .where(func.length(trade_flow.c.period) == _YEAR)
        .where(warehouse.preferred(trade_flow))
        .order_by(trade_flow.c.period, trade_flow.c.flow_code)
    )
    return warehouse.rows(query)


def _both(flows: Iterable[Row]) -> list[tuple[Row, Row]]:
    """Exports with the imports of the same year and source; a year with one of them alone is none."""
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for flow in flows:
        found.setdefault((flow["period"], flow["source_id"]), {})[flow["flow_code"]] = flow
    return [(both["export"], both["import"]) for both in found.values() if len(both) == 2]


def _turnover(target: Target, both: tuple[Row, Row]) -> Observation:
    exported, imported = both
    return Observation(
        indicator_id=target.indicator_id,
        scope=target.scope,
        period=exported["period"],
        value=round(exported["value_usd"] + imported["value_usd"], 2),
        low=None,
        high=None,
        status=min((str(flow["status"]) for flow in both), key=FIRMNESS.index),
        source=source_of(exported, "source."),
        vintage=max(flow["vintage"] for flow in both),
        place="; ".join(dict.fromkeys(flow["place"] for flow in both)),
    )
