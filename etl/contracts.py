"""Checking what arrives against its layout, with pandera, lazily: one report names every fault."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from etl.layouts import named
from etl.layouts.table import Table, rules_of
from etl.refusals import Refusal, rows
from etl.rules import FILLED, NOT_NEGATIVE, NUMBER, Rule
from etl.units import SIGNED
from warehouse import periods

# Where Spark is installed, pandera would load all of Spark's pandas: a second for nothing, and a warning.
_HIDDEN = {"pyspark": None} if "pyspark" not in sys.modules else {}
sys.modules.update(_HIDDEN)  # type: ignore[arg-type]  # None says that there is none
import pandera.pandas as pa  # noqa: E402

for _name in _HIDDEN:
    del sys.modules[_name]

_RANGE = ("value", "low", "high")
_SPANS = (
    ("first_period", "last_period"),
    ("since", "until"),
    ("date", "until"),
    ("base_period", "period"),
)


def check(table: Table, frame: pd.DataFrame) -> Iterator[Refusal]:
    """Yield every cell of `frame` that breaks a rule, and every repeated key but its first."""
    yield from _check_cells(table, frame, table.columns)
    yield from _repeated_keys(table.key.split(","), frame)
    yield from _wrong_ranges(frame)
    yield from _wrong_signs(frame)
    yield from _backward_spans(frame)


def check_reading(table: Table, frame: pd.DataFrame) -> Iterator[Refusal]:
    """Yield what `check` would of rows that a source has read, which have no vintage yet.

    Inflation may fall below zero, and only the publisher knows: a negative observation stands.
    """
    yield from _check_cells(table, frame, table.read_columns)
    yield from _repeated_keys([name for name in table.key.split(",") if name != "vintage"], frame)
    yield from _wrong_ranges(frame)


def _check_cells(table: Table, frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[Refusal]:
    rules = {column: _rules(table, column) for column in columns}
    try:
        _schema(rules).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        wrong = rows(frame.loc[cases["index"]])
        for row, column, reason in zip(wrong, cases["column"], cases["check"], strict=True):
            (rule,) = (rule for rule in rules[column] if rule.reason == reason)
            yield Refusal.at(row, column, reason, rule.remedy)


def check_references(
    table: Table, frame: pd.DataFrame, names: Mapping[str, frozenset[str]]
) -> Iterator[Refusal]:
    """Yield every cell that names something no catalogue has, by the `names` of each table.

    A table without names was refused whole; a complaint for each mention would add nothing.
    """
    for column, other in table.references.items():
        if other not in names:
            continue
        is_unknown = (frame[column] != "") & ~frame[column].isin(names[other])
        files = named(other).files
        for row in rows(frame[is_unknown]):
            remedy = f"Correct it, or add it to {files}."
            yield Refusal.at(row, column, f"is no known {other}", remedy)


def _rules(table: Table, column: str) -> tuple[Rule, ...]:
    is_optional = column in table.optional.split(",")
    return rules_of(table, column) if is_optional else (FILLED, *rules_of(table, column))


def _schema(rules: Mapping[str, Sequence[Rule]]) -> pa.DataFrameSchema:
    # As this process holds text; `str` would mean to pandera how it was held when that was loaded.
    text = pd.StringDtype(na_value=math.nan)
    return pa.DataFrameSchema(
        {
            column: pa.Column(text, checks=[_pandera(rule) for rule in of_column])
            for column, of_column in rules.items()
        }
    )


def _pandera(rule: Rule) -> pa.Check:
    # An empty cell is the business of FILLED alone: one fault, one refusal.
    allowed = () if rule is FILLED else ("",)

    def holds(cells: pd.Series) -> pd.Series:
        # A column of a million cells has few different ones: each is judged once.
        wrong = [cell for cell in cells.unique() if cell not in allowed and not rule.holds(cell)]
        return ~cells.isin(wrong) if wrong else pd.Series(data=True, index=cells.index)

    return pa.Check(holds, error=rule.reason)


def _repeated_keys(key: list[str], frame: pd.DataFrame) -> Iterator[Refusal]:
    is_repeated = frame.duplicated(key)
    if not is_repeated.any():
        return
    first = frame.groupby(key, sort=False)[["file", "row"]].transform("first")
    placed = frame.assign(first_file=first["file"], first_row=first["row"])
    is_whole = (frame[key] != "").all(axis=1)
    for row in rows(placed[is_repeated & is_whole]):
        yield Refusal(
            row["file"],
            row["row"],
            "+".join(key),
            " ".join(row[column] for column in key),
            f"repeats the key of {row['first_file']}, row {row['first_row']}",
            "Keep one of the two; a newer edition needs a newer vintage.",
        )


def _wrong_ranges(frame: pd.DataFrame) -> Iterator[Refusal]:
    if not set(_RANGE) <= set(frame.columns):
        return
    number = {name: pd.to_numeric(frame[name], errors="coerce") for name in _RANGE}
    is_filled = {name: frame[name] != "" for name in _RANGE}
    backward = frame[number["low"] > number["high"]]
    neither = frame[~(is_filled["value"] | is_filled["low"] | is_filled["high"])]
    both = frame[is_filled["value"] & (is_filled["low"] | is_filled["high"])]
    for row in rows(backward.assign(low=backward["low"] + "–" + backward["high"])):
        yield Refusal.at(row, "low", "is above the high end of its range", "Swap low and high.")
    for row in rows(neither):
        reason = "is empty, and so are low and high"
        yield Refusal.at(row, "value", reason, "Give a value or a range.")
    for row in rows(both):
        yield Refusal.at(
            row, "value", "stands beside a range", "Give a value or a range, not both."
        )


def _wrong_signs(frame: pd.DataFrame) -> Iterator[Refusal]:
    """Refuse a negative end or value of a range, unless its unit is that of a change."""
    if not {*_RANGE, "unit"} <= set(frame.columns):
        return
    amounts = frame[~frame["unit"].isin(SIGNED)]
    for name in _RANGE:
        for row in rows(amounts[amounts[name].str.startswith("-")]):
            if NUMBER.holds(row[name]):
                yield Refusal.at(row, name, NOT_NEGATIVE.reason, NOT_NEGATIVE.remedy)


def _backward_spans(frame: pd.DataFrame) -> Iterator[Refusal]:
    for first, last in _SPANS:
        if not {first, last} <= set(frame.columns):
            continue
        for row in rows(frame):
            if not (periods.is_period(row[first]) and periods.is_period(row[last])):
                continue  # Empty, or refused by its own rule.
            if periods.parse(row[last]) < periods.parse(row[first]):
                yield Refusal.at(row, last, f"lies before {first}", f"Swap {first} and {last}.")
