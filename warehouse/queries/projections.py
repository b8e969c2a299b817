"""What is to be expected of a series, how such expectations fared, and how probable targets are.

All of it is worked out of the newest figures: as of a past day there is nothing.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Select, false, select

from warehouse import schema
from warehouse.engine import Warehouse


def projection(warehouse: Warehouse, indicator_id: str, scope: str) -> pd.DataFrame:
    """Ask what a series would come to: all columns of `projection`, by method and then in time.

    Empty where the series is too short to be projected. Values are in the indicator's unit.
    """
    table = schema.projection
    query = (
        select(table)
        .where(table.c.indicator_id == indicator_id)
        .where(table.c.scope == scope)
        .order_by(table.c.method, table.c.period)
    )
    return _of_today(warehouse, query)


def backtest(warehouse: Warehouse, indicator_id: str, scope: str) -> pd.DataFrame:
    """Ask how far off each method was: all columns of `backtest`, by method and then by horizon."""
    table = schema.backtest
    query = (
        select(table)
        .where(table.c.indicator_id == indicator_id)
        .where(table.c.scope == scope)
        .order_by(table.c.method, table.c.horizon)
    )
    return _of_today(warehouse, query)


def attainment(warehouse: Warehouse, target_id: str) -> pd.DataFrame:
    """Ask how probably each year's figure meets a target: all columns of `attainment`, in time.

    In that very year, not by then at any time. Empty where the target's series is not projected.
    """
    table = schema.attainment
    query = select(table).where(table.c.target_id == target_id).order_by(table.c.period)
    return _of_today(warehouse, query)


def _of_today(warehouse: Warehouse, query: Select[Any]) -> pd.DataFrame:
    return warehouse.frame(query.where(false()) if warehouse.asof else query)
