"""The World Bank's pages: figures of our series, by year; messages and cut pages are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from etl.sources.worldbank_json import WORLD_BANK_JSON
from tests.etl.sources.answers import damaged, read, real_catalogue, recognises
from tests.tables import assert_table, cells

_NAMES = {
    "FP.CPI.TOTL.ZG": "Inflation, consumer prices (annual %)",
    "SP.POP.TOTL": "Population, total",
    "SP.DYN.LE00.IN": "Life",
}


def _page(text: str, **head: Any) -> list[Any]:
    header, lines = cells(text)
    rows = []
    for line in lines:
        row = dict(zip(header, line, strict=True))
        series = row["series"]
        rows.append(
            {
                "indicator": {"id": series, "value": row.get("called", _NAMES.get(series, ""))},
                "country": {"id": "XX", "value": row["country"]},
                "countryiso3code": row["iso3"],
                "date": row["date"],
                "value": json.loads(row["value"] or "null"),
                "obs_status": row.get("status", ""),
            }
        )
    whole = {
        "page": 1,
        "pages": 1,
        "per_page": 1000,
        "total": len(rows),
        "lastupdated": "2026-07-13",
    }
    return [{**whole, **head}, rows]


_WHOLE = _page("""
    | series         | iso3 | country        | date | value               | status |
    | FP.CPI.TOTL.ZG | KAZ  | Kazakhstan     | 2024 | 8.83943846283126    |        |
    | FP.CPI.TOTL.ZG | KAZ  | Kazakhstan     | 2025 |                     |        |
    | FP.CPI.TOTL.ZG | AZE  | Azerbaijan     | 2009 | -1.5                | E      |
    | SP.POP.TOTL    | TUR  | Turkiye        | 2024 | 85518661            |        |
    | SP.POP.TOTL    | EMU  | Euro area      | 2024 | 5                   |        |
    | SP.POP.TOTL    |      | Not classified | 2024 | 5                   |        |
    | SP.POP.TOTL    | WLD  | World          | 2024 | 5                   |        |
    | SP.DYN.LE00.IN | KAZ  | Kazakhstan     | 2024 | 75                  |        |
""")


def test_figures_of_our_series():
    """Figures keep their digits, null is missing, regions and other series are left out by name."""
    reading = read(WORLD_BANK_JSON, _WHOLE)
    assert_table(
        reading.rows,
        """
        | indicator          | scope | period | value            | unit    | status   | source | place                                   | row |
        | consumer_inflation | KAZ   | 2024   | 8.83943846283126 | percent | final    | wdi    | series FP.CPI.TOTL.ZG, economy KAZ, 2024 | 1   |
        | consumer_inflation | AZE   | 2009   | -1.5             | percent | estimate | wdi    | series FP.CPI.TOTL.ZG, economy AZE, 2009 | 3   |
        | population         | TUR   | 2024   | 85518661         | persons | final    | wdi    | series SP.POP.TOTL, economy TUR, 2024    | 4   |
        """,
    )
    assert reading.edition == "2026-07-13"
    assert reading.refusals == ()
    assert reading.passed_over == (
        "Left out: rows of series without an indicator here, 1 in all (SP.DYN.LE00.IN (Life)).",
        "Left out: rows of groups in countryiso3code, 2 in all (EMU (Euro area), (Not classified)).",
        "Left out: rows of the world, 1 in all (WLD).",
    )


def test_what_is_not_understood_is_refused():
    """Unknown economies, slipped names, quarters, marks and texts are each named."""
    reading = read(
        WORLD_BANK_JSON,
        _page("""
            | series         | called                              | iso3 | country    | date   | value | status |
            | SP.POP.TOTL    | Population, total                   | QQQ  | Quux       | 2024   | 1     |        |
            | SP.POP.TOTL    | Population, total                   | KAZ  | Uzbekistan | 2024   | 1     |        |
            | SP.POP.TOTL    | Population, total                   | KAZ  | Kazakhstan | 2024Q1 | 1     |        |
            | SP.POP.TOTL    | Population, total                   | KAZ  | Kazakhstan | 2023   | 1     | Z      |
            | SP.POP.TOTL    | Population, total                   | KAZ  | Kazakhstan | 2022   | "1 2" |        |
            | FP.CPI.TOTL.ZG | Inflation, GDP deflator (annual %)  | KAZ  | Kazakhstan | 2024   | 1     |        |
            | Population     | SP.POP.TOTL                         | KAZ  | Kazakhstan | 2024   | 1     |        |
        """),
    )
    assert [(refusal.row, refusal.field) for refusal in sorted(reading.refusals)] == [
        (1, "countryiso3code"),
        (2, "countryiso3code"),
        (3, "date"),
        (4, "obs_status"),
        (5, "value"),
        (6, "indicator"),
        (7, "indicator"),
    ]


@pytest.mark.parametrize(
    ("answer", "field", "reason"),
    [
        (
            [{"message": [{"id": "120", "key": "Invalid value", "value": "is not valid"}]}],
            "message",
            "is a message in place of figures",
        ),
        ([{"page": 0, "pages": 0, "per_page": 50, "total": 0}, None], "total", "holds no figures"),
        ([{**_WHOLE[0], "total": 9}, _WHOLE[1]], "total", "has 8 rows where page 1 of 1 has 9"),
        ([{**_WHOLE[0], "page": 2}, _WHOLE[1]], "total", "has 8 rows where page 2 of 1 has"),
        ([{"page": 1}, _WHOLE[1]], "page", "does not say which page of how many it is"),
        ([{**_WHOLE[0], "total": 1}, [7]], "row", "is no row of figures"),
        ({"page": 1}, "file", "is not a list of a page and its rows"),
        ("<?xml version='1.0'?>", "file", "is XML, not JSON"),
        ("", "file", "is empty"),
    ],
)
def test_what_is_no_page_is_refused(answer, field, reason):
    """Errors with status 200, pages cut short and other formats are named."""
    (refusal,) = read(WORLD_BANK_JSON, answer).refusals
    assert refusal.field == field
    assert refusal.reason.startswith(reason)


def test_a_page_of_several_is_whole_in_itself():
    """A first page full to its limit is read, although further pages follow."""
    head = {"page": 1, "pages": 3, "per_page": 8, "total": 20}
    assert read(WORLD_BANK_JSON, [{**_WHOLE[0], **head}, _WHOLE[1]]).refusals == ()


def test_it_is_known_by_its_rows_or_messages():
    """A page and a message are known; other lists are not."""
    assert recognises(WORLD_BANK_JSON, _WHOLE)
    assert recognises(WORLD_BANK_JSON, [{"message": [{"id": "1", "key": "a", "value": "b"}]}])
    assert not recognises(WORLD_BANK_JSON, [1, 2])


@settings(max_examples=60)
@given(damaged(json.dumps(_WHOLE).encode()))
def test_damaged_pages_never_raise(content):
    """Bytes changed anywhere give rows in their layout or refusals."""
    recognises(WORLD_BANK_JSON, content)
    read(WORLD_BANK_JSON, content)


def test_the_recorded_answers(real_data: Path):
    """Two figures of Mexico's GDP; what is not classified is nobody's; the error is its message."""
    folder = real_data / "trade-api-samples" / "worldbank"
    page = (folder / "gdp_4rows_transcribed.json").read_bytes()
    assert_table(
        read(WORLD_BANK_JSON, page, real_catalogue()).rows,
        """
        | indicator | scope | period | value            | unit |
        | gdp_usd   | MEX   | 2025   | 1832641364775.52 | USD  |
        | gdp_usd   | MEX   | 2024   | 1830489311088.89 | USD  |
        """,
    )
    error = read(WORLD_BANK_JSON, (folder / "error_120_transcribed.json").read_bytes())
    assert error.refusals[0].value == "120 Invalid value The provided parameter value is not valid"
