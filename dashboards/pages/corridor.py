"""The Trans-Caspian corridor: its routes, days leg by leg and over time, volumes, and measured times."""

from __future__ import annotations

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboards.components.corridor.legs import legs_chart, way_choices
from dashboards.components.corridor.measured import measured_times, ways
from dashboards.components.corridor.routes import route_chart, route_choices
from dashboards.components.corridor.times import comparison, segments, stated_times
from dashboards.components.corridor.volumes import volumes
from dashboards.components.notes import event_list, unknown_choices
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import CorridorSelection, Options
from warehouse.queries import indicators, statements, transit
from warehouse.queries.transit import Network

_FIRST_ROUTE = "titr-poti"
"""The route whose days are set out where the reader has chosen none."""


def layout(request: Request) -> Component:
    """Lay out the map, the days along a way, what was stated over time, the volumes, the measured."""
    locale = request.locale
    network = transit.network(request.warehouse)
    measured = transit.measured(request.warehouse)
    known = options(network, ways(measured))
    selection, unknown = CorridorSelection.from_query(request.query, known)
    filled = _filled(selection, network, known)
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
            unknown_choices(unknown, locale),
            route_choices(request, network, selection, names),
            route_chart(request, network, selection, names),
            way_choices(request, network, selection, filled, names),
            legs_chart(request, network, filled, names),
            html.Div(
                [
                    *stated_times(request, names),
                    *volumes(request, names),
                    segments(request, names),
                    comparison(request, names),
                ],
                className="charts",
            ),
            *measured_times(
                request, network, measured, selection.replacing(measured=filled.measured)
            ),
            event_list(events, locale, locale.text("Events of these years")),
        ]
    )


def options(network: Network, measured: tuple[str, ...]) -> Options:
    """What may be chosen: routes, modes and nodes as catalogued, sections as measured."""
    stops = tuple(dict.fromkeys(stop for route in network.routes for stop in network.stops(route)))
    routes = tuple(network.routes)
    return {
        "route": routes,
        "mode": network.modes,
        "along": routes,
        "start": stops,
        "end": stops,
        "measured": measured,
    }


def _filled(selection: CorridorSelection, network: Network, known: Options) -> CorridorSelection:
    """Choose for the reader what is not chosen: a route, its ends, the most measured section."""
    first = _FIRST_ROUTE if _FIRST_ROUTE in network.routes else known["along"][0]
    along = selection.along or first
    stops = network.stops(along)
    return replace(
        selection,
        along=along,
        start=selection.start or stops[0],
        end=selection.end or stops[-1],
        measured=selection.measured or next(iter(known["measured"]), ""),
    )


PAGE = Page("corridor", "corridor", message("Corridor"), layout)
