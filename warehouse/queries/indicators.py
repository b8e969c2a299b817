"""Indicators and their observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Select, Table, and_, select

from warehouse import periods
from warehouse.catalog import Indicator, Observation, Source, Text
from warehouse.engine import Row, Warehouse
from warehouse.schema import economy, headline, indicator, observation, scope, source, target

SERIES = ("scope", "period", "value", "low", "high", "status", "source_id", "vintage", "place")
"""Columns of a series: one row per figure, in the indicator's unit, with its evidence."""


@dataclass(frozen=True)
class Headline:
    """An indicator that the summary leads with: of what, since when, against which target."""

    indicator_id: str
    scope: str
    base_period: str | None
    target_id: str | None


def headlines(warehouse: Warehouse) -> list[Headline]:
    """List the headline indicators in the order of their cards; a target not yet said is none."""
    said = warehouse.said(target)
    query = (
        select(headline.c.indicator_id, headline.c.scope, headline.c.base_period)
        .add_columns(target.c.id.label("target_id"))
        .join_from(headline, target, and_(headline.c.target_id == target.c.id, said), isouter=True)
        .order_by(headline.c.position)
    )
    return [Headline(**row) for row in warehouse.rows(query)]


def get(warehouse: Warehouse, indicator_id: str) -> Indicator:
    """Look an indicator up. Raises LookupError where the catalogue has none of that id."""
    rows = warehouse.rows(select(indicator).where(indicator.c.id == indicator_id))
    if not rows:
        raise LookupError(f"no indicator {indicator_id!r}")
    return indicator_of(rows[0])


def topic(warehouse: Warehouse, name: str) -> list[Indicator]:
    """List the indicators of a topic (trade, transit, digital), by id.

    Raises LookupError where the catalogue has none of that topic.
    """
    rows = warehouse.rows(
        select(indicator).where(indicator.c.topic == name).order_by(indicator.c.id)
    )
    if not rows:
        raise LookupError(f"no indicators of {name!r}")
    return [indicator_of(row) for row in rows]


def series(
    warehouse: Warehouse,
    indicator_id: str,
    scopes: Sequence[str] | None = None,
    source_id: str | None = None,
) -> pd.DataFrame:
    """Ask for an indicator's figures, columns `SERIES`, by scope and then in time.

    Without `source_id` the preferred source of each period answers; always with its newest vintage.
    """
    query = select(*(observation.c[name] for name in SERIES)).where(
        observation.c.indicator_id == indicator_id
    )
    if scopes is not None:
        query = query.where(observation.c.scope.in_(scopes))
    if source_id is None:
        query = query.where(warehouse.preferred(observation))
    else:
        query = query.where(observation.c.source_id == source_id).where(
            warehouse.newest(observation)
        )
    return _in_time(warehouse, query)


def all_sources(warehouse: Warehouse, indicator_id: str) -> pd.DataFrame:
    """Ask for an indicator's figures by the newest vintage of every source.

    Columns `SERIES` and `is_preferred`; by scope, then in time, then by source.
    """
    is_preferred = warehouse.preferred(observation).label("is_preferred")
    columns = [*(observation.c[name] for name in SERIES), is_preferred]
    query = select(*columns).where(observation.c.indicator_id == indicator_id)
    return _in_time(warehouse, query.where(warehouse.newest(observation)))


def figures(
    warehouse: Warehouse, indicator_id: str, scope_id: str | None = None
) -> list[Observation]:
    """List the preferred figures of an indicator, of one scope or all, by scope and then period."""
    query = (
        select(
            *(observation.c[name] for name in ("indicator_id", *SERIES)),
            *(column.label(f"source.{column.name}") for column in source.columns),
        )
        .join_from(observation, source)
        .where(observation.c.indicator_id == indicator_id)
        .where(warehouse.preferred(observation))
    )
    if scope_id is not None:
        query = query.where(observation.c.scope == scope_id)
    rows = warehouse.rows(query.order_by(*observation.primary_key))
    found = [_observation(row) for row in rows]
    return sorted(found, key=lambda figure: (figure.scope, periods.parse(figure.period)))


def names(warehouse: Warehouse) -> dict[str, Text]:
    """Name everything a figure can be about: scopes by id, economies by alpha-3 code."""
    scopes = {row["id"]: Text.of(row, "name") for row in warehouse.rows(in_order(scope))}
    economies = {row["code"]: Text.of(row, "name") for row in warehouse.rows(in_order(economy))}
    return scopes | economies


def source_of(row: Row, prefix: str = "") -> Source:
    """Make the record of a source from the columns whose names begin with `prefix`."""
    names = ("id", "title", "url", "published", "language", "licence", "kind")
    publisher = Text.of(row, f"{prefix}publisher")
    return Source(publisher=publisher, **{name: row[f"{prefix}{name}"] for name in names})


def in_order(table: Table) -> Select[Any]:
    """Ask for a whole table in the order of its key: no database keeps an order of itself."""
    return select(table).order_by(*table.primary_key)


def _in_time(warehouse: Warehouse, query: Select[Any]) -> pd.DataFrame:
    frame = warehouse.frame(query.order_by(*observation.primary_key))
    # As text "../2023-05" would stand before every year, and "2022" before "2022-01/2022-09".
    ends = [periods.parse(text) for text in frame["period"]]
    keys = list(zip(frame["scope"], ends, frame["source_id"], strict=True))
    return frame.iloc[sorted(range(len(keys)), key=keys.__getitem__)].reset_index(drop=True)


def indicator_of(row: Row) -> Indicator:
    """Make the record of an indicator from its row."""
    plain = ("id", "topic", "unit", "frequency", "direction", "formula")
    texts = ("title", "short", "definition", "method")
    values: Row = {name: row[name] for name in plain} | {name: Text.of(row, name) for name in texts}
    return Indicator(**values)


def _observation(row: Row) -> Observation:
    plain = {name: row[name] for name in ("indicator_id", *SERIES) if name != "source_id"}
    return Observation(**plain, source=source_of(row, "source."))
