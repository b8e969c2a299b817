"""Text on slides: in a font that is everywhere, in its language, and never larger than its box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches, Length, Pt

from dashboards import theme
from dashboards.briefing import lettersize
from warehouse.catalog import Language

FONT = "Arial"
"""A font that is everywhere, or has a substitute of the same widths, and knows the Kazakh letters."""

_LANGUAGES: Mapping[Language, MSO_LANGUAGE_ID] = {
    "kk": MSO_LANGUAGE_ID.KAZAKH,
    "ru": MSO_LANGUAGE_ID.RUSSIAN,
    "tr": MSO_LANGUAGE_ID.TURKISH,
    "en": MSO_LANGUAGE_ID.ENGLISH_UK,
}
Box = tuple[float, float, float, float]
"""Left, top, width and height in inches."""


def fitted(
    slide: Slide,
    words: str,
    box: Box,
    language: Language,
    *,
    sizes: Sequence[float],
    bold: bool = False,
    colour: str = "ink",
    name: str = "",
) -> TextFrame:
    """Set a text in the largest of some sizes, in points, at which it fits its box."""
    size = lettersize.largest(sizes, words, (box[2] * 72, box[3] * 72), bold=bold)
    shape = slide.shapes.add_textbox(*inches(box))
    if name:
        shape.name = name
    fill(shape, words, language, size=size, bold=bold, colour=colour)
    frame: TextFrame = shape.text_frame
    return frame


def headed(slide: Slide, words: str, box: Box, language: Language, sizes: Sequence[float]) -> None:
    """Set the title of a slide, which screen readers and outlines know as such."""
    title = slide.shapes.title
    if title is None:
        raise LookupError("a layout without a title")
    title.left, title.top, title.width, title.height = inches(box)
    size = lettersize.largest(sizes, words, (box[2] * 72, box[3] * 72), bold=True)
    fill(title, words, language, size=size, bold=True, colour="ink")


def fill(
    shape: Shape, words: str, language: Language, *, size: float, bold: bool, colour: str
) -> None:
    """Fill a shape with paragraphs of text, from its upper left corner."""
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.text = words
    styled(frame, language, size=size, bold=bold, colour=colour)


def styled(
    frame: TextFrame, language: Language, *, size: float, bold: bool = False, colour: str = "ink"
) -> None:
    """Give every run of a text its font, size, colour and language."""
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        for run in paragraph.runs:
            font = run.font
            font.name, font.size, font.bold = FONT, Pt(size), bold
            font.language_id = _LANGUAGES[language]
            font.color.rgb = rgb(theme.PAGE[colour][0])


def rgb(colour: str) -> RGBColor:
    """A colour of the theme as slides take it."""
    red, green, blue = bytes.fromhex(colour.lstrip("#"))
    return RGBColor(red, green, blue)


def inches(box: Box) -> tuple[Length, Length, Length, Length]:
    """A box in the lengths of a slide."""
    left, top, wide, high = map(Inches, box)
    return left, top, wide, high
