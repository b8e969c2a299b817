"""Rows as files: CSV and XLSX whose numbers are exact and in which no text is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIMETYPES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": XLSX,
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
"""What a file of an ending is."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a text that begins with it for (OWASP, "CSV Injection")."""

WORKBOOK = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDEST_PX = 420

_LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet takes; XlsxWriter would leave out what is longer."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A table of a workbook: its name, the names of its columns, and rows that have them all."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Row]


def to_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Write rows under the names of their columns (RFC 4180); what is missing is empty."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in columns])
    return lines.getvalue()


def to_xlsx(title: str, created: datetime, sheets: Iterable[Sheet]) -> bytes:
    """Write a workbook; the same title, time and sheets make the same bytes.

    Numbers keep 16 significant digits, one more than a spreadsheet shows.
    """
    content = io.BytesIO()
    with Workbook(content, WORKBOOK) as book:
        # A workbook's times have no zone.
        book.set_properties({"title": title, "created": created.replace(tzinfo=None)})
        for sheet in sheets:
            _write_sheet(book, sheet)
    return content.getvalue()


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return str(value).lower()
    # repr() is what JSON writes, so that a number is the same text in both.
    return repr(value) if isinstance(value, float) else value


def _write_sheet(book: Workbook, content: Sheet) -> None:
    sheet = book.add_worksheet(content.name)
    bold = book.add_format({"bold": True})
    for column, title in enumerate(content.columns):
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(content.rows, start=1):
        for column, title in enumerate(content.columns):
            _write(sheet, number, column, row[title])
    sheet.freeze_panes(1, 0)
    sheet.autofit(_WIDEST_PX)


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, harmless(value)[:_LONGEST_CELL])
    elif value is not None:
        sheet.write_number(row, column, value)
