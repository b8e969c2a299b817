"""Trade with the group: by definition, by source, by partner, against the target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.choice import choice
from dashboards.components.evidence import quote, source_links
from dashboards.components.notes import (
    event_list,
    method,
    not_final,
    nothing_known,
    unknown_choices,
)
from dashboards.components.pairs import pair_links
from dashboards.components.table import figures_table, pivot_table
from dashboards.figures.composition import composition
from dashboards.figures.trend import Note, Reference, trend
from dashboards.i18n import Locale, message
from dashboards.page import Page, Request
from dashboards.selection import TradeSelection
from warehouse.catalog import Indicator, Source, Span, Target, Text
from warehouse.queries import indicators, lineage, statements, trade, two_sided

REPORTER = "KAZ"
TARGET = "trade-23bn"

MEASURES = {
    "turnover": message("Turnover"),
    "exports": message("Exports"),
    "imports": message("Imports"),
    "balance": message("Balance"),
}
_SOURCES = {
    "preferred": message("Preferred source of each year"),
    "wits": message("UN Comtrade through WITS"),
    "kz-bns": message("Bureau of National Statistics"),
    "all": message("Every source"),
}


@dataclass(frozen=True)
class _Shown:
    """What the page has read for one selection."""

    selection: TradeSelection
    indicator: Indicator
    names: Mapping[str, Text]
    sources: Mapping[str, Source]
    locale: Locale

    @property
    def definition(self) -> str:
        return self.locale.name(self.names, self.selection.definition)

    def source_name(self, source_id: str) -> str:
        if source_id in _SOURCES:
            return self.locale.text(_SOURCES[source_id])
        return self.sources[source_id].publisher[self.locale.language]

    def links(self, source_ids: Iterable[str]) -> list[Content]:
        return source_links([self.sources[each] for each in dict.fromkeys(source_ids)], self.locale)


def layout(request: Request) -> Component:
    """Lay out the choices, the series against its target, and what it is made of by partner."""
    selection, unknown = TradeSelection.from_query(request.query)
    locale = request.locale
    shown = _Shown(
        selection,
        indicators.get(request.warehouse, f"trade_{selection.measure}_ots"),
        indicators.names(request.warehouse),
        lineage.sources(request.warehouse),
        locale,
    )
    parts = [] if selection.source == "all" else [_partner_chart(request, shown)]
    return html.Div(
        [
            html.H1(shown.indicator.title[locale.language]),
            html.P(shown.indicator.definition[locale.language], className="lead"),
            unknown_choices(unknown, locale),
            _choices(shown, request.path(PAGE.path)),
            _series_chart(request, shown),
            *parts,
            pair_links(request, shown.names, two_sided.economies(request.warehouse), REPORTER),
            _method(request, shown),
        ]
    )


def _choices(shown: _Shown, path: str) -> html.Div:
    locale, selection = shown.locale, shown.selection
    definitions = {each: locale.name(shown.names, each) for each in selection.options["definition"]}
    sources = {each: shown.source_name(each) for each in selection.options["source"]}
    measures = {each: locale.text(text) for each, text in MEASURES.items()}
    fields = (
        ("measure", locale.text("Flow"), measures),
        ("definition", locale.text("The group"), definitions),
        ("source", locale.text("Source"), sources),
    )
    return html.Div([choice(*each, selection, path) for each in fields], className="choices")


def _series_chart(request: Request, shown: _Shown) -> html.Figure:
    locale = shown.locale
    frame = _series(request, shown)
    if frame.empty:
        return nothing_known("turnover", shown.indicator.title[locale.language], locale)
    target = _target(request, shown)
    events = statements.events(request.warehouse, "trade")
    figure = trend(
        frame,
        shown.indicator.unit,
        locale,
        reference=_reference(target, locale),
        notes=[Note(number, date) for number, date in enumerate(events["date"], start=1)],
    )
    return chart(
        "turnover",
        figure,
        locale,
        title=locale.text(
            "{title}, {first}–{last}",
            title=shown.indicator.title[locale.language],
            first=frame["period"].min(),
            last=frame["period"].max(),
        ),
        subtitle=f"{shown.definition}; {locale.unit('USD')}",
        summary=locale.course(_end(frame, 0), _end(frame, -1), shown.indicator.unit),
        sources=shown.links(frame["source_id"]),
        twin=figures_table(
            "turnover",
            f"{shown.indicator.title[locale.language]}; {locale.unit('USD')}",
            frame.iloc[::-1].assign(source=frame["series"]),
            shown.indicator.unit,
            locale,
            columns=("period", "value", "status", "source", "vintage"),
        ),
        notes=[
            *([quote(target, locale)] if target else []),
            event_list(events, locale, locale.text("Events marked on the chart")),
            *not_final(frame, locale),
        ],
    )


def _target(request: Request, shown: _Shown) -> Target | None:
    """The target, if it had been stated and is about what is shown: flow and group alike."""
    target = statements.find_target(request.warehouse, TARGET)
    about = (shown.indicator.id, shown.selection.definition)
    return target if target and about == (target.indicator_id, target.scope) else None


def _reference(target: Target | None, locale: Locale) -> Reference | None:
    if target is None or target.value is None:
        return None
    aim = locale.quantity(*target.span, "USD", 0)
    return Reference(target.value, locale.text("{amount}: a hope without a date", amount=aim))


def _series(request: Request, shown: _Shown) -> pd.DataFrame:
    """The selected series, one per source, in the order in which their sources begin."""
    scope = [shown.selection.definition]
    warehouse, indicator_id = request.warehouse, shown.indicator.id
    match shown.selection.source:
        case "preferred":
            frame = indicators.series(warehouse, indicator_id, scope)
        case "all":
            every = indicators.all_sources(warehouse, indicator_id)
            frame = every[every["scope"].isin(scope)].sort_values(["period", "source_id"])
        case source:
            frame = indicators.series(warehouse, indicator_id, scope, source)
    return frame.assign(series=frame["source_id"].map(shown.source_name))


def _end(frame: pd.DataFrame, row: int) -> tuple[Span, str]:
    value = float(frame["value"].iloc[row])
    return (value, value), str(frame["period"].iloc[row])


def _partner_chart(request: Request, shown: _Shown) -> html.Figure:
    locale, selection = shown.locale, shown.selection
    source = None if selection.source == "preferred" else selection.source
    partners = trade.by_partner(
        request.warehouse, REPORTER, selection.definition, selection.measure, source
    )
    if partners.empty:
        return nothing_known("partners", locale.text(MEASURES[selection.measure]), locale)
    frame = _named(partners, shown)
    latest = frame["period"].max()
    newest = frame[frame["period"] == latest]
    summary = "; ".join(
        f"{row['series']}: {locale.quantity(row['value'], row['value'], 'USD')}"
        for row in newest.to_dict("records")
    )
    return chart(
        "partners",
        composition(frame, shown.indicator.unit, locale),
        locale,
        title=locale.text(
            "By partner: {measure}", measure=locale.text(MEASURES[selection.measure])
        ),
        subtitle=f"{shown.definition}; {locale.unit('USD')}",
        summary=f"{latest}: {summary}",
        sources=shown.links(partners.sort_values("period")["source_id"]),
        twin=pivot_table(
            "partners", f"{shown.definition}; {locale.unit('USD')}", frame, "USD", locale
        ),
    )


def _named(partners: pd.DataFrame, shown: _Shown) -> pd.DataFrame:
    """Name the partners, the largest over all years first, so that it stands at the bottom."""
    totals = partners.groupby("partner_code")["value_usd"].sum().sort_values(ascending=False)
    rank = {code: position for position, code in enumerate(totals.index)}
    named = partners.assign(
        rank=partners["partner_code"].map(rank),
        series=[shown.locale.name(shown.names, code) for code in partners["partner_code"]],
        value=partners["value_usd"],
    )
    return named.sort_values(["rank", "period"])


def _method(request: Request, shown: _Shown) -> Component:
    """How the series is made, why which source speaks for which years, and what is wrong with it."""
    language = shown.locale.language
    chosen = shown.selection.source
    reasons = [
        (shown.locale.years(first, last), shown.source_name(source_id), reason[language])
        for first, last, source_id, reason in lineage.preferences(request.warehouse, REPORTER)
        if chosen in ("preferred", "all")
    ]
    errors = [
        row[f"what_{language}"]
        for source_id in shown.selection.options["source"][1:-1]
        if chosen in (source_id, "all")
        for row in lineage.known_issues(request.warehouse, source_id).to_dict("records")
    ]
    return method(shown.indicator.method[language], reasons, errors, shown.locale)


PAGE = Page("trade", "trade", message("Trade"), layout)
