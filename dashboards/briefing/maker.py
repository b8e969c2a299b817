"""What the sections of a briefing are made with, and how one is put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboards.briefing.facts import references
from dashboards.briefing.model import Chart, Section, Table
from dashboards.components.claims.held import Judged, judged
from dashboards.components.headlines import Known
from dashboards.components.targets.standing import Standing, standings
from dashboards.i18n import Locale
from dashboards.page import Memory
from warehouse.catalog import Source, Text
from warehouse.engine import Warehouse
from warehouse.queries import indicators, lineage


@dataclass(frozen=True)
class Maker:
    """What the sections of a briefing are made with."""

    warehouse: Warehouse
    locale: Locale
    headlines: Sequence[Known]
    memory: Memory = field(default_factory=Memory)
    """What the app remembers of a build: verdicts take longer than the rest together."""

    @cached_property
    def names(self) -> Mapping[str, Text]:
        """The names of economies, routes and definitions."""
        return indicators.names(self.warehouse)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every source by its id."""
        return lineage.sources(self.warehouse)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How all targets stand on the day of the warehouse."""
        return self.memory.recall(standings, self.warehouse)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """All numbers that were said, each held against the figures."""
        return self.memory.recall(judged, self.warehouse)

    def about(self, *ids: str) -> list[Known]:
        """The headlines of some indicators, as far as they are chosen and known."""
        return [each for each in self.headlines if each.indicator.id in ids]

    def section(
        self,
        name: str,
        title: str,
        said: str,
        table: Table,
        *,
        chart: Chart | None = None,
        remarks: Sequence[str] = (),
    ) -> Section:
        """Put a section together; its sources are those of its numbers."""
        made = Section(name, title, said, table, chart, tuple(remarks), ())
        ids = dict.fromkeys(cell.source_id for cell in made.cells if cell.source_id)
        found = references([self.sources[each] for each in ids], self.locale)
        return replace(made, sources=found)
