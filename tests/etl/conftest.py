"""What the tests of the ETL share: a form of document of their own, and what documents are read with."""

from __future__ import annotations

import pytest

from etl import pipeline
from etl.readings import Library
from etl.sources.registry import SOURCES
from tests.data_folder import DATA
from tests.etl.plain import PLAIN


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Understand the documents of `tests.etl.plain` besides those of publishers."""
    monkeypatch.setitem(SOURCES, PLAIN.kind, PLAIN)


@pytest.fixture(scope="session")
def library() -> Library:
    """What documents are read with, of the repository's data/."""
    return pipeline.library(DATA)
