"""What every reader needs: rows in the layout of our tables, numbers as text, faults counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal
from typing import Any

import pandas as pd

from etl.layouts import named
from etl.refusals import Refusal, rows
from etl.sources.source import Reading
from etl.sources.verdict import NOT_AMOUNT

COLUMNS: Mapping[str, tuple[str, ...]] = {
    table: named(table).read_columns for table in ("trade", "observation", "chapter")
}
"""The text columns of the rows that a reading makes of each table; `row` stands after them."""

_OPTIONAL = dict.fromkeys(("classification", "value", "low", "high", "note"), "")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "trade": ("reporter", "partner", "flow", "product", "period", "source"),
    "observation": ("indicator", "scope", "period", "source"),
}
_WRITTEN = r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?"
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\s*", re.ASCII)
_DECIMALS = Decimal("1e-18")
_WIDE = Context(prec=60)
_MISSING = ("", "-", "–", "—", "..", "...", "…")
_SHOWN = 200
"""How many distinct wrong values of one field are named one by one; the rest is counted."""


def trade_rows(**cells: Iterable[str] | Iterable[int] | str) -> pd.DataFrame:
    """Make rows of the table `trade`: text columns in their order and `row` as int64.

    Each argument is a column, or one text for all rows; `classification` and `note` may be absent.
    """
    return _table_rows("trade", cells)


def observation_rows(**cells: Iterable[str] | Iterable[int] | str) -> pd.DataFrame:
    """Make rows of the table `observation`, as `trade_rows`; value, low, high, note may be absent."""
    return _table_rows("observation", cells)


def _table_rows(
    table: str, cells: Mapping[str, Iterable[str] | Iterable[int] | str]
) -> pd.DataFrame:
    given = {**_OPTIONAL, **cells}
    row = pd.Series(given["row"], dtype="int64").reset_index(drop=True)
    texts = {name: _column(given[name], row.index) for name in COLUMNS[table]}
    return pd.DataFrame({**texts, "row": row})


def _column(cells: Iterable[str] | Iterable[int] | str, index: pd.Index) -> pd.Series:
    if isinstance(cells, str):
        return pd.Series(cells, index=index, dtype="str")
    whole = cells if isinstance(cells, pd.Series) else pd.Series(list(cells), dtype="object")
    return whole.astype("str").set_axis(index)


def no_rows(table: str) -> pd.DataFrame:
    """A frame of no rows, with the columns and types of a reading of `table`."""
    return _table_rows(table, {**dict.fromkeys(COLUMNS[table], ()), "row": ()})


def refused(table: str, *refusals: Refusal) -> Reading:
    """A reading of which nothing stands but why."""
    return Reading(table, no_rows(table), refusals)


def number_text(number: float | str) -> str | None:
    """A number as our tables write it, without exponent; None if it is none or has over 18 digits.

    A float gives its shortest text (13.0 is "13"), a text keeps its printed digits ("13.0"). Beyond
    the 18th decimal it is rounded, a millionth of a millionth of what the warehouse keeps.
    """
    if isinstance(number, int) and number.bit_length() > 64:  # str() of a huge one may raise
        return None
    text = repr(float(number)) if isinstance(number, float) else str(number)
    if len(text) > 400 or not _NUMBER.fullmatch(text):
        return None
    plain = Decimal(text.strip())
    if plain and plain.adjusted() >= 18:
        return None
    rounded = _WIDE.quantize(plain, _DECIMALS) if _decimals(plain) > 18 else plain
    written = f"{rounded:f}".removeprefix("-") if not rounded else f"{rounded:f}"
    return written.removesuffix(".0") if isinstance(number, float) else written


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def number_texts(cells: pd.Series) -> pd.Series:
    """`number_text` of every text cell, an empty one staying ""; missing where it is no number."""
    written = cells.str.fullmatch(_WRITTEN) | (cells == "")
    if written.all():
        return cells
    odd = cells[~written]
    return cells.where(written, odd.map({cell: number_text(cell) for cell in odd.unique()}))


def amounts(
    name: str, cells: pd.Series, row: pd.Series, field: str
) -> tuple[pd.Series, list[Refusal]]:
    """Cells as number text, "" where the publisher printed nothing or a dash; text is refused."""
    plain = cells.str.strip()
    numbers = number_texts(plain.mask(plain.isin(_MISSING), ""))
    wrong = numbers.isna() | numbers.str.startswith("-")
    if not wrong.any():
        return numbers, []
    return numbers, [
        *refuse_cells(
            name,
            cells[wrong],
            row,
            field=field,
            reason=NOT_AMOUNT,
            remedy="Take the file from the publisher anew; if the figure stands there, ask them.",
        )
    ]


def wide_amounts(
    name: str, frame: pd.DataFrame, periods: Mapping[str, str]
) -> tuple[pd.DataFrame, list[Refusal]]:
    """Turn columns of periods into rows: `period`, `column` and `value` beside the other columns.

    `periods` gives the period of each column of figures; `frame` has `row`. Missing cells give no
    row, text in place of a number a refusal.
    """
    others = frame.drop(columns=list(periods))
    long, refusals = [], []
    for column, period in periods.items():
        value, faults = amounts(name, frame[column], frame["row"], column)
        refusals.extend(faults)
        found = others.assign(period=period, column=column, value=value)
        long.append(found[value.notna() & (value != "")])
    return pd.concat(long, ignore_index=True), refusals


def refuse_cells(
    name: str, cells: pd.Series, row: pd.Series, *, field: str, reason: str, remedy: str
) -> Iterator[Refusal]:
    """Yield a refusal per distinct wrong cell, at its first row, saying in how many it stands.

    `cells` are the wrong ones only; `row` shares their index. So a document of which every row is
    wrong gives a page to read, not a million lines.
    """
    found = pd.DataFrame({"cell": cells, "row": row.loc[cells.index]})
    stands = found.groupby("cell", sort=False)["row"].agg(["min", "size"]).reset_index()
    for cell in rows(stands.iloc[:_SHOWN]):
        more = f", here and in {cell['size'] - 1} more rows" if cell["size"] > 1 else ""
        yield Refusal(name, cell["min"], field, cell["cell"], f"{reason}{more}", remedy)
    hidden = stands.iloc[_SHOWN:]
    for cell in rows(hidden.iloc[:1]):
        many = f"{len(hidden)} more values in {hidden['size'].sum()} rows, not named here"
        yield Refusal(name, cell["min"], field, cell["cell"], f"{reason}; so are {many}", remedy)


def without_repeats(
    name: str, table: str, found: pd.DataFrame
) -> tuple[pd.DataFrame, list[Refusal]]:
    """Keep the first of equal rows with one key; refuse a key that returns with another number."""
    key = list(_KEYS[table])
    again = found[found.duplicated(key, keep=False)]
    if again.empty:
        return found, []
    first: dict[tuple[str, ...], dict[str, Any]] = {}
    refusals = []
    for row in rows(again):
        kept = first.setdefault(tuple(row[column] for column in key), row)
        if _numbers(kept) != _numbers(row):
            refusals.append(_second_figure(name, row, kept, key))
    return found.drop_duplicates(key, ignore_index=True), refusals[:_SHOWN]


def _numbers(row: Mapping[str, str]) -> list[Decimal | str]:
    cells = [row.get(column, "") for column in ("value", "low", "high")]
    return [Decimal(cell) if re.fullmatch(_WRITTEN, cell) else cell for cell in cells]


def _second_figure(
    name: str, row: Mapping[str, Any], kept: Mapping[str, Any], key: list[str]
) -> Refusal:
    value, first = (
        "–".join(filter(None, (which.get(column, "") for column in ("value", "low", "high"))))
        for which in (row, kept)
    )
    subject = ", ".join(row[column] for column in key if column != "source")
    reason = f"is a second figure for {subject}: row {kept['row']} says {first}"
    remedy = "Ask the publisher which of the two holds and take the other out."
    return Refusal(name, row["row"], "value", value, reason, remedy)
