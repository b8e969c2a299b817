"""What is wrong in bulk data, in words: cells, values and repeated keys, each with its number of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import and_
from typing import Any

from ibis.expr.types import BooleanValue, Table

from etl.bulk.engine import Engine
from etl.bulk.judging import Judgement
from etl.bulk.mart import KEY, Columns, repeats
from etl.bulk.places import SHOWN, Needle
from etl.refusals import Refusal
from etl.sources.verdict import NOT_AMOUNT

_VALUE = "Take the files from the publisher anew; if the figure stands there, ask them."
_AGAIN = "Keep one of them, or ask the publisher which of them holds."


def of_cells(judged: Judgement) -> Iterator[Needle]:
    """Cells that were not understood, the commonest of each column first."""
    for fault in judged.faults:
        shown = " | ".join(filter(None, fault.cells.values()))
        reason = f"{fault.reason}, in {_records(fault.records)}"
        refusal = Refusal("", 1, fault.shown, shown, reason, fault.remedy)
        yield Needle(refusal, _with(fault.cells))


def of_values(one: Engine, told: Table) -> Iterator[Needle]:
    """Values that are no amounts: the commonest `SHOWN`, and how many records have others."""
    wrong = told.filter(told.is_wrong)
    counted = wrong.group_by("written").agg(records=wrong.count())
    rows = one.ask(counted.order_by([counted.records.desc(), counted.written])).to_pylist()
    for row in rows[:SHOWN]:
        reason = f"{NOT_AMOUNT}, in {_records(row['records'])}"
        refusal = Refusal("", 1, "value", row["written"], reason, _VALUE)
        yield Needle(refusal, _with({"written": row["written"]}))
    if hidden := rows[SHOWN:]:
        many = _records(sum(row["records"] for row in hidden))
        reason = f"{NOT_AMOUNT}; so are {len(hidden)} values in {many}, not named here"
        refusal = Refusal("", 1, "value", hidden[0]["written"], reason, _VALUE)
        yield Needle(refusal, _with({"written": hidden[0]["written"]}))


def of_repeats(one: Engine, found: Table, keys: Table, columns: Columns) -> Iterator[Needle]:
    """Keys that several records have, `SHOWN` of them in order; `found` comes to `keys`."""
    again = one.ask(keys.aggregate(keys=(keys.records > 1).sum()))["keys"][0].as_py()
    seen: set[tuple[str, ...]] = set()
    rows = one.ask(repeats(found, keys, columns, SHOWN)).to_pylist()
    for row in sorted(rows, key=lambda row: tuple(map(str, row.values()))):
        key = tuple(str(row[name]) for name in KEY)
        if key in seen:
            continue
        seen.add(key)
        hidden = f"; so are {again - SHOWN} more keys" if again > len(seen) == SHOWN else ""
        reason = f"is the key of {_records(row['count'])}, the first of them here{hidden}"
        refusal = Refusal("", 1, "+".join(KEY), " ".join(key), reason, _AGAIN)
        yield Needle(refusal, _with({column: row[column] for column in columns.cells}))


def _with(cells: Mapping[str, Any]) -> Any:
    def holds(told: Table) -> BooleanValue:
        return reduce(and_, (told[name] == cell for name, cell in cells.items()))

    return holds


def _records(count: int) -> str:
    return f"{count} record" if count == 1 else f"{count} records"
