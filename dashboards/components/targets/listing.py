"""Targets as a list of stories: what was promised, moved and promised again stands as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, inside, outside
from dashboards.components.evidence import definition_list
from dashboards.components.targets.scorecard import evidence_of, outcome_words, promise, tally
from dashboards.components.targets.standing import Standing
from dashboards.components.targets.words import (
    ASSUMED,
    KINDS,
    METHODS,
    NO_FIGURE,
    OUTCOMES,
    REACHED,
    UNDATED,
    due_year,
    is_told,
    rates,
    ratio_words,
    signed,
    stood,
    verdict_words,
    why_not,
)
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from dashboards.progress.methods import Spread
from dashboards.progress.stories import stories
from warehouse import periods
from warehouse.catalog import Source, Text

PATH = "targets"

Story = Sequence[Standing]


def grouped(told: Sequence[Standing]) -> dict[str, list[Story]]:
    """Set targets that restate one another together, the oldest first, under the state of the story.

    A story whose date has once passed is one of the past, even if it was given a new date.
    """
    by_id = {each.target.id: each for each in told}
    groups: dict[str, list[Story]] = {"passed": [], "open": [], "undated": []}
    for targets in stories([each.target for each in told]):
        story = [by_id[target.id] for target in targets]
        states = {each.state for each in story}
        groups[next(state for state in groups if state in states)].append(story)
    # What was due last is told first; what is still to come in its order; hopes as they were said.
    groups["passed"].sort(key=_last_due, reverse=True)
    groups["open"].sort(key=_last_due)
    return groups


def _last_due(told: Story) -> periods.Period:
    """The newest due date of a story that has any."""
    return max(periods.parse(each.target.due) for each in told if each.target.due)


def counts(told: Sequence[Standing], locale: Locale, style: str = "tally") -> html.Ul:
    """Count what became of the plans whose date has passed, each with its sign."""
    return html.Ul(
        [
            html.Li([html.Strong(locale.number(count)), f" {signed(OUTCOMES, kind, locale)}"])
            for kind, count in tally(told).items()
        ],
        className=style,
    )


def moved(told: Sequence[Story], request: Request) -> list[Component]:
    """Say which plans of the past are still open under a new date; they stand with their past."""
    locale = request.locale
    still = [each for story in told for each in story if each.state == "open"]
    if not still:
        return []
    links: list[Content] = [locale.text("Restated with a later date, and told above:")]
    for each in {each.target.title: each for each in still}.values():
        links += [" ", view_link(each, request), ";"]
    return [html.P(links[:-1])]


def view_link(standing: Standing, request: Request) -> html.A:
    """Lead to the page of a target by its title."""
    return html.A(
        standing.target.title[request.locale.language],
        href=request.path(f"{PATH}/{standing.target.id}"),
        **inside(),
    )


def story(told: Story, request: Request, names: Mapping[str, Text]) -> html.Article:
    """Tell a story: what is measured, and each statement with what became of it."""
    locale, newest = request.locale, told[-1]
    measure = _measure(newest, locale, names)
    steps = [
        _step(each, request, is_repeated=any(map(each.is_repeated_by, told[at + 1 :])))
        for at, each in enumerate(told)
    ]
    # What was said of capacity may be repeated of cargo: such a statement names what it is of.
    for step, each in zip(steps, told, strict=True):
        if (own := _measure(each, locale, names)) != measure:
            step.children.insert(0, html.P(html.Strong(own)))
    parts: list[Component] = [
        html.H3(view_link(newest, request)),
        html.P(measure, className="quiet"),
    ]
    if len(told) > 1:
        count = locale.plural(
            "Stated {times} time", "Stated {times} times", len(told), times=len(told)
        )
        parts.append(html.P(count, className="restated"))
    return html.Article([*parts, html.Ol(steps, className="steps")], className="story")


def _measure(standing: Standing, locale: Locale, names: Mapping[str, Text]) -> str:
    """Name what a target is of: its indicator, and what that is about."""
    about = locale.name(names, standing.target.scope)
    return f"{standing.indicator.short[locale.language]} · {about}"


def _step(standing: Standing, request: Request, *, is_repeated: bool) -> html.Li:
    """Tell one statement; one that was later made again unchanged leaves the verdict to that one."""
    locale, target = request.locale, standing.target
    said = f"{target.stated_by[locale.language]}, {locale.period(target.stated_on)}"
    happened = [html.Div(_happened(standing, locale), className="happened")]
    judged = verdict(standing, locale)
    if is_repeated and standing.state != "passed":
        happened, judged = [], [html.P(locale.text(_AGAIN), className="quiet")]
    return html.Li(
        [
            html.Div(
                [
                    html.P(
                        [
                            html.Strong(promise(standing, locale)),
                            " ",
                            html.Span(locale.text(KINDS[target.kind]), className="kind"),
                        ]
                    ),
                    html.P([said, " · ", _publisher(target.source, locale)], className="source"),
                ],
                className="promised",
            ),
            *happened,
            html.Div(judged, className="verdict", **_id(standing)),
        ]
    )


def verdict(
    standing: Standing, locale: Locale, judged: Sequence[Spread] | None = None
) -> list[Component]:
    """Say what became of a plan, or the verdict of each method on it, or why there is none.

    `judged` are verdicts by an assumed due year; without it the target's own due date is gone by.
    """
    said: list[Component] = []
    target = standing.target
    if standing.state == "passed":
        said = [html.P(html.Strong(outcome_words(standing, locale)))]
    elif standing.is_reached:
        said = [html.P(html.Strong(f"✓ {locale.text(REACHED)}"))]
    if judged is None and target.due and standing.state == "open":
        judged = standing.judged(target.due)
    if judged and any(map(is_told, judged)):
        return [*said, _side_by_side(judged, locale)]
    if judged is not None:
        return said or [html.P(locale.text(why_not(standing)))]
    return said if target.due else [html.P(locale.text(UNDATED)), *said]


def _side_by_side(judged: Sequence[Spread], locale: Locale) -> html.Ul:
    return html.Ul(
        [
            html.Li(
                [
                    f"{locale.text(METHODS[each.method])}: ",
                    html.Strong(verdict_words(each, locale)),
                    *_behind(each.method, ratio_words(each, locale)),
                ]
            )
            for each in judged
        ],
        className="verdicts",
    )


def _behind(method: str, ratio: str) -> list[Content]:
    return [f" ({ratio})"] if ratio and method != "escap" else []


def _happened(standing: Standing, locale: Locale) -> list[Component]:
    """The newest figure with its source, how far it has come, and what growth it would take."""
    told = evidence_of(standing) or standing.latest
    if told is None:
        return [html.P(locale.text(NO_FIGURE))]
    unit = standing.indicator.unit
    label = _EVIDENCE if standing.state == "passed" and evidence_of(standing) else _LATEST
    facts: list[tuple[str, Content]] = [(locale.text(label), stood(told, unit, locale))]
    if standing.state != "passed":
        facts += _progress(standing, locale)
    source = html.P(
        [locale.text("Source:"), " ", _publisher(told.source, locale)], className="source"
    )
    return [definition_list(facts), source]


def _progress(standing: Standing, locale: Locale) -> list[tuple[str, Content]]:
    facts: list[tuple[str, Content]] = []
    if standing.base and standing.base != standing.latest:
        facts.append((locale.text("Base"), stood(standing.base, standing.indicator.unit, locale)))
    closed = standing.closed()
    if closed:
        facts.append((locale.text("Share of the distance closed"), locale.share(*closed)))
    due = standing.target.due
    wanted = {due_year(standing.target): due} if due else {each: each for each in ASSUMED}
    needed = {year: standing.needed(until) for year, until in wanted.items()}
    told = {year: rates(span, locale) for year, span in needed.items() if span}
    if told and not standing.is_reached:
        label = locale.text("Growth a year needed, to {year}", year=" / ".join(told))
        facts.append((label, " / ".join(told.values())))
    return facts


def _publisher(source: Source, locale: Locale) -> html.A:
    """Lead to a source by whose it is; its title stands on the page of the target."""
    return html.A(source.publisher[locale.language], href=source.url, **outside())


def _id(standing: Standing) -> dict[str, Any]:
    return {"id": f"verdict-{standing.target.id}"}


_AGAIN = message("Stated again since, unchanged.")
_EVIDENCE = message("What happened")
_LATEST = message("Latest figure")
