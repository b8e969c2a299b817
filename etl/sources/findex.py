"""The World Bank's Global Findex, country files: shares of adults by economy and survey year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

import pandas as pd

from etl.economies import Catalogue
from etl.formats.delimited import read_delimited
from etl.formats.document import Document
from etl.formats.first_records import first_records
from etl.refusals import Refusal
from etl.sources.findings import Findings
from etl.sources.reading import number_text, observation_rows, refused, without_repeats
from etl.sources.source import Reading, Source
from etl.sources.worldbank_series import scopes
from warehouse import periods

_TABLE = "observation"
_2021 = {
    "Account (% age 15+)": "account_ownership",
    "Made or received a digital payment (% age 15+)": "digital_payments_adults",
    "Made a digital payment (% age 15+)": "digital_payments_made",
    "Received digital payments (% age 15+)": "digital_payments_received",
    "Made a digital merchant payment (% age 15+)": "digital_merchant_payments",
}
_2025 = {
    "account_t_d": "account_ownership",
    "g20_any": "digital_payments_adults",
    "g20_made": "digital_payments_made",
    "g20_received": "digital_payments_received",
    "merchant_pay": "digital_merchant_payments",
}
_CUT = {
    "findex_account": "account_t_d",
    "findex_made_or_received_digital_payment": "g20_any",
    "findex_made_digital_payment": "g20_made",
    "findex_received_digital_payment": "g20_received",
    "findex_digital_merchant_payment": "merchant_pay",
}
"""What the cut of the 2025 edition to one column of figures calls the columns of the whole."""

_WIDE = Context(prec=60)
_AGAIN = "Take the country file of Global Findex from the publisher anew."


@dataclass(frozen=True)
class _Layout:
    """One form of the country file; `label` and `cell` are its columns if it has a row per figure."""

    source: str
    edition: str
    indicators: Mapping[str, str]
    name: str
    code: str
    year: str
    mark: str = ""
    """What follows every number ("15%"); without it a number is a percentage or a proportion."""
    is_proportion: bool = False
    label: str = ""
    cell: str = ""
    others: tuple[str, ...] = ()
    """Further columns that must be there; of `group`, only the rows of all adults are read."""

    @property
    def needed(self) -> frozenset[str]:
        """The columns without which a header is not of this layout."""
        columns = (self.name, self.code, self.year, self.label, self.cell, *self.others)
        return frozenset(filter(None, columns))


_OF_2021 = ("findex-2021", "2022", _2021, "Country name", "Country code", "Year")
_LAYOUTS = (
    _Layout(*_OF_2021, label="indicator", cell="value_pct"),
    _Layout(*_OF_2021, mark="%", others=("Account (% age 15+)",)),
    _Layout(
        "findex-2025",
        "2025-07",
        _2025,
        "countrynewwb",
        "codewb",
        "year",
        is_proportion=True,
        others=("group", "group2", "account_t_d"),
    ),
    _Layout(
        "findex-2025",
        "2025-07",
        {cut: _2025[column] for cut, column in _CUT.items()},
        "",
        "iso3",
        "year",
        is_proportion=True,
        label="indicator",
        cell="value",
    ),
)


def recognises(document: Document) -> bool:
    """Whether the header is of one of the editions."""
    header = next(iter(first_records(document)), [])
    layout = _layout(header)
    if layout is None:
        return False
    # The short header of the cut could be anybody's, its names of figures are its own.
    return bool(layout.name) or b",findex_" in document.content


def read(document: Document, economies: Catalogue) -> Reading:
    """Read the shares among all adults in percent; proportions are made percent exactly.

    Other columns, groups of the population, and the regions, whose members differ between the
    editions, are left out. `edition` is the one under which our own table keeps the figures.
    """
    name = document.name
    table = read_delimited(document)
    if table.refusals:
        return refused(_TABLE, *table.refusals)
    layout = _layout([str(column) for column in table.frame.columns])
    if layout is None:
        reason = "is the header of no edition of Global Findex known here: 2021 or 2025"
        value = ", ".join(map(str, table.frame.columns))
        return refused(_TABLE, Refusal(name, 1, "header", value[:200], reason, _AGAIN))
    findings = Findings(name, table.frame["row"])
    figures = _figures(findings, table.frame, layout, economies)
    values = {cell: _percent(cell, layout) for cell in figures["cell"].unique()}
    is_wrong = figures["cell"].map({cell: value is None for cell, value in values.items()})
    figures = figures.assign(value=figures["cell"].map(values))
    refusals = (*findings.refusals, *_cell_faults(name, figures[is_wrong.astype(bool)], layout))
    rows = _rows(figures[~is_wrong.astype(bool)], layout)
    rows, repeated = without_repeats(name, _TABLE, rows)
    refusals = (*refusals, *repeated, *_unit_faults(name, rows, layout))
    return Reading(_TABLE, rows, refusals, layout.edition, passed_over=findings.sentences())


def _layout(header: Sequence[str]) -> _Layout | None:
    columns = {cell.strip() for cell in header}
    return next((layout for layout in _LAYOUTS if layout.needed <= columns), None)


def _figures(
    findings: Findings, frame: pd.DataFrame, layout: _Layout, economies: Catalogue
) -> pd.DataFrame:
    """A row per filled cell that is kept: `scope`, `period`, `column`, `cell` and `row`."""
    code = frame[layout.code].str.strip()
    called = frame[layout.name].str.strip() if layout.name else code
    scope = scopes(findings, economies, code, called)
    period = frame[layout.year].str.strip()
    is_year = period.map(periods.is_year)
    findings.refuse(layout.year, frame[layout.year], ~is_year, "is not a year", _AGAIN)
    is_kept = scope != ""
    if "group" in layout.others:
        groups = frame["group"] + ": " + frame["group2"]
        findings.leave_out(groups, groups != "all: all", "rows of parts of the population")
        is_kept &= groups == "all: all"
    kept = frame.assign(scope=scope, period=period)[is_kept]
    if layout.label:
        label = kept[layout.label].str.strip()
        is_ours = label.isin(list(layout.indicators))
        findings.leave_out(label, ~is_ours, "rows of other indicators")
        found = kept.assign(column=label, cell=kept[layout.cell].str.strip())[is_ours]
        return found[found["cell"] != ""]
    known = [column for column in layout.indicators if column in frame]
    ours = {layout.name, layout.code, layout.year, *known, "group", "group2", "row"}
    others = pd.Series([str(column) for column in frame.columns if column not in ours], dtype="str")
    findings.leave_out(others, others != "", "other columns")
    cut = [kept.assign(column=column, cell=kept[column].str.strip()) for column in known]
    long = pd.concat(cut, ignore_index=True)
    return long[long["cell"] != ""]


def _percent(cell: str, layout: _Layout) -> str | None:
    """The percentage in a cell, or None where it is no number or lies outside 0 to 100."""
    if not cell.endswith(layout.mark):
        return None
    written = number_text(cell.removesuffix(layout.mark))
    if written is None:
        return None
    percent = _WIDE.scaleb(Decimal(written), 2) if layout.is_proportion else Decimal(written)
    if not 0 <= percent <= 100:
        return None
    return f"{percent:f}" if layout.is_proportion else written


def _cell_faults(name: str, wrong: pd.DataFrame, layout: _Layout) -> Iterator[Refusal]:
    expected = "a proportion from 0 to 1" if layout.is_proportion else "a percentage from 0 to 100"
    sign = " with its sign" if layout.mark else ""
    findings = Findings(name, wrong["row"])
    for column, cells in wrong["cell"].groupby(wrong["column"]):
        everywhere = pd.Series(data=True, index=cells.index)
        findings.refuse(str(column), cells, everywhere, f"is not {expected}{sign}", _AGAIN)
    yield from findings.refusals


def _unit_faults(name: str, rows: pd.DataFrame, layout: _Layout) -> Iterator[Refusal]:
    """Refuse a column of percentages that are proportions, which no single cell can show."""
    if layout.label and not layout.is_proportion and len(rows):
        greatest = max(rows["value"], key=Decimal)
        if Decimal(greatest) <= 1:
            reason = "is the greatest of all shares, so they are proportions and not percentages"
            yield Refusal(name, 1, layout.cell, greatest, reason, _AGAIN)


def _rows(figures: pd.DataFrame, layout: _Layout) -> pd.DataFrame:
    column = figures["column"].replace(_CUT)
    # The notes and places are those of our own table, so that equal figures are equal rows.
    group = ", group all" if layout.is_proportion else ""
    late = "fieldwork in 2022" if layout.source == "findex-2021" else ""
    note = figures["period"].map(lambda year: late if year == "2022" else "")
    return observation_rows(
        indicator=figures["column"].map(layout.indicators),
        scope=figures["scope"],
        period=figures["period"],
        value=figures["value"],
        unit="percent",
        status="final",
        source=layout.source,
        place="country file, column "
        + column
        + group
        + ", economy "
        + figures["scope"]
        + ", year "
        + figures["period"],
        note="published as a proportion" if layout.is_proportion else note,
        row=figures["row"],
    )


FINDEX_CSV = Source(
    "findex-csv", "World Bank Global Findex, editions 2021 and 2025, CSV", recognises, read
)
