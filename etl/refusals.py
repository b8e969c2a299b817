"""What was refused, where it stands, and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 100
"""More faults than these no terminal needs; the report has them all."""


@dataclass(frozen=True, order=True)
class Refusal:
    """One fault in one cell; `row` counts as a spreadsheet does, the header being row 1."""

    file: str
    row: int
    field: str
    value: str
    reason: str
    remedy: str

    @classmethod
    def at(cls, row: Mapping[str, Any], field: str, reason: str, remedy: str) -> Self:
        """Refuse the cell `field` of an arrived row, which knows its own place."""
        return cls(row["file"], int(row["row"]), field, row[field], reason, remedy)

    def __str__(self) -> str:
        """One line for a terminal."""
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        value = f" ({shown!r})" if shown else ""
        return f"{self.file}, row {self.row}, {self.field}: {self.reason}{value}. {self.remedy}"


def shown(refusals: Sequence[Refusal]) -> Iterator[str]:
    """One line each for a terminal, and how many more there are."""
    yield from map(str, refusals[:_SHOWN])
    if len(refusals) > _SHOWN:
        yield f"… and {len(refusals) - _SHOWN} more; --report FILE writes all of them."


def rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a frame as mappings from column to cell."""
    for row in frame.to_dict("records"):
        yield {str(column): cell for column, cell in row.items()}


def as_json(refusals: Iterable[Refusal]) -> str:
    """Write refusals as the JSON list that `build --report` promises, sorted by place."""
    return json.dumps(
        [asdict(refusal) for refusal in sorted(refusals)], ensure_ascii=False, indent=2
    )
