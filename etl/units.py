"""Units as our tables write them, and the unit in which the warehouse keeps each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

UNITS: Mapping[str, tuple[str, Decimal]] = {
    "USD": ("USD", Decimal(1)),
    "thousand USD": ("USD", Decimal(1_000)),
    "million USD": ("USD", Decimal(1_000_000)),
    "billion USD": ("USD", Decimal(1_000_000_000)),
    "days": ("days", Decimal(1)),
    "hours": ("days", Decimal(1) / Decimal(24)),
    "kt": ("kt", Decimal(1)),
    "TEU": ("TEU", Decimal(1)),
    "trains": ("trains", Decimal(1)),
    "km": ("km", Decimal(1)),
    "percent": ("percent", Decimal(1)),
    "percent change": ("percent", Decimal(1)),
    "ratio": ("ratio", Decimal(1)),
    "persons": ("persons", Decimal(1)),
    "shipments": ("shipments", Decimal(1)),
    "score": ("score", Decimal(1)),
}

SIGNED = frozenset({"percent change"})
"""Units as written of what may lie below zero: inflation, but no share, duration or weight."""

_MILLIONTH = Decimal("0.000001")
_WIDE = Context(prec=80)
"""Wide enough for any cell that is a number by our rules, in any unit."""


_FEW_DECIMALS = r"[0-9]+(\.[0-9]{1,6})?"
"""What `convert` keeps to the last digit when the factor is one."""


def convert(value: str, unit: str) -> float:
    """Turn a written number into the kept unit, exactly to the sixth decimal.

    Decimal arithmetic, so that 84.1453 million is 84 145 300 and no float comes near it.
    """
    _kept, factor = UNITS[unit]
    return float(_WIDE.quantize(_WIDE.multiply(Decimal(value), factor), _MILLIONTH))


def in_usd(frame: pd.DataFrame) -> pd.Series:
    """Turn the written amounts `value` in their `unit` into US dollars, as `convert` does each."""
    import pandas as pd  # noqa: PLC0415 - layouts name units, and `aggregate` reads them without pandas

    # Whole millions of rows come in plain dollars: those are floats as they stand.
    is_plain = (frame["unit"] == "USD") & frame["value"].str.fullmatch(_FEW_DECIMALS)
    amounts = pd.to_numeric(frame["value"].where(is_plain)).astype(float)
    others = frame[~is_plain]
    pairs = zip(others["value"], others["unit"], strict=True)
    exact = [convert(value, unit) for value, unit in pairs]
    return amounts.fillna(pd.Series(exact, index=others.index, dtype=float))


def to_the_cent(amounts: Iterable[float]) -> float:
    """Add amounts of money exactly and round once, so that no order of adding moves a cent."""
    return float(round(sum((Decimal(repr(amount)) for amount in amounts), Decimal(0)), 2))


def kept_unit(unit: str) -> str:
    """Name the unit in which the warehouse keeps figures written in `unit`."""
    return UNITS[unit][0]


def in_kept_units(frame: pd.DataFrame, unit: pd.Series) -> pd.DataFrame:
    """Convert `value`, `low` and `high` from text; every empty cell of the frame becomes missing."""
    import pandas as pd  # noqa: PLC0415 - as above

    converted = frame.mask(frame == "")
    for column in ("value", "low", "high"):
        cells = zip(frame[column], unit, strict=True)
        numbers = [convert(cell, written) if cell else None for cell, written in cells]
        converted[column] = pd.Series(numbers, index=frame.index, dtype=float)
    return converted
