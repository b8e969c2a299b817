"""How the figures of the explorer are made, why by which source, and what is known to be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from dash import html

from dashboards.components.explorer.asked import DEFLATED_BY, DEFLATOR, Explored, Series
from dashboards.components.explorer.steps import divisor
from dashboards.components.notes import method
from dashboards.messages import message
from warehouse.catalog import MEASURES
from warehouse.queries import indicators, lineage
from warehouse.queries.explorer import WORLD

_MADE = message(
    "Turnover is exports plus imports, the balance exports minus imports, always of one source and"
    " year; a year in which a source lacks one of the flows is left out, and a sum over several"
    " partners is made only where each of them has a figure. Sources value exports and imports in"
    " different ways, free on board (FOB) or with cost, insurance and freight (CIF); that is not"
    " adjusted for."
)
_FLOWS_MADE = message(
    "Each exporter's figures are of its preferred source in that year, valued as that source values"
    " exports; nothing is adjusted. An economy without figures of its own is left out, and is not"
    " filled in from what its partners report."
)


def is_as_catalogued(view: Explored, made: Series) -> bool:
    """Whether what is shown is the series of the catalogue, whose words then hold: dollars of the time."""
    return view.is_headline and made.unit.removeprefix("million ") == "USD"


def explanation(view: Explored, made: Series) -> html.Section:
    """Explain the figures of a reporter: those of the sources, years and partners that are shown."""
    locale, asked, frame = view.locale, view.selection, made.frame
    indicator = indicators.get(view.request.warehouse, f"trade_{asked.measure}_ots")
    words = locale.text(_MADE)
    if is_as_catalogued(view, made):
        words = indicator.method[locale.language]
    partners = set(view.flows["partner_code"])
    if asked.relative == "share_of_total":
        partners.add(WORLD)
    flows = frame.assign(reporter=asked.reporter)
    subjects = {*MEASURES[asked.measure], "turnover"}
    whole = pd.DataFrame(
        [(year, source) for year in frame["period"].unique() for source in made.used],
        columns=["period", "source_id"],
    )
    errors = [
        *_errors(view, flows, subjects, {asked.reporter, *_pairs(asked.reporter, partners)}),
        *_errors(view, whole, {divisor(view), DEFLATOR}, {asked.reporter, DEFLATED_BY}),
    ]
    return method(words, list(dict.fromkeys(_reasons(view, flows))), errors, locale)


def explanation_of_flows(view: Explored, frame: pd.DataFrame) -> html.Section:
    """Explain the exports among the economies of the group."""
    flows = frame.assign(reporter=frame["exporter"])
    partners = set(frame["importer"])
    scopes = {
        scope for each in flows["reporter"].unique() for scope in (each, *_pairs(each, partners))
    }
    errors = list(_errors(view, flows, {"export", "turnover"}, scopes))
    reasons = list(dict.fromkeys(_reasons(view, flows)))
    return method(view.locale.text(_FLOWS_MADE), reasons, errors, view.locale)


def _pairs(reporter: str, partners: set[str]) -> set[str]:
    return {f"{reporter}-{partner}" for partner in partners}


def _reasons(view: Explored, flows: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Years, source and reason of each choice among sources that figures with `reporter` come of."""
    if view.selection.source not in {"preferred", "all"}:
        return
    locale = view.locale
    for reporter in flows["reporter"].unique():
        spoken = flows[flows["reporter"] == reporter]
        for first, last, source_id, reason in lineage.preferences(view.request.warehouse, reporter):
            own = spoken[spoken["source_id"] == source_id]["period"]
            if own.between(first, last or "9999").any():
                years = locale.years(first, last)
                yield years, view.source_name(source_id), reason[locale.language]


def _errors(
    view: Explored, figures: pd.DataFrame, subjects: set[str], scopes: set[str]
) -> Iterator[str]:
    """The known errors of the sources of some figures, in their years, about what they are of."""
    for source_id, rows in figures.groupby("source_id", sort=False):
        found = lineage.known_issues(view.request.warehouse, str(source_id))
        about = found[found["subject"].isin(subjects) & found["scope"].isin(scopes)]
        for row in about.to_dict("records"):
            first, _, last = row["period"].partition("/")
            if rows["period"].between(first, last or first).any():
                yield row[f"what_{view.locale.language}"]
