"""Checking what arrives against its layout, with pandera, lazily: one report names every fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
import pandera.pandas as pa

from etl.layouts import TABLES, Table, rules_of
from etl.refusals import Refusal
from etl.rules import FILLED, Rule

_RANGE_FIELDS = ("value", "low", "high")


def check(table: Table, frame: pd.DataFrame) -> Iterator[Refusal]:
    """Yield every cell of `frame` that breaks a rule, and every repeated key but its first."""
    rules = {rule.reason: rule for rule in _all_rules(table)}
    try:
        _schema(table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for case in errors.failure_cases.itertuples():
            rule = rules[str(case.check)]
            where = frame.loc[case.index]
            yield Refusal(
                str(where["file"]),
                int(where["row"]),
                str(case.column),
                str(case.failure_case),
                rule.reason,
                rule.remedy,
            )
    yield from _repeated_keys(table, frame)
    yield from _upside_down_ranges(table, frame)


def check_references(table: Table, frames: Mapping[str, pd.DataFrame]) -> Iterator[Refusal]:
    """Yield every cell that names something no catalogue has."""
    frame = frames[table.name]
    for column, other in table.references.items():
        target = next(table for table in TABLES if table.name == other)
        known = frames[other][target.key]
        if known.empty:
            continue  # The table itself was refused; a complaint for each mention adds nothing.
        unknown = frame[(frame[column] != "") & ~frame[column].isin(known)]
        for row in unknown.to_dict("records"):
            yield Refusal(
                row["file"],
                row["row"],
                column,
                row[column],
                f"is no known {other}",
                f"Correct it, or add it to {target.files}.",
            )


def _all_rules(table: Table) -> Iterator[Rule]:
    yield FILLED
    for column in table.columns:
        yield from rules_of(table, column)


def _schema(table: Table) -> pa.DataFrameSchema:
    optional = table.optional.split(",")
    columns = {}
    for name in table.columns:
        required = () if name in optional else (FILLED,)
        checks = [_pandera(rule) for rule in (*required, *rules_of(table, name))]
        columns[name] = pa.Column(str, checks=checks)
    return pa.DataFrameSchema(columns)


def _pandera(rule: Rule) -> pa.Check:
    if rule is FILLED:
        return pa.Check(rule.holds, element_wise=True, error=rule.reason)
    # An empty cell is the business of FILLED alone: one fault, one refusal.
    return pa.Check(
        lambda cell: cell == "" or rule.holds(cell), element_wise=True, error=rule.reason
    )


def _repeated_keys(table: Table, frame: pd.DataFrame) -> Iterator[Refusal]:
    key = table.key.split(",")
    first = frame.drop_duplicates(key).set_index(key)
    for row in frame[frame.duplicated(key)].to_dict("records"):
        values = tuple(row[column] for column in key)
        original = first.loc[values if len(key) > 1 else values[0]]
        yield Refusal(
            row["file"],
            row["row"],
            "+".join(key),
            " ".join(values),
            f"repeats the key of {original['file']}, row {original['row']}",
            "Keep one of the two; a newer edition needs a newer vintage.",
        )


def _upside_down_ranges(table: Table, frame: pd.DataFrame) -> Iterator[Refusal]:
    if not set(_RANGE_FIELDS) <= set(frame.columns):
        return
    number = {name: pd.to_numeric(frame[name], errors="coerce") for name in _RANGE_FIELDS}
    filled = {name: frame[name] != "" for name in _RANGE_FIELDS}
    upside_down = number["low"] > number["high"]
    neither = ~(filled["value"] | filled["low"] | filled["high"])
    both = filled["value"] & (filled["low"] | filled["high"])
    for wrong, column, reason, remedy in (
        (upside_down, "low", "is above the high end of its range", "Swap low and high."),
        (neither, "value", "is empty, and so are low and high", "Give a value or a range."),
        (both, "value", "stands beside a range", "Give a value or a range, not both."),
    ):
        for row in frame[wrong].to_dict("records"):
            value = f"{row['low']}–{row['high']}" if column == "low" else row["value"]
            yield Refusal(row["file"], row["row"], column, value, reason, remedy)
