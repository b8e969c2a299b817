"""The trade explorer: whose trade, with whom, which flow, measured and drawn as the reader likes."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components.chart import chart
from dashboards.components.explorer.asked import MEASURES, Explored, Series, explored
from dashboards.components.explorer.chart import (
    explorer_chart,
    newest,
    nothing_to_show,
    subtitle,
)
from dashboards.components.explorer.choices import explorer_choices
from dashboards.components.explorer.contribution import contribution_chart
from dashboards.components.explorer.maps import explorer_flows, explorer_map
from dashboards.components.explorer.series import series
from dashboards.components.notes import method, unknown_choices
from dashboards.components.pair.pairs import economy_links, pair_links
from dashboards.components.table import pivot_table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.composition import composition
from dashboards.messages import message
from dashboards.page import Page, Request
from warehouse.queries import indicators, lineage, two_sided


def layout(request: Request) -> Component:
    """Lay out the choices, the view that was chosen, and what made the trade grow, by partner."""
    view, unknown = explored(request)
    locale, economies = request.locale, two_sided.economies(request.warehouse)
    heading, lead = _introduction(view)
    return html.Div(
        [
            html.H1(heading),
            html.P(lead, className="lead"),
            unknown_choices(unknown, locale),
            explorer_choices(view),
            *_charts(view),
            pair_links(request, view.names, economies, view.selection.reporter),
            economy_links(request, view.names, economies),
            _method(view),
        ]
    )


def _introduction(view: Explored) -> tuple[str, str]:
    locale, measure = view.locale, view.selection.measure
    if view.is_headline:
        indicator = indicators.get(view.request.warehouse, f"trade_{measure}_ots")
        return indicator.title[locale.language], indicator.definition[locale.language]
    lead = locale.text(
        "Goods, as {economy} itself reports them, in US dollars; what its partners report of the same"
        " trade may differ. Services and transit are not included.",
        economy=view.name(view.selection.reporter),
    )
    return view.title, lead


def _charts(view: Explored) -> list[Component]:
    if view.selection.view == "flow":
        return [explorer_flows(view)]
    made = series(view)
    main = explorer_map(view, made) if made.view == "map" else explorer_chart(view, made)
    if view.selection.source == "all":
        return [main]
    is_summed = view.is_group and bool((made.frame["code"] == "").all())
    return [main, *([_partner_chart(view)] if is_summed else []), contribution_chart(view)]


def _partner_chart(view: Explored) -> html.Figure:
    """What the sum over the group is made of, by partner, as `chart-partners`."""
    locale = view.locale
    made = series(view, Series(pd.DataFrame(), "USD", "bars", "linear"))
    if made.frame.empty:
        return nothing_to_show(view, "partners", made.notes)
    measure = locale.text(MEASURES[view.selection.measure])
    frame, under = made.frame, subtitle(view, made)
    exhibit = Exhibit(
        "partners",
        title=locale.text("By partner: {measure}", measure=measure),
        subtitle=under,
        summary=newest(frame[frame["period"] == frame["period"].max()], made.unit, locale),
        data=figures(frame, made.unit),
        sources=view.whose([*frame.sort_values("period")["source_id"], *made.used]),
        figure=composition(frame, made.unit, locale),
        remarks=made.notes,
    )
    return chart(
        view.request, exhibit, twin=pivot_table("partners", under, frame, made.unit, locale)
    )


def _method(view: Explored) -> Component:
    """How the series is made, why which source speaks for which years, and what is wrong with it."""
    locale, asked, warehouse = view.locale, view.selection, view.request.warehouse
    indicator = indicators.get(warehouse, f"trade_{asked.measure}_ots")
    made = indicator.method[locale.language] if view.is_headline else locale.text(_MADE)
    reasons = [
        (locale.years(first, last), view.source_name(source_id), reason[locale.language])
        for first, last, source_id, reason in lineage.preferences(warehouse, asked.reporter)
        if asked.source in {"preferred", "all"}
    ]
    errors = [
        row[f"what_{locale.language}"]
        for source_id in view.held.sources
        if asked.source in {source_id, "all"}
        for row in lineage.known_issues(warehouse, source_id).to_dict("records")
    ]
    return method(made, reasons, errors, locale)


_MADE = message(
    "Turnover is exports plus imports, the balance exports minus imports, always of one source and"
    " year; a year in which a source lacks one of the flows is left out, and a sum over several"
    " partners is made only where each of them has a figure. Sources value exports and imports in"
    " different ways, free on board (FOB) or with cost, insurance and freight (CIF); nothing is adjusted."
)

PAGE = Page("trade", "trade", message("Trade"), layout)
