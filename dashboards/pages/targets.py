"""Targets: plans whose date has passed beside what happened, open ones, and hopes without a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components.chart import chart
from dashboards.components.choice import choice
from dashboards.components.notes import nothing_known_then, unknown_choices
from dashboards.components.table import table
from dashboards.components.targets.listing import (
    PATH,
    Story,
    counts,
    grouped,
    moved,
    story,
    view_link,
)
from dashboards.components.targets.scorecard import (
    known,
    outcome_words,
    promise,
    scorecard_exhibit,
)
from dashboards.components.targets.standing import Standing
from dashboards.components.targets.words import KINDS, stood
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import TargetsSelection
from warehouse.catalog import Text
from warehouse.queries import indicators


def layout(request: Request) -> Component:
    """Lay out the chosen targets, story by story, under what the dates say of them."""
    selection, unknown = TargetsSelection.from_query(request.query)
    locale = request.locale
    every = known(request)
    groups = {
        state: [each for each in told if _is_chosen(each, selection)]
        for state, told in grouped(every).items()
    }
    chosen = [each for told in groups.values() for each_story in told for each in each_story]
    names = indicators.names(request.warehouse)
    return html.Div(
        [
            html.H1(locale.text("Targets and plans")),
            html.P(
                locale.text(
                    "What was promised, hoped or planned, by whom and by when, and what the figures"
                    " say. A date that passed has an outcome; an open one the verdicts of four"
                    " methods; without a date there is no verdict, only the growth it would take."
                ),
                className="lead",
            ),
            unknown_choices(unknown, locale),
            _choices(selection, request),
            *_sections(groups, request, names),
            *([] if chosen else [_nothing(every, locale)]),
            *([_scorecard(request, chosen)] if chosen else []),
        ]
    )


def _nothing(every: Sequence[Standing], locale: Locale) -> html.P:
    if not every:
        return nothing_known_then(locale)
    return html.P(locale.text("No target is of this topic, kind and state at once."))


def _is_chosen(told: Story, selection: TargetsSelection) -> bool:
    """Whether any statement of a story is of the topic, the kind and the state that were chosen."""
    return any(
        selection.topic in {"all", each.indicator.topic}
        and selection.kind in {"all", each.target.kind}
        and selection.state in {"all", each.state}
        for each in told
    )


def _sections(
    groups: Mapping[str, Sequence[Story]], request: Request, names: Mapping[str, Text]
) -> list[Component]:
    locale = request.locale
    made: list[Component] = []
    for state, told in groups.items():
        more: list[Component] = []
        if state == "passed" and told:
            more = [
                counts([each for one in told for each in one], locale),
                html.P(locale.text(_COUNTED)),
            ]
        if state == "open":
            more = moved(groups["passed"], request)
        if not told and not more:
            continue
        made.append(
            html.Section(
                [
                    html.H2(locale.text(_STATES[state])),
                    html.P(locale.text(_ABOUT[state]), className="quiet"),
                    *more,
                    html.Div([story(each, request, names) for each in told], className="stories"),
                ],
                id=f"targets-{state}",
                className="state",
            )
        )
    return made


def _choices(selection: TargetsSelection, request: Request) -> html.Div:
    locale = request.locale
    offered = {
        "topic": (locale.text("Topic"), _TOPICS),
        "kind": (locale.text("Kind"), {"all": message("All")} | dict(KINDS)),
        "state": (locale.text("Date"), _SHORT),
    }
    return html.Div(
        [
            choice(
                field,
                legend,
                {value: locale.text(word) for value, word in words.items()},
                selection,
                request.here,
            )
            for field, (legend, words) in offered.items()
        ],
        className="choices",
    )


def _scorecard(request: Request, chosen: Sequence[Standing]) -> Component:
    """The same as one table to take along, folded away."""
    locale = request.locale
    exhibit = scorecard_exhibit(request, chosen)
    heads = [
        locale.text(head)
        for head in (
            message("Target"),
            message("Promised"),
            message("Kind"),
            message("What became of it"),
            message("Latest figure"),
        )
    ]
    rows = [
        (
            view_link(each, request),
            promise(each, locale),
            locale.text(KINDS[each.target.kind]),
            outcome_words(each, locale)
            if each.state == "passed"
            else locale.text(_SHORT[each.state]),
            stood(each.latest, each.indicator.unit, locale) if each.latest else "",
        )
        for each in chosen
    ]
    twin = table("scorecard", f"{exhibit.title}; {exhibit.subtitle}", heads, rows)
    return html.Details(
        [
            html.Summary(locale.text("All targets of this page in one table")),
            chart(request, exhibit, twin=twin),
        ],
        className="appendix",
        open=request.grid == exhibit.name,
    )


_STATES = {
    "passed": message("The date has passed"),
    "open": message("The date is still to come"),
    "undated": message("No date was given"),
}
_COUNTED = message("A plan that several people told of is counted once, a forecast not at all.")
_ABOUT = {
    "passed": message(
        "Kept: a figure of the due period or before meets the target. Kept late: only a later one does."
        " Missed: a figure of the due date or after it does not. No evidence: there is no such figure."
    ),
    "open": message(
        "Four methods side by side, for they often disagree; in brackets the ratio behind a verdict."
    ),
    "undated": message(
        "Without a date no verdict would be honest; the growth a year that it would take is arithmetic."
    ),
}
_SHORT = {
    "all": message("All"),
    "passed": message("has passed"),
    "open": message("still to come"),
    "undated": message("not given"),
}
_TOPICS = {
    "all": message("All"),
    "trade": message("Trade"),
    "transit": message("Transport corridor"),
    "digital": message("Digital payments"),
}

PAGE = Page("targets", PATH, message("Targets"), layout)
