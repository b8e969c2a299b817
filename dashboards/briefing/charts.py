"""The charts of a briefing: a headline over time and against its target, days as ranges, shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from dashboards.briefing.facts import aim, figure
from dashboards.briefing.model import Cell, Chart, Series
from dashboards.components.headlines import Known
from dashboards.i18n import Locale
from warehouse import periods
from warehouse.catalog import Indicator, Observation, Target, Text, ends

_FORMATS: Mapping[str, str] = {"kk": "43F", "ru": "419", "tr": "41F", "en": "409"}
"""The languages as a number format of a spreadsheet names them, so that decimals have their sign."""


def over_years(known: Known, kind: Literal["line", "columns"], locale: Locale) -> Chart:
    """Draw the yearly figures of a headline; a year without one is a gap.

    The target is a level beside a line, and beside columns one at the year of its due date.
    """
    indicator, target = known.indicator, known.target
    by_year = {each.period: each for each in known.dated if periods.is_year(each.period)}
    due = str(periods.parse(target.due).end.year) if target and target.due else ""
    last = max([*by_year, due] if kind == "columns" else by_year)
    years = [str(year) for year in range(int(min(by_year)), int(last) + 1)]
    name = indicator.short[locale.language]
    cells = [
        figure(by_year[year], indicator, name, locale) if year in by_year else None
        for year in years
    ]
    series = [_series(name, cells, locale)]
    if target:
        is_level = kind == "line"
        series.append(_target(target, [is_level or year == due for year in years], locale))
    return _chart(
        kind,
        indicator,
        locale,
        years,
        series,
    )


def days(
    figures: Sequence[tuple[Observation, Indicator]],
    plans: Sequence[Target],
    names: Mapping[str, Text],
    locale: Locale,
) -> Chart:
    """Draw days that were stated, in the order given, then planned: a row each, from its lower end to its upper.

    What names other end points stands in a row of its own; nothing is joined.
    """
    rows = [
        *(_stated(each, indicator, names, locale) for each, indicator in figures),
        *(_planned(each, names, locale) for each in plans),
    ]
    categories = [f"{cell.label}: {cell.text}" for cell in rows]
    bounds = [ends(cell.span) for cell in rows]
    lower, upper = locale.text("At the least"), locale.text("At the most")
    series = [
        Series(upper, tuple(high for _low, high in bounds), tuple(rows), "high"),
        Series(lower, tuple(low for low, _high in bounds), tuple(rows), "low"),
    ]
    drawn = _chart("ranges", figures[0][1], locale, categories, series)
    return replace(drawn, title=locale.text("Transit times, stated and planned, by end points"))


def shares(
    figures: Sequence[Observation], indicator: Indicator, names: Mapping[str, Text], locale: Locale
) -> Chart:
    """Draw the first and the latest figure of each scope side by side, in the order of the figures."""
    by_scope: dict[str, list[Observation]] = {}
    for each in figures:
        by_scope.setdefault(each.scope, []).append(each)
    first, last = locale.text("First figure"), locale.text("Latest figure")
    earlier: list[Cell | None] = []
    latest: list[Cell | None] = []
    categories = []
    for scope, of_one in by_scope.items():
        name = locale.name(names, scope)
        span = dict.fromkeys((of_one[0].period, of_one[-1].period))
        categories.append(f"{name}, {'–'.join(locale.period(each) for each in span)}")
        earlier.append(figure(of_one[0], indicator, name, locale) if len(of_one) > 1 else None)
        latest.append(figure(of_one[-1], indicator, name, locale))
    series = [_series(first, earlier, locale, "earlier"), _series(last, latest, locale)]
    return _chart("columns", indicator, locale, categories, series)


def _chart(
    kind: Literal["line", "columns", "ranges"],
    indicator: Indicator,
    locale: Locale,
    categories: Sequence[str],
    series: Sequence[Series],
) -> Chart:
    decimals = 1 if indicator.unit == "USD" else 0
    places = "." + "0" * decimals if decimals else ""
    return Chart(
        kind,
        title=indicator.title[locale.language],
        unit=locale.unit(indicator.unit),
        summary="; ".join(_summary(series)),
        categories=tuple(categories),
        series=tuple(series),
        number_format=f"[$-{_FORMATS[locale.language]}]#,##0{places}",
        decimals=decimals,
    )


def _summary(series: Sequence[Series]) -> Iterator[str]:
    """Say the ends of lines and columns, or each row of ranges, for those who cannot see the drawing."""
    for each in series:
        cells = [cell for cell in each.cells if cell]
        if each.role == "low" or not cells:
            continue
        told = cells if each.role == "high" else [cells[0], *cells[1:][-1:]]
        yield from (f"{cell.label}: {cell.said}" for cell in told)


def _series(
    name: str,
    cells: Sequence[Cell | None],
    locale: Locale,
    role: Literal["figure", "earlier"] = "figure",
) -> Series:
    values = [None if cell is None else locale.shown(cell.bounds[1], cell.unit) for cell in cells]
    return Series(name, tuple(values), tuple(cells), role)


def _target(target: Target, drawn: Sequence[bool], locale: Locale) -> Series:
    cell = aim(target, locale.text("Target"), locale)
    level = locale.shown(target.bounds[1], target.unit)
    return Series(
        f"{cell.label}: {cell.said}",
        tuple(level if is_drawn else None for is_drawn in drawn),
        tuple(cell if is_drawn else None for is_drawn in drawn),
        "target",
    )


def _stated(
    each: Observation, indicator: Indicator, names: Mapping[str, Text], locale: Locale
) -> Cell:
    name = locale.name(names, each.scope)
    return figure(each, indicator, f"{name}, {locale.period(each.period)}", locale)


def _planned(plan: Target, names: Mapping[str, Text], locale: Locale) -> Cell:
    name = locale.name(names, plan.scope)
    stated = locale.period(plan.stated_on)
    words = (
        locale.text("plan for {due}, stated {period}", due=locale.period(plan.due), period=stated)
        if plan.due
        else locale.text("plan without a date, stated {period}", period=stated)
    )
    return aim(plan, f"{name}, {words}", locale)
