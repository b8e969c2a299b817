"""The catalogue of all there is: to be searched, judged, traced through its editions, and taken away."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components.catalogue.build import (
    build_report,
    checks_chart,
    inputs_chart,
    sizes_chart,
)
from dashboards.components.catalogue.coverage import coverage_chart
from dashboards.components.catalogue.documents import INDICATOR, TRADE, Catalogue
from dashboards.components.catalogue.downloads import downloads
from dashboards.components.catalogue.listing import results, search_form
from dashboards.components.catalogue.rejections import issues_chart, refused, rejections_chart
from dashboards.components.catalogue.revisions import every, revisions_chart, summary_chart
from dashboards.components.catalogue.tables import pages
from dashboards.components.catalogue.words import (
    PATH,
    TOPICS,
    address,
)
from dashboards.components.choice import choice, links
from dashboards.components.notes import unknown_choices
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import DataSelection
from warehouse.queries import builds, quality
from warehouse.queries.exchange import Found

_PARTS = {
    "catalogue": message("Catalogue"),
    "coverage": message("Coverage"),
    "revisions": message("Revisions"),
    "rejections": message("Rejections and known errors"),
    "build": message("Build and downloads"),
}


def layout(request: Request) -> Component:
    """Lay out the part that is chosen; each is a view of its own address."""
    locale = request.locale
    paged = _paged(request)
    known = {"page": pages(len(paged.rows))} if paged else None
    selection, unknown = DataSelection.from_query(request.query, known)
    return html.Div(
        [
            html.H1(locale.text("Data")),
            html.P(
                locale.text(
                    "Everything that is held here, with its source, its editions and its faults; all of"
                    " it can be taken away."
                ),
                className="lead",
            ),
            unknown_choices(unknown, locale),
            html.Div(_parts(request, selection), className="choices"),
            *_part(
                request, request.memory.recall(Catalogue.of, request.warehouse), selection, paged
            ),
        ]
    )


def _paged(request: Request) -> Found | None:
    """The rows of a part that is shown a page at a time; None of the others."""
    selection, _ = DataSelection.from_query(request.query)
    if selection.part == "revisions":
        return every(request)
    return refused(request) if selection.part == "rejections" else None


def _parts(request: Request, selection: DataSelection) -> Component:
    locale = request.locale
    there = request.path(PATH)
    hrefs = {part: DataSelection(part=part).address(there) for part in _PARTS}
    words = {part: locale.text(title) for part, title in _PARTS.items()}
    return links(locale.text("Part"), words, hrefs, (selection.part,))


def _part(
    request: Request, catalogue: Catalogue, selection: DataSelection, paged: Found | None
) -> list[Component]:
    match selection.part, paged:
        case "coverage", _:
            return _coverage(request, catalogue)
        case "revisions", Found():
            return [revisions_chart(request, paged, selection), *summary_chart(request)]
        case "rejections", Found():
            known = issues_chart(request, builds.issues(request.warehouse))
            return [rejections_chart(request, paged, selection), known]
        case "build", _:
            return [
                build_report(request),
                downloads(request),
                checks_chart(request),
                sizes_chart(request),
                inputs_chart(request),
            ]
    return _catalogue(request, catalogue, selection)


def _catalogue(request: Request, catalogue: Catalogue, selection: DataSelection) -> list[Component]:
    locale = request.locale
    topics = {topic: locale.text(title) for topic, title in TOPICS.items()}
    offered = choice("topic", locale.text("Topic"), topics, selection, request.path(PATH))
    return [
        search_form(request, selection),
        html.Div(offered, className="choices"),
        results(request, catalogue, selection),
    ]


def _coverage(request: Request, catalogue: Catalogue) -> list[Component]:
    locale, warehouse = request.locale, request.warehouse
    indicators = {
        entry.indicator.id: (
            entry.indicator.short[locale.language],
            address(request, f"{INDICATOR}:{entry.indicator.id}"),
        )
        for entry in catalogue.indicators
    }
    reporters = {
        entry.code: (entry.name[locale.language], address(request, f"{TRADE}:{entry.code}"))
        for entry in catalogue.reporters
    }
    return [
        coverage_chart(
            request,
            "coverage",
            locale.text("Coverage of the indicators"),
            quality.coverage(warehouse, "indicators"),
            indicators,
        ),
        coverage_chart(
            request,
            "coverage-trade",
            locale.text("Coverage of the reports of trade"),
            quality.coverage(warehouse, "reporters"),
            reporters,
        ),
    ]


PAGE = Page("data", PATH, message("Data"), layout)
