"""The records that pages and queries speak of: frozen, free of SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, Self

Language = Literal["kk", "ru", "tr", "en"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "tr", "en")

Direction = Literal["up", "down"]


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
    decimals: int
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
    publisher: str
    url: str
    published: str | None
    language: str
    licence: str
    kind: str


@dataclass(frozen=True)
class Observation:
    """One figure with its evidence; a range has `low` and `high` and no `value`."""

    indicator_id: str
    scope: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    status: str
    source: Source
    vintage: str
    place: str

    @property
    def best(self) -> float:
        """The end of the range nearest to nothing claimed: its value, else the bound that exists.

        For arithmetic that needs one number from a one-sided range ("up to 45"); two-sided ranges
        keep both ends, see `bounds`.
        """
        return next(x for x in (self.value, self.high, self.low) if x is not None)

    @property
    def bounds(self) -> tuple[float, float]:
        """Low and high; a single number is a range of no width."""
        low = self.low if self.low is not None else self.best
        high = self.high if self.high is not None else self.best
        return (low, high) if self.value is None else (self.value, self.value)


@dataclass(frozen=True)
class Target:
    """What was promised or hoped for an indicator; `due` is None where no date was given."""

    id: str
    indicator_id: str
    scope: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    due: str | None
    kind: str
    stated_by: str
    stated_on: str
    language: str
    words: str
    source: Source
    place: str
    title: Text


@dataclass(frozen=True)
class Build:
    """Which build is being served: its id, when it was made, by which code."""

    id: str
    built_at: str
    code_version: str
