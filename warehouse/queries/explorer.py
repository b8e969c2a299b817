"""What the trade explorer asks: who reports, what of, since when, and the flows themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, func, literal, select, union

from warehouse.engine import Warehouse
from warehouse.queries.evidence import REPORTER
from warehouse.schema import group_partner, membership, trade_flow

WORLD = "WLD"
"""The partner that stands for all of them together."""

FLOWS = (
    *("partner_code", "flow_code", "period", "value_usd"),
    *("status", "source_id", "vintage", "place"),
)
"""Columns of a reporter's flows: one row per partner, flow, year and source, in US dollars."""

EXPORTS = (
    *("reporter_code", "partner_code", "period", "value_usd"),
    *("status", "source_id", "vintage", "place"),
)
"""Columns of the exports among the economies of the group."""


@dataclass(frozen=True)
class Held:
    """What is held of a reporter's yearly totals, each in order: whatever the day asked for.

    `days` are those on which a figure of it became known, the newest first.
    """

    partners: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


def reporters(warehouse: Warehouse, group: str = "OTS") -> tuple[str, ...]:
    """List the economies of a group that report totals of their yearly trade, Kazakhstan first."""
    code = trade_flow.c.reporter_code
    members = select(membership.c.economy_code).where(membership.c.group_code == group)
    query = select(code).distinct().where(_is_total(), code.in_(members)).order_by(code)
    codes = (row["reporter_code"] for row in warehouse.rows(query))
    return tuple(sorted(codes, key=lambda code: (code != REPORTER, code)))


def held(warehouse: Warehouse, reporter: str) -> Held:
    """Tell of which partners, by which sources, of which years a reporter's totals are held."""
    columns: dict[str, ColumnElement[str]] = {
        "partners": trade_flow.c.partner_code,
        "sources": trade_flow.c.source_id,
        "years": trade_flow.c.period,
        "days": trade_flow.c.known_since,
    }
    parts = (
        select(literal(name).label("kind"), column.label("value")).where(
            _is_total(), trade_flow.c.reporter_code == reporter
        )
        for name, column in columns.items()
    )
    found: dict[str, list[str]] = {name: [] for name in columns}
    everything = union(*parts).subquery()
    for row in warehouse.rows(everything.select().order_by(*everything.c)):
        found[row["kind"]].append(row["value"])
    partners = (code for code in sorted(found["partners"]) if code != WORLD)
    days = sorted(found["days"], reverse=True)
    return Held(
        tuple(partners), tuple(sorted(found["sources"])), tuple(sorted(found["years"])), tuple(days)
    )


def flows(warehouse: Warehouse, reporter: str, partners: Sequence[str]) -> pd.DataFrame:
    """Ask for the totals of a reporter's trade with some partners, by the newest word of each source.

    Columns `FLOWS` and `is_preferred`; in time, then by partner, flow and source.
    """
    columns: list[ColumnElement[Any]] = [trade_flow.c[name] for name in FLOWS]
    query = (
        select(*columns, warehouse.preferred(trade_flow).label("is_preferred"))
        .where(_is_total(), warehouse.newest(trade_flow))
        .where(trade_flow.c.reporter_code == reporter, trade_flow.c.partner_code.in_(partners))
        .order_by(*(trade_flow.c[name] for name in ("period", *FLOWS[:2], "source_id")))
    )
    found = warehouse.frame(query)
    return found.assign(is_preferred=found["is_preferred"].astype(bool))


def counted(warehouse: Warehouse, reporter: str, definition: str) -> pd.DataFrame:
    """Say whom a definition of the group counts in each year beside a reporter: `period, partner_code`.

    The warehouse keeps the partners of Kazakhstan. Those of another reporter are the same economies
    with Kazakhstan, a member from the first day, in the place of the reporter.
    """
    year, code = group_partner.c.period, group_partner.c.partner_code
    of_group = group_partner.c.scope == definition
    others = select(year.label("period"), code.label("partner_code")).where(of_group)
    first = select(year.label("period"), literal(REPORTER).label("partner_code")).where(of_group)
    everyone = union(others, first).subquery()
    query = select(everyone).where(everyone.c.partner_code != reporter)
    return warehouse.frame(query.order_by(everyone.c.period, everyone.c.partner_code))


def exports_within(warehouse: Warehouse, group: str = "OTS") -> pd.DataFrame:
    """Ask for the yearly exports among the economies of a group, as their exporters report them.

    Columns `EXPORTS`, in time; each by the preferred source of its reporter. What importers report of the
    same flows is left out, and an economy that reports nothing has no exports here.
    """
    members = select(membership.c.economy_code).where(membership.c.group_code == group)
    query = (
        select(*(trade_flow.c[name] for name in EXPORTS))
        .where(_is_total(), warehouse.preferred(trade_flow))
        .where(trade_flow.c.flow_code == "export")
        .where(trade_flow.c.reporter_code.in_(members), trade_flow.c.partner_code.in_(members))
        .order_by(trade_flow.c.period, trade_flow.c.reporter_code, trade_flow.c.partner_code)
    )
    return warehouse.frame(query)


def _is_total() -> ColumnElement[bool]:
    return and_(trade_flow.c.product_code == "TOTAL", func.length(trade_flow.c.period) == 4)
