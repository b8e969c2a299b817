"""The two components that Dash draws in the browser, with `assets/live.js`: where we are, and the view.

Dash's renderer tells every component of a page about every other that it draws, so the time for a page
grows with the square of their number; a table has one for each cell. A view is therefore one component
with its content as HTML, the very text that stands in a document.
"""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components import Bare
from dashboards.components.markup import live, markup

_OURS = "altyn_kopir"
"""Where `live.js` keeps its components, under the names of their classes."""


class Content(Bare):
    """Tells the address once the reader has gone on from the first view; its child is the answer."""

    _namespace = _OURS
    _type = "Content"


class View(Bare):
    """A page, or one chart of it: `html`, and as children what is drawn into places of it."""

    _namespace = _OURS
    _type = "View"


def view_of(content: Component) -> View:
    """Make the answer of a layout."""
    return View(html=markup(content), children=list(live(content)))
