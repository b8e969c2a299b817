"""UN Comtrade's answers: whole ones become flows, short and capped ones are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from etl.sources.comtrade_json import COMTRADE_JSON
from tests.etl.sources.answers import damaged, read, real_catalogue, recognises
from tests.tables import assert_refusals, assert_table

_RECORD = {
    "typeCode": "C",
    "freqCode": "A",
    "refYear": 2010,
    "refMonth": 52,
    "period": "2010",
    "reporterCode": 398,
    "reporterISO": "KAZ",
    "reporterDesc": "Kazakhstan",
    "flowCode": "M",
    "flowDesc": "Import",
    "partnerCode": 792,
    "partnerISO": "TUR",
    "partnerDesc": "Türkiye",
    "partner2Code": 0,
    "classificationCode": "H3",
    "cmdCode": "TOTAL",
    "customsCode": "C00",
    "mosCode": "0",
    "motCode": 0,
    "qty": None,
    "cifvalue": 607321.5,
    "fobvalue": None,
    "primaryValue": 607321.5,
    "isReported": True,
    "isAggregate": False,
}


def _answer(*records: Any, **parts: Any) -> dict[str, Any]:
    whole = {"elapsedTime": "0.2 secs", "count": len(records), "data": list(records), "error": ""}
    return {**whole, **parts}


_WHOLE = _answer(
    _RECORD, {**_RECORD, "partnerCode": 860, "partnerISO": "UZB", "partnerDesc": "Uzbekistan"}
)


def test_records_become_flows_in_dollars():
    """The value keeps its digits; an import is CIF because its CIF value says so."""
    reading = read(COMTRADE_JSON, _WHOLE)
    assert_table(
        reading.rows,
        """
        | reporter | partner | flow   | product | period | value    | unit | source   | valuation | status | place    | row |
        | KAZ      | TUR     | import | TOTAL   | 2010   | 607321.5 | USD  | comtrade | CIF       | final  | record 1 | 1   |
        | KAZ      | UZB     | import | TOTAL   | 2010   | 607321.5 | USD  | comtrade | CIF       | final  | record 2 | 2   |
        """,
    )
    assert reading.refusals == ()


@pytest.mark.parametrize(
    ("answer", "field", "reason"),
    [
        (_answer(), "data", "holds no record of what was asked"),
        (_answer(error="Invalid code"), "error", "is an error in place of records"),
        (
            {"statusCode": 403, "message": "Out of quota"},
            "error",
            "is an error in place of records",
        ),
        (_answer(_RECORD, count=2), "count", "is not the number of its records, 1"),
        (_answer(_RECORD, 5), "data", "is no record"),
        ([], "data", "is no list of records"),
        ("<html>busy</html>", "file", "is a web page, not JSON"),
    ],
)
def test_what_is_no_whole_answer_is_refused(answer, field, reason):
    """Errors and holes that arrive with status 200 are found by what the answer says of itself."""
    reading = read(COMTRADE_JSON, answer)
    assert [(refusal.field, refusal.reason) for refusal in reading.refusals] == [(field, reason)]
    assert len(reading.rows) == 0


def test_an_answer_as_long_as_answers_may_be_is_refused():
    """500 records are the most without a key, so the five-hundredth may not be the last."""
    records = [{**_RECORD, "period": str(1500 + year)} for year in range(500)]
    assert_refusals(
        read(COMTRADE_JSON, _answer(*records)).refusals,
        """
        | row | field | value | reason                                                          |
        | 1   | count | 500   | is where answers without a key end, so there may be more |
        """,
    )


def test_text_in_place_of_a_value_is_refused():
    """A value that is no number, and one that is a list, are named by their record."""
    reading = read(
        COMTRADE_JSON,
        _answer(_RECORD, {**_RECORD, "period": "2011", "refYear": 2011, "primaryValue": "n/a"}),
    )
    assert [(r.row, r.field, r.value) for r in reading.refusals] == [(2, "primaryValue", "n/a")]


def test_it_is_known_by_its_envelope():
    """The parts that surround the records tell an answer of Comtrade from any other JSON."""
    assert recognises(COMTRADE_JSON, _WHOLE)
    assert not recognises(COMTRADE_JSON, {"data": []})


@pytest.mark.slow
@settings(max_examples=60)
@given(damaged(json.dumps(_WHOLE).encode()))
def test_damaged_answers_never_raise(content):
    """Bytes changed anywhere give rows in their layout or refusals."""
    recognises(COMTRADE_JSON, content)
    read(COMTRADE_JSON, content)


def test_the_recorded_answers(real_data: Path):
    """China with Argentina and Germany in 2010, as recorded; an answer of nothing is refused."""
    folder = real_data / "trade-api-samples" / "uncomtrade"
    for name in ("get_C_A_HS_recorded.json", "get_C_A_HS_with_desc_recorded.json"):
        reading = read(COMTRADE_JSON, (folder / name).read_bytes(), real_catalogue())
        rows = reading.rows.sort_values(["flow", "partner"])
        assert_table(
            rows,
            """
            | reporter | partner | flow   | classification | period | value         | valuation |
            | CHN      | ARG     | export |                | 2010   | 6115764185.0  | FOB       |
            | CHN      | DEU     | export |                | 2010   | 68047133397.0 | FOB       |
            | CHN      | ARG     | import |                | 2010   | 6804128143.0  | CIF       |
            | CHN      | DEU     | import |                | 2010   | 74251272075.0 | CIF       |
            """,
        )
    for name in ("get_S_A_EB_empty_recorded.json", "bulk_get_recorded.json"):
        reading = read(COMTRADE_JSON, (folder / name).read_bytes(), real_catalogue())
        assert reading.refusals
        assert len(reading.rows) == 0
