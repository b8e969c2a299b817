"""The part of an economy in the corridor: the places and legs in it, and what is stated of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.economy.profile import Profile
from dashboards.components.evidence import source_link
from dashboards.components.table import table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.routes import route_map
from dashboards.messages import message
from dashboards.page import Request
from warehouse.catalog import Indicator, Source
from warehouse.queries.transit import Leg, Network

_KINDS = {
    "seaport": message("seaport"),
    "rail and sea hub": message("railway and sea hub"),
    "border station": message("border station"),
    "rail hub": message("railway hub"),
    "gauge change": message("change of gauge"),
    "junction": message("railway junction"),
}
_MODES = {
    "rail": message("by rail"),
    "sea": message("by sea"),
    "road": message("by road"),
}


def corridor_chart(request: Request, profile: Profile, network: Network) -> Component:
    """Show the legs that touch the economy on a map, with their lengths; or say that none does."""
    locale = profile.locale
    legs = _touching(network, profile.code)
    title = locale.text("{economy} in the Trans-Caspian corridor", economy=profile.title)
    if not legs:
        words = locale.text(
            "No place of the routes that are recorded here lies in {economy}.",
            economy=profile.title,
        )
        return html.Figure(
            [html.H2(title), html.P(words, className="quiet")],
            id="chart-corridor",
            className="chart",
        )
    sources = {leg.source.id: leg.source for leg in legs if leg.source}
    exhibit = Exhibit(
        "corridor",
        title=title,
        subtitle=locale.text("Legs that lie in the country or reach it; length, kilometres"),
        summary="; ".join(
            f"{_leg_name(profile, network, leg)}: {locale.quantity(*_km(leg), 'km')}"
            for leg in legs
        ),
        data=_lengths(profile, network, legs),
        sources=[*sources.values(), *_place_sources(network, profile.code, sources)],
        figure=route_map(*_drawn(profile, network, legs), locale, routes=_routes(profile, network)),
    )
    return chart(
        request,
        exhibit,
        twin=_legs_table(profile, network, exhibit, legs),
        notes=[_places(profile, network), html.P(locale.text(_LENGTHS), className="source")],
    )


_HEADS = (
    *(message("Leg"), message("Mode"), message("Length as stated"), message("Great circle")),
    *(message("Routes"), message("Source")),
)
_LENGTHS = message(
    "Where no source states a length, the great circle between both ends is its lower bound; so it"
    " is where a stated length is below it."
)


def _touching(network: Network, code: str) -> list[Leg]:
    """The legs that begin or end in an economy, in the order of the routes."""
    order = [leg.id for route in network.routes.values() for leg in route]
    found = [
        leg
        for leg in network.legs.values()
        if code in {network.nodes[end].economy_code for end in (leg.from_node, leg.to_node)}
    ]
    return sorted(found, key=lambda leg: order.index(leg.id) if leg.id in order else len(order))


def _km(leg: Leg) -> tuple[float | None, float | None]:
    low, high = leg.span_km
    return (None if low is None else round(low), high)


def _leg_name(profile: Profile, network: Network, leg: Leg) -> str:
    language = profile.locale.language
    ends = (network.nodes[end].name[language] for end in (leg.from_node, leg.to_node))
    return " – ".join(ends)


def _lengths(profile: Profile, network: Network, legs: Sequence[Leg]) -> pd.DataFrame:
    rows = [
        {
            "series": _leg_name(profile, network, leg),
            "low": leg.span_km[0],
            "high": leg.span_km[1],
            "status": "stated" if leg.length_km == leg.span_km[0] else "derived",
            "source_id": leg.source.id if leg.source else None,
            "mode": leg.mode,
            "stated_km": leg.length_km,
            "great_circle_km": leg.great_circle_km,
        }
        for leg in legs
    ]
    return figures(pd.DataFrame(rows), "km")


def _place_sources(network: Network, code: str, known: dict[str, Source]) -> list[Source]:
    """Whose positions the places have that are not among the known sources."""
    ours = [node.source for node in network.nodes.values() if node.economy_code == code]
    return list({each.id: each for each in ours if each.id not in known}.values())


def _routes(profile: Profile, network: Network) -> list[str]:
    return [profile.name(route) for route in network.routes]


def _drawn(
    profile: Profile, network: Network, legs: Sequence[Leg]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The nodes and legs in the columns that the map wants."""
    language = profile.locale.language
    ends = dict.fromkeys(end for leg in legs for end in (leg.from_node, leg.to_node))
    nodes = [network.nodes[end] for end in ends]
    columns = ("id", "from_node", "to_node", "mode", "length_km", "great_circle_km")
    drawn = [
        {name: getattr(leg, name) for name in columns} | {"routes": _taken_by(profile, network, leg)}
        for leg in legs
    ]  # fmt: skip
    placed = [(n.id, n.name[language], n.latitude, n.longitude, n.kind) for n in nodes]
    names = ["id", "name", "latitude", "longitude", "kind"]
    return pd.DataFrame(placed, columns=names), pd.DataFrame(drawn)


def _taken_by(profile: Profile, network: Network, leg: Leg) -> list[str]:
    return [profile.name(route) for route, legs in network.routes.items() if leg in legs]


def _legs_table(
    profile: Profile, network: Network, exhibit: Exhibit, legs: Sequence[Leg]
) -> Component:
    locale = profile.locale
    rows: list[list[Content]] = [
        [
            _leg_name(profile, network, leg),
            locale.text(_MODES[leg.mode]),
            "" if leg.length_km is None else _exactly(profile, leg.length_km),
            _exactly(profile, round(leg.great_circle_km)),
            ", ".join(_taken_by(profile, network, leg)),
            source_link(leg.source, locale) if leg.source else "",
        ]
        for leg in legs
    ]
    caption = f"{exhibit.title}; {exhibit.subtitle}"
    return table(exhibit.name, caption, [locale.text(head) for head in _HEADS], rows)


def _exactly(profile: Profile, km: float) -> str:
    return profile.locale.quantity(km, km, "km")


def _places(profile: Profile, network: Network) -> Component:
    """List the places of the corridor in the economy, each with what it is."""
    language = profile.locale.language
    found = [node for node in network.nodes.values() if node.economy_code == profile.code]
    named = sorted(
        f"{node.name[language]} ({profile.locale.text(_KINDS[node.kind])})"
        if node.kind in _KINDS
        else node.name[language]
        for node in found
    )
    return html.P(
        [html.Strong(profile.locale.text("Places in the country:")), " ", ", ".join(named)]
    )


def scopes_of(code: str, name_en: str, network: Network) -> list[str]:
    """List the scopes of figures about the transit of an economy.

    Itself, its crossing, its section of a route, ways between two of its places, legs that reach it.
    """
    plain = unicodedata.normalize("NFKD", name_en).encode("ascii", "ignore").decode().lower()
    ours = [node.id for node in network.nodes.values() if node.economy_code == code]
    inside = [f"{start}-{end}" for start in ours for end in ours if start != end]
    touching = [leg.id for leg in _touching(network, code)]
    slug = plain.replace(" ", "-")
    return list(dict.fromkeys([code, slug, f"section-{slug}", *inside, *touching]))


def transit_table(
    request: Request, profile: Profile, stated: pd.DataFrame, known: dict[str, Indicator]
) -> list[Component]:
    """List the times and volumes stated of the transit of the economy; nothing where there are none."""
    locale = profile.locale
    if stated.empty:
        return []
    series = [
        f"{known[indicator_id].short[locale.language]}: {profile.name(scope)}"
        for indicator_id, scope in zip(stated["indicator_id"], stated["scope"], strict=True)
    ]
    used = dict.fromkeys(stated["source_id"])
    exhibit = Exhibit(
        "transit",
        title=locale.text("{economy}: the corridor in figures, as stated", economy=profile.title),
        subtitle=locale.text("Each figure as its source gives it; none is joined with another"),
        summary="",
        data=figures(stated.assign(series=series), ""),
        sources=[profile.sources[each] for each in used],
    )
    return [chart(request, exhibit)]
