"""The head of a Kyrgyz sheet: the flow, the unit, and which column holds which year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.formats.workbook import Cell, Row, Sheet, is_number, texts
from etl.refusals import Refusal
from etl.sources import wording

_DEEPEST = 60
_LEAST = 3
"""So many years stand side by side; fewer may be words about a year."""

_YEAR = re.compile(r"((?:19|20)\d\d)(?:\s*(?:г\.?|год|жыл|ж\.))?(\s*[\d*¹²³)]{1,2})?")
_FLOWS = ("export", "import")


@dataclass(frozen=True)
class Year:
    """A column of figures; `is_marked` if a footnote's mark stands beside the year ("2023 1")."""

    year: str
    column: int
    is_marked: bool = False


@dataclass(frozen=True)
class Header:
    """Where a table stands and what it holds; `row` is the index of the row of years."""

    row: int
    flow: str
    unit: str
    years: tuple[Year, ...]
    status: Mapping[str, str]

    @cached_property
    def columns(self) -> frozenset[int]:
        """The columns of figures; names stand in the others."""
        return frozenset(year.column for year in self.years)


def years_row(sheet: Sheet) -> int | None:
    """The first row in which years stand side by side; None for a sheet without a table."""
    for index, row in enumerate(sheet.rows[:_DEEPEST]):
        if len(list(_years(row))) >= _LEAST:
            return index
    return None


def read_header(file: str, sheet: Sheet, row: int) -> tuple[Header | None, list[Refusal]]:
    """Read all that stands above the figures, and the footnote on preliminary ones below them."""
    faults = list(_heading_faults(file, sheet, row))
    years = sorted(_years(sheet.rows[row]), key=lambda year: year.year)
    above = list(texts(sheet.rows[:row]))
    flow = _flow(above)
    if not flow:
        reason = "the title does not say whether these are exports or imports, or says both"
        remedy = "Let the title say “распределение экспорта” or “распределение импорта”."
        faults.append(Refusal(file, 1, f"{sheet.name}!title", "", reason, remedy))
    unit = wording.unit_of(above)
    if not unit:
        reason = "the unit was not found above the figures, or is none that we know, or several"
        remedy = "Let a cell above the table say “тыс. долларов США”, in each language the same."
        faults.append(Refusal(file, row + 1, f"{sheet.name}!unit", "", reason, remedy))
    is_preliminary = wording.is_preliminary(texts(sheet.rows))
    if is_preliminary and not any(year.is_marked for year in years):
        reason = "says that figures are preliminary, but marks no year as such"
        remedy = "Put the mark of the footnote beside the year, as in “2023 1”."
        faults.append(Refusal(file, row + 1, f"{sheet.name}!years", "", reason, remedy))
    if faults or not flow or not unit:
        return None, faults
    status = {
        year.year: "preliminary" if year.is_marked and is_preliminary else "final" for year in years
    }
    return Header(row, flow, unit, tuple(years), status), []


def _years(row: Row) -> Iterator[Year]:
    for column, cell in enumerate(row):
        match = _YEAR.fullmatch(_written(cell))
        if match:
            yield Year(match[1], column, bool((match[2] or "").strip()))


def _written(cell: Cell) -> str:
    if is_number(cell):
        return str(cell).removesuffix(".0")
    return wording.folded(str(cell))


def _heading_faults(file: str, sheet: Sheet, row: int) -> Iterator[Refusal]:
    """A column of figures without a year, and a year that stands there twice."""
    years = list(_years(sheet.rows[row]))
    seen: dict[str, int] = {}
    columns = {year.column for year in years}
    for column in range(len(sheet.rows[row])):
        if column not in columns and _has_figures(sheet.rows[row + 1 :], column):
            reason = "stands above figures, but is no year"
            remedy = "Write the year of this column, or take the column out."
            shown = str(sheet.rows[row][column])
            yield Refusal(file, row + 1, sheet.field(column), shown, reason, remedy)
    for year in years:
        if year.year in seen:
            reason = f"is a second column of {year.year}"
            remedy = "Take one of the two out."
            yield Refusal(file, row + 1, sheet.field(year.column), year.year, reason, remedy)
        seen[year.year] = year.column


def _has_figures(rows: Sequence[Row], column: int) -> bool:
    return any(is_number(row[column]) for row in rows)


def _flow(titles: Sequence[str]) -> str | None:
    said = {
        flow
        for flow in _FLOWS
        for title in titles
        if wording.FLOWS[flow].search(wording.folded(title))
    }
    return said.pop() if len(said) == 1 else None
