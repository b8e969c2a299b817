"""How choices are read from an address and written into one: `?definition=…&source=…`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, fields, replace
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlencode

from warehouse import periods


@dataclass(frozen=True)
class View:
    """What any address may ask for besides the choices of its page.

    `asof` is the day whose knowledge is asked for, `grid` the chart whose figures are sorted and
    filtered, `embed` the one chart to show; each is empty when not asked for.
    """

    asof: str = ""
    grid: str = ""
    embed: str = ""


def split_view(query: str) -> tuple[View, str]:
    """Take what any page understands out of a query string; the rest is the page's own.

    A day that is none stays in the rest, for the page to complain of.
    """
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True, max_num_fields=None)
    taken = {name: value for name, value in pairs if _is_common(name, value)}
    rest = [pair for pair in pairs if not _is_common(*pair)]
    return View(**taken), urlencode(rest, errors="replace") if taken else query


def _is_common(name: str, value: str) -> bool:
    return name in ("grid", "embed") or (name == "asof" and _is_day(value))


def _is_day(text: str) -> bool:
    return len(text) == 10 and "/" not in text and periods.is_period(text)


Options = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Selection:
    """Base of the selections: a field is one choice, or a tuple of many; its default is not written.

    `options` are what may be chosen whatever the warehouse holds; a page passes those that it knows
    from the warehouse as `known`. A default that is empty leaves the choice to the page. What stands in
    `written` is no choice but what the reader wrote: any text, see `cleaned`.
    """

    options: ClassVar[Options] = {}
    written: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def from_query(cls, query: str, known: Options | None = None) -> tuple[Self, tuple[str, ...]]:
        """Read a query string; the second part names what was not understood and left out.

        Anything may stand there: an unknown name or value falls back to the default. Many choices
        of one field stand in the order of its options, whatever their order in the address.
        """
        options = {**cls.options, **(known or {})}
        many = {each.name for each in fields(cls) if isinstance(each.default, tuple)}
        chosen: dict[str, Any] = {}
        unknown = []
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True, max_num_fields=None)
        for name, value in pairs:
            if name in cls.written:
                chosen[name] = cleaned(value)
            elif value not in options.get(name, ()):
                unknown.append(f"{name}={value}"[:80])
            elif name in many:
                chosen.setdefault(name, set()).add(value)
            else:
                chosen[name] = value
        for name in many & chosen.keys():
            chosen[name] = tuple(each for each in options[name] if each in chosen[name])
        return cls(**chosen), tuple(unknown)

    def replacing(self, **values: str | tuple[str, ...]) -> Self:
        """Choose other values of some fields."""
        return replace(self, **values)

    def toggling(self, name: str, value: str) -> Self:
        """Add one of many choices, or take it away where it is chosen already."""
        chosen: tuple[str, ...] = getattr(self, name)
        without = tuple(each for each in chosen if each != value)
        return self.replacing(**{name: without if value in chosen else (*chosen, value)})

    def address(self, path: str) -> str:
        """Write the address of a page with this selection; the path may have a query of its own."""
        query = self.to_query()
        joint = "&" if "?" in path else "?"
        return f"{path}{joint}{query}" if query else path

    def to_query(self) -> str:
        """Write the query string: only what differs from the defaults, in the order of the fields."""
        given = [(f.name, getattr(self, f.name)) for f in fields(self) if self._differs(f)]
        return urlencode(given, doseq=True)

    def _differs(self, field: Field[Any]) -> bool:
        return bool(getattr(self, field.name) != field.default)


LONGEST = 200
"""Characters of a text that a reader wrote; what follows is left out."""


def cleaned(text: str) -> str:
    """Keep of a written text what can be read: one space between words, no control characters."""
    readable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(" ".join(readable.split())[:LONGEST].split())
