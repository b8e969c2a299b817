"""What a part of the benchmarks hands to the report: tables, kept as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

Cell = str | int | float | None

BUDGETS = "Budgets"
"""The title of tables of budgets; the report gathers them into one."""
BUDGET_COLUMNS = ("Budget", "Limit", "Measured", "Met")


@dataclass(frozen=True)
class Table:
    """Rows under their columns; a number is written with three digits, None as nothing."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = field(default_factory=list)


@dataclass(frozen=True)
class Budget:
    """What was promised of a number: not to be above a limit, or not below it."""

    name: str
    limit: float
    measured: float
    unit: str = ""
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the promise is kept, the limit itself included; nothing measured keeps none."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    def row(self) -> tuple[str, str, str, str]:
        """The budget as a row of `BUDGET_COLUMNS`."""
        sign = "≥" if self.at_least else "≤"
        said = "not measured" if math.isnan(self.measured) else self._with_unit(self.measured)
        limit = f"{sign} {self._with_unit(self.limit)}"
        return self.name, limit, said, "✓" if self.is_met else "✗"

    def _with_unit(self, value: float) -> str:
        return f"{three_digits(value)} {self.unit}".strip()


def budget_table(budgets: Iterable[Budget]) -> Table:
    """Budgets as the table that the report looks for."""
    return Table(BUDGETS, BUDGET_COLUMNS, [each.row() for each in budgets])


def middle(values: Sequence[float]) -> float:
    """The median; not a number where there are no values."""
    return median(values) if values else math.nan


def three_digits(value: float) -> str:
    """A number with three significant digits, or all digits of its whole part."""
    if value == 0 or not math.isfinite(value):
        return f"{value:.0f}"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{decimals}f}"


def write(path: Path, tables: Sequence[Table]) -> None:
    """Keep the tables of a part; what stood there is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dumps(tables), encoding="utf-8")


def dumps(tables: Sequence[Table]) -> str:
    """Tables as JSON; what is not a number becomes null, for JSON knows none."""
    listed = [asdict(each) for each in tables]
    for table in listed:
        table["rows"] = [[_sound(cell) for cell in row] for row in table["rows"]]
    return json.dumps(listed, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def loads(text: str) -> list[Table]:
    """Tables from JSON. Raises TypeError where one has other parts than a table's."""
    return [Table(**each) for each in json.loads(text)]


def _sound(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
