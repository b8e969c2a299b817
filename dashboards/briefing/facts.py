"""What a briefing says of a headline: latest figure, base, change, target, distance closed, as cells."""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.briefing.model import PLANNED, Cell, Entry, Reference, Verdict, joined
from dashboards.components.headlines import Known
from dashboards.i18n import FIRM, Locale
from dashboards.messages import message
from dashboards.progress import Range, change, distance_closed
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
    closed = distance_closed(base.bounds, latest.bounds, target.bounds) if base and target else None
    return (
        figure(latest, indicator, heads[0], locale, name="latest"),
        figure(base, indicator, heads[1], locale, name="base") if base else "",
        _moved(base, latest, indicator, heads[2], locale) if base else "",
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
        when=when(of, locale),
        status=of.status,
        source_id=of.source.id,
        vintage=of.vintage,
        place=of.place,
    )


def when(of: Observation, locale: Locale) -> str:
    """The period of a figure and, where it is not firm, how firm it is."""
    firmness = "" if of.status in FIRM else locale.status(of.status)
    return joined((locale.period(of.period), firmness), ", ")


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


def _moved(
    base: Observation, latest: Observation, indicator: Indicator, label: str, locale: Locale
) -> Cell:
    """The change since the base: in percent, or of a percentage in percentage points."""
    cell_id = f"{indicator.id}:change"
    if indicator.unit == "percent":
        points = (latest.bounds[0] - base.bounds[1], latest.bounds[1] - base.bounds[0])
        return _made(cell_id, label, points, "percentage points", locale.points(*points))
    low, high = change(base.bounds, latest.bounds)
    return _made(cell_id, label, (low * 100, high * 100), "percent", locale.change(low, high))


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
