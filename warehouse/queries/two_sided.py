"""What both sides of a flow say, and how far each reporter is to be relied on."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import func, select

from warehouse import schema
from warehouse.engine import Warehouse


def economies(warehouse: Warehouse, group: str = "OTS") -> list[str]:
    """List the economies of a group by code, its members before its observers."""
    table = schema.membership
    query = (
        select(table.c.economy_code)
        .where(table.c.group_code == group)
        .order_by(table.c.role, table.c.economy_code)
    )
    return list(dict.fromkeys(row["economy_code"] for row in warehouse.rows(query)))


def pair(
    warehouse: Warehouse, a: str, b: str, product: str = "TOTAL", basis: str = "preferred"
) -> pd.DataFrame:
    """Ask for both directions between two economies: all columns of `two_sided`, in time.

    `basis` is "preferred", for the preferred source of each side, or the id of a source that both
    sides are taken from. Amounts are in US dollars. A year of which neither side says anything has
    no row.
    """
    table = schema.two_sided
    query = (
        select(table)
        .where(table.c.exporter_code.in_((a, b)))
        .where(table.c.importer_code.in_((a, b)))
        .where(table.c.product_code == product)
        .where(table.c.basis == basis)
        .order_by(table.c.period, table.c.exporter_code)
    )
    return warehouse.frame(query)


def chapters(warehouse: Warehouse, a: str, b: str, basis: str = "preferred") -> pd.DataFrame:
    """Ask for HS chapters of both directions in the newest year that has any, the largest first."""
    table = schema.two_sided
    is_asked = (
        table.c.exporter_code.in_((a, b))
        & table.c.importer_code.in_((a, b))
        & (func.length(table.c.product_code) == 2)
        & (table.c.basis == basis)
    )
    newest = select(func.max(table.c.period)).where(is_asked).scalar_subquery()
    query = select(table).where(is_asked).where(table.c.period == newest)
    return warehouse.frame(
        query.order_by(table.c.reconciled_usd.desc().nulls_last(), table.c.product_code)
    )


def reliability(warehouse: Warehouse, basis: str = "preferred") -> pd.DataFrame:
    """Ask how reliable each reporter is in each role, all columns of `reliability`.

    Without a distance where there are too few partners or figures to judge by.
    """
    table = schema.reliability
    query = select(table).where(table.c.basis == basis)
    return warehouse.frame(
        query.order_by(table.c.product_level, table.c.reporter_code, table.c.role)
    )
