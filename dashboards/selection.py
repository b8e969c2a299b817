"""What a reader has chosen on a page, and its form in the address: `?definition=…&source=…`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import ClassVar, Self
from urllib.parse import parse_qsl, urlencode

from warehouse import periods


def split_asof(query: str) -> tuple[str, str]:
    """Take `asof`, the day whose knowledge is asked for, out of a query string.

    The day is empty when none is given, and also when what is given is none: it then stays in the
    query for the page to complain of.
    """
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True, max_num_fields=None)
    days = [value for name, value in pairs if name == "asof" and _is_day(value)]
    if not days:
        return "", query
    return days[-1], urlencode([(name, value) for name, value in pairs if name != "asof"])


def _is_day(text: str) -> bool:
    return len(text) == 10 and "/" not in text and periods.is_period(text)


@dataclass(frozen=True)
class Selection:
    """Base of the selections: every field is a choice, and its default is its first option."""

    options: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    @classmethod
    def from_query(cls, query: str) -> tuple[Self, tuple[str, ...]]:
        """Read a query string; the second part names what was not understood and left out.

        Anything may stand there: an unknown name or value falls back to the default.
        """
        chosen: dict[str, str] = {}
        unknown = []
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True, max_num_fields=None)
        for name, value in pairs:
            if value in cls.options.get(name, ()):
                chosen[name] = value
            else:
                unknown.append(f"{name}={value}"[:80])
        return cls(**chosen), tuple(unknown)

    def replacing(self, name: str, value: str) -> Self:
        """Choose another value of one field."""
        return replace(self, **{name: value})

    def address(self, path: str) -> str:
        """Write the address of a page with this selection; the path may have a query of its own."""
        query = self.to_query()
        joint = "&" if "?" in path else "?"
        return f"{path}{joint}{query}" if query else path

    def to_query(self) -> str:
        """Write the query string: only what differs from the defaults, in the order of the fields."""
        pairs = [(f.name, getattr(self, f.name)) for f in fields(self)]
        return urlencode([pair for pair in pairs if pair[1] != self.options[pair[0]][0]])


@dataclass(frozen=True)
class TradeSelection(Selection):
    """What the trade page shows: which flow, of which group, by whose figures."""

    measure: str = "turnover"
    definition: str = "members_current"
    source: str = "preferred"

    options: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "measure": ("turnover", "exports", "imports", "balance"),
        "definition": ("members_current", "members_dated", "with_observers"),
        "source": ("preferred", "wits", "kz-bns", "all"),
    }


@dataclass(frozen=True)
class DigitalSelection(Selection):
    """What the digital page compares across the economies."""

    indicator: str = "digital_payments_adults"

    options: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "indicator": (
            "digital_payments_adults",
            "digital_payments_made",
            "digital_payments_received",
            "digital_merchant_payments",
            "account_ownership",
        ),
    }
