"""Workbook on standard input, its cells as JSON on standard output; runs in a process of its own.

The library allocates whatever two cells far apart imply, or a spoilt length says, and then aborts:
an abort is no exception (tafia/calamine issue 693). So it works here, within limits of memory and
time, and what it does to its process is a fault of the document. Nothing of the project is
imported, so that the process starts in a few hundredths of a second.

Answers `{"sheets": [{"name", "visible", "rows"}], "cells": [[sheet, cell, fault]]}` or `{"fault"}`.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree as ET

import python_calamine

MEMORY = 2 << 30
SECONDS = 30
UNPACKED = 256 << 20
"""The largest sum of unpacked parts of an .xlsx; the largest known workbook has half a megabyte."""

CELLS = 500_000

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})")


class Unreadable(Exception):  # noqa: N818 - the word that the caller knows
    """Why a document cannot be read, in one word that the caller has sentences for."""


def read(content: bytes) -> dict[str, Any]:
    """The sheets of a workbook and its cells without a value. Raises Unreadable."""
    cells = list(_valueless(content)) if content.startswith(b"PK") else []
    workbook = _opened(content)
    sheets = [
        {
            "name": sheet.name,
            "visible": sheet.visible == python_calamine.SheetVisibleEnum.Visible,
            "rows": _rows(workbook, sheet.name),
        }
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    return {"sheets": sheets, "cells": cells}


def _opened(content: bytes) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.load_workbook(io.BytesIO(content))
    except python_calamine.PasswordError as error:
        raise Unreadable("password") from error
    except python_calamine.CalamineError as error:
        raise Unreadable("broken") from error


def _rows(workbook: python_calamine.CalamineWorkbook, name: str) -> list[list[Any]]:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except python_calamine.CalamineError as error:
        raise Unreadable("broken") from error
    if sheet.total_height * sheet.total_width > CELLS:
        raise Unreadable("large")
    return sheet.to_python(skip_empty_area=False)


def _valueless(content: bytes) -> Iterator[tuple[str, str, str]]:
    """Errors and formulas never calculated, both of which the library gives as blank cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > UNPACKED:
                raise Unreadable("large")
            if "xl/workbook.xml" not in parts.namelist():
                raise Unreadable("archive")
            for name, part in _worksheets(parts):
                yield from ((name, cell, fault) for cell, fault in _faults(parts, part))
    except (
        zipfile.BadZipFile,
        ET.ParseError,
        EOFError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise Unreadable("broken") from error


def _worksheets(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    links = ET.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - bounded
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    sheets = ET.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314 - bounded
    for sheet in sheets.iter(f"{_MAIN}sheet"):
        part = normpath(join("xl", targets.get(sheet.get(_LINK), ""))).lstrip("/")
        if part.startswith("xl/worksheets/"):
            yield sheet.get("name", ""), part


def _faults(parts: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    last_row = last_column = 0
    with parts.open(part) as stream:
        for _event, cell in ET.iterparse(stream):  # noqa: S314 - bounded
            if cell.tag != f"{_MAIN}c":
                continue
            row, column = _position(cell.get("r", ""))
            last_row, last_column = max(last_row, row), max(last_column, column)
            if last_row * last_column > CELLS:
                raise Unreadable("large")
            if fault := _fault(cell):
                yield cell.get("r", ""), fault
            cell.clear()


def _position(place: str) -> tuple[int, int]:
    match = _PLACE.fullmatch(place)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _fault(cell: ET.Element) -> str:
    if cell.get("t") == "e":
        return "error"
    value = cell.find(f"{_MAIN}v")
    calculated = value is not None and bool(value.text)
    is_formula = cell.find(f"{_MAIN}f") is not None
    # A formula may well give an empty text, and says so by its type.
    return "formula" if is_formula and not calculated and cell.get("t") != "str" else ""


def _main() -> None:
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        resource.setrlimit(limit, (value, resource.getrlimit(limit)[1]))
    try:
        answer = read(sys.stdin.buffer.read())
    except Unreadable as why:
        answer = {"fault": str(why)}
    # A date is no figure; whoever meets its text in a column of figures refuses it.
    sys.stdout.write(json.dumps(answer, default=str))


if __name__ == "__main__":
    _main()
