"""Kazakhstan's Bureau of National Statistics: trade by country, a sheet for each year or part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from etl.economies import WORLD, Economies
from etl.formats.document import Document
from etl.formats.workbook import Cell, Sheet, is_workbook, opened, texts
from etl.refusals import Refusal
from etl.sources import wording
from etl.sources.controls import magnitude, shares, sums, turnover, twice
from etl.sources.figures import Figure, amount_text, no_economy, no_number
from etl.sources.kz_header import Header, header_row, read_header
from etl.sources.reading import no_rows, refused, trade_rows, without_repeats
from etl.sources.source import Reading, Source
from warehouse import periods

_KAZAKHSTAN = re.compile("казахстан|қазақстан|kazakhstan")


@dataclass
class _Found:
    """What one sheet gave; all of its faults, so that one report holds them."""

    sheet: Sheet
    header: Header | None = None
    figures: list[Figure] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def recognises(document: Document) -> bool:
    """Whether a sheet names turnover, exports and imports below a title about Kazakhstan."""
    return is_workbook(document.content) and any(
        (row := header_row(sheet)) is not None
        and any(_KAZAKHSTAN.search(wording.folded(text)) for text in texts(sheet.rows[:row]))
        for sheet in opened(document).sheets
    )


def read(document: Document, economies: Economies) -> Reading:
    """Read every sheet of the workbook; the edition is its newest year, or month of a part year.

    Controls: turnover is exports plus imports, the countries add up to the total, and shares are
    shares of it, each within the roundings of what is printed.
    """
    workbook = opened(document)
    if workbook.refusals:
        return refused("trade", *workbook.refusals)
    parts = [_read_sheet(document.name, sheet, economies) for sheet in workbook.sheets]
    tables = [part for part in parts if part.header]
    faults = [fault for part in parts for fault in part.faults]
    if not tables and not faults:
        faults.append(_no_table(document.name))
    rows, repeated = without_repeats(document.name, "trade", _rows(tables))
    faults.extend(repeated)
    hidden = [f"The sheet {name} is hidden and was not read." for name in workbook.hidden]
    return Reading(
        "trade",
        no_rows("trade") if faults else rows,
        tuple(faults),
        edition=_edition([part.header.period for part in tables if part.header]),
        passed_over=tuple([sentence for part in parts for sentence in part.passed_over] + hidden),
    )


def _read_sheet(file: str, sheet: Sheet, economies: Economies) -> _Found:
    found = _Found(sheet)
    row = header_row(sheet)
    if row is None:
        _pass_over_text(file, found)
        return found
    found.header, found.faults = read_header(file, sheet, row, lambda name: _knows(economies, name))
    if found.header:
        _read_rows(file, found, found.header, economies)
        for control in (twice, turnover, sums, shares):
            found.faults.extend(control(file, sheet, found.figures))
        found.faults.extend(magnitude(file, sheet, found.figures, found.header.unit))
    return found


def _pass_over_text(file: str, found: _Found) -> None:
    sheet = found.sheet
    if not sheet.holds_figures:
        found.passed_over.append(f"The sheet {sheet.name} holds text and no table.")
        return
    reason = "holds figures, but no row that names Товарооборот, Экспорт and Импорт above them"
    remedy = "Give the columns these names, or take the sheet out if it is about something else."
    found.faults.append(Refusal(file, 1, f"{sheet.name}!header", "", reason, remedy))


def _knows(economies: Economies, name: str) -> bool:
    return bool(wording.is_total(name) or economies.code(name) or economies.is_group(name))


def _read_rows(file: str, found: _Found, header: Header, economies: Economies) -> None:
    groups: Counter[str] = Counter()
    for index, row in enumerate(found.sheet.rows[header.first :], start=header.first):
        name = str(row[header.name]).strip() if header.name < len(row) else ""
        cells = {flow: row[column] for flow, column in header.columns.items() if column < len(row)}
        if all(map(wording.is_missing, cells.values())):
            continue
        if economies.is_group(name):
            groups[wording.folded(name)] += 1
            continue
        partner = WORLD if wording.is_total(name) else economies.code(name)
        if partner is None:
            where = found.sheet.field(header.name)
            found.faults.append(no_economy(file, index, where, name))
            continue
        for flow, cell in cells.items():
            _add(file, found, header, (index, flow, partner), cell)
    if groups:
        names = ", ".join(groups)
        period = header.period
        found.passed_over.append(f"{groups.total()} rows of groups in {period} left out: {names}.")


def _add(file: str, found: _Found, header: Header, key: tuple[int, str, str], cell: Cell) -> None:
    index, flow, partner = key
    if wording.is_missing(cell):
        return
    column = header.columns[flow]
    value = amount_text(cell)
    if value is None:
        found.faults.append(no_number(file, found.sheet, index, column))
        return
    row = found.sheet.rows[index]
    beside = header.shares.get(flow, len(row))
    share = amount_text(row[beside]) if beside < len(row) else None
    found.figures.append(Figure(partner, flow, value, index, column, share or ""))


def _no_table(file: str) -> Refusal:
    reason = "has no sheet with the columns Товарооборот, Экспорт and Импорт"
    return Refusal(file, 1, "file", "", reason, "Give the Bureau's table of trade by country.")


def _rows(tables: Sequence[_Found]) -> pd.DataFrame:
    placed = [
        (part.sheet, part.header, figure)
        for part in tables
        if part.header
        for figure in part.figures
    ]
    return trade_rows(
        reporter="KAZ",
        partner=[figure.partner for _sheet, _header, figure in placed],
        flow=[figure.flow for _sheet, _header, figure in placed],
        product="TOTAL",
        period=[header.period for _sheet, header, _figure in placed],
        value=[figure.value for _sheet, _header, figure in placed],
        unit=[header.unit for _sheet, header, _figure in placed],
        source="kz-bns",
        valuation="not stated",
        status=[header.status for _sheet, header, _figure in placed],
        place=[sheet.place(figure.row, figure.column) for sheet, _header, figure in placed],
        row=[figure.row + 1 for _sheet, _header, figure in placed],
    )


def _edition(found: Sequence[str]) -> str:
    """The last year or month that the sheets cover, whole years as years."""
    newest = max(found, key=periods.parse, default="")
    return newest.rpartition("/")[2]


KZ_BNS = Source(
    "kz-bns",
    "Kazakhstan's Bureau of National Statistics: workbooks of trade by country (.xls, .xlsx)",
    recognises,
    read,
)
