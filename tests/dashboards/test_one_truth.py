"""One number, one truth: chart, table, CSV, XLSX, API and sentence say the same of 200 random figures.

Each form is read back from the bytes that are served, by readers of this test's own.
"""

from __future__ import annotations

import base64
import csv
import io
import random
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.dashboards.serving import ask, page_of
from warehouse.catalog import LANGUAGES

pytestmark = pytest.mark.slow

CELLS = 200
CELLS_OF_A_VIEW = 8

# What the four languages call the units, and how large they are in the unit that is kept.
UNITS = {
    "USD": {
        "kk": ("млрд АҚШ доллары", 1e9),
        "ru": ("млрд долл. США", 1e9),
        "tr": ("milyar ABD doları", 1e9),
        "en": ("bn", 1e9),
    },
    "percent": dict.fromkeys(LANGUAGES, ("%", 1)),
    "kt": {
        "kk": ("мың тонна", 1),
        "ru": ("тыс. тонн", 1),
        "tr": ("bin ton", 1),
        "en": ("thousand tonnes", 1),
    },
    "TEU": {"kk": ("ЖФЭ", 1), "ru": ("ДФЭ", 1), "tr": ("TEU", 1), "en": ("TEU", 1)},
}
DECIMAL_SIGN = {"kk": ",", "ru": ",", "tr": ",", "en": "."}
GROUP_SIGN = {"kk": "\u00a0", "ru": "\u00a0", "tr": ".", "en": ","}

FLOWS = {
    "turnover": {"export": 1, "import": 1},
    "exports": {"export": 1},
    "imports": {"import": 1},
    "balance": {"export": 1, "import": -1},
}
SHARES = (
    "digital_payments_adults",
    "digital_payments_made",
    "digital_payments_received",
    "digital_merchant_payments",
    "account_ownership",
)


@dataclass(frozen=True)
class View:
    """A chart of a page in a language, with choices."""

    language: str
    page: str
    chart: str
    choices: Mapping[str, str]

    @property
    def path(self) -> str:
        return f"/{self.language}/{self.page}"

    @property
    def query(self) -> str:
        return f"?{urlencode(self.choices)}" if self.choices else ""

    def file(self, kind: str) -> str:
        return f"{self.path}/{self.chart}.{kind}{self.query}"


def random_view(chance: random.Random) -> View:
    """Any chart that draws amounts, with any choices that it takes."""
    language = chance.choice(LANGUAGES)
    asof = {"asof": "2026-03-01"} if chance.random() < 0.15 else {}
    trade = {
        "measure": chance.choice(tuple(FLOWS)),
        "definition": chance.choice(("members_current", "members_dated", "with_observers")),
        "source": chance.choice(("preferred", "wits", "kz-bns")),
    }
    return chance.choice(
        (
            View(language, "trade", "turnover", {**asof, **trade}),
            View(language, "trade", "partners", {**asof, **trade}),
            View(language, "digital", "payments", {**asof, "indicator": chance.choice(SHARES)}),
            View(language, "digital", "cards", asof),
            View(language, "corridor", "volume", asof),
            View(language, "corridor", "containers", asof),
        )
    )


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every component under a part of an answer, whatever property holds it."""
    if isinstance(node, list):
        for child in node:
            yield from walk(child)
    elif isinstance(node, dict):
        if "props" in node:
            yield node
            node = {name: value for name, value in node["props"].items() if name != "figure"}
        for child in node.values():
            yield from walk(child)


def words(node: Any) -> str:
    """What a reader reads of a part."""
    if isinstance(node, list):
        return "".join(map(words, node))
    if isinstance(node, dict):
        return words(node["props"].get("children"))
    return "" if node is None else str(node)


def amounts(text: str, language: str, unit: str) -> Iterator[tuple[Decimal, Decimal]]:
    """The numbers that stand before or after a unit's words: in the kept unit, and half a last digit."""
    name, size = UNITS[unit][language]
    plain = text.replace("\u202f", "\u00a0").replace("−", "-")
    assert name in plain.replace("\u00a0", " "), (unit, text)
    digits = rf"-?\d+(?:{re.escape(GROUP_SIGN[language])}\d{{3}})*(?:{re.escape(DECIMAL_SIGN[language])}\d+)?"
    for found in re.findall(digits, plain):
        number = found.replace(GROUP_SIGN[language], "").replace(DECIMAL_SIGN[language], ".")
        decimals = len(number.partition(".")[2])
        scale = Decimal(int(size))
        yield Decimal(number) * scale, scale * Decimal(10) ** -decimals / 2


def says(text: str, value: float, language: str, unit: str) -> bool:
    """Whether a text writes a value, rounded to the digits that it shows."""
    slack = Decimal("1.000001")
    return any(
        abs(number - Decimal(repr(value))) <= half * slack
        for number, half in amounts(text, language, unit)
    )


@dataclass
class Shown:
    """A view as its bytes say it: the chart's points, its table, its sentence, and its files."""

    view: View
    chart: dict[str, Any]
    rows: list[dict[str, str]]
    book: dict[str, list[dict[str, Any]]]

    @classmethod
    def ask(cls, client: FlaskClient, view: View) -> Shown | None:
        """Ask for all of them; None where nothing was known by then."""
        content = page_of(ask(client, view.path, view.query))
        (chart,) = [x for x in walk(content) if x["props"].get("id") == f"chart-{view.chart}"]
        answer = client.get(view.file("csv"))
        if answer.status_code == 404:
            return None
        text = answer.get_data().decode("utf-8-sig")
        opened = openpyxl.load_workbook(io.BytesIO(client.get(view.file("xlsx")).get_data()))
        book = {}
        for sheet in opened:
            head, *rows = sheet.iter_rows(values_only=True)
            book[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
        return cls(view, chart, list(csv.DictReader(io.StringIO(text, newline=""))), book)

    @property
    def points(self) -> Iterator[tuple[Any, float, str]]:
        """Where, how high and with which words plotly is told to draw."""
        (graph,) = [each for each in walk(self.chart) if each["type"] == "Graph"]
        for trace in graph["props"]["figure"]["data"]:
            x, y, said = (_listed(trace.get(name)) for name in ("x", "y", "customdata"))
            for where, high, text in zip(x, y, said, strict=False):
                if high is not None and text is not None:
                    yield where, high, str(text)

    @property
    def table(self) -> list[list[str]]:
        """The cells of the table, its head first."""
        name = f"table-{self.view.chart}"
        (table,) = [each for each in walk(self.chart) if each["props"].get("id") == name]
        return [
            [words(cell) for cell in walk(row) if cell["type"] in ("Th", "Td")]
            for row in walk(table)
            if row["type"] == "Tr"
        ]

    @property
    def sentence(self) -> str:
        """What is read to those who cannot see the chart."""
        (plot,) = [each for each in walk(self.chart) if each["props"].get("className") == "plot"]
        return str(plot["props"]["aria-label"])

    def is_told(self, row: dict[str, str]) -> bool:
        """Whether the sentence speaks of a figure: it does of the last one of what it describes."""
        if self.view.chart in ("volume", "containers"):
            first = self.rows[0]["scope"]
            return (row["scope"], row["is_preferred"]) == (first, "true")
        rows = self.rows
        if self.view.chart in ("payments", "cards"):
            rows = [each for each in rows if each["series"] == row["series"]]
        years = [each["period"][-7:] for each in rows]
        return self.view.chart != "cards" and row["period"] == max(years)


def _listed(values: Any) -> Sequence[Any]:
    """A plain list, of numbers that are sent as base64 too."""
    if isinstance(values, dict):
        kind = {"f8": "d", "f4": "f", "i4": "i", "i2": "h", "i1": "b"}[values["dtype"]]
        content = base64.b64decode(values["bdata"])
        return struct.unpack(f"<{len(content) // struct.calcsize(kind)}{kind}", content)
    return values or ()


def check_chart(shown: Shown, row: dict[str, str]) -> None:
    value, language = float(row["value"]), shown.view.language
    size = UNITS[row["unit"]][language][1]
    drawn = [
        text
        for where, high, text in shown.points
        if high * size == pytest.approx(value, rel=1e-9)
        and str(where).removesuffix(".0") == row["period"]
    ]
    assert drawn, "no point of the chart"
    assert any(
        says(text.partition("</b>")[0], value, language, row["unit"]) and row["series"] in text
        for text in drawn
    ), drawn


def check_table(shown: Shown, row: dict[str, str]) -> None:
    value, language = float(row["value"]), shown.view.language
    head, *body = shown.table
    if row["series"] in head:
        column = head.index(row["series"])
        (cell,) = [each[column] for each in body if each[0] == row["period"]]
        assert says(cell, value, language, row["unit"]), cell
        return
    publisher = row["source"].partition(": ")[0]
    found = [
        each
        for each in body
        # A table may name whose count it is, and the chart that this is another report of it.
        if any(cell and row["series"].startswith(cell) for cell in each)
        and row["period"] in each
        and any(cell.startswith(publisher) for cell in each)
    ]
    name = UNITS[row["unit"]][language][0]
    cells = [cell for each in found for cell in each if name in cell.replace("\u00a0", " ")]
    assert any(says(cell, value, language, row["unit"]) for cell in cells), (found, row)


def check_book(shown: Shown, row: dict[str, str], number: int) -> None:
    kept = shown.book["data"][number]
    value = float(row["value"])
    assert kept["value"] == pytest.approx(value, rel=1e-15)
    for name in ("series", "period", "unit", "source_id", "vintage", "status"):
        assert (kept[name] or "") == row[name]
    (source,) = [each for each in shown.book["sources"] if each["source_id"] == row["source_id"]]
    assert row["source"].startswith(source["publisher"])
    assert row["source"].endswith(source["title"])


def check_api(client: FlaskClient, shown: Shown, row: dict[str, str]) -> None:
    """The API is asked for the same figure by its own names, in the unit and of the source named."""
    view = shown.view
    asked = {"source": row["source_id"], "from": row["period"], "to": row["period"]}
    asked |= {name: view.choices[name] for name in ("asof",) if name in view.choices}
    if view.chart == "partners":
        table, more = "trade", {"reporter": "KAZ", "partner": row["partner_code"]}
        signs = FLOWS[view.choices["measure"]]
    else:
        table, more = "observations", {"indicator": indicator_of(view)}
        signs = {}
    query = urlencode({**asked, **more, "page_size": 500})
    answer = client.get(f"/api/v1/{table}?{query}").get_json()
    scope = row.get("scope") or view.choices.get("definition")
    if table == "trade":
        amounts = [
            signs.get(each["flow_code"], 0) * each["value_usd"]
            for each in answer["data"]
            if each["product_code"] == "TOTAL" and each["period"] == row["period"]
        ]
        assert row["unit"] == "USD"
        assert sum(amounts) == pytest.approx(float(row["value"]), rel=1e-12)
        assert {each["source_id"] for each in answer["data"]} == {row["source_id"]}
    else:
        found = [
            each
            for each in answer["data"]
            if (each["scope"], each["period"]) == (scope, row["period"])
        ]
        assert [(each["value"], each["unit"], each["source_id"]) for each in found] == [
            (float(row["value"]), row["unit"], row["source_id"])
        ]
    source = answer["sources"][row["source_id"]]
    assert row["source"] == f"{source[f'publisher_{view.language}']}: {source['title']}"


def indicator_of(view: View) -> str:
    """Which indicator of the API a chart shows."""
    match view.chart:
        case "turnover":
            return f"trade_{view.choices['measure']}_ots"
        case "payments":
            return view.choices["indicator"]
        case "cards":
            return "noncash_share_card_turnover"
        case other:
            return f"titr_{other}"


def check_sentence(shown: Shown, row: dict[str, str]) -> None:
    value, language = float(row["value"]), shown.view.language
    told = [each for each in re.split(r";\s|[()]", shown.sentence) if each]
    assert row["period"] in shown.sentence
    name = UNITS[row["unit"]][language][0]
    assert any(
        name in each.replace("\u00a0", " ") and says(each, value, language, row["unit"])
        for each in told
    ), shown.sentence


def test_one_number_is_one_truth(client: FlaskClient) -> None:
    chance = random.Random("one number, one truth")
    checked, told, seen = 0, 0, set()
    for _ in range(CELLS):
        view = random_view(chance)
        shown = Shown.ask(client, view)
        if shown is None:
            continue
        assert len(shown.rows) == len(shown.book["data"])
        # A year is the same text in every language.
        years = [
            number
            for number, row in enumerate(shown.rows)
            if re.fullmatch(r"\d{4}", row["period"]) and row["value"]
        ]
        for number in chance.sample(years, min(CELLS_OF_A_VIEW, len(years))):
            row = shown.rows[number]
            check_chart(shown, row)
            check_table(shown, row)
            check_book(shown, row, number)
            check_api(client, shown, row)
            if shown.is_told(row):
                check_sentence(shown, row)
                told += 1
            checked += 1
        seen.add((view.language, view.chart))
        if checked >= CELLS:
            break
    assert checked >= CELLS
    assert told > CELLS // 10
    assert {language for language, _ in seen} == set(LANGUAGES)
    assert len({chart for _, chart in seen}) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_what_the_files_say(client: FlaskClient, language: str) -> None:
    """The summary's numbers, as text and as data, are those of its table and its files."""
    content = page_of(ask(client, f"/{language}/"))
    text = client.get(f"/{language}/headlines.csv").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    kept = {row["value"] or f"{float(row['low']):g}-{float(row['high']):g}": row for row in rows}
    cards = [x for x in walk(content) if str(x["props"].get("id", "")).startswith("card-")]
    assert len(cards) > 4
    for card in cards:
        row = kept[card["props"]["data-value"]]
        (strong,) = [each for each in walk(card) if each["type"] == "Strong"]
        if row["unit"] in UNITS:
            assert says(words(strong), float(row["value"]), language, row["unit"])
        assert row["source"].partition(": ")[0] in words(card)
