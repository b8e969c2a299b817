"""The context of trade and its products against the public copies, cell by cell."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from etl import pipeline
from etl.formats.document import Document
from etl.sources.comtrade_csv import COMTRADE_CSV
from tests.data_folder import DATA, Row, read_rows

pytestmark = [pytest.mark.real_data, pytest.mark.slow]

ECONOMIES = {"AZE", "KAZ", "KGZ", "TUR", "UZB", "HUN", "TKM"}
NAMES = {"Kazakhstan", "Kyrgyzstan", "Turkey", "Uzbekistan", "Hungary", "Turkmenistan"}
SERIES = {
    "NE.EXP.GNFS.ZS": "exports_share_gdp",
    "NE.IMP.GNFS.ZS": "imports_share_gdp",
    "NY.GDP.DEFL.KD.ZG": "gdp_deflator_inflation",
}

Figure = tuple[str, str, str]
"""Indicator, economy and year."""


def _read(path: Path) -> list[Row]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def _published(real_data: Path) -> Iterator[tuple[Figure, str]]:
    organisation = real_data / "wdi-datasets-org"
    for indicator, name in (("gdp_usd", "gdp_current_usd"), ("population", "population")):
        for row in _read(organisation / f"{name}.csv"):
            yield (indicator, row["Country Code"], row["Year"]), row["Value"]
    for row in _read(real_data / "wdi-gapminder-sg" / "wdi_sg_ots_long.csv"):
        if row["wdi_code"] in SERIES:
            yield (SERIES[row["wdi_code"]], row["geo"].upper(), row["time"]), row["value"]
    for row in _read(real_data / "wdi-lpi" / "lpi_overall.csv"):
        yield ("logistics_performance", row["geo"].upper(), row["time"]), row["lp_lpi_ovrl_xq"]


def _ours(source: str) -> dict[Figure, Row]:
    rows = read_rows(DATA / "figures" / "observations" / "wdi.csv")
    of_source = [row for row in rows if row["source"] == source and row["scope"] in ECONOMIES]
    found = {(row["indicator"], row["scope"], row["period"]): row for row in of_source}
    assert len(found) == len(of_source)
    return found


def test_context_equals_the_copies(real_data: Path):
    """Every figure of the seven economies, none else, and each to its last digit."""
    theirs = {key: value for key, value in _published(real_data) if key[1] in ECONOMIES and value}
    ours = _ours("wdi")
    assert set(ours) == set(theirs)
    for key, row in ours.items():
        assert Decimal(row["value"]) == Decimal(theirs[key]), row
        assert row["status"] == "final"


def test_what_was_computed_says_so_and_stands_apart(real_data: Path):
    """The product of no publication: another source, `derived`, in whole millions of dollars."""
    name = "derived_gdp_exports_imports_usd.csv"
    theirs = {
        ("gdp_usd", row["iso3"], row["year"]): Decimal(row["gdp_current_usd_derived"]) / 10**6
        for row in _read(real_data / "wdi-gapminder-sg" / name)
        if row["iso3"] in ECONOMIES
    }
    ours = _ours("systema-globalis")
    assert set(ours) == set(theirs)
    for key, row in ours.items():
        assert (row["unit"], row["status"]) == ("million USD", "derived")
        assert Decimal(row["value"]) == round(theirs[key]), row


def test_the_deflator_of_the_dollar_equals_the_databank(real_data: Path):
    """By another copy of the series, which holds 2011–2022."""
    path = real_data / "trade-wdi-databank-2011-2022" / "WDI_databank_14series_2011_2022.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        (theirs,) = (
            row
            for row in csv.DictReader(file)
            if (row["Country Code"], row["Series Code"]) == ("USA", "NY.GDP.DEFL.KD.ZG")
        )
    rows = read_rows(DATA / "figures" / "observations" / "wdi.csv")
    ours = {row["period"]: row["value"] for row in rows if row["scope"] == "USA"}
    assert sorted(ours) == [str(year) for year in range(1995, 2024)]
    for year in range(2011, 2023):
        assert Decimal(ours[str(year)]) == Decimal(theirs[f"{year} [YR{year}]"])


def _records(real_data: Path) -> tuple[bytes, list[str]]:
    """The records of Azerbaijan with our partners since 2010, and the key of each."""
    path = real_data / "trade-comtrade-hs2-23-reporters" / "subset_partner_ots7.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        header, *records = csv.reader(file)
    kept = [
        (year, flow, reporter, partner, *rest)
        for year, flow, reporter, partner, *rest in records
        if reporter == "Azerbaijan" and partner in NAMES and year >= "2010"
        if flow in {"Export", "Import"}
    ]
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows([header, *kept])
    keys = [
        f"record year {year}, flow {flow}, reporter {reporter}, partner {partner},"
        f" cmdCode {int(float(rest[0])):02}"
        for year, flow, reporter, partner, *rest in kept
    ]
    return lines.getvalue().encode(), keys


def test_chapters_equal_what_the_reader_makes_of_the_records(real_data: Path):
    """Azerbaijan's chapters with six partners: all of them, as `etl add` would read them."""
    content, keys = _records(real_data)
    catalogue = pipeline.library(DATA).catalogue
    reading = COMTRADE_CSV.read(Document("records.csv", content), catalogue)
    assert not reading.refusals
    columns = ["reporter", "partner", "flow", "product", "classification", "period", "value"]
    columns += ["unit", "source", "valuation", "status"]
    theirs = {
        key: {**row, "value": f"{Decimal(row['value']):f}".removesuffix(".0")}
        for key, row in zip(keys, reading.rows[columns].to_dict("records"), strict=True)
    }
    ours = {
        row["place"]: {column: row[column] for column in columns}
        for row in read_rows(DATA / "figures" / "trade" / "comtrade.csv")
    }
    assert ours == theirs
