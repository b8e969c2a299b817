"""The claims register: every number that was said, held against the figures, with a verdict and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components.choice import choice, menu
from dashboards.components.claims import words
from dashboards.components.claims.held import Judged, judged
from dashboards.components.claims.overview import overview
from dashboards.components.claims.register import PATH, Register
from dashboards.components.notes import unknown_choices
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import ClaimsSelection
from warehouse.catalog import Claim
from warehouse.queries import indicators, lineage

_TOPICS: Mapping[str, str] = {
    "all": message("All"),
    "trade": message("Trade"),
    "transit": message("Transport corridor"),
    "digital": message("Digital payments"),
}
_LEAD = message(
    "Numbers that were said in speeches and in the press, in the words in which they were said, each"
    " held against every definition and source that is held here. A number agrees where a figure"
    " rounds to it or, cut short, gives it; it is close within 5% of the figure."
)


def layout(request: Request) -> Component:
    """Lay out the claims that are chosen, the oldest first, under the choices and the table of all."""
    locale = request.locale
    every = request.memory.recall(judged, request.warehouse)
    speakers = {_slug(each.claim): words.speaker(each.claim, locale) for each in every}
    selection, unknown = ClaimsSelection.from_query(request.query, {"speaker": tuple(speakers)})
    listed = [each for each in every if _fits(each, selection)]
    return html.Div(
        [
            html.H1(locale.text("Claims")),
            html.P(locale.text(_LEAD), className="lead"),
            unknown_choices(unknown, locale),
            html.Div(_choices(request, selection, every, speakers), className="choices"),
            *_register(request, listed),
        ]
    )


def _choices(
    request: Request,
    selection: ClaimsSelection,
    every: Sequence[Judged],
    speakers: Mapping[str, str],
) -> list[Component]:
    """The three choices; behind a verdict how many claims it would list."""
    locale = request.locale
    topics = {topic: locale.text(name) for topic, name in _TOPICS.items()}
    verdicts = {"all": locale.text(_TOPICS["all"])} | {
        each: f"{words.SIGNS[each]} {locale.text(name)}" for each, name in words.VERDICTS.items()
    }
    numbered = {
        each: f"{name} ({sum(_fits(one, selection.replacing(verdict=each)) for one in every)})"
        for each, name in verdicts.items()
    }
    by_name = dict(sorted(speakers.items(), key=lambda pair: pair[1]))
    options = {"": locale.text(_TOPICS["all"])} | by_name
    return [
        choice("topic", locale.text("Topic"), topics, selection, request.here),
        choice("verdict", locale.text("Verdict"), numbered, selection, request.here),
        menu("speaker", locale.text("Speaker"), options, selection, request.here),
    ]


def _register(request: Request, listed: Sequence[Judged]) -> list[Component]:
    if not listed:
        return [html.P(request.locale.text("No recorded statement fits these choices."))]
    sources = lineage.sources(request.warehouse)
    register = Register(request, listed, indicators.names(request.warehouse), sources)
    return [overview(request, listed, sources), register.entries()]


def _fits(each: Judged, selection: ClaimsSelection) -> bool:
    return (
        selection.topic in {"all", each.indicator.topic}
        and selection.verdict in {"all", each.judgement.verdict}
        and selection.speaker in {"", _slug(each.claim)}
    )


def _slug(claim: Claim) -> str:
    """What stands for a speaker in the address: yerkin-tukumov."""
    name = claim.stated_by["en"].partition(",")[0]
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


PAGE = Page("claims", PATH, message("Claims"), layout)
