"""What was measured of pages, as medians, ratios and budgets."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

from benchmarks import contenders
from benchmarks.contenders import CORRIDOR, PLAIN_DASH, STATIC, SUMMARY, TRADE
from benchmarks.tables import Budget, Cell, Table, budget_table, middle
from benchmarks.visiting import PATIENCE_S, Visit

_PAGES = (
    *contenders.OURS,
    *(contenders.STATIC_SVG, STATIC, PLAIN_DASH, contenders.PLAIN_DASH_COMPRESSED),
    *(contenders.VIZRO, contenders.VIZRO_COMPRESSED, contenders.STREAMLIT),
)

_WHEN = (
    "Time runs from the start of the navigation until one frame after every card stands, every picture"
    " is loaded and plotly.js has painted a trace of every chart. Summary: six cards with their drawings;"
    " trade: three charts; corridor: ten charts and a map; all others: the six cards, the three charts of"
    " trade and one of cargo."
)
_HOW = (
    "Throttled: 1.6 Mbit/s down, 0.75 Mbit/s up, 150 ms, processor at a quarter of its pace. Every visit is"
    " by a context of Chromium without cache. kB: thousands of bytes over the wire until nothing more"
    " arrives for 1.5 s, headers and what is fetched beforehand included. Visits: throttled + not."
)
_WHOSE = (
    "Dash and Vizro stand behind the same gunicorn as we do. Streamlit has its own server, whose frames"
    " over a web socket Chromium does not throttle. Compressed: with Flask-Compress, which Dash leaves out"
    " unless asked."
)


@dataclass
class Measures:
    """Visits by page or step and whether throttled; milliseconds to what was chosen by page."""

    opened: dict[tuple[str, bool], list[Visit]] = field(default_factory=lambda: defaultdict(list))
    stepped: dict[tuple[str, bool], list[Visit]] = field(default_factory=lambda: defaultdict(list))
    choices: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    first_choices: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def seconds(self, name: str, *, throttled: bool) -> float:
        """The median time to all of a page, with an empty cache."""
        return middle([each.drawn_ms for each in self.opened[name, throttled]]) / 1000

    def kilobytes(self, name: str) -> float:
        """The median weight of a page, with an empty cache."""
        return middle([each.kilobytes for each in self.opened[name, False]])

    def interaction_ms(self, name: str) -> float:
        """The median time from a click to the charts drawn anew."""
        return middle(self.choices[name])


def tables(found: Measures) -> list[Table]:
    """Time and weight, steps, interactions, and how they stand to the budgets."""
    return [budget_table(_budgets(found)), _cold(found), _steps(found), _interactions(found)]


def _cold(found: Measures) -> Table:
    def row(name: str) -> list[Cell]:
        slow, fast = (found.seconds(name, throttled=each) for each in (True, False))
        visits = found.opened[name, False]
        return [
            name,
            *(
                _or_never(slow / found.seconds(other.name, throttled=True))
                for other in (PLAIN_DASH, STATIC)
            ),
            _or_never(slow),
            _or_never(fast),
            found.kilobytes(name),
            middle([each.requests for each in visits]),
            f"{len(found.opened[name, True])} + {len(visits)}",
        ]

    columns = ("page", "throttled ÷ plain Dash", "throttled ÷ static page", "throttled, s")
    rest = ("not throttled, s", "kB", "requests", "visits")
    rows = [row(page.name) for page in _PAGES]
    return Table(
        "Opening a page with an empty cache", (*columns, *rest), rows, [_WHEN, _HOW, _WHOSE]
    )


def _or_never(value: float) -> Cell:
    return f"not in {PATIENCE_S} s" if math.isinf(value) else value


def _steps(found: Measures) -> Table:
    def row(name: str) -> list[Cell]:
        slow, fast = found.stepped[name, True], found.stepped[name, False]
        return [
            name,
            middle([each.drawn_ms for each in slow]) / 1000,
            middle([each.drawn_ms for each in fast]) / 1000,
            middle([each.kilobytes for each in fast]),
            middle([each.requests for each in fast]),
        ]

    columns = (
        "from a page of ours to another",
        "throttled, s",
        "not throttled, s",
        "kB",
        "requests",
    )
    note = "From the click to every chart drawn; the pointer rests on the link for 0.2 s before."
    return Table("The next page", columns, [row(step.name) for step in contenders.STEPS], [note])


def _interactions(found: Measures) -> Table:
    def row(name: str) -> list[Cell]:
        taken = found.choices[name]
        return [
            name,
            found.interaction_ms(name) / found.interaction_ms(PLAIN_DASH.name),
            found.interaction_ms(name),
            max(taken, default=None),
            middle(found.first_choices[name]),
            len(taken),
        ]

    columns = ("page", "÷ plain Dash", "median, ms", "slowest, ms", "first choice, ms", "choices")
    note = (
        "Exports, imports and turnover chosen in turn, not throttled: from the click until all three charts of trade"
        " are painted anew and a frame has passed. The pointer rests on the option for 0.2 s before. The first choice"
        " after opening stands apart, for a page may load what it needs for choices only then."
    )
    offering = [page.name for page in _PAGES if page.option]
    return Table("Choosing another flow", columns, [row(name) for name in offering], [note])


def _budgets(found: Measures) -> list[Budget]:
    def slow(name: str) -> float:
        return found.seconds(name, throttled=True)

    def stepped(name: str) -> float:
        return middle([each.kilobytes for each in found.stepped[name, False]])

    against = [
        ("plain Dash", PLAIN_DASH.name, 0.2),
        ("a static page with our bundle", STATIC.name, 1.7),
    ]
    return [
        Budget("Summary over the wire, cold", 450, found.kilobytes(SUMMARY.name), "kB"),
        Budget("Summary throttled, to every card and chart", 6, slow(SUMMARY.name), "s"),
        Budget("Trade page over the wire, cold", 750, found.kilobytes(TRADE.name), "kB"),
        *(
            Budget(f"Trade page: {step.name}", 60, stepped(step.name), "kB")
            for step in contenders.STEPS
        ),
        *(
            Budget(
                f"{page.name.capitalize()}, throttled ÷ {name}",
                limit,
                slow(page.name) / slow(other),
            )
            for page in (SUMMARY, TRADE)
            for name, other, limit in against
        ),
        Budget(
            "Interaction ÷ plain Dash's median",
            0.5,
            found.interaction_ms(TRADE.name) / found.interaction_ms(PLAIN_DASH.name),
        ),
        Budget("Corridor page over the wire, cold", 750, found.kilobytes(CORRIDOR.name), "kB"),
    ]
