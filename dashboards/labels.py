"""Where names may stand on a map so that none lies upon another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import atanh, radians, sin
from typing import Literal

from dashboards.shapes import Box

Position = Literal[
    "top center",
    "bottom center",
    "middle right",
    "middle left",
    "top right",
    "top left",
    "bottom right",
    "bottom left",
    "middle center",
]
AROUND: Sequence[Position] = (
    "top center", "bottom center", "middle right", "middle left",
    "top right", "top left", "bottom right", "bottom left",
)  # fmt: skip
"""Positions beside a mark, the best first, in plotly's words."""

MARK_PX = 8.0
"""How large the marks are beside which labels stand."""
_CHARACTER_PX = 7.0
_LINE_PX = 15.0


@dataclass(frozen=True)
class Label:
    """A text and the point that it names, in degrees."""

    text: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Map:
    """A map in Mercator's projection: what it shows, and how many pixels wide."""

    box: Box
    width_px: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Place a point in pixels from the left edge and the equator; below is more."""
        scale = self.width_px / radians(self.box.east - self.box.west)
        return (
            radians(longitude - self.box.west) * scale,
            -atanh(sin(radians(latitude))) * scale,
        )


def place(
    labels: Sequence[Label],
    where: Map,
    positions: Sequence[Position] = AROUND,
    fixed: Mapping[Label, Position] | None = None,
) -> dict[Label, Position]:
    """Give labels positions, the first label first, and leave out those without room.

    No label overlaps another, a mark, or an edge; those in `fixed` keep their positions and are in
    the answer. Sizes are estimates, a little generous.
    """
    placed = dict(fixed or {})
    marks = [_mark(label, where) for label in labels] if "middle center" not in positions else []
    taken = [_extent(label, position, where) for label, position in placed.items()]
    for label in labels:
        for position in () if label in placed else positions:
            extent = _extent(label, position, where)
            is_inside = extent.west >= 0 and extent.east <= where.width_px
            if is_inside and not any(_overlap(extent, other) for other in chain(taken, marks)):
                placed[label] = position
                taken.append(extent)
                break
    return placed


def _mark(label: Label, where: Map) -> Box:
    x, y = where.point(label.longitude, label.latitude)
    half = MARK_PX / 2
    return Box(x - half, y - half, x + half, y + half)


def _extent(label: Label, position: Position, where: Map) -> Box:
    """The pixels which a label covers; the `south` of this box is its upper edge."""
    x, y = where.point(label.longitude, label.latitude)
    width, gap = _CHARACTER_PX * len(label.text), MARK_PX / 2 + 1
    vertical, horizontal = position.split()
    left = {"left": x - gap - width, "center": x - width / 2, "right": x + gap}[horizontal]
    top = {"top": y - gap - _LINE_PX, "middle": y - _LINE_PX / 2, "bottom": y + gap}[vertical]
    return Box(left, top, left + width, top + _LINE_PX)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.west < other.east
        and other.west < one.east
        and one.south < other.north
        and other.south < one.north
    )
