"""The summary: one card per headline indicator, for a manager with four minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, headlines, inside
from dashboards.components.card import Card, card
from dashboards.components.chart import chart
from dashboards.components.evidence import dated
from dashboards.components.headlines import Known, headline_exhibit, verdict
from dashboards.components.notes import nothing_known_then, unknown_choices
from dashboards.components.summary.changed import changed
from dashboards.components.summary.evidence import headline_evidence
from dashboards.components.summary.scorecard import short_scorecard
from dashboards.components.summary.sentences import paragraph, sentences
from dashboards.components.targets.scorecard import known as standings_of
from dashboards.components.targets.standing import Standing
from dashboards.figures.sparkline import Point, sparkline
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import Selection
from warehouse import periods
from warehouse.catalog import FIRM, Indicator, Observation, Target, Text
from warehouse.queries import indicators

_HERO = (420, 230)
_SMALL = (300, 44)
_TOPIC_PAGES = {"trade": "trade", "transit": "corridor", "digital": "digital"}


def layout(request: Request) -> Component:
    """Lay out a screen to be pinned: sentences, the first card large beside the plans, the others."""
    locale = request.locale
    _, unknown = Selection.from_query(request.query)
    known = headlines.known(request.warehouse)
    told = standings_of(request)
    return html.Div(
        [
            html.Div(
                [
                    html.H1(locale.text("Kazakhstan and the Organization of Turkic States")),
                    html.P(_briefing(request), className="more"),
                ],
                className="headed",
            ),
            unknown_choices(unknown, locale),
            *([paragraph(sentences(request, known, told))] if known else []),
            html.Div(_screen(request, known, told), className="cards screen"),
            *([_figures(request, known)] if known else []),
        ]
    )


def _briefing(request: Request) -> html.A:
    words = request.locale.text("Take the briefing to a meeting")
    return html.A(words, href=request.path("briefing"), **inside())


def _screen(request: Request, known: Sequence[Known], told: Sequence[Standing]) -> list[Component]:
    """The first card large, beside it the plans and the changes, below it the other cards."""
    if not known:
        return [nothing_known_then(request.locale)]
    names = indicators.names(request.warehouse)
    by_target = {each.target.id: each for each in told}
    first, *others = [
        _card(
            request,
            each,
            by_target.get(each.target.id) if each.target else None,
            names,
            _SMALL if position else _HERO,
        )
        for position, each in enumerate(known)
    ]
    ids = [each.indicator.id for each in known]
    beside = [short_scorecard(request, told, ids), *changed(request)]
    return [first, html.Div(beside, className="beside"), *others]


def _figures(request: Request, known: Sequence[Known]) -> html.Details:
    """The figures of all cards to take along, folded away: the cards have said them already."""
    heading = html.Summary(request.locale.text("All figures of this page in one table"))
    shown = chart(request, headline_exhibit(known, request.locale))
    return html.Details([heading, shown], className="appendix")


def _card(
    request: Request,
    known: Known,
    standing: Standing | None,
    names: Mapping[str, Text],
    size: tuple[int, int],
) -> html.Article:
    locale, indicator = request.locale, known.indicator
    latest, base, target = known.latest, known.base, known.target
    return card(
        Card(
            indicator_id=indicator.id,
            title=indicator.short[locale.language],
            value=_amount(latest, indicator, locale),
            data_value=_data_value(latest),
            period=dated(latest, locale),
            facts=_facts(known, locale),
            verdict=verdict(known, standing, locale),
            target_id=target.id if target else None,
            spark=_spark(known.dated, base, target, size),
            spark_caption=_spark_caption(known.dated, target, locale),
            spark_summary=_spark_summary(known.dated, indicator, locale),
            evidence=headline_evidence(request, latest, indicator, names),
            more=html.A(
                [
                    locale.text("Explore"),
                    html.Span(f": {indicator.title[locale.language]}", className="unseen"),
                ],
                href=request.path(_TOPIC_PAGES[indicator.topic]),
                **inside(),
            ),
            about=locale.name(names, known.scope),
        )
    )


def _amount(figure: Observation, indicator: Indicator, locale: Locale) -> str:
    return locale.quantity(*figure.span, indicator.unit)


def _data_value(figure: Observation) -> str:
    if figure.value is not None:
        return repr(figure.value)
    return "-".join(f"{end:g}" for end in (figure.low, figure.high) if end is not None)


def _facts(known: Known, locale: Locale) -> list[tuple[str, Content]]:
    facts: list[tuple[str, Content]] = []
    indicator, base, target = known.indicator, known.base, known.target
    if base:
        start = locale.text("Base, {period}", period=locale.period(base.period))
        moved = known.moved_words(locale)
        facts.append((f"{start}: {_amount(base, indicator, locale)}", moved))
    if target:
        due = locale.period(target.due) if target.due else locale.text("no date given")
        aim = locale.quantity(*target.span, indicator.unit)
        share = locale.share(*known.closed) if known.closed else ""
        way = locale.text("{share} of the way", share=share) if share else ""
        promised = locale.text("Target, {due}", due=due)
        facts.append((f"{promised}: {aim}", way))
    return facts


def _spark(
    figures: Sequence[Observation],
    base: Observation | None,
    target: Target | None,
    size: tuple[int, int],
) -> str:
    points = [_point(figure) for figure in figures]
    if base and periods.parse(base.period).is_open:
        span = points[-1].x - points[0].x or 1.0
        points.insert(0, replace(_point(base), x=points[0].x - span / 4, dated=False))
    return sparkline(points, target.bounds[1] if target else None, size)


def _point(figure: Observation) -> Point:
    day = periods.parse(figure.period).middle.toordinal()
    return Point(day, *figure.bounds, firm=figure.status in FIRM)


def _spark_caption(figures: Sequence[Observation], target: Target | None, locale: Locale) -> str:
    ends = [locale.period(figure.period) for figure in (figures[0], figures[-1])]
    span = "–".join(dict.fromkeys(ends))
    if target is None:
        return span
    return locale.text("{span}; dashed line: the target", span=span)


def _spark_summary(figures: Sequence[Observation], indicator: Indicator, locale: Locale) -> str:
    first, last = figures[0], figures[-1]
    if first is last:
        return f"{_amount(last, indicator, locale)}, {locale.period(last.period)}"
    return locale.course((first.span, first.period), (last.span, last.period), indicator.unit)


PAGE = Page("summary", "", message("Summary"), layout)
