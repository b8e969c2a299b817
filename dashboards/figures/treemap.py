"""What a flow is made of: sections of the nomenclature, and in them its chapters."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import cycle
from math import sqrt

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale

_COLOURS = ("blue", "gold", "teal", "plum", "red", "violet", "grey")
_SECTION_OPACITY, _CHAPTER_OPACITY = 0.3, 0.55
_ROOT = "all"

_HEADING_CHARACTERS, _CHARACTERS_ACROSS, _LINES_DOWN = 60, 75, 30
"""What a square tile as large as all would hold on a tablet; a phone shows the names of fewer tiles."""
_LEAST_CHARACTERS = 6
_SMALLEST_PX = 10


def treemap(frame: pd.DataFrame, unit: str, locale: Locale) -> go.Figure:
    """Draw a tile per chapter, as large as its value, in a tile per section; a click opens a section.

    `frame` has `section` (its name, number first), `code` (the chapter's), `name` and `value` in the
    kept unit, one row per chapter. What is missing, zero or below has no tile.
    """
    known = frame[frame["value"] > 0].sort_values("value", ascending=False, kind="stable")
    figure = go.Figure()
    if not known.empty:
        figure.add_trace(_tiles(known, unit, locale))
    return figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        # A text that would have to be smaller is left to the pointer and the table.
        uniformtext={"minsize": _SMALLEST_PX, "mode": "hide"},
        height=560,
    )


def _tiles(known: pd.DataFrame, unit: str, locale: Locale) -> go.Treemap:
    sections = known.groupby("section")["value"].sum().sort_values(ascending=False)
    chapters = [f"{code} {name}" for code, name in zip(known["code"], known["name"], strict=True)]
    names = [locale.text("All chapters reported"), *sections.index, *chapters]
    values = [float(sections.sum()), *sections, *known["value"]]
    shares = [value / values[0] for value in values]
    quantities = [locale.quantity(value, value, unit) for value in values[1:]]
    return go.Treemap(
        ids=[_ROOT, *sections.index, *known["code"]],
        parents=["", *[_ROOT] * len(sections), *known["section"]],
        # Of a tile that holds others plotly writes the label alone, on one line.
        labels=[
            _fitted(name, sqrt(share) * _HEADING_CHARACTERS, 1)
            for name, share in zip(names, shares, strict=True)
        ],
        values=[locale.shown(value, unit) for value in values],
        branchvalues="total",
        text=[
            _fitted(name, sqrt(share) * _CHARACTERS_ACROSS, sqrt(share) * _LINES_DOWN)
            for name, share in zip(names, shares, strict=True)
        ],
        texttemplate="%{text}",
        # Of all chapters no total is told: who knows which of them are missing?
        customdata=[
            names[0],
            *(
                f"<b>{quantity}</b><br>{name}"
                for name, quantity in zip(names[1:], quantities, strict=True)
            ),
        ],
        hovertemplate="%{customdata}<extra></extra>",
        marker={"colors": _colours(list(sections.index), known["section"]), "line": {"width": 1}},
        tiling={"pad": 2},
        pathbar={"thickness": 24},
    )


def _colours(sections: Sequence[str], of_chapters: pd.Series) -> list[str]:
    """A colour per section, fainter than that of its chapters; none for the whole."""
    colours = dict(zip(sections, cycle(_COLOURS), strict=False))
    return [
        "rgba(0,0,0,0)",
        *(theme.translucent(colours[each], _SECTION_OPACITY) for each in sections),
        *(theme.translucent(colours[each], _CHAPTER_OPACITY) for each in of_chapters),
    ]


def _fitted(name: str, characters: float, lines: float) -> str:
    """Cut a name to so many lines of so many characters; at the least its number is left."""
    wide = max(int(characters), _LEAST_CHARACTERS)
    cut = textwrap.wrap(
        name, wide, max_lines=max(int(lines), 1), placeholder=" …", break_long_words=False
    )
    number = name.partition(" ")[0]
    has_room = len(" ".join(cut)) > len(number) + 2 and max(map(len, cut)) <= wide
    return "<br>".join(cut) if has_room else number
