"""The plan scorecard in short: how many were kept, and the plans that tell most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import inside
from dashboards.components.targets.listing import counts
from dashboards.components.targets.scorecard import outcome_words, plans, promise
from dashboards.components.targets.standing import Standing
from dashboards.i18n import Locale
from dashboards.page import Request
from warehouse import periods

ROWS = 3


def short_scorecard(
    request: Request, told: Sequence[Standing], headlines: Sequence[str]
) -> Component:
    """Count the plans whose date has passed by what became of them, and name three."""
    locale = request.locale
    rows = [_row(request, each, locale) for each in telling(told, headlines)]
    more = html.A(locale.text("All targets and plans"), href=request.path("targets"), **inside())
    return html.Section(
        [
            html.Div(
                [html.H2(locale.text("Plans whose date has passed")), html.P(more)],
                className="headed",
            ),
            counts(told, locale, "counts"),
            html.Ul(rows, className="plans"),
        ],
        id="plans",
    )


def telling(told: Sequence[Standing], headlines: Sequence[str]) -> list[Standing]:
    """Choose plans that have been judged by a figure: those of headlines first, one of each outcome.

    Of two plans for one thing with one outcome the later due speaks.
    """
    judged = [each for each in plans(told) if each.outcome.evidence]
    ranked = sorted(judged, key=lambda each: _rank(each, headlines))
    of_each = {each.outcome.kind: each for each in reversed(ranked)}
    first = [each for each in ranked if each in of_each.values()]
    return list(_distinct([*first, *ranked]))[:ROWS]


def _rank(standing: Standing, headlines: Sequence[str]) -> tuple[bool, int, int, str]:
    due = periods.parse(standing.target.due or "").end
    order = ("missed", "kept_late", "kept")
    kind = standing.outcome.kind
    is_headline = standing.target.indicator_id in headlines
    return not is_headline, order.index(kind), -due.toordinal(), standing.target.id


def _distinct(ranked: Sequence[Standing]) -> Iterator[Standing]:
    seen: set[tuple[str, str]] = set()
    for each in ranked:
        subject = (each.target.indicator_id, each.target.scope)
        if subject not in seen:
            seen.add(subject)
            yield each


def _row(request: Request, standing: Standing, locale: Locale) -> html.Li:
    title = html.A(
        standing.indicator.short[locale.language],
        href=request.path(f"targets/{standing.target.id}"),
        **inside(),
    )
    became = html.Span(outcome_words(standing, locale), className="became")
    return html.Li([title, ": ", promise(standing, locale), "; ", became])
