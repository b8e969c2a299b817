"""Colours and type, said once: for plotly as a template, for the page as CSS variables."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import plotly.graph_objects as go

SERIES: Mapping[str, str] = {
    "blue": "#1f7bbf",
    "gold": "#b97400",
    "teal": "#0c8a7b",
    "plum": "#a64f97",
    "red": "#c9473c",
    "violet": "#7766cc",
    "grey": "#75808c",
}
"""Colours of marks; each has a contrast of 3:1 or more on the light and on the dark surface, so that
a figure made once serves both themes (WCAG 2.2, 1.4.11)."""

PAGE: Mapping[str, tuple[str, str]] = {
    "surface": ("#ffffff", "#10161d"),
    "canvas": ("#f4f6f8", "#0a0e13"),
    "ink": ("#17202a", "#e8edf2"),
    "quiet": ("#55606c", "#a3afbb"),
    "line": ("#d5dbe1", "#2c3844"),
    "control": ("#7b8794", "#728090"),
    "link": ("#0b61a4", "#6db7f2"),
    "focus": ("#0b61a4", "#ffd24a"),
    "gold": ("#8a5a00", "#f0b94b"),
}
"""Colours of the page, light and dark; text colours have 4.5:1 or more on both surfaces."""

LINE_CHARACTERS = 36
"""A label of this length fits a phone."""

AXIS_PX = 32
"""Room for the amounts beside an axis. Wider ones make their own, but then plotly draws all of it twice."""

_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"


def template() -> go.layout.Template:
    """Make the plotly template; the style sheet recolours its text and lines for the dark theme."""
    ink, _ = PAGE["ink"]
    line, _ = PAGE["line"]
    axis = {
        "automargin": True,
        "gridcolor": line,
        "linecolor": line,
        "zerolinecolor": line,
        "ticks": "",
        "title": {"standoff": 8, "font": {"size": 13}},
    }
    return go.layout.Template(
        layout={
            "colorway": list(SERIES.values()),
            "font": {"family": _FONT, "size": 13, "color": ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "hovermode": "closest",
            "hoverlabel": {"font": {"family": _FONT, "size": 13}, "align": "left"},
            "legend": {"orientation": "h", "x": 0, "y": -0.12, "xanchor": "left", "yanchor": "top"},
            "xaxis": axis | {"showgrid": False},
            "yaxis": axis
            | {"rangemode": "tozero", "separatethousands": True, "exponentformat": "none"},
            "dragmode": False,
        }
    )


def wrapped(text: str, characters: int) -> str:
    """Break a text into lines for plotly, which cannot."""
    return "<br>".join(textwrap.wrap(text, characters))


def translucent(name: str, opacity: float) -> str:
    """Mix a colour of marks with whatever is behind it, so that areas fade into either theme."""
    red, green, blue = (int(SERIES[name][at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:.2f})"


def style_variables() -> str:
    """Write the page's colours as CSS variables, light by default, dark where chosen or preferred."""
    light, dark = (
        "".join(f"--{name}:{pair[side]};" for name, pair in PAGE.items()) for side in (0, 1)
    )
    return (
        f":root{{{light}--font:{_FONT};color-scheme:light}}"
        f":root[data-theme=dark]{{{dark}color-scheme:dark}}"
        f"@media print{{:root[data-theme=dark]{{{light}color-scheme:light}}}}"
    )
