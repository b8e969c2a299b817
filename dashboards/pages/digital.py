"""Digital payments: survey shares across the economies, and Kazakhstan's card turnover."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components.chart import chart
from dashboards.components.choice import choice
from dashboards.components.notes import not_final, nothing_known, unknown_choices
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.trend import Mode, trend
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import DigitalSelection
from warehouse.catalog import Indicator, Text
from warehouse.queries import indicators, lineage

ECONOMIES = ("KAZ", "AZE", "HUN", "KGZ", "TKM", "TUR", "UZB")
_CARDS = "noncash_share_card_turnover"


def layout(request: Request) -> Component:
    """Lay out the chosen survey share by economy, and the share of card turnover without cash."""
    selection, unknown = DigitalSelection.from_query(request.query)
    locale = request.locale
    names = indicators.names(request.warehouse)
    chosen = indicators.get(request.warehouse, selection.indicator)
    options = {
        option: indicators.get(request.warehouse, option).short[locale.language]
        for option in selection.options["indicator"]
    }
    cards = indicators.get(request.warehouse, _CARDS)
    return html.Div(
        [
            html.H1(locale.text("Digital payments: OTS members and observers")),
            html.P(chosen.definition[locale.language], className="lead"),
            unknown_choices(unknown, locale),
            html.Div(
                choice(
                    "indicator",
                    locale.text("Indicator"),
                    options,
                    selection,
                    request.here,
                ),
                className="choices",
            ),
            _share_chart(request, "payments", chosen, names, ECONOMIES, mode="joined"),
            _share_chart(request, "cards", cards, names, ("KAZ",), mode="points"),
        ]
    )


def _share_chart(
    request: Request,
    name: str,
    indicator: Indicator,
    names: Mapping[str, Text],
    scopes: tuple[str, ...],
    *,
    mode: Mode,
) -> html.Figure:
    locale = request.locale
    frame = indicators.series(request.warehouse, indicator.id, scopes)
    title = indicator.title[locale.language]
    if frame.empty:
        return nothing_known(name, title, locale)
    ranked = frame.assign(rank=frame["scope"].map(scopes.index)).sort_values(["rank", "period"])
    named = ranked.assign(series=[locale.name(names, code) for code in ranked["scope"]])
    sources = lineage.sources(request.warehouse)
    used = list(dict.fromkeys(named["source_id"]))
    method = indicator.method[locale.language]
    exhibit = Exhibit(
        name,
        title=title,
        subtitle=locale.unit(indicator.unit),
        summary=_summary(named, indicator, locale),
        data=figures(named.drop(columns="rank"), indicator.unit),
        sources=[sources[each] for each in used],
        figure=trend(named, indicator.unit, locale, mode=mode),
        remarks=[indicator.definition[locale.language], method],
    )
    return chart(
        request,
        exhibit,
        notes=[
            html.P(method, className="quiet"),
            *not_final(named, locale),
        ],
    )


def _summary(frame: pd.DataFrame, indicator: Indicator, locale: Locale) -> str:
    latest = frame.groupby("series", sort=False).tail(1)
    return "; ".join(
        f"{row['series']}, {locale.period(row['period'])}:"
        f" {locale.quantity(row['value'], row['value'], indicator.unit)}"
        for row in latest.to_dict("records")
    )


PAGE = Page("digital", "digital", message("Digital payments"), layout)
