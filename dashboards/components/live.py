"""The component that Dash draws in the browser, with `assets/live.js`: what is alive in a view.

Dash's renderer tells every component of a page about every other that it draws, so the time for a page
grows with the square of their number; a table has one for each cell. A view is therefore HTML, and Dash
has no more of it than its grids.
"""

from __future__ import annotations

from dashboards.components import Bare


class Live(Bare):
    """The live parts of the view at an address, its `pathname` and `search`, as children."""

    _namespace = "altyn_kopir"
    """Where `live.js` keeps it, under the name of its class."""
    _type = "Live"
