"""What a reader has chosen on a page, one selection for each page that offers a choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dashboards.selection.reading import LONGEST, Options, Selection, View, cleaned, split_view

__all__ = ["LONGEST", "Options", "Selection", "View", "cleaned", "split_view"]


@dataclass(frozen=True)
class TradeSelection(Selection):
    """What the trade explorer shows: whose trade, with whom, which flow, how measured and drawn.

    Without a partner it is the group by `definition`. The years, and the `base` of an index, are those
    of the page where they are empty; reporter, partners, sources and years are known from the warehouse.
    """

    reporter: str = "KAZ"
    partner: tuple[str, ...] = ()
    measure: str = "turnover"
    definition: str = "members_current"
    relative: str = "amount"
    source: str = "preferred"
    first: str = ""
    last: str = ""
    scale: str = "linear"
    base: str = ""
    prices: str = "current"
    view: str = "line"

    options: ClassVar[Options] = {
        "measure": ("turnover", "exports", "imports", "balance"),
        "definition": ("members_current", "members_dated", "with_observers"),
        "relative": ("amount", "share_of_total", "per_capita", "share_of_gdp"),
        "scale": ("linear", "log", "indexed", "share"),
        "prices": ("current", "constant"),
        "view": ("line", "area", "bars", "table", "map", "flow", "multiples"),
    }


@dataclass(frozen=True)
class DigitalSelection(Selection):
    """What the digital page compares across the economies."""

    indicator: str = "digital_payments_adults"

    options: ClassVar[Options] = {
        "indicator": (
            "digital_payments_adults",
            "digital_payments_made",
            "digital_payments_received",
            "digital_merchant_payments",
            "account_ownership",
        ),
    }


@dataclass(frozen=True)
class EconomySelection(Selection):
    """What the profile of an economy shows: of which year, which flow, by whose reports, with whom.

    The page knows the years, and by whose reports there are figures; both it chooses itself if not told.
    """

    year: str = ""
    flow: str = "export"
    reports: str = ""
    partners: str = "members"
    indicator: str = "digital_payments_adults"

    options: ClassVar[Options] = {
        "flow": ("export", "import"),
        "partners": ("members", "with_observers"),
        "indicator": DigitalSelection.options["indicator"],
    }


@dataclass(frozen=True)
class PairSelection(Selection):
    """Which products the page of a pair shows: along which direction, reported by whom, of which years.

    All of it is known from the warehouse; the page chooses what is not told.
    """

    direction: str = ""
    reporter: str = ""
    year: str = ""
    base: str = ""


@dataclass(frozen=True)
class CorridorSelection(Selection):
    """What the corridor page draws: routes and modes on its map, a way to set days along, a section.

    Without routes or modes all are drawn; without ends the way is the whole route; without a section
    the one that most shipments were measured on is shown. What is known of each the warehouse says.
    """

    route: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    along: str = ""
    start: str = ""
    end: str = ""
    measured: str = ""


@dataclass(frozen=True)
class DataSelection(Selection):
    """Which part of the data page is open; in the catalogue, what is searched and of which topic.

    Long tables are shown a page at a time; how many pages there are the warehouse says.
    """

    part: str = "catalogue"
    q: str = ""
    topic: str = "all"
    page: str = "1"

    options: ClassVar[Options] = {
        "part": ("catalogue", "coverage", "revisions", "rejections", "build"),
        "topic": ("all", "trade", "transit", "digital", "context", "operator", "sources"),
        "page": ("1",),
    }
    written: ClassVar[frozenset[str]] = frozenset({"q"})


@dataclass(frozen=True)
class ClaimsSelection(Selection):
    """Which claims the register lists: of a topic, with a verdict, by a speaker whom the page knows."""

    topic: str = "all"
    verdict: str = "all"
    speaker: str = ""

    options: ClassVar[Options] = {
        "topic": ("all", "trade", "transit", "digital"),
        "verdict": ("all", "agrees", "close", "differs", "not_comparable"),
    }


@dataclass(frozen=True)
class BriefingSelection(Selection):
    """Which headlines a briefing is about; without any it is about all that the warehouse has."""

    indicator: tuple[str, ...] = ()


@dataclass(frozen=True)
class TargetsSelection(Selection):
    """Which targets the page lists: of a topic, of a kind, and whether their date has passed."""

    topic: str = "all"
    kind: str = "all"
    state: str = "all"

    options: ClassVar[Options] = {
        "topic": ("all", "trade", "transit", "digital"),
        "kind": ("all", "target", "plan", "hope", "estimate", "projection"),
        "state": ("all", "passed", "open", "undated"),
    }


@dataclass(frozen=True)
class TargetSelection(Selection):
    """What a target is judged by where it says nothing itself, and what is tried out on it.

    `due` is a year that is assumed, `growth` percent a year; without `base` and `latest`, periods that
    the warehouse knows, the page takes its own.
    """

    due: str = ""
    base: str = ""
    latest: str = ""
    growth: str = ""

    options: ClassVar[Options] = {
        "due": tuple(str(year) for year in range(2027, 2041)),
        "growth": tuple(str(percent) for percent in range(-25, 26)),
    }
