"""Workbooks (.xls, .xlsx) as sheets of rows of cells, or the reason why one cannot be read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.formats import calamine_process
from etl.formats.document import Document
from etl.refusals import Refusal

Cell = str | int | float | bool
"""A text, a number or a truth value; a blank cell is the empty text, a date its text."""

Row = list[Cell]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_LARGEST = 64 << 20
_FIGURE = 10_000

_ASK = "Open it in a spreadsheet; if it does not open there, download it from the publisher anew."
_FAULTS: Mapping[str, tuple[str, str]] = {
    "empty": ("holds not one byte", "Download it from the publisher anew."),
    "kind": (
        "is no workbook: it begins with the marks of neither .xls nor .xlsx",
        "Give the workbook as published; save another kind of table as .xlsx.",
    ),
    "archive": (
        "is a ZIP archive without a workbook in it",
        "Unpack it and give the workbook that it holds, if it holds one.",
    ),
    "large": (
        "is larger than any table of trade: over 64 MB, 256 MB unpacked or 500,000 cells a sheet",
        "Delete cells far below or beside the table, or check where the file comes from.",
    ),
    "password": (
        "is locked with a password",
        "Save it without the password; what is locked cannot be read.",
    ),
    "broken": ("cannot be read: it is cut short or damaged", _ASK),
}
_CELLS: Mapping[str, tuple[str, str]] = {
    "error": (
        "holds an error of its formula (such as #REF!) in place of a value",
        "Ask the publisher for the figure; an error is not a missing value.",
    ),
    "formula": (
        "holds a formula that was never calculated",
        "Open the workbook in a spreadsheet, save it, and give it again.",
    ),
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[0]` is row 1 of the spreadsheet, and each row begins in column A."""

    name: str
    rows: list[Row]

    def field(self, column: int) -> str:
        """A column as refusals name it: `12_2019!D`."""
        return f"{self.name}!{letter(column)}"

    @property
    def holds_figures(self) -> bool:
        """Whether a number stands anywhere that is none of a page, a chapter or a year."""
        return any(
            float(cell) >= _FIGURE or float(cell) % 1 != 0
            for row in self.rows
            for cell in row
            if is_number(cell)
        )

    def place(self, row: int, column: int) -> str:
        """Where a person finds a cell, by the indices from nought of its row and column."""
        return f"sheet {self.name}, row {row + 1}, column {letter(column)}"


@dataclass(frozen=True)
class Workbook:
    """The visible sheets that hold anything, the names of hidden ones, and what is refused."""

    sheets: tuple[Sheet, ...] = ()
    hidden: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as an .xls or an .xlsx does; they may still be anything."""
    return content.startswith((_OLE, _ZIP))


def opened(document: Document) -> Workbook:
    """Read a workbook within bounds of time and memory; never raises, whatever the bytes.

    Errors and formulas without a stored value are refused in an .xlsx. In an .xls the library
    shows them as blank, which the totals of a table must find out.
    """
    answer = _answer(document.content)
    if fault := answer.get("fault"):
        return Workbook(refusals=(Refusal(document.name, 1, "file", "", *_FAULTS[str(fault)]),))
    visible = [sheet for sheet in answer["sheets"] if sheet["visible"]]
    return Workbook(
        tuple(Sheet(sheet["name"], sheet["rows"]) for sheet in visible if _holds(sheet["rows"])),
        tuple(sheet["name"] for sheet in answer["sheets"] if not sheet["visible"]),
        tuple(_cell_refusals(document.name, answer["cells"])),
    )


def letter(column: int) -> str:
    """The letters of a column by its index from nought: 0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def texts(rows: list[Row]) -> Iterator[str]:
    """The filled text cells, row by row."""
    for row in rows:
        yield from (cell.strip() for cell in row if isinstance(cell, str) and cell.strip())


def is_number(cell: Cell) -> bool:
    """Whether the cell holds a number; a text of digits is none, nor is a truth value."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _holds(rows: list[Row]) -> bool:
    return any(cell != "" for row in rows for cell in row)


def _answer(content: bytes) -> dict[str, Any]:
    if not content:
        return {"fault": "empty"}
    if not is_workbook(content):
        return {"fault": "kind"}
    if len(content) > _LARGEST:
        return {"fault": "large"}
    # -P: the modules beside that file must not hide those of the standard library.
    command = [sys.executable, "-P", str(Path(calamine_process.__file__))]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and nothing of the document's
            command,
            input=content,
            capture_output=True,
            check=True,
            timeout=2 * calamine_process.SECONDS,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, json.JSONDecodeError):
        return {"fault": "broken"}
    return answer


def _cell_refusals(name: str, cells: list[tuple[str, str, str]]) -> Iterator[Refusal]:
    for sheet, cell, fault in cells:
        column = cell.rstrip("0123456789")
        row = int(cell.removeprefix(column) or 1)
        yield Refusal(name, row, f"{sheet}!{column}", "", *_CELLS[fault])
