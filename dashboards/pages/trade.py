"""The trade explorer: whose trade, with whom, which flow, measured and drawn as the reader likes."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components.explorer.asked import Explored, Series, explored
from dashboards.components.explorer.chart import explorer_chart
from dashboards.components.explorer.choices import explorer_choices
from dashboards.components.explorer.contribution import contribution_chart
from dashboards.components.explorer.explanation import (
    explanation,
    explanation_of_flows,
    is_as_catalogued,
)
from dashboards.components.explorer.maps import explorer_flows, explorer_map, exports_within
from dashboards.components.explorer.partners import partners_chart
from dashboards.components.explorer.series import series
from dashboards.components.notes import unknown_choices
from dashboards.components.pair.pairs import economy_links, pair_links
from dashboards.messages import message
from dashboards.page import Page, Request
from warehouse.queries import indicators, two_sided


def layout(request: Request) -> Component:
    """Lay out the choices, the view that was chosen, and what made the trade grow, by partner."""
    view, unknown = explored(request)
    economies = two_sided.economies(request.warehouse)
    heading, lead, charts, explained = (
        _flows(view) if view.selection.view == "flow" else _of_reporter(view)
    )
    return html.Div(
        [
            html.H1(heading),
            html.P(lead, className="lead"),
            unknown_choices(unknown, request.locale),
            explorer_choices(view),
            *charts,
            pair_links(request, view.names, economies, view.selection.reporter),
            economy_links(request, view.names, economies),
            explained,
        ]
    )


Parts = tuple[str, str, list[Component], Component]
"""Heading, lead, charts, and how their figures are made."""


def _flows(view: Explored) -> Parts:
    """The exports among the economies of the group, which are of no one reporter."""
    text, frame = view.locale.text, exports_within(view)
    lead = text(
        "Goods, as each exporter itself reports them, in current US dollars: among the members and"
        " observers of the Organization of Turkic States that report. Services and transit are not"
        " included."
    )
    heading = text("Exports among the economies of the OTS")
    return heading, lead, [explorer_flows(view, frame)], explanation_of_flows(view, frame)


def _of_reporter(view: Explored) -> Parts:
    made = series(view)
    heading, lead = _introduction(view, made)
    return heading, lead, _charts(view, made), explanation(view, made)


def _introduction(view: Explored, made: Series) -> tuple[str, str]:
    locale, measure = view.locale, view.selection.measure
    heading = view.title
    if view.is_headline:
        indicator = indicators.get(view.request.warehouse, f"trade_{measure}_ots")
        heading = indicator.title[locale.language]
        if is_as_catalogued(view, made):
            return heading, indicator.definition[locale.language]
    lead = locale.text(
        "Goods, as {economy} itself reports them; what its partners report of the same trade may"
        " differ. Services and transit are not included.",
        economy=view.name(view.selection.reporter),
    )
    return heading, lead


def _charts(view: Explored, made: Series) -> list[Component]:
    main = explorer_map(view, made) if made.view == "map" else explorer_chart(view, made)
    if view.selection.source == "all":
        return [main]
    is_summed = view.is_group and bool((made.frame["code"] == "").all())
    return [main, *([partners_chart(view)] if is_summed else []), contribution_chart(view)]


PAGE = Page("trade", "trade", message("Trade"), layout)
