"""The first lines of delimited text, by which a form is known; no table is made of them."""

from __future__ import annotations

import csv
import io

from etl.formats.document import Document
from etl.formats.plain_text import UTF16

_HEAD = 1 << 16
_DELIMITERS = ",;\t"


def first_records(document: Document, count: int = 1) -> list[list[str]]:
    """The first records as lists of cells, to tell what a document is; none of what is no text."""
    head = document.content[:_HEAD]
    coding = "utf-16" if head.startswith(UTF16) else "utf-8-sig"
    text = head[: len(head) // 2 * 2].decode(coding, errors="replace")
    if "\0" in text:
        return []
    lines = text.replace("\r\n", "\n").split("\n", count)[:count]
    return [cells_of(line, delimiter_of(line)) for line in lines]


def delimiter_of(line: str) -> str:
    """The delimiter that tells the line into most cells."""
    return max(_DELIMITERS, key=lambda delimiter: len(cells_of(line, delimiter)))


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of a line, quotes being heeded; none where they are amiss."""
    try:
        return next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), [""])
    except csv.Error:
        return []
