"""The World Bank's World Development Indicators as CSV: DataBank's exports and the bulk tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from etl.economies import Catalogue
from etl.formats.delimited import read_delimited
from etl.formats.document import Document
from etl.formats.first_records import first_records
from etl.refusals import Refusal
from etl.sources.findings import Findings
from etl.sources.reading import number_texts, observation_rows, refused, without_repeats
from etl.sources.source import Reading, Source
from etl.sources.worldbank_series import INDICATORS, UNITS, check_series, scopes
from warehouse import periods

_TABLE = "observation"
_COUNTRY = ("Country Name", "Country Code")
_SERIES = (("Series Name", "Series Code"), ("Indicator Name", "Indicator Code"))
_ABOVE = 8
"""How many lines may stand above the header: the source and the day of its last update."""

_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?: \[YR\1\])?")
_UPDATED = re.compile(r"Last Updated(?: Date)?\W+(?:([0-9]{2})/([0-9]{2})/([0-9]{4})|([0-9-]{10}))")
_MISSING = ("", "..")
_AGAIN = "Export the table from the World Bank's DataBank anew, as CSV, with its closing lines."


@dataclass(frozen=True)
class _Layout:
    """Where the header stands, what it calls a series, and the words above it."""

    header_row: int
    name: str
    code: str
    above: str

    @property
    def is_databank(self) -> bool:
        return self.code == "Series Code"


def recognises(document: Document) -> bool:
    """Whether one of the first lines is the header of DataBank or of the bulk tables."""
    return _layout(first_records(document, _ABOVE)) is not None


def read(document: Document, economies: Catalogue) -> Reading:
    """Read a figure per series, economy and year; ".." is missing, values keep their digits.

    `edition` is the day that the table calls its last update. Refused are years out of order and a
    DataBank export without its closing lines, of which rows may be lost.
    """
    layout = _layout(first_records(document, _ABOVE))
    if layout is None:
        reason = "has no header with Country Code and Series Code or Indicator Code"
        return refused(_TABLE, Refusal(document.name, 1, "header", "", reason, _AGAIN))
    table = read_delimited(document, header_row=layout.header_row, has_closing=True)
    if table.refusals:
        return refused(_TABLE, *table.refusals)
    frame, closing = _without_closing(table.frame)
    edition = _edition(" ".join((layout.above, *closing, *table.closing)))
    columns = [str(column) for column in frame.columns if column != "row"]
    faults = [*_header_faults(document.name, layout, columns)]
    if layout.is_databank and not edition:
        reason = "lacks the line “Last Updated: …” at its end, so rows may be lost too"
        faults.append(Refusal(document.name, len(table.frame), "file", "", reason, _AGAIN))
    if faults:
        return refused(_TABLE, *faults)
    return _reading(document.name, frame, layout, economies, edition)


def _layout(records: Sequence[Sequence[str]]) -> _Layout | None:
    for number, record in enumerate(records, start=1):
        cells = [cell.strip() for cell in record]
        for name, code in _SERIES:
            if {*_COUNTRY, name, code} <= set(cells):
                above = " ".join(cell for line in records[: number - 1] for cell in line)
                return _Layout(number, name, code, above)
    return None


def _without_closing(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Part the closing lines, which are filled up with empty cells, from the rows above them."""
    others = frame.drop(columns=[_COUNTRY[0], "row"], errors="ignore")
    is_row = (others != "").any(axis=1)
    last = int(is_row[is_row].index.max()) + 1 if is_row.any() else 0
    return frame.iloc[:last], [cell for cell in frame[_COUNTRY[0]].iloc[last:] if cell]


def _edition(words: str) -> str:
    match = _UPDATED.search(words)
    if match is None:
        return ""
    month, day, year, date = match.groups()
    found = date or f"{year}-{month}-{day}"
    return found if periods.is_period(found) else ""


def _header_faults(name: str, layout: _Layout, columns: Sequence[str]) -> Iterator[Refusal]:
    row = layout.header_row
    years = []
    for column in columns:
        if match := _YEAR.fullmatch(column):
            years.append(match.group(1))
        elif column and column not in (*_COUNTRY, layout.name, layout.code):
            reason = "is neither a year nor a name or code of an economy or a series"
            yield Refusal(name, row, "header", column, reason, _AGAIN)
    if not years:
        yield Refusal(name, row, "header", "", "names no year", _AGAIN)
    if years not in (sorted(set(years)), sorted(set(years), reverse=True)):
        yield Refusal(name, row, "header", ", ".join(years), "has years out of order", _AGAIN)


def _reading(
    name: str, frame: pd.DataFrame, layout: _Layout, economies: Catalogue, edition: str
) -> Reading:
    findings = Findings(name, frame["row"])
    if "" in frame:
        # Every line of the bulk tables ends with a comma, so that they have a column of nothing.
        findings.refuse("", frame[""], frame[""] != "", "stands in a column without a name", _AGAIN)
    codes, names = (frame[column].str.strip() for column in (layout.code, layout.name))
    is_kept = check_series(findings, layout.code, codes, names)
    country, called = (frame[column].str.strip() for column in reversed(_COUNTRY))
    scope = scopes(findings, economies, country, called)
    kept = frame.assign(series=codes, scope=scope)[is_kept & (scope != "")]
    long = pd.concat([_of_year(findings, kept, column) for column in frame.columns])
    rows = observation_rows(
        indicator=long["series"].map(INDICATORS),
        scope=long["scope"],
        period=long["period"],
        value=long["value"],
        unit=long["series"].map(UNITS),
        status="final",
        source="wdi",
        place="series " + long["series"] + ", economy " + long["scope"] + ", " + long["period"],
        row=long["row"],
    )
    rows, repeated = without_repeats(name, _TABLE, rows)
    refusals = (*findings.refusals, *repeated)
    return Reading(_TABLE, rows, refusals, edition, passed_over=findings.sentences())


def _of_year(findings: Findings, frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The figures in one column; none where it is no column of figures."""
    match = _YEAR.fullmatch(column)
    found = frame[["series", "scope", "row"]]
    if match is None:
        return found.iloc[:0].assign(period="", value="")
    cells = frame[column].str.strip()
    value = number_texts(cells.mask(cells.isin(_MISSING), ""))
    findings.refuse(column, cells, value.isna(), "is not a number", _AGAIN)
    found = found.assign(period=match.group(1), value=value.fillna(""))
    return found[found["value"] != ""]


WDI_CSV = Source(
    "wdi-csv", "World Bank WDI: a DataBank export or a bulk table, CSV", recognises, read
)
