"""What is to be expected of a positive quantity: a distribution for each of the years ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

Numbers: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Forecast:
    """Distributions of the logarithm, one per year ahead: Student's t, or normal if `freedom` is infinite.

    `location` and `scale` have the length of the horizon. The quantity itself is log-t or lognormal,
    and so never negative; its mean is above its median, or infinite, and is not used.
    """

    location: Numbers
    scale: Numbers
    freedom: float = np.inf

    @property
    def median(self) -> Numbers:
        """What is as probably surpassed as missed, in the unit of the series."""
        return np.exp(self.location)

    def band(self, level: float) -> tuple[Numbers, Numbers]:
        """The two ends between which the quantity lies with probability `level`, equal tails outside."""
        reach: Any = stdtrit(self.freedom, (1 + level) / 2) * self.scale
        return np.exp(self.location - reach), np.exp(self.location + reach)

    def chance(self, amount: float) -> Numbers:
        """The probability, year by year, that the quantity is `amount` or more.

        With F the distribution function, F((location − ln amount) / scale), for it is symmetric.
        Marginal: of that year alone, whatever the years before it bring.
        """
        ahead = self.location - np.log(amount)
        with np.errstate(divide="ignore", invalid="ignore"):
            probability: Numbers = stdtr(self.freedom, ahead / self.scale)
        return np.where(self.scale > 0, probability, np.where(ahead >= 0, 1.0, 0.0))
