"""Chapters that `etl aggregate` added up of bulk data, as it kept them."""

from __future__ import annotations

from etl.economies import Economies
from etl.formats.document import Document
from etl.formats.parquet import is_parquet, parquet_header, read_parquet
from etl.layouts import figures
from etl.sources.reading import COLUMNS, refused
from etl.sources.source import Reading, Source

_CELLS = COLUMNS["chapter"]
"""The columns of the file, all of them text but `reporters` and `records`."""


def _recognises(document: Document) -> bool:
    return is_parquet(document) and tuple(parquet_header(document)[: len(_CELLS)]) == _CELLS


def _read(document: Document, _economies: Economies) -> Reading:
    """Read the rows back; their edition stands in a column of its own behind them."""
    table = read_parquet(document, wanted=(*_CELLS, "edition"))
    if table.refusals:
        return refused("chapter", *table.refusals)
    editions = table.frame["edition"].unique()
    edition = str(editions[0]) if len(editions) == 1 else ""
    return Reading("chapter", table.frame[[*_CELLS, "row"]], edition=edition)


CHAPTER_FLOWS = Source(
    figures.CHAPTER_FLOWS,
    "chapters of bulk trade data, as etl aggregate added them up and kept them",
    _recognises,
    _read,
)
