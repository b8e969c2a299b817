"""What the tests share: one warehouse built from data/, folders to spoil, the real files."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Select

from etl import pipeline
from etl.arrivals import arrive
from etl.inputs import read_inputs
from tests import postgresql
from tests.data_folder import DATA, DataFolder
from tests.postgresql import Server
from warehouse import build
from warehouse.engine import Row, Warehouse
from warehouse.frames import hold_text_as_python


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --postgresql`: PostgreSQL answers whatever a test asks the warehouse of data/."""
    parser.addoption("--postgresql", action="store_true", help="answer from PostgreSQL")


def pytest_configure() -> None:
    """Give examples all the time that they need, for machines may be busy; hold text as our roots do."""
    settings.register_profile("unhurried", deadline=None)
    settings.load_profile("unhurried")
    hold_text_as_python()


def pytest_collection_finish() -> None:
    """Leave what was loaded for all tests out of every later search for garbage, as the server does."""
    gc.collect()
    gc.freeze()


class Built(Warehouse):
    """A warehouse, and the SQLite file in which the same rows can be looked up."""

    def __init__(self, url: str, path: Path) -> None:
        super().__init__(url)
        self.path = path
        self.file = Warehouse(f"sqlite:///{path}")


class Compared(Built):
    """A warehouse in PostgreSQL, each answer of which is held against that of the file.

    PostgreSQL and SQLite agree on every query of the tests that pass with it: on the rows, their order,
    and the type of each cell.
    """

    def rows(self, query: Select[Any]) -> Sequence[Row]:
        """Answer, if both answer the same."""
        answer = super().rows(query)
        expected = self.file.as_of(self.asof).rows(query)
        assert [_typed(row) for row in answer] == [_typed(row) for row in expected], str(query)
        return answer


def _typed(row: Row) -> list[tuple[str, type, object]]:
    return [(name, type(value), value) for name, value in row.items()]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL."""
    with postgresql.running() as started:
        yield started


@pytest.fixture(scope="session")
def file_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a SQLite warehouse built from the repository's data/; read it only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('warehouse') / 'warehouse.sqlite'}"
    outcome = pipeline.build(DATA, url)
    assert not outcome.is_refused, "\n".join(map(str, outcome.refusals))
    return url


@pytest.fixture(scope="session")
def server_url(server: Server, file_url: str) -> str:
    """The address of the same build in PostgreSQL, its rows in no order; read it only."""
    url, inputs = server.database(), read_inputs(DATA)
    frames, _ = pipeline.transform(arrive(inputs), inputs.snapshots)
    build.write(frames, asdict(Warehouse(file_url).build()), inputs.digests, url)
    server.shuffle(url)
    return url


@pytest.fixture(scope="session")
def warehouse_url(request: pytest.FixtureRequest) -> str:
    """The address of a warehouse built from the repository's data/; read it, do not build over it."""
    kind = "server_url" if request.config.getoption("--postgresql") else "file_url"
    return request.getfixturevalue(kind)


@pytest.fixture(scope="session")
def warehouse(warehouse_url: str, file_url: str) -> Warehouse:
    """The warehouse built from the repository's data/."""
    kind = Built if warehouse_url == file_url else Compared
    return kind(warehouse_url, Path(file_url.removeprefix("sqlite:///")))


@pytest.fixture(scope="session")
def compared(server_url: str, file_url: str) -> Warehouse:
    """The warehouse built from the repository's data/, as PostgreSQL and SQLite both know it."""
    return Compared(server_url, Path(file_url.removeprefix("sqlite:///")))


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A copy of data/ to spoil."""
    return DataFolder.copy(tmp_path / "data")


@pytest.fixture
def small(tmp_path: Path) -> DataFolder:
    """A small valid data folder to build over and over."""
    return DataFolder.small(tmp_path / "data")


@pytest.fixture
def served(tmp_path: Path) -> Path:
    """Where a test's own warehouse goes."""
    return tmp_path / "served" / "warehouse.sqlite"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of the publishers' own files, which are too large for the repository."""
    folder = os.environ.get("ALTYN_REAL_DATA")
    if not folder:
        pytest.skip("ALTYN_REAL_DATA does not name the folder of the publishers' files")
    return Path(folder)
