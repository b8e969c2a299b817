"""IMTS: trade by partner in the unit of SCALE.ID; groups left out, the world a control."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given

from etl.formats.document import Document
from etl.sources.imts import IMTS
from etl.sources.source import Reading
from tests.etl.sources.answers import CATALOGUE, assert_sound, damaged, real_catalogue
from tests.tables import assert_refusals, assert_table, cells

_NAMES = {"TUR": "Turkey", "UZB": "Uzbekistan", "G001": "World", "G163": "Euro area"}
_SERIES = {
    "XG_FOB_USD": "Exports of goods",
    "MG_CIF_USD": "Imports of goods",
    "MG_FOB_USD": "Imports of goods",
    "TBG_USD": "Balance",
}


def _table(text: str) -> str:
    """A file of the portal, of `| indicator | partner | frequency | periods… |`."""
    header, rows = cells(text)
    fixed = "DATASET SERIES_CODE OBS_MEASURE COUNTRY.ID COUNTRY INDICATOR.ID COUNTERPART_COUNTRY.ID"
    more = "COUNTERPART_COUNTRY FREQUENCY.ID SCALE.ID SCALE TRADE_FLOW.ID TRADE_FLOW"
    written = io.StringIO()
    file = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
    file.writerow([*fixed.split(), *more.split(), *header[3:]])
    for indicator, partner, frequency, *values in rows:
        key = f"KAZ.{indicator}.{partner}.{frequency}"
        who = ["IMF.STA:IMTS(1.0.0)", key, "OBS_VALUE", "KAZ", "Kazakhstan", indicator, partner]
        what = [_NAMES[partner], frequency, "6", "Millions", indicator[:2], _SERIES[indicator]]
        file.writerow([*who, *what, *values])
    return "\ufeff" + written.getvalue()


_YEARS = _table("""
    | indicator  | partner | frequency | 2020   | 2021     |
    | XG_FOB_USD | TUR     | A         | 10.5   | 0.00001  |
    | MG_CIF_USD | TUR     | A         | 3      |          |
    | XG_FOB_USD | G001    | A         | 20.125 | 0        |
    | XG_FOB_USD | G163    | A         | 7      | 8        |
    | TBG_USD    | TUR     | A         | -7.5   |          |
""").replace(',"0"\n', ',"0.00001"\n')


def _read(text: str) -> Reading:
    reading = IMTS.read(Document("a.csv", text.encode()), CATALOGUE)
    assert_sound(reading)
    return reading


def test_exports_and_imports_by_partner():
    """A blank is no row, G001 is the world; groups and the balance are counted, not kept."""
    reading = _read(_YEARS)
    assert_table(
        reading.rows,
        """
        | reporter | partner | flow   | product | period | value   | unit        | source   | valuation | status | place                                   | row |
        | KAZ      | TUR     | export | TOTAL   | 2020   | 10.5    | million USD | imf-imts | FOB       | final  | series KAZ.XG_FOB_USD.TUR.A, column 2020  | 2   |
        | KAZ      | TUR     | import | TOTAL   | 2020   | 3       | million USD | imf-imts | CIF       | final  | series KAZ.MG_CIF_USD.TUR.A, column 2020  | 3   |
        | KAZ      | WLD     | export | TOTAL   | 2020   | 20.125  | million USD | imf-imts | FOB       | final  | series KAZ.XG_FOB_USD.G001.A, column 2020 | 4   |
        | KAZ      | TUR     | export | TOTAL   | 2021   | 0.00001 | million USD | imf-imts | FOB       | final  | series KAZ.XG_FOB_USD.TUR.A, column 2021  | 2   |
        | KAZ      | WLD     | export | TOTAL   | 2021   | 0.00001 | million USD | imf-imts | FOB       | final  | series KAZ.XG_FOB_USD.G001.A, column 2021 | 4   |
        """,
    )
    assert reading.passed_over == (
        "Left out: 1 series of groups of economies (G163 Euro area).",
        "Left out: 1 series of the balance of trade.",
    )


def test_imports_of_two_valuations_are_read_once():
    """CIF where both are given, as importers report; FOB where that is all there is."""
    both = """
        | indicator  | partner | frequency | 2020 |
        | MG_CIF_USD | TUR     | A         | 106  |
        | MG_FOB_USD | TUR     | A         | 100  |
    """
    reading = _read(_table(both))
    assert_table(reading.rows, "| flow | value | valuation |\n| import | 106 | CIF |")
    assert reading.passed_over == ("Left out: 1 series of imports FOB, which are also there CIF.",)
    alone = _read(_table(both.replace("        | MG_CIF_USD | TUR     | A         | 106  |\n", "")))
    assert_table(alone.rows, "| flow | value | valuation |\n| import | 100 | FOB |")


def test_months_and_quarters():
    """A month is a month and a quarter the span of its months."""
    reading = _read(
        _table("""
            | indicator  | partner | frequency | 2024-M02 | 2024-Q4 |
            | XG_FOB_USD | TUR     | M         | 1        |         |
            | XG_FOB_USD | TUR     | Q         |          | 2       |
        """)
    )
    assert_table(reading.rows, "| period | value |\n| 2024-02 | 1 |\n| 2024-10/2024-12 | 2 |")


@pytest.mark.parametrize(
    ("old", "new", "row", "field"),
    [
        ("IMF.STA:IMTS(1.0.0)", "IMF.STA:BOP(1.0.0)", 2, "DATASET"),
        ("OBS_VALUE", "OBS_STATUS", 2, "OBS_MEASURE"),
        ('"6","Millions"', '"3","Millions"', 2, "SCALE"),
        ('"6","Millions"', '"9","Billions"', 2, "SCALE.ID"),
        ('"XG_FOB_USD","TUR"', '"MG_CIF_USD","TUR"', 2, "TRADE_FLOW.ID"),
        ('"XG_FOB_USD","TUR"', '"XG_FOB_USD","UZB"', 2, "SERIES_CODE"),
        ('"XG_FOB_USD"', '"XG_FOB_XDC"', 2, "INDICATOR.ID"),
        ('"TUR","Turkey","A"', '"TUR","Turkey","B"', 2, "FREQUENCY.ID"),
        ('"TUR","Turkey"', '"TUR","Uzbekistan"', 2, "COUNTERPART_COUNTRY.ID"),
        ('"KAZ","Kazakhstan"', '"KAZ","Uzbekistan"', 2, "COUNTRY.ID"),
        ('"10.5"', '"10,5"', 2, "2020"),
        ('"10.5"', '"20.5"', 4, "2020"),
        ('"2021"', '"2021-M13"', 1, "header"),
        ('"SCALE.ID"', '"SCALE.IDS"', 1, "SCALE.ID"),
    ],
)
def test_what_is_not_understood(old, new, row, field):
    """A cell that contradicts the others, or that the partners contradict, is refused."""
    refusals = _read(_YEARS.replace(old, new, 1)).refusals
    assert (row, field) in {(refusal.row, refusal.field) for refusal in refusals}


def test_a_figure_in_the_column_of_another_length():
    """A year's figure in the column of a month is refused."""
    text = _table("| indicator | partner | frequency | 2024-M02 |\n| XG_FOB_USD | TUR | A | 1 |")
    assert_refusals(
        _read(text).refusals, "| row | field | value |\n| 2 | FREQUENCY.ID | 2024-M02 |"
    )


@pytest.mark.slow
@given(damaged(_YEARS.encode()))
def test_no_bytes_raise(content):
    """Damaged bytes give rows in our layout or refusals."""
    document = Document("a.csv", content)
    IMTS.recognises(document)
    assert_sound(IMTS.read(document, CATALOGUE))


@pytest.fixture(scope="module")
def russia(real_data):
    """The Fund's own file."""
    return (real_data / "trade-imf-imts-russia" / "RU_trade.csv").read_bytes()


def test_the_funds_own_file(russia):
    """Every filled cell of an economy is a row, and the partners add up to the world exactly."""
    document = Document("RU_trade.csv", russia)
    assert IMTS.recognises(document)
    reading = IMTS.read(document, real_catalogue())
    assert reading.refusals == ()
    records = list(csv.DictReader(io.StringIO(russia.decode("utf-8-sig"))))
    left_out = ("G0", "G1", "G2", "G4", "G5", "G6", "G9", "GX", "TX910")
    kept = [
        record
        for record in records
        if record["COUNTERPART_COUNTRY.ID"] == "G001"
        or not record["COUNTERPART_COUNTRY.ID"].startswith(left_out)
    ]
    filled = [record[year] for record in kept for year in map(str, range(2016, 2025))]
    assert sum(map(bool, filled)) == len(reading.rows)
    value = reading.rows["value"].map(Decimal)
    assert sum((Decimal(cell) for cell in filled if cell), Decimal(0)) == pytest.approx(value.sum())
    of_uzbekistan = reading.rows[
        (reading.rows["partner"] == "UZB") & (reading.rows["flow"] == "export")
    ].set_index("period")
    assert round(float(of_uzbekistan["value"]["2022"])) == 6104


def test_no_dropped_row_goes_unseen(russia):
    """A partner taken out of the whole list is missed by the world's figure."""
    lines = russia.decode("utf-8-sig").splitlines()
    turkey = [line for line in lines if ".XG_FOB_USD.TUR.A" not in line]
    assert len(lines) == len(turkey) + 1
    reading = IMTS.read(Document("", "\n".join(turkey).encode()), real_catalogue())
    assert [str(year) for year in range(2016, 2025)] == sorted(
        refusal.field for refusal in reading.refusals
    )


@pytest.mark.slow
def test_no_swapped_columns_go_unseen(russia):
    """Two neighbouring columns exchanged under their headers give the same rows or refusals."""
    records = list(csv.reader(io.StringIO(russia.decode("utf-8-sig"))))
    catalogue = real_catalogue()
    whole = IMTS.read(Document("", russia), catalogue).rows
    for first, second in pairwise(range(15)):
        written = io.StringIO()
        spoilt = [list(record) for record in records]
        for record in spoilt[1:]:
            record[first], record[second] = record[second], record[first]
        csv.writer(written).writerows(spoilt)
        reading = IMTS.read(Document("", written.getvalue().encode()), catalogue)
        assert reading.refusals or reading.rows.equals(whole), records[0][first]
