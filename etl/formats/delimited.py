"""Delimited text, strictly: every cell as text, every row as long as the header, or a refusal."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.formats.document import Document
from etl.formats.first_records import cells_of, delimiter_of
from etl.formats.plain_text import plain_text
from etl.refusals import Refusal

_SHOWN = 50
_LF, _QUOTE = b'\n"'
_ANEW = "Take the file from the publisher anew."

_Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Delimited:
    """A text table: `frame` has text columns and `row`, the number a spreadsheet gives the record.

    With any refusal the frame is empty. `closing` are the filled one-cell lines under the table.
    """

    frame: pd.DataFrame
    refusals: tuple[Refusal, ...] = ()
    closing: tuple[str, ...] = ()


_OPEN = re.compile(rb"(?<!:\d\d[+-]\d\d:\d)\d\Z")
"""A digit at the very end; that of an offset from UTC, 12:30:00+05:00, is the last there can be."""


def read_delimited(
    document: Document,
    *,
    header_row: int = 1,
    wanted: Collection[str] = (),
    has_closing: bool = False,
) -> Delimited:
    """Read UTF-8 (or UTF-16 with its mark), LF or CRLF, the delimiter being the header's.

    Records above `header_row` are skipped; with `has_closing`, one-cell lines at the end are words,
    not rows. Only the `wanted` columns are kept, if any are named; all are checked. Whatever pandas
    would fill, drop or join in silence (rows with fewer or more cells, stray quotes, NULs, lone
    carriage returns, columns named twice) is refused, and so is a table that ends with a digit and
    no line end, after which more digits may be lost; nothing is raised. 200 MB take some seconds
    and five times their space; over 1 GiB, and lines over 1 MiB, are refused.
    """
    content, faults = plain_text(document)
    if faults:
        return Delimited(pd.DataFrame(), tuple(faults))
    delimiter = delimiter_of(_line(content, header_row))
    faults = [*_quote_faults(document.name, content, delimiter)]
    if faults:
        return Delimited(pd.DataFrame(), tuple(faults))
    records = _Records.of(content, delimiter)
    if len(records.ends) < header_row:
        fault = Refusal(document.name, 1, "header", "", "is not there: the file ends above", _ANEW)
        return Delimited(pd.DataFrame(), (fault,))
    return _table(
        document.name,
        records,
        header_row,
        wanted,
        has_closing=has_closing,
        is_open=_OPEN.search(document.content[-40:]) is not None,
    )


def _table(
    name: str,
    records: _Records,
    header_row: int,
    wanted: Collection[str],
    *,
    has_closing: bool,
    is_open: bool,
) -> Delimited:
    header = [cell.strip() for cell in records.cells(header_row - 1)]
    last = records.last_of_table(header_row) if has_closing else len(records.ends)
    faults = [*_header_faults(name, header_row, header), *_ragged(name, records, header_row, last)]
    if is_open and last == len(records.ends):
        faults.append(_cut_fault(name, records, last))
    if faults:
        return Delimited(pd.DataFrame(), tuple(faults))
    body = records.content[records.ends[header_row - 1] + 1 : records.ends[last - 1] + 1]
    frame = _frame(body, records.delimiter, header, [cell for cell in header if cell in wanted])
    if len(frame) != last - header_row:
        reason = f"holds {last - header_row} rows of which {len(frame)} could be told apart"
        return Delimited(pd.DataFrame(), (Refusal(name, 1, "file", "", reason, _ANEW),))
    closing = (" ".join(records.cells(row)).strip() for row in range(last, len(records.ends)))
    rows = np.arange(header_row + 1, last + 1)
    return Delimited(frame.assign(row=rows), (), tuple(filter(None, closing)))


@dataclass(frozen=True)
class _Records:
    """Where the records end in the bytes, and how many cells each has, quotes being heeded."""

    content: bytes
    delimiter: str
    ends: _Places
    counts: _Places

    @classmethod
    def of(cls, content: bytes, delimiter: str) -> _Records:
        data = np.frombuffer(content, dtype=np.uint8)
        marks = (data == _LF) | (data == ord(delimiter))
        if _QUOTE in content:
            marks &= ~np.logical_xor.accumulate(data == _QUOTE)
        places = np.flatnonzero(marks)
        last = np.flatnonzero(data[places] == _LF)
        return cls(content, delimiter, places[last], np.diff(last, prepend=-1))

    def cells(self, number: int) -> list[str]:
        """The cells of the record `number`, counted from nought."""
        start = self.ends[number - 1] + 1 if number else 0
        return cells_of(self.content[start : self.ends[number]].decode(), self.delimiter)

    def last_of_table(self, header_row: int) -> int:
        """How many records there are before the closing lines of one cell."""
        if self.counts[header_row - 1] == 1:
            return len(self.ends)
        longer = np.flatnonzero(self.counts[header_row - 1 :] > 1)
        return header_row + int(longer[-1])


def _quote_faults(name: str, content: bytes, delimiter: str) -> Iterator[Refusal]:
    """Yield the first quote that neither begins nor ends a cell nor stands doubled inside one."""
    data = np.frombuffer(content, dtype=np.uint8)
    quotes = np.flatnonzero(data == _QUOTE)
    edges = [_LF, _QUOTE, ord(delimiter)]
    opening, closing = quotes[::2], quotes[1::2]
    stray = np.concatenate(
        [
            opening[(opening > 0) & ~np.isin(data[opening - 1], edges)],
            closing[~np.isin(data[closing + 1], edges)],
        ]
    )
    if len(stray) == 0 and len(quotes) % 2:
        stray = quotes[-1:]
    if len(stray):
        place = int(stray.min())
        row = content.count(b"\n", 0, place) + 1
        shown = content[max(place - 20, 0) : place + 20].decode(errors="replace")
        reason = "has a quotation mark that closes no cell or opens none; nothing below was read"
        yield Refusal(name, row, "row", shown, reason, f"Double the marks inside a cell. {_ANEW}")


def _header_faults(name: str, row: int, header: list[str]) -> Iterator[Refusal]:
    if not any(header):
        yield Refusal(name, row, "header", "", "has no names of columns", _ANEW)
        return
    for column, count in Counter(header).items():
        if count > 1:
            reason = f"names a column {count} times"
            yield Refusal(name, row, "header", column, reason, "Keep each column once.")
    if "row" in header:
        yield Refusal(name, row, "header", "row", "is no column of any publisher known here", _ANEW)


def _cut_fault(name: str, records: _Records, last: int) -> Refusal:
    shown = records.cells(last - 1)[-1][-60:]
    reason = "ends with a digit and no line end, so digits and rows may be cut off"
    return Refusal(name, last, "row", shown, reason, f"{_ANEW} If it is whole, end its last line.")


def _ragged(name: str, records: _Records, header_row: int, last: int) -> Iterator[Refusal]:
    expected = records.counts[header_row - 1]
    wrong = np.flatnonzero(records.counts[header_row:last] != expected) + header_row
    for number in wrong[:_SHOWN]:
        shown = records.delimiter.join(records.cells(number))[:200]
        count = records.counts[number] if shown else 0
        reason = f"has {count} cells where the header has {expected}"
        yield Refusal(name, int(number) + 1, "row", shown, reason, _ANEW)
    if len(wrong) > _SHOWN:
        reason = f"has another number of cells than the header; so have {len(wrong) - _SHOWN} rows"
        yield Refusal(name, int(wrong[_SHOWN]) + 1, "row", "", reason, _ANEW)


def _frame(body: bytes, delimiter: str, header: list[str], wanted: list[str]) -> pd.DataFrame:
    places = list(range(len(header)))
    kept = [header.index(name) for name in wanted] or places
    if not body:
        return pd.DataFrame({header[place]: pd.Series(dtype="str") for place in kept})
    frame = pd.read_csv(
        io.BytesIO(body),
        sep=delimiter,
        header=None,
        names=places,
        usecols=kept,
        dtype="str",
        na_filter=False,
        skip_blank_lines=False,
        index_col=False,
        engine="c",
    )
    return frame.set_axis([header[place] for place in sorted(kept)], axis=1)


def _line(content: bytes, number: int) -> str:
    lines = islice(io.BytesIO(content), number - 1, number)
    return next(lines, b"").decode(errors="replace").rstrip("\n")
