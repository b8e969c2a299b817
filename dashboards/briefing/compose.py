"""How a briefing is made: once, from the warehouse, a language and a choice of headlines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from dashboards.briefing import promises, sections
from dashboards.briefing.maker import Maker
from dashboards.briefing.model import Briefing, Section, Words
from dashboards.components.headlines import known
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Memory
from dashboards.selection import BriefingSelection
from warehouse.engine import Warehouse
from warehouse.queries import indicators

PATH = "briefing"
"""Where the briefing stands below the language."""

_TITLE = message("Kazakhstan and the Organization of Turkic States")


def options(warehouse: Warehouse) -> tuple[str, ...]:
    """The headlines that a briefing may be about."""
    return tuple(each.indicator_id for each in indicators.headlines(warehouse))


def compose(
    warehouse: Warehouse,
    locale: Locale,
    selection: BriefingSelection,
    origin: str = "",
    memory: Memory | None = None,
) -> Briefing:
    """Make the briefing of the chosen headlines, or of all where none is chosen.

    `origin` is the scheme and host by which readers reach the page; without it the link has none.
    """
    wanted = selection.indicator or options(warehouse)
    chosen = [each for each in known(warehouse) if each.indicator.id in wanted]
    maker = Maker(warehouse, locale, chosen, memory or Memory())
    build = warehouse.build()
    built_at = datetime.fromisoformat(build.built_at)
    date = warehouse.asof or f"{built_at:%Y-%m-%d}"
    path = selection.address(f"/{locale.language}/{PATH}{_asof(warehouse.asof)}")
    return Briefing(
        title=locale.text(_TITLE),
        subtitle=locale.text("Briefing, {date}", date=locale.period(date)),
        language=locale.language,
        separators=locale.separators,
        date=date,
        built_at=built_at,
        build_id=build.id,
        asof=warehouse.asof,
        address=f"{origin}{path}",
        sections=tuple(section for make in _SECTIONS for section in make(maker)) if chosen else (),
        notes=tuple(_notes(maker)),
        words=_words(locale),
    )


def _asof(day: str) -> str:
    return f"?asof={day}" if day else ""


def _notes(maker: Maker) -> Iterator[str]:
    """What a reader who has nothing but the briefing must know of it."""
    locale, build = maker.locale, maker.warehouse.build()
    asof = maker.warehouse.asof
    yield (
        locale.text("As known on {day}.", day=locale.period(asof))
        if asof
        else locale.text("The newest figures on the day of the build.")
    )
    yield locale.text(
        "Database built on {date}, build {build}.",
        date=locale.period(build.built_at[:10]),
        build=build.id,
    )
    yield locale.text("A gap is a figure that nobody has stated; it is never zero.")
    yield locale.text(
        "A target without a date gets no verdict, only the growth that it would take."
    )


def _words(locale: Locale) -> Words:
    columns = (
        *(message("Section"), message("Figure"), message("Value"), message("Lower end")),
        *(message("Upper end"), message("Unit"), message("Period"), message("Status")),
        *(
            message("As read"),
            message("Source"),
            message("Edition"),
            message("Place in the source"),
        ),
    )
    return Words(
        source=locale.text("Source:"),
        sources=locale.text("Sources"),
        figures=locale.text("Figures"),
        notes=locale.text("Notes"),
        summary=locale.text("Summary"),
        page=locale.text("{number} of {of}", number="{number}", of="{of}"),
        link=locale.text("Link to this view"),
        columns=tuple(locale.text(column) for column in columns),
    )


_SECTIONS: Sequence[Callable[[Maker], Iterator[Section]]] = (
    sections.overview,
    sections.trade,
    sections.transit,
    sections.volume,
    sections.digital,
    promises.scorecard,
    promises.claims,
)
