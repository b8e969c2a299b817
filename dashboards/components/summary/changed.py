"""What readers see otherwise than in the build before, in three lines at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, inside
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from warehouse.engine import Warehouse
from warehouse.queries import builds, indicators
from warehouse.seen import MOST

LINES = 3
_WORDS: Mapping[str, str] = {
    "revised": message("{title}, {period}: {before} became {after}"),
    "added": message("{title}, {period}: new, {after}"),
    "removed": message("{title}, {period}: no longer there, was {before}"),
}
_STATEMENTS: Mapping[Any, str] = {
    ("revised", "target"): message("Targets changed: {count}"),
    ("added", "target"): message("Targets new: {count}"),
    ("removed", "target"): message("Targets no longer there: {count}"),
    ("revised", "claim"): message("Claims changed: {count}"),
    ("added", "claim"): message("Claims new: {count}"),
    ("removed", "claim"): message("Claims no longer there: {count}"),
}


def changed(request: Request) -> list[Component]:
    """Say what changed since the last build, or plainly that nothing did; of a past day nothing."""
    locale = request.locale
    if request.warehouse.asof:
        return []
    found = builds.changes(request.warehouse)
    more = html.A(locale.text("The build and its checks"), href=request.path("data"), **inside())
    return [
        html.Section(
            [
                html.Div(
                    [html.H2(locale.text("What changed since the last build")), html.P(more)],
                    className="headed",
                ),
                *_told(found, request.warehouse, locale),
            ],
            id="changed",
        )
    ]


def _told(found: pd.DataFrame, warehouse: Warehouse, locale: Locale) -> list[Component]:
    if found.empty:
        return [html.P(locale.text("This is the first build: there is none to compare it with."))]
    day = locale.period(str(found["period"].iloc[0])[:10])
    rows = found.iloc[1:]
    if rows.empty:
        words = locale.text(
            "Nothing: figures, targets and claims are as in the build before ({day}).", day=day
        )
        return [html.P(words)]
    lines = list(_lines(rows, warehouse, locale))
    items: list[Content] = [html.Li(words) for words, _count in lines[:LINES]]
    shown = sum(count for _words, count in lines[:LINES])
    rest = len(rows) - shown
    since = locale.text("Compared with the build before ({day}).", day=day)
    if rest:
        number = ("≥\u00a0" if len(rows) == MOST else "") + locale.number(rest)
        since += " " + locale.text("Other changes: {count}.", count=number)
    return [html.Ul(items), html.P(since, className="quiet")]


def _lines(rows: pd.DataFrame, warehouse: Warehouse, locale: Locale) -> Iterator[tuple[str, int]]:
    """A line for each figure, and one for all targets or claims, with how many changes it tells of."""
    figures = rows[rows["subject"] == "observation"]
    names = indicators.names(warehouse)
    leading = {(each.indicator_id, each.scope) for each in indicators.headlines(warehouse)}
    for row in figures.head(LINES).to_dict("records"):
        indicator = indicators.get(warehouse, row["item"])
        title = indicator.short[locale.language]
        if (row["item"], row["scope"]) not in leading:
            title += f" ({locale.name(names, row['scope'])})"
        ends = {when: _amount(row, when, indicator.unit, locale) for when in ("before", "after")}
        period = locale.period(row["period"])
        yield locale.text(_WORDS[row["kind"]], title=title, period=period, **ends), 1
    statements = rows[rows["subject"] != "observation"]
    for (kind, subject), own in statements.groupby(["kind", "subject"], sort=False):
        count = locale.number(len(own))
        yield locale.text(_STATEMENTS[kind, subject], count=count), len(own)


def _amount(row: Mapping[Any, Any], when: str, unit: str, locale: Locale) -> str:
    low, high = (
        None if pd.isna(row[f"{end}_{when}"]) else row[f"{end}_{when}"] for end in ("low", "high")
    )
    return "" if low is None and high is None else locale.quantity(low, high, unit)
