"""Exponential smoothing with a damped trend: the state space model ETS(A,Ad,N), fitted by likelihood.

    y = level + φ·trend + ε      level ← level + φ·trend + α·ε      trend ← φ·trend + β·ε

Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd edition, sections 8.5 and 8.6,
with its bounds 0 < β < α < 1 and 0.8 ≤ φ ≤ 0.98. With normal ε the likelihood is highest where the sum of
squares is least. Given α, β and φ, every ε is a linear function of the first level and the first trend, so
these two follow by least squares, and a grid of the other three, drawn closer around its best point, finds
the least sum of all: the usual descent from one start ends on a lower hill for a third of the stretches
that a backtest of our series asks about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from etl.transforms.projection.forecasts import Numbers

_LOWEST = np.array([1e-4, 1e-4, 0.8])
_HIGHEST = np.array([1 - 1e-4, 1 - 1e-4, 0.98])
"""Bounds of α, of β as a share of α, and of φ: those of R's forecast package and of statsmodels."""

_POINTS = 9
_ROUNDS = 6
"""Each round looks at 9 × 9 × 9 points, and the next between the neighbours of the best of them."""

PARAMETERS = 5
"""What is estimated: α, β, φ, the first level and the first trend."""


@dataclass(frozen=True)
class Model:
    """A model: how fast it forgets, how its trend fades, and its states before the first year."""

    alpha: float
    beta: float
    phi: float
    level: float
    trend: float

    def through(self, series: Numbers) -> tuple[Numbers, Model]:
        """Run through a series: the errors one year ahead, and the model as it stands after it."""
        level, trend = self.level, self.trend
        errors = np.empty(len(series))
        for place, value in enumerate(map(float, series)):
            expected = level + self.phi * trend
            errors[place] = error = value - expected
            level = expected + self.alpha * error
            trend = self.phi * trend + self.beta * error
        return errors, replace(self, level=level, trend=trend)


def fit(series: Numbers) -> Model:
    """Find the model that is most likely to have made a series of real numbers, in time."""
    lows, highs = _LOWEST, _HIGHEST
    for _round in range(_ROUNDS):
        axes = np.linspace(lows, highs, _POINTS).T
        grid = np.stack([mesh.ravel() for mesh in np.meshgrid(*axes, indexing="ij")])
        squares, starts = _least_squares(series, *grid)
        best = squares.argmin()
        point, start = grid[:, best], starts[:, best]
        step = (highs - lows) / (_POINTS - 1)
        lows, highs = np.maximum(_LOWEST, point - step), np.minimum(_HIGHEST, point + step)
    (alpha, share, phi), (level, trend) = map(float, point), map(float, start)
    return Model(alpha, alpha * share, phi, level, trend)


def _least_squares(
    series: Numbers, alpha: Numbers, share: Numbers, phi: Numbers
) -> tuple[Numbers, Numbers]:
    """Find the least sum of squares at each point of a grid, and the first level and trend that have it."""
    # States and errors as three rows: the constant, and the factors of the first level and trend.
    level, trend = np.zeros((2, 3, len(alpha)))
    level[1] = trend[2] = 1
    products = np.zeros((3, 3, len(alpha)))
    for value in series:
        damped = phi * trend
        error = -(level + damped)
        error[0] += value
        products += error[:, None] * error
        level, trend = level + damped + alpha * error, damped + alpha * share * error
    (total, by_level, by_trend), (_, a, b), (_, _, c) = products
    determinant = a * c - b * b
    first = np.stack([b * by_trend - c * by_level, b * by_level - a * by_trend]) / determinant
    return total + first[0] * by_level + first[1] * by_trend, first
