"""Transit times as they were stated: over time for the same end points, else in a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dashboards.components.chart import chart
from dashboards.components.corridor.statements import (
    LEGEND,
    Row,
    dated,
    days,
    exhibit_of,
    rows,
    start,
    statements_table,
)
from dashboards.components.notes import nothing_known
from dashboards.days import Bar, Kind, Panel
from dashboards.figures.ranges import Statement, ranges
from dashboards.figures.timeline import Names, timeline
from dashboards.i18n import Locale
from dashboards.page import Request
from warehouse import periods
from warehouse.catalog import UNNAMED, Span, Text

_WHOLE = ("transit_days_china_europe", "transit_days_titr")
"""What is said of the route without a word on its ends."""
_KINDS: tuple[Kind, ...] = ("before", "now", "plan")


def stated_times(request: Request, names: Mapping[str, Text]) -> list[Component]:
    """Show what was said of the same end points on two days or more in time, and list the rest.

    How Kazakhstan is crossed is always shown in time: a card of the summary is about it.
    """
    locale = request.locale
    crossing = rows(request, "transit_days_kazakhstan")
    told = rows(request, *_WHOLE)
    often = dated(told)
    single = [row for row in told if row.scope not in often]
    title = locale.text("Days on the whole route: stated and planned, by end points")
    return [
        _over_time(
            request,
            "transit-kazakhstan",
            locale.text("Days to cross Kazakhstan: stated and planned"),
            crossing,
            names,
        ),
        *(
            _over_time(
                request,
                f"transit-{scope}",
                locale.text("Days over time: {ends}", ends=locale.name(names, scope)),
                [row for row in told if row.scope == scope],
                names,
            )
            for scope in often
        ),
        _listed(request, "transit-route", title, single, names),
    ]


def segments(request: Request, names: Mapping[str, Text]) -> Component:
    """List what was said of parts of the route."""
    title = request.locale.text("Days by segment of the route, as stated")
    return _listed(request, "segments", title, rows(request, "transit_days_segment"), names)


def comparison(request: Request, names: Mapping[str, Text]) -> Component:
    """List what was said of other routes."""
    title = request.locale.text("Days on other routes, as stated")
    return _listed(request, "comparison", title, rows(request, "transit_days_comparison"), names)


def _listed(
    request: Request, name: str, title: str, told: Sequence[Row], names: Mapping[str, Text]
) -> html.Figure:
    locale = request.locale
    if not told:
        return nothing_known(name, title, locale)
    legend = (locale.text(LEGEND[0]), locale.text(LEGEND[1]), locale.text(LEGEND[2]))
    drawn = ranges(list(_under_headings(told, names, locale)), "days", locale, legend)
    exhibit = replace(exhibit_of(name, title, told, names, locale), figure=drawn)
    return chart(request, exhibit, twin=statements_table(name, title, told, names, locale))


def _under_headings(
    told: Sequence[Row], names: Mapping[str, Text], locale: Locale
) -> Iterator[Statement]:
    """Set several statements about the same end points under a heading, a single one on its own."""
    for scope, group in groupby(told, key=lambda row: row.scope):
        same = list(group)
        if len(same) == 1:
            yield Statement(start(same[0], names, locale), *same[0].spans)
        else:
            yield Statement(locale.name(names, scope))
            for row in same:
                yield Statement(row.words, *row.spans)


def _over_time(
    request: Request, name: str, title: str, told: Sequence[Row], names: Mapping[str, Text]
) -> html.Figure:
    locale = request.locale
    if not told:
        return nothing_known(name, title, locale)
    panel = _panel(told, locale)
    words: dict[Kind, str] = {
        kind: locale.text(legend) for kind, legend in zip(_KINDS, LEGEND, strict=True)
    }
    drawn = timeline([panel], "days", locale, Names(words, locale.text("no date")))
    exhibit = replace(exhibit_of(name, title, told, names, locale), figure=drawn)
    notes = [html.P(each, className="quiet") for each in _notes(told, locale)]
    twin = statements_table(name, title, told, names, locale)
    return chart(
        request, replace(exhibit, remarks=list(_notes(told, locale))), twin=twin, notes=notes
    )


def _notes(told: Sequence[Row], locale: Locale) -> Iterator[str]:
    """What a reader of points in time must know of them."""
    if any(row.before for row in told):
        yield locale.text(
            "An arrow leads from the days that a speaker gave as the earlier ones to those of the day;"
            " since when the earlier ones held was not said."
        )
    if any(row.plan and not row.due for row in told):
        yield locale.text("Plans without a date stand behind the dotted line.")
    if told[0].scope == UNNAMED:
        yield locale.text(
            "The speakers named no end points, so they may have meant different routes:"
            " these figures stand side by side and make no series."
        )


def _panel(told: Sequence[Row], locale: Locale) -> Panel:
    bars: list[Bar] = []
    changes: list[tuple[Bar, Bar]] = []
    for row in told:
        made = {
            kind: _bar(row, kind, span, locale)
            for kind, span in zip(_KINDS, row.spans, strict=True)
            if span
        }
        bars += made.values()
        if "before" in made:
            changes.append((made["before"], made["now"]))
    return Panel("", bars, changes)


def _bar(row: Row, kind: Kind, span: Span, locale: Locale) -> Bar:
    legend = locale.text(LEGEND[_KINDS.index(kind)])
    label = f"<b>{days(span, locale)}</b><br>{legend}: {row.words}"
    label += f"<br>{row.source.publisher[locale.language]}"
    if kind == "plan":
        due = periods.parse(row.due).end if row.due else None
        return Bar(kind, span, label, due, due)
    return Bar(kind, span, label, row.said.start or row.said.end, row.said.end)
