"""kill -9 while a document is added and the warehouse built: nothing half is served, kept or read."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from etl import additions, pipeline
from etl.additions import Label
from etl.inputs import read_inputs
from etl.readings import Library
from etl.snapshots import Snapshots
from etl.sources.registry import SOURCES
from tests.data_folder import DataFolder, dump
from tests.etl.plain import PLAIN, document

pytestmark = pytest.mark.slow

ADDS, BUILDS = 60, 40

_NOW = "2026-11-23T12:00:00Z"
_HEADER = f"| partner | period | value | place |\n| TUR | 2023 | 4 | {'page ' * 10_000}|"
_OLD = document(_HEADER)
_NEW = document(f"{_HEADER}\n| TUR | 2024 | 5 | page |")


class Works:
    """A data folder with one snapshot, the warehouse built of it, and work to be killed at."""

    def __init__(self, folder: DataFolder, served: Path, library: Library) -> None:
        self.folder, self.served, self.library = folder, served, library
        self.store = folder.path / "snapshots"
        self.aside = folder.path.with_name("aside")
        # A copy of this process has everything loaded: no moment to die in is one of importing.
        self._processes = multiprocessing.get_context("fork")

    def add(self, content: bytes = _NEW) -> None:
        file = self.folder.path.with_name("plain.txt")
        file.write_bytes(content)
        added = additions.add(file, Label(), self.library, Snapshots(self.store), _NOW)
        assert not added.refusals

    def build(self) -> None:
        assert not pipeline.build(self.folder.path, f"sqlite:///{self.served}").is_refused

    def start(self, work: Callable[[], None]) -> ForkProcess:
        process = self._processes.Process(target=work)
        process.start()
        return process

    def seconds(self, work: Callable[[], None]) -> float:
        """How long the work takes when nobody kills it."""
        started, process = time.perf_counter(), self.start(work)
        process.join(60)
        assert process.exitcode == 0
        return time.perf_counter() - started

    def kill(self, work: Callable[[], None], after: float) -> None:
        process = self.start(work)
        process.join(after)
        process.kill()
        process.join()

    def remember(self) -> None:
        """Lay the store and the warehouse aside as they are."""
        shutil.copytree(self.store, self.aside / "store")
        shutil.copy2(self.served, self.aside / "served")

    def restore(self) -> None:
        """Bring back what was laid aside, and whatever a killed worker left beside it stays."""
        for path in [*self.store.glob("*/*.json"), *self.store.glob("bytes/[0-9a-f]*")]:
            path.unlink()
        shutil.copytree(self.aside / "store", self.store, dirs_exist_ok=True)
        shutil.copy2(self.aside / "served", self.served)


@pytest.fixture
def works(small: DataFolder, served: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Works]:
    """Work none of which outlives the test."""
    monkeypatch.setitem(SOURCES, PLAIN.kind, PLAIN)
    # To read our own tables changes nothing; what can be killed halfway comes after it.
    arrived = pipeline.arrive(read_inputs(small.path))
    monkeypatch.setattr(pipeline, "arrive", lambda _inputs: arrived)
    works = Works(small, served, pipeline.library(small.path))
    works.add(_OLD)
    works.build()
    works.remember()
    yield works
    for process in multiprocessing.active_children():
        process.kill()
        process.join()


def _kept(store: Path) -> list[bytes]:
    """The bytes of every snapshot, each proved to be those that were stored."""
    return [snapshot.content() for snapshot in Snapshots(store)]


def test_a_killed_add_keeps_all_of_a_document_or_nothing(works: Works):
    """At any moment; and added again, the store and what is built of it are as if nobody died."""
    chance = random.Random(20261123)
    seconds = works.seconds(works.add)
    assert sorted(_kept(works.store)) == sorted([_OLD, _NEW])
    outcomes = set()
    for kill in range(ADDS):
        works.restore()
        works.kill(works.add, chance.uniform(0, seconds))
        kept = sorted(_kept(works.store))
        assert kept in ([_OLD], sorted([_OLD, _NEW]))
        outcomes.add(len(kept))
        if kill % 10 == 9:
            works.add()
            assert sorted(_kept(works.store)) == sorted([_OLD, _NEW])
    assert outcomes == {1, 2}


def test_a_killed_build_serves_the_old_warehouse_or_the_new_one(works: Works):
    """Whole; and built again, it has the same rows, and no trace of the dead is left."""
    chance = random.Random(20230928)
    old = dump(works.served)
    works.add()
    shutil.rmtree(works.aside / "store")
    shutil.copytree(works.store, works.aside / "store")
    seconds = works.seconds(works.build)
    new = dump(works.served)
    assert len(new["trade_flow"]) == len(old["trade_flow"]) + 1
    for kill in range(BUILDS):
        works.restore()
        works.kill(works.build, chance.uniform(0, seconds))
        assert dump(works.served) in (old, new)
        if kill % 10 == 9:
            works.build()
            assert dump(works.served) == new
            assert sorted(path.name for path in works.served.parent.iterdir()) == [
                works.served.name,
                f"{works.served.name}.lock",
            ]
