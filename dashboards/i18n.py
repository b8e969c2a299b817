"""Words, numbers and dates in the reader's language; the one place where a number becomes text."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.dates import format_date, format_interval, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from dashboards import units
from dashboards.messages import message
from warehouse import periods
from warehouse.catalog import LANGUAGES, Language, Span, Text, ends

CATALOGUES = Path(__file__).parent / "locale"
DEFAULT: Language = "kk"
NAMES: Mapping[Language, str] = {
    "kk": "Қазақша",
    "ru": "Русский",
    "tr": "Türkçe",
    "en": "English",
}

_DASH = "–"
_MINUS = "−"


@dataclass(frozen=True)
class Locale:
    """A language with its catalogue and the CLDR's conventions."""

    language: Language
    translations: NullTranslations = field(repr=False)

    def text(self, text: str, **values: object) -> str:
        """Translate a message and fill in its named values."""
        return self.translations.gettext(text).format(**values)

    def plural(self, singular: str, plural: str, count: float, **values: object) -> str:
        """Translate a message in the plural form of `count`."""
        # Gettext's rules speak of whole numbers; a fraction takes the form of a small plural.
        whole = int(count) if float(count).is_integer() else 2
        return self.translations.ngettext(singular, plural, whole).format(**values)

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with exactly `decimals` decimals: 12,98 in Kazakh, 12.98 in English."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        # Rounding first keeps −0.04 from becoming “−0”; numpy's own numbers round otherwise.
        rounded = round(float(value), decimals) + 0.0
        written = format_decimal(rounded, format=pattern, locale=self.language)
        return written.replace("-", _MINUS)

    def range(self, low: float | None, high: float | None, decimals: int = 0) -> str:
        """Write a range, or one number where both ends read the same; an open end as ≤ or ≥."""
        if low is None or high is None:
            sign = "≤" if low is None else "≥"
            return f"{sign}\u00a0{self.number(ends((low, high))[0], decimals)}"
        written = [self.number(low, decimals), self.number(high, decimals)]
        # A dash before a minus reads as neither.
        joint = "…" if low < 0 else _DASH
        return written[0] if written[0] == written[1] else joint.join(written)

    def bare(self, span: Span) -> str:
        """Write a range without its unit, for where the unit stands already, as on an axis."""
        return self.range(*span, units.decimals("", *ends(span)))

    def quantity(
        self, low: float | None, high: float | None, unit: str, decimals: int | None = None
    ) -> str:
        """Write a quantity in the kept unit of an indicator, a range where the ends differ.

        US dollars are shown in billions, or as "million USD"; the other units as they are.
        """
        shown = [None if end is None else self.shown(end, unit) for end in (low, high)]
        known = ends((shown[0], shown[1]))
        places = units.decimals(unit, *known) if decimals is None else decimals
        # A written fraction is never singular: 0.8–1.0 days.
        count = 0.5 if places else round(known[1])
        if unit == "ratio" and None in shown:
            amount = self._in_unit(self.number(known[0], places), count, unit)
            return self.text(_AT_MOST if shown[0] is None else _AT_LEAST, amount=amount)
        return self._in_unit(self.range(shown[0], shown[1], places), count, unit)

    def shown(self, value: float, unit: str) -> float:
        """Scale a value from the kept unit to the one that is shown: US dollars to billions."""
        name, _year = units.prices_of(unit)
        return value / units.DOLLARS[name][0] if name in units.DOLLARS else value

    def status(self, status: str) -> str:
        """Name how firm a figure is."""
        return self.text(_STATUSES[status])

    def _in_unit(self, value: str, count: float, unit: str) -> str:
        if unit in units.COUNTED:
            return self.plural(*units.COUNTED[unit], count, value=value)
        name, year = units.prices_of(unit)
        amount = self.text(units.MEASURED[name], value=value)
        return (
            self.text("{amount} (prices of {year})", amount=amount, year=year) if year else amount
        )

    def unit(self, unit: str) -> str:
        """Name a unit for the axis of a chart or the head of a column."""
        name, year = units.prices_of(unit)
        return self.text((units.CONSTANT if year else units.NAMED)[name], year=year)

    def course(self, first: tuple[Span, str], last: tuple[Span, str], unit: str) -> str:
        """Say from what to what a series went; each end is a figure and its period.

        A series of one figure went nowhere: only that is said.
        """
        (then, since), (now, until) = first, last
        if first == last:
            return f"{self.quantity(*now, unit)} ({self.period(until)})"
        return self.text(
            "From {first} ({first_period}) to {last} ({last_period})",
            first=self.quantity(*then, unit),
            first_period=self.period(since),
            last=self.quantity(*now, unit),
            last_period=self.period(until),
        )

    def change(self, low: float, high: float, decimals: int = 0) -> str:
        """Write a relative change, a share of one, as a signed percentage: +192 % or −64…−57 %."""
        written = self._signed(low * 100, high * 100, decimals)
        if not self.text("{value}%", value="0").startswith("%"):
            return self.text("{value}%", value=written)
        # Turkish: the percent sign leads each number, and the number's own sign leads that.
        return re.sub(r"([+−]?)([^…]+)", r"\1%\2", written)

    def points(self, low: float, high: float) -> str:
        """Write the difference of two percentages in percentage points, with its sign."""
        return self.text("{value} percentage points", value=self._signed(low, high, 0))

    def signed(self, value: float, decimals: int = 0) -> str:
        """Write a number with its sign, a plus where it is above zero."""
        return self._signed(value, value, decimals)

    def _signed(self, low: float, high: float, decimals: int) -> str:
        written = [
            "+" * (round(float(end), decimals) > 0) + self.number(end, decimals)
            for end in (low, high)
        ]
        return "…".join(dict.fromkeys(written))

    def period(self, text: str) -> str:
        """Write a period: a year, a month, a day, a span, or “before …”."""
        first, slash, last = text.partition("/")
        if not slash:
            return self._point(text)
        if first == "..":
            return self.text("previously (stated: {period})", period=self._point(last))
        if first.count("-") == last.count("-") == 1:
            return self._months(*(periods.parse(each).end for each in (first, last)))
        return _DASH.join((self._point(first), self._point(last)))

    def years(self, first: str, last: str | None) -> str:
        """Write a span of years; one without an end goes on."""
        return f"{first}–{last}" if last else self.text("from {period} on", period=first)

    def _months(self, first: date, last: date) -> str:
        """A span of months, with the year once where it is one year: January–October 2024."""
        written = _plain(format_interval(first, last, "yMMMM", locale=self.language))
        # The CLDR sets spaces around the dash; our spans have none.
        return _DASH.join(part.strip() for part in written.split(_DASH))

    def _point(self, text: str) -> str:
        day = periods.parse(text).end
        match text.count("-"):
            case 0:
                return text
            case 1:
                return _plain(format_skeleton("yMMMM", day, locale=self.language))
            case _:
                return _plain(format_date(day, "long", locale=self.language))

    @property
    def separators(self) -> str:
        """Decimal and group signs, in the order in which plotly wants them."""
        return get_decimal_symbol(self.language) + get_group_symbol(self.language)

    def share(self, low: float, high: float) -> str:
        """Write a share of one as a percentage, a range where the ends differ."""
        return self.quantity(low * 100, high * 100, "percent", 0)

    def name(self, names: Mapping[str, Text], code: str) -> str:
        """Name an economy or scope; a pair of economies as both names."""
        if code in names:
            return names[code][self.language]
        return _DASH.join(names[part][self.language] for part in code.split("-"))


NOT_STATED = message("not stated")
"""What our tables say of a licence that the publisher does not give."""

# Of a multiple an open end is said in words: «не менее чем в 3 раза».
_AT_LEAST, _AT_MOST = message("at least {amount}"), message("at most {amount}")
_STATUSES = {
    "final": message("final"),
    "preliminary": message("preliminary"),
    "estimate": message("estimate"),
    "derived": message("derived"),
    "stated": message("as stated"),
}


def load_locales() -> dict[Language, Locale]:
    """Read the catalogues; English needs none, for its words are the messages themselves."""
    return {
        language: Locale(
            language, NullTranslations() if language == "en" else _translations(language)
        )
        for language in LANGUAGES
    }


def negotiate(accepted: str) -> Language:
    """Choose the language that an Accept-Language header likes best; Kazakh if it likes none of ours."""
    wishes = parse_accept_header(accepted, LanguageAccept)
    return wishes.best_match(LANGUAGES, DEFAULT)  # type: ignore[return-value]


def _translations(language: Language) -> NullTranslations:
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _plain(text: str) -> str:
    return text.replace("\u202f", "\u00a0")
