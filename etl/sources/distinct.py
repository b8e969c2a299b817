"""Judging a table by its distinct rows, so that millions of them cost what a few hundred do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from etl.refusals import Refusal
from etl.sources.reading import refuse_cells
from etl.sources.verdict import Verdict


@dataclass(frozen=True)
class Verdicts:
    """A verdict for every row of a frame, on its index."""

    meaning: pd.Series
    fault: pd.Series
    cells: pd.DataFrame
    """The cells that were judged."""

    def refusals(
        self, name: str, row: pd.Series, field: str, remedy: str | Mapping[str, str]
    ) -> Iterator[Refusal]:
        """Refuse the faulty rows, each distinct one once; `remedy` is one, or one by fault."""
        for fault in sorted(set(self.fault[self.fault != ""])):
            wrong = self.cells[self.fault == fault]
            shown = wrong.iloc[:, 0].str.cat(wrong.iloc[:, 1:], sep=" | ")
            mend = remedy if isinstance(remedy, str) else remedy[fault]
            yield from refuse_cells(name, shown, row, field=field, reason=fault, remedy=mend)


def by_distinct(
    frame: pd.DataFrame, columns: Sequence[str], judge: Callable[..., Verdict]
) -> Verdicts:
    """Ask `judge` for each distinct row of the text `columns`, its cells stripped of blanks."""
    cells = frame[list(columns)]
    place = cells.groupby(list(columns), sort=False).ngroup().to_numpy()
    distinct = cells[~pd.Series(place).duplicated().to_numpy()]
    found = [judge(*map(str.strip, row)) for row in distinct.itertuples(index=False, name=None)]
    meaning = pd.Series([text for text, _ in found], dtype="str")
    fault = pd.Series([words for _, words in found], dtype="str")
    return Verdicts(
        meaning.take(place).set_axis(frame.index), fault.take(place).set_axis(frame.index), cells
    )
