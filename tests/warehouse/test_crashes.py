"""kill -9 in the middle of a build: what is served is whole, and the next build clears the rest away."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from etl import pipeline
from tests.data_folder import DataFolder, dump
from tests.postgresql import Server
from tests.warehouse.made import contents
from warehouse.build import served_build_id

pytestmark = pytest.mark.slow

KILLS = 10


class Builds(ABC):
    """Builds of a warehouse, each in a process of its own that can be killed."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._processes = multiprocessing.get_context("forkserver")
        # Without what a build imports, most moments to kill it at would be moments of importing.
        self._processes.set_forkserver_preload(["etl.pipeline"])

    @abstractmethod
    def is_writing(self) -> bool:
        """Whether a build has come so far that it writes."""

    @abstractmethod
    def rows(self) -> dict[str, list[Any]]:
        """All that is served, but for the time of the build and what was served before."""

    @abstractmethod
    def traces(self) -> int:
        """How much lies there that is neither served nor belongs to what is."""

    def start(self, folder: DataFolder) -> ForkServerProcess:
        process = self._processes.Process(target=pipeline.build, args=(folder.path, self.url))
        process.start()
        return process

    def run(self, folder: DataFolder) -> tuple[float, float]:
        """Build to the end; answers the seconds before and after it began to write."""
        started, process = time.perf_counter(), self.start(folder)
        self.wait_for_writing(process)
        writing = time.perf_counter()
        process.join()
        assert process.exitcode == 0
        return writing - started, time.perf_counter() - writing

    def kill(self, folder: DataFolder, after: float, *, of_writing: bool) -> None:
        """Kill a build some seconds after its start, or after it began to write."""
        process = self.start(folder)
        if of_writing:
            self.wait_for_writing(process)
        process.join(after)
        process.kill()
        process.join()

    def wait_for_writing(self, process: ForkServerProcess) -> None:
        while process.is_alive() and not self.is_writing():
            time.sleep(0.001)


class FileBuilds(Builds):
    """Builds of a file."""

    def __init__(self, served: Path) -> None:
        super().__init__(f"sqlite:///{served}")
        self._served = served

    def is_writing(self) -> bool:
        return self._served.with_name(f"{self._served.name}.building").exists()

    def rows(self) -> dict[str, list[Any]]:
        return dump(self._served)

    def traces(self) -> int:
        known = {self._served.name, f"{self._served.name}.lock"}
        return len({path.name for path in self._served.parent.iterdir()} - known)


class ServerBuilds(Builds):
    """Builds in PostgreSQL."""

    def __init__(self, server: Server) -> None:
        super().__init__(server.database())
        self._server = server

    def is_writing(self) -> bool:
        return self._server.is_building(self.url)

    def rows(self) -> dict[str, list[Any]]:
        return contents(self.url)

    def traces(self) -> int:
        return len(self._server.schemas(self.url)) - 2


@pytest.fixture(params=["sqlite", "postgresql"])
def builds(request: pytest.FixtureRequest, served: Path) -> Iterator[Builds]:
    """Builds of the test's own warehouse, none of which outlives the test."""
    is_file = request.param == "sqlite"
    yield FileBuilds(served) if is_file else ServerBuilds(request.getfixturevalue("server"))
    for process in multiprocessing.active_children():
        process.kill()
        process.join()


def test_a_killed_build_leaves_a_whole_one_and_the_next_one_no_trace(
    small: DataFolder, builds: Builds
):
    """Two folders by turns, killed while they build: what is served is the one or the other, whole."""
    other = DataFolder(small.path.with_name("other"))
    shutil.copytree(small.path, other.path)
    other.edit("catalog/economies.csv", {"code": "BGR"}, aliases="Bulgaria")
    rows = {}
    for folder in (small, other):
        seconds = builds.run(folder)
        rows[folder, served_build_id(builds.url)] = builds.rows()
    whole = {build_id: table for (_folder, build_id), table in rows.items()}
    of_other = next(build_id for folder, build_id in rows if folder is other)

    chance = random.Random(20230928)
    for kill in range(KILLS):
        folder = small if served_build_id(builds.url) == of_other else other
        of_writing = bool(kill % 2)
        builds.kill(folder, chance.uniform(0, seconds[of_writing]), of_writing=of_writing)
        assert builds.rows() == whole[served_build_id(builds.url)]
        if kill % 5 == 4:
            builds.run(folder)
            assert builds.rows() == rows[folder, served_build_id(builds.url)]
            assert builds.traces() == 0
