"""What every map shares: the ground, the frame, and labels. Browsers get the outlines from the app."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import cos, radians
from typing import Any

import plotly.graph_objects as go

from dashboards import shapes, theme
from dashboards.i18n import Locale
from dashboards.labels import MARK_PX, Label, Position
from dashboards.shapes import Box

PHONE_PX, DESK_PX = 350.0, 940.0
"""Widths at which labels are placed: all have room on the wide map, some on the narrow one."""
LABEL_PX, SMALL_LABEL_PX = 12, 11
"""The style sheet knows labels by their size: the smaller are not shown on narrow screens."""
_WIDEST = 1.9
"""How many times as wide as high a map may be: a phone would show a mere strip."""

_LAND = "rgba(117,128,140,0.16)"
_BORDER = "rgba(117,128,140,0.6)"


def land(coloured: Collection[str] = ()) -> go.Choropleth:
    """The ground: every outline in the same faint grey, but for those that are `coloured` otherwise."""
    codes = [code for code in shapes.outlines() if code not in coloured]
    ground = [[0, _LAND], [1, _LAND]]
    return go.Choropleth(
        **areas(codes), z=[0] * len(codes), colorscale=ground, showscale=False, hoverinfo="skip"
    )


def areas(codes: Sequence[str]) -> dict[str, Any]:
    """What a choropleth needs to know of the economies that it colours."""
    return {
        "geojson": shapes.address(),
        "featureidkey": "properties.code",
        "locations": list(codes),
        "marker": {"line": {"color": _BORDER, "width": 0.6}},
    }


def texts(placed: Mapping[Label, Position], size_px: int) -> go.Scattergeo:
    """Write labels at their positions."""
    # Marks that nobody sees keep the texts at their distance from those that are drawn.
    return go.Scattergeo(
        mode="markers+text",
        marker={"size": MARK_PX, "opacity": 0},
        lon=[label.longitude for label in placed],
        lat=[label.latitude for label in placed],
        text=[label.text for label in placed],
        textposition=list(placed.values()),
        textfont={"size": size_px},
        hoverinfo="skip",
        showlegend=False,
    )


def heightened(box: Box) -> Box:
    """Show more to the north and the south of a box that is too flat for a phone."""
    middle = (box.south + box.north) / 2
    # A degree of longitude is drawn shorter than one of latitude, the more the farther north.
    least = (box.east - box.west) / _WIDEST * cos(radians(middle))
    more = max(0.0, least - (box.north - box.south)) / 2
    return Box(box.west, max(box.south - more, -60), box.east, min(box.north + more, 84))


def framed(
    traces: Sequence[Any],
    box: Box,
    projection: Mapping[str, Any],
    locale: Locale,
    *,
    least_height_px: int,
) -> go.Figure:
    """Set the traces of a map into a frame around `box`.

    Its height on a page follows the width of the screen; the page takes it from the figure's `meta`.
    """
    return go.Figure(
        traces,
        layout={
            "template": theme.template(),
            "separators": locale.separators,
            "height": 600,
            "meta": {"height": f"clamp({least_height_px}px, 52vw, 640px)"},
            "geo": {
                "visible": False,
                "bgcolor": "rgba(0,0,0,0)",
                "projection": projection,
                "lonaxis": {"range": [box.west, box.east]},
                "lataxis": {"range": [box.south, box.north]},
            },
        },
    )
