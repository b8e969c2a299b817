"""Writes `locales.json`, the plotly.js locales of the languages which plotly.js lacks or words differently.

Months, days, date orders and separators come from the CLDR through Babel, the words of the chart's
buttons from `words.json`; English is built into plotly.js. Run after a change of either:

    python -m dashboards.bundle.locales
"""

import json
import re
from pathlib import Path
from typing import Any

from babel import Locale

HERE = Path(__file__).parent
OUTPUT = HERE / "locales.json"
LANGUAGES = ("kk", "ru", "tr")

D3_FIELDS = {
    "y": "%Y",
    "MMM": "%b",
    "LLL": "%b",
    "MM": "%m",
    "dd": "%d",
    "d": "%-d",
    "HH": "%H",
    "mm": "%M",
    "ss": "%S",
}
# A quoted literal, a run of one letter (a field), or anything else as it stands.
CLDR_TOKEN = re.compile(r"'(?P<literal>[^']*)'|(?P<field>([A-Za-z])\3*)|(?P<other>.)")


def d3_format(pattern: str) -> str:
    """Turns a CLDR date pattern (`d MMM y 'г'.`) into d3's (`%-d %b %Y г.`); KeyError on an unknown field."""
    parts = []
    for token in CLDR_TOKEN.finditer(pattern):
        if field := token["field"]:
            parts.append(D3_FIELDS[field])
        else:
            parts.append((token["literal"] or token["other"] or "").replace("%", "%%"))
    return "".join(parts)


def date_formats(locale: Locale) -> dict[str, str]:
    """Maps plotly.js's names of date formats to the language's own order of day, month and year."""
    skeletons = {
        "date": "yMd",
        "year": "y",
        "month": "yMMM",
        "dayMonth": "MMMd",
        "dayMonthYear": "yMMMd",
    }
    formats = {
        name: d3_format(str(locale.datetime_skeletons[skeleton]))
        for name, skeleton in skeletons.items()
    }
    time = d3_format(str(locale.time_formats["medium"]))
    return formats | {"time": time, "dateTime": f"{formats['dayMonthYear']} %X"}


def plotly_locale(language: str, words: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Builds the argument of `Plotly.register` for one language; KeyError if a word lacks it."""
    locale = Locale.parse(language)
    symbols = locale.number_symbols["latn"]
    # Stand-alone forms: an axis says «март 2020», and plotly.js has room for one form only.
    months, days = locale.months["stand-alone"], locale.days["stand-alone"]
    periods = locale.day_periods["format"]["abbreviated"]
    return {
        "moduleType": "locale",
        "name": language,
        "dictionary": {english: translations[language] for english, translations in words.items()},
        "format": {
            "days": [days["wide"][(day - 1) % 7] for day in range(7)],
            "shortDays": [days["abbreviated"][(day - 1) % 7] for day in range(7)],
            "months": [months["wide"][month] for month in range(1, 13)],
            "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
            "periods": [periods["am"], periods["pm"]],
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            **date_formats(locale),
        },
    }


def render() -> str:
    """Gives the text which `locales.json` must hold, the same for the same words and CLDR edition."""
    words = json.loads((HERE / "words.json").read_text(encoding="utf-8"))
    locales = [plotly_locale(language, words) for language in LANGUAGES]
    return json.dumps(locales, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    OUTPUT.write_text(render(), encoding="utf-8", newline="\n")
