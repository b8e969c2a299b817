"""One answer in three forms: JSON with everything, CSV with the rows, XLSX with three sheets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response

from dashboards import sheets
from dashboards.api.tables import Table, tables
from dashboards.sheets import Sheet
from warehouse.engine import Row

TOTAL_HEADER = "X-Total-Count"
"""The rows on all pages, which CSV cannot say."""


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
    content = sheets.to_csv(table.columns, answer.rows)
    return _response(answer, content, "csv", table.name)


def as_xlsx(answer: Answer, table: Table) -> Response:
    """Write the sheets data, sources and notes; the same answer makes the same bytes."""
    content = sheets.to_xlsx(
        f"Altyn Köpir: {table.name}",
        datetime.fromisoformat(answer.meta.built_at),
        (
            Sheet("data", table.columns, answer.rows),
            Sheet("sources", tables()["sources"].columns, answer.sources.values()),
            Sheet("notes", ("name", "note", "unit"), _notes(answer.meta, table)),
        ),
    )
    return _response(answer, content, "xlsx", table.name)


def _response(answer: Answer, content: str | bytes, kind: str, name: str = "") -> Response:
    """Answer with a file to save if it has a name, and say in headers what CSV cannot."""
    response = Response(content, mimetype=sheets.MIMETYPES[kind])
    response.headers[TOTAL_HEADER] = str(answer.meta.total)
    if answer.meta.next:
        response.headers["Link"] = f'<{answer.meta.next}>; rel="next"'
    if name:
        file = f"altyn-kopir-{name}.{kind}"
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _notes(meta: Meta, table: Table) -> list[Row]:
    told = [
        (name, None if value is None else str(value), None) for name, value in vars(meta).items()
    ]
    columns = [(field.name, field.description, field.unit or None) for field in table.fields()]
    return [{"name": name, "note": note, "unit": unit} for name, note, unit in (*told, *columns)]
