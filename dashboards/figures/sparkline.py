"""A small line as SVG: drawn before plotly.js has arrived, and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from dashboards import theme

_PADDING = 6.0
_FEW = 4
"""Up to so many figures are each marked with a dot; of more, only the latest."""


@dataclass(frozen=True)
class Point:
    """One figure: its place in time and its range, a single number being a range of no width.

    A figure that is not `dated` stands before the others and is not joined to them.
    """

    x: float
    low: float
    high: float
    firm: bool = True
    dated: bool = True


def sparkline(
    points: Sequence[Point], target: float | None = None, size: tuple[int, int] = (240, 64)
) -> str:
    """Draw points from zero to the largest of them or the target; a range is a bar, never a point.

    Its colours serve both themes. Returns a standalone SVG document.
    """
    width, height = size
    top = max([point.high for point in points] + ([target] if target else [])) or 1.0
    first, last = points[0].x, points[-1].x

    def place(x: float, y: float) -> tuple[float, float]:
        along = (x - first) / (last - first) if last > first else 0.5
        return (
            round(_PADDING + along * (width - 2 * _PADDING), 1),
            round(height - _PADDING - y / top * (height - 2 * _PADDING), 1),
        )

    svg = ET.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height}",
        width=str(width), height=str(height),
    )  # fmt: skip
    _line(svg, (0, place(first, 0)[1]), (width, place(first, 0)[1]), "grey", width="1")
    if target:
        level = place(first, target)[1]
        _line(svg, (0, level), (width, level), "red", dash="5 4")
    middles = [place(point.x, (point.low + point.high) / 2) for point in points]
    if all(point.low == point.high for point in points):
        joined = [xy for point, xy in zip(points, middles, strict=True) if point.dated]
        ET.SubElement(
            svg, "polyline", points=" ".join(f"{x},{y}" for x, y in joined), fill="none",
            stroke=theme.SERIES["blue"], attrib={"stroke-width": "2", "stroke-linejoin": "round"},
        )  # fmt: skip
    for point, (x, y) in zip(points, middles, strict=True):
        if point.low != point.high:
            _line(svg, place(point.x, point.low), place(point.x, point.high), "blue", width="8")
        elif point is points[-1] or len(points) <= _FEW:
            _dot(svg, x, y, firm=point.firm and point.dated)
    return ET.tostring(svg, encoding="unicode")


def _line(
    svg: ET.Element,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    *,
    width: str = "2",
    dash: str = "none",
) -> None:
    ET.SubElement(
        svg, "line", x1=str(start[0]), y1=str(start[1]), x2=str(end[0]), y2=str(end[1]),
        stroke=theme.SERIES[colour],
        attrib={"stroke-width": width, "stroke-dasharray": dash},
    )  # fmt: skip


def _dot(svg: ET.Element, x: float, y: float, *, firm: bool) -> None:
    colour = theme.SERIES["blue"]
    ET.SubElement(
        svg, "circle", cx=str(x), cy=str(y), r="3.5", stroke=colour,
        fill=colour if firm else "none",
        attrib={"stroke-width": "2"},
    )  # fmt: skip
