"""The shell: the HTML around the pages, and the one route from an address to a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from babel.dates import format_date
from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import Response, after_this_request, render_template, request

from dashboards.components.notes import as_of_day
from dashboards.i18n import DEFAULT, NAMES, Locale
from dashboards.page import Page, Request
from dashboards.pages import NOT_FOUND, PAGES, VIEWS
from dashboards.selection import split_asof
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse


@dataclass(frozen=True)
class Shell:
    """What the shell is made with: the warehouse, the languages, the addresses of static files."""

    warehouse: Warehouse
    locales: Mapping[Language, Locale]
    scripts: Sequence[str]
    assets: Mapping[str, str]

    def index(self, config: str) -> str:
        """Render the HTML document for the current request's address."""
        language, page, parameter = self._find(request.path)
        if page is NOT_FOUND:
            after_this_request(_not_found)
        locale = self.locales[language]
        build = self.warehouse.build()
        built = datetime.fromisoformat(build.built_at)
        return render_template(
            "index.html",
            language=language,
            languages=LANGUAGES,
            names=NAMES,
            _=locale.text,
            page=page,
            pages=PAGES,
            address=page.address(parameter),
            title=f"{locale.text(page.title)} · Altyn Köpir",
            description=locale.text(
                "The economy between Kazakhstan and the Organization of Turkic States:"
                " every number with its source, every promise beside what happened."
            ),
            query=f"?{request.query_string.decode(errors='replace')}"
            if request.query_string
            else "",
            asset=self.assets.__getitem__,
            scripts=self.scripts,
            plotly=self.assets.get("plotly.js"),
            build=build,
            built_on=format_date(built, "long", locale=language),
            config=config,
        )

    def page(self, path: str | None, query: str | None) -> Component:
        """Lay out the page at an address, in the language of the address."""
        # What a browser sends may be anything; what is no text is no address.
        language, page, parameter = self._find(str(path or "/"))
        asof, choices = split_asof(str(query or ""))
        asked = Request(self.warehouse.as_of(asof), self.locales[language], choices, parameter)
        while True:
            build = self.warehouse.build()
            content = html.Main(
                [*as_of_day(asked, page), page.layout(asked)], id=f"page-{page.name}"
            )
            # A build swapped in meanwhile would leave a page that is half of each.
            if self.warehouse.build() == build:
                return content

    def _find(self, path: str) -> Place:
        found = place(path)
        if found.page.knows and not found.page.knows(self.warehouse, found.parameter):
            return Place(found.language, NOT_FOUND)
        return found


class Place(NamedTuple):
    """Where an address leads: to a page in a language, and to which of its views, as `kaz-kgz`."""

    language: Language
    page: Page
    parameter: str = ""


def place(path: str) -> Place:
    """Read an address; one of no known language is Kazakh, and not found.

    Whether a view's parameter means anything is for the page to say, who asks the warehouse.
    """
    first, _, rest = path.strip("/").partition("/")
    language = next((each for each in LANGUAGES if each == first), None)
    if language is None:
        return Place(DEFAULT, NOT_FOUND)
    for page in PAGES:
        if page.path == rest:
            return Place(language, page)
    folder, _, parameter = rest.rpartition("/")
    for page in VIEWS:
        if page.path == folder and parameter:
            return Place(language, page, parameter)
    return Place(language, NOT_FOUND)


def _not_found(response: Response) -> Response:
    response.status_code = 404
    return response


def connect(app: Dash, shell: Shell) -> None:
    """Give the app its layout and its one callback: from the address to the page."""
    app.layout = html.Div(
        [dcc.Location(id="url", refresh=False), html.Div(id="content", tabIndex="-1")]
    )
    app.callback(Output("content", "children"), Input("url", "pathname"), Input("url", "search"))(
        partial(Shell.page, shell)
    )
