"""The two components that Dash draws in the browser, with `assets/live.js`: where we are, and the view.

Dash's renderer tells every component of a page about every other that it draws, so the time for a page
grows with the square of their number; a table has one for each cell. A view is therefore one component
with its content as HTML, the very text that stands in a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component

from dashboards.components.markup import live, markup


class _Ours(Component):
    """A component of `live.js`, which calls it by the names of the class and of the namespace."""

    _namespace = "altyn_kopir"
    available_properties: Sequence[str]

    def __init__(self, **props: Any) -> None:
        """Take the properties that a kind of component has."""
        self._prop_names = [*self.available_properties]
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties: list[str] = []
        super().__init__(**props)  # type: ignore[no-untyped-call]


class Content(_Ours):
    """Tells the address once the reader has gone on from the first view; its child is the answer."""

    _type = "Content"
    available_properties = ("id", "pathname", "search", "children")


class View(_Ours):
    """A page, or one chart of it: `html`, and the components that are drawn into places of it."""

    _type = "View"
    available_properties = ("html", "children")


def view(content: Component) -> View:
    """Make the answer of a layout."""
    return View(html=markup(content), children=list(live(content)))
