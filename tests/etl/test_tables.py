"""Files as they arrive: every fault of a file is named, and the rest of it is read all the same."""

from __future__ import annotations

import pytest

from etl.tables import Arrived, read_csv, read_yaml
from tests.tables import assert_refusals, assert_table

COLUMNS = ["id", "name"]
_WHOLE = """
    | id | name   | file  | row |
    | a  | Ақтау  | t.csv | 2   |
    | b  | Бейнеу | t.csv | 3   |
"""


def _csv(content: str | bytes) -> Arrived:
    return read_csv("t.csv", content.encode() if isinstance(content, str) else content, COLUMNS)


def test_every_cell_is_text_and_knows_its_row():
    """Numbers stay as written, "NA" stays NA, columns may stand in any order."""
    read = _csv("name,id\nNA,007\n,1e3\n")
    assert_table(
        read.frame,
        """
        | id  | name | row |
        | 007 | NA   | 2   |
        | 1e3 |      | 3   |
        """,
    )
    assert read.refusals == ()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xef\xbb\xbf" + "id,name\na,Ақтау\nb,Бейнеу\n".encode(), "1 | encoding | EF BB BF"),
        ("id,name\r\na,Ақтау\r\nb,Бейнеу\r\n".encode(), "1 | line end | CR"),
        ("id,name\na,Ақтау\r\nb,Бейнеу\n".encode(), "2 | line end | CR"),
        ("id,name\ra,Ақтау\rb,Бейнеу\r".encode(), "1 | line end | CR"),
        ("id,name\na,Ақтау\n".encode() + "b,Бейнеу\n".encode("cp1251"), "3 | encoding | C1 E5 E9"),
    ],
    ids=["BOM", "CRLF", "one CRLF", "CR", "one row in cp1251"],
)
def test_a_foreign_encoding_is_one_fault_and_the_rest_is_read(content: bytes, fault: str):
    """A byte-order mark, Windows line ends and cp1251 are refused once, and read all the same."""
    read = _csv(content)
    assert_table(read.frame, _WHOLE)
    (refusal,) = read.refusals
    assert f"{refusal.row} | {refusal.field} | {refusal.value}".startswith(fault)
    assert refusal.remedy == "Save the file as UTF-8 without BOM, with LF line ends."


def test_a_file_wholly_in_cp1251_is_one_fault():
    """The first row is named, the others are counted."""
    read = _csv("id,name\na,Актау\nb,Бейнеу\n".encode("cp1251"))
    assert list(read.frame["name"]) == ["Актау", "Бейнеу"]
    assert_refusals(
        read.refusals,
        """
        | row | field    | reason                               |
        | 2   | encoding | is not UTF-8 here and in 1 more rows |
        """,
    )


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("id", "missing name"),
        ("id,title", "missing name; unknown title"),
        ("id,name,extra", "unknown extra"),
        ("id,name,name", "a column stands twice"),
        ("", "missing id, name"),
    ],
)
def test_a_wrong_header_is_named_with_the_right_one(header: str, what: str):
    """Which column is missing, which is unknown, and what the header should be."""
    read = _csv(f"{header}\na,b\n")
    assert read.frame.empty
    (refusal,) = read.refusals
    assert refusal.reason == f"is not the header of this table ({what})"
    assert (refusal.row, refusal.remedy) == (1, "The header is: id,name")
    assert {"a", "b"} <= read.words


def test_ragged_rows_are_refused_one_by_one():
    """A row too long or too short is refused with its cells; the others stay."""
    read = _csv("id,name\na,b,c\nb,d\nlonely\n\n")
    assert list(read.frame["id"]) == ["b"]
    assert_refusals(
        read.refusals,
        """
        | row | field | value  | reason                               |
        | 2   | row   | a,b,c  | has 3 cells where the header has 2   |
        | 4   | row   | lonely | has 1 cells where the header has 2   |
        | 5   | row   |        | has 0 cells where the header has 2   |
        """,
    )
    assert read.words == {"a", "b", "c", "lonely"}


@pytest.mark.parametrize("broken", ['b,"open\nc,d\n', 'b,"shut" ajar\nc,d\n'])
def test_broken_quotes_end_the_reading_where_they_stand(broken: str):
    """What stands above is kept, the row of the quote is named, names below are not forgotten."""
    read = _csv(f"id,name\na,x\n{broken}")
    assert list(read.frame["id"]) == ["a"]
    (refusal,) = read.refusals
    assert (refusal.row, refusal.field) == (3, "row")
    assert "the rows below it were not read" in refusal.remedy
    assert {"b", "c", "d"} <= read.words


def _yaml(content: str) -> Arrived:
    return read_yaml("t.yml", content.encode(), ["id", "title_kk", "title_en"])


def test_yaml_entries_become_rows_of_text():
    """Nested texts become columns, numbers stay as written, null is empty."""
    read = _yaml(
        "# ids\n- id: 010\n  title: {kk: Сауда, en: null}\n- id: on\n  title_kk: ' x '\n  title_en: 2e3\n"
    )
    assert_table(
        read.frame,
        """
        | id  | title_kk | title_en | file  | row |
        | 010 | Сауда    |          | t.yml | 2   |
        | on  | x        | 2e3      | t.yml | 4   |
        """,
    )
    assert read.refusals == ()


def test_faults_of_an_entry_are_named_by_its_line():
    """Fields missing, unknown, twice, or of the wrong kind; the other entries stay."""
    read = _yaml(
        "- id: a\n  title: {kk: x}\n"
        "- id: b\n  title: {kk: x, en: y}\n  unit: kt\n"
        "- id: c\n  id: d\n  title: {kk: x, en: y}\n"
        "- id: e\n  title: {kk: [x, y], en: z}\n"
        "- just words\n"
        "- id: f\n  title: {kk: x, en: y}\n"
    )
    assert list(read.frame["id"]) == ["f"]
    assert_refusals(
        read.refusals,
        """
        | row | field      | value      | reason                       |
        | 1   | title_en   |            | is missing                   |
        | 3   | unit       | kt         | is not a field of this table |
        | 6   | id         | d          | stands twice                 |
        | 9   | title_kk[] |            | is not a field of this table |
        | 9   | title_kk   |            | is missing                   |
        | 11  |            | just words | is not a field of this table |
        | 11  | id         |            | is missing                   |
        | 11  | title_kk   |            | is missing                   |
        | 11  | title_en   |            | is missing                   |
        """,
    )


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("- id: a\n  title: {kk: x\n- id: b\n", 3),
        ("- id: a\n\tbad: tab\n", 2),
        ("- id: \x07\n", 1),
        ("", 1),
        ("id: a\n", 1),
        ("[]\n", 1),
        ("--- \n- id: a\n--- \n- id: b\n", 3),
    ],
    ids=["open brace", "tab", "bell", "empty", "mapping", "no entries", "two documents"],
)
def test_broken_yaml_is_one_fault(content: str, row: int):
    """A file that cannot be read, or is no list of entries, is refused once, at its line."""
    read = _yaml(content)
    assert read.frame.empty
    (refusal,) = read.refusals
    assert (refusal.row, refusal.field) == (row, "file")
    assert refusal.reason
    assert refusal.remedy
