"""Routes on a map, leg by leg."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import partial
from itertools import cycle
from math import acos, atan2, ceil, cos, degrees, hypot, radians, sin
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import maps, theme
from dashboards.i18n import Locale
from dashboards.labels import MARK_PX, Label, Map, place
from dashboards.messages import message
from dashboards.shapes import Box

_COLOURS = ("blue", "gold", "teal", "plum", "red", "violet")
_KM_BETWEEN_POINTS = 60.0
"""A line is found by the pointer at its points only, so it has many."""
_EARTH_KM = 6371.0
_MARGIN = 3.0
_MAP_PX, _LEGEND_LINE_PX, _LEGEND_GAP_PX = 190, 17, 13

_MODES = {
    "rail": (message("by rail"), "solid"),
    "sea": (message("by sea"), "dash"),
    "road": (message("by road"), "dot"),
}
_KINDS = {
    "seaport": (message("seaport"), "square"),
    "rail and sea hub": (message("railway and sea hub"), "square"),
    "border station": (message("border station"), "diamond"),
    "rail hub": (message("railway hub"), "circle"),
    "gauge change": (message("change of gauge"), "cross"),
    "junction": (message("railway junction"), "circle"),
}
"""What the catalogue says of a node: in words, and as a mark; the first kinds are named first."""


def route_map(
    nodes: pd.DataFrame, legs: pd.DataFrame, locale: Locale, *, routes: Sequence[str]
) -> go.Figure:
    """Draw routes over the outlines of countries, each leg once: rail solid, sea dashed, road dotted.

    `nodes` has `id`, `name`, `latitude`, `longitude` (degrees) and `kind` in the catalogue's words;
    `legs` has `id`, `from_node`, `to_node`, `mode`, `length_km` as stated or missing,
    `great_circle_km`, and `routes`: which of `routes`, names as the reader knows them, take the leg.
    Legs of the same routes share a colour, and a leg is the wider the more take it.
    """
    drawn = legs.assign(taken=legs["routes"].map(partial(_in_order, routes)))
    drawn = drawn[drawn["taken"].map(bool)]
    used = nodes[nodes["id"].isin({*drawn["from_node"], *drawn["to_node"]})]
    box = _around(used)
    traces = [
        maps.land(),
        *_legs(drawn, used.set_index("id"), routes, locale),
        *_keys(drawn, locale),
        *_marks(used, drawn, box, locale),
    ]
    figure = maps.framed(
        traces, box, {"type": "mercator"}, locale, least_height_px=_MAP_PX + _legend_px(traces)
    )
    return figure.update_layout(legend={"y": -0.02, "maxheight": 0.75})


def _legend_px(traces: Sequence[Any]) -> int:
    """How high the legend is on a phone, where every entry has a row of its own."""
    names = [str(each.name) for each in traces if each.name and each.showlegend is not False]
    return sum(_LEGEND_GAP_PX + _LEGEND_LINE_PX * (1 + name.count("<br>")) for name in names)


def _in_order(routes: Sequence[str], taking: Sequence[str]) -> tuple[str, ...]:
    return tuple(route for route in routes if route in taking)


def _around(nodes: pd.DataFrame) -> Box:
    longitudes, latitudes = nodes["longitude"], nodes["latitude"]
    return maps.heightened(
        Box(
            longitudes.min() - _MARGIN,
            latitudes.min() - _MARGIN,
            longitudes.max() + _MARGIN,
            latitudes.max() + _MARGIN,
        )
    )


def _legs(
    legs: pd.DataFrame, nodes: pd.DataFrame, routes: Sequence[str], locale: Locale
) -> Iterator[go.Scattergeo]:
    colours = dict(zip(dict.fromkeys(legs["taken"]), cycle(_COLOURS), strict=False))
    named: set[tuple[str, ...]] = set()
    for leg in legs.to_dict("records"):
        taken = leg["taken"]
        ends = nodes.loc[[leg["from_node"], leg["to_node"]]]
        is_common = len(taken) == len(routes) > 1
        name = locale.text("All of these routes") if is_common else ", ".join(taken)
        start, end = zip(ends["longitude"], ends["latitude"], strict=True)
        points = _great_circle(start, end)
        yield go.Scattergeo(
            name=theme.wrapped(name, theme.LINE_CHARACTERS),
            legendgroup=name,
            showlegend=taken not in named,
            lon=[longitude for longitude, _ in points],
            lat=[latitude for _, latitude in points],
            mode="lines",
            line={
                "color": theme.SERIES[colours[taken]],
                "width": 2 + len(taken),
                "dash": _mode(leg["mode"])[1],
            },
            hovertemplate=_told(leg, list(ends["name"]), locale) + "<extra></extra>",
        )
        named.add(taken)


def _mode(mode: str) -> tuple[str, str]:
    """The words for a mode and its dash; one that is new to us as it stands."""
    return _MODES.get(mode, (mode, "dashdot"))


def _told(leg: Mapping[Hashable, Any], ends: Sequence[str], locale: Locale) -> str:
    shortest = round(leg["great_circle_km"])
    great_circle = locale.quantity(shortest, shortest, "km")
    if pd.isna(leg["length_km"]):
        length = locale.text("at least {length} (great circle)", length=great_circle)
    else:
        length = locale.text(
            "{length} as stated; great circle: {great_circle}",
            length=locale.quantity(leg["length_km"], leg["length_km"], "km"),
            great_circle=great_circle,
        )
    mode = locale.text(_mode(leg["mode"])[0])
    return "<br>".join([f"<b>{' – '.join(ends)}</b>", mode, length, *leg["taken"]])


def _keys(legs: pd.DataFrame, locale: Locale) -> Iterator[go.Scattergeo]:
    """Explain the dashes, in grey, where there is more than one kind of them."""
    modes = [
        _mode(mode) for mode in dict.fromkeys([*_MODES, *legs["mode"]]) if mode in set(legs["mode"])
    ]
    for word, dash in modes if len(modes) > 1 else ():
        line = {"color": theme.SERIES["grey"], "width": 3, "dash": dash}
        yield go.Scattergeo(name=locale.text(word), lon=[None], lat=[None], mode="lines", line=line)


def _marks(
    nodes: pd.DataFrame, legs: pd.DataFrame, box: Box, locale: Locale
) -> Iterator[go.Scattergeo]:
    """A mark for every node and the names that have room: some on any screen, more on a wide one."""
    told = [
        (row, *_KINDS.get(row["kind"], (row["kind"], "circle"))) for row in _ranked(nodes, legs)
    ]
    yield go.Scattergeo(
        lon=[row["longitude"] for row, _, _ in told],
        lat=[row["latitude"] for row, _, _ in told],
        mode="markers",
        marker={
            "size": MARK_PX,
            "symbol": [symbol for *_, symbol in told],
            "color": theme.SERIES["grey"],
            "line": {"width": 0},
        },
        customdata=[f"<b>{row['name']}</b><br>{locale.text(kind)}" for row, kind, _ in told],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    labels = [Label(row["name"], row["longitude"], row["latitude"]) for row, *_ in told]
    first = place(labels, Map(box, maps.PHONE_PX))
    more = place(labels, Map(box, maps.DESK_PX), fixed=first)
    yield maps.texts(first, maps.LABEL_PX)
    yield maps.texts(
        {label: at for label, at in more.items() if label not in first}, maps.SMALL_LABEL_PX
    )


def _ranked(nodes: pd.DataFrame, legs: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Nodes in the order in which they get a name: where a route ends, then by their kind."""
    uses = pd.concat([legs["from_node"], legs["to_node"]]).value_counts()
    order = list(_KINDS)

    def rank(row: dict[Hashable, Any]) -> tuple[bool, int]:
        kind = order.index(row["kind"]) if row["kind"] in order else len(order)
        return bool(uses[row["id"]] > 1), kind

    return sorted(nodes.to_dict("records"), key=rank)


def _great_circle(
    start: tuple[float, float], end: tuple[float, float]
) -> list[tuple[float, float]]:
    """Points along the shortest way between two points, in degrees of longitude and latitude."""
    one, other = _vector(*start), _vector(*end)
    angle = acos(min(1.0, sum(a * b for a, b in zip(one, other, strict=True))))
    steps = max(1, ceil(angle * _EARTH_KM / _KM_BETWEEN_POINTS))
    points = []
    for step in range(steps + 1):
        along = step / steps
        weights = (sin((1 - along) * angle) / sin(angle), sin(along * angle) / sin(angle))
        x, y, z = (weights[0] * a + weights[1] * b for a, b in zip(one, other, strict=True))
        points.append((round(degrees(atan2(y, x)), 2), round(degrees(atan2(z, hypot(x, y))), 2)))
    return points


def _vector(longitude: float, latitude: float) -> tuple[float, float, float]:
    east, north = radians(longitude), radians(latitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)
