"""Notes beside charts: dated events, and choices in the address that are not understood."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import inside, outside
from dashboards.i18n import Locale
from dashboards.page import Request
from warehouse.catalog import FIRM


def event_list(events: pd.DataFrame, locale: Locale, summary: str) -> Component:
    """List dated events, numbered in the order in which a chart marks them."""
    items = [
        html.Li(
            [
                f"{locale.period(row['date'])}: ",
                html.A(
                    row[f"title_{locale.language}"],
                    href=row["url"],
                    **outside(),
                ),
            ]
        )
        for row in events.to_dict("records")
    ]
    return html.Details(
        [html.Summary(summary), html.Ol(items)],
        className="events",
    )


def not_final(frame: pd.DataFrame, locale: Locale) -> list[Component]:
    """Say what hollow points and hatched bars mean, where the figures have any."""
    if frame["status"].isin(FIRM).all():
        return []
    words = locale.text(
        "Hollow points and hatched bars are not final; the table says what they are."
    )
    return [html.P(words, className="source")]


def method(
    made: str, reasons: Sequence[tuple[str, str, str]], errors: Sequence[str], locale: Locale
) -> html.Section:
    """Say how figures are made, why by which source, and what is known to be wrong with them.

    `reasons` are the years, the source and the reason.
    """
    items = [html.Li([html.Strong(f"{years} "), f"{name}. {why}"]) for years, name, why in reasons]
    why_these: list[Component] = [
        html.H3(locale.text("Why these sources")),
        html.Ul(items),
    ]
    known: list[Component] = [
        html.H3(locale.text("Known errors of the source")),
        html.Ul([html.Li(error) for error in errors]),
    ]
    return html.Section(
        [
            html.H2(locale.text("How these figures are made")),
            html.P(made),
            *(why_these if reasons else []),
            *(known if errors else []),
        ]
    )


def unknown_choices(unknown: Sequence[str], locale: Locale) -> Component:
    """Say which parts of the address were not understood; nothing where all were."""
    if not unknown:
        return html.Div(hidden=True)
    words = locale.text(
        "Part of this address was not understood and was left out: {unknown}",
        unknown=", ".join(unknown),
    )
    return html.P(words, className="warning", role="status")


def not_shown(request: Request, **asked: str) -> list[Component]:
    """Say which charts an address asks for that the page does not show, by what it asks of them."""
    missing = [
        f"{name}={chart}" for name, chart in asked.items() if chart and chart not in request.shown
    ]
    return [unknown_choices(missing, request.locale)] if missing else []


def as_of_day(request: Request) -> list[Component]:
    """Say that the page shows what was known on a past day, with the way back to today's view of it."""
    locale = request.locale
    if not request.warehouse.asof:
        return []
    words = locale.text("As known on {day}.", day=locale.period(request.warehouse.asof))
    choices = f"?{request.query}" if request.query else ""
    today = html.A(
        locale.text("Show what is known today"),
        href=f"/{locale.language}/{request.place}{choices}",
        **inside(),
    )
    return [html.P([words, " ", today], className="asof", role="note")]


def nothing_known(name: str, title: str, locale: Locale) -> html.Figure:
    """Stand where a chart would, when no figure of it was known on the day asked for."""
    return html.Figure([html.H2(title), nothing_known_then(locale)], id=f"chart-{name}")


def nothing_known_then(locale: Locale) -> html.P:
    """Say that the day asked for was before any figure."""
    return html.P(locale.text("No figure of this was known on that day."), className="quiet")
