"""What a cell must satisfy, with the words for whoever breaks it and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from warehouse import periods


@dataclass(frozen=True)
class Rule:
    """What the filled cells of a column must satisfy, and the words for whoever breaks it."""

    holds: Callable[[str], bool]
    reason: str
    remedy: str


def matches(pattern: str, reason: str, remedy: str) -> Rule:
    """A cell must match the regular expression from its first character to its last."""
    compiled = re.compile(pattern)
    return Rule(lambda cell: compiled.fullmatch(cell) is not None, reason, remedy)


def one_of(*values: str) -> Rule:
    """A cell must be one of the values."""
    return Rule(
        frozenset(values).__contains__, "is not known here", f"Use one of: {', '.join(values)}."
    )


_MIXED_SCRIPT = re.compile(
    r"[A-Za-z\u00c0-\u024f][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z\u00c0-\u024f]"
)

FILLED = Rule(
    lambda cell: bool(cell.strip()),
    "is empty",
    "Fill the cell; a figure without it does not build.",
)
NUMBER = matches(
    r"-?[0-9]{1,18}(\.[0-9]{1,18})?",
    "is not a number",
    "Write digits with a decimal point and no spaces; leave the cell empty if unknown.",
)
WHOLE = matches(
    "0|[1-9][0-9]{0,8}", "is not a whole number", "Write digits only, with no leading zero."
)
NOT_NEGATIVE = Rule(
    lambda cell: not cell.startswith("-"),
    "is negative",
    "A flow or a duration cannot be; check the source.",
)
DEGREES = Rule(
    lambda cell: NUMBER.holds(cell) and abs(float(cell)) <= 180,
    "is not a coordinate",
    "Write decimal degrees between -180 and 180.",
)
IDENTIFIER = matches(
    "[A-Za-z0-9][A-Za-z0-9._:-]*",
    "is not an id",
    "Use Latin letters, digits, dot, dash, colon and underscore.",
)
PRODUCT = matches(
    "TOTAL|[0-9]{2}|[0-9]{4}|[0-9]{6}",
    "is no product code",
    "Write TOTAL or a code of the Harmonized System with 2, 4 or 6 digits.",
)
PRODUCT_GROUP = matches(
    "[IVX]{1,5}|[0-9]{2}",
    "is no section or chapter",
    "Write a section of the Harmonized System as I to XXI, a chapter with 2 digits.",
)
PERIOD = Rule(
    periods.is_period,
    "is not a period",
    "Write 2023, 2023-05, 2023-05-19, a span 2022-01/2022-09 or an open ../2023-05.",
)
DATE = matches(
    "[0-9]{4}(-[0-9]{2}){0,2}",
    "is not a year, month or day",
    "Write 2023, 2023-05 or 2023-05-19: the newest edition is found by it.",
)
VINTAGE = Rule(
    lambda cell: DATE.holds(cell.partition("/")[0]) and periods.is_period(cell.partition("/")[0]),
    DATE.reason,
    DATE.remedy,
)
"""A date, or an edition and the time at which another of the same name was taken (`2022/2026-11-23`)."""
DAY = Rule(
    lambda cell: len(cell) == 10 and "/" not in cell and periods.is_period(cell),
    "is not a day",
    "Write 2023-05-19.",
)
CLASSIFICATION = matches(
    "H[0-9]|HS",
    "is no edition of the Harmonized System",
    "Write H0 to H6, or HS where the source does not say.",
)
WEB = matches(
    r"https?://[^\s/]+\S*",
    "is not a web address",
    "Give the address of the page, starting with https://.",
)
ONE_SCRIPT = Rule(
    lambda cell: _MIXED_SCRIPT.search(cell) is None,
    "mixes Latin and Cyrillic letters in one word",
    "Retype the word with the letters of one script.",
)
