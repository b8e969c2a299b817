"""Economies that a publisher names several times over: by number, by code, in several languages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from etl.economies import Economies
from etl.refusals import Refusal
from etl.sources.distinct import Verdict, by_distinct

GROUP = ""
"""In place of a code: a group of economies, whose rows are left out."""

_CONFLICT = "is the name or the code of more than one economy"
_NUMBER = "has a number of no economy known here"
_NAME = "is no economy known here"
REMEDIES = {
    _CONFLICT: "Ask the publisher which holds; all names and codes of a row must be one economy's.",
    _NUMBER: "Add it to column m49 of its economy in catalog/economies.csv.",
    _NAME: "Add it to the aliases of its economy in catalog/economies.csv, or to"
    " catalog/groups.csv if it is a group.",
}
"""How each fault of a name or number is mended."""


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

    A row is known if one of its names is, or its number where no name is filled; all that are known
    must agree, and a number must be known. `zero` is the economy that the number 0 stands for; where
    it stands for none, the names decide.
    """

    def judge(*cells: str) -> Verdict:
        called = [cell for cell in cells[: len(names)] if cell]
        return _verdict(economies, called, cells[-1] if number else "", zero)

    columns = [*names, number] if number else [*names]
    verdicts = by_distinct(frame, columns, judge)
    refusals = verdicts.refusals(name, frame["row"], columns[0], REMEDIES)
    of_groups = verdicts.cells[(verdicts.meaning == GROUP) & (verdicts.fault == "")]
    groups = {" ".join(row) for row in of_groups[list(names)].drop_duplicates().to_numpy()}
    return EconomyCodes(verdicts.meaning, list(refusals), sorted(groups), verdicts.fault)


def _verdict(economies: Economies, names: Collection[str], number: str, zero: str) -> Verdict:
    is_zero = bool(number) and not number.strip("0")
    by_number = (zero if is_zero else economies.code_of_m49(number)) if number else None
    by_name = {code for code in map(economies.code, names) if code}
    known = by_name | {by_number} if by_number else by_name
    if len(known) > 1:
        return GROUP, _CONFLICT
    if not known and any(map(economies.is_group, names)):
        return GROUP, ""
    if number and not is_zero and not by_number:
        return GROUP, _NUMBER
    if not known or (names and not by_name):
        return GROUP, _NAME
    return known.pop(), ""
