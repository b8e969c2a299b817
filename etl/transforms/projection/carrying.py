"""A series carried on: what is to be expected, how such expectations fared, how probable targets are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.transforms.projection.backtests import backtest, chosen
from etl.transforms.projection.forecasts import Forecast
from etl.transforms.projection.methods import METHODS
from etl.transforms.projection.runs import Run


@dataclass(frozen=True)
class Carried:
    """Rows of the three tables for one series."""

    projection: pd.DataFrame
    backtest: pd.DataFrame
    attainment: pd.DataFrame


def carry_on(run: Run, targets: pd.DataFrame) -> Carried:
    """Carry a series on by every method; `targets`, with `id` and `value`, are those for this series."""
    values = run.figures["value"].to_numpy(dtype=float)
    years = run.years_ahead
    tested = backtest(values)
    best = chosen(tested)
    forecasts = {name: method(np.log(values), len(years)) for name, method in METHODS.items()}
    drawn = [
        _drawn(forecast, years).assign(method=name, is_chosen=name == best)
        for name, forecast in forecasts.items()
    ]
    return Carried(
        pd.concat(drawn).assign(**run.name, **run.said),
        tested.assign(**run.name),
        _chances(forecasts[best], years, targets),
    )


def _drawn(forecast: Forecast, years: list[str]) -> pd.DataFrame:
    (low_80, high_80), (low_95, high_95) = forecast.band(0.80), forecast.band(0.95)
    return pd.DataFrame(
        {
            "period": years,
            "value": forecast.median,
            "low_80": low_80,
            "high_80": high_80,
            "low_95": low_95,
            "high_95": high_95,
        }
    )


def _chances(forecast: Forecast, years: list[str], targets: pd.DataFrame) -> pd.DataFrame:
    chances = [
        (target_id, *chance)
        for target_id, value in zip(targets["id"], targets["value"], strict=True)
        for chance in zip(years, forecast.chance(value), strict=True)
    ]
    return pd.DataFrame(chances, columns=["target_id", "period", "probability"])
