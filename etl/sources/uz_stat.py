"""Uzbekistan's Statistics Agency: trade by country, one CSV for exports and one for imports."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from etl.economies import Economies
from etl.formats.delimited import read_delimited
from etl.formats.document import Document
from etl.formats.first_records import first_records
from etl.refusals import Refusal
from etl.sources.economy_codes import economy_codes
from etl.sources.reading import refused, trade_rows, wide_amounts, without_repeats
from etl.sources.source import Reading, Source
from etl.sources.verdict import GROUP

_FLOWS = {"1105": "export", "1176": "import"}
"""The agency's numbers of the two datasets; the files themselves do not say which flow they hold."""

_NAMES = ("Klassifikator", "Klassifikator_ru", "Klassifikator_en")
_HEADER = ("Code", *_NAMES)
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NUMBER_OF_DATASET = re.compile(r"(?<![0-9])(?:1105|1176)(?![0-9])")
_MANY = 100
_LEAST, _MOST = 10**6, 5 * 10**8
"""What a whole list adds up to in a year, in thousand USD: from 1 to 500 bn USD. Uzbekistan's
exports were 13 bn in 2010 and its imports 31 bn in 2022, so a list in US dollars or in millions
falls outside."""

_UNIT_NOTE = "unit inferred from the totals; the file does not state it"


def _recognises(document: Document) -> bool:
    header = next(iter(first_records(document)), [])
    return set(_HEADER) <= {cell.strip() for cell in header}


def _read(document: Document, economies: Economies) -> Reading:
    """Read rows in thousand USD: no total is printed, the code 0 is the rest of the world."""
    name = document.name
    numbers = set(_NUMBER_OF_DATASET.findall(name.rpartition("/")[2]))
    table = read_delimited(document)
    faults = [*table.refusals, *_name_faults(name, numbers)]
    if not table.refusals:
        faults += _header_faults(name, list(table.frame.columns))
    if faults:
        return refused("trade", *faults)
    years = {column: column for column in table.frame.columns if _YEAR.fullmatch(column)}
    partners = economy_codes(name, table.frame, economies, _NAMES, number="Code")
    is_group = partners.codes == GROUP
    listed = table.frame.assign(partner=partners.codes)[~is_group]
    long, wrong = wide_amounts(name, listed, years)
    faults = [*partners.refusals, *wrong] or [*_size_faults(name, long, len(listed))]
    number = numbers.pop()
    found = trade_rows(
        reporter="UZB",
        partner=long["partner"],
        flow=_FLOWS[number],
        product="TOTAL",
        period=long["period"],
        value=long["value"],
        unit="thousand USD",
        source="uz-stat",
        valuation="not stated",
        status="final",
        place=f"dataset {number}, code " + long["Code"].str.strip() + ", column " + long["column"],
        note=_UNIT_NOTE,
        row=long["row"],
    )
    found, repeated = without_repeats(name, "trade", found)
    if faults or repeated:
        return refused("trade", *faults, *repeated)
    passed = tuple(f"Left out: the group {group}." for group in partners.groups)
    return Reading("trade", found, edition=max(years), passed_over=passed)


def _name_faults(name: str, numbers: set[str]) -> Iterator[Refusal]:
    if len(numbers) != 1:
        reason = "does not tell exports from imports, nor does anything in the file"
        remedy = "Keep the agency's name: sdmx_data_1105.csv for exports, sdmx_data_1176.csv for imports."
        yield Refusal(name, 1, "file", name, reason, remedy)


def _header_faults(name: str, columns: list[str]) -> Iterator[Refusal]:
    remedy = f"The header is {', '.join(_HEADER)} and then the years."
    for column in _HEADER:
        if column not in columns:
            yield Refusal(name, 1, column, "", "is missing from the header", remedy)
    periods = [column for column in columns if column not in (*_HEADER, "row")]
    for column in periods:
        if not _YEAR.fullmatch(column):
            yield Refusal(name, 1, "header", column, "is neither a name nor a year", remedy)
    if not periods:
        yield Refusal(name, 1, "header", "", "names no year", remedy)


def _size_faults(name: str, long: pd.DataFrame, countries: int) -> Iterator[Refusal]:
    sums = long["value"].astype(float).groupby(long["period"]).sum()
    for year, total in sums.items():
        if total > _MOST or (countries >= _MANY and total < _LEAST):
            shown = f"{total:.1f}"
            reason = "is what the countries add up to, not the 1 to 500 bn USD of this trade"
            remedy = "Check the unit: the agency gives thousands of US dollars in these files."
            yield Refusal(name, 1, str(year), shown, reason, remedy)


UZ_STAT = Source(
    "uz-stat",
    "Uzbekistan's Statistics Agency, trade by country (sdmx_data_1105.csv, sdmx_data_1176.csv)",
    _recognises,
    _read,
)
