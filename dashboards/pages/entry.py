"""One entry of the catalogue: an indicator, a reporter's trade, or a source; all that is known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import inside
from dashboards.components.catalogue.coverage import coverage_chart
from dashboards.components.catalogue.documents import (
    INDICATOR,
    SOURCE,
    TRADE,
    Catalogue,
)
from dashboards.components.catalogue.entry import (
    facts_section,
    given_by,
    indicator_facts,
    reporter_facts,
    scope_names,
    source_facts,
    sources_table,
    whole,
)
from dashboards.components.catalogue.figures import (
    figures_chart,
    of_indicator,
    of_reporter,
    of_source,
)
from dashboards.components.catalogue.quality import marks_table
from dashboards.components.catalogue.rejections import issues_chart, refused, rejections_chart
from dashboards.components.catalogue.revisions import every, revisions_chart
from dashboards.components.catalogue.words import PATH, TRADE_OF
from dashboards.components.notes import unknown_choices
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import Selection
from warehouse import schema
from warehouse.engine import Warehouse
from warehouse.queries import builds, exchange, indicators, lineage, quality
from warehouse.queries.catalogue import Holding, TradeEntry
from warehouse.queries.exchange import ALL, Found

Parts = tuple[str, str, list[Component]]
"""The title of an entry, what stands below it, and the sections."""

_TRADE = "trade-"


def _entry(warehouse: Warehouse, parameter: str) -> tuple[str, str] | None:
    """Tell the kind and the id behind `gdp_usd`, `trade-kaz` or `kz-bns`; None of what there is not."""
    code = parameter.removeprefix(_TRADE).upper()
    if exchange.by_id(warehouse, schema.indicator, [parameter]):
        return INDICATOR, parameter
    if exchange.by_id(warehouse, schema.source, [parameter]):
        return SOURCE, parameter
    if parameter != f"{_TRADE}{code.lower()}":
        return None
    first = exchange.Page(1, 1)
    told = exchange.flows(warehouse, source_id=ALL, page=first, reporter_code=code).total
    return (TRADE, code) if told else None


def knows(warehouse: Warehouse, parameter: str) -> bool:
    """Whether there is an entry of that id in the build that is served."""
    return _entry(warehouse, parameter) is not None


def layout(request: Request) -> Component:
    """Lay out an entry: description, quality, coverage, figures, revisions, errors, downloads."""
    locale = request.locale
    _, unknown = Selection.from_query(request.query)
    # What is known today was perhaps not yet known on the day of the request; its page stays.
    kind, own = _entry(request.warehouse.as_of(""), request.parameter) or (SOURCE, "")
    make: Mapping[str, Callable[[Request, Catalogue, str], Parts]] = {
        INDICATOR: _indicator,
        TRADE: _reporter,
        SOURCE: _source,
    }
    title, lead, sections = make[kind](
        request, request.memory.recall(Catalogue.of, request.warehouse), own
    )
    back = html.A(locale.text("To the catalogue"), href=request.path(PATH), **inside())
    return html.Div(
        [
            html.P(back),
            html.H1(title),
            html.P(lead, className="lead"),
            unknown_choices(unknown, locale),
            *sections,
        ]
    )


def _indicator(request: Request, catalogue: Catalogue, own: str) -> Parts:
    warehouse, locale = request.warehouse, request.locale
    entry = next(each for each in catalogue.indicators if each.indicator.id == own)
    names = indicators.names(warehouse)
    found = of_indicator(request, own)
    codes = list(dict.fromkeys(row["scope"] for row in found.rows))
    scopes = dict(zip(codes, scope_names(codes, names, locale), strict=True))
    issues = builds.issues(warehouse)
    return (
        entry.indicator.title[locale.language],
        entry.indicator.definition[locale.language],
        [
            facts_section(indicator_facts(entry, list(scopes.values()), locale), locale),
            *sources_table(request, entry.holding, lineage.sources(warehouse)),
            marks_table(quality.marks(warehouse, "indicators").get(own), locale),
            coverage_chart(
                request,
                "coverage",
                locale.text("Coverage"),
                quality.coverage(warehouse, "scopes", own),
                {code: (name, "") for code, name in scopes.items()},
            ),
            figures_chart(request, "figures", locale.text("Figures"), found),
            *_revised(request, every(request, kind="observation", subject=own), found),
            *_known(request, issues[issues["subject"] == own]),
            whole(request, "observations", indicator=own),
        ],
    )


def _reporter(request: Request, catalogue: Catalogue, own: str) -> Parts:
    warehouse, locale = request.warehouse, request.locale
    names = indicators.names(warehouse)
    none = TradeEntry(own, names[own], (), Holding())
    entry = next((each for each in catalogue.reporters if each.code == own), none)
    found = of_reporter(request, own)
    codes = sorted({row["partner_code"] for row in found.rows})
    partners = dict(zip(codes, scope_names(codes, names, locale), strict=True))
    issues = builds.issues(warehouse)
    return (
        locale.text(TRADE_OF, economy=entry.name[locale.language]),
        "",
        [
            facts_section(reporter_facts(entry, list(partners.values()), locale), locale),
            *sources_table(request, entry.holding, lineage.sources(warehouse)),
            marks_table(quality.marks(warehouse, "reporters").get(own), locale),
            coverage_chart(
                request,
                "coverage",
                locale.text("Coverage"),
                quality.coverage(warehouse, "partners", own),
                {code: (name, "") for code, name in partners.items()},
            ),
            figures_chart(request, "figures", locale.text("Figures"), found),
            *_revised(request, every(request, kind="trade_flow", subject=own), found),
            *_known(request, _of_reporter(issues, own)),
            whole(request, "trade", reporter=own),
        ],
    )


def _revised(request: Request, revised: Found, held: Found) -> list[Component]:
    """What was revised, or that nothing was; where nothing is held there is nothing to say."""
    return [revisions_chart(request, revised)] if held.total else []


def _known(request: Request, issues: pd.DataFrame) -> list[Component]:
    return [] if issues.empty else [issues_chart(request, issues)]


def _of_reporter(issues: pd.DataFrame, code: str) -> pd.DataFrame:
    """The errors in what a reporter tells of its trade: the scope begins with it."""
    of_trade = issues["subject"].isin([*schema.FLOWS, "turnover"])
    return issues[of_trade & issues["scope"].str.startswith(code)]


def _source(request: Request, catalogue: Catalogue, own: str) -> Parts:
    warehouse, locale = request.warehouse, request.locale
    entry = next(each for each in catalogue.sources if each.source.id == own)
    observed, flows = of_source(request, own)
    issues = builds.issues(warehouse)
    sections: list[Component] = [
        facts_section(source_facts(entry, locale), locale),
        given_by(request, catalogue, own),
    ]
    if observed.rows:
        title = locale.text("Figures")
        sections.append(figures_chart(request, "figures", title, observed))
    if flows.rows:
        title = locale.text("Figures of trade")
        sections.append(figures_chart(request, "trade", title, flows))
    if entry.figures:
        sections.append(revisions_chart(request, every(request, source_id=own)))
    if entry.snapshots:
        sections.append(rejections_chart(request, refused(request, own)))
    sections += _known(request, issues[issues["source_id"] == own])
    if entry.figures:
        sections.append(whole(request, "observations" if observed.rows else "trade", source=own))
    return entry.source.title, entry.source.publisher[locale.language], sections


PAGE = Page("entry", PATH, message("Data"), layout, knows=knows)
