"""Where a number stands: publisher, page, and the place in it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, outside
from dashboards.i18n import Locale
from warehouse.catalog import FIRM, Claim, Observation, Source, Target


def source_link(source: Source, locale: Locale) -> html.A:
    """Link to a source by its publisher, and by its title in the source's own language."""
    return html.A(
        [f"{source.publisher[locale.language]}: ", html.Cite(source.title, lang=source.language)],
        href=source.url,
        **outside(),
    )


def source_links(sources: Sequence[Source], locale: Locale) -> list[Content]:
    """Link to several sources, set apart by semicolons."""
    links: list[Content] = []
    for source in sources:
        links += [source_link(source, locale), "; "]
    return links[:-1]


def evidence(
    source: Source, place: str, vintage: str, locale: Locale, more: list[Component] | None = None
) -> html.Div:
    """Link to a figure's source, and fold away the place in it, the edition, and what it is made of."""
    facts: list[tuple[str, Content]] = [
        # Places are written in the working language of our tables.
        (locale.text("Place in the source"), html.Span(place, lang="en")),
        (locale.text("Title"), html.Cite(source.title, lang=source.language)),
        (locale.text("Edition"), vintage),
        (locale.text("Licence"), locale.text(source.licence)),
    ]
    link = html.A(
        source.publisher[locale.language],
        href=source.url,
        **outside(),
    )
    return html.Div(
        [
            html.P([locale.text("Source:"), " ", link]),
            html.Details(
                [html.Summary(locale.text("Evidence")), definition_list(facts), *(more or [])]
            ),
        ],
        className="evidence",
    )


def definition_list(facts: list[tuple[str, Content]]) -> html.Dl:
    """Pair names with what they name."""
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="facts"
    )


def dated(figure: Observation, locale: Locale) -> str:
    """The period of a figure and, where it is not firm, how firm it is: 2025, preliminary."""
    period = locale.period(figure.period)
    return period if figure.status in FIRM else f"{period}, {locale.status(figure.status)}"


_PARAPHRASE = " (paraphrase)"
"""What our tables set behind words that are a report of what was said."""


def quote(said: Target | Claim, locale: Locale) -> html.P:
    """Give what was said in the words in which it was spoken, by whom, when, and where they stand.

    What is known by a report alone is told in the reader's language, without quotation marks, and says so.
    """
    words: list[Content] = [html.Q(said.words, lang=said.language)]
    if said.words.endswith(_PARAPHRASE):
        report = said.text if isinstance(said, Claim) else said.title
        note = locale.text("as reported, not word for word")
        words = [f"{report[locale.language].removesuffix('.')} ({note})."]
    who = f" {said.stated_by[locale.language]} ({locale.period(said.stated_on)}). "
    return html.P([*words, who, source_link(said.source, locale)], className="quote")
