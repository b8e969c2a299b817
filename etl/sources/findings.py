"""What a reader found wrong in a document, and what it left out on purpose, column by column."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from etl.economies import Economies
from etl.refusals import Refusal
from etl.sources.economy_codes import economy_codes
from etl.sources.reading import refuse_cells
from etl.sources.verdict import GROUP

_LISTED = 12
"""How many of what was left out are named; the rest is counted."""


@dataclass
class Findings:
    """The refusals and omissions in the figures of one document.

    `row` is where each figure stands; every column given to a method has the same index.
    """

    name: str
    row: pd.Series
    refusals: list[Refusal] = field(default_factory=list)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many rows were left out, by their kind and what they are."""

    def economies(self, catalogue: Economies, codes: pd.Series, names: pd.Series) -> pd.Series:
        """The economy of each code and name, "" where a group of economies is left out.

        Refused are the unknown, and a code beside the name of another.
        """
        column = str(codes.name)
        frame = pd.DataFrame({column: codes, "name": names, "row": self.row})
        columns = (column, "name") if (names != "").any() else (column,)
        found = economy_codes(self.name, frame, catalogue, columns)
        self.refusals.extend(found.refusals)
        is_named = (names != "") & (names != codes)
        label = codes.where(~is_named, (codes + " (" + names + ")").str.strip())
        if not found.refusals:
            self.leave_out(label, found.codes == GROUP, f"rows of groups in {column}")
        return found.codes

    def refuse(
        self, column: str, cells: pd.Series, is_wrong: pd.Series, reason: str, remedy: str
    ) -> None:
        """Refuse the cells that are wrong, each distinct one at its first row."""
        wrong = cells[is_wrong]
        if len(wrong):
            self.refusals.extend(
                refuse_cells(self.name, wrong, self.row, field=column, reason=reason, remedy=remedy)
            )

    def leave_out(self, cells: pd.Series, is_out: pd.Series, kind: str) -> None:
        """Count the cells that are left out on purpose."""
        for cell, count in Counter(cells[is_out]).items():
            self.left_out[kind, cell] += count

    def sentences(self) -> tuple[str, ...]:
        """What was left out and how many rows of it, one sentence for each kind."""
        kinds: dict[str, Counter[str]] = {}
        for (kind, cell), count in self.left_out.items():
            kinds.setdefault(kind, Counter())[cell] += count
        return tuple(
            f"Left out: {kind}, {cells.total()} in all ({_listed(list(cells))})."
            for kind, cells in kinds.items()
        )


def _listed(cells: list[str]) -> str:
    more = f" and {len(cells) - _LISTED} more" if len(cells) > _LISTED else ""
    return ", ".join(cells[:_LISTED]) + more
