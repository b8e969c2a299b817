"""One number in three forms: JSON, CSV and XLSX say the same, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboards.factory import create_app
from tests.warehouse.made import make
from warehouse.engine import Warehouse

TABLES = (
    "observations",
    "trade",
    "two-sided",
    "reliability",
    "targets",
    "claims",
    "indicators",
    "sources",
)
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)")
PAGE = "page_size=200"


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def as_text(value: object) -> str:
    """A cell of JSON as CSV writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@")) else text


@pytest.mark.parametrize("name", TABLES)
def test_every_form_says_the_same(client: FlaskClient, name: str) -> None:
    """Every cell of a page, its columns in the same order, its sources beside it."""
    address = f"/api/v1/{name}?{PAGE}"
    answer = client.get(address).get_json()
    lines = client.get(f"{address}&format=csv").get_data(as_text=True)
    book = sheets(client.get(f"{address}&format=xlsx").get_data())
    header, *rows = list(csv.reader(io.StringIO(lines, newline="")))

    assert rows == [[as_text(value) for value in row.values()] for row in answer["data"]]
    assert header == list(answer["data"][0])
    assert book["data"][0] == tuple(header)
    for row, cells in zip(answer["data"], book["data"][1:], strict=True):
        for value, cell in zip(row.values(), cells, strict=True):
            assert cell == (as_text(value) if isinstance(value, str) else value), row
    assert [row[0] for row in book["sources"][1:]] == list(answer["sources"])
    notes = {row[0]: row[1] for row in book["notes"][1:]}
    assert notes["build"] == answer["meta"]["build"]
    assert notes["total"] == str(answer["meta"]["total"])
    assert set(header) <= set(notes)


@pytest.fixture
def hostile(served: Path, static_dir: Path) -> FlaskClient:
    """A server whose figures carry texts that a spreadsheet would run."""
    rows = "\n".join(
        f"| cargo | KAZ | {2000 + number} | bns | 2020 | -1.5 | final | {text} | x{text} | 2020-01-01 |"
        for number, text in enumerate(HOSTILE)
    )
    url = make(
        served,
        source="| id | title |\n| bns | =cmd() |",
        indicator="| id | unit | direction |\n| cargo | =kt | up |",
        observation="| indicator_id | scope | period | source_id | vintage | value | status | place"
        f" | note | known_since |\n{rows}",
    )
    return create_app(Warehouse(url), static_dir).server.test_client()


def test_no_text_is_a_formula(hostile: FlaskClient) -> None:
    """Texts get an apostrophe, numbers never, and JSON, which nobody runs, stays as it was."""
    address = "/api/v1/observations"
    places = [row["place"] for row in hostile.get(address).get_json()["data"]]
    lines = hostile.get(f"{address}?format=csv").get_data(as_text=True)
    book = openpyxl.load_workbook(
        io.BytesIO(hostile.get(f"{address}?format=xlsx").get_data()), data_only=False
    )
    read = list(csv.DictReader(io.StringIO(lines, newline="")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert places == list(HOSTILE)
    assert [row["place"] for row in read] == [f"'{place}" for place in places]
    assert {row["unit"] for row in read} == {"'=kt"}
    assert {row["value"] for row in read} == {"-1.5"}
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert "'=cmd()" in {cell.value for cell in cells}
    assert not any(str(cell.value).startswith(("=", "+", "@")) for cell in cells)
    assert book["data"]["D2"].value == -1.5


def test_a_file_has_a_name_and_tells_of_its_other_pages(client: FlaskClient) -> None:
    """What CSV cannot say stands in headers, also when it comes from memory."""
    for _ in range(2):
        response = client.get("/api/v1/trade?format=csv&page_size=10")

        assert response.mimetype == "text/csv"
        assert (
            response.headers["Content-Disposition"]
            == 'attachment; filename="altyn-kopir-trade.csv"'
        )
        assert int(response.headers["X-Total-Count"]) > 10
        assert (
            response.headers["Link"] == '</api/v1/trade?format=csv&page_size=10&page=2>; rel="next"'
        )


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_who_has_it_is_told_so(
    client: FlaskClient, warehouse: Warehouse, static_dir: Path, kind: str
) -> None:
    """The same answer has the same tag, also when another process has worked it out."""
    address = f"/api/v1/targets?format={kind}"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    another = create_app(warehouse, static_dir).server.test_client().get(address)

    assert (again.status_code, again.get_data()) == (304, b"")
    assert another.headers["ETag"] == tag
    assert client.get(f"{address}&asof=2023-09-28").headers["ETag"] != tag
