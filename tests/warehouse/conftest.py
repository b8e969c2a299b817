"""What is made of text tables is made in either kind of database."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.warehouse import made


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of a module that makes warehouses twice."""
    if getattr(metafunc.module, "make", None) is made.make:
        in_postgresql = pytest.param("postgresql", marks=pytest.mark.slow)
        metafunc.parametrize("kind", ["sqlite", in_postgresql], indirect=True)


@pytest.fixture(autouse=True)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The kind of database; in PostgreSQL there is one for each path that a test makes up."""
    chosen = getattr(request, "param", "sqlite")
    if chosen == "postgresql":
        server = request.getfixturevalue("server")
        databases: defaultdict[Path, str] = defaultdict(server.database)
        monkeypatch.setattr(made, "address", databases.__getitem__)
    return chosen
