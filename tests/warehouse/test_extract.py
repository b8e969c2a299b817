"""The whole warehouse can be read: what its tables are, and their rows, of one build and one day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse.made import make
from warehouse import descriptions, schema
from warehouse.engine import WarehouseMissingError
from warehouse.extract import Archive, Field, Reference, shapes

SOURCES = """
| id   | title | url           | licence   |
| bns  | Trade | https://bns/  | CC BY 4.0 |
| wits | WITS  | https://wits/ | none      |
| idle | Idle  | https://idle/ | none      |
"""
ECONOMIES = """
| code |
| KAZ  |
| TUR  |
"""
FLOWS = """
| reporter_code | partner_code | flow_code | product_code | period | source_id | vintage | value_usd | valuation  | status | known_since | newest_until | preferred_until |
| KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2020    | 10        | not stated | final  | 2021-06-01  | 2022-06-01   | 2022-06-01      |
| KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2021    | 11.5      | not stated | final  | 2022-06-01  |              |                 |
| KAZ           | TUR          | export    | TOTAL        | 2020   | wits      | 2021    | 9         | FOB        | final  | 2021-09-01  |              | 2021-09-01      |
"""


@pytest.fixture
def url(served: Path) -> str:
    """A warehouse in which one figure was revised and another source contradicts it."""
    return make(served, source=SOURCES, economy=ECONOMIES, trade_flow=FLOWS)


def flows(url: str, asof: str = "") -> list[tuple[object, ...]]:
    """Source, vintage, value, ends and flags of every flow that the extract holds."""
    names = ("source_id", "vintage", "value_usd", "newest_until", "is_newest", "is_preferred")
    with Archive(url, asof).extract() as extract:
        rows = [row for page in extract.pages("trade_flow") for row in page]
    return [tuple(getattr(row, name) for name in names) for row in rows]


def test_every_row_comes_in_the_order_of_the_key(url: str):
    """Editions and sources side by side, with the flags that the table works out itself."""
    assert flows(url) == [
        ("bns", "2020", 10.0, "2022-06-01", False, False),
        ("bns", "2021", 11.5, None, True, True),
        ("wits", "2021", 9.0, None, True, False),
    ]


@pytest.mark.parametrize(
    ("asof", "expected"),
    [
        ("2021-05-31", []),
        ("2021-06-01", [("bns", "2020", 10.0, None, True, True)]),
        (
            "2022-05-31",
            [("bns", "2020", 10.0, None, True, True), ("wits", "2021", 9.0, None, True, False)],
        ),
        (
            "2022-06-01",
            [
                ("bns", "2020", 10.0, "2022-06-01", False, False),
                ("bns", "2021", 11.5, None, True, True),
                ("wits", "2021", 9.0, None, True, False),
            ],
        ),
    ],
)
def test_a_past_day_knows_nothing_of_later_ones(
    url: str, asof: str, expected: list[tuple[object, ...]]
):
    """What came later is not there, and what it superseded still speaks."""
    assert flows(url, asof) == expected


def test_a_past_day_points_at_nothing_that_came_later(served: Path):
    """A reference that may be missing is missing while its target was not yet known."""
    url = make(
        served,
        source=SOURCES,
        indicator="| id | direction |\n| days | down |",
        target="""
        | id    | indicator_id | source_id | value | known_since | restates |
        | first | days         | bns       | 5     | 2021-01-01  |          |
        | again | days         | bns       | 5     | 2023-01-01  | first    |
        """,
        headline="""
        | position | indicator_id | target_id |
        | 1        | days         | first     |
        | 2        | days         | again     |
        """,
    )
    shown = {}
    for day in ("", "2022-01-01", "2020-01-01"):
        with Archive(url, day).extract() as extract:
            (page,) = extract.pages("headline")
        shown[day] = [row.target_id for row in page]
    assert shown == {
        "": ["first", "again"],
        "2022-01-01": ["first", None],
        "2020-01-01": [None, None],
    }


def test_pages_hold_no_more_than_asked_for(url: str):
    """Memory is bounded by the page, whatever the table holds."""
    with Archive(url).extract() as extract:
        assert [len(page) for page in extract.pages("trade_flow", size=2)] == [2, 1]
        assert list(extract.pages("rejection")) == []


def test_the_sources_are_those_of_the_rows(url: str):
    """A source without a row in the table, or by then, is none of its sources."""
    with Archive(url).extract() as extract:
        assert [row["id"] for row in extract.sources("trade_flow")] == ["bns", "wits"]
        assert extract.sources("economy") == ()
    with Archive(url, "2021-07-01").extract() as extract:
        assert [row["id"] for row in extract.sources("trade_flow")] == ["bns"]


def test_an_extract_is_of_one_build(url: str, served: Path):
    """A build swapped in while the tables are read is seen by the next extract only."""
    archive = Archive(url)
    with archive.extract() as extract:
        make(served, build_id="b2", economy="| code |\n| AZE |")
        assert (extract.build.id, sum(map(len, extract.pages("economy")))) == ("b1", 2)
    with archive.extract() as extract:
        assert (extract.build.id, sum(map(len, extract.pages("economy")))) == ("b2", 1)


def test_a_missing_warehouse_is_named(tmp_path: Path):
    """The remedy is the one that every question gives."""
    with pytest.raises(WarehouseMissingError, match="python -m etl build"):
        Archive(f"sqlite:///{tmp_path / 'none'}").extract().__enter__()


def test_shapes_are_those_of_the_schema():
    """Keys, types, references, what may stand in a column: nothing is written down twice."""
    named = {shape.name: shape for shape in shapes()}
    assert {*schema.metadata.tables} == {*named}
    flow = named["trade_flow"]
    fields = {field.name: field for field in flow.fields}
    assert [column.name for column in schema.trade_flow.columns] == [*fields]
    assert tuple(column.name for column in schema.trade_flow.primary_key) == flow.key
    assert Reference(("partner_code",), "economy", ("code",)) in flow.references
    assert Reference(("restates",), "target", ("id",)) in named["target"].references
    assert fields["flow_code"].enum == schema.FLOWS
    assert fields["value_usd"] == Field(
        "value_usd",
        "number",
        "The value of the flow at current prices.",
        "USD",
        is_required=True,
        minimum=0,
    )
    assert (
        fields["is_newest"].kind,
        fields["note"].kind,
        fields["note"].is_required,
    ) == ("boolean", "string", False)


def test_a_table_comes_after_those_it_refers_to():
    """Whoever loads the tables in their order finds every row that a row points at."""
    seen: set[str] = set()
    for shape in shapes():
        assert {reference.table for reference in shape.references} <= seen | {shape.name}
        seen.add(shape.name)


def test_every_table_and_column_is_described():
    """The words that go out with the data speak of all that is there, and of nothing else."""
    tables = schema.metadata.sorted_tables
    columns = [(table.name, column.name) for table in tables for column in table.columns]
    used = {descriptions.line_of(*column) for column in columns} | {table.name for table in tables}
    assert set() == used - {*descriptions.LINES}
    assert set() == {*descriptions.LINES} - used


def test_a_description_is_a_sentence_and_a_unit():
    """A text in four languages says in which it is; a unit is told apart from the words."""
    assert descriptions.of_column("target", "title_kk") == ("Title, in Kazakh.", "")
    assert descriptions.of_column("source", "publisher_en") == ("Publisher, in English.", "")
    assert descriptions.of_column("leg", "great_circle_km") == (
        "The shortest way over the globe.",
        "km",
    )
    assert descriptions.of_column("leg", "colour") == ("", "")
