"""A briefing as a workbook: a summary to read with native charts, the exact figures, sources, notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboards import theme
from dashboards.briefing import lettersize
from dashboards.briefing.model import Briefing, Cell, Entry, Section
from dashboards.briefing.workbook_charts import chart_of
from dashboards.sheets import WORKBOOK, harmless
from dashboards.units import kept_unit

SUMMARY, DATA, CHARTS, SOURCES, NOTES = "summary", "data", "charts", "sources", "notes"
"""The sheets; programs find them by these names in any language."""

_FIRST_CHARACTERS, _CHARACTERS, _CHARACTER_PT, _LETTERS_PT = 34, 24, 5.25, 11
"""Widths of the summary's columns in characters, how wide one is, and the size of its letters."""
_COLUMNS, _SUMMARY_PT = 7, 900
"""Columns of the summary, and how wide they are together."""
_CHART_ROWS = 21


def to_xlsx(briefing: Briefing) -> bytes:
    """Write the workbook: five sheets, and a native chart for every chart of the briefing."""
    content = io.BytesIO()
    with Workbook(content, WORKBOOK) as book:
        book.set_properties(
            {
                "title": briefing.title,
                "subject": briefing.subtitle,
                "author": "Altyn Köpir",
                "created": briefing.built_at.replace(tzinfo=None),
            }
        )
        pages = {name: book.add_worksheet(name) for name in (SUMMARY, DATA, CHARTS, SOURCES, NOTES)}
        places = _write_charts(pages[CHARTS], briefing)
        _write_summary(book, pages[SUMMARY], briefing, places)
        _write_data(pages[DATA], briefing, book.add_format({"bold": True}))
        _write_rows(
            pages[SOURCES],
            [("source_id", briefing.words.source, "url")]
            + [(each.id, each.text, each.url) for each in briefing.sources],
        )
        _write_rows(
            pages[NOTES],
            [
                (briefing.words.link, briefing.address),
                ("", briefing.subtitle),
                *(("", note) for note in briefing.notes),
                *((s.title, remark) for s in briefing.sections for remark in s.remarks),
            ],
        )
    return content.getvalue()


def _write_summary(
    book: Workbook, sheet: Worksheet, briefing: Briefing, places: dict[str, int]
) -> None:
    """Section after section: the message, the table, and the chart below it, ready to be printed."""
    bold, large, wrapped = (
        book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, _FIRST_CHARACTERS)
    sheet.set_column(1, _COLUMNS - 1, _CHARACTERS)
    _put(sheet, 0, 0, briefing.title, book.add_format({"bold": True, "font_size": 18}))
    _put(sheet, 1, 0, briefing.subtitle)
    at, breaks = 3, []
    for section in briefing.sections:
        breaks.append(at)
        _put(sheet, at, 0, section.title, book.add_format({"font_color": theme.PAGE["gold"][0]}))
        _across(sheet, at + 1, section.message, large, 14)
        _table_row(sheet, at + 2, section.table.heads, bold)
        at += 3
        for row in section.table.rows:
            _table_row(sheet, at, row, wrapped)
            at += 1
        if section.chart:
            sheet.insert_chart(at, 0, chart_of(book, CHARTS, section.chart, places[section.id]))
            at += _CHART_ROWS
        names = "; ".join(dict.fromkeys(each.text for each in section.sources))
        if names:
            _across(sheet, at, f"{briefing.words.source} {names}", wrapped, 11)
        at += 2
    sheet.print_area(0, 0, at, _COLUMNS - 1)
    # A section a page, the first under the title.
    sheet.set_h_pagebreaks(breaks[1:])
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _table_row(sheet: Worksheet, at: int, row: Sequence[Entry], style: Format) -> None:
    """Write a row as high as its longest text needs, for office programs do not all see to it."""
    texts = [entry if isinstance(entry, str) else entry.said for entry in row]
    rooms = [
        (_FIRST_CHARACTERS if not column else _CHARACTERS) * _CHARACTER_PT
        for column in range(len(row))
    ]
    heights = [
        lettersize.height_pt(text, _LETTERS_PT, room)
        for text, room in zip(texts, rooms, strict=True)
    ]
    sheet.set_row(at, max(heights) + 4)
    for column, text in enumerate(texts):
        if isinstance(row[column], Cell):
            # Our own writing of a number, as +192 %, needs no mark that it is a text.
            sheet.write_string(at, column, text, style)
        else:
            _put(sheet, at, column, text, style)


def _across(sheet: Worksheet, row: int, words: str, style: Format, size: float) -> None:
    """Set a text across the columns of the summary, in a row as high as it needs."""
    sheet.set_row(row, lettersize.height_pt(words, size, _SUMMARY_PT, bold=True))
    sheet.merge_range(row, 0, row, _COLUMNS - 1, harmless(words), style)


def _write_data(sheet: Worksheet, briefing: Briefing, bold: Format) -> None:
    """Every number once a section, exact and in its kept unit, with its evidence, then the verdicts."""
    heads = ["id", *briefing.words.columns]
    for column, head in enumerate(heads):
        _put(sheet, 0, column, head, bold)
    rows = [
        *(_figure(section, cell) for section in briefing.sections for cell in section.cells),
        *(
            [verdict.id, section.title, verdict.key, *[None] * 6, verdict.text, None, None, None]
            for section in briefing.sections
            for verdict in section.verdicts
        ),
    ]
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _put(sheet, number, column, value)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    sheet.autofit(320)


def _figure(section: Section, cell: Cell) -> list[Any]:
    return [
        *(cell.id, section.title, cell.label, cell.value, cell.low, cell.high),
        *(kept_unit(cell.unit), cell.period, cell.status, cell.said),
        *(cell.source_id, cell.vintage, cell.place),
    ]


def _write_charts(sheet: Worksheet, briefing: Briefing) -> dict[str, int]:
    """Write what the charts are drawn from; answers the first row of each."""
    places, at = {}, 0
    for section in briefing.sections:
        chart = section.chart
        if chart is None:
            continue
        places[section.id] = at
        _put(sheet, at, 0, chart.caption)
        for column, series in enumerate(chart.series, start=1):
            _put(sheet, at, column, series.name)
            for row, value in enumerate(series.values, start=1):
                _put(sheet, at + row, column, value)
        for row, category in enumerate(chart.categories, start=1):
            _put(sheet, at + row, 0, category)
        at += len(chart.categories) + 3
    sheet.set_column(0, 0, 60)
    return places


def _write_rows(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            _put(sheet, number, column, value)
    sheet.autofit(700)


def _put(sheet: Worksheet, row: int, column: int, value: Any, style: Format | None = None) -> None:
    """Write a number as a number and a text as a text, whatever it begins with; nothing stays empty."""
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, harmless(value), style)
    elif value is not None:
        sheet.write_number(row, column, value, style)
