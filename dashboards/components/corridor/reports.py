"""Several reports of one number: which contradict each other, by how much, and which only round."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd


def compared(frame: pd.DataFrame) -> pd.DataFrame:
    """Hold every report against the preferred one of the same scope and period.

    Adds `preferred_value`; `deviation`, the relative difference from it, missing for the preferred
    report itself and where there is no other; and `contradicts`, for the report that differs by more
    than rounding and for the preferred one that it differs from.
    """
    keys = ["scope", "period"]
    first = frame.sort_values("is_preferred", ascending=False, kind="stable").groupby(keys)
    base = frame[keys].merge(first["value"].first().rename("base").reset_index(), on=keys)["base"]
    base.index = frame.index
    others = ~frame["is_preferred"] & (first["value"].transform("size") > 1)
    deviation = (frame["value"] / base - 1).where(others)
    pairs = zip(frame["value"], base, strict=True)
    differs = pd.Series([not is_rounding(*pair) for pair in pairs], index=frame.index) & others
    is_disputed = differs.groupby([frame[key] for key in keys]).transform("any")
    return frame.assign(
        preferred_value=base,
        deviation=deviation,
        contradicts=differs | (is_disputed & frame["is_preferred"]),
    )


def is_rounding(one: float, other: float) -> bool:
    """Whether one number is the other, rounded to the precision in which it is written.

    2,760 is 2,764 rounded to tens; 1,700 is no rounding of 1,485, nor 33,000 of 33,600.
    """
    exact = [Decimal(str(number)).normalize() for number in (one, other)]
    coarse, fine = sorted(exact, key=_step, reverse=True)
    return (fine / _step(coarse)).quantize(Decimal(1), "ROUND_HALF_UP") * _step(coarse) == coarse


def _step(number: Decimal) -> Decimal:
    """The unit of the last digit that is not nought: 10 of 2,760."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and number else Decimal(1)
