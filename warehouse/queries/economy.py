"""One economy among others: roles in a group, trade within it, figures about its territory."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import func, or_, select, true

from warehouse import periods
from warehouse.catalog import LANGUAGES
from warehouse.engine import Warehouse
from warehouse.queries.indicators import SERIES
from warehouse.schema import indicator, issue, membership, observation, trade_flow

ROLES = ("economy_code", "role", "since", "until", "source_id", "place", "note")
"""Columns of the dated roles; `until` is None of a role that is still held."""

FLOWS = (
    *("reporter_code", "partner_code", "flow_code", "period", "value_usd"),
    *("status", "source_id", "vintage", "place"),
)
"""Columns of the trade among the group: one row per reporter, partner, flow and year, in US dollars."""

OBSERVED = ("indicator_id", "unit", *SERIES)
"""Columns of figures of several indicators: those of a series, each with its unit."""


def roles(warehouse: Warehouse, group: str = "OTS") -> pd.DataFrame:
    """Ask for the roles that economies have or had in a group, columns `ROLES`, the oldest first."""
    table = membership
    begun = table.c.since <= warehouse.asof if warehouse.asof else true()
    query = (
        select(*(table.c[name] for name in ROLES))
        .where(table.c.group_code == group)
        .where(begun)
        .order_by(table.c.since, *table.primary_key)
    )
    return warehouse.frame(query)


def members(warehouse: Warehouse, group: str = "OTS") -> list[str]:
    """List by code the economies that were members of a group on the day of the warehouse."""
    held = roles(warehouse, group)
    ended = held["until"].notna() & (held["until"] <= (warehouse.asof or "9999"))
    return sorted(set(held[(held["role"] == "member") & ~ended]["economy_code"]))


def flows(warehouse: Warehouse, codes: Sequence[str]) -> pd.DataFrame:
    """Ask what these economies report of each other, columns `FLOWS`, in time.

    Yearly exports and imports, all products together, by each reporter's preferred source.
    """
    table = trade_flow
    query = (
        select(*(table.c[name] for name in FLOWS))
        .where(table.c.reporter_code.in_(codes))
        .where(table.c.partner_code.in_(codes))
        .where(table.c.flow_code.in_(("export", "import")))
        .where(table.c.product_code == "TOTAL")
        .where(func.length(table.c.period) == len("2025"))
        .where(warehouse.preferred(table))
        .order_by(table.c.period, table.c.reporter_code, table.c.partner_code, table.c.flow_code)
    )
    return warehouse.frame(query)


def observed(warehouse: Warehouse, topic: str, scopes: Sequence[str]) -> pd.DataFrame:
    """Ask for all preferred figures of a topic about some scopes, columns `OBSERVED`.

    By scope, then indicator, then in time.
    """
    columns = [indicator.c.unit if name == "unit" else observation.c[name] for name in OBSERVED]
    query = (
        select(*columns)
        .join_from(observation, indicator)
        .where(indicator.c.topic == topic)
        .where(observation.c.scope.in_(scopes))
        .where(warehouse.preferred(observation))
        .order_by(*observation.primary_key)
    )
    frame = warehouse.frame(query)
    ends = [periods.parse(text) for text in frame["period"]]
    keys = list(zip(frame["scope"], frame["indicator_id"], ends, strict=True))
    return frame.iloc[sorted(range(len(keys)), key=keys.__getitem__)].reset_index(drop=True)


def issues(warehouse: Warehouse, code: str) -> pd.DataFrame:
    """Ask for the known errors in what an economy reports and in figures about it.

    Columns `source_id, scope, period, what_kk … what_en`, in time.
    """
    texts = [issue.c[f"what_{language}"] for language in LANGUAGES]
    return warehouse.frame(
        select(issue.c.source_id, issue.c.scope, issue.c.period, *texts)
        .where(
            or_(issue.c.scope == code, func.substr(issue.c.scope, 1, len(code) + 1) == f"{code}-")
        )
        .order_by(issue.c.period, issue.c.source_id, issue.c.scope)
    )
