"""The way back from a figure: its source, the document it was read in, and what it is the sum of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, select

from warehouse.catalog import MEASURES
from warehouse.engine import Row, Warehouse
from warehouse.queries import exchange
from warehouse.queries.exchange import ALWAYS, FIRST, PREFERRED, Found, Page, Span
from warehouse.schema import group_partner, snapshot, source, trade_flow

GROUP_SUMS: Mapping[str, str] = {f"trade_{measure}_ots": measure for measure in MEASURES}
"""Indicators that are sums over the partners of a definition, with the measure summed."""

REPORTER = "KAZ"
"""Whose trade the sums are of."""

DOCUMENT = (
    "id",
    "kind",
    "name",
    "published",
    "retrieved_at",
    "known_since",
    "sha256",
    "size_bytes",
)
"""What is told of a stored document; its `name` is a file's, or the address that was asked."""

Traced = dict[str, Any]


Where = Mapping[str, str | None]


def trace(
    warehouse: Warehouse,
    *,
    figure: Where,
    flow: Where,
    period: str | None = None,
    source_id: str = PREFERRED,
    span: Span = ALWAYS,
    page: Page = FIRST,
) -> Found:
    """Trace figures or, where only columns of `trade_flow` are given, flows.

    Columns `exchange.OBSERVATIONS` or `exchange.FLOWS`, with `source`, `snapshot` and `parts`.
    `snapshot` is None for a row of our own tables, whose `place` says where it stands. `parts` are
    the flows that a sum over the group is made of, each traced in turn; else there are none.
    Nothing is both a figure and a flow.
    """
    is_figure, is_flow = (
        any(value is not None for value in where.values()) for where in (figure, flow)
    )
    if is_figure and is_flow:
        return Found([], 0)
    if is_flow:
        found = exchange.flows(warehouse, source_id, span, page, **flow, period=period)
        return Found(_traced(warehouse, found.rows), found.total)
    found = exchange.observations(warehouse, source_id, span, page, **figure, period=period)
    parts = [_parts(warehouse, row) for row in found.rows]
    return Found(_traced(warehouse, found.rows, parts), found.total)


def _parts(warehouse: Warehouse, figure: Row) -> Sequence[Traced]:
    measure = GROUP_SUMS.get(figure["indicator_id"])
    if measure is None:
        return []
    counted = and_(
        trade_flow.c.partner_code == group_partner.c.partner_code,
        trade_flow.c.period == group_partner.c.period,
    )
    query = (
        select(*exchange.flow_columns(warehouse))
        .join_from(trade_flow, group_partner, counted)
        .where(group_partner.c.scope == figure["scope"])
        .where(trade_flow.c.reporter_code == REPORTER)
        .where(trade_flow.c.product_code == "TOTAL")
        .where(trade_flow.c.flow_code.in_(MEASURES[measure]))
        .where(trade_flow.c.period == figure["period"])
        .where(trade_flow.c.source_id == figure["source_id"])
        .where(warehouse.newest(trade_flow))
        .order_by(trade_flow.c.partner_code, trade_flow.c.flow_code)
    )
    return _traced(warehouse, warehouse.rows(query))


def _traced(
    warehouse: Warehouse, rows: Sequence[Row], parts: Sequence[Sequence[Traced]] | None = None
) -> list[Traced]:
    sources = exchange.by_id(warehouse, source, {row["source_id"] for row in rows})
    snapshots = exchange.by_id(warehouse, snapshot, {row["snapshot_id"] for row in rows})
    return [
        {
            **row,
            "source": sources[row["source_id"]],
            "snapshot": _document(snapshots.get(row["snapshot_id"])),
            "parts": made_of,
        }
        for row, made_of in zip(rows, parts or [[] for _ in rows], strict=True)
    ]


def _document(row: Row | None) -> Row | None:
    return None if row is None else {name: row[name] for name in DOCUMENT}
