"""How the build was made: its checks and inputs, what it holds, and what was refused or is wrong."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import func, literal, select, union_all

from warehouse.catalog import LANGUAGES
from warehouse.engine import Warehouse
from warehouse.queries.exchange import FIRST, Found, Page, found
from warehouse.schema import (
    build_change,
    build_check,
    build_input,
    issue,
    metadata,
    rejection,
    snapshot,
)


def rejections(warehouse: Warehouse, page: Page = FIRST, source_id: str | None = None) -> Found:
    """Ask for what was refused by then: all columns of `rejection`, and the `kind` of the document.

    The newest document first, its faults in their order.
    """
    query = (
        select(rejection, snapshot.c.kind)
        .join_from(rejection, snapshot)
        .where(warehouse.said(rejection))
    )
    if source_id is not None:
        query = query.where(rejection.c.source_id == source_id)
    order = (rejection.c.known_since.desc(), *rejection.primary_key)
    return found(warehouse, query, page, *order)


def refused(warehouse: Warehouse) -> pd.DataFrame:
    """Sum up what was refused by then: `source_id, field, reason, faults`, the commonest first.

    `source_id` is missing for documents that could not be told whose they are.
    """
    keys = (rejection.c.source_id, rejection.c.field, rejection.c.reason)
    faults = func.count().label("faults")
    query = select(*keys, faults).where(warehouse.said(rejection)).group_by(*keys)
    order = (faults.desc(), keys[0].nulls_first(), *keys[1:])
    return warehouse.frame(query.order_by(*order))


def checks(warehouse: Warehouse) -> pd.DataFrame:
    """Ask for the checks that the build passed: `name, outcome`."""
    return warehouse.frame(select(build_check).order_by(build_check.c.name))


def changes(warehouse: Warehouse) -> pd.DataFrame:
    """Ask what readers see otherwise than in the build before: the columns of `build_change`.

    The first row is the build compared with; without rows there was none.
    """
    return warehouse.frame(select(build_change).order_by(build_change.c.position))


def inputs(warehouse: Warehouse) -> pd.DataFrame:
    """Ask for the files that the build was made from: `path, sha256`."""
    return warehouse.frame(select(build_input).order_by(build_input.c.path))


def sizes(warehouse: Warehouse) -> pd.DataFrame:
    """Count the rows of every table: `table, rows`, those with the most rows first."""
    counts = [
        select(literal(table.name).label("table"), func.count().label("rows")).select_from(table)
        for table in metadata.sorted_tables
    ]
    each = union_all(*counts).subquery()
    return warehouse.frame(select(each).order_by(each.c.rows.desc(), each.c.table))


def issues(warehouse: Warehouse) -> pd.DataFrame:
    """Ask for all known errors: `source_id, subject, scope, period, kind, expected`, then the texts.

    `what_kk … what_en` say what is wrong; `expected` is the number that was to be expected, in the
    unit of the source, or missing.
    """
    names = ("source_id", "subject", "scope", "period", "kind", "expected")
    texts = [issue.c[f"what_{language}"] for language in LANGUAGES]
    query = select(*(issue.c[name] for name in names), *texts)
    return warehouse.frame(query.order_by(*(issue.c[name] for name in names[:4])))
