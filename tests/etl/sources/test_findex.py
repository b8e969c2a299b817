"""Global Findex: four forms of the country file, one share of all adults in percent."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings

from etl.sources.findex import FINDEX_CSV
from tests.data_folder import DATA
from tests.etl.sources.answers import damaged, read, real_catalogue, recognises
from tests.tables import assert_table

_WIDE = """\
Country name,Country code,Year,Adult populaiton,Account (% age 15+),Made or received a digital payment (% age 15+)
Kazakhstan,KAZ,2021,13000000,81%,78%
Kazakhstan,KAZ,2011,12000000,42%,
Azerbaijan,AZE,2022,7000000,46%,40%
Europe & Central Asia,ECS,2021,7,90%,80%
World,WLD,2021,7,76%,64%
"""
_LONG = """\
Country name,Country code,Year,indicator,value_pct
Kazakhstan,KAZ,2021,Made or received a digital payment (% age 15+),78
Kazakhstan,KAZ,2021,Owns a debit card (% age 15+),77
"""
_2025 = """\
countrynewwb,codewb,year,pop_adult,group,group2,account_t_d,g20_any
Kazakhstan,KAZ,2024,7.0,all,all,0.870486447,0.850222245523327
Kazakhstan,KAZ,2021,7.0,all,all,1,
Kazakhstan,KAZ,2024,7.0,gender,women,0.9,0.9
World,WLD,2024,7.0,all,all,0.79,0.6
"""
_CUT = """\
iso3,year,indicator,value
KAZ,2024,findex_made_digital_payment,0.703933434478682
KAZ,2024,findex_saved_any,0.5
"""
_ALL = {"wide": _WIDE, "long": _LONG, "2025": _2025, "cut": _CUT}


def test_the_edition_of_2021():
    """Percentages with their sign; a survey made in 2022 says so; the regions are left out."""
    reading = read(FINDEX_CSV, _WIDE)
    assert_table(
        reading.rows.sort_values(["indicator", "row"]),
        """
        | indicator               | scope | period | value | unit    | status | source      | place                                                                                | note              |
        | account_ownership       | KAZ   | 2021   | 81    | percent | final  | findex-2021 | country file, column Account (% age 15+), economy KAZ, year 2021                        |                   |
        | account_ownership       | KAZ   | 2011   | 42    | percent | final  | findex-2021 | country file, column Account (% age 15+), economy KAZ, year 2011                        |                   |
        | account_ownership       | AZE   | 2022   | 46    | percent | final  | findex-2021 | country file, column Account (% age 15+), economy AZE, year 2022                        | fieldwork in 2022 |
        | digital_payments_adults | KAZ   | 2021   | 78    | percent | final  | findex-2021 | country file, column Made or received a digital payment (% age 15+), economy KAZ, year 2021 |                   |
        | digital_payments_adults | AZE   | 2022   | 40    | percent | final  | findex-2021 | country file, column Made or received a digital payment (% age 15+), economy AZE, year 2022 | fieldwork in 2022 |
        """,
    )
    assert (reading.edition, reading.refusals) == ("2022", ())
    assert reading.passed_over == (
        "Left out: rows of groups in Country code, 1 in all (ECS (Europe & Central Asia)).",
        "Left out: rows of the world, 1 in all (WLD).",
        "Left out: other columns, 1 in all (Adult populaiton).",
    )


def test_the_edition_of_2025():
    """Proportions become percent without a float; parts of the population are left out."""
    reading = read(FINDEX_CSV, _2025)
    assert_table(
        reading.rows.sort_values(["indicator", "row"]),
        """
        | indicator               | scope | period | value            | source      | place                                                              | note                      |
        | account_ownership       | KAZ   | 2024   | 87.0486447       | findex-2025 | country file, column account_t_d, group all, economy KAZ, year 2024 | published as a proportion |
        | account_ownership       | KAZ   | 2021   | 100              | findex-2025 | country file, column account_t_d, group all, economy KAZ, year 2021 | published as a proportion |
        | digital_payments_adults | KAZ   | 2024   | 85.0222245523327 | findex-2025 | country file, column g20_any, group all, economy KAZ, year 2024     | published as a proportion |
        """,
    )
    assert reading.edition == "2025-07"
    assert "Left out: rows of parts of the population, 1 in all (gender: women)." in (
        reading.passed_over
    )


def test_a_row_per_figure():
    """The cuts to a row per figure give the same rows as the whole files."""
    assert_table(
        read(FINDEX_CSV, _LONG).rows,
        """
        | indicator               | scope | period | value | source      |
        | digital_payments_adults | KAZ   | 2021   | 78    | findex-2021 |
        """,
    )
    assert_table(
        read(FINDEX_CSV, _CUT).rows,
        """
        | indicator             | period | value            | place                                                          |
        | digital_payments_made | 2024   | 70.3933434478682 | country file, column g20_made, group all, economy KAZ, year 2024 |
        """,
    )


@pytest.mark.parametrize(
    ("form", "was", "becomes", "reason"),
    [
        ("wide", "78%", "78", "is not a percentage from 0 to 100 with its sign"),
        ("wide", "78%", "780%", "is not a percentage from 0 to 100 with its sign"),
        ("wide", "78%", "=A1%", "is not a percentage from 0 to 100 with its sign"),
        ("long", "78", "0.78", "is the greatest of all shares, so they are proportions"),
        ("2025", "0.850222245523327", "85.0", "is not a proportion from 0 to 1"),
        ("2025", "Kazakhstan,KAZ,2024", "Quux,QQQ,2024", "is no economy known here"),
        ("2025", "Kazakhstan,KAZ,2024", "Uzbekistan,KAZ,2024", "is the name or the code of more"),
        ("2025", "KAZ,2021", "KAZ,round 4", "is not a year"),
        ("2025", "KAZ,2021,7.0,all,all,1", "KAZ,2024,7.0,all,all,1", "is a second figure for"),
        ("cut", "iso3", "country", "is the header of no edition of Global Findex"),
    ],
)
def test_what_is_not_understood_is_refused(form, was, becomes, reason):
    """A unit, an economy, a year or a header that is not as it should be is named."""
    (refusal,) = read(FINDEX_CSV, _ALL[form].replace(was, becomes, 1)).refusals
    assert refusal.reason.startswith(reason)


def test_the_forms_are_known_by_their_headers():
    """The cut's header could be anybody's, so its names of figures count too."""
    assert all(recognises(FINDEX_CSV, text.encode()) for text in _ALL.values())
    assert not recognises(FINDEX_CSV, b"iso3,year,indicator,value\nKAZ,2024,gdp,1\n")


@pytest.mark.slow
@settings(max_examples=100)
@given(damaged(_WIDE.encode()) | damaged(_2025.encode()) | damaged(_CUT.encode()))
def test_damaged_files_never_raise(content):
    """Bytes changed anywhere give rows in their layout or refusals."""
    recognises(FINDEX_CSV, content)
    read(FINDEX_CSV, content)


def test_the_real_files_say_what_our_own_table_says(real_data: Path):
    """All 141 figures of our table stand in the files, to their printed digits, place and note.

    One copy of the 2025 edition is cut to nine decimals where the other is not.
    """
    files = {
        "findex-2021-edition/findex2021_ots_wide.csv": 145,
        "findex-2021-edition/findex2021_ots_long.csv": 145,
        "findex-2025-edition/findex2025_ots_35col.csv": 52,
        "findex-2025-edition/findex2025_digital_payments_2024.csv": 25,
    }
    key = ["indicator", "scope", "period", "unit", "status", "source", "vintage", "place", "note"]
    found: dict[tuple[str, ...], list[str]] = {}
    for file, count in files.items():
        reading = read(FINDEX_CSV, (real_data / file).read_bytes(), real_catalogue())
        assert (len(reading.rows), reading.refusals) == (count, ())
        for row in reading.rows.assign(vintage=reading.edition).to_dict("records"):
            found.setdefault(tuple(row[column] for column in key), []).append(row["value"])
    own = pd.read_csv(
        DATA / "figures" / "observations" / "digital.csv", dtype="str", keep_default_na=False
    )
    own = own[own["source"].str.startswith("findex")]
    assert len(own) == 141
    for row in own.to_dict("records"):
        values = found[tuple(row[column] for column in key)]
        assert row["value"] in values
        assert (
            max(values, key=float) == min(values, key=float)
            or abs(float(values[0]) - float(values[1])) < 1e-7
        )
