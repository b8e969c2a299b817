"""What a cell must satisfy, with the words for whoever breaks it and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from warehouse import periods

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_MIXED_SCRIPT = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")


@dataclass(frozen=True)
class Rule:
    """What the filled cells of a column must satisfy, and the words for whoever breaks it."""

    holds: Callable[[str], bool]
    reason: str
    remedy: str


FILLED = Rule(bool, "is empty", "Fill the cell; a figure without it does not build.")
NUMBER = Rule(
    lambda cell: _NUMBER.fullmatch(cell) is not None,
    "is not a number",
    "Write digits with a decimal point and no spaces; leave the cell empty if unknown.",
)
NOT_NEGATIVE = Rule(
    lambda cell: not cell.startswith("-"),
    "is negative",
    "A flow or a duration cannot be; check the source.",
)
IDENTIFIER = Rule(
    lambda cell: _ID.fullmatch(cell) is not None,
    "is not an id",
    "Use Latin letters, digits, dot, dash, colon and underscore.",
)
PERIOD = Rule(
    periods.is_period,
    "is not a period",
    "Write 2023, 2023-05, 2023-05-19, a span 2022-01/2022-09 or an open ../2023-05.",
)
WEB = Rule(
    lambda cell: cell.startswith(("https://", "http://")) and " " not in cell,
    "is not a web address",
    "Give the address of the page, starting with https://.",
)
ONE_SCRIPT = Rule(
    lambda cell: _MIXED_SCRIPT.search(cell) is None,
    "mixes Latin and Cyrillic letters in one word",
    "Retype the word with the letters of one script.",
)


def one_of(*values: str) -> Rule:
    """A cell must be one of the values."""
    return Rule(
        frozenset(values).__contains__, "is not known here", f"Use one of: {', '.join(values)}."
    )
