"""A new file beside the old, checked, and swapped in whole or not at all."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from etl import pipeline
from etl.inputs import read_inputs
from tests.data_folder import TABLES, DataFolder, dump
from warehouse import build
from warehouse.build import BuildRefusedError
from warehouse.engine import Warehouse
from warehouse.queries import indicators

Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """The frames of a small valid folder."""
    folder = DataFolder.small(tmp_path_factory.mktemp("small") / "data")
    frames, refusals = pipeline.transform(pipeline.arrive(read_inputs(folder.path, TABLES)))
    assert refusals == []
    return frames


@pytest.fixture
def frames(whole: Frames) -> Frames:
    """The same frames, to exchange some of them."""
    return dict(whole)


def _write(frames: Frames, served: Path, name: str = "one", **options: bool) -> build.Changes:
    record = {"id": name, "built_at": "now", "code_version": "this"}
    return build.write(frames, record, {"a.csv": "0"}, f"sqlite:///{served}", **options)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_build_holds_its_rows_its_inputs_and_its_checks(frames: Frames, served: Path):
    """Every row of every frame, the digests it was made of, and what was checked."""
    _write(frames, served)
    stored = dump(served)
    assert {name: len(stored[name]) for name in frames} == {
        name: len(frame) for name, frame in frames.items()
    }
    assert stored["build_input"] == [("a.csv", "0")]
    assert stored["build_check"] == [
        ("foreign_key_check", "ok"),
        ("integrity_check", "ok"),
        ("row_counts", "ok"),
    ]


def test_a_first_build_has_nothing_to_lose(frames: Frames, served: Path):
    """Every table is new, none is compared."""
    changes = _write(frames, served)
    assert changes.is_first
    assert changes.revised == ()
    assert not _write(frames, served, "two").is_first


def test_a_table_that_lost_rows_is_refused_unless_allowed(frames: Frames, served: Path):
    """More than a third of a table gone is taken for an accident until somebody says otherwise."""
    _write(frames, served)
    before = served.read_bytes()
    frames["headline"] = frames["headline"].head(3)
    frames["issue"] = frames["issue"].head(0)
    with pytest.raises(BuildRefusedError) as refused:
        _write(frames, served, "two")
    assert str(refused.value).splitlines() == [
        "row_counts: issue fell from 20 rows to 0; if that is meant, build with --allow-loss",
        "row_counts: headline fell from 6 rows to 3; if that is meant, build with --allow-loss",
    ]
    assert served.read_bytes() == before
    assert _names(served.parent) == [served.name, f"{served.name}.lock"]
    _write(frames, served, "two", allow_loss=True)
    assert len(dump(served)["headline"]) == 3


def test_a_third_of_a_table_may_go(frames: Frames, served: Path):
    """Four headlines of six are a decision, not an accident."""
    _write(frames, served)
    frames["headline"] = frames["headline"].head(4)
    _write(frames, served, "two")
    assert len(dump(served)["headline"]) == 4


def test_rows_that_point_at_nothing_are_refused(frames: Frames, served: Path):
    """What the contracts cannot see, the foreign keys do: how many rows of which table miss what."""
    scopes, headlines = frames["scope"], frames["headline"]
    frames["scope"] = scopes[scopes["id"] != "members_dated"]
    frames["headline"] = headlines.assign(target_id="nothing")
    with pytest.raises(BuildRefusedError) as refused:
        _write(frames, served)
    dated = (frames["group_partner"]["scope"] == "members_dated").sum()
    assert str(refused.value).splitlines() == [
        f"foreign_key_check: {dated} rows of group_partner point at a missing scope",
        "foreign_key_check: 6 rows of headline point at a missing target",
    ]
    assert not served.exists()


@pytest.mark.parametrize(
    ("table", "cells", "reason"),
    [
        ("trade_flow", {"value_usd": -1.0}, "CHECK constraint failed"),
        ("trade_flow", {"flow_code": "gift"}, "CHECK constraint failed: flow_code_known"),
        (
            "trade_flow",
            {"partner_code": "TUR"},
            "UNIQUE constraint failed: trade_flow.reporter_code",
        ),
        ("observation", {"low": 1.0}, "CHECK constraint failed: value_or_range"),
        ("observation", {"value": None}, "CHECK constraint failed: value_or_range"),
        ("observation", {"status": "guess"}, "CHECK constraint failed: status_known"),
        ("source", {"url": None}, "NOT NULL constraint failed: source.url"),
        ("indicator", {"direction": "left"}, "CHECK constraint failed: direction_known"),
    ],
)
def test_what_no_figure_may_be_is_refused_by_the_schema(
    frames: Frames, served: Path, table: str, cells: dict[str, object], reason: str
):
    """The last guard: a fault of our own code is refused with its table, and nothing is left."""
    frames[table] = frames[table].assign(**cells)
    with pytest.raises(BuildRefusedError, match=rf"^{table}: .*{reason}"):
        _write(frames, served)
    assert _names(served.parent) == [f"{served.name}.lock"]


@pytest.mark.parametrize(
    "spoil",
    [lambda content: b"", lambda content: b"not a database", lambda content: content[:100_000]],
    ids=["empty", "garbage", "half a file"],
)
def test_a_broken_served_file_is_replaced(
    frames: Frames, served: Path, spoil: Callable[[bytes], bytes]
):
    """A build heals what an accident outside of it has broken."""
    _write(frames, served)
    healthy = dump(served)
    served.write_bytes(spoil(served.read_bytes()))
    assert _write(frames, served).is_first
    assert dump(served) == healthy


@pytest.fixture
def _fair_threads() -> Iterator[None]:
    # SQLite lets go of the interpreter at every statement; let the other thread soon give it back.
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(before)


@pytest.mark.slow
@pytest.mark.usefixtures("_fair_threads")
def test_readers_never_miss_the_file_nor_see_a_half(frames: Frames, served: Path):
    """A reader in a loop through ten swaps gets one whole build or the other, every time."""
    builds = {"six": frames, "four": {**frames, "headline": frames["headline"].head(4)}}
    is_over, seen = threading.Event(), set[tuple[str, int]]()

    def read() -> None:
        warehouse = Warehouse(f"sqlite:///{served}")
        while not is_over.is_set():
            before, cards = warehouse.build().id, len(indicators.headlines(warehouse))
            if before == warehouse.build().id:
                seen.add((before, cards))

    _write(frames, served, "six")
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        for name in ["four", "six"] * 5:
            _write(builds[name], served, name)
        is_over.set()
        reading.result()
    assert seen
    assert seen <= {("six", 6), ("four", 4)}
