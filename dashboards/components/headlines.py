"""The headline figures of the summary as one exhibit: latest figure, base and target of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboards.exhibit import FIGURES, Exhibit, figures
from dashboards.i18n import Locale
from dashboards.messages import message
from warehouse import periods
from warehouse.catalog import Amount, Indicator, Observation, Source, Target


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
    name = known.indicator.short[locale.language]
    yield _figure(locale.text("{title}: latest", title=name), known.latest, known.indicator)
    if known.base:
        yield _figure(locale.text("{title}: base", title=name), known.base, known.indicator)
    if known.target:
        target = known.target
        yield _amount(locale.text("{title}: target", title=name), target, known.indicator) | {
            "period": target.due,
            "status": "stated",
            "source_id": target.source.id,
            "vintage": target.stated_on,
            "place": target.place,
        }


def _figure(series: str, figure: Observation, indicator: Indicator) -> dict[str, Any]:
    return _amount(series, figure, indicator) | {
        "period": figure.period,
        "status": figure.status,
        "source_id": figure.source.id,
        "vintage": figure.vintage,
        "place": figure.place,
    }


def _amount(series: str, amount: Amount, indicator: Indicator) -> dict[str, Any]:
    return {
        "series": series,
        "value": amount.value,
        "low": amount.low,
        "high": amount.high,
        "unit": indicator.unit,
    }


def _sources(known: Sequence[Known]) -> Iterator[Source]:
    """Whose the figures are, each source once."""
    told = [stated for each in known for stated in (each.latest, each.base, each.target)]
    yield from {each.source.id: each.source for each in told if each}.values()


def _sentence(known: Known, locale: Locale) -> str:
    latest = known.latest
    amount = locale.quantity(*latest.span, known.indicator.unit)
    return f"{known.indicator.short[locale.language]}: {amount} ({locale.period(latest.period)})"


def verdict(known: Known, locale: Locale) -> str:
    """Say whether the target is reached; a target without a date gets no verdict."""
    target, latest = known.target, known.latest
    if target is None:
        return locale.text(_NO_TARGET)
    if target.due is None:
        return locale.text(_UNDATED)
    reached = _reaches(latest, target, known.indicator)
    if periods.parse(latest.period).end <= periods.parse(target.due).end:
        return locale.text(_REACHED_EARLY if reached else _OPEN)
    return locale.text(_REACHED_AFTER if reached else _MISSED)


_NO_TARGET = message("No target is known for this figure as it is defined here.")
_UNDATED = message("The target has no date, so no verdict on it would be honest.")
_OPEN = message("The date has not passed yet; the target is not reached.")
_REACHED_EARLY = message("The target is reached before its date.")
_REACHED_AFTER = message("The date has passed; the latest figure reaches the target.")
_MISSED = message("The date has passed; the latest figure does not reach the target.")


def _reaches(latest: Observation, target: Target, indicator: Indicator) -> bool:
    """Whether the whole range of the latest figure is on the good side of the whole target."""
    low, high = latest.bounds
    aim_low, aim_high = target.bounds
    return low >= aim_high if indicator.direction == "up" else high <= aim_low
