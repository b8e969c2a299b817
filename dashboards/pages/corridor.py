"""The Trans-Caspian corridor: transit times as they were stated, against plans, and volumes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.evidence import source_link, source_links
from dashboards.components.notes import event_list, not_final, nothing_known
from dashboards.components.table import figures_table, table
from dashboards.figures.ranges import Statement, ranges
from dashboards.figures.volume import volume
from dashboards.i18n import Locale, message
from dashboards.page import Page, Request
from warehouse import periods
from warehouse.catalog import Source, Span, Target, Text
from warehouse.queries import indicators, lineage, statements

_LEGEND = (message("Before"), message("Stated"), message("Plan"))
_TIMES = {
    "transit-kazakhstan": (
        message("Days to cross Kazakhstan: stated and planned"),
        ("transit_days_kazakhstan",),
    ),
    "transit-route": (
        message("Days on the whole route: stated and planned, by end points"),
        ("transit_days_china_europe", "transit_days_titr"),
    ),
    "segments": (
        message("Days by segment of the route, as stated"),
        ("transit_days_segment",),
    ),
    "comparison": (
        message("Days on other routes, as stated"),
        ("transit_days_comparison",),
    ),
}
_VOLUMES = {"volume": ("titr_volume", "ministry"), "containers": ("titr_containers", "titr")}


@dataclass(frozen=True)
class _Row:
    """One statement or plan with what it is about, when it was made, and where it stands."""

    scope: str
    said: periods.Period
    words: str
    before: Span | None
    now: Span | None
    plan: Span | None
    source: Source

    def drawn(self, label: str) -> Statement:
        return Statement(label, self.before, self.now, self.plan)


def layout(request: Request) -> Component:
    """Lay out the transit times by their end points, the comparison routes, and the volumes."""
    locale = request.locale
    names = indicators.names(request.warehouse)
    events = statements.events(request.warehouse, "transit")
    return html.Div(
        [
            html.H1(locale.text("The Trans-Caspian corridor")),
            html.P(
                locale.text(
                    "Transit times are what officials and carriers said, not measurements."
                    " They name different end points, so they are never joined into one line."
                ),
                className="lead",
            ),
            html.Div(
                [
                    _times(request, names, "transit-kazakhstan"),
                    _times(request, names, "transit-route"),
                    *(_volume(request, names, name) for name in _VOLUMES),
                    _times(request, names, "segments"),
                    _times(request, names, "comparison"),
                ],
                className="charts",
            ),
            event_list(events, locale, locale.text("Events of these years")),
        ]
    )


def _times(request: Request, names: Mapping[str, Text], name: str) -> html.Figure:
    locale = request.locale
    title, indicator_ids = _TIMES[name]
    rows = [row for each in indicator_ids for row in _rows(request, each)]
    legend = (locale.text(_LEGEND[0]), locale.text(_LEGEND[1]), locale.text(_LEGEND[2]))
    return chart(
        name,
        ranges(list(_under_headings(rows, names, locale)), "days", locale, legend),
        locale,
        title=locale.text(title),
        subtitle=locale.unit("days"),
        summary="; ".join(_sentence(row, names, locale) for row in rows),
        sources=[locale.text("named row by row in the table")],
        twin=_times_table(name, locale.text(title), rows, names, locale),
    )


def _rows(request: Request, indicator_id: str) -> Iterator[_Row]:
    """Pair each statement with the “before” it told, and set the plans among them by scope and date."""
    locale = request.locale
    figures = indicators.figures(request.warehouse, indicator_id)
    before = {(f.scope, f.period): f.span for f in figures if f.period.startswith("../")}
    stated = [
        _Row(
            figure.scope,
            periods.parse(figure.period),
            locale.period(figure.period),
            before.get((figure.scope, f"../{figure.period}")),
            figure.span,
            None,
            figure.source,
        )
        for figure in figures
        if (figure.scope, figure.period) not in before
    ]
    planned = [
        _planned(target, locale)
        for target in statements.targets(request.warehouse, indicator_id)
        if target.unit == "days"
    ]
    yield from sorted([*stated, *planned], key=lambda row: (row.scope, row.said.end))


def _planned(target: Target, locale: Locale) -> _Row:
    stated = locale.period(target.stated_on)
    words = (
        locale.text("plan for {due}, stated {period}", due=locale.period(target.due), period=stated)
        if target.due
        else locale.text("plan without a date, stated {period}", period=stated)
    )
    said = periods.parse(target.stated_on)
    return _Row(target.scope, said, words, None, None, target.span, target.source)


def _under_headings(
    rows: Sequence[_Row], names: Mapping[str, Text], locale: Locale
) -> Iterator[Statement]:
    """Set several statements about the same end points under a heading, a single one on its own."""
    for scope, group in groupby(rows, key=lambda row: row.scope):
        same = list(group)
        if len(same) == 1:
            yield same[0].drawn(_sentence_start(same[0], names, locale))
        else:
            yield Statement(locale.name(names, scope))
            for row in same:
                yield row.drawn(row.words)


def _sentence_start(row: _Row, names: Mapping[str, Text], locale: Locale) -> str:
    return f"{locale.name(names, row.scope)}, {row.words}"


def _sentence(row: _Row, names: Mapping[str, Text], locale: Locale) -> str:
    spans = " → ".join(_days(span, locale) for span in (row.before, row.now, row.plan) if span)
    return f"{_sentence_start(row, names, locale)}: {spans}"


def _days(span: Span | None, locale: Locale) -> str:
    return locale.quantity(*span, "days") if span else ""


def _times_table(
    name: str, caption: str, rows: Sequence[_Row], names: Mapping[str, Text], locale: Locale
) -> Component:
    heads = [message("End points"), message("Statement"), *_LEGEND, message("Source")]
    cells: list[list[Content]] = [
        [
            locale.name(names, row.scope),
            row.words,
            *(_days(span, locale) for span in (row.before, row.now, row.plan)),
            source_link(row.source, locale),
        ]
        for row in rows
    ]
    return table(name, caption, [locale.text(head) for head in heads], cells)


def _volume(request: Request, names: Mapping[str, Text], name: str) -> html.Figure:
    locale = request.locale
    indicator_id, scope = _VOLUMES[name]
    indicator = indicators.get(request.warehouse, indicator_id)
    frame = _rivals(request, names, indicator_id, scope)
    title = indicator.title[locale.language]
    if frame.empty:
        return nothing_known(name, title, locale)
    sources = lineage.sources(request.warehouse)
    preferred = frame[frame["series"] == frame["series"].iloc[0]]
    used = list(dict.fromkeys(frame["source_id"]))
    return chart(
        name,
        volume(frame, indicator.unit, locale),
        locale,
        title=title,
        subtitle=locale.unit(indicator.unit),
        summary="; ".join(
            f"{row['period']}: {locale.quantity(row['value'], row['value'], indicator.unit)}"
            for row in preferred.to_dict("records")
        ),
        sources=source_links([sources[each] for each in used], locale),
        twin=figures_table(
            name,
            title,
            frame.assign(
                source=frame["source_id"].map(lambda each: source_link(sources[each], locale))
            ),
            indicator.unit,
            locale,
            columns=("series", "period", "value", "status", "source"),
        ),
        notes=[
            html.P(indicator.method[locale.language], className="quiet"),
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
    is_first = (years["scope"] == scope) & years["is_preferred"]
    other = locale.text("other reports of the same count")
    labels = [
        locale.name(names, about) + ("" if first or about != scope else f": {other}")
        for about, first in zip(years["scope"], is_first, strict=True)
    ]
    return years.assign(series=labels, rank=~is_first).sort_values(["rank", "scope", "period"])


PAGE = Page("corridor", "corridor", message("Corridor"), layout)
