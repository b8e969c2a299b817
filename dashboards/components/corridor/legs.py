"""Days along a way, stretch by stretch as stated; a sum only where every stretch has a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.choice import links, menu
from dashboards.components.corridor.chain import Division, divide
from dashboards.components.corridor.stretches import stretch_rows, whole_rows
from dashboards.components.evidence import source_link
from dashboards.components.table import Row, records, span, table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.waterfall import waterfall
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from dashboards.selection import CorridorSelection
from warehouse.catalog import Observation, Source, Span, Target, Text
from warehouse.queries import indicators, statements
from warehouse.queries.transit import Network

NAME = "legs"
_STATED = ("transit_days_segment", "transit_days_kazakhstan")


def way_choices(
    request: Request,
    network: Network,
    selection: CorridorSelection,
    filled: CorridorSelection,
    names: Mapping[str, Text],
) -> Component:
    """Offer the routes to go along, and the nodes of the chosen one as ends of the way.

    `filled` is the selection with what the page chose for the reader; links keep to what was chosen.
    Another route begins with its own ends, for those of the last one may not be on it.
    """
    locale = request.locale
    routes = {route: locale.name(names, route) for route in network.routes}
    along = {
        route: selection.replacing(along=route, start="", end="").address(request.here)
        for route in routes
    }
    stops = network.stops(filled.along)
    named = {stop: network.nodes[stop].name[locale.language] for stop in stops}
    start, end = (
        menu(
            field,
            legend,
            _without(named, stop),
            selection.replacing(**{field: getattr(filled, field)}),
            request.here,
        )
        for field, legend, stop in (
            ("start", locale.text("Starting at"), stops[-1]),
            ("end", locale.text("Ending at"), stops[0]),
        )
    )
    legend = locale.text("Along the route")
    return html.Div(
        [links(legend, routes, along, (filled.along,)), start, end], className="choices"
    )


def _without(named: Mapping[str, str], stop: str) -> dict[str, str]:
    return {each: name for each, name in named.items() if each != stop}


def legs_chart(
    request: Request, network: Network, selection: CorridorSelection, names: Mapping[str, Text]
) -> Component:
    """Draw the days along the chosen way; ends that make no way are said in words.

    `selection` must name the route and both ends.
    """
    locale = request.locale
    way = network.way(selection.along, selection.start, selection.end)
    title = locale.text(
        "Days by leg: {start} – {end}",
        start=network.nodes[selection.start].name[locale.language],
        end=network.nodes[selection.end].name[locale.language],
    )
    if not way:
        words = locale.text(
            "No way leads from the first place to the second along this route: choose two of its"
            " places in the order of the journey."
        )
        return html.Figure(
            [html.H2(title), html.P(words, role="status")], id=f"chart-{NAME}", className="chart"
        )
    said = [one for each in _STATED for one in indicators.figures(request.warehouse, each)]
    division = divide(network.routes[selection.along], way, said)
    plans = _plans(request, division)
    rows = [
        *stretch_rows(division, network, names, locale),
        *whole_rows(division, plans, names, locale),
    ]
    exhibit = _exhibit(title, division, plans, pd.DataFrame(rows), locale)
    exhibit = replace(
        exhibit, subtitle=f"{locale.name(names, selection.along)}; {exhibit.subtitle}"
    )
    whole = list(_whole(division, plans, names, locale))
    return chart(
        request,
        replace(exhibit, remarks=[*exhibit.remarks, *(words for words, _ in whole)]),
        twin=_table(exhibit, division, locale),
        notes=[
            *(html.P(each, className="quiet") for each in exhibit.remarks),
            *([html.Ul([html.Li([words, " ", link]) for words, link in whole])] if whole else []),
        ],
    )


def _plans(request: Request, division: Division) -> list[Target]:
    """The plans for the whole way, in days."""
    scopes = {each.scope for each in (*division.whole, *_only(division))}
    targets = [plan for each in _STATED for plan in statements.targets(request.warehouse, each)]
    return [each for each in targets if each.scope in scopes and each.unit == "days"]


def _only(division: Division) -> Iterator[Observation]:
    """The statement that covers all of the way as its one stretch."""
    if len(division.stretches) == 1 and division.stretches[0].statement:
        yield division.stretches[0].statement


def _exhibit(
    title: str, division: Division, plans: Sequence[Target], frame: pd.DataFrame, locale: Locale
) -> Exhibit:
    numbers = frame.astype({"low": "float64", "high": "float64"})
    spoken = [each.statement for each in division.stretches if each.statement]
    said = [*spoken, *division.whole, *division.unused]
    sources = [each.source for each in said] + [each.source for each in plans]
    is_sum = division.total and len(division.stretches) > 1
    total = locale.text("Sum of the stretches") if is_sum else ""
    return Exhibit(
        NAME,
        title=title,
        subtitle=locale.unit("days"),
        summary="; ".join(
            f"{row['series']}: {_words((row['low'], row['high']), locale)}"
            for row in records(numbers)
        ),
        data=figures(_single(numbers).drop(columns=["label", "source"]), "days"),
        sources=list({each.id: each for each in sources}.values()),
        figure=waterfall(numbers, locale, total=total),
        remarks=list(_remarks(division, locale)),
    )


def _words(span: Span, locale: Locale) -> str:
    if span == (None, None):
        return locale.text("no source states it")
    return locale.quantity(*span, "days")


def _single(frame: pd.DataFrame) -> pd.DataFrame:
    """Say a range whose ends are one as the one value."""
    is_single = frame["low"] == frame["high"]
    ends = {end: frame[end].mask(is_single) for end in ("low", "high")}
    return frame.assign(value=frame["low"].where(is_single), **ends)


def _remarks(division: Division, locale: Locale) -> Iterator[str]:
    if not division.total:
        yield locale.text(
            "The days cannot be added up: of some stretch no source states them."
            " A stretch without a statement is empty, which does not mean no time."
        )
    elif len(division.stretches) > 1:
        yield locale.text(
            "The sum adds the lowest and the highest days of statements of different dates;"
            " stays between the stretches are in it only where a statement includes them."
        )


def _whole(
    division: Division, plans: Sequence[Target], names: Mapping[str, Text], locale: Locale
) -> Iterator[tuple[str, Component]]:
    """What is stated and planned of the whole way, and what is not used because others cover it."""
    for each in division.whole:
        yield (
            locale.text("Whole way as stated: {statement}.", statement=_told(each, names, locale)),
            source_link(each.source, locale),
        )
    for plan in plans:
        days = locale.quantity(*plan.span, "days")
        words = f"{plan.title[locale.language]} ({locale.period(plan.stated_on)})"
        yield (
            locale.text("Whole way as planned: {days}. {plan}.", days=days, plan=words),
            source_link(plan.source, locale),
        )
    for each in division.unused:
        words = locale.text(
            "Not used, for it overlaps others or goes beyond the way: {statement}.",
            statement=_told(each, names, locale),
        )
        yield words, source_link(each.source, locale)


def _told(statement: Observation, names: Mapping[str, Text], locale: Locale) -> str:
    about = f"{locale.name(names, statement.scope)}, {locale.period(statement.period)}"
    return f"{about}: {locale.quantity(*statement.span, 'days')}"


def _table(exhibit: Exhibit, division: Division, locale: Locale) -> Component:
    """Which statement is used where; the sum of the stretches, or that there is none."""
    heads = [
        *(message("Stretch"), message("Legs"), message("Days")),
        *(message("Statement used"), message("Period"), message("Source")),
    ]
    sources = {source.id: source for source in exhibit.sources}
    cells = [_cells(row, sources, locale) for row in records(exhibit.data)]
    total = _words(division.total, locale) if division.total else locale.text("cannot be added")
    legs = str(sum(len(each.legs) for each in division.stretches))
    summed: list[Content] = [locale.text("Sum of the stretches"), legs, total, "", "", ""]
    cells.insert(len(division.stretches), summed)
    caption = f"{exhibit.title}; {exhibit.subtitle}"
    return table(NAME, caption, [locale.text(head) for head in heads], cells)


def _cells(row: Row, sources: Mapping[str, Source], locale: Locale) -> list[Content]:
    return [
        row["series"],
        str(len(row["legs"].split())) if row["legs"] else "",
        _words(span(row), locale),
        row["statement"] or "",
        locale.period(row["period"]) if row["period"] else "",
        source_link(sources[row["source_id"]], locale) if row["source_id"] else "",
    ]
