"""Changes and shares of a distance: the seed's own examples, and laws."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboards.progress import Range, change, distance_closed
from tests.tables import cells


def span(text: str) -> Range:
    """Read `19–23`, or `6` as a range without a width."""
    low, _, high = text.partition("–")
    return float(low), float(high or low)


def percents(ends: Range | None) -> str:
    """Write shares as whole percents."""
    if ends is None:
        return "none"
    return "…".join(dict.fromkeys(f"{end:.0%}" for end in ends))


def test_change_since_the_base() -> None:
    _, rows = cells(
        """
        | base  | now   | change    |
        | 12    | 6     | -50%      |
        | 53    | 19–23 | -64%…-57% |
        | 38–53 | 19–23 | -64%…-39% |
        | 4.460 | 12.98 | 191%      |
        | 5     | 5     | 0%        |
        """
    )
    for base, now, expected in rows:
        assert percents(change(span(base), span(now))) == expected


def test_share_of_the_distance_closed() -> None:
    _, rows = cells(
        """
        | base  | now   | target | closed     |
        | 12    | 6     | 5      | 86%        |
        | 4.46  | 12.98 | 23     | 46%        |
        | 53    | 19–23 | 10–15  | 70%…89%    |
        | 10    | 5     | 20     | -50%       |
        | 10    | 25    | 20     | 150%       |
        | 10    | 12    | 10     | none       |
        | 10–20 | 12    | 15     | none       |
        """
    )
    for base, now, target, expected in rows:
        assert percents(distance_closed(span(base), span(now), span(target))) == expected


def test_nothing_can_be_compared_with_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        change((0, 0), (1, 1))


levels = st.floats(1, 1e6)
spans = st.tuples(levels, levels).map(lambda ends: (min(ends), max(ends)))
places = st.floats(0, 1)


def at(ends: Range, place: float) -> float:
    """A point of a range, from its low end (0) to its high end (1)."""
    return min(max(ends[0] + place * (ends[1] - ends[0]), ends[0]), ends[1])


@given(spans, spans, places, places)
def test_a_change_covers_every_pair_of_points(
    base: Range, now: Range, first: float, second: float
) -> None:
    low, high = change(base, now)
    (one, _) = change((at(base, first),) * 2, (at(now, second),) * 2)
    assert low - 1e-9 * abs(low) <= one <= high + 1e-9 * abs(high)


@given(st.lists(st.tuples(spans, places), min_size=3, max_size=3))
def test_a_share_covers_every_triple_of_points(drawn: list[tuple[Range, float]]) -> None:
    shares = distance_closed(*(ends for ends, _ in drawn))
    one = distance_closed(*((at(ends, place),) * 2 for ends, place in drawn))
    assume(shares is not None)
    assume(one is not None)
    slack = 1e-6 * max(1, *map(abs, shares))
    assert shares[0] - slack <= one[0] <= shares[1] + slack


@given(levels, levels)
def test_the_way_begins_with_nothing_and_ends_with_all_of_it(base: float, target: float) -> None:
    assume(abs(base - target) > 1e-3)
    start, end = (base, base), (target, target)
    assert distance_closed(start, start, end) == (0, 0)
    assert distance_closed(start, end, end) == (1, 1)


@given(levels, levels, levels, st.integers(1, 1000))
def test_the_unit_does_not_matter(base: float, now: float, target: float, scale: int) -> None:
    assume(abs(base - target) > 1)
    kept = distance_closed((base, base), (now, now), (target, target))
    shown = distance_closed(*(((level * scale),) * 2 for level in (base, now, target)))
    assert kept == pytest.approx(shown)
