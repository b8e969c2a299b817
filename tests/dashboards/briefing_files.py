"""Reads briefings back from their bytes: what a program, and what a reader, finds in each form."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import openpyxl
from babel.numbers import get_decimal_symbol, get_group_symbol
from pptx import Presentation
from pptx.presentation import Presentation as Deck

from warehouse.catalog import Language

_NUMBER = re.compile(r"[+−-]?%?\d(?:[\d.,\u00a0\u202f]*\d)?")


@dataclass(frozen=True)
class Figure:
    """A number as programs read it."""

    id: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    period: str
    status: str


@dataclass
class Told:
    """What a form of a briefing tells: figures and verdicts by id, and the texts of its tables in order."""

    figures: dict[str, Figure]
    verdicts: dict[str, str]
    texts: list[str]


def numbers(text: str, language: Language) -> tuple[float, ...]:
    """The numbers in a text, as its language writes them; what stands in brackets, as periods, is left out."""
    group, decimal = get_group_symbol(language), get_decimal_symbol(language)
    found = _NUMBER.findall(re.sub(r"\(.*", "", text))
    # Turkish sets the percent sign between the sign and the number: −%64.
    bare = (each.replace("%", "").replace("\u202f", "\u00a0") for each in found)
    plain = (each.replace(group, "") for each in bare)
    return tuple(float(each.replace(decimal, ".").replace("−", "-")) for each in plain)


def from_html(content: str) -> Told:
    """Read the cells of the tables that tell facts, and what their attributes say."""
    reader = _Cells()
    reader.feed(content)
    return Told(reader.figures, reader.verdicts, reader.texts)


def from_xlsx(content: bytes) -> Told:
    """Read the sheets of the figures and of the summary."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    figures, verdicts, texts = {}, {}, []
    for row in book["data"].iter_rows(min_row=2, values_only=True):
        name, _section, label, value, low, high, unit, period, status, said, *_ = row
        if str(name).startswith("verdict:"):
            verdicts[str(name)] = str(label)
        else:
            ends = (None if each is None else float(each) for each in (value, low, high))
            figures[str(name)] = Figure(str(name), *ends, unit, period or "", status or "")
            texts.append(str(said))
    return Told(figures, verdicts, texts)


def slides(content: bytes) -> Deck:
    """Open a presentation."""
    return Presentation(io.BytesIO(content))


def table_texts(deck: Deck) -> list[str]:
    """The text of every cell of every table but heads and names, in the order of reading."""
    return [
        row.cells[at].text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
        for at in range(1, len(shape.table.columns))
    ]


def charts(deck: Deck) -> Iterator[tuple[str, list[tuple[float | None, ...]]]]:
    """The native charts: name, and the values of each series, as the file keeps them."""
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape.name, [tuple(each.values) for each in shape.chart.plots[0].series]


class _Cells(HTMLParser):
    """Collects the cells of the tables of facts."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: dict[str, Figure] = {}
        self.verdicts: dict[str, str] = {}
        self.texts: list[str] = []
        self._is_facts = self._is_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._is_facts = told.get("class") == "facts"
        if tag != "td":
            return
        if "data-cell" in told:
            ends = (
                float(told[f"data-{each}"]) if f"data-{each}" in told else None
                for each in ("value", "low", "high")
            )
            name = told["data-cell"]
            self.figures[name] = Figure(
                name, *ends, told["data-unit"], told["data-period"], told["data-status"]
            )
        if "data-verdict" in told:
            self.verdicts[told["data-verdict"]] = told["data-key"]
        if self._is_facts:
            self._is_cell = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._is_cell = False

    def handle_data(self, data: str) -> None:
        if self._is_cell:
            self.texts[-1] += data
