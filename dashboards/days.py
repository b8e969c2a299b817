"""Ranges and the days that they are about: what a chart of time is drawn from, and its axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from warehouse.catalog import Span

Kind = Literal["before", "now", "plan"]

_NARROWEST = 0.022
"""A bar is at least this wide, as a share of the axis, so that it is seen."""
_UNDATED_STEP = 0.055
"""Distance of plans without a date from one another, as a share of the dated axis."""
_FILLED = 0.85
"""Share of its days that a bar fills, so that months stand apart."""


@dataclass(frozen=True)
class Bar:
    """A range that held, or is to hold, from one day to another; a plan may lack both.

    `middle` is a single value inside the range, as a median; `label` is what to say when pointed at.
    What is not firm is drawn as plans are.
    """

    kind: Kind
    span: Span
    label: str
    first: date | None = None
    last: date | None = None
    middle: float | None = None
    is_firm: bool = True


@dataclass(frozen=True)
class Panel:
    """What is about one and the same thing; `changes` pairs what was before with what is now."""

    title: str
    bars: Sequence[Bar]
    changes: Sequence[tuple[Bar, Bar]] = ()


@dataclass(frozen=True)
class Axis:
    """Days shared by all panels: from the first to the last, and what a narrow bar takes."""

    first: date
    last: date
    undated: int

    @classmethod
    def of(cls, panels: Sequence[Panel]) -> Axis:
        """The days of all bars; as many places without a date as the fullest panel needs."""
        bars = [bar for panel in panels for bar in panel.bars]
        days = [day for bar in bars for day in (bar.first, bar.last) if day]
        undated = (sum(bar.last is None for bar in panel.bars) for panel in panels)
        return cls(
            min(days, default=date(2020, 1, 1)),
            max(days, default=date(2021, 1, 1)),
            max(undated, default=0),
        )

    @property
    def days(self) -> int:
        """How long the dated part is; a single day counts as a month."""
        return max((self.last - self.first).days, 30)

    @property
    def end(self) -> date:
        """The end of the dates, with some room behind the last bar."""
        return self.last + timedelta(days=round(self.days * 0.03))

    def width(self, bar: Bar) -> int:
        """How wide a bar is drawn, in days."""
        if bar.first is None or bar.last is None:
            return round(self.days * _NARROWEST)
        return round(max((bar.last - bar.first).days * _FILLED, self.days * _NARROWEST))

    def middle(self, bar: Bar, place: int) -> date:
        """The day at which a bar stands; one without a date stands behind the dated ones."""
        if bar.last is None:
            return self.end + timedelta(days=round(self.days * _UNDATED_STEP * (place + 1)))
        return bar.last if bar.first is None else bar.first + (bar.last - bar.first) / 2

    @property
    def range(self) -> list[date]:
        """The first and the last day shown, with room for what has no date."""
        places = self.undated + 1 if self.undated else 0
        behind = round(self.days * (0.01 + _UNDATED_STEP * places))
        before = round(self.days * 0.04)
        return [self.first - timedelta(days=before), self.end + timedelta(days=behind)]
