"""How a view is cited: a sentence in four languages, an entry of BibTeX and one of RIS."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboards.i18n import Locale
from dashboards.messages import message
from warehouse.catalog import Build, Language, Source

SITE = "Altyn Köpir"

_MOST = 6
"""Publishers named in a sentence; the files name them all."""

_IN_LANGUAGE = {
    "kk": message("in Kazakh"),
    "ru": message("in Russian"),
    "tr": message("in Turkish"),
    "en": message("in English"),
}
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "&%$#_{}"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Citation:
    """What a citation says: whose figures, under which title, of which build, at which address.

    `language` is that of the title and of what stands at the address; `key` names the view in
    files, and `asof` the day whose knowledge it shows, empty for that of the build.
    """

    key: str
    title: str
    language: Language
    sources: Sequence[Source]
    build: Build
    address: str
    asof: str = ""

    def sentence(self, locale: Locale) -> str:
        """Cite in a language; a view in another keeps its title, and it is said which (ISO 690)."""
        title = locale.text("“{title}”", title=self.title)
        if locale.language != self.language:
            title = f"{title} [{locale.text(_IN_LANGUAGE[self.language])}]"
        told = [
            publishers(self.sources, locale),
            title,
            locale.text(
                "{site}, build {build}, {date}",
                site=SITE,
                build=self.build.id,
                date=locale.period(f"{self._day:%Y-%m-%d}"),
            ),
            locale.text("Data as known on {day}", day=locale.period(self.asof))
            if self.asof
            else "",
        ]
        return " ".join([*(_ended(part) for part in told if part), self.address])

    def bibtex(self) -> str:
        """Write an entry for BibTeX and biblatex, in UTF-8 and with TeX's own signs escaped."""
        fields = {
            "author": " and ".join(f"{{{_tex(name)}}}" for name in self._publishers()),
            "title": f"{{{_tex(self.title)}}}",
            "publisher": _tex(SITE),
            "year": str(self._day.year),
            "month": _MONTHS[self._day.month - 1],
            "version": self.build.id,
            "note": _tex(self._note()),
            "langid": _BABEL[self.language],
            # The one field that is read as it stands.
            "url": self.address,
        }
        lines = [
            f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
            for name, value in fields.items()
            if value
        ]
        return "\n".join([f"@misc{{{self.key},", *lines, "}", ""])

    def ris(self) -> str:
        """Write a record of RIS for a data set; each value on one line."""
        fields = [
            ("TY", "DATA"),
            ("ID", self.key),
            *(("AU", name) for name in self._publishers()),
            ("TI", self.title),
            ("PB", SITE),
            ("PY", str(self._day.year)),
            ("DA", f"{self._day:%Y/%m/%d}"),
            ("ET", self.build.id),
            ("LA", self.language),
            ("N1", self._note()),
            ("UR", self.address),
            ("ER", ""),
        ]
        lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields]
        return "\r\n".join([*lines, ""])

    @property
    def _day(self) -> datetime:
        return datetime.fromisoformat(self.build.built_at)

    def _publishers(self) -> list[str]:
        named = [source.publisher[self.language] for source in self.sources]
        return list(dict.fromkeys(named)) or [SITE]

    def _note(self) -> str:
        # Files are read by programs; their notes are in one language, as the tags are.
        asof = f"; data as known on {self.asof}" if self.asof else ""
        return f"{SITE}, build {self.build.id}, {self._day:%Y-%m-%d}{asof}"


_BABEL = {"kk": "kazakh", "ru": "russian", "tr": "turkish", "en": "english"}
"""The languages by the names that biblatex hands to babel."""


def publishers(sources: Sequence[Source], locale: Locale, most: int = _MOST) -> str:
    """Name the publishers of some sources, each once; of very many the first, and how many more."""
    names = list(dict.fromkeys(source.publisher[locale.language] for source in sources))
    if len(names) <= most:
        return "; ".join(names)
    more = len(names) - most
    others = locale.plural("and {more} other", "and {more} others", more, more=more)
    return f"{'; '.join(names[:most])} {others}"


def key(place: str, name: str, build: Build, asof: str) -> str:
    """Name a view for files and bibliographies: page, chart, day of the build, day of knowledge."""
    words = re.sub(r"[^a-z0-9]+", "-", f"{place} {name}".lower()).strip("-")
    known = f"-as-of-{asof}" if asof else ""
    return f"altyn-kopir-{words}-{build.built_at[:10]}{known}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in " ".join(text.split()))
