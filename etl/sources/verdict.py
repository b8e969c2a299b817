"""What the cells of a record mean, one set of them at a time and without a frame."""

from __future__ import annotations

from collections.abc import Collection

from etl.economies import Economies

Verdict = tuple[str, str]
"""What some cells mean, and what is wrong with them, if anything."""

NOT_AMOUNT = "is not an amount: digits with a decimal point were expected, and no minus"
"""What is wrong with a value that is none."""

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


def economy(
    economies: Economies, names: Collection[str], number: str = "", zero: str = ""
) -> Verdict:
    """Look up an economy by its filled `names` and its `number`, if it has one.

    It is known if one of its names is, or its number where no name is filled; all that are known
    must agree, and a number must be known. `zero` is the economy that the number 0 stands for; where
    it stands for none, the names decide.
    """
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
