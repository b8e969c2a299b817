"""What a reader takes away from a chart: its figures, its picture, its citation, its address."""

from __future__ import annotations

from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.citation import Citation, key, publishers
from dashboards.components.notes import as_of_day
from dashboards.exhibit import Exhibit
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from warehouse.catalog import FIRM

_FILES = {"csv": "CSV", "xlsx": "XLSX"}
_PICTURES = {"png": "PNG", "svg": "SVG"}
_REFERENCES = {"bib": "BibTeX", "ris": "RIS"}

_TITLED_IN_A_PICTURE = 4
_NAMED_IN_A_PICTURE = 10
_TABLE_PX = 420
_AROUND_PX = 300
"""What an embedded chart needs in height besides its drawing, on a narrow page."""


def cited(request: Request, exhibit: Exhibit) -> Citation:
    """Say how an exhibit of a view is cited."""
    build = request.warehouse.build()
    return Citation(
        key=key(request.place, exhibit.name, build, request.warehouse.asof),
        title=exhibit.title,
        language=request.locale.language,
        sources=exhibit.sources,
        build=build,
        address=f"{request.origin}{request.view()}",
        asof=request.warehouse.asof,
    )


def take(request: Request, exhibit: Exhibit) -> html.Details:
    """Offer an exhibit as files, pictures, links and citations, folded away; `take.js` does the work."""
    locale = request.locale
    citation = cited(request, exhibit)
    parts = [
        _part(locale.text("Figures"), _links(request, exhibit, _FILES)),
        *([_pictures(request, exhibit, citation)] if exhibit.figure else []),
        _part(
            locale.text("Link to this view"),
            _copied(locale.text("Copy the link"), html.Code(citation.address), locale),
        ),
        _part(
            locale.text("Embed in a page of yours"),
            _copied(locale.text("Copy the code"), html.Code(_frame(request, exhibit)), locale),
        ),
        _part(locale.text("Citation"), *_citations(request, exhibit, citation)),
    ]
    return html.Details([html.Summary(locale.text("Take it with you")), *parts], className="take")


def embedded(request: Request, name: str) -> Component:
    """Show one chart of a page on its own, with the way to all of it."""
    exhibit, shown = request.shown[name]
    whole = html.A(
        [html.Strong("Altyn Köpir"), " · ", request.locale.text("Open the whole page")],
        href=request.view(),
        rel="noopener",
    )
    return html.Div(
        [
            # The chart shows its title itself; this one is for those who move by headings.
            html.H1(exhibit.title, className="unseen"),
            *as_of_day(request),
            shown,
            html.P(whole, className="whole"),
        ]
    )


def _part(head: str, *content: Component) -> html.Div:
    return html.Div([html.H3(head), *content])


def _links(request: Request, exhibit: Exhibit, kinds: dict[str, str]) -> html.Ul:
    return html.Ul(
        [
            html.Li(html.A(label, href=request.file(exhibit.name, kind), download=""))
            for kind, label in kinds.items()
        ]
    )


def _pictures(request: Request, exhibit: Exhibit, citation: Citation) -> html.Div:
    """Buttons, and the words that a picture must hold to be understood wherever it ends up."""
    locale = request.locale
    told: dict[str, Any] = {
        "data-title": exhibit.title,
        "data-subtitle": exhibit.subtitle,
        "data-notes": "\n".join(_picture_notes(request, exhibit)),
        "data-address": citation.address,
        "data-file": citation.key,
        "data-done": locale.text("The picture is made"),
        "data-failed": locale.text("The picture could not be made"),
    }
    buttons = [_button(label, {"data-picture": kind}) for kind, label in _PICTURES.items()]
    row = html.Div([*buttons, _said()], className="copying", **told)
    return _part(locale.text("Picture"), row)


def _picture_notes(request: Request, exhibit: Exhibit) -> list[str]:
    locale, asof = request.locale, request.warehouse.asof
    unfirm = [each for each in exhibit.data["status"].dropna().unique() if each not in FIRM]
    statuses = ", ".join(locale.status(each) for each in unfirm)
    whose = _whose(exhibit, locale)
    return [
        *([f"{locale.text('Source:')} {whose}"] if whose else []),
        *([locale.text("Status of some figures: {statuses}", statuses=statuses)] * bool(unfirm)),
        *([locale.text("As known on {day}.", day=locale.period(asof))] if asof else []),
    ]


def _whose(exhibit: Exhibit, locale: Locale) -> str:
    """Name the sources by publisher and title, or many of them by publisher alone."""
    if len(exhibit.sources) > _TITLED_IN_A_PICTURE:
        return publishers(exhibit.sources, locale, _NAMED_IN_A_PICTURE)
    return "; ".join(f"{each.publisher[locale.language]}: {each.title}" for each in exhibit.sources)


def _frame(request: Request, exhibit: Exhibit) -> str:
    address = f"{request.origin}{request.view(embed=exhibit.name)}"
    drawn = exhibit.figure.layout.height if exhibit.figure else _TABLE_PX
    return (
        f'<iframe src="{_quoted(address)}" title="{_quoted(exhibit.title)}" width="100%"'
        f' height="{(drawn or _TABLE_PX) + _AROUND_PX}" loading="lazy" style="border:0"></iframe>'
    )


def _quoted(text: str) -> str:
    """Write a text for an attribute in double quotes."""
    return escape(text, quote=False).replace('"', "&quot;")


def _citations(request: Request, exhibit: Exhibit, citation: Citation) -> list[Component]:
    """The citation in the reader's language, then in the others, and as files."""
    locale = request.locale
    others = [each for each in request.locales.values() if each.language != locale.language]
    return [
        _sentence(citation, locale, locale),
        *(_sentence(citation, each, locale) for each in others),
        _links(request, exhibit, _REFERENCES),
    ]


def _sentence(citation: Citation, told_in: Locale, locale: Locale) -> html.Div:
    words = html.Span(citation.sentence(told_in), lang=told_in.language, className="cited")
    return _copied(locale.text(_COPY_CITATION[told_in.language]), words, locale)


_COPY_CITATION = {
    "kk": message("Copy in Kazakh"),
    "ru": message("Copy in Russian"),
    "tr": message("Copy in Turkish"),
    "en": message("Copy in English"),
}


def _copied(label: str, content: html.Code | html.Span, locale: Locale) -> html.Div:
    """A text beside the button that copies it, and where it is said that this was done."""
    told = {
        "data-copy": "",
        "data-done": locale.text("Copied"),
        "data-failed": locale.text("Copying failed"),
    }
    return html.Div([content, _button(label, told), _said()], className="copying")


def _button(label: str, told: dict[str, Any]) -> html.Button:
    return html.Button(label, type="button", **told)


def _said() -> html.Span:
    return html.Span(className="said quiet", role="status")
