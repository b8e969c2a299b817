"""What a page is: a name, a path, a title, and a function from what it needs to a layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from dash.development.base_component import Component

from dashboards.exhibit import Exhibit
from dashboards.i18n import Locale
from warehouse.catalog import Language
from warehouse.engine import Warehouse

T = TypeVar("T")
_KEPT = 12
"""So much is remembered: what three pages make, of today and of a few past days that readers look at."""


class Memory:
    """What takes long to make of a warehouse: made once for a build and a day, not for each page."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[tuple[Any, ...], Any] = {}

    def recall(self, make: Callable[[Warehouse], T], warehouse: Warehouse) -> T:
        """What is made of the build that is served, as of the day of the warehouse."""
        key = (make, warehouse.name, warehouse.build().id, warehouse.asof)
        made: T = self._kept[key] if key in self._kept else make(warehouse)
        others = [(each, kept) for each, kept in self._kept.items() if each != key]
        # A new dict each time: other threads may be reading the old one.
        self._kept = dict([*others, (key, made)][-_KEPT:])
        return made


@dataclass(frozen=True)
class Request:
    """What a page is asked for: by the knowledge of which day, in which language, with which query.

    `place` is what follows the language in the address, as `trade/kaz-kgz`, and `parameter` its end,
    where a page has many; `origin` is the scheme and host that the reader sees.
    """

    warehouse: Warehouse
    locale: Locale
    query: str = ""
    parameter: str = ""
    place: str = ""
    origin: str = ""
    grid: str = ""
    """The chart whose figures the reader sorts and filters; empty for none."""
    memory: Memory = field(default_factory=Memory, compare=False)
    """What the app remembers from one request to the next."""
    shown: dict[str, tuple[Exhibit, Component]] = field(default_factory=dict, compare=False)
    """What the page has shown so far, by name: a file of it holds the very figures that were drawn."""
    locales: Mapping[Language, Locale] = field(default_factory=dict, repr=False, compare=False)
    """The other languages, for what is said in all four, as a citation."""

    def path(self, page: str) -> str:
        """Address another page in the same language and by the knowledge of the same day."""
        return f"/{self.locale.language}/{page}{_query(asof=self.warehouse.asof)}"

    @property
    def here(self) -> str:
        """Address this page without its choices, but with the day and the grid that it stands for."""
        view = _query(asof=self.warehouse.asof, grid=self.grid)
        return f"/{self.locale.language}/{self.place}{view}"

    def view(self, **more: str) -> str:
        """Address this very view, its choices and its day included, and with `more` in the query."""
        return f"/{self.locale.language}/{self.place}{self._choices(more)}"

    def file(self, name: str, kind: str) -> str:
        """Address a file of one of the exhibits of this view, as `turnover.csv`."""
        folder = f"/{self.locale.language}/{self.place}".rstrip("/")
        return f"{folder}/{name}.{kind}{self._choices({})}"

    def _choices(self, more: Mapping[str, str]) -> str:
        choices = parse_qsl(self.query.removeprefix("?"), keep_blank_values=True)
        pairs = [("asof", self.warehouse.asof), *choices, *more.items()]
        written = urlencode([(name, value) for name, value in pairs if value], errors="replace")
        return f"?{written}" if written else ""


def _query(**given: str) -> str:
    written = urlencode({name: value for name, value in given.items() if value})
    return f"?{written}" if written else ""


@dataclass(frozen=True)
class Page:
    """A page as a value; `path` follows the language, `title` is a message to translate.

    A page that knows parameters stands at `path/parameter`, for each that the warehouse has.
    """

    name: str
    path: str
    title: str
    layout: Callable[[Request], Component]
    knows: Callable[[Warehouse, str], bool] | None = None
    """Whether there is a view of a parameter; None for a page that takes none."""

    def address(self, parameter: str) -> str:
        """What follows the language in the address of a view."""
        return f"{self.path}/{parameter}" if parameter else self.path
