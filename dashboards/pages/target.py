"""One target: who said it in which words, how often it was moved, the way to it, and what it would take."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, inside
from dashboards.components.choice import menu
from dashboards.components.evidence import definition_list, quote
from dashboards.components.notes import nothing_known_then, unknown_choices
from dashboards.components.targets.asked import Asked
from dashboards.components.targets.growth import needed, what_if
from dashboards.components.targets.listing import PATH, Story, grouped, verdict, view_link
from dashboards.components.targets.methods import inputs, methods
from dashboards.components.targets.outlook import outlook
from dashboards.components.targets.path import path
from dashboards.components.targets.scorecard import known, outcome_words, promise
from dashboards.components.targets.standing import Standing
from dashboards.components.targets.words import KINDS, amount, due, stood
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import Selection
from warehouse.engine import Warehouse
from warehouse.queries import indicators, statements


def knows(warehouse: Warehouse, parameter: str) -> bool:
    """Whether there is a target of that id in the build that is served."""
    return statements.find_target(warehouse.as_of(""), parameter) is not None


def layout(request: Request) -> Component:
    """Lay out the target: words and story, verdict, way, methods, growth, projection."""
    every = known(request)
    standing = next((each for each in every if each.target.id == request.parameter), None)
    if standing is None:
        return _not_said_yet(request)
    locale = request.locale
    names = indicators.names(request.warehouse)
    scope = locale.name(names, standing.target.scope)
    asked, unknown = Asked.of(request, standing)
    told = next(each for stories in grouped(every).values() for each in stories if standing in each)
    return html.Div(
        [
            _back(request),
            html.H1(standing.target.title[locale.language]),
            html.P(f"{standing.indicator.title[locale.language]} · {scope}", className="lead"),
            unknown_choices(unknown, locale),
            html.Div(
                [_said(standing, locale), _verdict(asked, told)],
                className="target",
            ),
            *_story(told, standing, request),
            *_choices(asked),
            *_odd(asked),
            path(asked, scope),
            *methods(asked),
            *what_if(asked),
            *needed(asked),
            *outlook(asked),
        ]
    )


def _not_said_yet(request: Request) -> Component:
    """The page of a target on a day before it was said; its choices are left out."""
    locale = request.locale
    _, unknown = Selection.from_query(request.query)
    target = statements.find_target(request.warehouse.as_of(""), request.parameter)
    title = target.title[locale.language] if target else locale.text("Target")
    return html.Div(
        [
            _back(request),
            html.H1(title),
            unknown_choices(unknown, locale),
            html.P(locale.text("Nobody had said this by that day."), className="lead"),
            nothing_known_then(locale),
        ]
    )


def _back(request: Request) -> html.P:
    words = request.locale.text("To all targets")
    return html.P(html.A(words, href=request.path(PATH), **inside()))


def _said(standing: Standing, locale: Locale) -> html.Section:
    """The words in their language, their translation, and who said them where and when."""
    target = standing.target
    facts: list[tuple[str, Content]] = [
        (locale.text("In your language"), target.title[locale.language]),
        (locale.text("Target"), amount(target, target.unit, locale)),
        (locale.text("Due"), due(target, locale)),
        (locale.text("Kind"), locale.text(KINDS[target.kind])),
        (locale.text("Place in the source"), html.Span(target.place, lang="en")),
    ]
    return html.Section(
        [
            html.H2(locale.text("As it was said")),
            quote(target, locale),
            definition_list(facts),
        ],
        className="chart said-then",
    )


def _verdict(asked: Asked, told: Story) -> html.Section:
    """What can be said of the target in one place: an outcome, verdicts, or why there is none."""
    locale, standing = asked.locale, asked.standing
    parts: list[Component] = []
    if asked.is_assumed:
        words = locale.text(
            "Due year {year} is ASSUMED by whoever made this view; nobody has said it.",
            year=asked.due,
        )
        parts.append(html.P(words, className="warning"))
    parts += verdict(standing, locale, asked.judged if asked.is_ahead else None)
    parts += _restated(asked, told)
    parts.append(html.P(inputs(asked), className="source"))
    closed = standing.closed(asked.base, asked.latest)
    if closed and (asked.is_ahead or not asked.due):
        words = locale.text("Share of the distance closed")
        parts.append(html.P(f"{words}: {locale.share(*closed)}"))
    return html.Section(
        [
            html.H2(locale.text("The verdict")),
            html.Div(parts, className="verdict", id=f"verdict-{standing.target.id}"),
        ],
        className="chart",
    )


def _restated(asked: Asked, told: Story) -> list[Component]:
    """Say which later statements gave the target another date."""
    own = asked.standing
    later = [each for each in told[told.index(own) + 1 :] if each.target.due != own.target.due]
    parts: list[Content] = []
    for each in later:
        parts += [view_link(each, asked.request), f" ({promise(each, asked.locale)})", "; "]
    if not parts:
        return []
    return [html.P([asked.locale.text("Stated again with another date:"), " ", *parts[:-1]])]


def _story(told: Story, standing: Standing, request: Request) -> list[Component]:
    """List how a target was stated and restated, each time with its date and what became of it."""
    if len(told) == 1:
        return []
    locale = request.locale
    items = [
        html.Li(
            [
                f"{locale.period(each.target.stated_on)}: ",
                html.Strong(promise(each, locale))
                if each is standing
                else view_link(each, request),
                *([f" ({promise(each, locale)})"] if each is not standing else []),
                *([" – ", outcome_words(each, locale)] if each.state == "passed" else []),
            ],
            **_current(is_it=each is standing),
        )
        for each in told
    ]
    return [
        html.Section(
            [
                html.H2(locale.text("One target, stated again and again")),
                html.Ol(items, className="steps"),
            ],
            className="chart",
            id="story",
        )
    ]


def _current(*, is_it: bool) -> dict[str, Any]:
    return {"aria-current": "true"} if is_it else {}


def _choices(asked: Asked) -> list[Component]:
    """Offer the due year, the base and the latest figure to judge by, folded away as menus."""
    locale, standing = asked.locale, asked.standing
    if standing.latest is None:
        return []
    here, selection = asked.request.here, asked.selection
    own = {"": due(standing.target, locale)}
    years = {each: locale.text("{year} (ASSUMED)", year=each) for each in selection.options["due"]}
    taken = {each.period: stood(each, asked.unit, locale) for each in reversed(standing.dated)}
    bases, latests = (
        {period: words for period, words in taken.items() if own is None or period != own.period}
        for own in (standing.base, standing.latest)
    )
    first = {"": stood(standing.base, asked.unit, locale) if standing.base else "–"}
    last = {"": stood(standing.latest, asked.unit, locale)}
    offered = [
        ("due", locale.text("Due"), own | years),
        ("base", locale.text("Base"), first | bases),
        ("latest", locale.text("Latest figure"), last | latests),
    ]
    return [
        html.Div(
            [menu(field, legend, options, selection, here) for field, legend, options in offered],
            className="choices menus",
        )
    ]


def _odd(asked: Asked) -> list[Component]:
    """Say in words where what was chosen cannot be judged."""
    base, latest, selection = asked.base, asked.latest, asked.selection
    is_chosen = selection.base or selection.latest
    if not is_chosen or base is None or latest is None or asked.judged or not asked.is_ahead:
        return []
    return [html.P(asked.locale.text(_ODD), className="warning", role="status")]


_ODD = message(
    "From this base to this figure no way can be judged: the base must have a date before the latest"
    " figure, and that before the due date."
)

PAGE = Page("target", PATH, message("Target"), layout, knows=knows)
