"""The figures of one entry: the newest stand on the page, all of them in the table to sort and in files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components.catalogue.tables import MOST, newest_rows
from dashboards.components.catalogue.words import FLOWS, figures_counted, named, said
from dashboards.components.chart import chart
from dashboards.components.table import exhibit_table
from dashboards.exhibit import Exhibit, figures
from dashboards.i18n import Locale
from dashboards.page import Request
from warehouse import periods
from warehouse.catalog import Text
from warehouse.engine import Row
from warehouse.queries import exchange, indicators, lineage
from warehouse.queries.catalogue import TOTAL
from warehouse.queries.exchange import ALL, Found, Page

SHOWN = 100
"""Figures on the page; a reader who wants more sorts, filters or takes the file."""

_ALL = Page(1, MOST)


def of_indicator(request: Request, indicator_id: str) -> Found:
    """Ask for the newest figures of an indicator by every source."""
    return exchange.observations(
        request.warehouse, source_id=ALL, page=_ALL, indicator_id=indicator_id
    )


def of_reporter(request: Request, code: str) -> Found:
    """Ask for the totals that a reporter tells of its trade; for products where it tells no totals."""
    totals = exchange.flows(
        request.warehouse, source_id=ALL, page=_ALL, reporter_code=code, product_code=TOTAL
    )
    if totals.total:
        return totals
    return exchange.flows(request.warehouse, source_id=ALL, page=_ALL, reporter_code=code)


def of_source(request: Request, source_id: str) -> tuple[Found, Found]:
    """Ask for the newest figures that a source gives: of indicators, and totals of trade."""
    warehouse = request.warehouse
    return (
        exchange.observations(warehouse, source_id=source_id, page=_ALL),
        exchange.flows(warehouse, source_id=source_id, page=_ALL, product_code=TOTAL),
    )


def figures_chart(request: Request, name: str, title: str, found: Found) -> Component:
    """List figures as the API gives them, the newest period first; or say that there are none."""
    locale = request.locale
    if not found.rows:
        words = locale.text("No figure of this is held.")
        return html.Section(
            [html.H2(title), html.P(words, className="quiet")],
            className="chart",
            id=f"none-{name}",
        )
    told = _told(request, found)
    sources = lineage.sources(request.warehouse)
    exhibit = Exhibit(
        name,
        title=title,
        subtitle=figures_counted(found.total, locale),
        summary="",
        data=told,
        sources=[sources[each] for each in told["source_id"].unique()],
    )
    newest = exhibit_table(replace(exhibit, data=told.head(SHOWN)), locale)
    return chart(request, exhibit, twin=newest, notes=_not_all(found, locale))


def _not_all(found: Found, locale: Locale) -> list[Component]:
    """Say which rows do not stand on the page, and which not even in the files."""
    if found.total <= SHOWN:
        return []
    if found.total <= len(found.rows):
        return [newest_rows(SHOWN, found.total, locale)]
    words = locale.text(
        "There are {total} figures; a file of this page holds {held} of them, the API all.",
        total=locale.number(found.total),
        held=locale.number(len(found.rows)),
    )
    return [html.P(words, className="source")]


def _told(request: Request, found: Found) -> pd.DataFrame:
    """The figures in the columns of an exhibit, the newest period first, then by series."""
    names = indicators.names(request.warehouse)
    is_flow = "reporter_code" in found.rows[0]
    told = pd.DataFrame(found.rows)
    if is_flow:
        told = told.rename(columns={"value_usd": "value"})
        series = [_flow(row, names, request.locale) for row in found.rows]
    else:
        series = _observed(request, found.rows, names)
    ends = [periods.parse(text).end for text in told["period"]]
    told = told.assign(series=series, ends=ends)
    order = told.sort_values(["ends", "series"], ascending=[False, True], kind="stable")
    return figures(order.drop(columns="ends"), "")


def _flow(row: Row, names: Mapping[str, Text], locale: Locale) -> str:
    reporter, partner = (
        named(names, row[f"{side}_code"], locale) for side in ("reporter", "partner")
    )
    flow = f"{reporter} – {partner}: {said(FLOWS, row['flow_code'], locale)}"
    if row["product_code"] == TOTAL:
        return flow
    return locale.text("{flow}, product {code}", flow=flow, code=row["product_code"])


def _observed(request: Request, rows: Sequence[Row], names: Mapping[str, Text]) -> list[str]:
    """Name what each figure is about; of several indicators also which."""
    locale = request.locale
    ids = dict.fromkeys(row["indicator_id"] for row in rows)
    if len(ids) == 1:
        return [named(names, row["scope"], locale) for row in rows]
    titles = {each: indicators.get(request.warehouse, each).short[locale.language] for each in ids}
    return [f"{titles[row['indicator_id']]}: {named(names, row['scope'], locale)}" for row in rows]
