"""Where in the files a fault stands: looked for only where there is one, and by DuckDB alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
from ibis.expr.types import BooleanValue, Table

from etl.bulk.engine import Layout, Means
from etl.bulk.in_process import in_process
from etl.bulk.mart import Columns, records
from etl.refusals import Refusal

SHOWN = 20
"""So many faults are looked up, each at its first record; of the others the number is told."""


@dataclass(frozen=True)
class Needle:
    """A refusal without its place, and how the records that it speaks of are known."""

    refusal: Refusal
    holds: Callable[[Table], BooleanValue]


def placed(
    needles: Sequence[Needle], paths: Sequence[Path], layout: Layout, columns: Columns, means: Means
) -> Iterator[Refusal]:
    """Yield the refusals, the first `SHOWN` with the file and the row where they first stand."""
    if not needles:
        return
    sought = dict(enumerate(needles[:SHOWN]))
    found: dict[int, Refusal] = {}
    with in_process(means, in_order=True) as engine:
        for path in paths:
            raw = engine.read([path], layout)
            told = records(raw, columns)
            left = {number: needle for number, needle in sought.items() if number not in found}
            cases = [(needle.holds(told), number) for number, needle in left.items()]
            if not cases:
                break
            marked = told.mutate(row=ibis.row_number() + 2, needle=ibis.cases(*cases))
            first = (
                marked.filter(marked.needle.notnull()).group_by("needle").agg(row=marked.row.min())
            )
            for hit in engine.ask(first).to_pylist():
                number, row = int(hit["needle"]), int(hit["row"])
                found[number] = replace(left[number].refusal, file=path.name, row=row)
    for number, needle in enumerate(needles):
        yield found.get(number, needle.refusal)
