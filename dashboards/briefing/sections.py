"""The sections of a briefing about its headlines: all in one table, then topic by topic with a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from dashboards.briefing import charts, promises
from dashboards.briefing.facts import HEADS, entries
from dashboards.briefing.maker import Maker
from dashboards.briefing.model import Chart, Section, Table
from dashboards.components.headlines import Known
from dashboards.i18n import Locale
from dashboards.messages import message
from warehouse.catalog import FIRM, Observation
from warehouse.queries import indicators, statements

_OTHER_ROUTES = "transit_days_titr"
_ECONOMIES = ("KAZ", "AZE", "KGZ", "TUR", "UZB", "HUN", "TKM")


def overview(maker: Maker) -> Iterator[Section]:
    """All headlines in one table."""
    locale = maker.locale
    heads = [locale.text(head) for head in (message("Indicator"), *HEADS)]
    rows = tuple(
        (
            each.indicator.short[locale.language],
            *entries(each, promises.verdict(maker, each, brief=True), locale),
        )
        for each in maker.headlines
    )
    yield maker.section(
        "headlines",
        locale.text("Headline figures"),
        locale.text("Where we are, and what was promised"),
        Table(tuple(heads), rows, (0.13, 0.13, 0.14, 0.1, 0.12, 0.1, 0.28)),
    )


def trade(maker: Maker) -> Iterator[Section]:
    """Trade over the years, with its target as a level."""
    for each in maker.about("trade_turnover_ots"):
        yield _over_years(maker, "trade", each, charts.over_years(each, "line", maker.locale))


def transit(maker: Maker) -> Iterator[Section]:
    """Days as they were stated, by end points; those of other ends stand beside the chosen ones."""
    chosen = maker.about("transit_days_china_europe", "transit_days_kazakhstan")
    if not chosen:
        return
    locale = maker.locale
    figures = [
        (figure, each.indicator)
        for each in chosen
        for figure in (each.base, *_turns(each.dated))
        if figure
    ]
    plans = [
        plan
        for each in chosen
        for plan in statements.targets(maker.warehouse, each.indicator.id)
        if plan.scope == each.scope and plan.unit == "days"
    ]
    once = {(plan.scope, plan.due, plan.span): plan for plan in reversed(plans)}
    others = indicators.get(maker.warehouse, _OTHER_ROUTES)
    latest = {figure.scope: figure for figure in indicators.figures(maker.warehouse, _OTHER_ROUTES)}
    figures += [(figure, others) for figure in latest.values()]
    yield maker.section(
        "transit",
        locale.text("The Trans-Caspian corridor"),
        "; ".join(
            f"{each.indicator.short[locale.language]}: {_now(each, locale)}" for each in chosen
        ),
        _facts(maker, chosen),
        chart=charts.days(figures, list(reversed(once.values())), maker.names, locale),
        remarks=[
            locale.text(
                "Transit times are what officials and carriers said, not measurements."
                " They name different end points, so they are never joined into one line."
            )
        ],
    )


def _turns(figures: Sequence[Observation]) -> list[Observation]:
    """The first and the last of each run of equal figures: what was only repeated is left out."""
    runs = [list(run) for _span, run in groupby(figures, key=lambda figure: figure.span)]
    return [each for run in runs for each in dict.fromkeys((run[0], run[-1]))]


def volume(maker: Maker) -> Iterator[Section]:
    """Cargo and containers, year by year, with what is promised for the year of the promise."""
    for name, indicator_id in (("volume", "titr_volume"), ("containers", "titr_containers")):
        for each in maker.about(indicator_id):
            chart = charts.over_years(each, "columns", maker.locale)
            yield _over_years(maker, name, each, chart)


def digital(maker: Maker) -> Iterator[Section]:
    """The share of adults over time, and beside those of the other economies."""
    for each in maker.about("digital_payments_adults"):
        found = indicators.figures(maker.warehouse, each.indicator.id)
        ranked = [figure for code in _ECONOMIES for figure in found if figure.scope == code]
        chart = charts.shares(ranked, each.indicator, maker.names, maker.locale)
        yield _over_years(maker, "digital", each, chart)


def _over_years(maker: Maker, name: str, about: Known, chart: Chart) -> Section:
    locale, indicator = maker.locale, about.indicator
    return maker.section(
        name,
        f"{indicator.title[locale.language]} · {locale.name(maker.names, about.scope)}",
        _course(about, locale),
        _facts(maker, [about]),
        chart=replace(chart, note="; ".join(_unfirm(about, locale))),
        remarks=[
            indicator.definition[locale.language],
            *_whose(maker, about),
        ],
    )


def _facts(maker: Maker, told: Sequence[Known]) -> Table:
    """The facts of one headline or two, a column each."""
    locale = maker.locale
    columns = [entries(each, promises.verdict(maker, each), locale) for each in told]
    heads = (locale.text("Figure"), *(each.indicator.short[locale.language] for each in told))
    rows = [(locale.text(head), *facts) for head, *facts in zip(HEADS, *columns, strict=True)]
    first = 0.36 if len(told) == 1 else 0.3
    width = (1 - first) / len(told)
    return Table(heads, tuple(row for row in rows if any(row[1:])), (first, *[width] * len(told)))


def _course(about: Known, locale: Locale) -> str:
    """From what to what a headline went, and how firm the end is."""
    first = about.base or about.dated[0]
    if first.period == about.latest.period:
        return _now(about, locale)
    firmness = [about.latest.status] if about.latest.status not in FIRM else []
    said = locale.course(
        (first.span, first.period), (about.latest.span, about.latest.period), about.indicator.unit
    )
    return "; ".join([said, *(locale.status(each) for each in firmness)])


def _now(about: Known, locale: Locale) -> str:
    latest = about.latest
    now = f"{locale.quantity(*latest.span, about.indicator.unit)} ({locale.period(latest.period)})"
    if about.base and about.base.period.startswith("../"):
        return f"{locale.quantity(*about.base.span, about.indicator.unit)} → {now}"
    return now


def _whose(maker: Maker, about: Known) -> Iterator[str]:
    """Name whose figures a series holds, and of which years, where they are not all of one source."""
    locale = maker.locale
    runs = [list(run) for _source, run in groupby(about.dated, key=lambda figure: figure.source.id)]
    if len(runs) > 1 and about.indicator.topic == "trade":
        told = [
            f"{run[0].source.publisher[locale.language]}"
            f" ({'–'.join(dict.fromkeys((run[0].period, run[-1].period)))})"
            for run in runs
        ]
        yield f"{locale.text('Source:')} {'; '.join(told)}"


def _unfirm(about: Known, locale: Locale) -> Iterator[str]:
    """Name the figures that are not firm."""
    found: dict[str, list[Observation]] = {}
    for each in about.dated:
        if each.status not in FIRM:
            found.setdefault(each.status, []).append(each)
    for status, figures in found.items():
        years = ", ".join(locale.period(each.period) for each in figures)
        yield f"{locale.status(status)}: {years}"
