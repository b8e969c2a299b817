"""The Kyrgyz National Statistical Committee: exports or imports by country, a column for each year.

In most years the rows add up to less than the total; by how much is known to the edition of 2023.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from etl.economies import WORLD, Economies
from etl.formats.document import Document
from etl.formats.workbook import Cell, Row, Sheet, is_workbook, opened, texts
from etl.refusals import Refusal
from etl.sources import wording
from etl.sources.controls import magnitude, slack
from etl.sources.figures import Figure, amount_text, no_economy, no_number
from etl.sources.kg_header import Header, Year, read_header, years_row
from etl.sources.kg_shortfalls import LARGEST_UNKNOWN, NEWEST_KNOWN, SHORTFALLS
from etl.sources.reading import no_rows, refused, trade_rows
from etl.sources.source import Reading, Source

_TITLE = re.compile("географическое распределение|geographic distribution")
_UNALLOCATED = {"европейский союз (ес)": "XEU"}
"""Stands among the countries of Europe, beside the group "ЕС": goods whose member is not named."""

_SHOWN = Decimal("0.001")


@dataclass
class _Found:
    """What one sheet gave; all of its faults, so that one report holds them."""

    sheet: Sheet
    header: Header | None = None
    figures: list[Figure] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    notes: dict[Figure, str] = field(default_factory=dict)


def recognises(document: Document) -> bool:
    """Whether a sheet has years above figures and the title of the Committee's tables."""
    return is_workbook(document.content) and any(
        (row := years_row(sheet)) is not None
        and any(_TITLE.search(wording.folded(text)) for text in texts(sheet.rows[:row]))
        for sheet in opened(document).sheets
    )


def read(document: Document, economies: Economies) -> Reading:
    """Read the sheets with a table; the edition is the last year of its columns."""
    workbook = opened(document)
    if workbook.refusals:
        return refused("trade", *workbook.refusals)
    parts = [_read_sheet(document.name, sheet, economies) for sheet in workbook.sheets]
    faults = [fault for part in parts for fault in part.faults]
    tables = [(part, part.header) for part in parts if part.header]
    flows = Counter(header.flow for _part, header in tables)
    if not faults and (not tables or flows.most_common(1)[0][1] > 1):
        faults.append(_no_table(document.name))
    hidden = [f"The sheet {name} is hidden and was not read." for name in workbook.hidden]
    return Reading(
        "trade",
        no_rows("trade") if faults else _rows(tables),
        tuple(faults),
        edition=max((header.years[-1].year for _part, header in tables), default=""),
        passed_over=tuple([sentence for part in parts for sentence in part.passed_over] + hidden),
    )


def _read_sheet(file: str, sheet: Sheet, economies: Economies) -> _Found:
    found = _Found(sheet)
    row = years_row(sheet)
    if row is not None:
        found.header, found.faults = read_header(file, sheet, row)
    elif sheet.holds_figures:
        reason = "holds figures, but no row of years above them"
        remedy = "Keep the row of years, or take the sheet out if it is about something else."
        found.faults.append(Refusal(file, 1, f"{sheet.name}!header", "", reason, remedy))
    else:
        found.passed_over.append(f"The sheet {sheet.name} holds text and no table.")
    if found.header:
        raw = _read_rows(file, found, found.header, economies)
        found.figures = _merged(found, raw)
        for year in found.header.years:
            found.faults.extend(_control(file, found, found.header, year))
        found.passed_over.extend(_short_years(found, found.header))
    return found


def _read_rows(file: str, found: _Found, header: Header, economies: Economies) -> list[Figure]:
    figures: list[Figure] = []
    groups = []
    for index, row in enumerate(found.sheet.rows[header.row + 1 :], start=header.row + 1):
        names = [name for name in _names(row, header) if name]
        cells = {year: row[year.column] for year in header.years}
        if all(map(wording.is_missing, cells.values())):
            continue
        partners = _partners(names, economies)
        if not partners and any(map(economies.is_group, names)):
            groups.append(names[-1])
        elif len(partners) != 1:
            found.faults.append(_unknown(file, found.sheet, index, names, partners))
        else:
            figures.extend(_cells(file, found, (index, partners.copy().pop()), cells))
    if groups:
        listed = ", ".join(groups)
        found.passed_over.append(f"{len(groups)} rows of groups left out: {listed}.")
    return figures


def _names(row: Row, header: Header) -> Iterator[str]:
    for column, cell in enumerate(row):
        if column not in header.columns and isinstance(cell, str):
            yield cell.strip()


def _partners(names: Sequence[str], economies: Economies) -> set[str]:
    """The economies that the names of one row in three languages mean; more than one is a fault."""
    if any(map(wording.is_total, names)):
        return {WORLD, *filter(None, map(economies.code, names))}
    named = {
        _UNALLOCATED[plain] for name in names if (plain := wording.folded(name)) in _UNALLOCATED
    }
    return named or {code for name in names if (code := economies.code(name))}


def _cells(
    file: str, found: _Found, key: tuple[int, str], cells: Mapping[Year, Cell]
) -> Iterator[Figure]:
    index, partner = key
    for year, cell in cells.items():
        if wording.is_missing(cell):
            continue
        value = amount_text(cell)
        if value is None:
            found.faults.append(no_number(file, found.sheet, index, year.column))
        else:
            yield Figure(partner, year.year, value, index, year.column)


def _merged(found: _Found, figures: Sequence[Figure]) -> list[Figure]:
    """Add up an economy's rows under two names ("Сальвадор", "Эль-Сальвадор") and say so.

    The total counts both; a row that was only repeated is found out by it.
    """
    by_key: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        by_key.setdefault((figure.partner, figure.flow), []).append(figure)
    merged = []
    for rows in by_key.values():
        filled = [figure for figure in rows if figure.amount] or rows[:1]
        value = f"{sum((figure.amount for figure in filled), Decimal(0)):f}"
        kept = Figure(filled[0].partner, filled[0].flow, value, filled[0].row, filled[0].column)
        if len(filled) > 1:
            rows_text = ", ".join(str(figure.row + 1) for figure in filled)
            found.notes[kept] = f"the source has it in the rows {rows_text}, added here"
        merged.append(kept)
    return merged


def _control(file: str, found: _Found, header: Header, year: Year) -> Iterator[Refusal]:
    figures = [figure for figure in found.figures if figure.flow == year.year]
    parts = [figure for figure in figures if figure.partner != WORLD]
    total = next((figure for figure in figures if figure.partner == WORLD), None)
    if total is None:
        if parts:
            reason = f"{year.year} has no total of all countries"
            remedy = "Keep the row Всего; without it nobody sees whether a country is missing."
            yield Refusal(file, 1, found.sheet.field(year.column), "", reason, remedy)
        return
    yield from magnitude(file, found.sheet, [total], header.unit)
    short = total.amount - sum((part.amount for part in parts), Decimal(0))
    known = Decimal(SHORTFALLS[header.flow].get(year.year, 0))
    allowed = slack([total.value, *(part.value for part in parts)])
    is_new = year.year > NEWEST_KNOWN and -allowed <= short <= LARGEST_UNKNOWN * total.amount
    if abs(short - known) > allowed and not is_new:
        reason = (
            f"is {short.quantize(_SHOWN):f} more than its countries together, where the tables we"
            f" know lack {known:f}: a row is missing or twice, a figure is wrong, or it is revised"
        )
        remedy = (
            "Compare the column with the publisher's own table. If that has this gap, add it to"
            " the shortfalls that we know (etl/sources/kg_shortfalls.py)."
        )
        yield total.refused(file, found.sheet, reason, remedy)
    elif abs(short) > allowed:
        found.notes[total] = (
            f"the countries listed add up to {short.quantize(_SHOWN):f} {header.unit} less"
        )


def _short_years(found: _Found, header: Header) -> Iterator[str]:
    years = [figure.flow for figure in found.notes if figure.partner == WORLD]
    if years:
        yield (
            f"The countries listed add up to less than the total {header.flow} in"
            f" {len(years)} of {len(header.years)} years ({', '.join(years)}); by how much stands in"
            " the notes of the totals."
        )


def _rows(tables: Sequence[tuple[_Found, Header]]) -> pd.DataFrame:
    placed = [(part, header, figure) for part, header in tables for figure in part.figures]
    return trade_rows(
        reporter="KGZ",
        partner=[figure.partner for _part, _header, figure in placed],
        flow=[header.flow for _part, header, _figure in placed],
        product="TOTAL",
        period=[figure.flow for _part, _header, figure in placed],
        value=[figure.value for _part, _header, figure in placed],
        unit=[header.unit for _part, header, _figure in placed],
        source="kg-nsc",
        valuation="not stated",
        status=[header.status[figure.flow] for _part, header, figure in placed],
        place=[part.sheet.place(figure.row, figure.column) for part, _header, figure in placed],
        note=[part.notes.get(figure, "") for part, _header, figure in placed],
        row=[figure.row + 1 for _part, _header, figure in placed],
    )


def _unknown(
    file: str, sheet: Sheet, index: int, names: Sequence[str], partners: set[str]
) -> Refusal:
    shown = " / ".join(names)
    where = f"{sheet.name}!names"
    if not partners:
        return no_economy(file, index, where, shown)
    reason = f"names several economies in one row: {', '.join(sorted(partners))}"
    remedy = "Compare the names of the row with the publisher's own table, or mend the aliases."
    return Refusal(file, index + 1, where, shown, reason, remedy)


def _no_table(file: str) -> Refusal:
    reason = "has not one sheet of exports or imports with a row of years, or has several of a flow"
    return Refusal(file, 1, "file", "", reason, "Give the table 4.03.00.18 or 4.03.00.20.")


KG_NSC = Source(
    "kg-nsc",
    "the Kyrgyz National Statistical Committee: workbooks of exports or imports by country (.xlsx)",
    recognises,
    read,
)
