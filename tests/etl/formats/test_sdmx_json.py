"""SDMX-JSON: keys are places in lists, in either version of the format; misfits are named."""

from __future__ import annotations

from typing import Any

import pytest

from etl.formats.sdmx_json import Decoded, decode
from tests.tables import assert_table


def _listed(name: str, *values: Any) -> dict[str, Any]:
    return {"id": name, "values": list(values)}


_SERIES = [_listed("PARTNER", {"id": "TUR", "name": "Turkey"}, {"id": "UZB"})]
_TIME = [_listed("TIME_PERIOD", {"value": "2011"}, {"id": "2010"})]


def _decoded(data_set: Any, series: Any = _SERIES, **parts: Any) -> Decoded:
    structure = {"dimensions": {"series": series, "observation": _TIME}, **parts}
    return decode("answer", [data_set], structure)


def test_series_with_marks():
    """Marks are places in their lists, or texts of their own; without a value nothing stands."""
    decoded = _decoded(
        {
            "series": {
                "1": {"attributes": ["0"], "observations": {"0": ["7.50", None, "1"], "1": [None]}},
                "0": {"observations": {"1": ["8", "free words", None]}},
            }
        },
        attributes={
            "series": [_listed("SCALE", {"id": "6"})],
            "observation": [_listed("NOTE"), _listed("STATUS", {"id": "A"}, {"id": "e"})],
        },
    )
    frame = decoded.frame("PARTNER", "TIME_PERIOD")
    assert_table(
        frame,
        """
        | PARTNER | TIME_PERIOD | value | SCALE | STATUS | NOTE       | row |
        | UZB     | 2011        | 7.50  | 6     | e      |            | 1   |
        | UZB     | 2010        |       | 6     |        |            | 2   |
        | TUR     | 2010        | 8     |       |        | free words | 3   |
        """,
    )
    assert list(decoded.named(frame, "PARTNER")) == ["", "", "Turkey"]


def test_figures_side_by_side():
    """A message without series names all dimensions in each figure's key."""
    structure = {"dimensions": {"observation": [*_SERIES, *_TIME]}}
    decoded = decode("answer", [{"observations": {"1:0": ["3"]}}], structure)
    assert_table(
        decoded.frame(),
        """
        | PARTNER | TIME_PERIOD | value |
        | UZB     | 2011        | 3     |
        """,
    )


@pytest.mark.parametrize(
    ("data_set", "reason"),
    [
        ({"series": {"2": {"observations": {"0": ["1"]}}}}, "points at no value of PARTNER"),
        ({"series": {"0:0": {}}}, "has 2 parts where the structure has 1 dimensions"),
        ({"series": {"0": {"observations": {"²": ["1"]}}}}, "points at no value of TIME_PERIOD"),
        ({"series": {"0": {"observations": {"0": "1"}}}}, "is no list of a value and its marks"),
        ({"series": {"0": {}}}, "is no object of figures"),
        ({"series": {}}, "holds no figures for the question that was asked"),
        ({"observations": {"0": ["1"]}}, "holds no series that its structure names"),
        ("text", "holds no series that its structure names"),
    ],
)
def test_misfits_are_named(data_set, reason):
    """What does not fit the structure is a fault, and no figures are given at all."""
    decoded = _decoded(data_set)
    assert decoded.frame().empty
    assert [fault.reason for fault in decoded.faults] == [reason]


def test_a_structure_that_is_none():
    """Dimensions without ids, named twice, or reserved for the value are faults."""
    assert [fault.reason for fault in decode("answer", None, None).faults] == [
        "names no dimension of its figures",
        "is no list of data sets",
    ]
    for name in ("TIME_PERIOD", "value", "row"):
        (fault,) = _decoded({"series": {}}, [_listed(name, {"id": "A"})]).faults
        assert fault.reason == "names a dimension twice"
    assert _decoded({"series": {}}, [{"values": []}]).faults[0].reason == "is without an id"


def test_a_dimension_that_is_asked_for_must_be_there():
    """A reader names the dimensions that it cannot do without."""
    decoded = _decoded({"series": {"0": {"observations": {"0": ["1"]}}}})
    assert decoded.frame("PARTNER", "INDICATOR").empty
    assert [fault.value for fault in decoded.faults] == ["INDICATOR"]


def test_a_thousand_faults_make_a_page():
    """Of one kind of fault fifty are named."""
    assert len(_decoded({"series": {str(key): {} for key in range(5, 1000)}}).faults) == 50
