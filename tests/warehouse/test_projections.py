"""What is told of the years ahead, from the figures in data/ and from tables made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import assert_table
from tests.warehouse.made import make
from warehouse.build import BuildRefusedError
from warehouse.engine import Warehouse
from warehouse.queries import projections

TURNOVER = ("trade_turnover_ots", "members_current")


def test_the_best_of_the_past_is_chosen(warehouse: Warehouse):
    """One method of three, the one whose errors over five horizons are least in the mean."""
    told = projections.projection(warehouse, *TURNOVER)
    tested = projections.backtest(warehouse, *TURNOVER)
    assert len(told) == 3 * (2040 - 2025)
    errors = tested.groupby("method")["error"].mean()
    assert set(told.loc[told["is_chosen"], "method"]) == {errors.idxmin()}
    assert_table(
        told[["first_period", "origin", "origin_status", "source_changes"]].drop_duplicates(),
        """
        | first_period | origin | origin_status | source_changes |
        | 1995         | 2025   | preliminary   | 2018           |
        """,
    )
    assert_table(
        tested[tested["method"] == "drift"],
        """
        | horizon | folds |
        | 1       | 19    |
        | 2       | 18    |
        | 3       | 17    |
        | 4       | 16    |
        | 5       | 15    |
        """,
    )


def test_the_bands_nest(warehouse: Warehouse):
    """80 % within 95 %, around the median, and wider every year."""
    for scope in ("members_current", "with_observers"):
        told = projections.projection(warehouse, "trade_turnover_ots", scope)
        ends = told[["low_95", "low_80", "value", "high_80", "high_95"]].to_numpy()
        assert (ends[:, :-1] < ends[:, 1:]).all()
        for _method, years in told.groupby("method"):
            assert (years["high_95"] / years["low_95"]).is_monotonic_increasing


def test_a_group_that_grew_by_admission_is_not_projected(warehouse: Warehouse):
    """Uzbekistan joined in 2019: seven years of the same members are too few."""
    assert projections.projection(warehouse, "trade_turnover_ots", "members_dated").empty
    assert projections.backtest(warehouse, "trade_turnover_ots", "members_dated").empty


def test_the_23_billion_by_year(warehouse: Warehouse):
    """Hope and estimate of the same amount are as probable, year by year, and never certain."""
    hoped = projections.attainment(warehouse, "trade-23bn")
    assert list(hoped["period"]) == [str(year) for year in range(2026, 2041)]
    assert hoped["probability"].between(0.01, 0.99).all()
    estimated = projections.attainment(warehouse, "trade-23bn-estimate")
    assert list(estimated["probability"]) == list(hoped["probability"])
    assert projections.attainment(warehouse, "kazakhstan-5-days-2023").empty


def test_a_past_day_has_no_future(warehouse: Warehouse):
    """What is projected goes by figures that the day did not know."""
    past = warehouse.as_of("2024-01-01")
    assert projections.projection(past, *TURNOVER).empty
    assert projections.backtest(past, *TURNOVER).empty
    assert projections.attainment(past, "trade-23bn").empty
    assert list(projections.attainment(past, "trade-23bn").columns) == [
        *("target_id", "period", "probability")
    ]


BANDS = """
| indicator_id | scope | method | period | value | low_80 | high_80 | low_95 | high_95 |
| trade        | four  | drift  | 2026   | {}    | 8      | 11      | {}     | {}      |
"""


@pytest.mark.parametrize(
    ("value", "low_95", "high_95"),
    [("7.5", "7", "12"), ("11.5", "7", "12"), ("9", "8.5", "12"), ("9", "7", "10.5")],
)
def test_bands_that_do_not_nest_are_refused(served: Path, value: str, low_95: str, high_95: str):
    """A middle outside its band, or a narrow band that sticks out of the wide one, is no forecast."""
    indicator = "| id | direction |\n| trade | up |"
    make(served, indicator=indicator, projection=BANDS.format("9", "7", "12"))
    with pytest.raises(BuildRefusedError, match=r"projection: .*(?i:check constraint)"):
        make(served, indicator=indicator, projection=BANDS.format(value, low_95, high_95))
