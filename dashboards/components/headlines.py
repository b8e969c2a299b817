"""The headlines of summary and briefing: latest figure, base and target of each; all as one exhibit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboards.components.targets.scorecard import outcome_words
from dashboards.components.targets.standing import Standing
from dashboards.components.targets.words import ASSUMED, rates
from dashboards.exhibit import FIGURES, Exhibit, figures, of_figure, of_target
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.progress import Range, change, distance_closed
from warehouse import periods
from warehouse.catalog import Indicator, Observation, Source, Target
from warehouse.engine import Warehouse
from warehouse.queries import indicators, statements
from warehouse.queries.indicators import Headline


@dataclass(frozen=True)
class Known:
    """What is known of a headline: its dated figures in time, its base and its target, if any."""

    indicator: Indicator
    scope: str
    dated: Sequence[Observation]
    base: Observation | None
    target: Target | None

    @property
    def latest(self) -> Observation:
        """The newest figure that has a date."""
        return self.dated[-1]

    @property
    def stated(self) -> list[Observation | Target]:
        """What is said of the headline: the latest figure, then base and target where there are such."""
        return [each for each in (self.latest, self.base, self.target) if each]

    @property
    def moved(self) -> Range | None:
        """The change since the base: a share of one, or of a percentage in percentage points.

        A share that goes from 47 % to 85 % has gained 38 points, not 81 %.
        """
        if self.base is None:
            return None
        (first_low, first_high), (low, high) = self.base.bounds, self.latest.bounds
        if self.indicator.unit == "percent":
            return low - first_high, high - first_low
        return change(self.base.bounds, self.latest.bounds)

    def moved_words(self, locale: Locale) -> str:
        """Write the change since the base with its sign; empty without a base."""
        if self.moved is None:
            return ""
        write = locale.points if self.indicator.unit == "percent" else locale.change
        return write(*self.moved)

    @property
    def closed(self) -> Range | None:
        """Share of the distance from the base to the target that is covered."""
        if self.base is None or self.target is None:
            return None
        return distance_closed(self.base.bounds, self.latest.bounds, self.target.bounds)


def known(warehouse: Warehouse) -> list[Known]:
    """Ask for the headlines in the order of their cards; those of which nothing was known are left out."""
    found = (_known(warehouse, headline) for headline in indicators.headlines(warehouse))
    return [each for each in found if each]


def _known(warehouse: Warehouse, headline: Headline) -> Known | None:
    figures = indicators.figures(warehouse, headline.indicator_id, headline.scope)
    dated = [figure for figure in figures if not periods.parse(figure.period).is_open]
    if not dated:
        return None
    return Known(
        indicators.get(warehouse, headline.indicator_id),
        headline.scope,
        dated,
        base=next((each for each in figures if each.period == headline.base_period), None),
        target=statements.find_target(warehouse, headline.target_id),
    )


def headline_exhibit(known: Sequence[Known], locale: Locale) -> Exhibit:
    """Gather the figures of the cards, in their order, each in its own unit, with its evidence."""
    rows = [row for each in known for row in _rows(each, locale)]
    return Exhibit(
        "headlines",
        title=locale.text("Headline figures"),
        subtitle=locale.text("Latest figure, base and target of each, in its own unit"),
        summary="; ".join(_sentence(each, locale) for each in known),
        data=figures(pd.DataFrame(rows, columns=list(FIGURES)), ""),
        sources=list(_sources(known)),
    )


def _rows(known: Known, locale: Locale) -> Iterator[dict[str, Any]]:
    name, unit = known.indicator.short[locale.language], {"unit": known.indicator.unit}
    yield of_figure(locale.text("{title}: latest", title=name), known.latest) | unit
    if known.base:
        yield of_figure(locale.text("{title}: base", title=name), known.base) | unit
    if known.target:
        yield of_target(locale.text("{title}: target", title=name), known.target) | unit


def _sources(known: Sequence[Known]) -> Iterator[Source]:
    """Whose the figures are, each source once."""
    told = [stated for each in known for stated in each.stated]
    yield from {each.source.id: each.source for each in told}.values()


def _sentence(known: Known, locale: Locale) -> str:
    latest = known.latest
    amount = locale.quantity(*latest.span, known.indicator.unit)
    return f"{known.indicator.short[locale.language]}: {amount} ({locale.period(latest.period)})"


def verdict(known: Known, standing: Standing | None, locale: Locale) -> str:
    """Say how a target stands: what became of it, or what it would take; without a date no verdict."""
    target = known.target
    if target is None or standing is None:
        return locale.text(NO_TARGET)
    if standing.state == "passed":
        return outcome_words(standing, locale)
    if target.due is None:
        return " ".join([locale.text(_UNDATED), *_growth_by_year(standing, locale)])
    if standing.is_reached:
        return locale.text(_REACHED_EARLY)
    needed = standing.needed(target.due)
    if needed is None:
        return locale.text(_OPEN)
    return locale.text("Not reached yet; growth needed: {rate} a year.", rate=rates(needed, locale))


def _growth_by_year(standing: Standing, locale: Locale) -> list[str]:
    """What a target without a date would take, by years that nobody has named."""
    needed = {year: standing.needed(year) for year in ASSUMED[:3]}
    told = [f"{year}: {rates(span, locale)}" for year, span in needed.items() if span]
    words = locale.text("Growth needed a year, by an assumed year: {years}.", years="; ".join(told))
    return [words] if told and not standing.is_reached else []


NO_TARGET = message("No target is known for this definition.")
_UNDATED = message("The target has no date, so no verdict on it would be honest.")
_OPEN = message("The date has not passed yet; the target is not reached.")
_REACHED_EARLY = message("The target is reached before its date.")
