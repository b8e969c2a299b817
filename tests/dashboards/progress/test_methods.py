"""Verdicts side by side: published formulas, worked examples, a second implementation, and laws."""

from __future__ import annotations

from dataclasses import astuple, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.progress.methods import (
    METHODS,
    Path,
    growth,
    growth_needed,
    judge,
    judge_ranges,
    verdict,
    year,
)
from tests.dashboards.progress import second
from tests.dashboards.progress.drawn import paths
from tests.tables import cells
from warehouse.engine import Warehouse
from warehouse.queries import indicators, statements


def path(text: str, direction: str = "up") -> Path:
    """Read `4.5 2010 12.9 2022 23 2030`."""
    return Path(*(float(number) for number in text.split()), direction)


def said(judged: Path) -> list[str]:
    """Write what each method says, ratios with two digits."""
    return [f"{each.ratio:.2f} {each.verdict}".strip() for each in judge(judged)]


def test_worked_examples() -> None:
    _, rows = cells(
        """
        | path                    | cagr          | unsd          | linear          | escap |
        | 4.5 2010 12.9 2022 23 2030 | 1.08 on_track | 1.16 on_track | 0.76 moderate   | 4.54  |
        | 4.8 2010 12.9 2022 23 2030 | 1.05 on_track | 1.11 on_track | 0.74 moderate   | 4.45  |
        | 4.5 2010 11.4 2023 23 2030 | 0.87 moderate | 0.77 moderate | 0.57 moderate   | 3.73  |
        | 4.5 2010 11.4 2023 23 2027 | 0.74 moderate | 0.58 moderate | 0.49 stagnating | 3.73  |
        | 4.5 2010 12.9 2022 23 2035 | 1.36 on_track | 1.94 on_track | 0.95 moderate   | 4.54  |
        """
    )
    for written, *expected in rows:
        assert said(path(written)) == expected


def test_a_falling_target_is_judged_as_a_rising_one() -> None:
    _, rows = cells(
        """
        | path                 | cagr          | unsd          | linear          | escap |
        | 12 2015 6 2023 5 2027   | 1.18 on_track | 1.11 on_track | 1.29 on_track   | 8.57  |
        | 12 2015 9 2023 5 2027   | 0.50 limited  | 0.60 moderate | 0.64 moderate   | 4.29  |
        | 12 2015 11.8 2023 5 2027 | 0.03 limited | 0.04 stagnating | 0.04 stagnating | 0.29 |
        | 12 2015 13 2023 5 2027  | -0.14 away    | -0.22 away    | -0.21 away      | -1.43 |
        | 12 2015 4 2023 5 2027   | 1.82 achieved | 1.38 achieved | 1.71 achieved   | 11.43 |
        """
    )
    for written, *expected in rows:
        assert said(path(written, "down")) == expected


def test_what_cannot_be_computed_has_no_ratio() -> None:
    """A base of 0, a change of sign, a base beyond the target, years that do not follow."""
    _, rows = cells(
        """
        | path                       | cagr       | unsd       | linear        | escap      |
        | 0 2010 5 2020 10 2030      | None       | None       | 1.0 on_track  | 5.0        |
        | -4 2010 1 2020 6 2030      | None       | None       | 1.0 on_track  | 5.0        |
        | 10 2010 8 2020 9 2030      | None       | None       | None          | None       |
        | 10 2010 9 2020 9 2030      | None achieved | None achieved | None achieved | None |
        | 4 2020 5 2020 9 2030       | None       | None       | None          | None       |
        | 4 2010 5 2020 9 2019       | None       | None       | None          | None       |
        | 4 2010 9 2020 9 2019       | None achieved | None achieved | None achieved | None |
        | 1 2010 9 2010.0001 10 9999 | None       | None       | 71000000.0 on_track | 8.9    |
        """
    )
    for written, *expected in rows:
        found = [(each.ratio, each.verdict) for each in judge(path(written))]
        shown = [
            f"{None if ratio is None else float(f'{ratio:.3g}' if ratio > 99 else f'{ratio:.1f}')} {name}"
            for ratio, name in found
        ]
        assert [text.strip() for text in shown] == expected


def test_cut_offs_belong_to_the_better_verdict() -> None:
    _, rows = cells(
        """
        | method | ratios                       | verdicts                                |
        | cagr   | 1 0.95 0.949 0.6 0.59 0 -0.1 | on on moderate moderate limited limited away |
        | unsd   | 1 0.95 0.949 0.1 0.09 0 -0.1 | on on moderate moderate stagnating stagnating away |
        | linear | 1 0.999 0.5 0.49 0 -0.1      | on moderate moderate stagnating stagnating away |
        | escap  | 10 0                         |                                         |
        """
    )
    for method, ratios, expected in rows:
        found = [verdict(method, float(ratio)).replace("_track", "") for ratio in ratios.split()]
        assert " ".join(found).strip() == expected


def test_23_billion_by_an_assumed_year(warehouse: Warehouse) -> None:
    """Real figures, base 2010: the year assumed and the last year counted move every verdict."""
    target = statements.find_target(warehouse, "trade-23bn")
    assert target is not None
    assert target.due is None
    values = {
        figure.period: figure.value
        for figure in indicators.figures(warehouse, target.indicator_id, target.scope)
    }
    _, rows = cells(
        """
        | last | due  | cagr          | unsd          | linear          | escap | a year |
        | 2022 | 2027 | 0.92 moderate | 0.85 moderate | 0.65 moderate   | 4.60  | 12.1%  |
        | 2022 | 2030 | 1.09 on_track | 1.19 on_track | 0.77 moderate   | 4.60  | 7.4%   |
        | 2022 | 2035 | 1.37 on_track | 1.99 on_track | 0.96 moderate   | 4.60  | 4.5%   |
        | 2023 | 2027 | 0.82 moderate | 0.70 moderate | 0.58 moderate   | 4.42  | 16.1%  |
        | 2023 | 2030 | 0.98 on_track | 0.96 on_track | 0.68 moderate   | 4.42  | 8.9%   |
        | 2023 | 2035 | 1.23 on_track | 1.54 on_track | 0.85 moderate   | 4.42  | 5.1%   |
        | 2025 | 2027 | 0.73 moderate | 0.57 moderate | 0.52 moderate   | 4.61  | 33.0%  |
        | 2025 | 2030 | 0.87 moderate | 0.76 moderate | 0.61 moderate   | 4.61  | 12.1%  |
        | 2025 | 2035 | 1.09 on_track | 1.19 on_track | 0.77 moderate   | 4.61  | 5.9%   |
        """
    )
    for last, due, *expected, needed in rows:
        ends = (values["2010"], 2010, values[last], float(last), target.value, float(due))
        assert said(Path(*ends, "up")) == expected
        assert_as_the_second(Path(*ends, "up"))
        assert f"{growth_needed(*ends[2:]):.1%}" == needed


def assert_as_the_second(one: Path) -> None:
    """Both implementations must agree to 1e-9, and on the verdict but at a cut-off."""
    expected = second.ratios(*astuple(one))
    for found in judge(one):
        ratio = expected[found.method]
        assert found.ratio == pytest.approx(ratio, rel=1e-9, abs=1e-9)
        verdicts = {
            second.verdict(found.method, ratio + slack, one.is_achieved) for slack in (-1e-9, 1e-9)
        }
        assert found.verdict in verdicts


@given(paths())
def test_both_implementations_agree(one: Path) -> None:
    assert_as_the_second(one)


@given(paths(), st.integers(-30, 30))
def test_the_unit_does_not_matter(one: Path, doublings: int) -> None:
    """Doubling is exact in floats, so that nothing may move at all."""
    scale = 2.0**doublings
    other = replace(
        one, base=one.base * scale, latest=one.latest * scale, target=one.target * scale
    )
    assert judge(other) == judge(one)


@given(paths(), st.integers(-1000, 1000))
def test_only_differences_of_years_matter(one: Path, moved: int) -> None:
    other = replace(
        one,
        base_year=one.base_year + moved,
        latest_year=one.latest_year + moved,
        due_year=one.due_year + moved,
    )
    assert judge(other) == judge(one)


@given(paths())
def test_the_straight_way_and_the_steady_way_are_just_on_track(one: Path) -> None:
    """A figure on the straight line has a linear ratio of 1, on the curve the two others."""
    share = (one.latest_year - one.base_year) / (one.due_year - one.base_year)
    straight = judge(replace(one, latest=one.base + share * (one.target - one.base)))
    steady = judge(replace(one, latest=one.base * (one.target / one.base) ** share))
    assert straight[2].ratio == pytest.approx(1)
    assert [steady[0].ratio, steady[1].ratio] == pytest.approx([1, 1], rel=1e-6)


@given(paths())
def test_nothing_done_is_a_ratio_of_nothing(one: Path) -> None:
    still = judge(replace(one, latest=one.base))
    assert [each.ratio for each in still] == pytest.approx([0, 0, 0, 0], abs=1e-9)


def test_growth_a_year() -> None:
    _, rows = cells(
        """
        | from  | to       | growth |
        | 4.5 2010  | 12.9 2022 | 9.2%   |
        | 4.8 2010  | 12.9 2022 | 8.6%   |
        | 12.9 2022 | 23 2030   | 7.5%   |
        | 11.4 2023 | 23 2027   | 19.2%  |
        | 12 2015   | 6 2023    | -8.3%  |
        """
    )
    for start, end, expected in rows:
        ends = [float(number) for number in f"{start} {end}".split()]
        assert f"{growth(*ends):.1%}" == f"{growth_needed(*ends):.1%}" == expected


@pytest.mark.parametrize("ends", [(0, 2010, 1, 2020), (1, 2010, -1, 2020), (1, 2020, 2, 2020)])
def test_no_growth_leads_there(ends: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="no growth leads"):
        growth_needed(*ends)


def test_years_are_counted_at_the_end_of_a_period() -> None:
    _, rows = cells(
        """
        | period          | year    |
        | 2023            | 2023.00 |
        | 2023-12-31      | 2023.00 |
        | 2024-04         | 2023.33 |
        | 2024-06-30      | 2023.50 |
        | 2022-01/2022-09 | 2021.75 |
        | ../2023-03      | 2022.25 |
        """
    )
    for period, expected in rows:
        assert f"{year(period):.2f}" == expected


def test_a_range_has_a_verdict_where_all_its_ends_agree() -> None:
    """53 days, then 19–23, against 10–15 or 14–18 days by a year."""
    _, rows = cells(
        """
        | base  | now   | target | due  | cagr                 | linear                  |
        | 53    | 19–23 | 14–18  | 2027 | 0.94…1.40 moderate…on_track | 1.15…1.46 on_track      |
        | 38–53 | 19–23 | 10–15  | 2027 | 0.58…1.21 limited…on_track | 0.80…1.34 moderate…on_track |
        | 53    | 17–23 | 14–18  | 2027 | 0.94…1.54 moderate…achieved | 1.15…1.54 on_track…achieved |
        | 53    | 13–17 | 18     | 2027 | 1.54…1.87 achieved    | 1.54…1.71 achieved      |
        """
    )
    for base, now, target, due, *expected in rows:
        ends = [tuple(map(float, (text.split("–") * 2)[:2])) for text in (base, now, target)]
        spreads = judge_ranges(ends[0], 2015, ends[1], 2023, ends[2], float(due), "down")
        shown = [
            "…".join(f"{ratio:.2f}" for ratio in each.ratios)
            + f" {'…'.join(dict.fromkeys((each.worst, each.best)))}"
            for each in (spreads[0], spreads[2])
        ]
        assert shown == expected
        assert [each.verdict for each in spreads] == [
            each.worst if each.worst == each.best else "" for each in spreads
        ]


@given(paths(), paths())
def test_a_spread_holds_every_combination_of_ends(one: Path, other: Path) -> None:
    ends = [(one.base, other.base), (one.latest, other.latest), (one.target, other.target)]
    spreads = judge_ranges(
        ends[0], 2000, ends[1], one.latest_year, ends[2], one.due_year, one.direction
    )
    single = [
        judge(replace(one, base=base, latest=latest, target=target))
        for base, latest, target in product(*ends)
    ]
    for spread, *judged in zip(spreads, *single, strict=True):
        ratios = [each.ratio for each in judged]
        if None in ratios:
            assert spread.ratios is None
        else:
            assert spread.ratios == (min(ratios), max(ratios))
        verdicts = {each.verdict for each in judged}
        assert spread.verdict == (verdicts.pop() if len(verdicts) == 1 else "")
    assert [spread.method for spread in spreads] == list(METHODS)
