"""Tables on slides: set in the largest letters at which all rows stand inside their box."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Inches, Pt

from dashboards import theme
from dashboards.briefing import lettersize
from dashboards.briefing.model import Entry, Table
from dashboards.briefing.slide_text import Box, inches, rgb, styled
from warehouse.catalog import Language

_SIZES = (15, 14, 13, 12, 11, 10, 9, 8, 7)
_ACROSS, _DOWN = 0.07, 0.04
"""Margins of a cell in inches."""
_STYLE = "{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId"
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of tables without fills or lines, as office programs name it."""


def add_table(slide: Slide, table: Table, box: Box, language: Language) -> None:
    """Set a table into its box; rows are as high as their text needs at the size that fits."""
    rows = [[*table.heads], *([_said(entry) for entry in row] for row in table.rows)]
    size, heights = _fit(rows, table.widths, box)
    left, top, wide, _high = inches(box)
    frame = slide.shapes.add_table(len(rows), len(table.heads), left, top, wide, Pt(sum(heights)))
    made = frame.table
    frame.name = "figures"
    style = frame._element.find(f".//{_STYLE}")  # noqa: SLF001 - python-pptx has no word for it
    if style is not None:
        style.text = _PLAIN
    for at, share in enumerate(table.widths):
        made.columns[at].width = Inches(box[2] * share)
    for at, height in enumerate(heights):
        made.rows[at].height = Pt(height)
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            _set(made.cell(number, column), words, language, size, is_head=number == 0)
            if number and not column:
                styled(made.cell(number, column).text_frame, language, size=size, bold=True)


def _said(entry: Entry) -> str:
    return entry if isinstance(entry, str) else entry.said


def _fit(
    rows: Sequence[Sequence[str]], widths: Sequence[float], box: Box
) -> tuple[float, list[float]]:
    """The largest size at which the rows fit, and their heights in points."""
    heights: list[float] = []
    size = 0.0
    for size in _SIZES:
        heights = [
            _height(row, widths, box[2], size, is_head=number == 0)
            for number, row in enumerate(rows)
        ]
        if sum(heights) <= box[3] * 72 and not _breaks_words(rows, widths, box[2], size):
            break
    return size, heights


def _breaks_words(
    rows: Sequence[Sequence[str]], widths: Sequence[float], wide: float, size: float
) -> bool:
    """Whether a word is wider than its column; heads and names are bold."""
    rooms = [(wide * share - 2 * _ACROSS) * 72 for share in widths]
    return any(
        lettersize.width_pt(word, size, bold=number == 0 or at == 0) > room
        for number, row in enumerate(rows)
        for at, (words, room) in enumerate(zip(row, rooms, strict=True))
        for word in words.split()
    )


def _height(
    row: Sequence[str], widths: Sequence[float], wide: float, size: float, *, is_head: bool
) -> float:
    """How high a row stands, in points; heads and names are bold."""
    rooms = [(wide * share - 2 * _ACROSS) * 72 for share in widths]
    highest = max(
        lettersize.height_pt(words, size, room, bold=is_head or at == 0)
        for at, (words, room) in enumerate(zip(row, rooms, strict=True))
    )
    return highest + 2 * _DOWN * 72 + 2


def _set(cell: _Cell, words: str, language: Language, size: float, *, is_head: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(_ACROSS)
    cell.margin_top = cell.margin_bottom = Inches(_DOWN)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.text_frame.word_wrap = True
    cell.text = words
    styled(cell.text_frame, language, size=size, bold=is_head, colour="quiet" if is_head else "ink")
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(theme.PAGE["canvas" if is_head else "surface"][0])
