"""Figures and periods as parts of speech: a message asks for the case that its language needs."""

from __future__ import annotations

from dashboards import units
from dashboards.grammar import Said
from dashboards.i18n import Locale
from dashboards.messages import messages
from warehouse.catalog import Amount, Span, ends

_OF_COUNTED = {
    "days": messages("of {value} day", "of {value} days"),
    "trains": messages("of {value} train", "of {value} trains"),
}
"""Russian tells the genitive of counted things; its other units stand in short, and in one form."""


def quantity(figure: Amount, unit: str, locale: Locale) -> Said:
    """A figure in its unit, to be inflected."""
    return amount(figure.span, unit, locale)


def amount(span: Span, unit: str, locale: Locale) -> Said:
    """An amount in its unit, to be inflected."""
    text = locale.quantity(*span, unit)
    if locale.language != "ru" or unit not in _OF_COUNTED:
        return Said(text, locale.language)
    low, high = ends(span)
    places = units.decimals(unit, low, high)
    value = locale.range(*span, places)
    of = locale.plural(*_OF_COUNTED[unit], 0.5 if places else high, value=value)
    return Said(text, locale.language, {"genitive": of})


def percent(share: float, locale: Locale, decimals: int = 0) -> Said:
    """A share of one as a percentage without a sign, to be inflected."""
    written = locale.quantity(abs(share) * 100, abs(share) * 100, "percent", decimals)
    return Said(written, locale.language)


def when(period: str, locale: Locale) -> Said:
    """A period, to be inflected; a bare year gets the word for it where the language wants one."""
    written = locale.period(period)
    if not period.isdigit():
        return Said(written, locale.language)
    if locale.language == "kk":
        return Said(f"{written} жыл", "kk")
    if locale.language == "ru":
        forms = {"genitive": f"{written} года", "dative": f"{written} году"}
        return Said(f"{written} год", "ru", forms)
    return Said(written, locale.language)
