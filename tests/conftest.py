"""What the tests share: one warehouse built from data/, folders to spoil, the real files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl import pipeline
from tests.data_folder import DATA, DataFolder
from warehouse.engine import Warehouse


@pytest.fixture(scope="session")
def warehouse_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a warehouse built from the repository's data/; read it, do not build over it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('warehouse') / 'warehouse.sqlite'}"
    outcome = pipeline.build(DATA, url)
    assert not outcome.is_refused, "\n".join(map(str, outcome.refusals))
    return url


@pytest.fixture(scope="session")
def warehouse(warehouse_url: str) -> Warehouse:
    """The warehouse built from the repository's data/."""
    return Warehouse(warehouse_url)


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
