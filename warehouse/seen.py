"""What readers see otherwise in a new build than in the one that is served, under the schema `OLD`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    MetaData,
    Select,
    Table,
    and_,
    func,
    literal,
    or_,
    select,
    true,
)

from warehouse import schema
from warehouse.stores import OLD

MOST = 200
"""So many changes are kept: a page names a few of them, and counts the rest."""

_VALUES = ("value", "low", "high")
_NO_AMOUNTS = dict.fromkeys(("low_before", "high_before", "low_after", "high_after"))


def seen(connection: Connection) -> Iterator[dict[str, Any]]:
    """Make the rows of `build_change`: the build compared with, then what is revised, new or gone.

    Figures count where they are preferred, by indicator, scope and period; those of headlines come
    first, then the newest.
    """
    old_build = _old(schema.build, "old_build")
    before = (
        connection.execute(select(old_build.c.id, old_build.c.built_at)).mappings().one_or_none()
    )
    if before is None:
        return
    compared = {"kind": "compared", "subject": "build", "item": before["id"], "scope": ""}
    rows = islice(_changes(connection), MOST)
    yield {"position": 0, "period": before["built_at"], **compared, **_NO_AMOUNTS}
    for position, row in enumerate(rows, start=1):
        yield {"position": position, **row}


def _changes(connection: Connection) -> Iterator[dict[str, Any]]:
    for kind in schema.CHANGES[1:]:
        for subject, table, item, period in (
            ("observation", schema.observation, "indicator_id", "period"),
            ("target", schema.target, "id", "due"),
            ("claim", schema.claim, "id", "period"),
        ):
            for row in connection.execute(_query(kind, table, item, period)).mappings():
                yield {"kind": kind, "subject": subject, **row}


def _query(kind: str, table: Table, item: str, period: str) -> Select[Any]:
    """Ask for what of a table is in both builds with other numbers, or in one of them only."""
    new, old = table.alias("new_row"), _old(table, "old_row")
    keys = [item, "scope", "period"] if table is schema.observation else [item]
    is_same = and_(*(new.c[key] == old.c[key] for key in keys))
    if kind == "revised":
        changed = [*_VALUES] if table is schema.observation else [*_VALUES, period]
        is_moved = or_(*(new.c[name].is_distinct_from(old.c[name]) for name in changed))
        # Only the new row may be without a period: that of a target whose date was taken back.
        amounts = [*_ends(old, "before"), *_ends(new, "after")]
        query = _what(new, item, period, amounts).select_from(new.join(old, is_same))
        return _in_order(query.where(is_moved, _speaks(new), _speaks(old)), new, item, period)
    here, there = (new, old) if kind == "added" else (old, new)
    side, other = ("after", "before") if kind == "added" else ("before", "after")
    none = [literal(None).label(f"{end}_{other}") for end in ("low", "high")]
    twin = select(literal(1)).select_from(there).where(is_same, _speaks(there)).correlate(here)
    query = _what(here, item, period, [*_ends(here, side), *none])
    return _in_order(query.where(_speaks(here), ~twin.exists()), here, item, period)


def _what(
    row: FromClause, item: str, period: str, amounts: list[ColumnElement[Any]]
) -> Select[Any]:
    due = func.coalesce(row.c[period], "").label("period")
    return select(row.c[item].label("item"), row.c.scope.label("scope"), due, *amounts)


def _ends(row: FromClause, when: str) -> list[ColumnElement[Any]]:
    return [
        func.coalesce(row.c.value, row.c[end]).label(f"{end}_{when}") for end in ("low", "high")
    ]


def _speaks(row: FromClause) -> ColumnElement[bool]:
    return row.c.preferred_until.is_(None) if "preferred_until" in row.c else true()


def _in_order(query: Select[Any], row: FromClause, item: str, period: str) -> Select[Any]:
    position = select(schema.headline.c.position).where(
        schema.headline.c.indicator_id == row.c.indicator_id,
        schema.headline.c.scope == row.c.scope,
    )
    first = position.correlate(row).scalar_subquery()
    ends = (row.c[period].desc().nulls_last(), row.c[item], row.c.scope)
    return query.order_by(first.is_(None), first, *ends).limit(MOST)


def _old(table: Table, name: str) -> FromClause:
    return table.to_metadata(MetaData(), schema=OLD).alias(name)
