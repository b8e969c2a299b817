"""The records that pages and queries speak of: frozen, free of SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, Self

Language = Literal["kk", "ru", "tr", "en"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "tr", "en")

Direction = Literal["up", "down"]

MEASURES: Mapping[str, Mapping[str, int]] = {
    "turnover": {"export": 1, "import": 1},
    "exports": {"export": 1},
    "imports": {"import": 1},
    "balance": {"export": 1, "import": -1},
}
"""Measures of trade as signed sums of flows."""

FLOWS = ("export", "import", "re-export", "re-import")
STATUSES = ("final", "preliminary", "estimate", "derived", "stated")
VALUATIONS = ("FOB", "CIF", "not stated")
LEVELS = ("section", "chapter")
"""Of the Harmonized System, as the figures by product go no deeper."""

FIRM = ("final", "stated")
"""Statuses of figures that need no warning."""

FIRMNESS = ("stated", "estimate", "preliminary", "derived", "final")
"""Statuses from the least firm on; what is made of several figures is as firm as the least of them."""

UNNAMED = "titr-unstated"
"""The scope of times whose end points nobody named: two of them may be of different ways."""

Span = tuple[float | None, float | None]
"""Low and high; at most one of them is None, where the source gives one end only."""


def ends(span: Span) -> tuple[float, float]:
    """Fill the open end of a one-sided range with its other end. Raises ValueError if it has none."""
    known = [end for end in span if end is not None]
    if not known:
        raise ValueError("a range without ends")
    return known[0], known[-1]


@dataclass(frozen=True)
class Text:
    """One text in the four languages."""

    kk: str
    ru: str
    tr: str
    en: str

    @classmethod
    def of(cls, row: Mapping[str, object], prefix: str) -> Self:
        """Collect `<prefix>_kk` … `<prefix>_en` from a row."""
        return cls(*(str(row[f"{prefix}_{field.name}"]) for field in fields(cls)))

    def __getitem__(self, language: Language) -> str:
        """The text in that language."""
        return str(getattr(self, language))


@dataclass(frozen=True)
class Indicator:
    """What is measured, in which unit, and which way is good."""

    id: str
    topic: str
    unit: str
    frequency: str
    direction: Direction
    formula: str | None
    title: Text
    short: Text
    definition: Text
    method: Text


@dataclass(frozen=True)
class Source:
    """A publication that figures are read from."""

    id: str
    title: str
    publisher: Text
    url: str
    published: str | None
    language: str
    licence: str
    kind: str


@dataclass(frozen=True)
class Amount:
    """A number, or a range of which one end may be missing ("up to 45 days")."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def span(self) -> Span:
        """Low and high; both are the value of a single number."""
        return (self.low, self.high) if self.value is None else (self.value, self.value)

    @property
    def bounds(self) -> tuple[float, float]:
        """Low and high for arithmetic; a one-sided range counts as its only end."""
        return ends(self.span)


@dataclass(frozen=True)
class Observation(Amount):
    """One figure with its evidence; a range has `low` and `high` and no `value`."""

    indicator_id: str
    scope: str
    period: str
    status: str
    source: Source
    vintage: str
    place: str


@dataclass(frozen=True)
class Target(Amount):
    """What was promised or hoped for an indicator; `due` is None where no date was given."""

    id: str
    indicator_id: str
    scope: str
    unit: str
    due: str | None
    kind: str
    stated_by: Text
    stated_on: str
    language: str
    words: str
    source: Source
    place: str
    restates: str | None
    title: Text


@dataclass(frozen=True)
class Claim(Amount):
    """A number said of an indicator and period: a level, or a ratio to what it was at `base_period`."""

    id: str
    kind: str
    indicator_id: str
    scope: str
    unit: str
    period: str
    base_period: str | None
    stated_by: Text
    stated_on: str
    language: str
    words: str
    source: Source
    place: str
    note: str | None
    text: Text


@dataclass(frozen=True)
class Build:
    """Which build is being served: its id, when it was made, by which code."""

    id: str
    built_at: str
    code_version: str
