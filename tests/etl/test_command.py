"""`python -m etl`: what it builds, what it leaves alone, and what it says."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl import pipeline
from etl.__main__ import main as etl
from tests.data_folder import DataFolder, dump
from warehouse.build import served_build_id

VOLUMES = "figures/observations/volumes.csv"


def _build(folder: DataFolder, served: Path, **options: bool) -> pipeline.Outcome:
    outcome = pipeline.build(folder.path, f"sqlite:///{served}", **options)
    assert outcome.refusals == ()
    return outcome


def test_the_same_inputs_make_the_same_rows(small: DataFolder, tmp_path: Path):
    """Twice built, in two places, every table is the same; only the time of the build differs."""
    _build(small, tmp_path / "one.sqlite")
    _build(small, tmp_path / "two.sqlite")
    assert dump(tmp_path / "one.sqlite") == dump(tmp_path / "two.sqlite")


def test_nothing_new_is_quick_and_leaves_the_file_alone(small: DataFolder, served: Path):
    """The same inputs and code are recognised by name: no new file, no new time."""
    first = _build(small, served)
    before, since = served.stat(), time.process_time()
    again = _build(small, served)
    assert time.process_time() - since < 0.5
    assert (served.stat().st_ino, served.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (again.build_id, again.changes) == (first.build_id, None)
    assert served_build_id(f"sqlite:///{served}") == first.build_id


def test_a_build_tells_what_it_changes(small: DataFolder, served: Path):
    """Rows added and removed by table, and figures that moved, from what to what."""
    _build(small, served)
    small.edit(
        VOLUMES, {"indicator": "titr_volume", "period": "2019", "scope": "ministry"}, value="760"
    )
    small.edit("catalog/economies.csv", {"code": "BGR"}, aliases="Bulgaria")
    changes = _build(small, served).changes
    assert changes is not None
    moved = {(change.table, change.added, change.removed) for change in changes.tables}
    assert {change for change in moved if change[1] or change[2]} == {
        ("economy", 1, 1),
        ("observation", 1, 1),
    }
    assert changes.revised == (
        "observation: titr_volume ministry 2019 report-2026-03-10 2026-03-10: 759.0 → 760.0",
    )
    assert not changes.is_first


def test_check_does_all_but_the_swap(small: DataFolder, served: Path):
    """The served file stays, nothing is left beside it, and the changes are told all the same."""
    _build(small, served)
    before = served.read_bytes()
    small.edit("catalog/economies.csv", {"code": "BGR"}, aliases="Bulgaria")
    outcome = _build(small, served, swap=False)
    assert outcome.changes is not None
    assert served.read_bytes() == before
    assert sorted(path.name for path in served.parent.iterdir()) == [
        served.name,
        f"{served.name}.lock",
    ]


def test_check_of_a_first_build_serves_nothing(small: DataFolder, served: Path):
    """Where nothing is served, a check leaves it so."""
    changes = _build(small, served, swap=False).changes
    assert changes is not None
    assert changes.is_first
    assert not served.exists()


def _etl(*arguments: str | Path) -> Result:
    return CliRunner().invoke(etl, [str(argument) for argument in arguments])


def test_the_command_builds_checks_and_tells(small: DataFolder, served: Path, tmp_path: Path):
    """`build`, `check` and `status` as anyone runs them, exit 0, an empty list of refusals."""
    where = ("--data", small.path, "--warehouse", f"sqlite:///{served}")
    report = tmp_path / "report.json"
    built = _etl("build", *where, "--report", report)
    assert (built.exit_code, built.stderr) == (0, "")
    build_id = served_build_id(f"sqlite:///{served}")
    assert built.stdout.splitlines()[-1] == f"Build {build_id} is served now."
    assert json.loads(report.read_text(encoding="utf-8")) == []

    checked = _etl("check", *where)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout.splitlines() == [
        "No figure changed its value.",
        f"Build {build_id} would be served.",
    ]

    told = _etl("status", "--warehouse", f"sqlite:///{served}")
    first, *lines = told.stdout.splitlines()
    assert first.startswith(f"build {build_id}, made 20")
    assert "wits: trade of KAZ: 56 rows, 2009 to 2022, newest vintage 2026-09-25" in "\n".join(
        lines
    )
    assert told.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("build --data {}/nowhere", "nowhere is not a folder"),
        ("build --warehouse postgresql+psycopg://x/y", "only sqlite:///FILE is served so far"),
        ("build --warehouse sqlite://", "only sqlite:///FILE is served so far"),
        ("status --warehouse warehouse.sqlite", "is no address; write sqlite:///FILE"),
        ("status --warehouse sqlite:///{}/no.sqlite", "does not exist; run: python -m etl build"),
        ("status --warehouse sqlite:///{}/text", "(file is not a database); run: python -m etl"),
    ],
)
def test_mistakes_of_the_command_line_are_said_in_a_sentence(
    tmp_path: Path, arguments: str, said: str
):
    """No folder, no warehouse, no file, another database: exit 1 and one line, no traceback."""
    (tmp_path / "text").write_text("not a database, though long enough to look like one")
    done = _etl(*arguments.format(tmp_path).split())
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
