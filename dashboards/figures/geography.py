"""A measure by economy on a map."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import maps, shapes, theme
from dashboards.i18n import Locale
from dashboards.labels import Label, Map, place
from dashboards.shapes import Box
from warehouse.catalog import FIRM

_HOME = Box(14, 33, 90, 56)
"""What is shown when there is nothing to show: from Hungary to Kazakhstan."""
_MARGIN = 2.0
_WIDEST_REGION = 150.0
"""Degrees of longitude up to which a conic projection serves; beyond, it is a map of the world."""
_BANDS, _BANDS_EITHER_WAY = 5, 3
_FAINTEST, _STRONGEST = 0.2, 0.85
_SMALL = 0.1
"""Figures below this are written with one decimal more."""


@dataclass(frozen=True)
class Home:
    """The economy whose partners a map shows: its code, and its name as the reader knows it."""

    code: str
    name: str


def partners_map(
    frame: pd.DataFrame, unit: str, locale: Locale, *, home: Home | None = None
) -> go.Figure:
    """Colour economies by a measure, in steps of 1, 2 and 5; below zero in another colour.

    `frame` has `code` (alpha-3), `series` (the economy as the reader calls it), `period`, `value` in
    the kept unit and `status`, one row per economy. The areas are true, and more of a measure is more
    ink, in both themes. `home` is named and has an edge.
    """
    known = frame[frame["value"].notna() & frame["code"].isin(list(shapes.outlines()))]
    codes = list(known["code"])
    shown = [locale.shown(value, unit) for value in known["value"]]
    edges = _edges(shown)
    coloured = go.Choropleth(
        **maps.areas(codes),
        z=[_band(value, edges) + 0.5 for value in shown],
        zmin=0,
        zmax=len(edges) - 1,
        colorscale=_colours(edges),
        customdata=[_hover(row, unit, locale) for row in known.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
        colorbar=_key(edges, locale.unit(unit), locale),
    )
    box = _around([*codes, *([home.code] if home else [])])
    words = _words(codes, shown, box, locale, home=home)
    projection: dict[str, Any] = {"type": "natural earth"}
    if box.east - box.west < _WIDEST_REGION:
        middle = {"lon": (box.west + box.east) / 2}
        projection = {"type": "conic equal area", "parallels": [30, 55], "rotation": middle}
    traces = [maps.land(codes), *([_edge(home)] if home else []), coloured, words]
    return maps.framed(traces, box, projection, locale, least_height_px=270)


def without_outline(frame: pd.DataFrame) -> list[str]:
    """Name the series of a `partners_map` that it cannot show, so that the page can say so."""
    lacking = frame["value"].notna() & ~frame["code"].isin(list(shapes.outlines()))
    return [str(name) for name in frame.loc[lacking, "series"]]


def _around(codes: Iterable[str]) -> Box:
    boxes = [shapes.outlines()[code].box for code in codes] or [_HOME]
    wests, souths, easts, norths = zip(*boxes, strict=True)
    whole = Box(
        max(min(wests) - _MARGIN, -180),
        min(souths) - _MARGIN,
        min(max(easts) + _MARGIN, 180),
        max(norths) + _MARGIN,
    )
    return maps.heightened(whole)


def _edge(home: Home) -> go.Choropleth:
    clear, edge = "rgba(0,0,0,0)", {"color": theme.SERIES["grey"], "width": 2.5}
    return go.Choropleth(
        **maps.areas([home.code]) | {"marker": {"line": edge}},
        z=[0],
        colorscale=[[0, clear], [1, clear]],
        showscale=False,
        hoverinfo="skip",
    )


def _edges(shown: Sequence[float]) -> list[float]:
    """Bounds of the bands, ascending: the steps of 1, 2 and 5 that reach the largest, and zero."""
    largest = max(map(abs, shown), default=0.0) or 1.0
    power = floor(log10(largest))
    steps = [float(f"{digit}e{power + n}") for n in range(-3, 2) for digit in (1, 2, 5)]
    top = next(at for at, step in enumerate(steps) if step >= largest) + 1
    if min(shown, default=0.0) >= 0:
        return [0.0, *steps[top - _BANDS : top]]
    either = steps[top - _BANDS_EITHER_WAY : top]
    return [*(-step for step in reversed(either)), 0.0, *either]


def _band(value: float, edges: Sequence[float]) -> int:
    return min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)


def _colours(edges: Sequence[float]) -> list[list[Any]]:
    """One flat colour per band: the farther from zero, the less of the page shines through."""
    zero, bands = edges.index(0.0), len(edges) - 1
    farthest = bands - zero - 1
    scale: list[list[Any]] = []
    for band in range(bands):
        distance = band - zero if band >= zero else zero - 1 - band
        opacity = _FAINTEST + (_STRONGEST - _FAINTEST) * distance / farthest
        colour = theme.translucent("blue" if band >= zero else "red", opacity)
        scale += [[band / bands, colour], [(band + 1) / bands, colour]]
    return scale


def _key(edges: Sequence[float], title: str, locale: Locale) -> dict[str, Any]:
    return {
        "orientation": "h",
        "thickness": 12,
        "y": 0,
        "yanchor": "top",
        "outlinewidth": 0,
        "title": {"text": title, "side": "top", "font": {"size": 13}},
        "tickvals": list(range(len(edges))),
        "ticktext": [locale.number(edge, _decimals(edge)) for edge in edges],
    }


def _decimals(edge: float) -> int:
    return max(0, -floor(log10(abs(edge)))) if edge else 0


def _hover(row: Mapping[Hashable, Any], unit: str, locale: Locale) -> str:
    value = row["value"]
    words = [
        f"<b>{locale.quantity(value, value, unit)}</b>",
        f"{row['series']}, {locale.period(str(row['period']))}",
    ]
    if row["status"] not in FIRM:
        words.append(locale.status(str(row["status"])))
    return "<br>".join(words)


def _words(
    codes: Sequence[str], shown: Sequence[float], box: Box, locale: Locale, *, home: Home | None
) -> go.Scattergeo:
    """The name of `home` and the figures, the largest first, where even a narrow map has room."""
    ranked = sorted(zip(codes, shown, strict=True), key=lambda pair: -abs(pair[1]))
    written = [(home.code, home.name)] if home else []
    written += [
        (code, locale.number(value, 1 if abs(value) >= _SMALL else 2)) for code, value in ranked
    ]
    labels = [Label(text, *shapes.outlines()[code].middle) for code, text in written]
    placed = place(labels, Map(box, maps.PHONE_PX), ["middle center"])
    return maps.texts(placed, maps.LABEL_PX)
