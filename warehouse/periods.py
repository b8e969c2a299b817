"""Periods as text: ISO 8601 dates and intervals, with EDTF's open start for an undated "before"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

_POINT = re.compile("([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


@total_ordering
@dataclass(frozen=True)
class Period:
    """A span of days, both ends included; `start` is None where the source says only "before".

    Periods are ordered by their last day, then by their first, an open one before all others.
    """

    end: date
    start: date | None

    def __lt__(self, other: Period) -> bool:
        """Whether this period ends, or else begins, before the other."""
        return (self.end, self.start or date.min) < (other.end, other.start or date.min)

    @property
    def is_open(self) -> bool:
        """Whether the source gives no first day ("previously 53 days")."""
        return self.start is None

    @property
    def middle(self) -> date:
        """The day to draw the period at; an open period stands at its end."""
        if self.start is None:
            return self.end
        return self.start + (self.end - self.start) / 2


def parse(text: str) -> Period:
    """Read `2010`, `2023-05`, `2023-05-19`, `2022-01/2022-09` or `../2023-05`.

    Raises ValueError for anything else, an impossible date, or a span that ends before it starts.
    """
    first, slash, last = text.partition("/")
    if not slash:
        start, end = _point(text)
        return Period(end, start)
    end = _point(last)[1]
    if first == "..":
        return Period(end, None)
    start = _point(first)[0]
    if start > end:
        raise ValueError(f"{text!r} ends before it starts")
    return Period(end, start)


def is_period(text: str) -> bool:
    """Whether `parse` accepts the text."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def is_year(text: str) -> bool:
    """Whether the text is one calendar year."""
    return len(text) == 4 and is_period(text)


def _point(text: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a year, month or day")
    year, *rest = (int(part) for part in match.groups() if part is not None)
    if len(rest) == 2:
        only = date(year, *rest)
        return only, only
    first, last = (rest[0], rest[0]) if rest else (1, 12)
    start = date(year, first, 1)
    return start, date(year, last, calendar.monthrange(year, last)[1])
