"""Units: those in which figures are kept, those in which they are shown, and what they are called."""

from __future__ import annotations

from dashboards.messages import message, messages

DOLLARS = {"USD": (1_000_000_000, 2), "million USD": (1_000_000, 1)}
"""The size and the decimals in which amounts of dollars are shown; they are kept in dollars."""


def kept_unit(unit: str) -> str:
    """Name the unit in which the figures of a shown unit are kept: of all dollars, dollars."""
    name, _year = prices_of(unit)
    return unit.replace(name, "USD") if name in DOLLARS else unit


COUNTED = {
    "days": messages("{value} day", "{value} days"),
    "trains": messages("{value} train", "{value} trains"),
    "persons": messages("{value} person", "{value} people"),
    "score": messages("{value} point", "{value} points"),
    "shipments": messages("{value} shipment", "{value} shipments"),
    "ratio": messages("{value} time", "{value} times"),
}
MEASURED = {
    "USD": message("US$ {value} bn"),
    "million USD": message("US$ {value} million"),
    "kt": message("{value} thousand tonnes"),
    "TEU": message("{value} TEU"),
    "percent": message("{value}%"),
    "km": message("{value} km"),
    "USD per person": message("US$ {value}"),
    "index": "{value}",
    "percentage points": message("{value} percentage points"),
}
WHOLE = ("TEU", "trains", "persons", "shipments")
"""What there is no half of, whatever arithmetic gives."""
NAMED = {
    "USD": message("billion US dollars, current prices"),
    "million USD": message("million US dollars, current prices"),
    "days": message("days"),
    "kt": message("thousand tonnes"),
    "TEU": message("TEU (twenty-foot equivalent units)"),
    "trains": message("trains"),
    "persons": message("people"),
    "score": message("points"),
    "shipments": message("shipments"),
    "percent": message("percent"),
    "km": message("kilometres"),
    "ratio": message("times"),
    "USD per person": message("US dollars per person, current prices"),
    "index": message("index"),
    "percentage points": message("percentage points"),
}
CONSTANT = {
    "USD": message("billion constant US dollars of {year}"),
    "million USD": message("million constant US dollars of {year}"),
    "USD per person": message("constant US dollars of {year} per person"),
}
"""Units in the prices of one year; the unit is then written `USD of 2023`."""


def decimals(unit: str, low: float, high: float) -> int:
    """How many decimals a quantity is written with in a sentence; a whole number of days has none."""
    name, _year = prices_of(unit)
    if name in DOLLARS:
        return DOLLARS[name][1]
    if unit in WHOLE:
        return 0
    return 0 if float(low).is_integer() and float(high).is_integer() else 1


def prices_of(unit: str) -> tuple[str, str]:
    """A unit without the year of its prices, and that year; none for current prices."""
    name, _, year = unit.partition(" of ")
    return name, year
