"""Outlines of the economies, from Natural Earth (public domain); tools/shapes.sh writes the file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from dashboards.fingerprint import fingerprinted

COUNTRIES = Path(__file__).with_name("countries.json")
"""GeoJSON: a feature for each economy, with its alpha-3 code as the property `code`."""

_Ring = Sequence[tuple[float, float]]


class Box(NamedTuple):
    """Where something lies, in degrees; north and east are positive."""

    west: float
    south: float
    east: float
    north: float


class Outline(NamedTuple):
    """The box around an economy, and its middle as (longitude, latitude), where a label may stand."""

    box: Box
    middle: tuple[float, float]


@cache
def address() -> str:
    """Tell where browsers find the outlines: what they draw need not be in every figure."""
    return f"/static/{fingerprinted(COUNTRIES.name, COUNTRIES.read_bytes())}"


@cache
def outlines() -> Mapping[str, Outline]:
    """Measure the largest part of each economy, by code: of France the part in Europe.

    An economy too small for its outline to be kept is not among them.
    """
    features = json.loads(COUNTRIES.read_text(encoding="utf-8"))["features"]
    found = {}
    for feature in features:
        rings = [part[0] for part in feature["geometry"]["coordinates"]]
        _area, middle, largest = max((*_area_and_middle(ring), ring) for ring in rings)
        found[feature["properties"]["code"]] = Outline(_box(largest), middle)
    return found


def _box(ring: _Ring) -> Box:
    longitudes, latitudes = zip(*ring, strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _area_and_middle(ring: _Ring) -> tuple[float, tuple[float, float]]:
    """Area and centroid of a ring on the plane of degrees, by the shoelace formula."""
    crosses = [x * v - u * y for (x, y), (u, v) in pairwise(ring)]
    area = sum(crosses) / 2
    x = sum(
        (one[0] + other[0]) * c for (one, other), c in zip(pairwise(ring), crosses, strict=True)
    )
    y = sum(
        (one[1] + other[1]) * c for (one, other), c in zip(pairwise(ring), crosses, strict=True)
    )
    return abs(area), (round(x / (6 * area), 2), round(y / (6 * area), 2))
