"""Volumes of the route by who counts them: whole years, contradictions marked, and parts of years apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.corridor.reports import compared
from dashboards.components.evidence import source_link
from dashboards.components.notes import not_final, nothing_known
from dashboards.components.table import Row, records, table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.ranges import Statement, ranges
from dashboards.figures.volume import volume
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from warehouse import periods
from warehouse.catalog import FIRM, Indicator, Source, Text
from warehouse.queries import indicators, lineage

VOLUMES = {"volume": ("titr_volume", "ministry"), "containers": ("titr_containers", "titr")}
"""By chart: the indicator of whole years, and the scope whose preferred reports are the bars."""


def volumes(request: Request, names: Mapping[str, Text]) -> list[Component]:
    """Show freight and containers, by year and by part of a year."""
    return [
        made
        for name in VOLUMES
        for made in (_yearly(request, names, name), *_part_yearly(request, names, name))
    ]


def _yearly(request: Request, names: Mapping[str, Text], name: str) -> html.Figure:
    locale = request.locale
    indicator_id, scope = VOLUMES[name]
    indicator = indicators.get(request.warehouse, indicator_id)
    frame = _rivals(request, names, indicator_id, scope)
    title = indicator.title[locale.language]
    if frame.empty:
        return nothing_known(name, title, locale)
    sources = _sources(request, frame)
    conflicts = list(_conflicts(frame, names, indicator.unit, sources, locale))
    method = indicator.method[locale.language]
    preferred = frame[frame["series"] == frame["series"].iloc[0]]
    exhibit = Exhibit(
        name,
        title=title,
        subtitle=locale.unit(indicator.unit),
        summary=_summary(preferred, indicator.unit, locale),
        data=figures(frame.drop(columns=["rank", "preferred_value"]), indicator.unit),
        sources=list(sources.values()),
        figure=volume(frame, indicator.unit, locale),
        remarks=[indicator.definition[locale.language], method, *conflicts],
    )
    return chart(
        request,
        exhibit,
        twin=_table(exhibit, names, locale),
        notes=[
            html.P(method, className="quiet"),
            *_listed(locale.text("≠ Reports that contradict each other:"), conflicts),
            *not_final(frame, locale),
        ],
    )


def _rivals(
    request: Request, names: Mapping[str, Text], indicator_id: str, scope: str
) -> pd.DataFrame:
    """The preferred series first, then every other count or scope of the same volume, by its name."""
    locale = request.locale
    frame = indicators.all_sources(request.warehouse, indicator_id)
    years = frame[frame["period"].map(periods.is_year) & frame["value"].notna()]
    if years.empty:
        return years
    years = compared(years)
    is_first = (years["scope"] == scope) & years["is_preferred"]
    other = locale.text("other reports of the same count")
    labels = [
        locale.name(names, about) + ("" if first or about != scope else f": {other}")
        for about, first in zip(years["scope"], is_first, strict=True)
    ]
    return years.assign(series=labels, rank=~is_first).sort_values(["rank", "scope", "period"])


def _sources(request: Request, frame: pd.DataFrame) -> dict[str, Source]:
    known = lineage.sources(request.warehouse)
    return {each: known[each] for each in dict.fromkeys(frame["source_id"])}


def _summary(frame: pd.DataFrame, unit: str, locale: Locale) -> str:
    return "; ".join(
        f"{locale.period(row['period'])}: {locale.quantity(row['value'], row['value'], unit)}"
        for row in frame.to_dict("records")
    )


def _conflicts(
    frame: pd.DataFrame,
    names: Mapping[str, Text],
    unit: str,
    sources: Mapping[str, Source],
    locale: Locale,
) -> Iterator[str]:
    """Say of each report that differs by more than rounding: from which, and by how much."""
    preferred = frame[frame["is_preferred"]].set_index(["scope", "period"])["source_id"]
    disputed = frame[frame["contradicts"] & ~frame["is_preferred"]]
    for row in records(disputed.sort_values(["period", "scope"])):
        against = preferred.get((row["scope"], row["period"]))
        yield locale.text(
            "{scope}, {period}: {value} ({publisher}) against {other} ({other_publisher}), {change}.",
            scope=locale.name(names, row["scope"]),
            period=locale.period(row["period"]),
            value=locale.quantity(row["value"], row["value"], unit),
            publisher=_publisher(row["source_id"], sources, locale),
            other=locale.quantity(row["preferred_value"], row["preferred_value"], unit),
            other_publisher=_publisher(against, sources, locale),
            change=locale.change(row["deviation"], row["deviation"]),
        )


def _publisher(source_id: str | None, sources: Mapping[str, Source], locale: Locale) -> str:
    return sources[source_id].publisher[locale.language] if source_id else ""


def _listed(heading: str, items: list[str]) -> list[Component]:
    if not items:
        return []
    return [html.P(heading, className="quiet"), html.Ul([html.Li(item) for item in items])]


def _table(exhibit: Exhibit, names: Mapping[str, Text], locale: Locale) -> Component:
    """Every report with how it compares, contradictions in words."""
    heads = [
        *(message("Period"), message("Who counts"), message("Value")),
        *(message("Against the preferred report"), message("Status"), message("Source")),
    ]
    sources = {source.id: source for source in exhibit.sources}
    cells: list[list[Content]] = [
        [
            locale.period(row["period"]),
            locale.name(names, row["scope"]),
            locale.quantity(row["value"], row["value"], row["unit"]),
            _comparison(row, locale),
            locale.status(row["status"]),
            source_link(sources[row["source_id"]], locale),
        ]
        for row in records(exhibit.data)
    ]
    caption = f"{exhibit.title}; {exhibit.subtitle}"
    return table(exhibit.name, caption, [locale.text(head) for head in heads], cells)


def _comparison(row: Row, locale: Locale) -> str:
    share = row["deviation"]
    if share is None:
        return locale.text("preferred; contradicted") if row["contradicts"] else ""
    if share == 0:
        return locale.text("the same")
    if row["contradicts"]:
        return locale.text("contradicts: {change}", change=locale.change(share, share))
    return locale.text("the same when rounded")


def _part_yearly(request: Request, names: Mapping[str, Text], name: str) -> list[Component]:
    """Show the figures of months and of parts of years, which no year's figure may stand beside."""
    locale = request.locale
    indicator = indicators.get(request.warehouse, f"{VOLUMES[name][0]}_part_year")
    frame = indicators.all_sources(request.warehouse, indicator.id)
    if frame.empty:
        return []
    named = frame.assign(series=[locale.name(names, scope) for scope in frame["scope"]])
    legend = (locale.text("Before"), locale.text("Reported"), locale.text("Plan"))
    statements = list(_under_headings(named, locale))
    exhibit = Exhibit(
        f"{name}-part-year",
        title=indicator.title[locale.language],
        subtitle=locale.unit(indicator.unit),
        summary="; ".join(
            f"{row['series']}, {_value(row, indicator, locale)}" for row in records(named)
        ),
        data=figures(named, indicator.unit),
        sources=list(_sources(request, named).values()),
        figure=ranges(statements, indicator.unit, locale, legend, from_zero=True),
        remarks=[indicator.definition[locale.language], indicator.method[locale.language]],
    )
    method = html.P(indicator.method[locale.language], className="quiet")
    return [chart(request, exhibit, notes=[method])]


def _under_headings(frame: pd.DataFrame, locale: Locale) -> Iterator[Statement]:
    for series, group in groupby(records(frame), key=lambda row: str(row["series"])):
        yield Statement(series)
        for row in group:
            firm = "" if row["status"] in FIRM else f" ({locale.status(row['status'])})"
            span = (row["value"], row["value"])
            yield Statement(f"{locale.period(row['period'])}{firm}", now=span)


def _value(row: Row, indicator: Indicator, locale: Locale) -> str:
    written = locale.quantity(row["value"], row["value"], indicator.unit)
    return f"{locale.period(row['period'])}: {written}"
