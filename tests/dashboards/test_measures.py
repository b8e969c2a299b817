"""Measures: what is made of flows, each by a small example, and the laws that hold for any."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards import measures
from dashboards.measures import SourceChange
from tests.tables import assert_table, table
from warehouse.catalog import MEASURES

FLOWS = """
| partner_code | flow_code | period | value_usd | status      | source_id | vintage | place |
| UZB          | export    | 2020   | 50        | final       | bns       | 2021    | B2    |
| UZB          | import    | 2020   | 30        | preliminary | bns       | 2022    | C2    |
| UZB          | export    | 2020   | 40        | final       | wits      | 2023    | a     |
| TUR          | export    | 2020   | 10        | final       | bns       | 2021    | B3    |
| TUR          | import    | 2020   | 20        | final       | bns       | 2021    | C3    |
| TUR          | export    | 2021   | 15        | final       | bns       | 2021    | B4    |
"""
LINES = """
| series | period | value | status | source_id |
| a      | 2010   | 10    | final  | wits      |
| a      | 2011   | 20    | final  | bns       |
| b      | 2010   | 30    | final  | wits      |
| b      | 2011   | 20    | final  | bns       |
"""

AMOUNTS = st.floats(0.01, 1e12)
SERIES = st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=12)
"""A first and a last amount of each of some series."""


def figures(text: str, column: str = "value") -> pd.DataFrame:
    """Figures as the warehouse gives them: text, with numbers where numbers are."""
    frame = table(text)
    return frame.assign(**{column: pd.to_numeric(frame[column])})


def of_two_years(ends: list[tuple[float, float]]) -> pd.DataFrame:
    """Series with figures of 2010 and 2020."""
    rows = [
        (f"s{at}", f"s{at}", year, value, "final", "bns")
        for at, pair in enumerate(ends)
        for year, value in zip(("2010", "2020"), pair, strict=True)
    ]
    return pd.DataFrame(rows, columns=["series", "code", "period", "value", "status", "source_id"])


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (
            "exports",
            [("UZB", "bns", 50), ("UZB", "wits", 40), ("TUR", "bns", 10), ("TUR", "bns", 15)],
        ),
        ("imports", [("UZB", "bns", 30), ("TUR", "bns", 20)]),
        ("turnover", [("UZB", "bns", 80), ("TUR", "bns", 30)]),
        ("balance", [("UZB", "bns", 20), ("TUR", "bns", -10)]),
    ],
)
def test_a_measure_is_the_signed_sum_of_all_its_flows_by_one_source(
    measure: str, expected: list[tuple[str, str, float]]
) -> None:
    made = measures.measured(figures(FLOWS, "value_usd"), MEASURES[measure])
    found = zip(made["partner_code"], made["source_id"], made["value"], strict=True)
    assert list(found) == expected


def test_a_measure_is_as_firm_as_its_weakest_flow_and_tells_both_places() -> None:
    made = measures.measured(figures(FLOWS, "value_usd"), MEASURES["turnover"])
    assert_table(
        made,
        """
        | partner_code | status      | vintage | place  |
        | UZB          | preliminary | 2022    | B2; C2 |
        | TUR          | final       | 2021    | B3; C3 |
        """,
    )


def test_a_sum_over_the_group_has_no_holes() -> None:
    """In 2021 one of the two counted has no figure by this source, so there is no sum."""
    parts = measures.measured(figures(FLOWS, "value_usd"), MEASURES["exports"])
    counted = table(
        """
        | period | partner_code |
        | 2020   | TUR          |
        | 2020   | UZB          |
        | 2021   | TUR          |
        | 2021   | UZB          |
        """
    )
    assert_table(
        measures.summed(parts, counted),
        """
        | period | source_id | value | status | vintage | place         |
        | 2020   | bns       | 60    | final  | 2021    | sum: TUR, UZB |
        """,
    )


def test_whom_the_year_does_not_count_is_not_in_its_sum() -> None:
    parts = measures.measured(figures(FLOWS, "value_usd"), MEASURES["exports"])
    counted = table("| period | partner_code |\n| 2020 | UZB |\n| 2021 | TUR |")
    made = measures.summed(parts, counted)
    assert list(zip(made["period"], made["source_id"], made["value"], strict=True)) == [
        ("2020", "bns", 50),
        ("2020", "wits", 40),
        ("2021", "bns", 15),
    ]


def test_a_figure_is_divided_by_the_whole_of_its_own_source_and_year() -> None:
    whole = figures(
        """
        | period | source_id | value | status   |
        | 2010   | wits      | 40    | final    |
        | 2011   | wits      | 99    | final    |
        | 2011   | bns       | 80    | estimate |
        """
    )
    assert_table(
        measures.divided(figures(LINES), whole, ("period", "source_id"), 100),
        """
        | series | period | value | status   | source_id |
        | a      | 2010   | 25    | final    | wits      |
        | a      | 2011   | 25    | estimate | bns       |
        | b      | 2010   | 75    | final    | wits      |
        | b      | 2011   | 25    | estimate | bns       |
        """,
    )


def test_what_has_no_whole_or_a_whole_of_zero_is_missing() -> None:
    whole = figures("| period | value | status |\n| 2010 | 0 | final |")
    assert measures.divided(figures(LINES), whole)["value"].isna().all()


def test_prices_of_the_newest_year_are_chained_back_over_an_unbroken_run() -> None:
    """2019 is one year before the first rise of the run; 2017 lies beyond the gap of 2018 and 2019."""
    factors = measures.price_factors({"2017": 3.0, "2020": 10.0, "2021": 100.0})
    assert factors == pytest.approx({"2021": 1, "2020": 2, "2019": 2.2})
    assert measures.price_factors({}) == {}


def test_constant_prices_leave_the_base_year_as_it_is_and_other_years_may_be_missing() -> None:
    made = measures.deflated(figures(LINES), {"2010": 2.0, "2011": 1.0})
    assert list(made["value"]) == [20, 20, 60, 20]
    assert measures.deflated(figures(LINES), {"2011": 1.0})["value"].isna().sum() == 2


def test_an_index_is_100_in_its_base_year_and_who_has_no_base_is_named() -> None:
    frame = pd.concat(
        [
            figures(LINES),
            figures("| series | period | value |\n| c | 2011 | 5 |\n| d | 2010 | -1 |"),
        ]
    )
    made, lacking = measures.indexed(frame, "2010")
    assert lacking == ["c", "d"]
    assert list(made["value"]) == pytest.approx([100, 200, 100, 200 / 3])


def test_shares_are_of_years_that_every_series_has() -> None:
    frame = pd.concat([figures(LINES), figures("| series | period | value |\n| a | 2012 | 5 |")])
    made, dropped = measures.shares(frame)
    assert dropped == ["2012"]
    assert list(made["value"]) == [25, 50, 75, 50]


def test_two_figures_of_one_series_in_a_year_are_never_added_up_to_a_share() -> None:
    frame = pd.concat([figures(LINES), figures("| series | period | value |\n| a | 2010 | 5 |")])
    _made, dropped = measures.shares(frame)
    assert dropped == ["2010"]


def test_what_has_no_logarithm_is_left_out_and_counted() -> None:
    frame = figures("| series | value |\n| a | 1 |\n| a | 0 |\n| a | -1 |")
    made, dropped = measures.positive(frame)
    assert (list(made["value"]), dropped) == ([1], 2)


def test_contributions_are_changes_over_the_sum_of_the_first_year() -> None:
    made, lacking = measures.contributions(of_two_years([(30, 45), (10, 5)]), "2010", "2020")
    assert lacking == []
    assert_table(
        made,
        """
        | series | first_value | last_value | change | points |
        | s0     | 30          | 45         | 15     | 37.5   |
        | s1     | 10          | 5          | -5     | -12.5  |
        """,
    )


def test_contributions_are_refused_where_a_partner_lacks_a_year() -> None:
    frame = of_two_years([(30, 45), (10, 5)]).iloc[:3]
    made, lacking = measures.contributions(frame, "2010", "2020")
    assert (len(made), lacking) == (0, ["s1"])


def test_there_is_no_growth_of_nothing() -> None:
    made, lacking = measures.contributions(of_two_years([(5, 7), (-5, 1)]), "2010", "2020")
    assert (len(made), lacking) == (0, [])


def test_a_change_of_source_is_told_once_for_all_series() -> None:
    assert measures.source_changes(figures(LINES)) == [SourceChange("2010", "2011", "wits", "bns")]


def test_two_sources_of_one_year_are_no_change() -> None:
    frame = figures(LINES).assign(series="a", period="2010")
    assert measures.source_changes(frame) == []


def test_common_years_are_those_of_every_series() -> None:
    frame = pd.concat([figures(LINES), figures("| series | period | value |\n| a | 2012 | 5 |")])
    assert measures.common_years(frame) == ["2010", "2011"]


@settings(max_examples=50)
@given(SERIES)
def test_shares_of_a_year_sum_to_100(ends: list[tuple[float, float]]) -> None:
    made, dropped = measures.shares(of_two_years(ends))
    assert dropped == []
    assert all(total == pytest.approx(100) for total in made.groupby("period")["value"].sum())


@settings(max_examples=50)
@given(SERIES)
def test_contributions_sum_to_the_growth_of_the_sum(ends: list[tuple[float, float]]) -> None:
    made, _ = measures.contributions(of_two_years(ends), "2010", "2020")
    before, after = (sum(pair[end] for pair in ends) for end in (0, 1))
    assert made["points"].sum() == pytest.approx((after / before - 1) * 100, rel=1e-6, abs=1e-6)
    assert made["change"].sum() == pytest.approx(after - before, rel=1e-6, abs=1)


@settings(max_examples=50)
@given(SERIES, st.sampled_from(["2010", "2020"]))
def test_every_index_is_100_in_its_base_year_and_keeps_proportions(
    ends: list[tuple[float, float]], base: str
) -> None:
    frame = of_two_years(ends)
    made, lacking = measures.indexed(frame, base)
    assert lacking == []
    assert list(made.loc[made["period"] == base, "value"]) == pytest.approx([100] * len(ends))
    for (_, before), (_, after) in zip(
        frame.groupby("series"), made.groupby("series"), strict=True
    ):
        ratios = [rows["value"].iloc[1] / rows["value"].iloc[0] for rows in (before, after)]
        assert ratios[0] == pytest.approx(ratios[1])


@settings(max_examples=50)
@given(st.lists(st.floats(-50, 200), min_size=1, max_size=30))
def test_a_dollar_keeps_its_worth_from_year_to_year(rises: list[float]) -> None:
    """What a rise of prices takes, the factor of the year gives back."""
    inflation = {str(2000 + at): rise for at, rise in enumerate(rises)}
    factors = measures.price_factors(inflation)
    assert factors[max(inflation)] == 1
    assert set(factors) == {"1999", *inflation}
    for year, rise in inflation.items():
        assert factors[str(int(year) - 1)] == pytest.approx(factors[year] * (1 + rise / 100))
