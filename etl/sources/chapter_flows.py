"""Chapters that `etl aggregate` added up of bulk data, as it kept them."""

from __future__ import annotations

from etl.economies import Economies
from etl.formats.document import Document
from etl.formats.parquet import is_parquet, parquet_header, read_parquet
from etl.layouts import named
from etl.sources.reading import refused
from etl.sources.source import Reading, Source

COLUMNS = tuple(column for column in named("chapter").columns if column != "vintage")
"""The columns of the file, all of them text but `reporters` and `records`."""


def _recognises(document: Document) -> bool:
    return is_parquet(document) and tuple(parquet_header(document)[: len(COLUMNS)]) == COLUMNS


def _read(document: Document, _economies: Economies) -> Reading:
    """Read the rows back; their edition stands in a column of its own behind them."""
    table = read_parquet(document, wanted=(*COLUMNS, "edition"))
    if table.refusals:
        return refused("chapter", *table.refusals)
    editions = table.frame["edition"].unique()
    edition = str(editions[0]) if len(editions) == 1 else ""
    return Reading("chapter", table.frame[[*COLUMNS, "row"]], edition=edition)


CHAPTER_FLOWS = Source(
    "chapter-flows",
    "chapters of bulk trade data, as etl aggregate added them up and kept them",
    _recognises,
    _read,
)
