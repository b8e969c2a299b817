"""What machines ask for: rows by their keys, periods by where they end, a page at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import cells
from tests.warehouse.made import make
from tests.warehouse.test_extract import ECONOMIES, FLOWS, SOURCES
from warehouse.engine import Warehouse
from warehouse.queries import evidence, exchange
from warehouse.queries.exchange import Page, Span

INDICATOR = """
| id    | unit | direction |
| cargo | kt   | up        |
"""
SNAPSHOT = """
| id   | source_id | kind | name     | retrieved_at         | known_since | sha256 |
| s1   | bns       | csv  | file.csv | 2022-02-01T00:00:00Z | 2022-02-01  | abc    |
"""
CARGO = """
| indicator_id | scope | period          | source_id | vintage | value | status | place  | known_since | snapshot_id |
| cargo        | KAZ   | ../2022-05      | bns       | 2023    | 1     | final  | row 1  | 2023-01-01  |             |
| cargo        | KAZ   | 2021            | bns       | 2023    | 2     | final  | row 2  | 2023-01-01  |             |
| cargo        | KAZ   | 2022            | bns       | 2023    | 3     | final  | row 3  | 2023-01-01  | s1          |
| cargo        | KAZ   | 2022-01/2022-09 | bns       | 2023    | 4     | final  | row 4  | 2023-01-01  |             |
| cargo        | KAZ   | 2022-02-28      | bns       | 2023    | 5     | final  | row 5  | 2023-01-01  |             |
| cargo        | KAZ   | 2022-03         | bns       | 2023    | 6     | final  | row 6  | 2023-01-01  |             |
"""


@pytest.fixture
def made(served: Path) -> Warehouse:
    """A warehouse with a revised flow and figures of every kind of period."""
    tables = {"source": SOURCES, "economy": ECONOMIES, "trade_flow": FLOWS, "snapshot": SNAPSHOT}
    return Warehouse(make(served, **tables, indicator=INDICATOR, observation=CARGO))


def test_a_period_belongs_where_it_ends(made: Warehouse):
    """A month is in its year, a year not in its first half, a span where its last day is; in time."""
    _, rows = cells("""
        | from       | to         | periods                                                      |
        |            |            | 2021 2022-02-28 2022-03 ../2022-05 2022-01/2022-09 2022       |
        | 2022       | 2022       | 2022-02-28 2022-03 ../2022-05 2022-01/2022-09 2022            |
        |            | 2022-02    | 2021 2022-02-28                                               |
        |            | 2022-02-28 | 2021 2022-02-28                                               |
        | 2022-03    | 2022-06    | 2022-03 ../2022-05                                            |
        | 2022-03-31 | 2022-03-31 | 2022-03                                                       |
        |            | 2022-03-30 | 2021 2022-02-28                                               |
        | 2022-10    |            | 2022                                                          |
        | 9999       | 9999-12-31 |                                                               |
        | 2023       | 2021       |                                                               |
    """)
    for first, last, periods in rows:
        found = exchange.observations(made, span=Span(first or None, last or None))

        assert " ".join(row["period"] for row in found.rows) == periods, (first, last)
        assert found.total == len(periods.split())


def test_a_page_holds_its_rows_and_the_total_all(made: Warehouse):
    """Pages follow one another without a gap; one past the last is empty."""
    pages = [exchange.observations(made, page=Page(number, 4)) for number in (1, 2, 3)]

    assert [len(page.rows) for page in pages] == [4, 2, 0]
    assert [page.total for page in pages] == [6, 6, 6]


@pytest.mark.parametrize(
    ("asof", "source", "expected"),
    [
        ("", "preferred", [("bns", "2021", True)]),
        ("", "all", [("bns", "2021", True), ("wits", "2021", False)]),
        ("", "wits", [("wits", "2021", False)]),
        ("2021-12-31", "bns", [("bns", "2020", True)]),
        ("2021-05-31", "all", []),
    ],
)
def test_a_source_says_its_newest_word(
    made: Warehouse, asof: str, source: str, expected: list[tuple[str, str, bool]]
):
    """Of each source the edition that was the newest by then, marked if it speaks for all."""
    found = exchange.flows(made.as_of(asof), source, reporter_code="KAZ", partner_code=None)

    assert [
        (row["source_id"], row["vintage"], row["is_preferred"]) for row in found.rows
    ] == expected


def test_choices_are_what_the_build_knows(made: Warehouse):
    """Ids of the catalogue; scopes of figures, and those that are known though there are none."""
    assert exchange.choices(made) == {
        "indicator": ("cargo",),
        "topic": ("",),
        "source": ("bns", "idle", "wits"),
        "scope": ("KAZ", "TUR"),
        "definition": (),
        "economy": ("KAZ", "TUR"),
    }


def test_a_figure_leads_to_its_document(made: Warehouse):
    """The stored document where there is one, else the place in our own table; always the source."""
    found = evidence.trace(made, figure={"indicator_id": "cargo"}, flow={"reporter_code": None})
    traced = {row["period"]: row for row in found.rows}

    assert traced["2022"]["snapshot"] == {
        "id": "s1",
        "kind": "csv",
        "name": "file.csv",
        "published": None,
        "retrieved_at": "2022-02-01T00:00:00Z",
        "known_since": "2022-02-01",
        "sha256": "abc",
        "size_bytes": 0,
    }
    assert (traced["2021"]["snapshot"], traced["2021"]["place"]) == (None, "row 2")
    assert {row["source"]["url"] for row in found.rows} == {"https://bns/"}
    assert [row["parts"] for row in found.rows] == [[]] * 6
