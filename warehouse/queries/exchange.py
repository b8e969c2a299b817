"""What machines ask for: rows with their evidence, a page at a time, counted by the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, case, func, literal, select, union

from warehouse import periods, schema
from warehouse.engine import Row, Warehouse
from warehouse.schema import chapter_flow, claim, indicator, observation, source, target, trade_flow

PREFERRED, ALL = "preferred", "all"
"""Instead of a source's id: the source that speaks for each period, or all of them."""

OBSERVATIONS = (
    *("indicator_id", "scope", "period", "value", "low", "high", "unit", "status", "source_id"),
    *("vintage", "place", "note", "known_since", "snapshot_id", "is_preferred"),
)
"""Columns of a figure; `value`, `low` and `high` are in `unit`."""

FLOWS = (
    *("reporter_code", "partner_code", "flow_code", "product_code", "classification", "period"),
    *("value_usd", "unit", "valuation", "status", "source_id", "vintage", "place", "note"),
    *("known_since", "snapshot_id", "is_preferred"),
)
"""Columns of a flow; `unit` is always USD."""

CHAPTERS = tuple(name for name in chapter_flow.c.keys() if "newest" not in name)  # noqa: SIM118
"""Columns of a chapter of bulk data: a flow's, and how many `reporters` and `records` are in it."""


@dataclass(frozen=True)
class Page:
    """Which rows of an answer to give: the page, counted from 1, and the rows on each."""

    number: int = 1
    size: int = 1_000


@dataclass(frozen=True)
class Found:
    """The rows of one page, and how many there are on all pages."""

    rows: Sequence[Row]
    total: int


@dataclass(frozen=True)
class Span:
    """The days between which a period has to end, each named by a year, month or day, or open."""

    first: str | None = None
    last: str | None = None


ALWAYS = Span()
FIRST = Page()


def observations(
    warehouse: Warehouse,
    source_id: str = PREFERRED,
    span: Span = ALWAYS,
    page: Page = FIRST,
    **where: str | None,
) -> Found:
    """Ask for figures, columns `OBSERVATIONS`, by indicator, scope, and then in time.

    `where` holds columns of `observation` with the value that they must have; None is any.
    """
    shown = _columns(warehouse, observation, OBSERVATIONS, indicator.c.unit)
    query = _where(select(*shown).join_from(observation, indicator), observation, where)
    query = query.where(*_said(warehouse, observation, source_id), *_within(observation, span))
    keys = (observation.c.indicator_id, observation.c.scope, last_day(observation.c.period))
    return found(warehouse, query, page, *keys, *observation.primary_key)


def flows(
    warehouse: Warehouse,
    source_id: str = PREFERRED,
    span: Span = ALWAYS,
    page: Page = FIRST,
    **where: str | None,
) -> Found:
    """Ask for trade flows, columns `FLOWS`, by reporter, partner, flow, product and period.

    `where` holds columns of `trade_flow` with the value that they must have; None is any.
    """
    query = _where(select(*flow_columns(warehouse)), trade_flow, where)
    query = query.where(*_said(warehouse, trade_flow, source_id), *_within(trade_flow, span))
    return found(warehouse, query, page, *trade_flow.primary_key)


def flow_columns(warehouse: Warehouse) -> list[ColumnElement[Any]]:
    """The columns `FLOWS` of `trade_flow`."""
    return _columns(warehouse, trade_flow, FLOWS, literal("USD"))


def chapters(
    warehouse: Warehouse,
    source_id: str | None = None,
    span: Span = ALWAYS,
    page: Page = FIRST,
    **where: str | None,
) -> Found:
    """Ask for chapters added up of bulk data, columns `CHAPTERS`; no source is preferred to another."""
    asked = (*_said(warehouse, chapter_flow, source_id or ALL), *_within(chapter_flow, span))
    query = _where(select(*(chapter_flow.c[name] for name in CHAPTERS)), chapter_flow, where)
    return found(warehouse, query.where(*asked), page, *chapter_flow.primary_key)


def two_sided(
    warehouse: Warehouse, span: Span = ALWAYS, page: Page = FIRST, **where: str | None
) -> Found:
    """Ask for what both sides say of each flow: all columns of `two_sided`."""
    table = schema.two_sided
    query = _where(select(table), table, where).where(*_within(table, span))
    return found(warehouse, query, page, *table.primary_key)


def reliability(warehouse: Warehouse, page: Page = FIRST, **where: str | None) -> Found:
    """Ask how far reporters are to be relied on: all columns of `reliability`."""
    table = schema.reliability
    return found(warehouse, _where(select(table), table, where), page, *table.primary_key)


def targets(warehouse: Warehouse, page: Page = FIRST, **where: str | None) -> Found:
    """Ask for the targets stated by then: all columns of `target`, the oldest first."""
    return _statements(warehouse, target, page, where)


def claims(warehouse: Warehouse, page: Page = FIRST, **where: str | None) -> Found:
    """Ask for the claims made by then: all columns of `claim`, the oldest first."""
    return _statements(warehouse, claim, page, where)


def indicators(warehouse: Warehouse, page: Page = FIRST, **where: str | None) -> Found:
    """Ask for the catalogue: all columns of `indicator`, by id."""
    return found(warehouse, _where(select(indicator), indicator, where), page, indicator.c.id)


def sources(warehouse: Warehouse, page: Page = FIRST) -> Found:
    """Ask for all publications: all columns of `source`, by id."""
    return found(warehouse, select(source), page, source.c.id)


def by_id(warehouse: Warehouse, table: Table, ids: Collection[str | None]) -> dict[str, Row]:
    """Look rows of a table up by their ids; what is None or not there is left out."""
    wanted = sorted({each for each in ids if each is not None})
    query = select(table).where(table.c.id.in_(wanted)).order_by(table.c.id)
    return {row["id"]: row for row in warehouse.rows(query)}


def choices(warehouse: Warehouse) -> dict[str, tuple[str, ...]]:
    """List what may be asked for: `indicator`, `topic`, `source`, `scope`, `definition`, `economy`."""
    economies = schema.economy.c.code
    columns: dict[str, tuple[ColumnElement[str], ...]] = {
        "indicator": (indicator.c.id,),
        "topic": (indicator.c.topic,),
        "source": (source.c.id,),
        "scope": (observation.c.scope, schema.scope.c.id, economies),
        "definition": (schema.group_partner.c.scope,),
        "economy": (economies,),
    }
    return {name: _values(warehouse, among) for name, among in columns.items()}


def last_day(period: ColumnElement[str]) -> ColumnElement[str]:
    """The day on which a period ends, as ISO text in which every month has 31 days."""
    # What is left of a span without its end is as long as its start and the slash.
    end = func.substr(period, func.length(func.rtrim(period, "0123456789-")) + 1)
    return case(
        (func.length(end) == 4, end + "-12-31"), (func.length(end) == 7, end + "-31"), else_=end
    )


def _values(warehouse: Warehouse, columns: Sequence[ColumnElement[str]]) -> tuple[str, ...]:
    """List what stands in some columns, each once, in order."""
    found = union(*(select(column.label("value")) for column in columns)).subquery()
    query = select(found.c.value).distinct().order_by(found.c.value)
    return tuple(row["value"] for row in warehouse.rows(query))


def _columns(
    warehouse: Warehouse, table: Table, names: Sequence[str], unit: ColumnElement[str]
) -> list[ColumnElement[Any]]:
    made: dict[str, ColumnElement[Any]] = {
        "unit": unit.label("unit"),
        "is_preferred": warehouse.preferred(table).label("is_preferred"),
    }
    return [made[name] if name in made else table.c[name] for name in names]


def _said(warehouse: Warehouse, table: Table, source_id: str) -> list[ColumnElement[bool]]:
    """Keep the newest vintage of the sources asked for."""
    if source_id == PREFERRED:
        return [warehouse.preferred(table)]
    newest = warehouse.newest(table)
    return [newest] if source_id == ALL else [newest, table.c.source_id == source_id]


def _where(query: Select[Any], table: Table, where: dict[str, str | None]) -> Select[Any]:
    given = {name: value for name, value in where.items() if value is not None}
    return query.where(*(table.c[name] == value for name, value in given.items()))


def _within(table: Table, span: Span) -> list[ColumnElement[bool]]:
    ends = last_day(table.c.period)
    conditions = []
    if span.first is not None:
        conditions.append(ends >= str(periods.parse(span.first).start))
    if span.last is not None:
        conditions.append(ends <= _end_of(span.last))
    return conditions


def _end_of(text: str) -> str:
    """The last day of a period as `last_day` writes it: the last of a month is the 31st."""
    end = periods.parse(text).end
    is_last = (end + timedelta(days=1)).day == 1 if end < date.max else True
    return f"{str(end)[:7]}-31" if is_last else str(end)


def _statements(
    warehouse: Warehouse, table: Table, page: Page, where: dict[str, str | None]
) -> Found:
    query = _where(select(table), table, where).where(warehouse.said(table))
    return found(warehouse, query, page, table.c.stated_on, table.c.id)


def found(
    warehouse: Warehouse, query: Select[Any], page: Page, *order: ColumnElement[Any]
) -> Found:
    """Answer the rows of one page of a query in that order, and count those of all pages."""
    counted = query.with_only_columns(func.count().label("total"), maintain_column_froms=True)
    ((total,),) = [row.values() for row in warehouse.rows(counted)]
    part = query.order_by(*order).limit(page.size).offset((page.number - 1) * page.size)
    return Found(warehouse.rows(part), total)
