"""Rows as files: exact numbers, missing cells, no formulas, the same bytes each time."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.sheets import Sheet, harmless, to_csv, to_xlsx

BUILT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def read_back(content: bytes, sheet: str) -> list[tuple[object, ...]]:
    """The rows of a sheet as another library reads them."""
    return list(openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=SUM(A1:A9)", "'=SUM(A1:A9)"),
        ("+7 777", "'+7 777"),
        ("-1", "'-1"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("1=1", "1=1"),
        ("−5", "−5"),
        ("Қазақстан", "Қазақстан"),
        ("", ""),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str, written: str) -> None:
    rows = [{"a": text}]
    assert harmless(text) == written
    assert list(csv.reader(io.StringIO(to_csv(["a"], rows), newline="")))[1:] == (
        [[written]] if written else [[""]]
    )


def test_what_is_missing_is_an_empty_cell_and_zero_is_not() -> None:
    rows = [{"value": None, "is_new": True}, {"value": 0.0, "is_new": False}]
    book = to_xlsx("Test", BUILT, [Sheet("data", ["value", "is_new"], rows)])
    assert to_csv(["value", "is_new"], rows) == "value,is_new\r\n,true\r\n0.0,false\r\n"
    assert read_back(book, "data") == [("value", "is_new"), (None, True), (0, False)]


def test_a_text_longer_than_a_cell_is_cut_and_not_lost() -> None:
    book = to_xlsx("Test", BUILT, [Sheet("notes", ["note"], [{"note": "ә" * 40_000}])])
    assert read_back(book, "notes")[1] == ("ә" * 32_767,)


def test_the_same_rows_make_the_same_bytes() -> None:
    made = [to_xlsx("Test", BUILT, [Sheet("data", ["a"], [{"a": 1.5}])]) for _ in range(2)]
    later = to_xlsx("Test", BUILT.replace(hour=8), [Sheet("data", ["a"], [{"a": 1.5}])])
    assert made[0] == made[1] != later


@given(text=TEXTS, value=NUMBERS)
@settings(max_examples=60)
def test_csv_gives_back_what_was_put_in(text: str, value: float) -> None:
    rows = [{"text": text, "value": value}]
    header, row = csv.reader(io.StringIO(to_csv(["text", "value"], rows), newline=""))
    assert header == ["text", "value"]
    assert row == [harmless(text), row[1]]
    assert float(row[1]) == value


@given(value=NUMBERS.filter(lambda value: abs(value) < 1e300))
@settings(max_examples=60)
def test_a_workbook_keeps_sixteen_digits(value: float) -> None:
    book = to_xlsx("Test", BUILT, [Sheet("data", ["value"], [{"value": value}])])
    (found,) = read_back(book, "data")[1]
    assert found == pytest.approx(value, rel=1e-15, abs=1e-300)
