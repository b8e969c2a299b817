"""The IMF's answers: trade by partner in dollars; other dataflows and units are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from etl.sources.imf_json import IMF_JSON
from tests.etl.sources.answers import damaged, read, real_catalogue, recognises, sdmx
from tests.tables import assert_refusals, assert_table, table

_URN = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow="


def _answer(text: str, flow: str = "IMF.STA:IMTS(1.0.0)") -> dict[str, Any]:
    figures = table(text)
    constant = {"COUNTRY": "KAZ", "INDICATOR": "XG_FOB_USD", "FREQUENCY": "A", "STATUS": ""}
    whole = figures.assign(**{name: constant[name] for name in constant if name not in figures})
    message = sdmx(whole, "STATUS")
    structure = {
        **message["structure"],
        "links": [{"urn": f"{_URN}{flow}"}],
        "measures": {"observation": [{"id": "OBS_VALUE"}]},
    }
    structure["attributes"]["series"] = [{"id": "SCALE", "values": [{"id": "6"}]}]
    structure["attributes"]["dimensionGroup"] = [{"id": "UNIT", "values": [{"id": "USD"}]}]
    return {"meta": {}, "data": {"dataSets": message["dataSets"], "structures": [structure]}}


_WHOLE = _answer("""
    | COUNTERPART_COUNTRY | INDICATOR  | FREQUENCY | TIME_PERIOD | STATUS | value           |
    | TUR                 | XG_FOB_USD | A         | 2024        |        | "4024461000.25" |
    | G001                | MG_CIF_USD | A         | 2023-A1     | e      | "59805000000"   |
    | TUR                 | XG_FOB_USD | M         | 2024-M03    | A      | "1.5E6"         |
    | TUR                 | XG_FOB_USD | Q         | 2024-Q2     |        | "0"             |
    | UZB                 | XG_FOB_USD | A         | 2024        |        |                 |
    | G163                | XG_FOB_USD | A         | 2024        |        | "7"             |
    | TUR                 | TBG_USD    | A         | 2024        |        | "-7"            |
""")


def test_trade_in_dollars_by_year_quarter_and_month():
    """Values are dollars whatever SCALE says; "e" is an estimate; null is missing."""
    reading = read(IMF_JSON, _WHOLE)
    assert_table(
        reading.rows.sort_values("row"),
        """
        | reporter | partner | flow   | product | period          | value         | unit | source   | valuation | status   | place                                 |
        | KAZ      | TUR     | export | TOTAL   | 2024            | 4024461000.25 | USD  | imf-imts | FOB       | final    | series KAZ.XG_FOB_USD.TUR.A, 2024      |
        | KAZ      | WLD     | import | TOTAL   | 2023            | 59805000000   | USD  | imf-imts | CIF       | estimate | series KAZ.MG_CIF_USD.G001.A, 2023-A1  |
        | KAZ      | TUR     | export | TOTAL   | 2024-03         | 1500000       | USD  | imf-imts | FOB       | final    | series KAZ.XG_FOB_USD.TUR.M, 2024-M03  |
        | KAZ      | TUR     | export | TOTAL   | 2024-04/2024-06 | 0             | USD  | imf-imts | FOB       | final    | series KAZ.XG_FOB_USD.TUR.Q, 2024-Q2   |
        """,
    )
    assert reading.refusals == ()
    assert reading.passed_over == (
        "Left out: figures of other indicators, 1 in all (TBG_USD).",
        "Left out: rows of groups in COUNTERPART_COUNTRY, 1 in all (G163).",
    )


def test_what_is_not_understood_is_refused():
    """Unknown codes, periods, marks and values are each named at their figure."""
    reading = read(
        IMF_JSON,
        _answer("""
            | COUNTERPART_COUNTRY | TIME_PERIOD | STATUS | value     |
            | QQQ                 | 2024        |        | "1"       |
            | TUR                 | 2024-W05    |        | "1"       |
            | TUR                 | 2023        | x      | "1"       |
            | TUR                 | 2022        |        | "1,5"     |
            | G001                | 2024        |        | "81600.5" |
        """),
    )
    assert_refusals(
        reading.refusals,
        """
        | field               | value    | reason                                                        |
        | COUNTERPART_COUNTRY | QQQ      | is no economy known here                                      |
        | TIME_PERIOD         | 2024-W05 | is no period                                                  |
        | STATUS              | x        | is a mark that is not known here                              |
        | value               | 1,5      | is not a number                                               |
        | value               | 81600.5  | is too little for a year's trade with the world in US dollars |
        """,
    )


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (
            _answer(
                '| COUNTERPART_COUNTRY | TIME_PERIOD | value |\n| TUR | 2024 | "1" |',
                "IMF.STA:ITG(4.0.0)",
            ),
            "structures",
        ),
        ({"errors": [{"code": 404, "title": "Not found"}], **_WHOLE}, "errors"),
        ({"data": {"dataSets": [], "structures": []}}, "structures"),
        (json.dumps(_WHOLE).replace('{"id": "USD"}', '{"id": "EUR"}'), "UNIT"),
        ("", "file"),
    ],
)
def test_what_is_no_trade_by_partner_is_refused(answer, field):
    """Another dataflow, an error, another currency and the empty answer 204 are named."""
    reading = read(IMF_JSON, answer)
    assert [refusal.field for refusal in reading.refusals] == [field]
    assert len(reading.rows) == 0


def test_it_is_known_by_its_dataflow():
    """Any dataflow of the Fund is known, so that a wrong one is refused by its name."""
    assert recognises(IMF_JSON, _WHOLE)
    assert not recognises(IMF_JSON, {"data": {"codelists": []}})


@settings(max_examples=60)
@given(damaged(json.dumps(_WHOLE).encode()))
def test_damaged_answers_never_raise(content):
    """Bytes changed anywhere give rows in their layout or refusals."""
    recognises(IMF_JSON, content)
    read(IMF_JSON, content)


@pytest.mark.parametrize(
    ("name", "flow"),
    [
        ("data_AFRREO_wildcard", "IMF.AFR:AFRREO(6.0.1)"),
        ("data_GFS_SOO_ABW", "IMF.STA:GFS_SOO(12.0.0)"),
        ("data_WHDREO_GX1213", "IMF.WHD:WHDREO(5.0.0)"),
        ("dataflow_unknown_HTTP204", "is empty"),
        ("codelist_CL_COUNTRY_7_languages", "has 0 structures"),
    ],
)
def test_the_recorded_answers_are_other_dataflows(real_data: Path, name, flow):
    """None of the recordings is trade by partner: each is refused, naming what it is."""
    recorded = json.loads(
        (real_data / "trade-api-samples" / "imf-sdmx3" / f"{name}.json").read_bytes()
    )
    reading = read(IMF_JSON, recorded["text"], real_catalogue())
    assert flow in reading.refusals[0].reason
