"""Projections: series carried on by three methods, how these fared before, how probable a target is."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from math import exp, gamma, log, pi, sqrt
from statistics import NormalDist, fmean, stdev

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transforms.projection import projections
from etl.transforms.projection.backtests import backtest, chosen
from etl.transforms.projection.forecasts import Forecast
from etl.transforms.projection.methods import METHODS
from etl.transforms.projection.smoothing import fit
from tests.data_folder import ROOT
from tests.tables import assert_table, table

TURNOVER = [0.77, 0.73, 0.67, 0.66, 0.43, 0.55, 0.64, 0.73, 0.87, 1.53, 1.55, 2.31, 4.24, 5.74, 3.3]
TURNOVER += [
    4.46,
    6.3,
    7.62,
    7.11,
    6.7,
    4.51,
    3.69,
    4.77,
    5.81,
    7.77,
    6.97,
    9.33,
    12.98,
    12.65,
    11.42,
]
"""Roughly what Kazakhstan traded with the four members, billion dollars, 1995 to 2024."""

_INDICATORS = """
    | id                 | unit | direction |
    | trade_turnover_ots | USD  | up        |
    | trade_balance_ots  | USD  | up        |
"""
_NO_TARGETS = "| id | indicator_id | scope | unit | value |"

amounts = st.lists(st.floats(0.1, 100), min_size=17, max_size=24)


def _series(
    values: list[float], first: int = 2000, scope: str = "four", **cells: object
) -> pd.DataFrame:
    """Annual figures of one series as the warehouse holds them."""
    shared = {"indicator_id": "trade_turnover_ots", "scope": scope, "status": "final"}
    shared |= {"source_id": "stat", "preferred_until": None} | cells
    years = [str(year) for year in range(first, first + len(values))]
    return pd.DataFrame({"period": years, "value": values}).assign(**shared)


def _carried(
    *series: pd.DataFrame,
    targets: str = _NO_TARGETS,
    partners: str = "| scope | period | partner_code |",
) -> dict[str, pd.DataFrame]:
    aimed = table(targets)
    return projections(
        {
            "observation": pd.concat(series, ignore_index=True),
            "group_partner": table(partners),
            "target": aimed.assign(value=pd.to_numeric(aimed["value"])),
            "indicator": table(_INDICATORS),
        }
    )


def test_a_steady_growth_goes_on():
    """17 years of 10 % a year: every method goes on so, never erred, and would bet on it."""
    carried = _carried(
        _series([100 * 1.1**year for year in range(17)]),
        targets="""
            | id       | indicator_id       | scope | unit | value |
            | modest   | trade_turnover_ots | four  | USD  | 550   |
            | in_money | trade_turnover_ots | four  | USD  | 500   |
        """,
    )
    expected = carried["projection"]
    assert list(expected["method"].unique()) == ["damped_trend", "drift", "log_linear"]
    drawn = expected[(expected["method"] != "damped_trend") & (expected["period"] < "2020")]
    assert_table(
        drawn.round(3),
        """
        | method     | period | value   | low_95  | high_95 |
        | drift      | 2017   | 505.447 | 505.447 | 505.447 |
        | drift      | 2018   | 555.992 | 555.992 | 555.992 |
        | drift      | 2019   | 611.591 | 611.591 | 611.591 |
        | log_linear | 2017   | 505.447 | 505.447 | 505.447 |
        | log_linear | 2018   | 555.992 | 555.992 | 555.992 |
        | log_linear | 2019   | 611.591 | 611.591 | 611.591 |
        """,
    )
    tested = carried["backtest"]
    assert_table(
        tested[tested["method"] == "drift"].round(4),
        """
        | horizon | folds | error | error_no_change |
        | 1       | 5     | 0     | 0.0909          |
        | 2       | 4     | 0     | 0.1736          |
        | 3       | 3     | 0     | 0.2487          |
        | 4       | 2     | 0     | 0.317           |
        | 5       | 1     | 0     | 0.3791          |
        """,
    )
    chances = carried["attainment"]
    assert_table(
        chances[chances["period"] < "2019"].round(9),
        """
        | target_id | period | probability |
        | modest    | 2017   | 0           |
        | modest    | 2018   | 1           |
        | in_money  | 2017   | 1           |
        | in_money  | 2018   | 1           |
        """,
    )


def test_who_is_carried_on():
    """17 years in a row of one group, all above nothing; a new source is gone over and said."""
    steady = [float(year) for year in range(10, 30)]
    left_out = [
        _series(steady[:16], scope="too_short"),
        _series([*steady[:19], 0.0], scope="with_nothing"),
        _series(steady, scope="superseded", preferred_until="2025-01-01"),
        _series(steady, scope="no_target", indicator_id="trade_balance_ots"),
        _series(steady, scope="as_range").assign(value=np.nan),
        _series(steady, scope="gap").drop(index=10),
        _series(steady, scope="joined"),
    ]
    carried = _carried(
        *left_out,
        _series(steady, scope="four").assign(
            source_id=["wits"] * 12 + ["bns"] * 8, status=["final"] * 19 + ["preliminary"]
        ),
        _series([1.0], scope="four", first=1990),
        partners="| scope | period | partner_code |\n"
        + "\n".join(f"| joined | {year} | TUR |" for year in range(2000, 2020))
        + "\n"
        + "\n".join(f"| joined | {year} | UZB |" for year in range(2010, 2020)),
    )
    said = ["scope", "first_period", "origin", "origin_status", "source_changes"]
    assert_table(
        carried["projection"][said].drop_duplicates(),
        """
        | scope | first_period | origin | origin_status | source_changes |
        | four  | 2000         | 2019   | preliminary   | 2012           |
        """,
    )
    assert set(carried["backtest"]["scope"]) == {"four"}
    ahead = carried["projection"].groupby("method")["period"].agg(["min", "max", "count"])
    assert {tuple(row) for row in ahead.to_numpy()} == {("2020", "2040", 21)}


def test_nothing_to_carry_on():
    """The tables are there, and empty."""
    carried = _carried(_series([1.0, 2.0]))
    assert {name: len(frame) for name, frame in carried.items()} == {
        "projection": 0,
        "backtest": 0,
        "attainment": 0,
    }


def test_which_targets_have_a_probability():
    """One amount of the same series, in its unit: no multiple of a base, no range, nobody else's."""
    carried = _carried(
        _series(TURNOVER),
        targets="""
            | id       | indicator_id       | scope | unit  | value |
            | amount   | trade_turnover_ots | four  | USD   | 20    |
            | multiple | trade_turnover_ots | four  | ratio | 2     |
            | range    | trade_turnover_ots | four  | USD   |       |
            | of_six   | trade_turnover_ots | six   | USD   | 20    |
            | other    | trade_balance_ots  | four  | USD   | 20    |
        """,
    )
    assert set(carried["attainment"]["target_id"]) == {"amount"}


def test_past_years_decide():
    """The mark is the mean error over one to five years, each counting the same."""
    tested = backtest(TURNOVER)
    assert_table(
        tested[tested["method"] == "drift"],
        """
        | method | horizon | folds |
        | drift  | 1       | 18    |
        | drift  | 2       | 17    |
        | drift  | 3       | 16    |
        | drift  | 4       | 15    |
        | drift  | 5       | 14    |
        """,
    )
    errors = dict.fromkeys(METHODS, 0.0)
    for method, carry_on in METHODS.items():
        for horizon in range(1, 6):
            errors[method] += fmean(
                abs(carry_on(np.log(TURNOVER[:origin]), horizon).median[-1] / came - 1)
                for origin in range(12, 31 - horizon)
                for came in [TURNOVER[origin + horizon - 1]]
            )
    found = tested.groupby("method")["error"].sum()
    assert found.to_dict() == pytest.approx(errors)
    assert chosen(tested) == min(errors, key=errors.__getitem__) == "drift"


def _student(x: float, freedom: int) -> float:
    """The distribution function of Student's t, by Simpson's rule over its density."""
    factor = gamma((freedom + 1) / 2) / sqrt(freedom * pi) / gamma(freedom / 2)
    steps = 2000
    heights = [
        factor * (1 + (x * step / steps) ** 2 / freedom) ** (-(freedom + 1) / 2)
        for step in range(steps + 1)
    ]
    inner = 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2])
    return 0.5 + x / steps / 3 * (heights[0] + inner + heights[-1])


def _drift(values: list[float], ahead: int) -> tuple[float, float]:
    growth = [log(after / before) for before, after in pairwise(values)]
    middle = log(values[-1]) + ahead * log(values[-1] / values[0]) / len(growth)
    return middle, stdev(growth) * sqrt(ahead * (1 + ahead / len(growth)))


def _line(values: list[float], ahead: int) -> tuple[float, float]:
    years, logs = range(len(values)), [log(value) for value in values]
    year, mean = fmean(years), fmean(logs)
    squares = sum((x - year) ** 2 for x in years)
    slope = sum((x - year) * (y - mean) for x, y in zip(years, logs, strict=True)) / squares
    misses = [y - mean - slope * (x - year) for x, y in zip(years, logs, strict=True)]
    spread = sqrt(sum(miss**2 for miss in misses) / (len(values) - 2))
    asked = len(values) - 1 + ahead - year
    return mean + slope * asked, spread * sqrt(1 + 1 / len(values) + asked**2 / squares)


@pytest.mark.parametrize(("method", "plainly"), [("drift", _drift), ("log_linear", _line)])
def test_intervals_by_the_plain_formulas(method: str, plainly: object):
    """A second implementation, number by number: the middle, both bands, and a probability."""
    forecast = METHODS[method](np.log(TURNOVER), 15)
    freedom = len(TURNOVER) - 2
    for ahead in range(1, 16):
        middle, scale = plainly(TURNOVER, ahead)
        assert forecast.median[ahead - 1] == pytest.approx(exp(middle), rel=1e-9)
        for level in (0.80, 0.95):
            low, high = (float(end[ahead - 1]) for end in forecast.band(level))
            assert _student((log(high) - middle) / scale, freedom) == pytest.approx((1 + level) / 2)
            assert low * high == pytest.approx(exp(2 * middle))
        chance = _student((middle - log(23)) / scale, freedom)
        assert forecast.chance(23)[ahead - 1] == pytest.approx(chance, rel=1e-9)


def test_a_damped_trend_as_statsmodels_has_it():
    """With our parameters statsmodels has the same errors, path and variances; with its own, no better."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # noqa: PLC0415 - a second to import

    logs = np.log(TURNOVER)
    model = fit(logs)
    theirs = ETSModel(pd.Series(logs), error="add", trend="add", damped_trend=True)
    ours = np.array([model.alpha, model.beta, model.phi, model.level, model.trend])
    smoothed = theirs.smooth(ours)
    errors, _now = model.through(logs)
    assert smoothed.resid.to_numpy() == pytest.approx(errors)
    predicted = smoothed.get_prediction(start=len(logs), end=len(logs) + 14)
    forecast = METHODS["damped_trend"](logs, 15)
    assert forecast.location == pytest.approx(predicted.predicted_mean.to_numpy())
    corrected = predicted.forecast_variance * len(logs) / (len(logs) - 5)
    assert forecast.scale**2 == pytest.approx(corrected)
    tail = NormalDist().inv_cdf(0.9)
    assert np.log(forecast.band(0.8)[1]) == pytest.approx(forecast.location + tail * forecast.scale)
    assert theirs.loglike(ours) >= theirs.fit(disp=False).llf - 1e-3


@given(values=amounts, factor=st.floats(1e-3, 1e9))
@settings(max_examples=25)
def test_the_unit_does_not_matter(values: list[float], factor: float):
    """In other units the same future: amounts grow with the unit, probabilities stay."""
    for carry_on in METHODS.values():
        one, other = (carry_on(np.log(np.array(values) * by), 5) for by in (1, factor))
        assert other.scale == pytest.approx(one.scale, rel=1e-3, abs=1e-6)
        assert other.median == pytest.approx(one.median * factor, rel=1e-3)


@given(
    st.floats(-5, 30), st.floats(1e-3, 3), st.sampled_from([5, 15, 29, np.inf]), st.floats(0.1, 10)
)
def test_bands_and_chances_belong_together(middle: float, scale: float, freedom: float, by: float):
    """80 % lies within 95 %, the median within both; more is less probable; the ends have their tails."""
    forecast = Forecast(np.array([middle]), np.array([scale]), freedom)
    (low_80, high_80), (low_95, high_95) = forecast.band(0.80), forecast.band(0.95)
    assert 0 < low_95 < low_80 < forecast.median < high_80 < high_95
    assert forecast.chance(float(forecast.median[0])) == pytest.approx(0.5)
    assert forecast.chance(float(high_80[0])) == pytest.approx(0.1)
    assert forecast.chance(float(low_95[0])) == pytest.approx(0.975)
    assert forecast.chance(1.0) >= forecast.chance(1.0 + by)


def test_what_is_certain_has_no_middle_ground():
    """Without spread the median is reached for sure, and anything above it never."""
    forecast = Forecast(np.log([8.0]), np.array([0.0]), 10)
    assert [float(forecast.chance(amount)[0]) for amount in (7.9, 8.0, 8.1)] == [1, 1, 0]


def test_a_build_with_nothing_new_does_not_wait_for_scipy():
    """Whoever only asks whether there is anything to do must not pay for the tools to do it."""
    program = "import sys, etl.__main__; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
