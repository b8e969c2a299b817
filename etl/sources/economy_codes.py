"""Economies that a publisher names several times over: by number, by code, in several languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from etl.economies import Economies
from etl.refusals import Refusal
from etl.sources.distinct import by_distinct
from etl.sources.verdict import GROUP, REMEDIES, Verdict, economy


@dataclass(frozen=True)
class EconomyCodes:
    """The alpha-3 code of every row, `GROUP` for a group; and what was not known."""

    codes: pd.Series
    refusals: list[Refusal]
    groups: list[str]
    """The names of the groups found."""
    faults: pd.Series
    """What is wrong with the economy of every row, or ""."""


def economy_codes(
    name: str,
    frame: pd.DataFrame,
    economies: Economies,
    names: Sequence[str],
    *,
    number: str = "",
    zero: str = "",
) -> EconomyCodes:
    """Look up the economy of every row by the columns `names` and the column `number`, if any.

    Which it is says `verdict.economy`; `zero` is the economy that the number 0 stands for.
    """

    def judge(*cells: str) -> Verdict:
        called = [cell for cell in cells[: len(names)] if cell]
        return economy(economies, called, cells[-1] if number else "", zero)

    columns = [*names, number] if number else [*names]
    verdicts = by_distinct(frame, columns, judge)
    refusals = verdicts.refusals(name, frame["row"], columns[0], REMEDIES)
    of_groups = verdicts.cells[(verdicts.meaning == GROUP) & (verdicts.fault == "")]
    groups = {" ".join(row) for row in of_groups[list(names)].drop_duplicates().to_numpy()}
    return EconomyCodes(verdicts.meaning, list(refusals), sorted(groups), verdicts.fault)
