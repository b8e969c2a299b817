"""Trade flows by partner, and the evidence behind the group's sums."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import and_, func, select

from warehouse.engine import Warehouse
from warehouse.schema import group_partner, trade_flow

PARTNERS = ("partner_code", "period", "flow_code", "value_usd", "status", "source_id")
"""Columns of trade by partner: one row per partner, year and flow, in US dollars."""

PARTS = ("partner_code", "flow_code", "value_usd", "valuation", "status", "vintage", "place")
"""Columns of the flows that a group's figure is the sum of."""


def by_partner(
    warehouse: Warehouse, reporter: str, definition: str, source_id: str | None = None
) -> pd.DataFrame:
    """Ask for a reporter's flows with the partners that a definition counts, columns `PARTNERS`.

    Without `source_id` the preferred source answers; always with its newest vintage.
    """
    query = (
        select(*(trade_flow.c[name] for name in PARTNERS))
        .join_from(
            trade_flow,
            group_partner,
            and_(
                trade_flow.c.partner_code == group_partner.c.partner_code,
                trade_flow.c.period == group_partner.c.period,
            ),
        )
        .where(group_partner.c.scope == definition)
        .where(trade_flow.c.reporter_code == reporter)
        .where(trade_flow.c.product_code == "TOTAL")
        .order_by(trade_flow.c.partner_code, trade_flow.c.period, trade_flow.c.flow_code)
    )
    if source_id is None:
        return warehouse.frame(query.where(trade_flow.c.is_preferred))
    return warehouse.frame(
        query.where(trade_flow.c.is_newest).where(trade_flow.c.source_id == source_id)
    )


def sources(warehouse: Warehouse, reporter: str) -> list[str]:
    """Name the sources of a reporter's trade, the one that reaches furthest back first."""
    query = (
        select(trade_flow.c.source_id)
        .where(trade_flow.c.reporter_code == reporter)
        .group_by(trade_flow.c.source_id)
        .order_by(func.min(trade_flow.c.period), trade_flow.c.source_id)
    )
    return [row["source_id"] for row in warehouse.rows(query)]


def parts(
    warehouse: Warehouse, reporter: str, definition: str, period: str, source_id: str
) -> pd.DataFrame:
    """Ask for the flows behind one figure of the group, columns `PARTS`, each with its place."""
    query = (
        select(*(trade_flow.c[name] for name in PARTS))
        .join_from(
            trade_flow, group_partner, trade_flow.c.partner_code == group_partner.c.partner_code
        )
        .where(group_partner.c.scope == definition)
        .where(group_partner.c.period == period)
        .where(trade_flow.c.reporter_code == reporter)
        .where(trade_flow.c.product_code == "TOTAL")
        .where(trade_flow.c.period == period)
        .where(trade_flow.c.source_id == source_id)
        .where(trade_flow.c.is_newest)
        .order_by(trade_flow.c.partner_code, trade_flow.c.flow_code)
    )
    return warehouse.frame(query)
