"""`python -m etl`: what it builds, what it leaves alone, and what it says."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl import pipeline
from etl.__main__ import main as etl
from etl.snapshots import Snapshots
from tests.data_folder import DataFolder, dump
from tests.etl.plain import document
from warehouse.build import served_build_id

pytestmark = pytest.mark.slow

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


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, served: Path) -> str:
    """Where a test's own warehouse goes, in either kind of database."""
    is_file = request.param == "sqlite"
    return f"sqlite:///{served}" if is_file else request.getfixturevalue("server").database()


def test_the_command_builds_checks_tells_and_exports(small: DataFolder, url: str, tmp_path: Path):
    """`build`, `check`, `status`, `export` as anyone runs them, exit 0, an empty list of refusals."""
    where = ("--data", small.path, "--warehouse", url)
    report = tmp_path / "report.json"
    built = _etl("build", *where, "--report", report)
    assert (built.exit_code, built.stderr) == (0, "")
    build_id = served_build_id(url)
    assert built.stdout.splitlines()[-1] == f"Build {build_id} is served now."
    assert json.loads(report.read_text(encoding="utf-8")) == []

    checked = _etl("check", *where)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout.splitlines() == [
        "No figure changed its value.",
        f"Build {build_id} would be served.",
    ]

    told = _etl("status", "--warehouse", url)
    first, *lines = told.stdout.splitlines()
    assert first.startswith(f"build {build_id}, made 20")
    assert (
        "wits: no snapshots, our own table, newest period 2022\n"
        "  trade of KAZ: 56 rows, 2009 to 2022, newest vintage 2026-09-25"
    ) in "\n".join(lines)
    assert told.exit_code == 0

    exported = _etl("export", tmp_path / "package", "--warehouse", url)
    assert (exported.exit_code, exported.stderr) == (0, "")
    assert (tmp_path / "package" / "datapackage.json").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("build --data {}/nowhere", "nowhere is not a folder"),
        (
            "build --warehouse postgresql+psycopg://me:secret@127.0.0.1:1/data",
            "postgresql+psycopg://me@127.0.0.1:1/data does not answer",
        ),
        (
            "build --warehouse sqlite://",
            "is no warehouse; write sqlite:///FILE or postgresql+psycopg://",
        ),
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


_PAPER = "| partner | period | value |\n| TUR | 2023 | 4 |\n| TUR | 2024 | 5 |"


def _paper(folder: Path, name: str, text: str = _PAPER, head: str = "plain") -> Path:
    path = folder / name
    path.write_bytes(document(text, head))
    return path


@pytest.mark.usefixtures("plain")
def test_what_is_added_is_built_and_told_of(small: DataFolder, served: Path, tmp_path: Path):
    """`add` keeps it and says what is in it, `build` serves it, `status` counts it by its day."""
    where, url = ("--data", small.path), ("--warehouse", f"sqlite:///{served}")
    file = _paper(tmp_path, "paper.txt")
    added = _etl("add", file, *where, "--published", "2026-10-01")
    assert (added.exit_code, added.stderr) == (0, "")
    (snapshot,) = Snapshots(small.path / "snapshots")
    assert snapshot.provenance.published == "2026-10-01"
    assert added.stdout == f"paper.txt: kept as {snapshot.id}: 2 rows, 2023 to 2024.\n"
    again = _etl("add", file, *where)
    assert again.stdout == f"paper.txt: kept before as {snapshot.id}: 2 rows, 2023 to 2024.\n"

    assert _etl("build", *where, *url).exit_code == 0
    taken = f"1 snapshot, the newest of {snapshot.provenance.retrieved_at}, 0 rejections"
    told = _etl("status", *url).stdout.splitlines()
    assert f"wits: {taken}, newest period 2024" in told
    assert "  trade of KAZ: 58 rows, 2009 to 2024, newest vintage 2026-10-01" in "\n".join(told)
    past = _etl("status", *url, "--asof", "2026-09-30").stdout.splitlines()
    assert past[0].endswith(", as of 2026-09-30")
    assert "wits: no snapshots, our own table, newest period 2022" in past


@pytest.mark.usefixtures("plain")
def test_documents_added_in_one_breath_keep_their_order(
    small: DataFolder, served: Path, tmp_path: Path
):
    """Each that changes a figure is a vintage of its own, and what the last one says is newest."""
    where = ("--data", small.path, "--warehouse", f"sqlite:///{served}")
    values = ["51", "52", "53", "51"]
    papers = [
        _paper(tmp_path, f"{number}.txt", _PAPER.replace("5", value))
        for number, value in enumerate(values)
    ]
    assert _etl("add", *papers, *where[:2]).exit_code == 0
    assert _etl("build", *where).exit_code == 0
    question = "SELECT value_usd, is_newest FROM trade_flow WHERE snapshot_id LIKE 'plain/%'"
    with closing(sqlite3.connect(served)) as warehouse:
        found = warehouse.execute(f"{question} AND period = '2024' ORDER BY vintage").fetchall()
    assert found == [(51, 0), (52, 0), (53, 0), (51, 1)]


@pytest.mark.usefixtures("plain")
def test_a_build_of_a_past_day_knows_no_more_than_that_day(
    small: DataFolder, served: Path, tmp_path: Path
):
    """It has a name of its own, and neither what was found nor what was said later."""
    where = ("--data", small.path, "--warehouse", f"sqlite:///{served}")
    _etl("add", _paper(tmp_path, "paper.txt"), *where[:2], "--published", "2026-10-01")
    assert _etl("build", *where, "--asof", "2023-09-27").exit_code == 0
    past, past_id = dump(served), served_build_id(f"sqlite:///{served}")
    assert past["snapshot"] == []
    assert "trade-23bn" not in {row[0] for row in past["target"]}
    assert _etl("build", *where).exit_code == 0
    today = dump(served)
    assert served_build_id(f"sqlite:///{served}") != past_id
    assert len(today["snapshot"]) == 1
    assert "trade-23bn" in {row[0] for row in today["target"]}
    assert len(today["trade_flow"]) > len(past["trade_flow"])


@pytest.mark.usefixtures("plain")
def test_files_with_faults_are_told_and_the_others_kept(small: DataFolder, tmp_path: Path):
    """Exit 1, every fault on stderr and in the report; one bad file costs the others nothing."""
    good = _paper(tmp_path, "good.txt")
    bad = _paper(tmp_path, "bad.txt", _PAPER.replace("5", "?"))
    odd = tmp_path / "odd.bin"
    odd.write_bytes(b"\x00")
    report = tmp_path / "report.json"
    done = _etl("add", bad, odd, good, "--data", small.path, "--report", report)
    assert done.exit_code == 1
    assert "bad.txt: refused, 1 faults; nothing was kept." in done.stderr
    assert "odd.bin: refused, 1 faults; nothing was kept." in done.stderr
    assert "good.txt: kept as plain/" in done.stdout
    faults = json.loads(report.read_text(encoding="utf-8"))
    assert [(fault["file"], fault["row"], fault["field"]) for fault in faults] == [
        ("bad.txt", 4, "value"),
        ("odd.bin", 1, "file"),
    ]
    assert [one.provenance.name for one in Snapshots(small.path / "snapshots")] == ["good.txt"]


@pytest.mark.usefixtures("plain")
def test_a_snapshot_that_broke_is_rejected_and_the_rest_is_served(
    small: DataFolder, served: Path, tmp_path: Path
):
    """Exit 1 and the reason, but no figure is held back by another document."""
    where = ("--data", small.path, "--warehouse", f"sqlite:///{served}")
    _etl("add", _paper(tmp_path, "paper.txt"), *where[:2])
    (snapshot,) = Snapshots(small.path / "snapshots")
    snapshot.path.write_bytes(b"plain, but other bytes")
    built = _etl("build", *where)
    assert built.exit_code == 1
    assert "is not the bytes that were stored" in built.stderr
    assert built.stderr.splitlines()[-1].endswith("is served now without 1 rejected rows.")
    assert len(dump(served)["rejection"]) == 1


@pytest.mark.parametrize("command", ["build", "check", "status"])
@pytest.mark.parametrize("day", ["yesterday", "2023", "2023-02-30", "2023-05-19T00:00"])
def test_a_day_that_is_none_is_said_so(command: str, day: str):
    """Exit 2, as for any mistake of the command line."""
    done = _etl(command, "--asof", day)
    assert done.exit_code == 2
    assert f"'{day}' is not a day; write 2023-05-19" in done.stderr


def test_help_names_every_form(tmp_path: Path):
    """`add --help` lists what can be read; an unknown form is a mistake, a missing file is said."""
    told = _etl("add", "--help").stdout
    assert all(kind in told for kind in ("kz-bns", "kg-nsc", "uz-stat", "shipments"))
    assert _etl("add", "x", "--as", "teletext").exit_code == 2
    missing = _etl("add", tmp_path / "nothing.csv")
    assert missing.exit_code == 1
    assert "nothing.csv" in missing.stderr
