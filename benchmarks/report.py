"""docs/performance.md, written from what the parts of the benchmarks have kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from benchmarks.tables import BUDGET_COLUMNS, BUDGETS, Cell, Table, three_digits

PARTS: Mapping[str, str] = {
    "pages": "Pages",
    "load": "Load",
    "memory": "Memory",
    "lighthouse": "Lighthouse",
    "etl": "ETL",
}
"""The parts in the order of the document, with their headings."""

_HEAD = """# Performance

Written by `make bench`, its oldest part on {day}; do not edit. Medians on one machine, others' tools beside
ours in the same run: read the ratios, for the seconds are this machine's. ✓ and ✗ say whether a budget is
met; a ✗ stays until it is earned.

Machine: {machine}.

## Repeat it

```sh
make bench                              # all but an hour of memory; about forty minutes on two cores
make bench BENCH_SECONDS=60             # with a minute at 64 clients and at the steady rate
make bench BENCH_RUNS=1 BENCH_SECONDS=5 # a quick look
```

It needs what `make test` needs, Node.js 20 or newer, and the `sqlite3` shell; `ALTYN_REAL_DATA` names the
folder of real rows. Others' tools live in an environment of their own, locked in
`benchmarks/requirements.txt` and `benchmarks/package-lock.json`. One part at a time, with its options:
`build/bench/venv/bin/python -m benchmarks pages --help`; the parts are {parts}, and `report`, which writes
this page from what is in `build/bench/`. The hour: `build/bench/venv/bin/python -m benchmarks memory`.
Why it is measured so: [0028](decisions/0028-how-we-measure.md).
"""


def render(found: Mapping[str, Sequence[Table]], machine: str, day: date) -> str:
    """The document as Markdown: machine, how to repeat it, every budget, then each part's tables.

    A part that was not measured is named as such.
    """
    parts = ", ".join(f"`{name}`" for name in PARTS)
    sections = [_HEAD.format(day=f"{day.day} {day:%B %Y}", machine=machine, parts=parts)]
    rows = [row for name in PARTS for table in _of(found, name, BUDGETS) for row in table.rows]
    sections.append(f"## Budgets\n\n{_table(BUDGET_COLUMNS, rows)}\n")
    for name, heading in PARTS.items():
        if name not in found:
            sections.append(f"## {heading}\n\nNot measured.\n")
            continue
        shown = [each for each in found[name] if each.title != BUDGETS]
        sections.append("\n".join([f"## {heading}\n", *map(_section, shown)]))
    return "\n".join(sections)


def _of(found: Mapping[str, Sequence[Table]], name: str, title: str) -> list[Table]:
    return [each for each in found.get(name, ()) if each.title == title]


def _section(table: Table) -> str:
    notes = "\n\n".join(table.notes)
    return f"### {table.title}\n\n{_table(table.columns, table.rows)}\n\n{notes}\n"


def _table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    is_number = [
        any(isinstance(row[at], int | float) for row in rows) for at in range(len(columns))
    ]
    rule = ["---:" if each else "---" for each in is_number]
    return "\n".join(_row(cells) for cells in (columns, rule, *rows))


def _row(cells: Sequence[Cell]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return three_digits(cell)
    return f"{cell:,}" if isinstance(cell, int) else cell.replace("|", "\\|")
