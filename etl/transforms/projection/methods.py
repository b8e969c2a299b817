"""Three ways to carry a series on, each in logarithms and with its own predictive distribution.

FPP is Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd edition.

- Damped trend (Gardner & McKenzie 1985, Management Science 31), as ETS(A,Ad,N): normal, with the variances
  of FPP section 8.7, here as σ²·(1 + Σ cⱼ²) with cⱼ = α + β·(φ + … + φʲ) for j from 1 to h − 1.
- Drift: FPP sections 5.2 and 5.5, the variance σ²·h·(1 + h/(n − 1)).
- Log-linear trend: the prediction interval of least squares, FPP section 7.9,
  σ²·(1 + 1/n + (x − x̄)²/Σ(x − x̄)²).

Of the last two, Student's t with n − 2 degrees of freedom is exact, for σ is estimated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from etl.transforms.projection import smoothing
from etl.transforms.projection.forecasts import Forecast, Numbers


def damped_trend(logs: Numbers, horizon: int) -> Forecast:
    """Exponential smoothing: weighted towards the last years, with a trend that fades.

    σ² is the sum of squares over n less the five parameters, as in R's forecast package: the maximum
    of the likelihood divides by n, which is too bold for thirty years.
    """
    model = smoothing.fit(logs)
    errors, now = model.through(logs)
    damping = np.cumsum(model.phi ** np.arange(1, horizon + 1))
    shocks = (model.alpha + model.beta * damping[:-1]) ** 2
    variance = (errors**2).sum() / (len(logs) - smoothing.PARAMETERS)
    growth = 1 + np.concatenate([[0.0], np.cumsum(shocks)])
    return Forecast(now.level + now.trend * damping, np.sqrt(variance * growth))


def drift(logs: Numbers, horizon: int) -> Forecast:
    """A random walk that goes on from the last figure with the mean growth of all years."""
    steps, ahead = np.diff(logs), np.arange(1.0, horizon + 1)
    spread = steps.std(ddof=1)
    scale = spread * np.sqrt(ahead * (1 + ahead / len(steps)))
    return Forecast(logs[-1] + steps.mean() * ahead, scale, len(steps) - 1)


def log_linear(logs: Numbers, horizon: int) -> Forecast:
    """A straight line through the logarithms, by least squares; it need not pass the last figure."""
    count = len(logs)
    years = np.arange(count) - (count - 1) / 2
    squares = (years**2).sum()
    slope = (years * logs).sum() / squares
    residuals = logs - logs.mean() - slope * years
    spread = np.sqrt((residuals**2).sum() / (count - 2))
    ahead = years[-1] + np.arange(1, horizon + 1)
    scale = spread * np.sqrt(1 + 1 / count + ahead**2 / squares)
    return Forecast(logs.mean() + slope * ahead, scale, count - 2)


METHODS: Mapping[str, Callable[[Numbers, int], Forecast]] = {
    "damped_trend": damped_trend,
    "drift": drift,
    "log_linear": log_linear,
}
