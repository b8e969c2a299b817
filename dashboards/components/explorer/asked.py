"""The trade explorer: what a reader asks of it, what is held of that, and what its parts are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

import pandas as pd

from dashboards import measures
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from dashboards.selection import Options, TradeSelection
from warehouse.catalog import MEASURES as MEASURES_BY_FLOW
from warehouse.catalog import Source, Text
from warehouse.queries import explorer, indicators, lineage, two_sided
from warehouse.queries.evidence import REPORTER
from warehouse.queries.explorer import Held

DEFLATOR, DEFLATED_BY = "gdp_deflator_inflation", "USA"
"""The indicator, and the economy, by whose prices current US dollars are made constant."""

MEASURES = {
    "turnover": message("Turnover"),
    "exports": message("Exports"),
    "imports": message("Imports"),
    "balance": message("Balance"),
}
_OF_REPORTER = {
    "turnover": message("{economy}: turnover"),
    "exports": message("{economy}: exports"),
    "imports": message("{economy}: imports"),
    "balance": message("{economy}: trade balance"),
}
_SOURCES = {
    "preferred": message("Preferred source of each year"),
    "wits": message("UN Comtrade through WITS"),
    "kz-bns": message("Bureau of National Statistics"),
    "all": message("Every source"),
}
_MEMBERS = message("Member states, constant membership")
"""The warehouse's own name of it counts Kazakhstan's partners."""
_FEW_NAMED = 3


@dataclass(frozen=True)
class Explored:
    """One view of the explorer: what is asked, what is held of the reporter, and how to speak of it."""

    request: Request
    selection: TradeSelection
    reporters: Sequence[str]
    known: Options
    held: Held
    has_deflator: bool
    names: Mapping[str, Text]
    sources: Mapping[str, Source]

    @property
    def locale(self) -> Locale:
        """The reader's language."""
        return self.request.locale

    @property
    def is_group(self) -> bool:
        """Whether it is about the group, for no partner is chosen."""
        return not self.selection.partner

    @property
    def is_headline(self) -> bool:
        """Whether it is about the series that the catalogue names: Kazakhstan and the group."""
        return self.is_group and self.selection.reporter == REPORTER

    @property
    def title(self) -> str:
        """Name the reporter and the measure: "Kyrgyzstan: exports"."""
        return self.locale.text(
            _OF_REPORTER[self.selection.measure], economy=self.name(self.selection.reporter)
        )

    @property
    def whom(self) -> str:
        """Name the partners, few of them one by one, or the definition of the group."""
        partners = self.selection.partner
        if not partners:
            return self.definition(self.selection.definition)
        if len(partners) <= _FEW_NAMED:
            return ", ".join(map(self.name, partners))
        return self.locale.plural(
            "{number} partner", "{number} partners", len(partners), number=len(partners)
        )

    @cached_property
    def counted(self) -> pd.DataFrame:
        """Whom the definition counts in each year: `period, partner_code`."""
        asked = self.selection
        return explorer.counted(self.request.warehouse, asked.reporter, asked.definition)

    @cached_property
    def flows(self) -> pd.DataFrame:
        """The flows with the partners, or with all that the group ever counted, by every source."""
        partners = self.selection.partner or tuple(self.counted["partner_code"].unique())
        return explorer.flows(self.request.warehouse, self.selection.reporter, partners)

    @cached_property
    def parts(self) -> pd.DataFrame:
        """The measure by partner, year and source, of the sources asked for; see `measures.measured`."""
        flows = self.flows
        match self.selection.source:
            case "preferred":
                flows = flows[flows["is_preferred"]]
            case "all":
                pass
            case source:
                flows = flows[flows["source_id"] == source]
        return measures.measured(flows, MEASURES_BY_FLOW[self.selection.measure])

    def definition(self, scope: str) -> str:
        """Name a definition of the group."""
        if scope == "members_current" and self.selection.reporter != REPORTER:
            return self.locale.text(_MEMBERS)
        return self.locale.name(self.names, scope)

    def name(self, code: str) -> str:
        """Name an economy."""
        return self.locale.name(self.names, code)

    def source_name(self, source_id: str) -> str:
        """Name a source, or the choice among sources, in few words."""
        if source_id in _SOURCES:
            return self.locale.text(_SOURCES[source_id])
        return self.sources[source_id].publisher[self.locale.language]

    def quoted(self, source_id: str) -> str:
        """Name a source within a sentence, in the quotation marks of the language."""
        return self.locale.text("“{title}”", title=self.source_name(source_id))

    def whose(self, source_ids: Iterable[str]) -> list[Source]:
        """The sources of some figures, each once, in their order."""
        return [self.sources[each] for each in dict.fromkeys(source_ids)]


@dataclass(frozen=True)
class Series:
    """Figures on their way to a chart: `frame` has `series, code, period, value` and the evidence.

    `unit` is the kept one; `view` and `scale` are what can be drawn of what was asked, and `notes`
    say in words why the rest cannot, and what was left out. `used` are sources besides the rows' own.
    """

    frame: pd.DataFrame
    unit: str
    view: str
    scale: str
    base: str = ""
    notes: tuple[str, ...] = ()
    used: tuple[str, ...] = ()

    def noting(self, *notes: str) -> Series:
        """The same with more to say."""
        return replace(self, notes=(*self.notes, *notes))


def explored(request: Request) -> tuple[Explored, tuple[str, ...]]:
    """Read what is asked; the second part names what of the address was not understood.

    What may be asked is what is held today, whatever the day asked for: a shared address keeps its
    meaning, and a day on which nothing of it was known says so.
    """
    today = request.warehouse.as_of("")
    reporters = explorer.reporters(today)
    asked, _ = TradeSelection.from_query(request.query, {"reporter": reporters})
    held = explorer.held(today, asked.reporter)
    of_group = [code for code in two_sided.economies(today) if code in held.partners]
    known = {
        "reporter": reporters,
        "partner": (*of_group, *(code for code in held.partners if code not in of_group)),
        "source": ("preferred", *held.sources, "all"),
        **dict.fromkeys(("first", "last", "base"), held.years),
    }
    selection, unknown = TradeSelection.from_query(request.query, known)
    deflator = indicators.series(request.warehouse, DEFLATOR, [DEFLATED_BY])
    view = Explored(
        request,
        selection,
        reporters,
        known,
        held,
        not deflator.empty,
        indicators.names(today),
        lineage.sources(today),
    )
    return view, unknown


def spans(years: Iterable[str], locale: Locale) -> str:
    """Write years as spans: "1995–1999, 2004"."""
    ordered = sorted({int(year) for year in years})
    runs = groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    ends = [[year for _, year in run] for _, run in runs]
    return ", ".join(
        locale.period(f"{run[0]}/{run[-1]}" if len(run) > 1 else str(run[0])) for run in ends
    )
