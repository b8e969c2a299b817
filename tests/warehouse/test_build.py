"""A build: a new file beside the old, checked, swapped in whole, or not at all."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl import pipeline
from etl.__main__ import main as etl
from etl.inputs import read_inputs
from tests.data_folder import TABLES, DataFolder, dump
from warehouse import build
from warehouse.build import BuildRefusedError, served_build_id
from warehouse.engine import Warehouse
from warehouse.queries import indicators

VOLUMES = "figures/observations/volumes.csv"


def _build(folder: DataFolder, served: Path, **options: bool) -> pipeline.Outcome:
    outcome = pipeline.build(folder.path, f"sqlite:///{served}", **options)
    assert outcome.refusals == ()
    return outcome


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_same_inputs_make_the_same_rows(small: DataFolder, tmp_path: Path):
    """Twice built, in two places, every table is the same; only the time of the build differs."""
    _build(small, tmp_path / "one.sqlite")
    _build(small, tmp_path / "two.sqlite")
    assert dump(tmp_path / "one.sqlite") == dump(tmp_path / "two.sqlite")


def test_nothing_new_is_quick_and_leaves_the_file_alone(small: DataFolder, served: Path):
    """The same inputs and code are recognised by name: no new file, no new time."""
    first = _build(small, served)
    before, since = served.stat(), time.perf_counter()
    again = _build(small, served)
    assert time.perf_counter() - since < 0.5
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
    assert _names(served.parent) == [served.name, f"{served.name}.lock"]


def test_check_of_a_first_build_serves_nothing(small: DataFolder, served: Path):
    """Where nothing is served, a check leaves it so."""
    changes = _build(small, served, swap=False).changes
    assert changes is not None
    assert changes.is_first
    assert not served.exists()


def test_a_table_that_lost_rows_is_refused_unless_allowed(small: DataFolder, served: Path):
    """More than a third of a table gone is taken for an accident until somebody says otherwise."""
    _build(small, served)
    before = served.read_bytes()
    headlines = "catalog/headlines.csv"
    small.keep(headlines, lambda row: row["position"] in {"1", "2", "3"})
    with pytest.raises(BuildRefusedError) as refused:
        _build(small, served)
    assert str(refused.value) == (
        "row_counts: headline fell from 6 rows to 3; if that is meant, build with --allow-loss"
    )
    assert served.read_bytes() == before
    assert _names(served.parent) == [served.name, f"{served.name}.lock"]
    _build(small, served, allow_loss=True)
    assert len(dump(served)["headline"]) == 3


def test_a_third_of_a_table_may_go(small: DataFolder, served: Path):
    """Four headlines of six are a decision, not an accident."""
    _build(small, served)
    small.keep("catalog/headlines.csv", lambda row: row["position"] <= "4")
    _build(small, served)
    assert len(dump(served)["headline"]) == 4


def test_a_row_that_points_at_nothing_is_refused(small: DataFolder, served: Path):
    """What the contracts cannot see, the foreign keys do: a definition of the group without names."""
    definitions = "catalog/scopes/definitions.csv"
    small.keep(definitions, lambda row: row["id"] != "members_dated")
    with pytest.raises(BuildRefusedError, match=r"^foreign_key_check: \d+ rows of group_partner"):
        _build(small, served)
    assert not served.exists()


@pytest.mark.parametrize(
    "spoil",
    [lambda content: b"", lambda content: b"not a database", lambda content: content[:100_000]],
    ids=["empty", "garbage", "half a file"],
)
def test_a_broken_served_file_is_replaced(small: DataFolder, served: Path, spoil):
    """A build heals what an accident outside of it has broken."""
    _build(small, served)
    whole = dump(served)
    served.write_bytes(spoil(served.read_bytes()))
    small.edit("catalog/economies.csv", {"code": "BGR"}, aliases="Bulgaria")
    _build(small, served)
    assert {table: len(rows) for table, rows in dump(served).items()} == {
        table: len(rows) for table, rows in whole.items()
    }


def test_readers_never_miss_the_file_nor_see_a_half(small: DataFolder, served: Path):
    """A reader in a loop through ten swaps gets one whole build or the other, every time."""
    frames = {"six": _frames(small)}
    small.keep("catalog/headlines.csv", lambda row: row["position"] <= "4")
    frames["four"] = _frames(small)
    is_over, seen = threading.Event(), set()

    def write(name: str) -> None:
        record = {"id": name, "built_at": "now", "code_version": "this"}
        build.write(frames[name], record, {}, f"sqlite:///{served}", allow_loss=True)

    def read() -> None:
        warehouse = Warehouse(f"sqlite:///{served}")
        while not is_over.is_set():
            before, cards = warehouse.build().id, len(indicators.headlines(warehouse))
            if before == warehouse.build().id:
                seen.add((before, cards))

    write("six")
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        for name in ["four", "six"] * 5:
            write(name)
        is_over.set()
        reading.result()
    assert seen == {("six", 6), ("four", 4)}


def _frames(folder: DataFolder) -> pipeline.Frames:
    return pipeline.transform(pipeline.arrive(read_inputs(folder.path, TABLES)))[0]


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
    first, *lines, last = told.stdout.splitlines()
    assert first.startswith(f"build {build_id}, made 20")
    assert "wits: trade of KAZ: 56 rows, 2009 to 2022, newest vintage 2026-09-25" in "\n".join(
        lines
    )
    assert (told.exit_code, last) == (0, "0 rows rejected")


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
