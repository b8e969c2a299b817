"""What flips a verdict: worked examples from the real series, and the law that it does flip."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given

from dashboards.progress.flips import Flip, flips
from dashboards.progress.methods import METHODS, Path, judge
from tests.dashboards.progress import second
from tests.dashboards.progress.drawn import paths
from tests.tables import cells

SERIES = [
    *((2008, 5.736), (2009, 3.303), (2010, 4.460), (2011, 6.303), (2012, 7.624), (2013, 7.109)),
    *((2016, 3.693), (2019, 7.766), (2022, 12.980), (2025, 13.006)),
]
"""Trade of Kazakhstan with the four, in billion US dollars."""


def verdict(method: str, path: Path) -> str:
    """The verdict of one method."""
    return judge(path)[METHODS.index(method)].verdict


def shown(found: tuple[Flip, ...]) -> list[list[str]]:
    """Write flips as rows of a table."""
    return [[each.method, each.what, f"{each.value:.2f}", each.verdict] for each in found]


def test_23_billion_by_2030_from_2010_and_2025() -> None:
    """Moderate by all three, and never far from another verdict: the base year alone moves each."""
    path = Path(4.460, 2010, 13.006, 2025, 23, 2030, "up")
    _, rows = cells(
        """
        | method | what      | value   | verdict    |
        | cagr   | base_year | 2016.00 | on_track   |
        | cagr   | latest    | 14.39   | on_track   |
        | cagr   | due_year  | 2031.88 | on_track   |
        | unsd   | base_year | 2016.00 | on_track   |
        | unsd   | latest    | 14.80   | on_track   |
        | unsd   | due_year  | 2032.41 | on_track   |
        | linear | base_year | 2012.00 | stagnating |
        | linear | latest    | 11.41   | stagnating |
        | linear | due_year  | 2026.27 | stagnating |
        """
    )
    assert shown(flips(path, SERIES)) == rows


def test_a_falling_target_flips_too() -> None:
    """12 days fell to 6, faster than 5 by 2027 asks for: an earlier due year makes it less."""
    path = Path(12, 2015, 6, 2023, 5, 2027, "down")
    _, rows = cells(
        """
        | method | what     | value   | verdict  |
        | cagr   | latest   | 6.90    | moderate |
        | cagr   | due_year | 2024.58 | moderate |
        | unsd   | latest   | 5.00    | achieved |
        | unsd   | due_year | 2024.32 | moderate |
        | linear | latest   | 5.00    | achieved |
        | linear | due_year | 2024.33 | moderate |
        """
    )
    assert shown(flips(path)) == rows


def test_what_has_been_achieved_flips_only_by_its_figures() -> None:
    path = Path(4, 2010, 25, 2022, 23, 2030, "up")
    found = flips(path, [(2010, 4), (2015, 6)])
    assert {(each.what, each.value) for each in found} == {("latest", 23)}
    assert [each.method for each in found] == ["cagr", "unsd", "linear"]


def test_without_a_verdict_nothing_flips() -> None:
    assert flips(Path(10, 2010, 8, 2020, 9, 2030, "up")) == ()


def test_a_base_year_is_the_nearest_that_has_a_figure() -> None:
    """Bases after the latest figure, or already beyond the target, say nothing."""
    path = Path(4.5, 2010, 12.9, 2022, 23, 2030, "up")
    bases = [(2010, 4.5), (2011, 4.7), (2013, 12), (2009, 25), (2022, 12.9), (2024, 1)]
    found = {each.method: each for each in flips(path, bases) if each.what == "base_year"}
    assert found["linear"] == Flip("linear", "base_year", 2013, "stagnating")


@given(paths())
def test_just_beside_a_flip_the_verdict_differs(path: Path) -> None:
    for flip in flips(path):
        here = getattr(path, flip.what)
        step = 1e-7 * abs(flip.value)
        assume(abs(here - flip.value) > 3 * step)
        assume(flip.what != "due_year" or flip.value - path.latest_year > 3 * step)
        onwards = 1 if flip.value > here else -1
        before, beyond = (
            replace(path, **{flip.what: flip.value + side * onwards * step}) for side in (-1, 1)
        )
        assert verdict(flip.method, before) == verdict(flip.method, path) != flip.verdict
        assert verdict(flip.method, beyond) not in {verdict(flip.method, path), ""}


@given(paths())
def test_between_the_figure_and_its_flip_the_verdict_holds(path: Path) -> None:
    """It is the nearest flip: a search by steps finds none on the way, on either side."""
    for flip in flips(path):
        here = getattr(path, flip.what)
        assume(abs(here - flip.value) > 1e-6 * abs(here))
        reach = 0.999 * abs(flip.value - here)
        for step in range(-10, 11):
            value = here + reach * step / 10
            if flip.what == "due_year" and value <= path.latest_year:
                continue
            moved = replace(path, **{flip.what: value})
            assert verdict(flip.method, moved) in {verdict(flip.method, path), ""}


@given(paths())
def test_where_no_due_year_is_listed_none_flips(path: Path) -> None:
    listed = {flip.method for flip in flips(path) if flip.what == "due_year"}
    years = [path.latest_year + ahead for ahead in (0.01, 1, 3, 10, 30, 100, 300)]
    for method in set(METHODS) - listed:
        found = {verdict(method, replace(path, due_year=year)) for year in years}
        assert found <= {verdict(method, path), ""}


@given(paths())
def test_a_flip_stands_where_the_second_implementation_crosses_a_cut_off(path: Path) -> None:
    cut_offs = {"cagr": (0, 0.6, 0.95), "unsd": (0, 0.1, 0.95), "linear": (0, 0.5, 1)}
    for flip in flips(path):
        if flip.what == "latest" and flip.value == path.target:
            continue
        at = replace(path, **{flip.what: flip.value})
        ratios = second.ratios(
            at.base, at.base_year, at.latest, at.latest_year, at.target, at.due_year, at.direction
        )
        assert min(abs(ratios[flip.method] - cut) for cut in cut_offs[flip.method]) == (
            pytest.approx(0, abs=1e-6)
        )
