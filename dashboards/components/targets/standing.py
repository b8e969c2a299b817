"""How a target stands: its figures, what it began from, what became of it, what it would take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from dashboards.progress import Range, distance_closed
from dashboards.progress.methods import Path, Spread, growth_needed, judge_ranges, year
from dashboards.progress.outcomes import Outcome, meets, outcome
from warehouse import periods
from warehouse.catalog import UNNAMED, Indicator, Observation, Target
from warehouse.engine import Warehouse
from warehouse.queries import indicators, statements
from warehouse.queries.targets import target_figures

STATES = ("passed", "open", "undated")
FEWEST = 3
"""Dated figures without which no method gives a verdict."""


@dataclass(frozen=True)
class Standing:
    """A target with its indicator, the figures of that indicator and scope, and what became of it.

    `base` is what it is judged from, which may be without a date; `outcome` is what became of it.
    """

    target: Target
    indicator: Indicator
    figures: tuple[Observation, ...]
    base: Observation | None
    outcome: Outcome
    today: date

    @property
    def dated(self) -> list[Observation]:
        """The figures that have a date, in time."""
        return [each for each in self.figures if not periods.parse(each.period).is_open]

    @property
    def latest(self) -> Observation | None:
        """The newest figure that has a date."""
        return self.dated[-1] if self.dated else None

    @property
    def state(self) -> str:
        """Whether the date has passed, is still to come, or was never given: one of `STATES`."""
        if self.target.due is None:
            return "undated"
        return "passed" if periods.parse(self.target.due).end < self.today else "open"

    @property
    def is_reached(self) -> bool:
        """Whether the newest figure meets the target, the whole of both ranges considered."""
        latest = self.latest
        return latest is not None and meets(latest, self.target, self.indicator.direction)

    def is_repeated_by(self, other: Standing) -> bool:
        """Whether another statement says the same: as much of the same thing by the same time."""
        names = ("indicator_id", "scope", "unit", "due", "span")
        return all(getattr(self.target, name) == getattr(other.target, name) for name in names)

    def closed(
        self, base: Observation | None = None, latest: Observation | None = None
    ) -> Range | None:
        """Share of the distance from a base to the target that a later figure has covered."""
        first, last = base or self.base, latest or self.latest
        if (
            first is None
            or last is None
            or periods.parse(last.period) <= periods.parse(first.period)
        ):
            return None
        return distance_closed(first.bounds, last.bounds, self.target.bounds)

    def needed(self, due: str, latest: Observation | None = None) -> Range | None:
        """Growth a year, as a share of one, that leads from the newest figure to the target by `due`.

        The least and the most that it may be; None without a figure, or once the year has come.
        """
        start = latest or self.latest
        if start is None or year(due) <= year(start.period):
            return None
        began, until = year(start.period), year(due)
        rates = [
            growth_needed(now, began, aim, until)
            for now, aim in product(start.bounds, self.target.bounds)
            if now > 0 and aim > 0
        ]
        return (min(rates), max(rates)) if rates else None

    def judged(
        self, due: str, base: Observation | None = None, latest: Observation | None = None
    ) -> tuple[Spread, ...]:
        """Judge the way by each method, from one dated figure to a later one; nothing without them."""
        ends = self._ends(base or self.base, latest or self.latest)
        if ends is None:
            return ()
        first, last = ends
        return judge_ranges(
            first.bounds,
            year(first.period),
            last.bounds,
            year(last.period),
            self.target.bounds,
            year(due),
            self.indicator.direction,
        )

    def path(
        self, due: str, base: Observation | None = None, latest: Observation | None = None
    ) -> Path | None:
        """The one way behind the verdicts; None where a range leaves several."""
        ends = self._ends(base or self.base, latest or self.latest)
        if ends is None:
            return None
        amounts = [each.bounds for each in (*ends, self.target)]
        if any(low != high for low, high in amounts):
            return None
        (first, _), (last, _), (aim, _) = amounts
        began, now = (year(each.period) for each in ends)
        return Path(first, began, last, now, aim, year(due), self.indicator.direction)

    def _ends(
        self, base: Observation | None, latest: Observation | None
    ) -> tuple[Observation, Observation] | None:
        """Both ends of the way that was gone; a way needs a dated base before the latest figure.

        Two figures are one step and no way: with fewer than `FEWEST` nothing is judged.
        """
        if base is None or latest is None or periods.parse(base.period).is_open:
            return None
        if len(self.dated) < FEWEST:
            return None
        return (base, latest) if year(base.period) < year(latest.period) else None


def standings(warehouse: Warehouse) -> tuple[Standing, ...]:
    """How every target stands that had been stated by then, in the order of statement."""
    bases = {
        (each.indicator_id, each.scope): each.base_period
        for each in indicators.headlines(warehouse)
    }
    today = _today(warehouse)
    targets = statements.all_targets(warehouse)
    measured = {
        each: indicators.get(warehouse, each) for each in {each.indicator_id for each in targets}
    }
    made = []
    for target in targets:
        indicator = measured[target.indicator_id]
        # Times between ends that nobody named are of different ways: none shows what became of another.
        figures = [] if target.scope == UNNAMED else target_figures(warehouse, target)
        base = _base(figures, bases.get((target.indicator_id, target.scope)))
        became = outcome(target, figures, indicator.direction, today)
        made.append(Standing(target, indicator, tuple(figures), base, became, today))
    return tuple(made)


def _today(warehouse: Warehouse) -> date:
    """The day that is looked from: the day asked for, else that of the build."""
    return date.fromisoformat(warehouse.asof or warehouse.build().built_at[:10])


def _base(figures: Sequence[Observation], period: str | None) -> Observation | None:
    """What the summary begins from, if that was known; where it names nothing the first dated figure."""
    if period:
        return next((each for each in figures if each.period == period), None)
    return next((each for each in figures if not periods.parse(each.period).is_open), None)
