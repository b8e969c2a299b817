"""What was said: targets and events."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import ColumnElement, select, true

from warehouse.catalog import LANGUAGES, Claim, Target, Text
from warehouse.engine import Row, Warehouse
from warehouse.queries.evidence import GROUP_SUMS, REPORTER
from warehouse.queries.indicators import source_of
from warehouse.schema import claim, event, group_partner, source, target

_PLAIN = (
    *("id", "indicator_id", "scope", "value", "low", "high", "unit", "due", "kind"),
    *("stated_on", "language", "words", "place", "restates"),
)
_SAID = (
    *("id", "kind", "indicator_id", "scope", "period", "base_period", "value", "low", "high"),
    *("unit", "stated_on", "language", "words", "place", "note"),
)
_SOURCE = [column.label(f"source.{column.name}") for column in source.columns]


def find_target(warehouse: Warehouse, target_id: str | None) -> Target | None:
    """Look a target up; None where there is none, or it had not been stated by then."""
    query = (
        select(target, *_SOURCE)
        .join_from(target, source)
        .where(target.c.id == target_id)
        .where(warehouse.said(target))
    )
    rows = warehouse.rows(query)
    return _target(rows[0]) if rows else None


def targets(warehouse: Warehouse, indicator_id: str) -> list[Target]:
    """List the targets of an indicator, the oldest statement first."""
    return _targets(warehouse, target.c.indicator_id == indicator_id)


def all_targets(warehouse: Warehouse) -> list[Target]:
    """List every target stated by then, the oldest statement first."""
    return _targets(warehouse, true())


def pair_targets(warehouse: Warehouse, a: str, b: str) -> list[Target]:
    """List the targets for the trade of two economies, the oldest statement first."""
    return _targets(warehouse, target.c.scope.in_((f"{a}-{b}", f"{b}-{a}")))


def pair_claims(warehouse: Warehouse, a: str, b: str) -> list[Claim]:
    """List what was said of the trade of two economies, the oldest statement first.

    A number said of a group counts where its reporter is one of the two and the group has the other.
    """
    other = {a: b, b: a}.get(REPORTER)
    groups = select(group_partner.c.scope).where(group_partner.c.partner_code == other)
    of_group = claim.c.scope.in_(groups) & claim.c.indicator_id.in_(GROUP_SUMS)
    return _claims(warehouse, claim.c.scope.in_((f"{a}-{b}", f"{b}-{a}")) | of_group)


def claims(warehouse: Warehouse) -> list[Claim]:
    """List the numbers said by then, of every indicator, the oldest statement first."""
    return _claims(warehouse, true())


def events(warehouse: Warehouse, *topics: str) -> pd.DataFrame:
    """Ask for the dated notes of some topics: `id, date, until, title_kk … title_en, url`."""
    titles = [event.c[f"title_{language}"] for language in LANGUAGES]
    query = (
        select(event.c.id, event.c.date, event.c.until, *titles, source.c.url)
        .join_from(event, source)
        .where(event.c.topic.in_(topics))
        .where(event.c.date <= warehouse.asof if warehouse.asof else true())
        .order_by(event.c.date, event.c.id)
    )
    return warehouse.frame(query)


def _targets(warehouse: Warehouse, about: ColumnElement[bool]) -> list[Target]:
    query = (
        select(target, *_SOURCE)
        .join_from(target, source)
        .where(about)
        .where(warehouse.said(target))
        .order_by(target.c.stated_on, target.c.id)
    )
    return [_target(row) for row in warehouse.rows(query)]


def _target(row: Row) -> Target:
    return Target(
        **{name: row[name] for name in _PLAIN},
        stated_by=Text.of(row, "stated_by"),
        source=source_of(row, "source."),
        title=Text.of(row, "title"),
    )


def _claims(warehouse: Warehouse, about: ColumnElement[bool]) -> list[Claim]:
    query = (
        select(claim, *_SOURCE)
        .join_from(claim, source)
        .where(about)
        .where(warehouse.said(claim))
        .order_by(claim.c.stated_on, claim.c.id)
    )
    return [_claim(row) for row in warehouse.rows(query)]


def _claim(row: Row) -> Claim:
    return Claim(
        **{name: row[name] for name in _SAID},
        stated_by=Text.of(row, "stated_by"),
        source=source_of(row, "source."),
        text=Text.of(row, "text"),
    )
