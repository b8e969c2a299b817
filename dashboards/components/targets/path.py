"""The way to a target as a chart: figures, the target, the way that is needed, what is tried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import pandas as pd
from dash.development.base_component import Component

from dashboards.components.chart import chart
from dashboards.components.notes import not_final, nothing_known
from dashboards.components.targets.asked import Asked, met
from dashboards.components.targets.methods import inputs
from dashboards.components.targets.words import amount, rates, stood
from dashboards.exhibit import FIGURES, Exhibit, figures, of_figure, of_target
from dashboards.figures.projection import Aim, Way, projection
from dashboards.marks import Reference, year_of
from dashboards.progress.methods import year
from warehouse.catalog import Observation, ends

LAST = 2040


def path(asked: Asked, scope: str) -> Component:
    """Draw the figures of a target and the way to it; `scope` names what they are about."""
    locale, standing = asked.locale, asked.standing
    title = locale.text("The way to the target")
    if asked.latest is None:
        return nothing_known("path", title, locale)
    name = standing.indicator.short[locale.language]
    history = _history(standing.dated, name)
    ways = _ways(asked)
    used = [each.source for each in standing.dated]
    exhibit = Exhibit(
        "path",
        title=f"{title}: {standing.target.title[locale.language]}",
        subtitle=f"{scope}; {locale.unit(asked.unit)}",
        summary=inputs(asked),
        data=figures(pd.concat([history, *_derived(asked, ways)]), asked.unit),
        sources=list({each.id: each for each in (*used, standing.target.source)}.values()),
        figure=projection(
            history,
            asked.unit,
            locale,
            name=name,
            ways=[each.way for each in ways],
            aim=_aim(asked),
            level=Reference(ends(standing.target.span)[1], _level(asked)),
        ),
        remarks=[
            standing.indicator.definition[locale.language],
            standing.indicator.method[locale.language],
        ],
    )
    return chart(asked.request, exhibit, notes=not_final(history, locale))


def history_of(asked: Asked) -> pd.DataFrame:
    """The dated figures of a target, in time, as they are drawn."""
    return _history(asked.standing.dated, asked.standing.indicator.short[asked.locale.language])


def _history(told: Sequence[Observation], series: str) -> pd.DataFrame:
    rows = [of_figure(series, each) for each in told]
    return pd.DataFrame(rows, columns=[name for name in FIGURES if name != "unit"])


def _ways(asked: Asked) -> list[_Growth]:
    """The way that is needed to a due date ahead, then what growth a year would make of the figure."""
    latest, made = asked.latest, []
    if latest is None or latest.value is None:
        return []
    needed = asked.standing.needed(asked.due, latest) if asked.due and asked.is_ahead else None
    if needed and needed[0] == needed[1]:
        name = asked.locale.text("needed: {rate} a year", rate=rates(needed, asked.locale))
        made.append(_Growth(name, latest, needed[0], asked.due))
    if asked.selection.growth:
        rate = int(asked.selection.growth) / 100
        name = asked.locale.text("what if: {rate} a year", rate=rates((rate, rate), asked.locale))
        made.append(_Growth(name, latest, rate, _until(asked)))
    return made


def _until(asked: Asked) -> str:
    """To where what is tried out is drawn: the year that meets the target or the due year, or the last."""
    spans = met(asked, int(asked.selection.growth))
    due = ceil(year(asked.due)) if asked.due else 0
    # A target that is met already is shown for one year on.
    next_year = floor(year(asked.latest.period)) + 1 if asked.latest else 0
    return str(max(next_year, min(LAST, max(spans[1] if spans else LAST, due))))


@dataclass(frozen=True)
class _Growth:
    """A figure that grows at one rate to the end of a period."""

    name: str
    latest: Observation
    rate: float
    until: str

    @property
    def amounts(self) -> dict[float, float]:
        """The figure itself, at the end of each year, and at the end of the period."""
        began, ended = year(self.latest.period), year(self.until)
        years = [began, *map(float, range(floor(began) + 1, ceil(ended))), ended]
        start = self.latest.bounds[0]
        return {each: start * (1 + self.rate) ** (each - began) for each in years}

    @property
    def way(self) -> Way:
        """The same, drawn from where the figure is drawn to where the period is.

        A month is drawn at its middle and a year at its number: between them time runs evenly.
        """
        began, ended = year(self.latest.period), year(self.until)
        first, last = year_of(self.latest.period), year_of(self.until)
        pace = (last - first) / (ended - began)
        told = self.amounts
        return Way(self.name, [first + (each - began) * pace for each in told], list(told.values()))


def _derived(asked: Asked, ways: Sequence[_Growth]) -> list[pd.DataFrame]:
    """The same as rows: the target as it was stated, and each way year by year."""
    aim = of_target(asked.locale.text("Target"), asked.standing.target)
    aim |= {"period": asked.due or None}
    rows = [
        {
            "series": way.name,
            "period": str(int(at)),
            "value": value,
            "low": None,
            "high": None,
            "status": "derived",
            "source_id": None,
        }
        for way in ways
        for at, value in list(way.amounts.items())[1:]
        if at.is_integer()
    ]
    return [pd.DataFrame([aim, *rows])]


def _aim(asked: Asked) -> Aim | None:
    if not asked.due:
        return None
    name = asked.locale.text("target, {due}", due=asked.due_words)
    return Aim(name, year_of(asked.due), asked.standing.target.span, is_assumed=asked.is_assumed)


def _level(asked: Asked) -> str:
    target, locale = asked.standing.target, asked.locale
    return f"{locale.text('Target')}: {amount(target, asked.unit, locale)}, {asked.due_words}"


def latest_words(asked: Asked) -> str:
    """The figure that the way has come to, with its period; empty without one."""
    return stood(asked.latest, asked.unit, asked.locale) if asked.latest else ""
