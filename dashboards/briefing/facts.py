"""What a briefing says of a headline: latest figure, base, change, target, distance closed, as cells."""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.briefing.model import PLANNED, Cell, Entry, Reference, Verdict
from dashboards.components.evidence import dated
from dashboards.components.headlines import Known
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.progress import Range
from warehouse.catalog import Indicator, Observation, Source, Target

HEADS = (
    message("Latest"),
    message("Base"),
    message("Change since the base"),
    message("Target"),
    message("Share of the distance closed"),
    message("Verdict"),
)
"""What is said of a headline, in this order."""


def entries(known: Known, verdict: Verdict, locale: Locale) -> tuple[Entry, ...]:
    """The facts of a headline in the order of `HEADS`; what there is not is empty."""
    indicator, latest, base, target = known.indicator, known.latest, known.base, known.target
    heads = [locale.text(head) for head in HEADS]
    moved, closed = known.moved, known.closed
    return (
        figure(latest, indicator, heads[0], locale, name="latest"),
        figure(base, indicator, heads[1], locale, name="base") if base else "",
        _moved(known, moved, heads[2], locale) if moved else "",
        aim(target, heads[3], locale) if target else "",
        _share(f"{indicator.id}:closed", heads[4], closed, locale) if closed else "",
        verdict,
    )


def figure(
    of: Observation, indicator: Indicator, label: str, locale: Locale, name: str = ""
) -> Cell:
    """A figure as a cell, named by its indicator and scope, and by `name` or else its period."""
    return Cell(
        value=of.value,
        low=of.low,
        high=of.high,
        id=f"{indicator.id}:{of.scope}:{name or of.period}",
        label=label,
        text=locale.quantity(*of.span, indicator.unit),
        unit=indicator.unit,
        period=of.period,
        when=dated(of, locale),
        status=of.status,
        source_id=of.source.id,
        vintage=of.vintage,
        place=of.place,
    )


def aim(target: Target, label: str, locale: Locale) -> Cell:
    """A target as a cell; its period is the day by which it is due."""
    return Cell(
        value=target.value,
        low=target.low,
        high=target.high,
        id=f"{PLANNED}{target.id}",
        label=label,
        text=locale.quantity(*target.span, target.unit),
        unit=target.unit,
        period=target.due or "",
        when=locale.period(target.due) if target.due else locale.text("no date given"),
        status="stated",
        source_id=target.source.id,
        vintage=target.stated_on,
        place=target.place,
    )


def _moved(known: Known, moved: Range, label: str, locale: Locale) -> Cell:
    """The change since the base: in percent, or of a percentage in percentage points."""
    is_points = known.indicator.unit == "percent"
    low, high = moved
    bounds, unit = (
        (moved, "percentage points") if is_points else ((low * 100, high * 100), "percent")
    )
    return _made(f"{known.indicator.id}:change", label, bounds, unit, known.moved_words(locale))


def _share(cell_id: str, label: str, closed: Range, locale: Locale) -> Cell:
    low, high = closed
    return _made(cell_id, label, (low * 100, high * 100), "percent", locale.share(low, high))


def _made(cell_id: str, label: str, bounds: Range, unit: str, text: str) -> Cell:
    """A number that we worked out of others; one of two equal ends is a single number."""
    low, high = bounds
    is_one = low == high
    return Cell(
        value=low if is_one else None,
        low=None if is_one else low,
        high=None if is_one else high,
        id=cell_id,
        label=label,
        text=text,
        unit=unit,
        status="derived",
    )


def references(sources: Iterable[Source], locale: Locale) -> tuple[Reference, ...]:
    """Name sources by publisher and title, each once."""
    return tuple(
        Reference(each.id, each.publisher[locale.language], each.title, each.url, each.language)
        for each in {source.id: source for source in sources}.values()
    )
