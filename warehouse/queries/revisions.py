"""What changed between the vintages of a source: which figure, from what to what, and by how much."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Float,
    Label,
    Select,
    Subquery,
    Table,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from warehouse.engine import Warehouse
from warehouse.queries.catalogue import TOTAL
from warehouse.queries.exchange import FIRST, Found, Page, found
from warehouse.schema import indicator, observation, trade_flow

REVISIONS = (
    *("kind", "subject", "scope", "flow_code", "period", "source_id"),
    *("vintage", "known_since", "value", "low", "high", "unit"),
    *("previous_vintage", "previous_value", "previous_low", "previous_high"),
    *("change", "relative_change"),
)
"""Columns of a revision: one row per figure and vintage whose value is not that of the one before.

`kind` is observation or trade_flow; `subject` an indicator's id or a reporter's code, `scope` what the
indicator is about or the partner's code, `flow_code` empty for an indicator. Values and `change` are in
`unit`; `relative_change` is a share of the previous value. Ranges have neither, and a number that was
0 has no relative change.
"""

SUMMARY = ("source_id", "compared", "revised", "rounded", "median_change", "largest_change")
"""Columns of the summary: figures that came again in a later vintage, those that were revised by it,
those that only lost or gained digits, and the median and the largest size of their relative changes, both without a sign."""

Kind = Literal["observation", "trade_flow"]

_SMALLEST = 1e-9
"""Relative changes up to this come of computing with binary fractions, and are none."""

_DOLLARS = "USD"
_FINE, _COARSE = 100, 1000
"""The last digit of tables in thousand dollars, with one decimal and with none, in dollars."""


def revisions(
    warehouse: Warehouse, page: Page = FIRST, kind: Kind | None = None, **where: str | None
) -> Found:
    """Ask for revisions, columns `REVISIONS`, the newest first, then the largest relative change.

    `where` holds columns of `REVISIONS` with the value that they must have; None is any. Of trade,
    totals over products.
    """
    changed = _compared(warehouse, kind)
    query = select(*(changed.c[name] for name in REVISIONS)).where(_is_revised(changed))
    given = {name: value for name, value in where.items() if value is not None}
    query = query.where(*(changed.c[name] == value for name, value in given.items()))
    size = func.abs(changed.c.relative_change).desc().nulls_last()
    names = ("kind", "subject", "scope", "flow_code", "period", "source_id", "vintage")
    keys = (changed.c[name] for name in names)
    return found(warehouse, query, page, changed.c.known_since.desc(), size, *keys)


def summary(warehouse: Warehouse, kind: Kind | None = None) -> pd.DataFrame:
    """Sum revisions up by source, columns `SUMMARY`, the most revised first.

    A source whose figures never came again is left out; one that never changed them is not.
    """
    changed = _compared(warehouse, kind)
    counts = {"revised": _is_revised(changed), "rounded": _is_rounding(changed)}
    totals = (
        select(
            changed.c.source_id,
            func.count().label("compared"),
            *(func.sum(case((each, 1), else_=0)).label(name) for name, each in counts.items()),
        )
        .group_by(changed.c.source_id)
        .subquery()
    )
    sizes = _sizes(changed)
    query = (
        select(totals, sizes.c.median_change, sizes.c.largest_change)
        .join_from(totals, sizes, totals.c.source_id == sizes.c.source_id, isouter=True)
        .order_by(totals.c.revised.desc(), totals.c.source_id)
    )
    return warehouse.frame(query)


def _sizes(changed: Subquery) -> Subquery:
    """The median and the largest relative change of each source; SQLite knows no median."""
    size = func.abs(changed.c.relative_change)
    of_source = changed.c.source_id
    ranked = (
        select(
            of_source,
            size.label("size"),
            func.row_number().over(partition_by=of_source, order_by=size).label("rank"),
            func.count().over(partition_by=of_source).label("count"),
        )
        .where(_is_revised(changed), size.is_not(None))
        .subquery()
    )
    # Of an odd number the middle one, of an even number the middle two.
    is_middle = (2 * ranked.c.rank).between(ranked.c.count, ranked.c.count + 2)
    return (
        select(
            ranked.c.source_id,
            func.avg(case((is_middle, ranked.c.size))).label("median_change"),
            func.max(ranked.c.size).label("largest_change"),
        )
        .group_by(ranked.c.source_id)
        .subquery()
    )


def _compared(warehouse: Warehouse, kind: Kind | None) -> Subquery:
    """Every figure that came again, beside what the vintage before said."""
    parts = {"observation": _figures(warehouse), "trade_flow": _flows(warehouse)}
    chosen: CompoundSelect[Any] = union_all(*(parts.values() if kind is None else [parts[kind]]))
    paired = chosen.subquery()
    names = [column.name for column in paired.columns]
    change = paired.c.value - paired.c.previous_value
    return (
        select(
            *(paired.c[name] for name in names),
            change.label("change"),
            (change / func.nullif(func.abs(paired.c.previous_value), 0)).label("relative_change"),
        )
        .where(paired.c.previous_vintage.is_not(None))
        .subquery()
    )


def _figures(warehouse: Warehouse) -> Select[Any]:
    table = observation
    amount = (table.c.value, table.c.low, table.c.high)
    keys = (table.c.indicator_id, table.c.scope, literal("").label("flow_code"))
    return (
        select(*_columns(table, keys, amount, indicator.c.unit))
        .join_from(observation, indicator)
        .where(warehouse.said(table))
    )


def _flows(warehouse: Warehouse) -> Select[Any]:
    table = trade_flow
    none = cast(null(), Float)
    amount = (table.c.value_usd, none, none)
    keys = (table.c.reporter_code, table.c.partner_code, table.c.flow_code)
    columns = _columns(table, keys, amount, literal("USD"))
    return select(*columns).where(warehouse.said(table), table.c.product_code == TOTAL)


def _columns(
    table: Table,
    keys: tuple[ColumnElement[str], ...],
    amount: tuple[ColumnElement[Any], ...],
    unit: ColumnElement[str],
) -> list[Label[Any]]:
    # The order of the table's own key, so that SQLite has nothing to sort.
    series = [*table.primary_key][:-1]
    named = {
        "kind": literal(table.name),
        **dict(zip(("subject", "scope", "flow_code"), keys, strict=True)),
        **{name: table.c[name] for name in ("period", "source_id", "vintage", "known_since")},
        **dict(zip(("value", "low", "high"), amount, strict=True)),
        "unit": unit,
    }
    previous = {
        f"previous_{name}": func.lag(named[name]).over(
            partition_by=series, order_by=table.c.vintage
        )
        for name in ("vintage", "value", "low", "high")
    }
    return [column.label(name) for name, column in (named | previous).items()]


def _is_revised(changed: Subquery) -> ColumnElement[bool]:
    """Whether a number moved, an end of a range did, or one became the other."""
    moved = [
        changed.c[name].is_distinct_from(changed.c[f"previous_{name}"])
        for name in ("value", "low", "high")
    ]
    noise = and_(
        changed.c.relative_change.is_not(None),
        func.abs(changed.c.relative_change) <= _SMALLEST,
    )
    return and_(or_(*moved), ~noise, ~_is_rounding(changed))


def _is_rounding(changed: Subquery) -> ColumnElement[bool]:
    """Whether dollars moved by no more than half the last digit of the coarser vintage.

    Nothing tells how many digits a vintage prints but its figures: one that ends in whole hundreds or
    thousands is taken as printed so. A figure of nothing has no digits.
    """
    ends = (changed.c.value, changed.c.previous_value)
    size = func.abs(changed.c.change)
    within = [
        or_(
            and_(_is_whole(one, _FINE), size <= _FINE / 2),
            and_(_is_whole(one, _COARSE), ~_is_whole(other, _FINE), size <= _COARSE / 2),
        )
        for one, other in (ends, ends[::-1])
    ]
    # A range has no value, and what is unknown is no rounding.
    known = and_(changed.c.unit == _DOLLARS, *(func.coalesce(end, 0) != 0 for end in ends))
    return and_(known, size > 0, or_(*within))


def _is_whole(value: ColumnElement[float], step: int) -> ColumnElement[bool]:
    return func.round(value / step) * step == value
