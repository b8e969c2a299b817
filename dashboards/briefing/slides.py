"""A briefing as slides: one message each, with native charts that can be edited, and its evidence."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Inches

from dashboards import theme
from dashboards.briefing.model import Briefing, Section, joined
from dashboards.briefing.slide_charts import add_chart
from dashboards.briefing.slide_tables import add_table
from dashboards.briefing.slide_text import fitted, headed, inches, rgb, styled

_TAGS: Mapping[str, str] = {"kk": "kk-KZ", "ru": "ru-RU", "tr": "tr-TR", "en": "en-GB"}
_WIDE, _HIGH, _MARGIN, _GAP = 13.333, 7.5, 0.55, 0.3
_INSIDE = _WIDE - 2 * _MARGIN
_TOP, _BOTTOM = 1.6, 6.5
"""What stands between the message and the evidence, in inches."""
_TITLE_ONLY, _RECTANGLE = 5, 1
_SOURCES_IN_A_LINE = 4


def to_pptx(briefing: Briefing) -> bytes:
    """Write a presentation of 16:9; sources with their addresses stand in the speaker's notes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDE), Inches(_HIGH)
    _describe(deck, briefing)
    count = len(briefing.sections) + 2
    _first(deck, briefing)
    for number, section in enumerate(briefing.sections, start=2):
        slide = _slide(deck, briefing, section.title, section.message)
        _show(slide, section, briefing)
        _foot(slide, briefing, _evidence(section, briefing), briefing.page(number, count))
        addresses = [f"{each.text}: {each.url}" for each in section.sources]
        _speak(slide, [*section.remarks, *addresses], briefing)
    _last(deck, briefing, briefing.page(count, count))
    content = io.BytesIO()
    deck.save(content)
    return content.getvalue()


def _describe(deck: Deck, briefing: Briefing) -> None:
    told = deck.core_properties
    told.title, told.subject, told.author = briefing.title, briefing.subtitle, "Altyn Köpir"
    told.language, told.identifier = _TAGS[briefing.language], briefing.build_id
    told.last_modified_by = "Altyn Köpir"
    told.created = told.modified = briefing.built_at.replace(tzinfo=None)


def _first(deck: Deck, briefing: Briefing) -> None:
    slide, language = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY]), briefing.language
    band = slide.shapes.add_shape(_RECTANGLE, *inches((0, 0, 0.3, _HIGH)))
    band.fill.solid()
    band.fill.fore_color.rgb = rgb(theme.SERIES["gold"])
    band.line.fill.background()
    site = (1.0, 1.4, 11.3, 0.5)
    fitted(slide, "Altyn Köpir", site, language, sizes=(20,), bold=True, colour="gold")
    headed(slide, briefing.title, (1.0, 2.0, 11.3, 1.6), language, (44, 40, 36, 32, 28))
    said = (1.0, 3.8, 11.3, 0.6)
    fitted(slide, briefing.subtitle, said, language, sizes=(24, 20), colour="quiet")
    notes = "\n".join(briefing.notes)
    fitted(slide, notes, (1.0, 4.7, 11.3, 1.6), language, sizes=(14, 13, 12), colour="quiet")
    link = (1.0, 6.6, 11.3, 0.5)
    fitted(slide, briefing.address, link, language, sizes=(11, 10, 9, 8), colour="quiet")


def _last(deck: Deck, briefing: Briefing, page: str) -> None:
    """All sources, each a link; their addresses in full stand in the notes."""
    slide = _slide(deck, briefing, "", briefing.words.sources)
    sizes = (13, 12, 11, 10, 9, 8, 7)
    box = (_MARGIN, _TOP - 0.4, _INSIDE, _BOTTOM - _TOP + 0.7)
    said = "\n".join(each.text for each in briefing.sources)
    frame = fitted(slide, said, box, briefing.language, sizes=sizes, name="sources")
    for paragraph, source in zip(frame.paragraphs, briefing.sources, strict=False):
        for run in paragraph.runs:
            run.hyperlink.address = source.url
    _foot(slide, briefing, "", page)
    _speak(slide, [f"{each.text}: {each.url}" for each in briefing.sources], briefing)


def _slide(deck: Deck, briefing: Briefing, topic: str, said: str) -> Slide:
    language = briefing.language
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    if topic:
        box = (_MARGIN, 0.32, _INSIDE, 0.3)
        sizes = (13, 12, 11, 10, 9)
        fitted(slide, topic, box, language, sizes=sizes, bold=True, colour="gold", name="topic")
    headed(slide, said, (_MARGIN, 0.66, _INSIDE, 0.85), language, (26, 24, 22, 20, 18, 16))
    return slide


def _show(slide: Slide, section: Section, briefing: Briefing) -> None:
    """A chart with its facts beside it, or a table alone."""
    language, high = briefing.language, _BOTTOM - _TOP
    if section.chart is None:
        add_table(slide, section.table, (_MARGIN, _TOP, _INSIDE, high), language)
        return
    wide = _INSIDE * (0.66 if len(section.table.heads) < 3 else 0.58)
    box = (_MARGIN, _TOP, wide, 0.3)
    sizes = (12, 11, 10, 9, 8)
    fitted(slide, section.chart.caption, box, language, sizes=sizes, colour="quiet", name="caption")
    add_chart(slide, section, (_MARGIN, _TOP + 0.35, wide, high - 0.35))
    beside = _MARGIN + wide + _GAP
    add_table(slide, section.table, (beside, _TOP, _WIDE - _MARGIN - beside, high), language)


def _evidence(section: Section, briefing: Briefing) -> str:
    """The source line: whose figures; of very many the first."""
    names = list(dict.fromkeys(each.publisher for each in section.sources))
    more = " …" if len(names) > _SOURCES_IN_A_LINE else ""
    named = "; ".join(names[:_SOURCES_IN_A_LINE]) + more
    return f"{briefing.words.source} {named}" if named else ""


def _foot(slide: Slide, briefing: Briefing, evidence: str, page: str) -> None:
    language = briefing.language
    if evidence:
        box = (_MARGIN, 6.6, _INSIDE, 0.34)
        sizes = (11, 10, 9, 8, 7)
        fitted(slide, evidence, box, language, sizes=sizes, colour="quiet", name="evidence")
    told = joined(["Altyn Köpir", briefing.subtitle, page])
    box = (_MARGIN, 7.02, _INSIDE, 0.25)
    fitted(slide, told, box, language, sizes=(10,), colour="quiet", name="foot")


def _speak(slide: Slide, told: Sequence[str], briefing: Briefing) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = "\n".join(told)
        styled(frame, briefing.language, size=11)
