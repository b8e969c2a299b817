"""Whether a promise was kept: what the figures at its due date say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from warehouse import periods
from warehouse.catalog import Amount, Direction, Observation, Target
from warehouse.periods import Period

Kind = Literal["kept", "kept_late", "missed", "no_evidence", "open", "undated"]
KINDS: tuple[Kind, ...] = ("kept", "kept_late", "missed", "no_evidence", "open", "undated")

Dated = tuple[Period, Observation]


@dataclass(frozen=True)
class Outcome:
    """What became of a target, and the figures that show it.

    `evidence` is the figure that kept the target, or the first at or after its due date that did not
    reach it. `late_evidence` is the figure that reached it later or, of a target still missed, the
    newest one if there has been another since. A target kept late may have no `evidence`: nobody
    reported between the due date and the figure that reached it.
    """

    kind: Kind
    evidence: Observation | None = None
    late_evidence: Observation | None = None


def outcome(
    target: Target, figures: Sequence[Observation], direction: Direction, today: date
) -> Outcome:
    """Compare a target with the figures of its indicator and scope, others being passed over.

    A target without a due date is undated, one whose due date has not passed is open: neither has
    evidence. Figures count from the day of the statement on, for what had been reached before was
    not promised. Of a range the worse end has to reach the target's nearer end. What was before a
    period without a beginning ("previously 12 days") is no evidence.
    """
    if target.due is None:
        return Outcome("undated")
    due = periods.parse(target.due)
    if today <= due.end:
        return Outcome("open")
    dated = _since(target, figures)
    reached = [(when, each) for when, each in dated if meets(each, target, direction)]
    in_time = [each for when, each in reached if _begin(when) <= due.end]
    if in_time:
        return Outcome("kept", in_time[0])
    after = [each for when, each in dated if when.end >= due.end]
    if not after:
        return Outcome("no_evidence")
    if reached:
        late = reached[0][1]
        return Outcome("kept_late", None if after[0] == late else after[0], late)
    return Outcome("missed", after[0], None if after[-1] == after[0] else after[-1])


def meets(figure: Amount, target: Amount, direction: Direction) -> bool:
    """Whether the worse end of a figure reaches the nearer end of a target, both in one unit.

    An end that the source leaves open ("from 14 days") is unknown and reaches nothing.
    """
    (low, high), aims = figure.span, target.bounds
    if direction == "up":
        return low is not None and low >= min(aims)
    return high is not None and high <= max(aims)


def _since(target: Target, figures: Sequence[Observation]) -> list[Dated]:
    """The figures of the target's indicator and scope since it was stated, in time."""
    stated = _begin(periods.parse(target.stated_on))
    about = [
        (periods.parse(figure.period), figure)
        for figure in figures
        if (figure.indicator_id, figure.scope) == (target.indicator_id, target.scope)
    ]
    dated = [(when, each) for when, each in about if not when.is_open and when.end >= stated]
    return sorted(dated, key=lambda each: each[0])


def _begin(period: Period) -> date:
    return period.start or period.end
