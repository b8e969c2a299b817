"""kill -9 in the middle of a build: what is served is whole, and the next build clears the rest away."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from collections.abc import Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from etl import pipeline
from tests.data_folder import DataFolder, dump
from warehouse.build import served_build_id

KILLS = 20


class Builds:
    """Builds of a warehouse, each in a process of its own that can be killed."""

    def __init__(self, served: Path) -> None:
        self.served = served
        self.url = f"sqlite:///{served}"
        self.building = served.with_name(f"{served.name}.building")
        self._processes = multiprocessing.get_context("forkserver")
        # Without what a build imports, most moments to kill it at would be moments of importing.
        self._processes.set_forkserver_preload(["etl.pipeline"])

    def start(self, folder: DataFolder) -> ForkServerProcess:
        process = self._processes.Process(target=pipeline.build, args=(folder.path, self.url))
        process.start()
        return process

    def run(self, folder: DataFolder) -> tuple[float, float]:
        """Build to the end; answers the seconds before and after the new file appeared."""
        started, process = time.perf_counter(), self.start(folder)
        self.wait_for_writing(process)
        writing = time.perf_counter()
        process.join()
        assert process.exitcode == 0
        return writing - started, time.perf_counter() - writing

    def kill(self, folder: DataFolder, after: float, *, of_writing: bool) -> None:
        """Kill a build some seconds after its start, or after its new file appeared."""
        process = self.start(folder)
        if of_writing:
            self.wait_for_writing(process)
        process.join(after)
        process.kill()
        process.join()

    def wait_for_writing(self, process: ForkServerProcess) -> None:
        while process.is_alive() and not self.building.exists():
            time.sleep(0.001)


@pytest.fixture
def builds(served: Path) -> Iterator[Builds]:
    """Builds of the test's own warehouse, none of which outlives the test."""
    yield Builds(served)
    for process in multiprocessing.active_children():
        process.kill()
        process.join()


def test_a_killed_build_leaves_a_whole_file_and_the_next_one_no_trace(
    small: DataFolder, builds: Builds
):
    """Two folders by turns, killed while they build: what is served is the one or the other, whole."""
    other = DataFolder(small.path.with_name("other"))
    shutil.copytree(small.path, other.path)
    other.edit("catalog/economies.csv", {"code": "BGR"}, aliases="Bulgaria")
    rows = {}
    for folder in (small, other):
        seconds = builds.run(folder)
        rows[folder, served_build_id(builds.url)] = dump(builds.served)
    whole = {build_id: table for (_folder, build_id), table in rows.items()}
    of_other = next(build_id for folder, build_id in rows if folder is other)

    chance = random.Random(20230928)
    for kill in range(KILLS):
        folder = small if served_build_id(builds.url) == of_other else other
        of_writing = bool(kill % 2)
        builds.kill(folder, chance.uniform(0, seconds[of_writing]), of_writing=of_writing)
        assert dump(builds.served) == whole[served_build_id(builds.url)]
        if kill % 5 == 4:
            builds.run(folder)
            assert dump(builds.served) == rows[folder, served_build_id(builds.url)]
            assert sorted(path.name for path in builds.served.parent.iterdir()) == [
                builds.served.name,
                f"{builds.served.name}.lock",
            ]
