"""What both sides of a flow say, and how far each reporter is to be relied on."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import select

from warehouse import schema
from warehouse.engine import Warehouse


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


def reliability(warehouse: Warehouse, basis: str = "preferred") -> pd.DataFrame:
    """Ask how reliable each reporter is in each role, all columns of `reliability`.

    Without a distance where there are too few partners or figures to judge by.
    """
    table = schema.reliability
    query = select(table).where(table.c.basis == basis)
    return warehouse.frame(
        query.order_by(table.c.product_level, table.c.reporter_code, table.c.role)
    )
