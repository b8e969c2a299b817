"""What there is: indicators, reporters' trade and sources, and how much is held of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Table, case, cast, func, literal, select

from warehouse.catalog import Indicator, Source, Text
from warehouse.engine import Row, Warehouse
from warehouse.queries.exchange import last_day
from warehouse.queries.indicators import indicator_of, source_of
from warehouse.schema import (
    economy,
    indicator,
    observation,
    rejection,
    snapshot,
    source,
    trade_flow,
)

TOTAL = "TOTAL"
"""The product code of all goods together."""


@dataclass(frozen=True)
class Holding:
    """How much is held: newest figures of every source, about how many things, from when to when.

    `scopes` are those of an indicator, or the partners of a reporter; `digits` those of its finest
    products in the Harmonized System, 0 for totals alone. `first` and `last` are the periods that
    end first and last, `vintages` the newest one of each source, by its id, and `updated` the day
    since which the youngest figure is known. Nothing held has neither periods nor a day.
    """

    figures: int = 0
    scopes: int = 0
    digits: int = 0
    first: str | None = None
    last: str | None = None
    updated: str | None = None
    vintages: Mapping[str, str] | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources, in order."""
        return tuple(self.vintages or ())


@dataclass(frozen=True)
class IndicatorEntry:
    """An indicator of the catalogue, with what is held of it."""

    indicator: Indicator
    holding: Holding


@dataclass(frozen=True)
class TradeEntry:
    """A reporter's merchandise trade by partner, with what is held of it."""

    code: str
    name: Text
    aliases: tuple[str, ...]
    holding: Holding


@dataclass(frozen=True)
class SourceEntry:
    """A publication: figures and flows that it speaks for, documents stored, faults found in them."""

    source: Source
    cadence: str
    figures: int
    snapshots: int
    rejections: int
    updated: str | None


def indicators(warehouse: Warehouse) -> list[IndicatorEntry]:
    """List every indicator by topic and id, those of which nothing is held among them."""
    subject = observation.c.indicator_id
    held = _holdings(warehouse, observation, subject, observation.c.scope, literal(0))
    query = select(indicator).order_by(indicator.c.topic, indicator.c.id)
    return [
        IndicatorEntry(indicator_of(row), held.get(row["id"], Holding()))
        for row in warehouse.rows(query)
    ]


def reporters(warehouse: Warehouse) -> list[TradeEntry]:
    """List the economies whose own reports of trade are held, by code."""
    subject = trade_flow.c.reporter_code
    product = trade_flow.c.product_code
    digits = case((product == TOTAL, 0), else_=func.length(product))
    held = _holdings(warehouse, trade_flow, subject, trade_flow.c.partner_code, digits)
    query = select(economy).where(economy.c.code.in_(held)).order_by(economy.c.code)
    return [
        TradeEntry(
            row["code"],
            Text.of(row, "name"),
            tuple(filter(None, (row["aliases"] or "").split(";"))),
            held[row["code"]],
        )
        for row in warehouse.rows(query)
    ]


def sources(warehouse: Warehouse) -> list[SourceEntry]:
    """List every publication by id; one that was only quoted has no figures."""
    counts = [_by_source(warehouse, table) for table in (observation, trade_flow)]
    stored, faults = (_counts(warehouse, table) for table in (snapshot, rejection))
    entries = []
    for row in warehouse.rows(select(source).order_by(source.c.id)):
        held = [count[row["id"]] for count in counts if row["id"] in count]
        entries.append(
            SourceEntry(
                source_of(row),
                row["cadence"],
                sum(figures for figures, _updated in held),
                stored.get(row["id"], 0),
                faults.get(row["id"], 0),
                max((updated for _figures, updated in held), default=None),
            )
        )
    return entries


def _holdings(
    warehouse: Warehouse,
    table: Table,
    subject: ColumnElement[str],
    scope: ColumnElement[str],
    digits: ColumnElement[int],
) -> dict[str, Holding]:
    """Sum up the newest figures by subject; its scopes are those of all sources together."""
    held = warehouse.newest(table)
    each = select(subject.label("subject"), scope).where(held).group_by(subject, scope).subquery()
    counted = select(each.c.subject, func.count().label("scopes")).group_by(each.c.subject)
    counted = counted.order_by(each.c.subject)
    scopes = {row["subject"]: row["scopes"] for row in warehouse.rows(counted)}
    grouped: dict[str, list[Row]] = {}
    for row in warehouse.rows(_extents(warehouse, table, subject, digits)):
        grouped.setdefault(row["subject"], []).append(row)
    return {name: _holding(rows, scopes[name]) for name, rows in grouped.items()}


def _holding(rows: list[Row], scopes: int) -> Holding:
    return Holding(
        sum(row["figures"] for row in rows),
        scopes,
        max(row["digits"] for row in rows),
        _period(min(row["first"] for row in rows)),
        _period(max(row["last"] for row in rows)),
        max(row["updated"] for row in rows),
        {row["source_id"]: row["vintage"] for row in rows},
    )


def _extents(
    warehouse: Warehouse, table: Table, subject: ColumnElement[str], digits: ColumnElement[int]
) -> Select[Any]:
    """Count by subject and source, in two steps: most of the work is done per year, not per figure."""
    keys = (subject.label("subject"), table.c.source_id, table.c.period)
    counts = (
        func.count().label("figures"),
        func.max(digits).label("digits"),
        func.max(table.c.vintage).label("vintage"),
        func.max(table.c.known_since).label("updated"),
    )
    yearly = select(*keys, *counts).where(warehouse.newest(table)).group_by(*keys).subquery()
    # The day before the period makes texts that sort by the calendar and still hold the period.
    dated = last_day(yearly.c.period) + literal(" ") + yearly.c.period
    return (
        select(
            yearly.c.subject,
            yearly.c.source_id,
            cast(func.sum(yearly.c.figures), BigInteger).label("figures"),
            func.min(dated).label("first"),
            func.max(dated).label("last"),
            *(func.max(yearly.c[name]).label(name) for name in ("digits", "vintage", "updated")),
        )
        .group_by(yearly.c.subject, yearly.c.source_id)
        .order_by(yearly.c.subject, yearly.c.source_id)
    )


def _period(dated: str) -> str:
    return dated.partition(" ")[2]


def _by_source(warehouse: Warehouse, table: Table) -> dict[str, tuple[int, str]]:
    figures, updated = func.count().label("figures"), func.max(table.c.known_since).label("updated")
    query: Select[Any] = select(table.c.source_id, figures, updated)
    newest = query.where(warehouse.newest(table)).group_by(table.c.source_id)
    rows = warehouse.rows(newest.order_by(table.c.source_id))
    return {row["source_id"]: (row["figures"], row["updated"]) for row in rows}


def _counts(warehouse: Warehouse, table: Table) -> dict[str, int]:
    query: Select[Any] = select(table.c.source_id, func.count().label("count"))
    owned = query.where(warehouse.said(table), table.c.source_id.is_not(None))
    rows = warehouse.rows(owned.group_by(table.c.source_id).order_by(table.c.source_id))
    return {row["source_id"]: row["count"] for row in rows}
