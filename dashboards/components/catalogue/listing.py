"""The catalogue as a list: the box to search in, and each entry with what is held of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboards.components import Field, inside
from dashboards.components.catalogue.documents import INDICATOR, SOURCE, TRADE, Catalogue
from dashboards.components.catalogue.words import (
    KINDS,
    PUBLICATIONS,
    TOPICS,
    TRADE_OF,
    address,
    extent,
    figures_counted,
    said,
    sources_counted,
)
from dashboards.i18n import Locale
from dashboards.messages import message, messages
from dashboards.page import Request
from dashboards.search import Document, Index
from dashboards.selection import LONGEST, DataSelection
from warehouse.catalog import LANGUAGES
from warehouse.queries.catalogue import Holding, IndicatorEntry, SourceEntry, TradeEntry

_FOUND = messages("{number} entry", "{number} entries")
_NAMES_OF_SOURCES = 3
"""Publishers named of an entry; of more it is said how many they are."""


@dataclass(frozen=True)
class Entry:
    """An entry as it stands in the list: what it is called, its topic, and what is told below it."""

    id: str
    title: str
    topic: str
    kind: str
    facts: tuple[str, ...]
    is_held: bool


def entries(catalogue: Catalogue, locale: Locale) -> dict[str, Entry]:
    """Tell all entries in the reader's language, by the ids of their documents, in their order."""
    publishers = {e.source.id: e.source.publisher[locale.language] for e in catalogue.sources}
    told = [
        *(_of_indicator(each, publishers, locale) for each in catalogue.indicators),
        *(_of_reporter(each, publishers, locale) for each in catalogue.reporters),
        *(_of_source(each, locale) for each in catalogue.sources),
    ]
    return {entry.id: entry for entry in told}


def _of_indicator(entry: IndicatorEntry, publishers: Mapping[str, str], locale: Locale) -> Entry:
    told = entry.indicator
    return Entry(
        f"{INDICATOR}:{told.id}",
        told.title[locale.language],
        told.topic,
        f"{locale.text(KINDS[INDICATOR])} · {said(TOPICS, told.topic, locale)}",
        (locale.unit(told.unit), *_held(entry.holding, publishers, locale)),
        is_held=entry.holding.figures > 0,
    )


def _of_reporter(entry: TradeEntry, publishers: Mapping[str, str], locale: Locale) -> Entry:
    title = locale.text(TRADE_OF, economy=entry.name[locale.language])
    facts = (locale.unit("USD"), *_held(entry.holding, publishers, locale))
    kind = locale.text(KINDS[TRADE])
    return Entry(f"{TRADE}:{entry.code}", title, "trade", kind, facts, is_held=True)


def _of_source(entry: SourceEntry, locale: Locale) -> Entry:
    told = entry.source
    facts = (
        told.publisher[locale.language],
        said(PUBLICATIONS, told.kind, locale),
        *([locale.period(told.published)] if told.published else []),
        figures_counted(entry.figures, locale),
    )
    kind = locale.text(KINDS[SOURCE])
    return Entry(f"{SOURCE}:{told.id}", told.title, "sources", kind, facts, is_held=True)


def _held(holding: Holding, publishers: Mapping[str, str], locale: Locale) -> list[str]:
    """Say from when to when, how many figures, and whose."""
    if not holding.figures:
        return [locale.text("no figure yet")]
    whose = [publishers[each] for each in holding.sources]
    few = ", ".join(dict.fromkeys(whose))
    return [
        extent(holding.first, holding.last, locale),
        figures_counted(holding.figures, locale),
        few if len(whose) <= _NAMES_OF_SOURCES else sources_counted(len(whose), locale),
    ]


def search_form(request: Request, selection: DataSelection) -> Component:
    """A box to write in and a button; `shell.js` leads to the address with what was written."""
    locale = request.locale
    return html.Form(
        [
            html.Label(locale.text("Search in the catalogue"), htmlFor="search-text"),
            html.Div(
                [
                    Field(
                        id="search-text",
                        name="q",
                        type="search",
                        value=selection.q,
                        maxLength=LONGEST,
                        autoComplete="off",
                        spellCheck="false",
                    ),
                    html.Button(locale.text("Search"), type="submit"),
                ],
                className="searching",
            ),
            html.P(locale.text(_HELP), className="quiet"),
        ],
        # Without the script a browser would ask for the very same address.
        action=selection.replacing(q="").address(request.path(request.place)),
        method="get",
        role="search",
        id="search",
    )


_HELP = message(
    "In Kazakh, Russian, Turkish or English, in any of their alphabets; a slip of the finger does no harm."
)


def results(request: Request, catalogue: Catalogue, selection: DataSelection) -> Component:
    """List what was searched, the best first; or all there is of a topic, by topic."""
    locale = request.locale
    known = entries(catalogue, locale)
    found = _found(catalogue, selection, known)
    listed = [known[each] for each in found]
    count = locale.plural(*_FOUND, len(listed), number=locale.number(len(listed)))
    words = locale.text("Found: {count}", count=count) if selection.q else count
    parts: list[Component] = [html.P(words, role="status", id="found", className="quiet")]
    if not listed:
        parts.append(html.P(locale.text(_NOTHING)))
    if selection.q:
        matched = {each.id: _matched(catalogue, each.id, selection.q, locale) for each in listed}
        parts.append(_list(request, listed, matched))
    else:
        parts += _by_topic(request, listed)
    return html.Section(parts, id="results")


_NOTHING = message(
    "Nothing fits. Try another word, only the beginning of a word, or another language; or look"
    " through the topics."
)


def _found(
    catalogue: Catalogue, selection: DataSelection, known: Mapping[str, Entry]
) -> Sequence[str]:
    ids = [hit.id for hit in catalogue.index.search(selection.q)] if selection.q else list(known)
    if selection.topic == "all":
        # Publications are many; they are listed when they are searched or asked for.
        return [each for each in ids if selection.q or known[each].topic != "sources"]
    return [each for each in ids if known[each].topic == selection.topic]


def _by_topic(request: Request, listed: Sequence[Entry]) -> list[Component]:
    """Set the entries of each topic under its name; those of which nothing is held are folded away."""
    locale = request.locale
    parts: list[Component] = []
    for topic in dict.fromkeys((*TOPICS, *(entry.topic for entry in listed))):
        of_topic = [entry for entry in listed if entry.topic == topic]
        if not of_topic:
            continue
        held = [entry for entry in of_topic if entry.is_held]
        idle = [entry for entry in of_topic if not entry.is_held]
        parts.append(html.H2(said(TOPICS, topic, locale)))
        if held:
            parts.append(_list(request, held))
        if idle:
            words = locale.text(
                "Defined, without a figure yet: {count}", count=locale.number(len(idle))
            )
            parts.append(html.Details([html.Summary(words), _list(request, idle)]))
    return parts


def _list(
    request: Request, listed: Iterable[Entry], matched: Mapping[str, str] | None = None
) -> Component:
    is_found = matched is not None
    words = matched or {}
    items = [_item(request, each, words.get(each.id, ""), is_found=is_found) for each in listed]
    return html.Ul(items, className="entries")


def _item(request: Request, entry: Entry, matched: str, *, is_found: bool) -> Component:
    link = html.A(entry.title, href=address(request, entry.id), **inside())
    # Without a search the entries stand under their topics, and need no words on what they are.
    facts = [fact for fact in ((entry.kind,) if is_found else ()) + entry.facts if fact]
    return html.Li(
        [
            html.Strong(link),
            html.P(" · ".join(facts), className="quiet"),
            *([html.P(matched, className="quiet matched")] if matched else []),
        ]
    )


def _matched(catalogue: Catalogue, document_id: str, query: str, locale: Locale) -> str:
    """Say which words of a document fit a query, unless they are those of the title that is shown."""
    document = catalogue.documents[document_id]
    shown = LANGUAGES.index(locale.language)
    told = [*document.titles[shown : shown + 1], *document.titles, *document.names, *document.texts]
    texts = list(dict.fromkeys(text for text in told if text))
    among = Index.of(Document(str(number), (text,)) for number, text in enumerate(texts))
    hits = among.search(query)
    best = texts[int(hits[0].id)] if hits else ""
    if best in {"", told[0]}:
        return ""
    return locale.text("Fits by: {words}", words=locale.text("“{title}”", title=_cut(best)))


_LONG = 140


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]} …"
