"""Everything that a page shows can be taken along as a file, and the file says what the page says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bibtexparser
import openpyxl
import pytest
import rispy
from flask.testing import FlaskClient

from dashboards.factory import create_app
from dashboards.pages import PAGES
from tests.dashboards.serving import VIEWS, ask, ids, page_of, parts, rows_of
from tests.dashboards.test_answers import swap
from warehouse.catalog import LANGUAGES
from warehouse.engine import Warehouse

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
HOST = "http://localhost"


def offered(client: FlaskClient, path: str, query: str = "") -> Iterator[str]:
    """The addresses of the files that a page offers."""
    for part in parts(page_of(ask(client, path, query))):
        address = part["props"].get("href", "")
        if part["type"] == "A" and part["props"].get("download") is not None:
            yield address


def lines(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows of a CSV file, read back from its bytes."""
    text = client.get(address).get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheets(client: FlaskClient, address: str) -> dict[str, list[dict[Any, Any]]]:
    """The rows of every sheet of an XLSX file, read back from its bytes."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(address).get_data()))
    found = {}
    for sheet in book:
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_chart_of_every_page_is_there_in_every_form(client: FlaskClient, page: Any) -> None:
    addresses = list(offered(client, f"/en/{page.path}"))
    names = {address.rpartition("/")[2].partition(".")[0] for address in addresses}
    assert len(addresses) == len(set(addresses)) == len(KINDS) * len(names)
    for address in addresses:
        response = client.get(address)
        kind = address.rpartition(".")[2].partition("?")[0]
        assert (response.status_code, response.mimetype) == (200, KINDS[kind]), address
        assert len(response.get_data()) > 50, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_speaks_the_language_of_its_address(client: FlaskClient, language: str) -> None:
    rows = lines(client, f"/{language}/digital/payments.csv")
    names = {"kk": "Қазақстан", "ru": "Казахстан", "tr": "Kazakistan", "en": "Kazakhstan"}
    banks = {"kk": "Дүниежүзілік банк", "ru": "Всемирный банк", "tr": "Dünya Bankası"}
    assert rows[0]["series"] == names[language]
    assert rows[0]["source"].startswith(banks.get(language, "World Bank"))
    english = lines(client, "/en/digital/payments.csv")
    assert [row["value"] for row in rows] == [row["value"] for row in english]


def test_a_file_holds_the_figures_of_its_choices_unrounded(
    client: FlaskClient, warehouse: Warehouse
) -> None:
    """Value by value what the warehouse holds, and not what another indicator does."""
    kept = rows_of(
        warehouse.path,
        "SELECT value FROM observation WHERE indicator_id = 'account_ownership'"
        " AND scope = 'KAZ' AND is_preferred ORDER BY period",
    )
    rows = lines(client, "/en/digital/payments.csv?indicator=account_ownership")
    mine = [float(row["value"]) for row in rows if row["scope"] == "KAZ"]
    assert mine == [value for (value,) in kept]
    assert {row["unit"] for row in rows} == {"percent"}
    other = lines(client, "/en/digital/payments.csv")
    assert [row["value"] for row in other] != [row["value"] for row in rows]


def test_dollars_are_dollars(client: FlaskClient, warehouse: Warehouse) -> None:
    ((value,),) = rows_of(
        warehouse.path,
        "SELECT value FROM observation WHERE indicator_id = 'trade_turnover_ots'"
        " AND scope = 'members_current' AND is_preferred ORDER BY period DESC LIMIT 1",
    )
    first = lines(client, "/en/headlines.csv")[0]
    assert (float(first["value"]), first["unit"]) == (value, "USD")
    book = sheets(client, "/en/headlines.xlsx")
    assert (book["data"][0]["value"], book["data"][0]["unit"]) == (value, "USD")


def test_a_range_has_both_ends_and_no_value(client: FlaskClient) -> None:
    (days,) = [
        row
        for row in lines(client, "/en/headlines.csv")
        if (row["low"], row["high"]) == ("19.0", "23.0")
    ]
    assert (days["value"], days["unit"]) == ("", "days")


def test_a_workbook_says_all_that_a_reader_must_know(
    client: FlaskClient, warehouse: Warehouse
) -> None:
    address = "/en/digital/payments.xlsx?indicator=account_ownership&asof=2025-01-01"
    book = sheets(client, address)
    build = warehouse.build()
    notes = {row["name"]: row["note"] for row in book["notes"]}
    view = f"{HOST}/en/digital?asof=2025-01-01&indicator=account_ownership"
    assert list(book) == ["data", "sources", "notes"]
    assert notes["Knowledge of"] == "2025-01-01"
    assert (notes["Build"], notes["Built at"]) == (build.id, build.built_at)
    assert notes["Link to this view"] == view
    assert notes["Citation"].endswith(view)
    assert "never zero" in notes["Missing figures"]
    assert set(book["data"][0]) >= {"value", "low", "high", "unit", "status", "place"}
    ids = {row["source_id"] for row in book["data"]}
    assert {row["source_id"]: row["licence"] for row in book["sources"]} == dict.fromkeys(
        ids, "not stated"
    )


def test_references_are_those_of_the_view(client: FlaskClient) -> None:
    view = f"{HOST}/tr/digital?indicator=account_ownership"
    bib = client.get("/tr/digital/payments.bib?indicator=account_ownership").get_data().decode()
    ris = client.get("/tr/digital/payments.ris?indicator=account_ownership").get_data().decode()
    (entry,) = bibtexparser.parse_string(bib).entries
    (record,) = rispy.loads(ris)
    assert entry["url"] == record["urls"][0] == view
    assert entry["author"] == "{Dünya Bankası}"
    assert record["authors"] == ["Dünya Bankası"]
    assert entry["title"] == f"{{{record['title']}}}"


def test_a_file_is_named_by_its_view_and_the_day_of_the_build(
    client: FlaskClient, warehouse: Warehouse
) -> None:
    day = warehouse.build().built_at[:10]
    for _ in range(2):
        for address, name in (
            ("/kk/digital/cards.csv", f"altyn-kopir-digital-cards-{day}.csv"),
            ("/kk/headlines.xlsx", f"altyn-kopir-headlines-{day}.xlsx"),
            (
                "/kk/digital/cards.ris?asof=2024-01-01",
                f"altyn-kopir-digital-cards-{day}-as-of-2024-01-01.ris",
            ),
        ):
            said = client.get(address).headers["Content-Disposition"]
            assert said == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "address",
    [
        "/en/digital/nothing.csv",
        "/en/digital/payments.pdf",
        "/en/nowhere/payments.csv",
        "/xx/digital/payments.csv",
        "/en/payments.csv",
        "/en/.csv",
        "/en//digital//payments.csv",
        "/en/digital/../digital/payments.exe",
        "/en/digital/cards.csv?asof=1900-01-01",
    ],
)
def test_what_is_not_shown_is_not_there(client: FlaskClient, address: str) -> None:
    for _ in range(2):
        response = client.get(address)
        assert (response.status_code, response.mimetype) == (404, "text/html")


@pytest.mark.parametrize(
    "query", ["?a=%FF%FE", "?indicator=%00", "?grid=x&embed=y&asof=yesterday", "?" + "a=1&" * 500]
)
def test_a_hostile_query_gives_the_file_of_what_was_understood(
    client: FlaskClient, query: str
) -> None:
    assert lines(client, f"/en/digital/payments.csv{query}") == lines(
        client, "/en/digital/payments.csv"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_it_is_told_so(
    client: FlaskClient, warehouse: Warehouse, static_dir: Path, kind: str
) -> None:
    """The same file has the same tag, from another process too; the head has no body."""
    address = f"/ru/digital/payments.{kind}"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    another = create_app(warehouse, static_dir).server.test_client().get(address)
    head = client.head(address)
    assert (again.status_code, again.get_data()) == (304, b"")
    assert another.headers["ETag"] == tag
    assert (head.status_code, head.get_data()) == (200, b"")
    assert head.headers["Content-Disposition"] == another.headers["Content-Disposition"]


def test_what_was_asked_by_one_name_is_not_answered_to_another(client: FlaskClient) -> None:
    """A link holds the host by which the reader knows us, and the kept answer of another does not."""
    for _ in range(2):
        for host in ("https://a.test", "http://b.test:8050"):
            said = client.get("/en/digital/cards.ris", base_url=host).get_data(as_text=True)
            assert re.findall("^UR  - (.*?)\r?$", said, re.MULTILINE) == [f"{host}/en/digital"]


def test_a_new_build_makes_new_files(
    warehouse: Warehouse, static_dir: Path, tmp_path: Path
) -> None:
    path = tmp_path / "warehouse.sqlite"
    path.write_bytes(Path(warehouse.path).read_bytes())
    client = create_app(Warehouse(f"sqlite:///{path}"), static_dir).server.test_client()
    before = lines(client, "/en/headlines.csv")[0]["value"]
    swap(path, "second", 1e9)
    assert lines(client, "/en/headlines.csv")[0]["value"] == "1000000000.0" != before
    assert "second" in client.get("/en/headlines.bib").get_data(as_text=True)


@pytest.mark.slow
def test_every_chart_can_be_taken_along(client: FlaskClient) -> None:
    """None stands without its files, in whatever language."""
    for language, _name, path in VIEWS:
        address = f"/{language}/{path}"
        shown = {name for name in ids(page_of(ask(client, address))) if name.startswith("chart-")}
        files = [each.rpartition("/")[2] for each in offered(client, address)]
        assert {f"chart-{file.partition('.')[0]}" for file in files} == shown, address
