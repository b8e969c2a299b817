"""Workbooks: their cells as they stand, or a sentence on why they cannot be read."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlwt
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from etl.formats.workbook import Sheet, letter, opened
from tests.etl.sources.workbooks import document, xls, xlsx
from tests.tables import assert_refusals

_SHEET = """
    | Турция | 12.5 | | '7 |
    | | | 1 | |
"""


def _reasons(content: bytes) -> str:
    return "; ".join(refusal.reason for refusal in opened(document(content)).refusals)


def test_cells_keep_their_rows_columns_and_types():
    """Row 1 is the first, column A the first; a text of digits stays a text."""
    expected = [["Турция", 12.5, "", "7"], ["", "", 1, ""]]
    (sheet,) = opened(document(xlsx(_2022=_SHEET))).sheets
    assert (sheet.name, sheet.rows) == ("2022", expected)
    assert opened(document(xls({"2022": expected}))).sheets == (sheet,)


def test_a_cell_is_named_as_a_spreadsheet_names_it():
    """Refusals name the sheet and the column, places are read by people."""
    sheet = Sheet("12_2019", [])
    assert [letter(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert sheet.field(3) == "12_2019!D"
    assert sheet.place(13, 3) == "sheet 12_2019, row 14, column D"


def test_empty_sheets_are_nothing_and_hidden_ones_are_told():
    """A publisher did not mean to show what is hidden; it is not read, nor forgotten."""
    book = openpyxl.Workbook()
    book.active.title = "empty"
    book.create_sheet("shown")["B2"] = 5
    hidden = book.create_sheet("draft")
    hidden["A1"] = 6
    hidden.sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)
    workbook = opened(document(content.getvalue()))
    assert [sheet.name for sheet in workbook.sheets] == ["shown"]
    assert workbook.hidden == ("draft",)


def test_dates_and_truth_values_are_no_numbers():
    """A date is its text, so that whoever expects a figure refuses it."""
    content = xlsx(a=[[datetime(2020, 1, 31), True, 2]])  # noqa: DTZ001 - as a cell has it
    (sheet,) = opened(document(content)).sheets
    assert sheet.rows == [["2020-01-31", True, 2]]


def test_formulas_without_a_value_and_errors_are_refused_by_cell():
    """Neither is a missing figure, though the library shows both as blank."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2022"
    sheet["A1"], sheet["B7"], sheet["C2"] = 1, "=A1+1", "#REF!"
    sheet["C2"].data_type = "e"
    content = io.BytesIO()
    book.save(content)
    assert_refusals(
        opened(document(content.getvalue())).refusals,
        """
        | row | field  | reason                                                                    |
        | 2   | 2022!C | holds an error of its formula (such as #REF!) in place of a value         |
        | 7   | 2022!B | holds a formula that was never calculated                                 |
        """,
    )


def _zipped(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds not one byte"),
        (b"year,value\n2022,1\n", "is no workbook"),
        (b"x" * 5_000_000, "is no workbook"),
        (_zipped(a="no workbook"), "is a ZIP archive without a workbook in it"),
        (b"PK\x03\x04" + b"0" * 99, "is cut short or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 9999, "is cut short or damaged"),
        (xlsx(a=_SHEET)[:-900], "is cut short or damaged"),
        (xls({"a": [[1, 2]]})[:3000], "is cut short or damaged"),
        (_zipped(bomb="0" * (300 << 20)), "is larger than any table of trade"),
    ],
    ids=["empty", "csv", "line", "zip", "no zip", "no ole", "cut xlsx", "cut xls", "bomb"],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content: bytes, reason: str):
    """Nothing is raised, whatever the bytes, and the sentence says what kind of thing came."""
    assert reason in _reasons(content)


@pytest.mark.slow
def test_two_cells_far_apart_do_not_take_the_memory():
    """The library would allocate all cells between them, and abort the process at that."""
    apart = xlsx(a=[[1]])
    with zipfile.ZipFile(io.BytesIO(apart)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace("</row>", '<c r="XFD1048576"><v>2</v></c></row>')
    assert "is larger than any table of trade" in _reasons(_zipped(**parts))
    book = xlwt.Workbook()
    book.add_sheet("a").write(65535, 255, 1)
    book.get_sheet(0).write(0, 0, 1)
    content = io.BytesIO()
    book.save(content)
    assert "is larger than any table of trade" in _reasons(content.getvalue())


@pytest.mark.slow
@settings(max_examples=40, derandomize=True, phases=[Phase.generate])
@given(st.data())
def test_spoilt_bytes_give_cells_or_a_refusal(data: st.DataObject):
    """Whatever byte changes, the reader answers; what it does to its own process is no matter."""
    content = bytearray(_WHOLE[data.draw(st.sampled_from([0, 1]))])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    workbook = opened(document(bytes(content)))
    assert workbook.refusals or all(sheet.rows for sheet in workbook.sheets)


_WHOLE = (xlsx(a=_SHEET), xls({"a": [["Турция", 12.5], ["", 3]]}))
