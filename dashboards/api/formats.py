"""One answer in three forms: JSON with everything, CSV with the rows, XLSX with three sheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboards.api.tables import Table, tables
from warehouse.engine import Row

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIMETYPES = {"json": "application/json", "csv": "text/csv", "xlsx": XLSX}

TOTAL_HEADER = "X-Total-Count"
"""The rows on all pages, which CSV cannot say."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a text that begins with it for (OWASP, "CSV Injection")."""

_WORKBOOK = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDEST = 60


@dataclass(frozen=True)
class Meta:
    """What is told of an answer: the build, the day, and which of how many pages it is."""

    build: str
    built_at: str
    asof: str | None
    total: int
    page: int
    page_size: int
    pages: int
    next: str | None


@dataclass(frozen=True)
class Answer:
    """Rows with what is told of them, and their sources by id."""

    rows: Sequence[Row]
    meta: Meta
    sources: Mapping[str, Row]


def as_json(answer: Answer) -> Response:
    """Write `data`, `meta` and `sources`; what is missing is null."""
    document = {"data": answer.rows, "meta": vars(answer.meta), "sources": answer.sources}
    content = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _response(answer, content, "json")


def as_csv(answer: Answer, table: Table) -> Response:
    """Write the rows under the names of their columns; what is missing is empty."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in answer.rows:
        writer.writerow([_cell(row[name]) for name in table.columns])
    return _response(answer, lines.getvalue(), "csv", table.name)


def as_xlsx(answer: Answer, table: Table) -> Response:
    """Write the sheets data, sources and notes; the same answer makes the same bytes."""
    content = io.BytesIO()
    with Workbook(content, _WORKBOOK) as book:
        built = datetime.fromisoformat(answer.meta.built_at).replace(tzinfo=None)
        book.set_properties({"title": f"Altyn Köpir: {table.name}", "created": built})
        _sheet(book, "data", table.columns, answer.rows)
        _sheet(book, "sources", tables()["sources"].columns, answer.sources.values())
        _sheet(book, "notes", ("name", "note", "unit"), _notes(answer.meta, table))
    return _response(answer, content.getvalue(), "xlsx", table.name)


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _response(answer: Answer, content: str | bytes, kind: str, name: str = "") -> Response:
    """Answer with a file to save if it has a name, and say in headers what CSV cannot."""
    response = Response(content, mimetype=MIMETYPES[kind])
    response.headers[TOTAL_HEADER] = str(answer.meta.total)
    if answer.meta.next:
        response.headers["Link"] = f'<{answer.meta.next}>; rel="next"'
    if name:
        file = f"altyn-kopir-{name}.{kind}"
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return str(value).lower()
    # repr() is what JSON writes, so that a number is the same text in both.
    return repr(value) if isinstance(value, float) else value


def _sheet(book: Workbook, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    for column, title in enumerate(columns):
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(rows, start=1):
        for column, title in enumerate(columns):
            _write(sheet, number, column, row[title])
    sheet.freeze_panes(1, 0)
    sheet.autofit(_WIDEST * 7)


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, harmless(value))
    elif value is not None:
        sheet.write_number(row, column, value)


def _notes(meta: Meta, table: Table) -> list[Row]:
    told = [
        (name, None if value is None else str(value), None) for name, value in vars(meta).items()
    ]
    columns = [(field.name, field.description, field.unit or None) for field in table.fields()]
    return [{"name": name, "note": note, "unit": unit} for name, note, unit in (*told, *columns)]
