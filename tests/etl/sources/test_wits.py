"""WITS: thousands of dollars by partner, whatever the order of its lists; tariffs are refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.sources.wits import WITS_JSON
from tests.etl.sources.answers import (
    damaged,
    read,
    real_catalogue,
    recognises,
    sdmx,
)
from tests.tables import assert_refusals, assert_table, table

_NAMES = {
    "XPRT-TRD-VL": "Export Trade Value (US$ Thousand)",
    "MPRT-TRD-VL": "Import Trade Value (US$ Thousand)",
    "ECS": "Europe and Central Asia",
    "ROM": "Romania",
    "KSV": "Kosovo",
}


def _answer(figures: pd.DataFrame, **header: str) -> dict[str, Any]:
    order = ("INDICATOR", "PRODUCTCODE", "PARTNER", "FREQ", "REPORTER", "TIME_PERIOD", "value")
    constant = {"FREQ": "A", "REPORTER": "KAZ", "PRODUCTCODE": "Total"}
    whole = figures.assign(**{name: constant[name] for name in constant if name not in figures})
    head = {"id": "DF_WITS_TradeStats_Trade", "prepared": "2026-09-25T19:03:09", **header}
    return {"header": head, **sdmx(whole[list(order)], **_NAMES)}


def _table_of(text: str) -> dict[str, Any]:
    return _answer(table(text))


_TWO = _table_of("""
    | PARTNER | INDICATOR   | TIME_PERIOD | value     |
    | TUR     | XPRT-TRD-VL | 2010        | 1236.4    |
    | TUR     | XPRT-TRD-VL | 2009        | 0         |
    | TUR     | MPRT-TRD-VL | 2010        | 13.500001 |
""")


def test_values_by_partner_in_thousands_of_dollars():
    """Exports are FOB and imports CIF; years stand for themselves, not for their place in a list."""
    reading = read(WITS_JSON, _TWO)
    assert_table(
        reading.rows,
        """
        | reporter | partner | flow   | product | period | value     | unit         | source | valuation | status | place                                |
        | KAZ      | TUR     | export | TOTAL   | 2010   | 1236.4    | thousand USD | wits   | FOB       | final  | series XPRT-TRD-VL, partner TUR, 2010 |
        | KAZ      | TUR     | export | TOTAL   | 2009   | 0         | thousand USD | wits   | FOB       | final  | series XPRT-TRD-VL, partner TUR, 2009 |
        | KAZ      | TUR     | import | TOTAL   | 2010   | 13.500001 | thousand USD | wits   | CIF       | final  | series MPRT-TRD-VL, partner TUR, 2010 |
        """,
    )
    assert reading.edition == ""  # "prepared" is when the answer was made, not what it is of
    assert reading.refusals == ()


def test_groups_and_missing_figures_give_no_row():
    """Regions, groups of products and other indicators are left out by name; null is no zero."""
    reading = read(
        WITS_JSON,
        _table_of("""
            | PARTNER | PRODUCTCODE  | INDICATOR     | TIME_PERIOD | value |
            | ROM     | Total        | XPRT-TRD-VL   | 2010        | 1     |
            | KSV     | Total        | XPRT-TRD-VL   | 2010        | 2     |
            | WLD     | 27           | XPRT-TRD-VL   | 2010        | 3     |
            | TUR     | Total        | XPRT-TRD-VL   | 2010        |       |
            | ECS     | Total        | XPRT-TRD-VL   | 2010        | 4     |
            | WLD     | 27-27_Fuels  | XPRT-TRD-VL   | 2010        | 5     |
            | WLD     | 999999       | XPRT-TRD-VL   | 2010        | 6     |
            | WLD     | Total        | XPRT-PRDCT-NM | 2010        | 7     |
        """),
    )
    assert_table(
        reading.rows,
        """
        | partner | product | classification | value | place                                            |
        | ROU     | TOTAL   |                | 1     | series XPRT-TRD-VL, partner ROM, 2010             |
        | XKX     | TOTAL   |                | 2     | series XPRT-TRD-VL, partner KSV, 2010             |
        | WLD     | 27      | HS             | 3     | series XPRT-TRD-VL, partner WLD, product 27, 2010 |
        """,
    )
    assert reading.passed_over == (
        "Left out: figures of groups of products, 2 in all (27-27_Fuels, 999999).",
        "Left out: figures of other indicators, 1 in all (XPRT-PRDCT-NM).",
        "Left out: rows of groups in PARTNER, 1 in all (ECS (Europe and Central Asia)).",
    )


def test_what_is_not_understood_is_refused():
    """An unknown partner, a quarter and a text in place of a number are all named."""
    reading = read(
        WITS_JSON,
        _table_of("""
            | PARTNER | FREQ | INDICATOR   | TIME_PERIOD | value  |
            | QQQ     | A    | XPRT-TRD-VL | 2010        | 1      |
            | TUR     | Q    | XPRT-TRD-VL | 2010        | 1      |
            | UZB     | A    | XPRT-TRD-VL | 2010        | "1 5"  |
            | UZB     | A    | XPRT-TRD-VL | 2011        | true   |
        """),
    )
    assert_refusals(
        reading.refusals,
        """
        | row | field       | value  | reason                    |
        | 1   | PARTNER     | QQQ    | is no economy known here  |
        | 2   | TIME_PERIOD | Q 2010 | is no year of annual data |
        | 3   | value       | 1 5    | is not a number           |
        | 4   | value       | true   | is not a number           |
        """,
    )


def test_another_unit_is_refused():
    """The unit stands in the name of the indicator alone, so its name is heeded."""
    content = json.dumps(_TWO).replace("US$ Thousand", "US$ Million")
    assert {refusal.field for refusal in read(WITS_JSON, content).refusals} == {"INDICATOR"}


def test_keys_that_point_nowhere_are_refused():
    """A key beyond the lists, of too few parts or no number is never taken for another."""
    for key in ("0:0:9:0:0", "0:0:0:0", "0:0:-1:0:0", "0:0:x:0:0"):
        answer = json.loads(json.dumps(_TWO))
        series = answer["dataSets"][0]["series"]
        series[key] = series.pop("0:0:0:0:0")
        reading = read(WITS_JSON, answer)
        assert len(reading.rows) == 0
        assert {refusal.field for refusal in reading.refusals} == {"series"}


def test_tariffs_and_nothing_are_refused():
    """A message of tariffs has no trade value; an answer without figures answers nothing."""
    tariffs = {"header": {"id": "DF_WITS_Tariff_TRAINS"}, "dataSets": [], "structure": {}}
    assert recognises(WITS_JSON, tariffs)
    assert "DF_WITS_Tariff_TRAINS" in read(WITS_JSON, tariffs).refusals[0].reason
    empty = {**_TWO, "dataSets": [{"series": {}}]}
    assert read(WITS_JSON, empty).refusals[0].reason.startswith("holds no figures")
    assert read(WITS_JSON, "<html>").refusals[0].reason == "is a web page, not JSON"


def test_it_is_known_by_its_data_flow():
    """The name of the data flow is enough, wherever it stands; other JSON is not WITS."""
    assert recognises(WITS_JSON, {"dataSets": [], **_TWO})
    assert not recognises(WITS_JSON, {"elapsedTime": "1", "data": []})


@settings(max_examples=100)
@given(damaged(json.dumps(_TWO).encode()))
def test_damaged_answers_never_raise(content):
    """Bytes changed anywhere give rows in their layout or refusals."""
    recognises(WITS_JSON, content)
    read(WITS_JSON, content)


@pytest.mark.slow
@settings(max_examples=30)
@given(st.recursive(st.none() | st.integers() | st.text(max_size=3), st.lists, max_leaves=5))
def test_wrong_types_everywhere_never_raise(value):
    """Whatever stands in place of a part of the message is refused, not stumbled over."""
    for part in ("header", "dataSets", "structure"):
        read(WITS_JSON, {**_TWO, part: value})
    for part in ("dimensions", "attributes", "measures"):
        read(WITS_JSON, {**_TWO, "structure": {**_TWO["structure"], part: value}})


def test_the_recorded_answers(real_data: Path):
    """The recorded imports of the USA: 28 groups of products left out, the total read."""
    folder = real_data / "trade-api-samples" / "wits"
    reading = read(
        WITS_JSON,
        (folder / "world_trade_data_sample_trade_data.json").read_bytes(),
        real_catalogue(),
    )
    assert_table(
        reading.rows,
        """
        | reporter | partner | flow   | product | period | value         |
        | USA      | WLD     | import | TOTAL   | 2017   | 2407390189.46 |
        """,
    )


def test_kazakhstan_with_four_partners_in_2010(real_data: Path):
    """All 406 published values come back as they went in; those of 2010 add up to 4.460 bn."""
    published = pd.read_csv(
        real_data / "trade-wits-kaz-reporter" / "wits_kaz_reporter_1995_2023.csv", dtype="str"
    )
    figures = published.set_axis(
        ["REPORTER", "PARTNER", "flow", "INDICATOR", "TIME_PERIOD", "value"], axis=1
    )
    reading = read(WITS_JSON, _answer(figures), real_catalogue())
    assert reading.refusals == ()
    key = ["partner", "flow", "period"]
    found = reading.rows.set_index(key)["value"].map(Decimal)
    expected = published.set_index(["partner", "flow", "year"])["value_kusd"].map(Decimal)
    assert len(found) == 406
    assert found.to_dict() == expected.to_dict()
    four = [
        value
        for (partner, _, year), value in found.items()
        if year == "2010" and partner in {"AZE", "KGZ", "TUR", "UZB"}
    ]
    assert round(sum(four) / 10**6, 3) == Decimal("4.460")
