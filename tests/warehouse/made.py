"""Warehouses made of text tables: only the cells that a test speaks of, the rest filled in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from sqlalchemy import Column, Table

from tests.tables import cells
from warehouse import build, schema
from warehouse.extract import Archive, shapes


def address(path: Path) -> str:
    """Where a warehouse is made; a test of tests/warehouse makes it in PostgreSQL as well."""
    return f"sqlite:///{path}"


def make(path: Path, *, build_id: str = "b1", **tables: str) -> str:
    """Write a warehouse of these tables and answer its address."""
    url = address(path)
    frames = {name: _frame(schema.metadata.tables[name], text) for name, text in tables.items()}
    record = {"id": build_id, "built_at": "2026-11-23T00:00:00+00:00", "code_version": "c"}
    build.write(frames, record, {}, url, allow_loss=True)
    return url


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table in the order of its key, but for when it was built and what was before."""
    with Archive(url).extract() as extract:
        names = [shape.name for shape in shapes()]
        tables = {
            name: [tuple(row) for page in extract.pages(name) for row in page] for name in names
        }
    tables["build_change"] = []
    tables["build"] = [(build_id, code) for build_id, _built_at, code in tables["build"]]
    return tables


def _frame(table: Table, text: str) -> pd.DataFrame:
    header, rows = cells(text)
    given = [dict(zip(header, row, strict=True)) for row in rows]
    columns = [column for column in table.columns if column.computed is None]
    records = [
        {column.name: _cell(column, row.get(column.name, "")) for column in columns}
        for row in given
    ]
    return pd.DataFrame(records, columns=[column.name for column in columns], dtype=object)


def _cell(column: Column, text: str) -> object:
    kind = column.type.python_type
    if kind is str:
        text = text.replace("\\r", "\r").replace("\\n", "\n")
        return None if not text and column.nullable else text
    return kind(text) if text else None if column.nullable else kind()
