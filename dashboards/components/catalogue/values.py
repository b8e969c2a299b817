"""Numbers that are compared with what they were: exact to the last digit that differs."""

from __future__ import annotations

from dashboards.components.table import Row
from dashboards.i18n import Locale

_CENTS, _MOST_DECIMALS = 2, 4
"""Decimals of dollars, and of other units, at the most: what follows comes of converting units."""

_SLIGHT = 0.0005
"""Relative changes below this share would read as none."""


def exact(
    low: float | None, high: float | None, unit: str, locale: Locale, *, decimals: int | None = None
) -> str:
    """Write a number or a range with all its decimals; dollars as dollars, not in billions."""
    known = [end for end in (low, high) if end is not None]
    if not known:
        return ""
    places = needed(unit, *known) if decimals is None else decimals
    if unit == "USD":
        return locale.text("US$ {value}", value=locale.range(low, high, places))
    return locale.quantity(low, high, unit, places)


def needed(unit: str, *values: float | None) -> int:
    """How many decimals write all of these in full, as far as anybody reads them."""
    known = [value for value in values if value is not None]
    most = _CENTS if unit == "USD" else _MOST_DECIMALS
    enough = (n for n in range(most) if all(round(value, n) == value for value in known))
    return next(enough, most)


def change(row: Row, locale: Locale) -> str:
    """Write the change of a number in its unit, with its sign; a range has none."""
    if row["change"] is None:
        return ""
    places = needed(row["unit"], row["value"], row["previous_value"])
    written = locale.signed(row["change"], places)
    if row["unit"] == "USD":
        return locale.text("US$ {value}", value=written)
    return written


def relative_change(share: float | None, locale: Locale, *, is_signed: bool = True) -> str:
    """Write a relative change as a percentage; of a slight one say that it is slight."""
    if share is None:
        return ""
    if 0 < abs(share) < _SLIGHT:
        least = locale.text("{value}%", value=locale.number(0.1, 1))
        return locale.text("less than {share}", share=least)
    places = 1 if abs(share) < 1 else 0
    if is_signed:
        return locale.change(share, share, places)
    return locale.text("{value}%", value=locale.number(share * 100, places))


def percent(share: float | None) -> float | None:
    """A share as the percentage that is shown, to sort and filter by."""
    return None if share is None else share * 100
