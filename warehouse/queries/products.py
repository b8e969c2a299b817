"""What was traded: a reporter's flows by chapter of the Harmonized System, and the names of goods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, func, select

from warehouse.catalog import Text
from warehouse.engine import Warehouse
from warehouse.schema import product, trade_flow

CHAPTERS = (
    *("product_code", "period", "value_usd", "valuation", "status"),
    *("source_id", "vintage", "place"),
)
"""Columns of a flow by chapter: one row per chapter and year, in US dollars, with its evidence."""

REPORTED = ("reporter_code", "partner_code", "flow_code", "first_period", "last_period", "years")
"""Columns that tell of which flows there are chapters, from when to when, in how many years."""


def chapters(
    warehouse: Warehouse, reporter: str, partner: str, flow: str, source_id: str | None = None
) -> pd.DataFrame:
    """Ask what a flow consists of, columns `CHAPTERS`, in time and then by chapter.

    Without `source_id` the preferred source of each chapter and year answers; always with its
    newest vintage. A chapter without a row was not reported, or is missing from the source: the
    rows of a year add up to no more than a lower bound of the flow.
    """
    columns = [trade_flow.c[name] for name in CHAPTERS]
    query = (
        select(*columns)
        .where(trade_flow.c.reporter_code == reporter)
        .where(trade_flow.c.partner_code == partner)
        .where(trade_flow.c.flow_code == flow)
        .where(*_are_yearly_chapters())
        .order_by(trade_flow.c.period, trade_flow.c.product_code)
    )
    return warehouse.frame(query.where(_answers(warehouse, source_id)))


def reported(warehouse: Warehouse, source_id: str | None = None) -> pd.DataFrame:
    """Tell of which flows chapters are held, columns `REPORTED`; by the preferred source or one."""
    key = [trade_flow.c[name] for name in REPORTED[:3]]
    period = trade_flow.c.period
    query = (
        select(
            *key,
            func.min(period).label("first_period"),
            func.max(period).label("last_period"),
            func.count(period.distinct()).label("years"),
        )
        .where(*_are_yearly_chapters())
        .group_by(*key)
        .order_by(*key)
    )
    return warehouse.frame(query.where(_answers(warehouse, source_id)))


def names(warehouse: Warehouse) -> dict[str, Text]:
    """Name sections (`XV`) and chapters (`27`) by code, the sections first, all in their order."""
    rows = warehouse.rows(select(product).order_by(product.c.code))
    named = {row["code"]: Text.of(row, "name") for row in rows}
    # As text IX stands before V; chapters know the order of their sections.
    return {code: named[code] for code in [*sections(warehouse).values(), *named]}


def sections(warehouse: Warehouse) -> dict[str, str]:
    """Map chapters to their sections; 99, goods not specified, belongs to none."""
    query = select(product.c.code, product.c.parent).where(product.c.parent.is_not(None))
    return {row["code"]: row["parent"] for row in warehouse.rows(query.order_by(product.c.code))}


def _are_yearly_chapters() -> Sequence[ColumnElement[Any]]:
    return (
        func.length(trade_flow.c.product_code) == len("27"),
        func.length(trade_flow.c.period) == len("2021"),
    )


def _answers(warehouse: Warehouse, source_id: str | None) -> ColumnElement[bool]:
    """Whether a flow is what the source says, or the preferred one where none is named."""
    if source_id is None:
        return warehouse.preferred(trade_flow)
    return and_(warehouse.newest(trade_flow), trade_flow.c.source_id == source_id)
