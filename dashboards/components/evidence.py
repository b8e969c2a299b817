"""Where a number stands: publisher, page, and the place in it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.i18n import Locale
from warehouse.catalog import Source


def source_link(source: Source) -> html.A:
    """Link to a source by its publisher and title, in the source's own language."""
    return html.A(
        [f"{source.publisher}: ", html.Cite(source.title, lang=source.language)],
        href=source.url,
        target="_blank",
        rel="noopener noreferrer external",
    )


def evidence(
    source: Source, place: str, vintage: str, locale: Locale, more: list[Component] | None = None
) -> html.Div:
    """Link to a figure's source, and fold away the place in it, the edition, and what it is made of."""
    facts = [
        (locale.text("Place in the source"), place),
        (locale.text("Title"), html.Cite(source.title, lang=source.language)),
        (locale.text("Edition"), vintage),
        (locale.text("Licence"), source.licence),
    ]
    link = html.A(
        source.publisher,
        href=source.url,
        target="_blank",
        rel="noopener noreferrer external",
        title=f"{source.title}: {place}",
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


def definition_list(facts: list[tuple[str, object]]) -> html.Dl:
    """Pair names with what they name."""
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="facts"
    )
