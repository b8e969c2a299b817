"""How each method would have fared: forecasts from past years, held against what then came.

Evaluation on a rolling forecasting origin, Hyndman & Athanasopoulos (2021), section 5.10.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from etl.transforms.projection.forecasts import Forecast, Numbers
from etl.transforms.projection.methods import METHODS
from etl.transforms.projection.runs import HORIZONS, SHORTEST

_KEY = ["method", "horizon"]
_SHARES = ["error", "error_no_change", "within_80", "within_95"]


def backtest(values: Sequence[float] | Numbers) -> pd.DataFrame:
    """Try every method from every past year: `method, horizon, folds, error` and how its bands held.

    `error` is the mean absolute error as a share of the figure that came, `error_no_change` that of
    the last figure taken for all years, `within_80` and `within_95` the share that the bands held.
    `values` are `SHORTEST` and `HORIZONS` or more positive numbers, in time.
    """
    folds = pd.DataFrame(_folds(np.array(values)), columns=[*_KEY, *_SHARES])
    by_horizon = folds.groupby(_KEY, as_index=False)
    return by_horizon[_SHARES].mean().merge(by_horizon.size().rename(columns={"size": "folds"}))


def chosen(tested: pd.DataFrame) -> str:
    """Name the method with the least error over the horizons, each counting the same."""
    return str(tested.groupby("method")["error"].mean().idxmin())


def _folds(values: Numbers) -> Iterator[tuple[str, int, float, float, float, float]]:
    for origin in range(SHORTEST, len(values)):
        known, came = values[:origin], values[origin : origin + HORIZONS]
        unchanged = _error(known[-1], came)
        for method, carry_on in METHODS.items():
            forecast = carry_on(np.log(known), len(came))
            error, held = _error(forecast.median, came), _held(forecast, came)
            ahead = range(1, len(came) + 1)
            for horizon, *judged in zip(ahead, error, unchanged, *held, strict=True):
                yield method, horizon, *map(float, judged)


def _error(expected: Numbers, came: Numbers) -> Numbers:
    return np.abs(expected / came - 1)


def _held(forecast: Forecast, came: Numbers) -> list[Numbers]:
    bands = [forecast.band(level) for level in (0.80, 0.95)]
    return [((low <= came) & (came <= high)).astype(float) for low, high in bands]
