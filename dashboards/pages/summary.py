"""The summary: one card per headline indicator, for a manager with four minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, inside
from dashboards.components.card import Card, card
from dashboards.components.chart import chart
from dashboards.components.evidence import evidence
from dashboards.components.headlines import Known, headline_exhibit, verdict
from dashboards.components.notes import nothing_known_then, unknown_choices
from dashboards.components.table import table
from dashboards.figures.sparkline import Point, sparkline
from dashboards.i18n import FIRM, Locale
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.progress import change, distance_closed
from dashboards.selection import Selection
from warehouse import periods
from warehouse.catalog import Indicator, Observation, Target, Text
from warehouse.queries import indicators, statements, trade
from warehouse.queries.indicators import Headline

_HERO = (720, 230)
_SMALL = (300, 64)
_TOPIC_PAGES = {"trade": "trade", "transit": "corridor", "digital": "digital"}


def layout(request: Request) -> Component:
    """Lay out the cards in the order of the catalogue, the first one large."""
    locale = request.locale
    _, unknown = Selection.from_query(request.query)
    headlines = indicators.headlines(request.warehouse)
    names = indicators.names(request.warehouse)
    known = [each for each in (_known(request, headline) for headline in headlines) if each]
    cards = [
        _card(request, each, names, _SMALL if position else _HERO)
        for position, each in enumerate(known)
    ]
    return html.Div(
        [
            html.H1(locale.text("Kazakhstan and the Organization of Turkic States")),
            html.P(
                locale.text(
                    "Where trade, the Trans-Caspian corridor and digital payments stand,"
                    " and what was promised. Every figure leads to its source."
                ),
                className="lead",
            ),
            unknown_choices(unknown, locale),
            html.Div(cards or nothing_known_then(locale), className="cards"),
            *([_figures(request, known)] if known else []),
        ]
    )


def _figures(request: Request, known: Sequence[Known]) -> html.Details:
    """The figures of all cards to take along, folded away: the cards have said them already."""
    heading = html.Summary(request.locale.text("All figures of this page in one table"))
    shown = chart(request, headline_exhibit(known, request.locale))
    return html.Details([heading, shown], className="appendix")


def _known(request: Request, headline: Headline) -> Known | None:
    """What is known of a headline; None where nothing of it was on the day asked for."""
    figures = indicators.figures(request.warehouse, headline.indicator_id, headline.scope)
    dated = [figure for figure in figures if not periods.parse(figure.period).is_open]
    if not dated:
        return None
    return Known(
        indicators.get(request.warehouse, headline.indicator_id),
        headline.scope,
        dated,
        base=next((each for each in figures if each.period == headline.base_period), None),
        target=statements.find_target(request.warehouse, headline.target_id),
    )


def _card(
    request: Request, known: Known, names: Mapping[str, Text], size: tuple[int, int]
) -> html.Article:
    locale, indicator, dated = request.locale, known.indicator, known.dated
    latest, base, target = known.latest, known.base, known.target
    return card(
        Card(
            indicator_id=indicator.id,
            title=indicator.short[locale.language],
            value=_amount(latest, indicator, locale),
            data_value=_data_value(latest),
            period=_when(latest, locale),
            facts=_facts(latest, base, target, indicator, locale),
            verdict=verdict(known, locale),
            target_id=target.id if target else None,
            spark=_spark(dated, base, target, size),
            spark_caption=_spark_caption(dated, target, indicator, locale),
            spark_summary=_spark_summary(dated, indicator, locale),
            evidence=_evidence(request, latest, indicator, names),
            more=html.A(
                locale.text("Explore: {title}", title=indicator.title[locale.language]),
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


def _when(figure: Observation, locale: Locale) -> str:
    period = locale.period(figure.period)
    if figure.status in FIRM:
        return period
    return f"{period}, {locale.status(figure.status)}"


def _facts(
    latest: Observation,
    base: Observation | None,
    target: Target | None,
    indicator: Indicator,
    locale: Locale,
) -> list[tuple[str, Content]]:
    facts: list[tuple[str, Content]] = []
    if base:
        period = locale.period(base.period)
        facts.append(
            (locale.text("Base, {period}", period=period), _amount(base, indicator, locale))
        )
        moved = _moved(base, latest, indicator, locale)
        facts.append((locale.text("Change since the base"), moved))
    if target:
        due = locale.period(target.due) if target.due else locale.text("no date given")
        aim = locale.quantity(*target.span, indicator.unit)
        facts.append((locale.text("Target, {due}", due=due), aim))
    if target and base:
        closed = distance_closed(base.bounds, latest.bounds, target.bounds)
        if closed:
            facts.append((locale.text("Share of the distance closed"), locale.share(*closed)))
    return facts


def _moved(base: Observation, latest: Observation, indicator: Indicator, locale: Locale) -> str:
    if indicator.unit == "percent":
        # A share that goes from 47 % to 85 % has gained 38 points, not 81 %.
        return locale.points(latest.bounds[0] - base.bounds[1], latest.bounds[1] - base.bounds[0])
    return locale.change(*change(base.bounds, latest.bounds))


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


def _spark_caption(
    figures: Sequence[Observation], target: Target | None, indicator: Indicator, locale: Locale
) -> str:
    ends = [locale.period(figure.period) for figure in (figures[0], figures[-1])]
    span = "–".join(dict.fromkeys(ends))
    if target is None:
        return span
    aim = locale.quantity(*target.span, indicator.unit)
    return locale.text("{span}; dashed line: {target}", span=span, target=aim)


def _spark_summary(figures: Sequence[Observation], indicator: Indicator, locale: Locale) -> str:
    first, last = figures[0], figures[-1]
    if first is last:
        return f"{_amount(last, indicator, locale)}, {locale.period(last.period)}"
    return locale.course((first.span, first.period), (last.span, last.period), indicator.unit)


def _evidence(
    request: Request, latest: Observation, indicator: Indicator, names: Mapping[str, Text]
) -> Component:
    locale = request.locale
    more: list[Component] = [html.P(indicator.definition[locale.language])]
    if indicator.formula:
        more.append(_parts(request, latest, names))
    return evidence(latest.source, latest.place, latest.vintage, locale, more)


def _parts(request: Request, latest: Observation, names: Mapping[str, Text]) -> Component:
    """List the flows that the figure is the sum of, each with its cell in the source."""
    locale = request.locale
    parts = trade.parts(request.warehouse, "KAZ", latest.scope, latest.period, latest.source.id)
    rows = [
        (
            locale.name(names, partner),
            locale.text(FLOWS[flow]),
            locale.quantity(value_usd, value_usd, "USD", 3),
            html.Span(place, lang="en"),
        )
        for partner, flow, value_usd, place in zip(
            *(parts[name] for name in ("partner_code", "flow_code", "value_usd", "place")),
            strict=True,
        )
    ]
    heads = [
        locale.text(head)
        for head in (
            message("Partner"),
            message("Flow"),
            message("Value"),
            message("Place in the source"),
        )
    ]
    caption = locale.text("The flows that this figure is the sum of")
    return table(f"parts-{latest.indicator_id}", caption, heads, rows)


FLOWS = {"export": message("exports"), "import": message("imports")}

PAGE = Page("summary", "", message("Summary"), layout, draws=False)
