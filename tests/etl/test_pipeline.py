"""From a folder to frames: one fault is one refusal, and nothing that lies there is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl import pipeline
from etl.arrivals import arrive
from etl.inputs import read_inputs
from etl.refusals import Refusal
from tests.data_folder import DataFolder
from tests.tables import assert_refusals


def _refusals(folder: Path) -> list[Refusal]:
    return pipeline.transform(arrive(read_inputs(folder)))[1]


def test_a_broken_catalogue_entry_is_no_fault_of_those_who_name_it(small: DataFolder):
    """Its name stays known: neither figures, nor statements, nor conflicts are refused with it."""
    small.edit("catalog/sources/statistics.csv", {"id": "kz-bns"}, title="")
    small.edit("catalog/economies.csv", {"code": "KAZ"}, name_en="")
    small.edit(
        "corrections/preferences.csv", {"subject": "KAZ", "first_period": "2018"}, reason_en=""
    )
    digital = "catalog/indicators/digital.yml"
    small.write(digital, small.text(digital).replace("unit: percent", "unit: percents", 1))
    assert_refusals(
        _refusals(small.path),
        """
        | file                           | field     | value    | reason            |
        | catalog/sources/statistics.csv | title     |          | is empty          |
        | catalog/economies.csv          | name_en   |          | is empty          |
        | corrections/preferences.csv    | reason_en |          | is empty          |
        | catalog/indicators/digital.yml | unit      | percents | is not known here |
        """,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "file",
    [
        *("catalog/economies.csv", "catalog/nodes.csv", "catalog/memberships.csv"),
        *("corrections/preferences.csv", "statements/targets.csv"),
    ],
)
def test_a_missing_table_is_one_fault(small: DataFolder, file: str):
    """All that would have named it waits for its return."""
    (small.path / file).unlink()
    (refusal,) = _refusals(small.path)
    assert (refusal.file, refusal.field, refusal.reason) == (file, "file", "is not there")
    assert refusal.remedy.startswith("Add it with the header: ")


@pytest.mark.slow
@pytest.mark.parametrize(
    "file", ["catalog/sources/press.csv", "catalog/economies.csv", "corrections/preferences.csv"]
)
def test_a_table_under_a_wrong_header_is_one_fault(small: DataFolder, file: str):
    """What it names is still heard of, so nothing else is unknown or undecided."""
    small.rewrite(file, lambda content: b"wrong " + content)
    (refusal,) = _refusals(small.path)
    assert (refusal.file, refusal.field) == (file, "header")


def test_an_empty_folder_is_refused_table_by_table(tmp_path: Path):
    """Nothing crashes on nothing."""
    reasons = {refusal.reason for refusal in _refusals(tmp_path)}
    assert reasons == {"is not there"}


def test_a_folder_that_is_none_is_said_so(tmp_path: Path, served: Path):
    """A mistyped --data names the folder it looked for."""
    with pytest.raises(FileNotFoundError, match="nowhere is not a folder"):
        pipeline.build(tmp_path / "nowhere", f"sqlite:///{served}")


def test_notes_for_people_and_hidden_files_are_no_tables(small: DataFolder):
    """A README among the tables changes neither the build nor its name."""
    before = read_inputs(small.path).build_id
    (small.path / "figures" / "README.md").write_text("About these figures.", encoding="utf-8")
    (small.path / "figures" / ".hidden").write_text("x", encoding="utf-8")
    assert read_inputs(small.path).build_id == before
    assert _refusals(small.path) == []


@pytest.mark.slow
def test_a_past_day_may_know_far_less(small: DataFolder, served: Path):
    """A warehouse of long ago takes the place of today's without being taken for an accident."""
    url = f"sqlite:///{served}"
    assert pipeline.build(small.path, url).changes is not None
    past = pipeline.build(small.path, url, asof="2001-01-01")
    assert past.changes is not None
    (flows,) = (change for change in past.changes.tables if change.table == "trade_flow")
    assert flows.rows == 0
