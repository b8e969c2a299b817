"""A briefing as a value: every number with its evidence, every sentence ready to be read.

The writers take nothing else, so that a page, a file of HTML, slides and a workbook cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from warehouse.catalog import FIRM, Amount, Language

PLANNED = "target:"
"""How the ids of what was promised begin."""


@dataclass(frozen=True)
class Cell(Amount):
    """A number, or a range of which one end may be open, in its kept `unit`, and how it is read.

    `id` is the same in all languages; `text` is the number with its unit, and `when` its period and
    how firm it is, both as the reader's language writes them.
    """

    id: str
    label: str
    text: str
    unit: str
    period: str = ""
    when: str = ""
    status: str = ""
    source_id: str = ""
    vintage: str = ""
    place: str = ""

    @property
    def is_firm(self) -> bool:
        """Whether the number needs no warning; a plan and what is preliminary do."""
        return self.status in FIRM and not self.id.startswith(PLANNED)

    @property
    def said(self) -> str:
        """The number and its period: 13.01 (2025, preliminary)."""
        if "(" in self.when:
            return f"{self.text}, {self.when}"
        return f"{self.text} ({self.when})" if self.when else self.text


@dataclass(frozen=True)
class Verdict:
    """What became of a promise or of a number that was said; `key` is the same in all languages."""

    id: str
    key: str
    text: str

    @property
    def said(self) -> str:
        """The words of the verdict."""
        return self.text


Entry = Cell | Verdict | str


@dataclass(frozen=True)
class Table:
    """Rows of entries under heads; the first entry of a row names it. `widths` are shares of one."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Series:
    """One number for each category of a chart, None where there is none, each with its evidence.

    `values` are in the unit that is shown; a level, as a target, has no cells.
    """

    name: str
    values: tuple[float | None, ...]
    cells: tuple[Cell | None, ...]
    role: Literal["figure", "earlier", "target", "low", "high"] = "figure"


@dataclass(frozen=True)
class Chart:
    """Series over the same categories.

    A line runs over years, with the target as a level; columns stand side by side; ranges lie in rows,
    as two series of the lower and the upper ends. `number_format` is that of a spreadsheet.
    """

    kind: Literal["line", "columns", "ranges"]
    title: str
    unit: str
    summary: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str
    decimals: int
    note: str = ""
    """What is to be said of some figures, as that they are preliminary."""

    @property
    def caption(self) -> str:
        """What is drawn, in which unit, and what of it is not final."""
        return joined((f"{self.title} ({self.unit})", self.note), "; ")

    @property
    def cells(self) -> Iterator[Cell]:
        """Every figure that is drawn, once."""
        found = [cell for series in self.series for cell in series.cells if cell]
        yield from {cell.id: cell for cell in found}.values()


@dataclass(frozen=True)
class Reference:
    """Where figures were published, in words and as an address; the title is in its own language."""

    id: str
    publisher: str
    title: str
    url: str
    language: str

    @property
    def text(self) -> str:
        """Publisher and title."""
        return f"{self.publisher}: {self.title}"


@dataclass(frozen=True)
class Section:
    """One message with its evidence: a sheet of paper, a slide, a part of a file."""

    id: str
    title: str
    message: str
    table: Table
    chart: Chart | None
    remarks: tuple[str, ...]
    sources: tuple[Reference, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every number of the section, once, in the order of reading."""
        drawn = self.chart.cells if self.chart else ()
        told = (entry for row in self.table.rows for entry in row if isinstance(entry, Cell))
        return tuple({cell.id: cell for cell in (*told, *drawn)}.values())

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Every verdict of the section."""
        entries = (entry for row in self.table.rows for entry in row)
        return tuple(entry for entry in entries if isinstance(entry, Verdict))


@dataclass(frozen=True)
class Words:
    """What the writers must say besides, in the language of the briefing."""

    source: str
    sources: str
    figures: str
    notes: str
    summary: str
    page: str
    link: str
    columns: tuple[str, ...]
    """Heads of the figures: section, figure, value, low, high, unit, period, status, read as, source."""


@dataclass(frozen=True)
class Briefing:
    """Everything that a briefing says, in one language, of one build, as known on one day."""

    title: str
    subtitle: str
    language: Language
    separators: str
    date: str
    built_at: datetime
    build_id: str
    asof: str
    address: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    words: Words

    @property
    def sources(self) -> tuple[Reference, ...]:
        """Every source, once."""
        found = (source for section in self.sections for source in section.sources)
        return tuple({source.id: source for source in found}.values())

    def page(self, number: int, of: int) -> str:
        """Say which of how many pages one is."""
        return self.words.page.format(number=number, of=of)


def joined(parts: Sequence[str], sign: str = " · ") -> str:
    """Join what there is to say."""
    return sign.join(part for part in parts if part)
