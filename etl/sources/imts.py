"""The International Monetary Fund's merchandise trade by partner (IMTS), as its data portal saves it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from etl.economies import WORLD, Economies
from etl.formats.delimited import read_delimited
from etl.formats.document import Document
from etl.formats.first_records import first_records
from etl.refusals import Refusal, rows
from etl.sources.economy_codes import economy_codes
from etl.sources.reading import refuse_cells, refused, trade_rows, wide_amounts, without_repeats
from etl.sources.source import Reading, Source
from etl.sources.verdict import GROUP

_SERIES = {
    "XG_FOB_USD": ("export", "FOB"),
    "MG_CIF_USD": ("import", "CIF"),
    "MG_FOB_USD": ("import", "FOB"),
}
"""Flow and valuation of the Fund's indicators of trade in US dollars."""

_UNITS = {"0": "USD", "3": "thousand USD", "6": "million USD"}
"""The power of ten in SCALE.ID, as our tables write the unit."""

_SCALES = {"0": "Units", "3": "Thousands", "6": "Millions"}

_COLUMNS = (
    "DATASET",
    "SERIES_CODE",
    "OBS_MEASURE",
    "COUNTRY.ID",
    "COUNTRY",
    "INDICATOR.ID",
    "COUNTERPART_COUNTRY.ID",
    "COUNTERPART_COUNTRY",
    "FREQUENCY.ID",
    "SCALE.ID",
)
_OTHERS = ("INDICATOR", "FREQUENCY", "SCALE", "TRADE_FLOW.ID", "TRADE_FLOW")
_PERIOD = re.compile(r"((?:19|20)[0-9]{2})(?:-M(0[1-9]|1[0-2])|-Q([1-4]))?")
_BALANCE = "TBG_USD"
_CIF, _FOB = "MG_CIF_USD", "MG_FOB_USD"
_TWICE = "TX910"
"""The Fund's "Other Countries n.i.e.": economies that it also lists one by one (Cuba is one), so
that without it the partners add up to the world to the last digit, and with it to up to 0.1 % more."""

_MANY = 150
_SLACK = 1e-9
"""Of the world's trade; the partners of the Fund's files make it exactly, but for the noise of floats."""

_SAVE_AGAIN = "Save the table of the data set IMTS from the Fund's data portal anew, as CSV."


def _recognises(document: Document) -> bool:
    header = next(iter(first_records(document)), [])
    return {"DATASET", "COUNTERPART_COUNTRY.ID", "INDICATOR.ID"} <= {
        cell.strip() for cell in header
    }


def _read(document: Document, economies: Economies) -> Reading:
    """Read exports FOB and imports in the unit that SCALE.ID states; G001 is the world.

    Groups of economies, the balance, and imports FOB of who also has them CIF are left out, with a
    count. Quarters are spans of months.
    """
    name = document.name
    table = read_delimited(document)
    faults = [*table.refusals] or [*_header_faults(name, list(table.frame.columns))]
    if faults:
        return refused("trade", *faults)
    is_balance = table.frame["INDICATOR.ID"].str.strip() == _BALANCE
    frame = table.frame[~is_balance]
    faults = [*_series_faults(name, frame)]
    reporters = economy_codes(name, frame, economies, ("COUNTRY.ID", "COUNTRY"))
    partners = economy_codes(
        name, frame, economies, ("COUNTERPART_COUNTRY.ID", "COUNTERPART_COUNTRY")
    )
    is_twice = frame["COUNTERPART_COUNTRY.ID"].str.strip() == _TWICE
    is_group = (reporters.codes == GROUP) | (partners.codes == GROUP)
    is_beside = _is_beside_cif(frame)
    is_out = is_group | is_twice | is_beside
    listed = frame.assign(reporter=reporters.codes, partner=partners.codes)[~is_out]
    long, wrong = wide_amounts(name, listed, _periods(frame))
    faults += [*reporters.refusals, *partners.refusals, *wrong]
    if faults:
        return refused("trade", *faults)
    found, repeated = without_repeats(name, "trade", _rows(long))
    faults = [*_frequency_faults(name, long), *repeated] or [*_world_faults(name, found)]
    if faults:
        return refused("trade", *faults)
    groups = ", ".join(sorted({*reporters.groups, *partners.groups}))
    left_out = {
        f"groups of economies ({groups})": int(is_group.sum()),
        "Other Countries n.i.e., which are also listed one by one": int(is_twice.sum()),
        "imports FOB, which are also there CIF": int(is_beside.sum()),
        "the balance of trade": int(is_balance.sum()),
    }
    passed = (f"Left out: {count} series of {what}." for what, count in left_out.items() if count)
    return Reading("trade", found, passed_over=tuple(passed))


def _is_beside_cif(frame: pd.DataFrame) -> pd.Series:
    """Which series are the second valuation of imports: one flow has one figure."""
    series, reporter = frame["INDICATOR.ID"].str.strip(), frame["COUNTRY.ID"].str.strip()
    return (series == _FOB) & reporter.isin(reporter[series == _CIF])


def _rows(long: pd.DataFrame) -> pd.DataFrame:
    series = long["INDICATOR.ID"].str.strip()
    return trade_rows(
        reporter=long["reporter"],
        partner=long["partner"],
        flow=series.map({code: flow for code, (flow, _) in _SERIES.items()}),
        product="TOTAL",
        period=long["period"],
        value=long["value"],
        unit=long["SCALE.ID"].str.strip().map(_UNITS),
        source="imf-imts",
        valuation=series.map({code: valuation for code, (_, valuation) in _SERIES.items()}),
        status="final",
        place="series " + long["SERIES_CODE"].str.strip() + ", column " + long["column"],
        row=long["row"],
    )


def _periods(frame: pd.DataFrame) -> dict[str, str]:
    """Columns such as 2024, 2024-M01 and 2024-Q1, with their periods as our tables write them."""
    periods = {}
    for column in frame.columns:
        match = _PERIOD.fullmatch(column)
        if match:
            year, month, quarter = match.groups()
            last = int(quarter or 0) * 3
            span = f"{year}-{last - 2:02}/{year}-{last:02}" if quarter else year
            periods[column] = f"{year}-{month}" if month else span
    return periods


def _header_faults(name: str, columns: list[str]) -> Iterator[Refusal]:
    for column in _COLUMNS:
        if column not in columns:
            yield Refusal(name, 1, column, "", "is missing from the header", _SAVE_AGAIN)
    periods = [column for column in columns if column not in (*_COLUMNS, *_OTHERS, "row")]
    for column in periods:
        if not _PERIOD.fullmatch(column):
            reason = "is neither a column of IMTS nor a year, a month (2024-M01) or a quarter"
            yield Refusal(name, 1, "header", column, reason, _SAVE_AGAIN)
    if not periods:
        yield Refusal(name, 1, "header", "", "names no period", _SAVE_AGAIN)


def _series_faults(name: str, frame: pd.DataFrame) -> Iterator[Refusal]:
    """Refuse what is no trade in US dollars, and columns that contradict each other."""
    cells = {column: frame[column].str.strip() for column in frame.columns if column != "row"}
    parts = ("INDICATOR.ID", "COUNTERPART_COUNTRY.ID", "FREQUENCY.ID")
    key = cells["COUNTRY.ID"].str.cat(pd.DataFrame(cells)[list(parts)], sep=".")
    scale, flow = cells["SCALE.ID"].map(_SCALES), cells["INDICATOR.ID"].str[:2]
    checks = (
        ("DATASET", cells["DATASET"].str.startswith("IMF.STA:IMTS("), "is not the data set IMTS"),
        ("OBS_MEASURE", cells["OBS_MEASURE"] == "OBS_VALUE", "is no measure of values"),
        ("INDICATOR.ID", cells["INDICATOR.ID"].isin(list(_SERIES)), "is no trade in US dollars"),
        ("SCALE.ID", cells["SCALE.ID"].isin(list(_UNITS)), "is no power of ten known here"),
        ("SCALE", cells.get("SCALE", scale) == scale, "contradicts SCALE.ID"),
        ("TRADE_FLOW.ID", cells.get("TRADE_FLOW.ID", flow) == flow, "contradicts INDICATOR.ID"),
        ("FREQUENCY.ID", cells["FREQUENCY.ID"].isin(["A", "Q", "M"]), "is no frequency known here"),
        ("SERIES_CODE", cells["SERIES_CODE"] == key, "is not the key that the columns make"),
    )
    for column, holds, reason in checks:
        wrong = cells.get(column, scale)[~holds]
        if len(wrong):
            yield from refuse_cells(
                name, wrong, frame["row"], field=column, reason=reason, remedy=_SAVE_AGAIN
            )


def _frequency_faults(name: str, long: pd.DataFrame) -> Iterator[Refusal]:
    """Refuse a figure that stands in the column of a period of another length."""
    part = long["column"].str.extract(_PERIOD)
    frequency = part[1].notna().map({True: "M", False: "A"}).mask(part[2].notna(), "Q")
    wrong = long[long["FREQUENCY.ID"].str.strip() != frequency]
    if len(wrong):
        yield from refuse_cells(
            name,
            wrong["column"],
            wrong["row"],
            field="FREQUENCY.ID",
            reason="is a period of another length than the series",
            remedy=_SAVE_AGAIN,
        )


def _world_faults(name: str, found: pd.DataFrame) -> Iterator[Refusal]:
    """Refuse a world that its partners exceed, or that a whole list of them does not reach."""
    usd = found.assign(usd=found["value"].astype(float))
    key = ["reporter", "flow", "valuation", "unit", "period"]
    world = usd[usd["partner"] == WORLD]
    listed = usd[usd["partner"] != WORLD]
    is_whole = listed.groupby(["reporter", "flow", "valuation"])["partner"].nunique() >= _MANY
    sums = world.join(listed.groupby(key)["usd"].sum().rename("sum"), on=key).dropna()
    sums = sums.join(is_whole.rename("is_whole"), on=["reporter", "flow", "valuation"])
    slack = sums["usd"] * _SLACK
    off = (sums["sum"] - sums["usd"] > slack) | (
        sums["is_whole"] & (sums["usd"] - sums["sum"] > slack)
    )
    for row in rows(sums[off]):
        where = f"{row['reporter']}, {row['flow']}, {row['period']}"
        reason = f"is the world's figure ({where}), but the partners add up to {row['sum']:.6f}"
        yield Refusal(name, row["row"], row["period"], row["value"], reason, _SAVE_AGAIN)


IMTS = Source(
    "imts-csv",
    "the International Monetary Fund's merchandise trade by partner (IMTS), saved as CSV",
    _recognises,
    _read,
)
