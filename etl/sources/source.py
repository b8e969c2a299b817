"""What a source of documents is: how its documents are known, and how they are read into rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from etl.economies import Catalogue
from etl.formats.document import Document
from etl.refusals import Refusal


@dataclass(frozen=True)
class Reading:
    """A document as rows of one of our own tables, or what in it was not understood.

    `rows` has the text columns of the layout `table` but `vintage`, and `row`, the number of the
    row in the document. Unless it `is_partial`, a document of which anything was refused is left out
    whole: a total with a hole is no total.
    """

    table: str
    rows: pd.DataFrame
    refusals: tuple[Refusal, ...] = ()
    edition: str = ""
    """The edition that the document calls itself, in a text that sorts by age; empty if none."""
    is_partial: bool = False
    """Whether the rows stand although others were refused (one shipment's faults are its own)."""
    passed_over: tuple[str, ...] = ()
    """What was left out on purpose, in sentences for whoever added the document."""


@dataclass(frozen=True)
class Source:
    """One form in which figures arrive; `kind` is its name in `add --as`."""

    kind: str
    about: str
    """What it reads, in one line for `--help`."""
    recognises: Callable[[Document], bool]
    """Whether a document looks like one of this kind; never raises, whatever the bytes."""
    read: Callable[[Document, Catalogue], Reading]
    """Never raises for bad bytes: what is not understood is refused by row and field."""
