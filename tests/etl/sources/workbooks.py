"""Workbooks made of text: a sheet is drawn as `| a | b |` lines, row 1 first."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

import openpyxl
import xlwt

from etl.economies import Economies
from etl.formats.document import Document
from etl.sources.source import Reading

Grid = list[list[str | int | float]]

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def grid(text: str) -> Grid:
    """The cells of drawn lines; digits become a number, `'12` the text 12."""
    lines = [line.strip().removeprefix("|").removesuffix("|") for line in text.strip().splitlines()]
    return [[_cell(cell.strip()) for cell in line.split("|")] for line in lines]


def xlsx(**sheets: str | Grid) -> bytes:
    """A workbook as openpyxl writes it; a cell that begins with = is a formula without a value."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, drawn in sheets.items():
        sheet = book.create_sheet(name.lstrip("_"))
        for row, cells in enumerate(grid(drawn) if isinstance(drawn, str) else drawn, start=1):
            for column, cell in enumerate(cells, start=1):
                if cell != "":
                    sheet.cell(row, column, cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xls(sheets: Mapping[str, Grid]) -> bytes:
    """A workbook of the old kind, as xlwt writes it."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write(row, column, cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def document(content: bytes) -> Document:
    """The bytes under a file's name that says nothing."""
    return Document("given.xlsx", content)


def economies(**names: str) -> Economies:
    """A catalogue of economies by code, each with its aliases, and of the groups under `groups`."""
    groups = names.pop("groups", "")
    listed = [
        {"code": code, "alpha2": "", "m49": "", "aliases": aliases}
        for code, aliases in names.items()
    ]
    return Economies(listed, [{"id": "g", "aliases": groups}])


def figures(reading: Reading) -> dict[tuple[str, str, str], str]:
    """The values by partner, flow and period."""
    found = reading.rows
    keys = zip(found["partner"], found["flow"], found["period"], strict=True)
    return dict(zip(keys, found["value"], strict=True))


def _cell(text: str) -> str | int | float:
    if not _NUMBER.fullmatch(text):
        return text.removeprefix("'").replace("\\n", "\n")
    return float(text) if "." in text else int(text)
