"""World Development Indicators: DataBank's exports and bulk tables, figures as they are written."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings

from etl.sources.wdi import WDI_CSV
from tests.etl.sources.answers import damaged, read, real_catalogue, recognises
from tests.tables import assert_table

_DATABANK = """\
Country Name,Country Code,Series Name,Series Code,2011 [YR2011],2012 [YR2012]
Kazakhstan,KAZ,GDP (current US$),NY.GDP.MKTP.CD,192626507971.584,..
Kazakhstan,KAZ,"Inflation, GDP deflator (annual %)",NY.GDP.DEFL.KD.ZG,-20.53,4.8
Turkiye,TUR,"Life expectancy at birth, total (years)",SP.DYN.LE00.IN,74,75
Euro area,EMU,GDP (current US$),NY.GDP.MKTP.CD,1,2
World,WLD,GDP (current US$),NY.GDP.MKTP.CD,1,2
,,,,,
,,,,,
Data from database: World Development Indicators,,,,,
Last Updated: 01/28/2025,,,,,
"""
_BULK = """\
"Data Source","World Development Indicators",

"Last Updated Date","2025-07-01",

"Country Name","Country Code","Indicator Name","Indicator Code","1960","1961",
"Kazakhstan","KAZ","Population, total","SP.POP.TOTL","","1.0E7",
"Turkiye","TUR","Population, total","SP.POP.TOTL","27510980","28255002",
"""


def test_an_export_of_databank():
    """Two dots are missing, a minus is a minus; the closing lines tell the day and are no rows."""
    reading = read(WDI_CSV, _DATABANK)
    assert_table(
        reading.rows.sort_values(["row", "period"]),
        """
        | indicator              | scope | period | value            | unit    | status | source | place                                      | row |
        | gdp_usd                | KAZ   | 2011   | 192626507971.584 | USD     | final  | wdi    | series NY.GDP.MKTP.CD, economy KAZ, 2011    | 2   |
        | gdp_deflator_inflation | KAZ   | 2011   | -20.53           | percent | final  | wdi    | series NY.GDP.DEFL.KD.ZG, economy KAZ, 2011 | 3   |
        | gdp_deflator_inflation | KAZ   | 2012   | 4.8              | percent | final  | wdi    | series NY.GDP.DEFL.KD.ZG, economy KAZ, 2012 | 3   |
        """,
    )
    assert (reading.edition, reading.refusals) == ("2025-01-28", ())
    assert [words.partition(",")[0] for words in reading.passed_over] == [
        "Left out: rows of series without an indicator here",
        "Left out: rows of groups in Country Code",
        "Left out: rows of the world",
    ]


def test_closing_lines_without_commas():
    """The export proper has closing lines of one cell."""
    plain = "\n".join(line.rstrip(",") for line in _DATABANK.splitlines())
    assert read(WDI_CSV, plain).rows.equals(read(WDI_CSV, _DATABANK).rows)


def test_a_bulk_table():
    """Lines above the header give the day; the comma at every line's end is no column."""
    reading = read(WDI_CSV, "\ufeff" + _BULK)
    assert_table(
        reading.rows.sort_values("row"),
        """
        | indicator  | scope | period | value    | unit    | row |
        | population | KAZ   | 1961   | 10000000 | persons | 6   |
        | population | TUR   | 1960   | 27510980 | persons | 7   |
        | population | TUR   | 1961   | 28255002 | persons | 7   |
        """,
    )
    assert (reading.edition, reading.refusals) == ("2025-07-01", ())


@pytest.mark.parametrize(
    ("was", "becomes", "field", "reason"),
    [
        ("Last Updated", "Last", "file", "lacks the line “Last Updated: …”"),
        ("2012 [YR2012]", "2012 [YR2013]", "header", "is neither a year nor a name"),
        ("Kazakhstan,KAZ,GDP", "Uzbekistan,KAZ,GDP", "Country Code", "is the name or the code of"),
        ("Kazakhstan,KAZ,GDP", "Quux,QQQ,GDP", "Country Code", "is no economy known here"),
        ("192626507971.584", "192 626", "2011 [YR2011]", "is not a number"),
        ("KAZ,GDP (current US$)", "KAZ,GDP (current LCU)", "Series Code", "does not say"),
        ("NY.GDP.MKTP.CD,192", "GDP,192", "Series Code", "is no code of a series"),
        ("KAZ,GDP (current US$),", "KAZ,", "row", "has 5 cells where the header has 6"),
        ("Country Code", "Code", "header", "has no header with Country Code"),
    ],
)
def test_what_is_not_understood_is_refused(was, becomes, field, reason):
    """A changed header, unit, economy, number or end of the table is named."""
    (refusal,) = read(WDI_CSV, _DATABANK.replace(was, becomes, 1)).refusals
    assert refusal.field == field
    assert refusal.reason.startswith(reason)


def test_years_out_of_order_are_refused():
    """A header whose years jump back and forth has slipped from its columns."""
    jumps = _BULK.replace('"1960","1961"', '"1960","1962","1961"').replace('7",', '7","",')
    (refusal,) = read(WDI_CSV, jumps.replace('980"', '980",""')).refusals
    assert refusal.reason == "has years out of order"


def test_it_is_known_by_its_header():
    """The header is found below the lines above it."""
    assert recognises(WDI_CSV, _DATABANK.encode())
    assert recognises(WDI_CSV, _BULK.encode())
    assert not recognises(WDI_CSV, b"Country Name,Country Code,Year,Value\n")


@pytest.mark.slow
@settings(max_examples=100)
@given(damaged(_DATABANK.encode()) | damaged(_BULK.encode()))
def test_damaged_tables_never_raise(content):
    """Bytes changed anywhere give rows in their layout or refusals."""
    recognises(WDI_CSV, content)
    read(WDI_CSV, content)


def test_the_real_export(real_data: Path):
    """Every filled cell of the six series that we keep, of 217 economies, comes back unchanged."""
    file = real_data / "trade-wdi-databank-2011-2022" / "WDI_databank_14series_2011_2022.csv.gz"
    content = gzip.decompress(file.read_bytes())
    reading = read(WDI_CSV, content, real_catalogue())
    assert (reading.edition, reading.refusals) == ("2025-01-28", ())
    series = {place.split(",")[0].removeprefix("series ") for place in reading.rows["place"]}
    expected = {
        (row["Series Code"], column[:4], row[column])
        for row in csv.DictReader(content.decode("utf-8-sig").splitlines())
        for column in list(row)[4:]
        if row["Series Code"] in series and row[column] != ".."
    }
    found = reading.rows.assign(series=reading.rows["place"].str.extract("series (.*), economy")[0])
    assert set(found[["series", "period", "value"]].itertuples(index=False, name=None)) == expected
    assert (len(series), len(found), found["scope"].nunique()) == (6, 14296, 217)
