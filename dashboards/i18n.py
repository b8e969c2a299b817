"""Words, numbers and dates in the reader's language; the one place where a number becomes text."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from warehouse import periods
from warehouse.catalog import LANGUAGES, Language, Text

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
_BILLION = 1_000_000_000


def message(text: str) -> str:
    """Mark a text for translation where it is written; `Locale.text` translates it where it is shown."""
    return text


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
        # Rounding first keeps −0.04 from becoming “−0”.
        written = format_decimal(round(value, decimals) + 0.0, format=pattern, locale=self.language)
        return written.replace("-", _MINUS)

    def range(self, low: float, high: float, decimals: int = 0) -> str:
        """Write a range, or one number where both ends read the same."""
        ends = [self.number(low, decimals), self.number(high, decimals)]
        return ends[0] if ends[0] == ends[1] else _DASH.join(ends)

    def quantity(self, low: float, high: float, unit: str, decimals: int | None = None) -> str:
        """Write a quantity in the kept unit of an indicator, a range where the ends differ.

        US dollars are shown in billions, the other units as they are.
        """
        low, high = self.shown(low, unit), self.shown(high, unit)
        places = _decimals(unit, low, high) if decimals is None else decimals
        return self._in_unit(self.range(low, high, places), high, unit)

    def shown(self, value: float, unit: str) -> float:
        """Scale a value from the kept unit to the one that is shown: US dollars to billions."""
        return value / _BILLION if unit == "USD" else value

    def status(self, status: str) -> str:
        """Name how firm a figure is."""
        return self.text(_STATUSES[status])

    def _in_unit(self, value: str, count: float, unit: str) -> str:
        match unit:
            case "USD":
                return self.text("US$ {value} bn", value=value)
            case "days":
                return self.plural("{value} day", "{value} days", count, value=value)
            case "kt":
                return self.text("{value} thousand tonnes", value=value)
            case "TEU":
                return self.text("{value} TEU", value=value)
            case "trains":
                return self.plural("{value} train", "{value} trains", count, value=value)
            case "percent":
                return self.text("{value}%", value=value)
            case "km":
                return self.text("{value} km", value=value)
            case _:
                return value

    def unit(self, unit: str) -> str:
        """Name a unit for the axis of a chart or the head of a column."""
        return self.text(_UNITS[unit])

    def change(self, low: float, high: float) -> str:
        """Write a relative change, a share of one, as a signed percentage: +192 % or −64…−57 %."""
        ends = sorted({round(low * 100), round(high * 100)})
        signed = ["+" * (end > 0) + self.number(end) for end in ends]
        return self.text("{value}%", value="…".join(signed))

    def points(self, low: float, high: float) -> str:
        """Write the difference of two percentages in percentage points, with its sign."""
        ends = sorted({round(low, 1), round(high, 1)})
        signed = ["+" * (end > 0) + self.number(end, 1) for end in ends]
        return self.text("{value} percentage points", value="…".join(signed))

    def period(self, text: str) -> str:
        """Write a period: a year, a month, a day, a span, or “before …”."""
        first, slash, last = text.partition("/")
        if not slash:
            return self._point(text)
        if first == "..":
            return self.text("previously (stated: {period})", period=self._point(last))
        return _DASH.join((self._point(first), self._point(last)))

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


_UNITS = {
    "USD": message("billion US dollars, current prices"),
    "days": message("days"),
    "kt": message("thousand tonnes"),
    "TEU": message("TEU (twenty-foot equivalent units)"),
    "trains": message("trains"),
    "percent": message("percent"),
    "km": message("kilometres"),
}

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
    wishes = []
    for position, part in enumerate(accepted.split(",")):
        tag, _, quality = part.strip().partition(";q=")
        weight = float(quality) if re.fullmatch(r"[01](\.\d+)?", quality) else 1.0
        wishes.append((-weight, position, tag.strip().split("-")[0].lower()))
    for _weight, _position, tag in sorted(wishes):
        for language in LANGUAGES:
            if tag == language:
                return language
    return DEFAULT


def _translations(language: Language) -> NullTranslations:
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _decimals(unit: str, low: float, high: float) -> int:
    if unit == "USD":
        return 2
    if unit == "percent":
        return 1
    return 0 if float(low).is_integer() and float(high).is_integer() else 1


def _plain(text: str) -> str:
    return text.replace("\u202f", "\u00a0")
