"""How far a figure has come: pure arithmetic on ranges, in the indicator's unit."""

from __future__ import annotations

Range = tuple[float, float]


def change(base: Range, current: Range) -> Range:
    """Relative change from base to current as shares of one, the smallest and the largest possible.

    12 → 6 days is (−0.5, −0.5); 53 → 19–23 is (−0.64, −0.57). Raises ZeroDivisionError on a base of 0.
    """
    changes = [now / then - 1 for now in current for then in base]
    return min(changes), max(changes)


def distance_closed(base: Range, current: Range, target: Range) -> Range | None:
    """Share of the way from base to target that has been covered, the least and the most possible.

    (current − base) ÷ (target − base), linear as in the Current Status Index of UN ESCAP (2021)
    without its factor of ten. Falling targets need no sign: both differences turn. None where the
    target may equal the base, for there is then no way to go.
    """
    ways = [aim - then for aim in target for then in base]
    if min(ways) <= 0 <= max(ways):
        return None
    shares = [(now - then) / (aim - then) for now in current for then in base for aim in target]
    return min(shares), max(shares)
