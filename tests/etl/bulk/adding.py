"""How tests add bulk data up: a table of text in, the mart or the refusals out."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import pandas as pd

from etl import marts
from etl.bulk.aggregation import Aggregate, Known, Work, aggregate
from etl.bulk.engine import Means
from etl.bulk.forms import FORMS
from tests.data_folder import DATA
from tests.tables import cells

LEGACY = {"year": "2010", "flow": "Export", "reporter": "Azerbaijan", "partner": "Turkey"}
"""What a record of Comtrade's older downloads says where a test does not."""


@cache
def known() -> Known:
    """The economies of the repository's catalogue; those of the group are ours."""
    return marts.known_of(DATA)


def csv(text: str, **constant: str) -> str:
    """A table of `| a | b |` lines as a file, with every `constant` as a column of its own."""
    header, rows = cells(text)
    more = {name: cell for name, cell in constant.items() if name not in header}
    lines = [[*header, *more], *([*row, *more.values()] for row in rows)]
    return "\n".join(",".join(line) for line in lines) + "\n"


def saved(folder: Path, text: str, name: str = "bulk.csv") -> Path:
    """Save a file; packed if its name says so."""
    content = text.encode()
    path = folder / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def added(
    *paths: Path, kind: str = "comtrade", means: Means | None = None, keeps_rest: bool = False
) -> Aggregate:
    """Add files up, by DuckDB with a little memory unless other means are given."""
    granted = means or Means(memory="256MB")
    return aggregate(Work(paths, FORMS[kind], known(), granted, keeps_rest))


def legacy(folder: Path, text: str, **options: bool) -> Aggregate:
    """Add up records of Comtrade's older downloads: only the columns that a test speaks of."""
    return added(saved(folder, csv(text, **LEGACY)), **options)


def rows(made: Aggregate) -> pd.DataFrame:
    """The mart as a frame; nothing may have been refused."""
    assert made.refusals == ()
    assert made.rows is not None
    frame: pd.DataFrame = made.rows.to_pandas()
    return frame
