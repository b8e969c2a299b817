"""The description of an entry: what it is, how it is made, what is held of it, by which sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, inside, outside
from dashboards.components.catalogue.documents import INDICATOR, SOURCE, TRADE, Catalogue
from dashboards.components.catalogue.downloads import ROWS_OF_THE_API, api_links
from dashboards.components.catalogue.words import (
    DIRECTIONS,
    FREQUENCIES,
    PUBLICATIONS,
    TOPICS,
    TRADE_OF,
    address,
    extent,
    figures_counted,
    language_name,
    named,
    said,
)
from dashboards.components.evidence import definition_list
from dashboards.components.table import table
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from warehouse.catalog import Source, Text
from warehouse.queries import exchange
from warehouse.queries.catalogue import Holding, IndicatorEntry, SourceEntry, TradeEntry
from warehouse.queries.exchange import ALL

Facts = list[tuple[str, Content]]

_NAMED_SCOPES = 12
_ASSERTED = message(
    "Exports and imports as the reporting economy publishes them, by partner; the valuation and the"
    " edition stand with each figure. Nothing is added, estimated or taken from the partners' reports."
)


def facts_section(facts: Facts, locale: Locale) -> Component:
    """Show facts under a heading."""
    told = [(name, value) for name, value in facts if value != ""]
    return html.Section(
        [html.H2(locale.text("Description")), definition_list(told)], className="chart described"
    )


def indicator_facts(entry: IndicatorEntry, scopes: Sequence[str], locale: Locale) -> Facts:
    """Tell an indicator's description; `scopes` are the names of what its figures are about."""
    told = entry.indicator
    return [
        (locale.text("Method"), told.method[locale.language]),
        (locale.text("Unit"), locale.unit(told.unit)),
        (locale.text("Frequency"), said(FREQUENCIES, told.frequency, locale)),
        (locale.text("Direction"), locale.text(DIRECTIONS[told.direction])),
        # A formula speaks of ids, in the working language of our tables.
        (locale.text("Formula"), html.Code(told.formula) if told.formula else ""),
        (locale.text("Topic"), said(TOPICS, told.topic, locale)),
        (locale.text("About"), _some(scopes, locale)),
        *_held(entry.holding, locale),
        (locale.text("Identifier"), html.Code(told.id)),
    ]


def reporter_facts(entry: TradeEntry, partners: Sequence[str], locale: Locale) -> Facts:
    """Tell what is held of a reporter's trade; `partners` are their names."""
    finest = entry.holding.digits
    detail = (
        locale.text("products of the Harmonized System, {digits} digits", digits=finest)
        if finest
        else locale.text("totals, no products")
    )
    return [
        (locale.text("Method"), locale.text(_ASSERTED)),
        (locale.text("Unit"), locale.unit("USD")),
        (locale.text("Detail"), detail),
        (locale.text("Topic"), said(TOPICS, "trade", locale)),
        (locale.text("Partners"), _some(partners, locale)),
        *_held(entry.holding, locale),
        (locale.text("Identifier"), html.Code(entry.code)),
    ]


def source_facts(entry: SourceEntry, locale: Locale) -> Facts:
    """Tell whose publication a source is, under which licence, and what is held of it."""
    told = entry.source
    return [
        (locale.text("Publisher"), told.publisher[locale.language]),
        (locale.text("Address"), html.A(told.url, href=told.url, **outside())),
        (locale.text("Kind"), said(PUBLICATIONS, told.kind, locale)),
        (locale.text("Published"), locale.period(told.published) if told.published else ""),
        (locale.text("Frequency"), said(FREQUENCIES, entry.cadence, locale)),
        (locale.text("Language"), language_name(told.language, locale)),
        (locale.text("Licence"), locale.text(told.licence)),
        (locale.text("Held"), figures_counted(entry.figures, locale)),
        (locale.text("Newest figure known since"), _day(entry.updated, locale)),
        (locale.text("Documents stored"), locale.number(entry.snapshots)),
        (locale.text("Cells refused"), locale.number(entry.rejections)),
        (locale.text("Identifier"), html.Code(told.id)),
    ]


def _held(holding: Holding, locale: Locale) -> Facts:
    return [
        (locale.text("Held"), figures_counted(holding.figures, locale)),
        (locale.text("Period"), extent(holding.first, holding.last, locale)),
        (locale.text("Newest figure known since"), _day(holding.updated, locale)),
    ]


def _day(day: str | None, locale: Locale) -> str:
    return locale.period(day) if day else ""


def _some(names: Sequence[str], locale: Locale) -> str:
    """Name a few and say how many more there are."""
    if len(names) <= _NAMED_SCOPES:
        return "; ".join(names)
    more = len(names) - _NAMED_SCOPES
    others = locale.plural("and {more} other", "and {more} others", more, more=locale.number(more))
    return f"{'; '.join(names[:_NAMED_SCOPES])} {others}"


def scope_names(codes: Iterable[str], names: Mapping[str, Text], locale: Locale) -> list[str]:
    """Name what figures are about, each once, in the order in which they come."""
    return [named(names, code, locale) for code in dict.fromkeys(codes)]


def sources_table(
    request: Request, holding: Holding, sources: Mapping[str, Source]
) -> list[Component]:
    """List whose figures are held, in which edition, under which licence."""
    locale = request.locale
    if not holding.vintages:
        return []
    heads = [locale.text(head) for head in _HEADS]
    rows: list[Sequence[Content]] = []
    for source_id, vintage in holding.vintages.items():
        told = sources[source_id]
        here = html.A(
            told.publisher[locale.language],
            href=address(request, f"{SOURCE}:{source_id}"),
            **inside(),
        )
        title = html.A(html.Cite(told.title, lang=told.language), href=told.url, **outside())
        edition = html.Span(vintage, className="unbroken")
        rows.append([here, title, edition, locale.text(told.licence)])
    caption = locale.text("Sources, by their newest editions")
    listed = table("sources", caption, heads, rows)
    return [html.Section([html.H2(locale.text("Sources")), listed], className="chart")]


_HEADS = (message("Publisher"), message("Title"), message("Edition"), message("Licence"))


def given_by(request: Request, catalogue: Catalogue, source_id: str) -> Component:
    """List the entries of which a source has figures, or say that it has none."""
    locale = request.locale
    links = [
        (entry.indicator.title[locale.language], f"{INDICATOR}:{entry.indicator.id}")
        for entry in catalogue.indicators
        if source_id in entry.holding.sources
    ]
    links += [
        (locale.text(TRADE_OF, economy=entry.name[locale.language]), f"{TRADE}:{entry.code}")
        for entry in catalogue.reporters
        if source_id in entry.holding.sources
    ]
    items = [html.Li(html.A(title, href=address(request, to), **inside())) for title, to in links]
    none = html.P(
        locale.text(
            "No figure is read from it: it is quoted for a statement, an event, a place or a definition."
        )
    )
    return html.Section(
        [
            html.H2(locale.text("What is read from it")),
            html.Ul(items) if items else none,
            *_statements(request, source_id),
        ],
        className="chart",
    )


def _statements(request: Request, source_id: str) -> list[Component]:
    """List the targets and the claims that are quoted from a source; claims lead to the register."""
    locale, warehouse = request.locale, request.warehouse
    targets = exchange.targets(warehouse, source_id=source_id).rows
    claims = exchange.claims(warehouse, source_id=source_id).rows
    register = request.path("claims")
    told: list[Content] = [row[f"title_{locale.language}"] for row in targets]
    told += [
        html.A(row[f"text_{locale.language}"], href=f"{register}#claim-{row['id']}", **inside())
        for row in claims
    ]
    if not told:
        return []
    return [html.H3(locale.text("Statements quoted from it")), html.Ul([*map(html.Li, told)])]


def whole(request: Request, name: str, **question: str) -> Component:
    """Offer all of an entry from the API, with every source and column, and its way back."""
    locale = request.locale
    asked = {"source": ALL, "asof": request.warehouse.asof, **question}
    title = locale.text("All figures, by every source, from the API")
    return html.Section(
        [
            html.H2(locale.text("Take all of it")),
            html.P(title),
            api_links(name, {**asked, "page_size": str(ROWS_OF_THE_API)}, title),
            html.P(locale.text(_PAGED, rows=locale.number(ROWS_OF_THE_API)), className="quiet"),
        ],
        className="chart",
        id="downloads",
    )


_PAGED = message(
    "An answer of the API holds up to {rows} rows; where there are more, it names the address of the"
    " next ones."
)
