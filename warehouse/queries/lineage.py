"""Where figures come from, and how complete what is loaded is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    func,
    literal_column,
    select,
    union_all,
)

from warehouse import periods
from warehouse.catalog import LANGUAGES, Source, Text
from warehouse.engine import Warehouse
from warehouse.queries.indicators import in_order, source_of
from warehouse.schema import (
    chapter_flow,
    indicator,
    issue,
    observation,
    preference,
    snapshot,
    source,
    trade_flow,
)


def sources(warehouse: Warehouse) -> dict[str, Source]:
    """List every source by its id."""
    return {row["id"]: source_of(row) for row in warehouse.rows(in_order(source))}


def preferences(warehouse: Warehouse, subject: str) -> list[tuple[str, str | None, str, Text]]:
    """List which source speaks for a subject: first period, last period, source id, reason."""
    query = select(preference).where(preference.c.subject == subject)
    return [
        (row["first_period"], row["last_period"], row["source_id"], Text.of(row, "reason"))
        for row in warehouse.rows(query.order_by(preference.c.first_period))
    ]


def known_issues(warehouse: Warehouse, source_id: str) -> pd.DataFrame:
    """Ask for the known errors of a source: `subject, scope, period, what_kk … what_en`."""
    texts = [issue.c[f"what_{language}"] for language in LANGUAGES]
    return warehouse.frame(
        select(issue.c.subject, issue.c.scope, issue.c.period, *texts)
        .where(issue.c.source_id == source_id)
        .order_by(issue.c.period, issue.c.subject, issue.c.scope)
    )


_OF_TRADE = ("turnover", "export", "import", "re-export", "re-import")
"""Subjects of issues that are flows of goods; the others are indicators."""


def pair_issues(warehouse: Warehouse, a: str, b: str) -> pd.DataFrame:
    """Ask for the known errors in the trade that two economies report of each other, or of all.

    Columns `source_id, scope, period, what_kk … what_en`, in time.
    """
    texts = [issue.c[f"what_{language}"] for language in LANGUAGES]
    return warehouse.frame(
        select(issue.c.source_id, issue.c.scope, issue.c.period, *texts)
        .where(issue.c.scope.in_((f"{a}-{b}", f"{b}-{a}", a, b)), issue.c.subject.in_(_OF_TRADE))
        .order_by(issue.c.period, issue.c.source_id, issue.c.scope, issue.c.subject)
    )


def coverage(warehouse: Warehouse) -> pd.DataFrame:
    """Tell per source and subject: `rows`, first and last period, newest vintage, missing years.

    A subject is a reporter's trade, its chapters of bulk data or an indicator; `gaps` lists the years without a figure between
    the first and the last of an annual series, empty otherwise.
    """
    flows = _counted(
        (literal_column("'trade of '") + trade_flow.c.reporter_code).label("subject"),
        literal_column("'annual'"),
        trade_flow,
    ).where(warehouse.newest(trade_flow))
    figures = (
        _counted(observation.c.indicator_id.label("subject"), indicator.c.frequency, observation)
        .join_from(observation, indicator)
        .where(warehouse.newest(observation))
    )
    chapters = _counted(
        (literal_column("'chapters of '") + chapter_flow.c.reporter_code).label("subject"),
        literal_column("'annual'").label("frequency"),
        chapter_flow,
    ).where(warehouse.newest(chapter_flow))
    counted = union_all(flows, chapters, figures).subquery()
    keys = (counted.c.source_id, counted.c.subject, counted.c.period)
    loaded = warehouse.frame(counted.select().order_by(*keys))
    rows = [
        (
            source_id,
            subject,
            int(group["rows"].sum()),
            min(group["period"], key=periods.parse),
            max(group["period"], key=periods.parse),
            group["vintage"].max(),
            _gaps(group["period"]) if frequency == "annual" else "",
        )
        for (source_id, subject, frequency), group in loaded.groupby(
            ["source_id", "subject", "frequency"]
        )
    ]
    names = ["source_id", "subject", "rows", "first_period", "last_period", "vintage", "gaps"]
    return pd.DataFrame(rows, columns=names)


def snapshots(warehouse: Warehouse) -> pd.DataFrame:
    """Tell per source: how many `snapshots`, when the newest was `taken`, how many `rejections`.

    A document that could not be told whose it is counts under its kind.
    """
    owner = func.coalesce(snapshot.c.source_id, snapshot.c.kind).label("source_id")
    columns: list[ColumnElement[Any]] = [
        owner,
        func.count().label("snapshots"),
        func.max(snapshot.c.retrieved_at).label("taken"),
        func.sum(snapshot.c.rejections).label("rejections"),
    ]
    query = select(*columns).group_by(owner)
    return warehouse.frame(query.where(warehouse.said(snapshot)).order_by(owner))


def _counted(
    subject: ColumnElement[str], frequency: ColumnElement[str], table: Table
) -> Select[Any]:
    """Count the rows of each period, so that no more comes out than there are periods."""
    keys = (table.c.source_id, subject, table.c.period)
    counts: list[ColumnElement[Any]] = [
        func.max(frequency).label("frequency"),
        func.count().label("rows"),
        func.max(table.c.vintage).label("vintage"),
    ]
    return select(*keys, *counts).group_by(*keys)


def _gaps(texts: Iterable[str]) -> str:
    years = {int(text) for text in texts if periods.is_year(text)}
    between = range(min(years), max(years)) if years else ()
    return ", ".join(str(year) for year in between if year not in years)
