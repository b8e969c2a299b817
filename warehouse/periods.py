"""Periods as text: ISO 8601 dates and intervals, with EDTF's open start for an undated "before"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, order=True)
class Period:
    """A span of days, both ends included; `start` is None where the source says only "before"."""

    end: date
    start: date | None

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
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        only = date(year, month, day)
        return only, only
    last_month = month or 12
    return (
        date(year, month or 1, 1),
        date(year, last_month, calendar.monthrange(year, last_month)[1]),
    )
