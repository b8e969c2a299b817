"""The shell: the HTML around the pages, and the one route from an address to a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import NamedTuple

from babel.dates import format_date
from dash import Dash, Input, Output, html
from dash.development.base_component import Component
from flask import Response, after_this_request, render_template, request

from dashboards.components.live import Live
from dashboards.components.markup import live, markup
from dashboards.components.notes import as_of_day, not_shown
from dashboards.components.take import embedded
from dashboards.i18n import DEFAULT, NAMES, Locale
from dashboards.page import Memory, Page, Request
from dashboards.pages import NOT_FOUND, PAGES, VIEWS
from dashboards.security import is_embedded
from dashboards.selection import split_view
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse


@dataclass(frozen=True)
class Shell:
    """What the shell is made with: the warehouse, the languages, the addresses of static files."""

    warehouse: Warehouse
    locales: Mapping[Language, Locale]
    assets: Mapping[str, str]
    memory: Memory = field(default_factory=Memory)

    def index(self, config: str) -> str:
        """Render the HTML document of the current request's address, its first view included."""
        query = request.query_string.decode(errors="replace")
        page, asked, content = self._lay_out(request.path, f"?{query}" if query else "")
        if page is NOT_FOUND:
            after_this_request(_not_found)
        locale, build = asked.locale, self.warehouse.build()
        built = datetime.fromisoformat(build.built_at)
        return render_template(
            "index.html",
            language=locale.language,
            languages=LANGUAGES,
            names=NAMES,
            _=locale.text,
            page=page,
            pages=PAGES,
            is_embedded=is_embedded(),
            address=asked.place,
            title=f"{locale.text(page.title)} · Altyn Köpir",
            description=locale.text(
                "The economy between Kazakhstan and the Organization of Turkic States:"
                " every number with its source, every promise beside what happened."
            ),
            query=f"?{query}" if query else "",
            assets=self.assets,
            build=build,
            built_on=format_date(built, "long", locale=locale.language),
            content=markup(content),
            config=config,
        )

    def live(self, path: str | None, query: str | None) -> list[Component]:
        """Lay out what Dash itself draws in the view of an address, in the order of reading."""
        # What a browser sends may be anything; what is no text is no address.
        return list(live(self._lay_out(str(path or "/"), str(query or ""))[2]))

    def _lay_out(self, path: str, query: str) -> tuple[Page, Request, Component]:
        view, _ = split_view(query)
        page, asked, content = self.open(path, query)
        notes = [*as_of_day(asked), *not_shown(asked, grid=view.grid, embed=view.embed)]
        if view.embed in asked.shown:
            notes, content = [], embedded(asked, view.embed)
        return page, asked, html.Main([*notes, content], id=f"page-{page.name}")

    def open(self, path: str, query: str) -> tuple[Page, Request, Component]:
        """Lay out the content of an address; the request then holds what of it can be taken away."""
        view, choices = split_view(query)
        while True:
            build = self.warehouse.build()
            language, page, parameter = self._find(path)
            asked = Request(
                self.warehouse.as_of(view.asof),
                self.locales[language],
                choices,
                parameter,
                place=page.address(parameter),
                origin=request.host_url.rstrip("/"),
                grid=view.grid,
                locales=self.locales,
                memory=self.memory,
            )
            content = page.layout(asked)
            # A build swapped in meanwhile would leave a page that is half of each.
            if self.warehouse.build() == build:
                return page, asked, content

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
    """Give the app its layout and its one callback: from the address to what is alive in its view.

    The view itself is a document, the first as any other.
    """
    app.layout = Live(id="live")
    app.callback(
        Output("live", "children"),
        Input("live", "pathname"),
        Input("live", "search"),
        prevent_initial_call=True,
    )(partial(Shell.live, shell))
