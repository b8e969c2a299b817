"""Tables as text: what a test puts in and what it expects out read like a page of a book."""

from __future__ import annotations

import pandas as pd

from etl.transforms import vintages


def cells(text: str) -> tuple[list[str], list[list[str]]]:
    """Read `| a | b |` lines: the header, then the rows."""
    lines = [line.strip() for line in text.strip().splitlines()]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return rows[0], rows[1:]


def listed(text: str) -> list[dict[str, str]]:
    """The rows of such lines as mappings from column to cell."""
    header, rows = cells(text)
    return [dict(zip(header, row, strict=True)) for row in rows]


def table(text: str, **constant: str) -> pd.DataFrame:
    """A frame of text cells, with every `constant` as a column of its own."""
    header, rows = cells(text)
    return pd.DataFrame(rows, columns=header, dtype="str").assign(**constant)


def arrived(text: str, **constant: str) -> pd.DataFrame:
    """A table as it comes from a file: with the `file` and the `row` of every record."""
    frame = table(text, **constant)
    return frame.assign(file="table.csv", row=range(2, len(frame) + 2))


def known(text: str, releases: str = "", **constant: str) -> pd.DataFrame:
    """A table as it comes from a file of our own, with the day since which each row is known.

    `releases` says so by source and vintage; for others it is the last day of the vintage.
    """
    released = table(releases or "| source | vintage | known_since |")
    return vintages.own(arrived(text, **constant), released)


def render(frame: pd.DataFrame, columns: list[str] | None = None) -> str:
    """Draw a frame as aligned `| a | b |` lines, a missing cell empty, yes and no for booleans."""
    header = columns or [str(column) for column in frame.columns]
    drawn = [[_cell(value) for value in row] for row in frame[header].to_numpy(dtype=object)]
    return _aligned([header, *drawn])


def assert_table(frame: pd.DataFrame, expected: str) -> None:
    """The frame must hold exactly these rows, in this order, in the columns named."""
    header, rows = cells(expected)
    assert render(frame, header) == _aligned([header, *rows])


def assert_refusals(refusals: object, expected: str) -> None:
    """The refusals must be exactly these, in any order, by the fields named."""
    header, rows = cells(expected)
    found = [[str(getattr(refusal, name)) for name in header] for refusal in refusals]
    assert _aligned([header, *sorted(found)]) == _aligned([header, *sorted(rows)])


def _cell(value: object) -> str:
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value)


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    )
