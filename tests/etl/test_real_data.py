"""Our figures against the publishers' own files, cell by cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.data_folder import DATA, Row, read_rows

pytestmark = [pytest.mark.real_data, pytest.mark.slow]

OTS = {"KAZ", "AZE", "KGZ", "TUR", "UZB", "HUN", "TKM"}
PARTNERS = (OTS - {"KAZ"}) | {"WLD"}
COLUMN_OF_FLOW = {"turnover": "turnover_kusd", "export": "exports_kusd", "import": "imports_kusd"}

Flow = tuple[str, str, str]
"""Partner, flow and year."""


def _read(path: Path) -> list[Row]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def _ours(name: str) -> list[Row]:
    return read_rows(DATA / "figures" / "trade" / f"{name}.csv")


def _by_flow(rows: list[Row]) -> dict[Flow, Decimal]:
    """Values by partner, flow and year, as written; each stands once."""
    found = {(row["partner"], row["flow"], row["period"]): Decimal(row["value"]) for row in rows}
    assert len(found) == len(rows)
    return found


def test_wits_cell_by_cell(real_data: Path):
    """Kazakhstan's reports to UN Comtrade as WITS gives them, 1995–2023: all of them, nothing else."""
    theirs = _read(real_data / "trade-wits-kaz-reporter" / "wits_kaz_reporter_1995_2023.csv")
    assert _by_flow(_ours("wits")) == {
        (row["partner"], row["flow"], row["year"]): Decimal(row["value_kusd"])
        for row in theirs
        if row["partner"] in PARTNERS
    }


@pytest.fixture(scope="module")
def sheets(real_data: Path) -> list[Row]:
    """Every row of every sheet of the Bureau's workbooks."""
    return _read(real_data / "trade-kz-bns-by-country" / "kz_bns_by_country_all_vintages.csv")


def test_the_bureau_cell_by_cell_in_every_vintage(sheets: list[Row]):
    """Every sheet of every workbook, at the sheet, row and column that we name as the place."""
    theirs = {}
    for row in sheets:
        if row["iso3"] in PARTNERS:
            vintage = re.findall(r"\d{4}", row["source_file"])[-1]
            for flow, column in COLUMN_OF_FLOW.items():
                place = f"workbook of {vintage}, sheet {row['sheet']}, row {row['sheet_row']}"
                theirs[row["iso3"], flow, row["year"], vintage, place] = Decimal(row[column])
    ours = {}
    for row in _ours("kz-bns"):
        if row["vintage"] <= "2023":
            place, _, column = row["place"].rpartition(", column ")
            assert column == {"turnover": "B", "export": "D", "import": "F"}[row["flow"]]
            key = (row["partner"], row["flow"], row["period"], row["vintage"], place)
            ours[key] = Decimal(row["value"])
    assert ours == theirs


def test_the_bureau_of_2024_and_2025_against_the_panel(real_data: Path):
    """The newest edition rounds to the six digits of the panel, in every cell both have."""
    panel = _read(real_data / "trade-kaz-panel-bns-2020-2025" / "kaz_panel_bns_2020_2025.csv")
    ours = {
        (row["partner"], row["flow"], row["period"]): _millions(row)
        for row in _ours("kz-bns")
        if row["vintage"] > "2023" and row["flow"] != "turnover" and row["partner"] != "WLD"
    }
    theirs = {
        (row["partner"], flow, row["year"]): Decimal(row[f"{flow}s_musd"])
        for row in panel
        for flow in ("export", "import")
        if row["year"] in {"2024", "2025"}
    }
    assert ours.keys() == theirs.keys()
    assert {key: _six_digits(value) for key, value in ours.items()} == {
        key: _six_digits(value) for key, value in theirs.items()
    }


def test_the_bureau_of_2020_to_2023_against_the_panel(real_data: Path):
    """The panel repeats the workbooks: an independent reading of the same cells."""
    newest = {
        (row["partner"], row["flow"], row["period"]): _six_digits(_millions(row))
        for row in sorted(_ours("kz-bns"), key=lambda row: row["vintage"])
    }
    panel = _read(real_data / "trade-kaz-panel-bns-2020-2025" / "kaz_panel_bns_2020_2025.csv")
    for row in panel:
        for flow in ("export", "import"):
            theirs = Decimal(row[f"{flow}s_musd"])
            assert newest[row["partner"], flow, row["year"]] == _six_digits(theirs), row


def _millions(row: Row) -> Decimal:
    return Decimal(row["value"]) / {"thousand USD": 1000, "million USD": 1}[row["unit"]]


def _six_digits(value: Decimal) -> Decimal:
    return Decimal(f"{value:.5e}").normalize()


def test_the_countries_of_every_sheet_add_up_to_its_printed_total(sheets: list[Row]):
    """No country is missing and none is counted twice, in any sheet the Bureau published."""
    by_sheet: dict[tuple[str, str], list[Row]] = {}
    for row in sheets:
        by_sheet.setdefault((row["source_file"], row["sheet"]), []).append(row)
    assert len(by_sheet) >= 8
    for (file, sheet), rows in by_sheet.items():
        for column in COLUMN_OF_FLOW.values():
            (printed,) = (Decimal(row[column]) for row in rows if row["iso3"] == "WLD")
            countries = sum(
                Decimal(row[column] or 0) for row in rows if row["iso3"] not in {"", "WLD"}
            )
            assert abs(countries - printed) < 1, (file, sheet, column)


def test_kyrgyz_statistics_cell_by_cell(real_data: Path):
    """By the row and column of the table that we name as the place."""
    theirs = {
        (row["flow"], row["sheet_row"], row["year"]): row
        for row in _read(real_data / "trade-kg-nsc-by-country" / "kg_nsc_by_country_long.csv")
    }
    table_of = {"export": "4.03.00.18", "import": "4.03.00.20"}
    names = {}
    for row in _ours("kg-nsc"):
        found = re.fullmatch(r"table (\S+), row (\d+), column (\d{4})", row["place"])
        assert found is not None, row
        assert (found[1], found[3]) == (table_of[row["flow"]], row["period"])
        cell = theirs[row["flow"], found[2], row["period"]]
        # The workbook keeps binary fractions: 447046.316 stands there as 447046.31599999993.
        assert Decimal(row["value"]) == round(Decimal(cell["value_kusd"]), 6).normalize(), row
        names.setdefault(row["partner"], set()).add(cell["name_ru"].strip())
    assert all(len(spelt) == 1 for spelt in names.values()), names
    assert names["WLD"] == {"Всего"}
    assert names["KAZ"] == {"Казахстан"}


def test_no_kyrgyz_cell_of_our_partners_is_left_out(real_data: Path):
    """As many years of each row as the publisher filled since 1995."""
    filled = {
        (row["flow"], row["sheet_row"], row["year"])
        for row in _read(real_data / "trade-kg-nsc-by-country" / "kg_nsc_by_country_long.csv")
        if row["value_kusd"] and row["year"] >= "1995"
    }
    ours = {
        (row["flow"], row["place"].split(", row ")[1].split(",")[0], row["period"])
        for row in _ours("kg-nsc")
    }
    of_our_rows = {(flow, number) for flow, number, _year in ours}
    assert ours == {cell for cell in filled if cell[:2] in of_our_rows}


def test_uzbek_statistics_cell_by_cell(real_data: Path):
    """By the country's code and the year of the dataset that we name as the place."""
    theirs = {
        (row["flow"], row["Code"].zfill(3), row["year"]): row["value_kusd"]
        for row in _read(real_data / "trade-uz-stat-by-country" / "uz_stat_by_country_long.csv")
    }
    codes = {row["code"]: row["m49"] for row in read_rows(DATA / "catalog" / "economies.csv")}
    dataset_of = {"export": "1105", "import": "1176"}
    ours = _ours("uz-stat")
    for row in ours:
        code = codes[row["partner"]]
        assert row["place"] == (
            f"dataset {dataset_of[row['flow']]}, code {code}, column {row['period']}"
        )
        assert Decimal(row["value"]) == Decimal(theirs[row["flow"], code, row["period"]]), row
    used = {codes[row["partner"]] for row in ours}
    assert len(ours) == sum(1 for _flow, code, _year in theirs if code in used)


def _findex(real_data: Path) -> Iterator[tuple[tuple[str, str, str, str], Decimal]]:
    """Edition, column, economy and year of every figure in percent, as each edition prints it."""
    for row in _read(real_data / "findex-2021-edition" / "findex2021_ots_wide.csv"):
        for column, value in row.items():
            if value and value.endswith("%"):
                key = ("findex-2021", column, row["Country code"], row["Year"])
                yield key, Decimal(value.rstrip("%"))
    edition = real_data / "findex-2025-edition"
    for row in _read(edition / "findex2025_ots_35col.csv"):
        if (row["group"], row["group2"]) == ("all", "all") and row["account_t_d"]:
            key = ("findex-2025", "account_t_d", row["codewb"], row["year"])
            yield key, Decimal(row["account_t_d"]) * 100
    for row in _read(edition / "findex2025_digital_payments_2024.csv"):
        key = ("findex-2025", row["indicator"], row["iso3"], row["year"])
        yield key, Decimal(row["value"]) * 100


COLUMN_OF_2024 = {
    "g20_any": "findex_made_or_received_digital_payment",
    "g20_made": "findex_made_digital_payment",
    "g20_received": "findex_received_digital_payment",
    "merchant_pay": "findex_digital_merchant_payment",
    "account_t_d": "findex_account",
}


def test_findex_equals_its_editions(real_data: Path):
    """Every figure stands in its edition's file, in the column, economy and year of its place."""
    theirs = dict(_findex(real_data))
    ours = [
        row
        for row in read_rows(DATA / "figures" / "observations" / "digital.csv")
        if row["source"].startswith("findex")
    ]
    assert len(ours) >= 120
    for row in ours:
        place = re.fullmatch(
            r"country file, column (.+?)(?:, group all)?, economy (\w{3}), year (\d{4})",
            row["place"],
        )
        assert place is not None, row
        column, economy, year = place.groups()
        assert (economy, year) == (row["scope"], row["period"])
        # The file of 2024 alone gives more digits than the file of all years.
        finer = theirs.get((row["source"], COLUMN_OF_2024.get(column, ""), economy, year))
        coarser = theirs.get((row["source"], column, economy, year))
        assert Decimal(row["value"]) == (coarser if finer is None else finer), row


COLLECTED = ("corridor", "digital", "targets")
FACTORS = {"USD": (1, 10**6, 10**9), "kt": (1, 1000), "TEU": (1, 1000)}


def _numbers(text: str) -> set[Decimal]:
    """Every number of a text, a comma read as a mark of thousands."""
    found = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)
    return {Decimal(number.replace(",", "")) for number in found}


def test_what_was_read_from_pages_equals_the_collection(real_data: Path):
    """Days, tonnes, boxes, shares and targets: each number stands with its page in the collection."""
    by_url: dict[str, set[Decimal]] = {}
    for name in COLLECTED:
        for row in _read(real_data / "figures" / f"{name}.csv"):
            numbers = _numbers(f"{row['value']} {row['note']}")
            by_url.setdefault(row["source_url"], set()).update(numbers)
    sources = read_rows(*(DATA / "catalog" / "sources").glob("*.csv"))
    url_of = {row["id"]: row["url"] for row in sources}

    ours = read_rows(
        *(DATA / "figures" / "observations").glob("*.csv"), DATA / "statements" / "targets.csv"
    )
    collected = [row for row in ours if url_of[row["source"]] in by_url]
    assert len(collected) >= 180
    for row in collected:
        stated = by_url[url_of[row["source"]]]
        for name in ("value", "low", "high"):
            if row[name]:
                factors = FACTORS.get(row["unit"], (1,))
                assert stated & {Decimal(row[name]) / factor for factor in factors}, row
