"""The evidence behind the group's sums, and what two economies report of each other."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, func, select

from warehouse.engine import Warehouse
from warehouse.schema import group_partner, trade_flow

PARTS = ("partner_code", "flow_code", "value_usd", "valuation", "status", "vintage", "place")
"""Columns of the flows that a group's figure is the sum of."""

REPORTS = (
    *("reporter_code", "partner_code", "flow_code", "period"),
    *("source_id", "vintage", "value_usd", "valuation", "status", "place"),
)
"""Columns of what two economies report of each other: one row per flow, year and source."""


def parts(
    warehouse: Warehouse, reporter: str, definition: str, period: str, source_id: str
) -> pd.DataFrame:
    """Ask for the flows behind one figure of the group, columns `PARTS`, each with its place."""
    columns = [trade_flow.c[name] for name in PARTS]
    query = (
        _flows_of_group(reporter, definition, *columns)
        .where(trade_flow.c.period == period)
        .where(trade_flow.c.source_id == source_id)
        .where(warehouse.newest(trade_flow))
        .order_by(trade_flow.c.partner_code, trade_flow.c.flow_code)
    )
    return warehouse.frame(query)


def reports(warehouse: Warehouse, a: str, b: str) -> pd.DataFrame:
    """Ask what two economies say of their yearly trade with each other, by every source.

    Columns `REPORTS` and `is_preferred`; totals in US dollars, always with the newest vintage.
    """
    columns = [trade_flow.c[name] for name in REPORTS]
    query = (
        select(*columns, warehouse.preferred(trade_flow).label("is_preferred"))
        .where(trade_flow.c.reporter_code.in_((a, b)))
        .where(trade_flow.c.partner_code.in_((a, b)))
        .where(trade_flow.c.product_code == "TOTAL")
        .where(func.length(trade_flow.c.period) == len("2025"))
        .where(warehouse.newest(trade_flow))
        .order_by(*(trade_flow.c[name] for name in ("period", "reporter_code", "flow_code")))
        .order_by(trade_flow.c.source_id)
    )
    return warehouse.frame(query)


def _flows_of_group(
    reporter: str, definition: str, *columns: ColumnElement[Any]
) -> Select[tuple[Any, ...]]:
    """Select from a reporter's total flows with the partners whom a definition counts each year."""
    counted = and_(
        trade_flow.c.partner_code == group_partner.c.partner_code,
        trade_flow.c.period == group_partner.c.period,
    )
    return (
        select(*columns)
        .join_from(trade_flow, group_partner, counted)
        .where(group_partner.c.scope == definition)
        .where(trade_flow.c.reporter_code == reporter)
        .where(trade_flow.c.product_code == "TOTAL")
    )
