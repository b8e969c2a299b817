"""What the entries of the catalogue are called, where they stand, and what their codes mean."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale as Cldr

from dashboards.components.catalogue.documents import INDICATOR, SOURCE, TRADE
from dashboards.i18n import Locale
from dashboards.messages import message, messages
from dashboards.page import Request
from warehouse.catalog import Text

PATH = "data"
"""Where the catalogue stands, after the language."""

TOPICS: Mapping[str, str] = {
    "all": message("All"),
    "trade": message("Trade"),
    "transit": message("Transport corridor"),
    "digital": message("Digital payments"),
    "context": message("Economic context"),
    "operator": message("Carriers' shipments"),
    "sources": message("Sources"),
}
KINDS: Mapping[str, str] = {
    INDICATOR: message("Indicator"),
    TRADE: message("Reports of trade"),
    SOURCE: message("Source"),
}
FREQUENCIES: Mapping[str, str] = {
    "annual": message("annual"),
    "monthly": message("monthly"),
    "irregular": message("irregular"),
    "once": message("published once"),
}
DIRECTIONS: Mapping[str, str] = {
    "up": message("a higher value is better"),
    "down": message("a lower value is better"),
}
PUBLICATIONS: Mapping[str, str] = {
    "statistics": message("official or international statistics"),
    "survey": message("survey"),
    "statement": message("official statement"),
    "press": message("press"),
    "document": message("document"),
    "geodata": message("geographic data"),
}
FLOWS: Mapping[str, str] = {
    "export": message("exports"),
    "import": message("imports"),
    "re-export": message("re-exports"),
    "re-import": message("re-imports"),
}
TRADE_OF = message("{economy}: merchandise trade by partner, as it reports")
_FIGURES = messages("{number} figure", "{number} figures")
_SOURCES = messages("{number} source", "{number} sources")


def slug(document_id: str) -> str:
    """What stands in the address of an entry: the id itself, but `trade-kaz` of a reporter's trade."""
    kind, _, own = document_id.partition(":")
    return f"trade-{own.lower()}" if kind == TRADE else own


def address(request: Request, document_id: str) -> str:
    """Address an entry, by the knowledge of the day of the request."""
    return request.path(f"{PATH}/{slug(document_id)}")


def figures_counted(count: int, locale: Locale) -> str:
    """Say how many figures there are: 97 figures."""
    return locale.plural(*_FIGURES, count, number=locale.number(count))


def sources_counted(count: int, locale: Locale) -> str:
    """Say how many sources there are: 2 sources."""
    return locale.plural(*_SOURCES, count, number=locale.number(count))


def extent(first: str | None, last: str | None, locale: Locale) -> str:
    """Write from when to when something is held; of one period only that.

    Of a span that begins it counts when it begins, of one that ends it when it ends.
    """
    if first is None or last is None:
        return ""
    if first == last:
        return locale.period(first)
    began = first.removeprefix("../").partition("/")[0]
    ended = last.rpartition("/")[2]
    return locale.period(began if began == ended else f"{began}/{ended}")


def said(names: Mapping[str, str], code: str, locale: Locale) -> str:
    """Say a code in words; one that has none stands as it is."""
    return locale.text(names[code]) if code in names else code


def named(names: Mapping[str, Text], code: str, locale: Locale) -> str:
    """Name an economy, a scope or a pair; what has no name keeps its code."""
    if code not in names and not all(part in names for part in code.split("-")):
        return code
    return locale.name(names, code)


def language_name(code: str, locale: Locale) -> str:
    """Name a language in another: Kazakh, қазақ тілі."""
    return str(Cldr.parse(locale.language).languages.get(code, code))
