"""Whether a number that was said is what the figures say: exact arithmetic at the precision spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Literal

from warehouse.catalog import Amount, Claim, Direction, Span, ends

Verdict = Literal["agrees", "close", "differs", "not_comparable"]
How = Literal["exact", "rounded", "truncated", "bound", ""]
Reason = Literal["", "end_points", "end_points_unnamed", "scope", "no_figure"]

VERDICTS: tuple[Verdict, ...] = ("agrees", "close", "differs", "not_comparable")
"""From the best to none; of several figures the best speaks."""

CLOSE = Decimal("0.05")
"""A number is close to a figure that it misses by no more than this share of the figure."""

_HOW: tuple[How, ...] = ("exact", "bound", "rounded", "truncated", "")
_NUMERAL = re.compile(r"\d+[.,]\d{1,2}(?!\d)")


@dataclass(frozen=True)
class Part:
    """A figure: its range, its period, and the source, edition and place that it stands in."""

    span: Span
    period: str
    source_id: str
    status: str = "final"
    vintage: str = ""
    place: str = ""


@dataclass(frozen=True)
class Candidate:
    """What a claim may be held against: a figure, or two of which the claim speaks of the ratio.

    `scope` is the definition, route or count that the figure is of; for a pair of economies the one
    that reports. A `reason` says why it is about something else, and so is shown but does not judge.
    """

    scope: str
    now: Part
    base: Part | None = None
    is_preferred: bool = False
    reason: Reason = ""

    @property
    def since(self) -> str | None:
        """The period that a ratio begins with; None of a figure."""
        return self.base.period if self.base else None


@dataclass(frozen=True)
class Comparison:
    """A claim held against one figure; `ours` is the figure or ratio, and `how` it agrees."""

    candidate: Candidate
    ours: Span
    verdict: Verdict
    how: How


@dataclass(frozen=True)
class Judgement:
    """What is to be said of a claim; `best` is the comparison that speaks, `tried` are all of them.

    `spoken` is the claim held against the speaker's own numbers, where it is a ratio of them.
    """

    verdict: Verdict
    how: How
    reason: Reason
    best: Comparison | None
    tried: tuple[Comparison, ...]
    spoken: Comparison | None


def judge(
    claim: Claim,
    candidates: Sequence[Candidate],
    direction: Direction = "up",
    own: Candidate | None = None,
    without: Reason = "",
) -> Judgement:
    """Hold a claim against every candidate; the best verdict speaks, and of equals the claim's own scope.

    `own` are the numbers that the speaker gave for both ends of a ratio; they judge where no figure
    does. Without a comparable figure the claim is not comparable: for the reason `without`, or else
    that of the first candidate.
    """
    tried = sorted(
        (compare(claim, each, direction) for each in candidates),
        key=lambda each: _rank(claim, each),
    )
    spoken = compare(claim, own, direction) if own else None
    best = next((each for each in (*tried, spoken) if each and not each.candidate.reason), None)
    reasons: list[Reason] = [without, *(each.candidate.reason for each in tried), "no_figure"]
    reason: Reason = "" if best else next(each for each in reasons if each)
    verdict: Verdict = best.verdict if best else "not_comparable"
    return Judgement(verdict, best.how if best else "", reason, best, tuple(tried), spoken)


def compare(claim: Claim, candidate: Candidate, direction: Direction = "up") -> Comparison:
    """Hold a claim against one candidate, with exact decimals and both ends of a range.

    What is about something else is not comparable, whatever its number.
    """
    ours = _ours(claim, candidate, direction)
    if candidate.reason:
        return Comparison(candidate, ours, "not_comparable", "")
    return Comparison(candidate, ours, *_verdict(claim, ours))


def ratio(now: Span, base: Span, direction: Direction) -> tuple[float, float]:
    """How many times a figure grew, or where down is good fell: the least and the most possible.

    53 → 19–23 days is 53 ÷ 23 … 53 ÷ 19, that is 2.30–2.79 times. Raises ZeroDivisionError where the
    divisor is 0.
    """
    upper, lower = (now, base) if direction == "up" else (base, now)
    found = [_exact(a) / _exact(b) for a, b in product(ends(upper), ends(lower))]
    return float(min(found)), float(max(found))


def missed(claim: Claim, ours: Span) -> tuple[float, float]:
    """By what share of our figure the number said is above it, or below; the two ends of a range."""
    pairs = zip(map(_exact, claim.bounds), map(_exact, ends(ours)), strict=True)
    shares = sorted(float((said - figure) / figure) if figure else 0.0 for said, figure in pairs)
    return shares[0], shares[1]


def quantum(value: float, words: str = "") -> Decimal:
    """The step to which a number was spoken: that of its last significant digit, in its kept unit.

    4 500 000 000 said as "4.5 bn" has a step of 100 million, 78 one of 1. Zeros at the end of a kept
    number say nothing of its precision, so they count only where the words have them behind a decimal
    sign: 6 000 000 000 said as "6.0" has a step of 100 million, said as "6" one of a billion.
    """
    number = _exact(value).normalize()
    written = number.as_tuple()
    digits = "".join(map(str, written.digits))
    exponent = int(written.exponent)
    for numeral in _NUMERAL.findall(words):
        said = re.sub(r"\D", "", numeral).lstrip("0")
        if said.rstrip("0") == digits.rstrip("0"):
            exponent = min(exponent, number.adjusted() - len(said) + 1)
    return Decimal(1).scaleb(exponent)


def _ours(claim: Claim, candidate: Candidate, direction: Direction) -> Span:
    if claim.kind == "ratio" and candidate.base:
        return ratio(candidate.now.span, candidate.base.span, direction)
    return candidate.now.span


def _verdict(claim: Claim, ours: Span) -> tuple[Verdict, How]:
    """The verdict on a number, on a range by its worse end, or on a bound ("at least")."""
    figures = [_exact(end) for end in ends(ours)]
    if claim.value is None and (claim.low is None or claim.high is None):
        return _against_bound(claim, min(figures), max(figures))
    said = [_exact(end) for end in claim.bounds]
    steps = [quantum(end, claim.words) for end in claim.bounds]
    each = [_of_one(*pair) for pair in zip(said, steps, figures, strict=True)]
    return max(each, key=lambda pair: (VERDICTS.index(pair[0]), _HOW.index(pair[1])))


def _of_one(said: Decimal, step: Decimal, figure: Decimal) -> tuple[Verdict, How]:
    # A figure in the middle between two steps may be rounded to either.
    if figure == said:
        return "agrees", "exact"
    if abs(figure - said) <= step / 2:
        return "agrees", "rounded"
    if said * figure > 0 and 0 <= abs(figure) - abs(said) < step:
        return "agrees", "truncated"
    return _near(said, figure), ""


def _against_bound(claim: Amount, least: Decimal, most: Decimal) -> tuple[Verdict, How]:
    """Hold the whole range against "at least" or "at most", which no rounding helps to keep."""
    if claim.low is not None:
        bound, worst = _exact(claim.low), least
        is_met = worst >= bound
    else:
        bound, worst = _exact(ends(claim.span)[1]), most
        is_met = worst <= bound
    return ("agrees", "bound") if is_met else (_near(bound, worst), "")


def _near(said: Decimal, figure: Decimal) -> Verdict:
    return "close" if abs(figure - said) <= CLOSE * abs(figure) else "differs"


def _rank(claim: Claim, each: Comparison) -> tuple[int, bool, int, float, bool]:
    return (
        VERDICTS.index(each.verdict),
        each.candidate.scope != claim.scope,
        _HOW.index(each.how),
        # Of what is close the nearest speaks; of what differs the preferred figure, near or far.
        max(map(abs, missed(claim, each.ours))) if each.verdict == "close" else 0,
        not each.candidate.is_preferred,
    )


def _exact(value: float) -> Decimal:
    """The decimal that was written, not the binary fraction next to it."""
    return Decimal(repr(float(value)))
