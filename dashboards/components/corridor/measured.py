"""What operators' event logs came to, by month: days between ends, on legs, at places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.choice import choice, menu
from dashboards.components.corridor.monthly import Family, Month, View, by_month
from dashboards.components.evidence import source_link
from dashboards.components.table import table
from dashboards.exhibit import Exhibit
from dashboards.figures.timeline import Names, timeline
from dashboards.i18n import Locale
from dashboards.page import Request
from dashboards.selection import CorridorSelection
from warehouse.catalog import Indicator
from warehouse.queries import indicators, lineage, transit
from warehouse.queries.transit import Network

_MOVING = ("moving_days_median", "moving_days_p10_p90")
_WHOLE = Family("measured_days", "shipments", _MOVING)
_CHARTS = {
    "measured": _WHOLE,
    "measured-plan": Family("section_days", "section_shipments", ("measured_share_in_plan",)),
    "dwell": Family("dwell_days", "dwell_shipments"),
    "measured-legs": Family("leg_days", "leg_shipments"),
}
_FEW = 4
"""So many ways are offered side by side, more of them folded away."""


def ways(frame: pd.DataFrame) -> tuple[str, ...]:
    """The pairs of ends that shipments were measured between, as `from>to`, most shipments first."""
    counted = frame[frame["indicator_id"] == _WHOLE.shipments].groupby("scope")["value"].sum()
    return tuple(counted.sort_values(ascending=False, kind="stable").index)


def measured_times(
    request: Request, network: Network, frame: pd.DataFrame, selection: CorridorSelection
) -> list[Component]:
    """Show the chosen way, sections with a plan, stays and legs by month; or how to load a log."""
    locale = request.locale
    heading = html.H2(locale.text("Measured times"), id="measured-times")
    if frame.empty:
        return [heading, *_how_to_add(locale)]
    offered = {each: _name(each, network, locale) for each in ways(frame)}
    offer = choice if len(offered) <= _FEW else menu
    chosen = offer("measured", locale.text("Measured between"), offered, selection, request.here)
    words = locale.text(
        "Computed from operators' event logs, by the month of departure."
        " Measured times are never mixed with stated ones."
    )
    charts = list(_charts(request, network, frame, selection.measured))
    return [
        heading,
        html.P(words, className="lead"),
        html.Div(chosen, className="choices"),
        html.Div(charts, className="charts"),
    ]


def _how_to_add(locale: Locale) -> list[Component]:
    words = locale.text(
        "No operator's event log is loaded. A log with the columns shipment, node, event and time"
        " is added with these two commands; its median days, their range, the share within plan"
        " and the stays then stand here by month."
    )
    commands = "python -m etl add log.csv --as shipments\npython -m etl build"
    return [html.P(words), html.Pre(html.Code(commands), lang="en")]


def _charts(
    request: Request, network: Network, frame: pd.DataFrame, way: str
) -> Iterator[html.Figure]:
    """The charts of which there are figures; of the journeys from end to end only the way chosen."""
    is_wanted = ~frame["indicator_id"].isin(_WHOLE.indicators) | (frame["scope"] == way)
    for name, family in _CHARTS.items():
        part = frame[is_wanted & frame["indicator_id"].isin(family.indicators)]
        if not part.empty:
            yield _chart(request, network, name, part, family)


def _chart(
    request: Request, network: Network, name: str, frame: pd.DataFrame, family: Family
) -> html.Figure:
    """Draw a family of figures, a panel per scope and operator, with a row per month in its table."""
    locale = request.locale
    names = {scope: _name(scope, network, locale) for scope in frame["scope"]}
    of = {each: indicators.get(request.warehouse, each) for each in family.indicators}
    view = View(family, of, names, locale)
    months = by_month(frame, family)
    sources = lineage.sources(request.warehouse)
    # The indicator is titled “…, median”; the chart shows its range too.
    title = of[family.median].title[locale.language].partition(",")[0]
    said = Names({"now": locale.text("10th to 90th percentile")}, "", locale.text("median"))
    exhibit = Exhibit(
        name,
        title=f"{title}: {next(iter(names.values()))}" if len(names) == 1 else title,
        subtitle=locale.text("days, by month"),
        summary="; ".join(map(view.sentence, months)),
        data=view.data(frame),
        sources=[sources[each] for each in dict.fromkeys(frame["source_id"])],
        figure=timeline(list(view.panels(months)), "days", locale, said),
        remarks=list(_remarks(frame, of, family, locale)),
    )
    notes = [html.P(each, className="quiet") for each in exhibit.remarks]
    return chart(request, exhibit, twin=_table(exhibit, months, view), notes=notes)


def _remarks(
    frame: pd.DataFrame, of: Mapping[str, Indicator], family: Family, locale: Locale
) -> Iterator[str]:
    """How the days are made, what the plan is, and which months are not complete."""
    for each in (family.median, *(one for one in family.more if one not in _MOVING)):
        yield of[each].method[locale.language]
    if (frame["status"] == "preliminary").any():
        yield locale.text(
            "Hatched months are preliminary: some of their shipments had not arrived when the log"
            " ended, and the slowest of them are still missing."
        )


def _table(exhibit: Exhibit, months: Sequence[Month], view: View) -> Component:
    """A row per month: every figure of it beside the others."""
    locale = view.locale
    sources = {source.id: source for source in exhibit.sources}
    heads = [locale.text("Measured between"), locale.text("Month")]
    heads += map(view.short, view.indicators)
    heads += [locale.text("Status"), locale.text("Source")]
    cells: list[list[Content]] = [
        [
            view.names[each.scope],
            locale.period(each.period),
            *(view.written(each, one) for one in view.indicators),
            locale.status(each.figures[view.family.median]["status"]),
            source_link(sources[each.source_id], locale),
        ]
        for each in months
    ]
    return table(exhibit.name, f"{exhibit.title}; {exhibit.subtitle}", heads, cells)


def _name(scope: str, network: Network, locale: Locale) -> str:
    """Name the ends of a way, or the place of a stay; a node that is no more keeps its id."""
    known = {each: node.name[locale.language] for each, node in network.nodes.items()}
    return " – ".join(known.get(each, each) for each in transit.places(scope))
