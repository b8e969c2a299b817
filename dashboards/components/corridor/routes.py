"""The route map: several routes at once, leg by leg, with what is known of each leg's length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.choice import links
from dashboards.components.evidence import source_link
from dashboards.components.table import table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.routes import route_map
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from dashboards.selection import CorridorSelection
from warehouse.catalog import Source, Text
from warehouse.queries.transit import Leg, Network

NAME = "routes"
_MODES = {"rail": message("rail"), "sea": message("sea"), "road": message("road")}


def route_choices(
    request: Request, network: Network, selection: CorridorSelection, names: Mapping[str, Text]
) -> Component:
    """Offer the routes and the modes of the map; each link adds one or takes it away."""
    locale = request.locale
    routes = {route: locale.name(names, route) for route in network.routes}
    modes = {each: mode(each, locale) for each in network.modes}
    return html.Div(
        [
            _toggles("route", locale.text("Routes"), routes, selection, request),
            _toggles("mode", locale.text("Modes"), modes, selection, request),
        ],
        className="choices",
    )


def _toggles(
    field: str,
    legend: str,
    options: Mapping[str, str],
    selection: CorridorSelection,
    request: Request,
) -> Component:
    """Offer all at once first, for that is what stands where none is chosen."""
    chosen = getattr(selection, field)
    every = {"all": selection.replacing(**{field: ()}).address(request.here)}
    hrefs = {each: selection.toggling(field, each).address(request.here) for each in options}
    labels = {"all": request.locale.text("All")} | dict(options)
    return links(legend, labels, every | hrefs, chosen or ("all",))


def mode(name: str, locale: Locale) -> str:
    """Name a mode of transport; one that has no name yet keeps that of the catalogue."""
    return locale.text(_MODES[name]) if name in _MODES else name


def route_chart(
    request: Request, network: Network, selection: CorridorSelection, names: Mapping[str, Text]
) -> Component:
    """Draw the chosen routes on a map, with a table of their legs.

    Chosen modes that none of the chosen routes has are said in words.
    """
    locale = request.locale
    chosen = selection.route or tuple(network.routes)
    modes = selection.mode or network.modes
    legs = {leg.id: leg for route in chosen for leg in network.routes[route] if leg.mode in modes}
    if not legs:
        words = locale.text("The routes chosen have no leg by the modes chosen.")
        title = html.H2(locale.text("Routes, leg by leg"))
        return html.Figure([title, html.P(words)], id=f"chart-{NAME}", className="chart")
    exhibit = _exhibit(list(legs.values()), chosen, network, names, locale)
    notes = [html.P(each, className="quiet") for each in exhibit.remarks]
    twin = _table(exhibit, list(legs.values()), network, locale)
    return chart(request, exhibit, twin=twin, notes=notes)


def _exhibit(
    legs: Sequence[Leg],
    chosen: Sequence[str],
    network: Network,
    names: Mapping[str, Text],
    locale: Locale,
) -> Exhibit:
    called = {route: locale.name(names, route) for route in chosen}
    taking = {
        leg.id: [called[route] for route in chosen if leg in network.routes[route]] for leg in legs
    }
    lengths = [_length(called[route], network.routes[route], locale) for route in chosen]
    return Exhibit(
        NAME,
        title=locale.text("Routes, leg by leg"),
        subtitle=locale.text(
            "Trans-Caspian corridor: rail solid, sea dashed; lengths in kilometres"
        ),
        summary="; ".join(lengths),
        data=_data(legs, taking, network, locale),
        sources=_sources(legs, network),
        figure=route_map(
            _nodes(legs, network, locale),
            _drawn(legs, taking),
            locale,
            routes=list(called.values()),
        ),
        remarks=[
            locale.text(
                "The map is schematic: legs run straight from node to node, not along the track,"
                " and most nodes stand at the centre of their city."
            ),
            locale.text(
                "Where no source states a length, or states one shorter than the shortest way over"
                " the globe, the great circle between the nodes is given as the least it can be."
            ),
            *lengths,
        ],
    )


def _length(name: str, legs: Sequence[Leg], locale: Locale) -> str:
    least = round(sum(leg.span_km[0] or 0.0 for leg in legs))
    return locale.text("{route}: at least {km}", route=name, km=locale.quantity(least, least, "km"))


def _nodes(legs: Sequence[Leg], network: Network, locale: Locale) -> pd.DataFrame:
    ids = dict.fromkeys(node for leg in legs for node in (leg.from_node, leg.to_node))
    nodes = [network.nodes[each] for each in ids]
    return pd.DataFrame(
        {
            "id": [node.id for node in nodes],
            "name": [node.name[locale.language] for node in nodes],
            "latitude": [node.latitude for node in nodes],
            "longitude": [node.longitude for node in nodes],
            "kind": [node.kind for node in nodes],
        }
    )


def _drawn(legs: Sequence[Leg], taking: Mapping[str, list[str]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": [leg.id for leg in legs],
            "from_node": [leg.from_node for leg in legs],
            "to_node": [leg.to_node for leg in legs],
            "mode": [leg.mode for leg in legs],
            "length_km": pd.Series([leg.length_km for leg in legs], dtype="float64"),
            "great_circle_km": [leg.great_circle_km for leg in legs],
            "routes": [taking[leg.id] for leg in legs],
        }
    )


def _data(
    legs: Sequence[Leg], taking: Mapping[str, list[str]], network: Network, locale: Locale
) -> pd.DataFrame:
    """One row per leg; its length is open above where only the great circle is known."""
    made = [
        {
            "series": _between(leg, network, locale),
            "low": leg.span_km[0],
            "high": leg.span_km[1],
            "status": "derived" if leg.span_km[1] is None else "stated",
            "source_id": leg.source.id if leg.source else None,
            "leg": leg.id,
            "from": leg.from_node,
            "to": leg.to_node,
            "mode": leg.mode,
            "stated_km": leg.length_km,
            "great_circle_km": leg.great_circle_km,
            "routes": "; ".join(taking[leg.id]),
        }
        for leg in legs
    ]
    return figures(pd.DataFrame(made).astype({"stated_km": "float64", "high": "float64"}), "km")


def _between(leg: Leg, network: Network, locale: Locale) -> str:
    ends = (network.nodes[leg.from_node].name, network.nodes[leg.to_node].name)
    return " – ".join(end[locale.language] for end in ends)


def _sources(legs: Sequence[Leg], network: Network) -> list[Source]:
    """Who gives the lengths, and who the places of the nodes."""
    lengths = [leg.source for leg in legs if leg.source]
    nodes = [network.nodes[each].source for leg in legs for each in (leg.from_node, leg.to_node)]
    return list({source.id: source for source in [*lengths, *nodes]}.values())


def _table(exhibit: Exhibit, legs: Sequence[Leg], network: Network, locale: Locale) -> Component:
    heads = [
        *(message("Leg"), message("Mode"), message("Length")),
        *(message("How it is known"), message("Routes"), message("Source of the coordinates")),
    ]
    routes = dict(zip(exhibit.data["leg"], exhibit.data["routes"], strict=True))
    cells: list[list[Content]] = [
        [
            _between(leg, network, locale),
            mode(leg.mode, locale),
            locale.quantity(*leg.span_km, "km", 0),
            html.Span(_known(leg, locale)),
            routes[leg.id],
            html.Span(_placed(leg, network, locale)),
        ]
        for leg in legs
    ]
    caption = f"{exhibit.title}; {exhibit.subtitle}"
    return table(NAME, caption, [locale.text(head) for head in heads], cells)


def _known(leg: Leg, locale: Locale) -> list[Content]:
    if leg.length_km is None or leg.source is None:
        return [locale.text("great circle; no source states a length")]
    if leg.span_km[1] is not None:
        return [source_link(leg.source, locale)]
    stated = locale.quantity(leg.length_km, leg.length_km, "km")
    words = locale.text("great circle; the length stated, {length}, is shorter", length=stated)
    return [f"{words}: ", source_link(leg.source, locale)]


def _placed(leg: Leg, network: Network, locale: Locale) -> list[Content]:
    nodes = [network.nodes[each] for each in (leg.from_node, leg.to_node)]
    publishers = dict.fromkeys(node.source.publisher[locale.language] for node in nodes)
    return [", ".join(publishers)]
