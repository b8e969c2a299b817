"""Delimited text: every cell as it stands, or a sentence that says which row is no row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.formats.delimited import Delimited, read_delimited
from etl.formats.document import Document
from etl.formats.first_records import first_records
from tests.etl.sources.answers import damaged
from tests.tables import assert_refusals, assert_table


def _read(content: bytes | str, **options) -> Delimited:
    encoded = content.encode() if isinstance(content, str) else content
    return read_delimited(Document("a.csv", encoded), **options)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_same_table_however_it_was_saved(delimiter, encoding, line_end):
    """Delimiter, encoding with its mark and line ends make no difference; nothing turns into NaN."""
    lines = ["Код,Name", '004,"New ""Z"" land"', "NA,", ",Өзбекстан", ""]
    text = line_end.join(line.replace(",", delimiter) for line in lines)
    assert_table(
        _read(text.encode(encoding)).frame,
        """
        | Код | Name         | row |
        | 004 | New "Z" land | 2   |
        | NA  |              | 3   |
        |     | Өзбекстан    | 4   |
        """,
    )


@pytest.mark.parametrize(
    ("content", "row", "field", "reason"),
    [
        (b"", 1, "file", "is empty"),
        (b"\r\n \n", 1, "file", "is empty"),
        (b",,\n1,2,3\n", 1, "header", "has no names of columns"),
        (b"a,a\n1,2\n", 1, "header", "names a column 2 times"),
        ("a\nж\n".encode("cp1251"), 2, "encoding", "is not UTF-8"),
        ("a\nж\n".encode("utf-16-le"), 1, "row", "holds a NUL byte, and 2 more"),
        (b"\xff\xfea\x00\n", 1, "encoding", "is not UTF-16, as its first two bytes say"),
        (b"a,b\n1,2\r3,4\n", 2, "row", "holds a carriage return inside a line"),
        (b"a,b\n1,\x00\n", 2, "row", "holds a NUL byte"),
        (b"a,b\n1,2\n3\n", 3, "row", "has 1 cells where the header has 2"),
        (b"a,b\n1,2,3\n", 2, "row", "has 3 cells where the header has 2"),
        (b"a,b\n\n1,2\n", 2, "row", "has 0 cells where the header has 2"),
    ],
)
def test_what_is_no_table(content, row, field, reason):
    """Each fault is refused by row, with what was found; the frame is empty."""
    table = _read(content)
    assert [(row, field, reason)] == [
        (refusal.row, refusal.field, refusal.reason) for refusal in table.refusals
    ]
    assert table.frame.empty


@pytest.mark.parametrize("content", ['a\n"x', 'a,b\n"x"y,1\n', 'a,b\nx"y,1\n', 'a,b\n"1,2\n3,4\n'])
def test_stray_quotes(content):
    """A quotation mark that is lost would join or shift cells below it; nothing is read."""
    assert_refusals(
        _read(content).refusals,
        """
        | row | reason                                                                                |
        | 2   | has a quotation mark that closes no cell or opens none; nothing below was read |
        """,
    )


def test_every_ragged_row_is_named_up_to_fifty():
    """A report lists the rows; of many it says how many more there are."""
    refusals = _read("a,b\n" + "1\n" * 60).refusals
    assert len(refusals) == 51
    assert refusals[-1].reason.endswith("so have 10 rows")


def test_one_huge_line():
    """A line over 1 MiB is named by its row, however long it is."""
    assert_refusals(
        _read(b"a,b\n1," + b"x" * (3 << 20)).refusals,
        "| row | reason |\n| 2 | is longer than 1 MiB |",
    )


def test_words_above_and_below_the_table():
    """Records above the header are skipped; one-cell lines below the table are closing words."""
    text = 'Source,WDI,\n\nname,2020\n"A, b",1\n\n\n"Last Updated: 1, 2"\n'
    table = _read(text, header_row=3, has_closing=True)
    assert_table(table.frame, "| name | 2020 | row |\n| A, b | 1 | 4 |")
    assert table.closing == ("Last Updated: 1, 2",)
    assert_refusals(_read(text, header_row=9).refusals, "| row | field |\n| 1 | header |")


def test_only_the_wanted_columns():
    """Columns that are not wanted are checked and not kept."""
    assert_table(_read("a,b,c\n1,2,3\n", wanted=("c", "a")).frame, "| a | c | row |\n| 1 | 3 | 2 |")
    assert _read("a,b,c\n1,2\n", wanted=("c", "a")).refusals


def test_the_first_records_tell_what_a_document_is():
    """They are cells, whatever the delimiter; of what is no text there are none."""
    assert first_records(Document("", b"\xef\xbb\xbfa;b\r\n1;2\r\n"), 2) == [["a", "b"], ["1", "2"]]
    assert first_records(Document("", b"PK\x03\x04\x00\x00")) == []


_TABLE = 'id,имя,x\n1,"a ""b"", c",2.5\n2,"two\nlines",\n3,é,4\n'.encode()


@given(damaged(_TABLE) | st.binary(max_size=200))
def test_no_bytes_raise(content):
    """Damaged or random bytes give refusals, or as many cells in every row as in the header."""
    document = Document("a.csv", content)
    first_records(document)
    table = read_delimited(document)
    assert bool(table.refusals) == (len(table.frame.columns) == 0)
    assert not table.frame.isna().to_numpy().any()


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("a,b\n1,23", False),
        ("a,b\n1,23\n", True),
        ('a,b\n1,"23"', True),
        ("a,b\n1,x", True),
        ("a,b\n1,2026-03-01T12:30:00+05:00", True),
    ],
)
def test_a_number_at_the_very_end_may_be_cut_off(text: str, is_whole: bool):
    """Without a line end or a quotation mark behind it nobody can tell 23 from the start of 23.5."""
    reasons = [refusal.reason for refusal in _read(text).refusals]
    cut = ["ends with a digit and no line end, so digits and rows may be cut off"]
    assert reasons == ([] if is_whole else cut)


def test_words_under_a_table_prove_its_end():
    """The last update of a World Bank table is a date, and no figure."""
    text = "a,b\n1,23\n\nLast Updated: 01/28/2025"
    assert _read(text, has_closing=True).closing == ("Last Updated: 01/28/2025",)
