"""What a page is: a name, a path, a title, and a function from what it needs to a layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash.development.base_component import Component

from dashboards.i18n import Locale
from warehouse.engine import Warehouse


@dataclass(frozen=True)
class Request:
    """What a page is asked for: by the knowledge of which day, in which language, with which query.

    `parameter` is the end of an address that a page has many of, as `kaz-kgz`; empty otherwise.
    """

    warehouse: Warehouse
    locale: Locale
    query: str
    parameter: str = ""

    def path(self, page: str) -> str:
        """Address another page in the same language and by the knowledge of the same day."""
        asof = f"?asof={self.warehouse.asof}" if self.warehouse.asof else ""
        return f"/{self.locale.language}/{page}{asof}"


@dataclass(frozen=True)
class Page:
    """A page as a value; `path` follows the language, `title` is a message to translate.

    A page that knows parameters stands at `path/parameter`, for each that the warehouse has.
    """

    name: str
    path: str
    title: str
    layout: Callable[[Request], Component]
    draws: bool = True
    """Whether the page needs plotly.js, so that the shell can ask for it early."""
    knows: Callable[[Warehouse, str], bool] | None = None
    """Whether there is a view of a parameter; None for a page that takes none."""

    def address(self, parameter: str) -> str:
        """What follows the language in the address of a view."""
        return f"{self.path}/{parameter}" if parameter else self.path
