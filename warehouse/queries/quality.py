"""How complete the figures are, how firm, and how far their sources agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Table,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from warehouse.catalog import STATUSES
from warehouse.engine import Warehouse
from warehouse.queries.catalogue import TOTAL
from warehouse.queries.exchange import last_day
from warehouse.schema import indicator, issue, observation, trade_flow

CONFLICT = 0.005
"""Sources conflict where their figures are further apart than this share of the largest."""

COVERAGE = ("subject", "year", "figures", "sources")
"""Columns of a heat map: one row per subject and year that has any figure."""

Within = Literal["indicators", "scopes", "reporters", "partners"]
Kind = Literal["indicators", "reporters"]


@dataclass(frozen=True)
class Quality:
    """The marks of an indicator, or of what a reporter says of its trade, as counts.

    - `statuses`: the preferred figures by how firm they are; `figures` are all of them.
    - `gaps`: years without a figure between the first and the last of a series, summed over its
      series; `years` are those from first to last. Annual indicators and annual trade only.
    - `compared`: figures, of one thing and one period, that more than one source gives.
    - `conflicts`: of these, where the newest words of the sources differ by more than `CONFLICT`
      of the largest; of ranges either the low or the high ends.
    - `issues`: known errors of sources that name the indicator, or the reporter's trade.

    Trade is judged by its totals, export and import apart.
    """

    figures: int = 0
    statuses: Mapping[str, int] | None = None
    years: int = 0
    gaps: int = 0
    compared: int = 0
    conflicts: int = 0
    issues: int = 0


def coverage(warehouse: Warehouse, within: Within, of: str | None = None) -> pd.DataFrame:
    """Count the figures of each year, columns `COVERAGE`, for the rows of a heat map.

    `within` says what the subjects are: all indicators, the scopes of the indicator `of`, all
    reporters, or the partners of the reporter `of`. A figure that several sources give counts
    once; it belongs to the year in which its period ends. Of trade, totals of exports and imports.
    """
    subject, owner, key = _AXES[within]
    table = observation if within in {"indicators", "scopes"} else trade_flow
    year = func.substr(last_day(table.c.period), 1, 4).label("year")
    query = (
        select(
            subject.label("subject"),
            year,
            func.count(func.distinct(key)).label("figures"),
            func.count(func.distinct(table.c.source_id)).label("sources"),
        )
        .where(warehouse.newest(table), *_counted(table))
        .group_by(subject, year)
        .order_by(subject, year)
    )
    return warehouse.frame(query if of is None else query.where(owner == of))


def marks(warehouse: Warehouse, kind: Kind) -> dict[str, Quality]:
    """Judge every indicator of which a figure is held, or every reporter; see `Quality`."""
    table = observation if kind == "indicators" else trade_flow
    subject = _AXES[kind][0]
    firm = _by_subject(warehouse, _firmness(warehouse, table, subject))
    gaps = _by_subject(warehouse, _gaps(warehouse, table, subject))
    conflicts = _by_subject(warehouse, _conflicts(warehouse, table, subject))
    issues = _by_subject(warehouse, _issues(table))
    return {
        name: Quality(
            row["figures"],
            {status: row[status] for status in STATUSES},
            **gaps.get(name, {}),
            **conflicts.get(name, {}),
            **issues.get(name, {}),
        )
        for name, row in firm.items()
    }


def _by_subject(warehouse: Warehouse, query: Select[Any]) -> dict[str, dict[str, int]]:
    rows = [dict(row) for row in warehouse.rows(query.order_by("subject"))]
    return {row.pop("subject"): row for row in rows}


def _firmness(warehouse: Warehouse, table: Table, subject: ColumnElement[str]) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [
        func.sum(case((table.c.status == status, 1), else_=0)).label(status) for status in STATUSES
    ]
    query = select(subject.label("subject"), func.count().label("figures"), *columns)
    return query.where(warehouse.preferred(table), *_counted(table)).group_by(subject)


def _gaps(warehouse: Warehouse, table: Table, subject: ColumnElement[str]) -> Select[Any]:
    """Count the years that each series spans and those that it has, then sum up by subject."""
    year = cast(table.c.period, Integer)
    query = (
        select(
            subject.label("subject"),
            (func.max(year) - func.min(year) + 1).label("years"),
            func.count(func.distinct(table.c.period)).label("present"),
        )
        .where(warehouse.preferred(table), func.length(table.c.period) == len("2025"))
        .where(*_counted(table))
        .group_by(subject, *_SERIES[table.name])
    )
    if table is observation:
        query = query.join_from(observation, indicator).where(indicator.c.frequency == "annual")
    each = query.subquery()
    return select(
        each.c.subject,
        func.sum(each.c.years).label("years"),
        cast(func.sum(each.c.years - each.c.present), BigInteger).label("gaps"),
    ).group_by(each.c.subject)


def _conflicts(warehouse: Warehouse, table: Table, subject: ColumnElement[str]) -> Select[Any]:
    """Count the figures that several sources give, and those that they do not agree on."""
    query = (
        select(
            subject.label("subject"),
            case((or_(*map(_is_apart, _ends(table))), 1), else_=0).label("is_conflict"),
        )
        .where(warehouse.newest(table), *_counted(table))
        .group_by(subject, *_SERIES[table.name], table.c.period)
        .having(func.count() > 1)
    )
    each = query.subquery()
    return select(
        each.c.subject,
        func.count().label("compared"),
        func.sum(each.c.is_conflict).label("conflicts"),
    ).group_by(each.c.subject)


def _is_apart(value: ColumnElement[float]) -> ColumnElement[bool]:
    return func.max(value) - func.min(value) > CONFLICT * func.max(func.abs(value))


def _ends(table: Table) -> list[ColumnElement[float]]:
    if table is trade_flow:
        return [trade_flow.c.value_usd]
    return [func.coalesce(table.c.value, table.c[end]) for end in ("low", "high")]


def _issues(table: Table) -> Select[Any]:
    """Count known errors by indicator, or by the economy that the scope of the error begins with."""
    is_indicator = issue.c.subject.in_(select(indicator.c.id))
    is_asked = is_indicator if table is observation else ~is_indicator
    subject = issue.c.subject if table is observation else func.substr(issue.c.scope, 1, 3)
    return (
        select(subject.label("subject"), func.count().label("issues"))
        .where(is_asked)
        .group_by(subject)
    )


def _counted(table: Table) -> list[ColumnElement[bool]]:
    """Of trade only the totals of exports and imports are judged."""
    if table is observation:
        return []
    return [trade_flow.c.product_code == TOTAL, trade_flow.c.flow_code.in_(("export", "import"))]


_FIGURE = observation.c.scope + literal(" ") + observation.c.period
_FLOW = (
    trade_flow.c.partner_code
    + literal(" ")
    + trade_flow.c.flow_code
    + literal(" ")
    + trade_flow.c.period
)

_AXES: Mapping[Within, tuple[ColumnElement[str], ColumnElement[str], ColumnElement[str]]] = {
    "indicators": (observation.c.indicator_id, observation.c.indicator_id, _FIGURE),
    "scopes": (observation.c.scope, observation.c.indicator_id, _FIGURE),
    "reporters": (trade_flow.c.reporter_code, trade_flow.c.reporter_code, _FLOW),
    "partners": (trade_flow.c.partner_code, trade_flow.c.reporter_code, _FLOW),
}
"""By kind of heat map: the subject, whose subjects they are, and what makes a figure its own."""

_SERIES: Mapping[str, tuple[ColumnElement[str], ...]] = {
    "observation": (observation.c.scope,),
    "trade_flow": (trade_flow.c.partner_code, trade_flow.c.flow_code),
}
"""By table: what tells the series of a subject apart."""
