"""What of the catalogue can be found, and by which words: those of every language at once."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboards.search import Document, Index
from warehouse.catalog import LANGUAGES, Text
from warehouse.engine import Warehouse
from warehouse.queries import catalogue
from warehouse.queries.indicators import headlines

INDICATOR, TRADE, SOURCE = "indicator", "trade", "source"
"""Kinds of entries; a document's id is its kind, a colon and the id of the indicator, economy or source."""

_ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "trade": (
        "сыртқы сауда, сауда көлемі, тауар айналымы, экспорт, импорт",
        "внешняя торговля, объём торговли, товарооборот, экспорт, импорт",
        "dış ticaret hacmi, ihracat, ithalat",
        "foreign trade turnover, exports, imports",
    ),
    "transit": (
        "көлік дәлізі, Орта дәліз, Транскаспий халықаралық көлік бағыты",
        "транспортный коридор, Срединный коридор, Транскаспийский международный транспортный маршрут",
        "ulaştırma koridoru, Orta Koridor, Trans-Hazar uluslararası taşımacılık güzergâhı",
        "transport corridor, Middle Corridor, Trans-Caspian International Transport Route",
    ),
    "digital": (
        "цифрлық төлемдер, қолма-қол ақшасыз төлемдер",
        "цифровые платежи, безналичные платежи",
        "dijital ödemeler, nakitsiz ödemeler",
        "digital payments, cashless payments",
    ),
    "context": ("макроэкономика", "makroekonomi", "macroeconomy"),
    "operator": (
        "тасымалдаушылардың деректері, жөнелтілімдер",
        "данные перевозчиков, отправки",
        "taşıyıcıların verileri, sevkiyatlar",
        "operators' data, shipments",
    ),
}
"""By topic, what people look for who do not know our titles."""


_OF_HEADLINES, _OF_SOURCES = 1.2, 0.7
"""Who looks for a word means what we lead with rather than a detail, and figures rather than a
publication that has the word in its title."""


@dataclass(frozen=True)
class Catalogue:
    """All there is in one build as of one day, and the words by which it is found."""

    indicators: Sequence[catalogue.IndicatorEntry]
    reporters: Sequence[catalogue.TradeEntry]
    sources: Sequence[catalogue.SourceEntry]
    leading: Container[str]
    """Ids of the indicators of the headlines."""

    @classmethod
    def of(cls, warehouse: Warehouse) -> Catalogue:
        """Ask a warehouse for all that it holds."""
        return cls(
            catalogue.indicators(warehouse),
            catalogue.reporters(warehouse),
            catalogue.sources(warehouse),
            frozenset(headline.indicator_id for headline in headlines(warehouse)),
        )

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """What can be found, by id: indicators first, then trade, then sources."""
        made = (
            *_of_indicators(self.indicators, self.leading),
            *_of_reporters(self.reporters),
            *_of_sources(self.sources),
        )
        return {document.id: document for document in made}

    @cached_property
    def index(self) -> Index:
        """The documents made ready to be searched, which takes longer than any search."""
        return Index.of(self.documents.values())


def _of_indicators(
    entries: Iterable[catalogue.IndicatorEntry], leading: Container[str]
) -> Iterator[Document]:
    for entry in entries:
        told = entry.indicator
        yield Document(
            f"{INDICATOR}:{told.id}",
            (*_all(told.title), *_all(told.short)),
            (told.id, *_ALSO_CALLED.get(told.topic, ())),
            (*_all(told.definition), *_all(told.method), *entry.holding.sources),
            _OF_HEADLINES if told.id in leading else 1,
        )


def _of_reporters(entries: Iterable[catalogue.TradeEntry]) -> Iterator[Document]:
    for entry in entries:
        names = (entry.code, *_ALSO_CALLED["trade"], *entry.aliases)
        sources = entry.holding.sources
        yield Document(f"{TRADE}:{entry.code}", _all(entry.name), names, sources)


def _of_sources(entries: Iterable[catalogue.SourceEntry]) -> Iterator[Document]:
    for entry in entries:
        told = entry.source
        yield Document(
            f"{SOURCE}:{told.id}",
            (told.title,),
            (told.id, *_all(told.publisher)),
            (told.kind, told.url),
            _OF_SOURCES,
        )


def _all(text: Text) -> tuple[str, ...]:
    return tuple(text[language] for language in LANGUAGES)
