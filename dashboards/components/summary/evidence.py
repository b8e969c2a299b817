"""The evidence of a card: source, place in it, edition, and what a sum is made of."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboards.components.evidence import evidence
from dashboards.components.table import table
from dashboards.messages import message
from dashboards.page import Request
from warehouse.catalog import Indicator, Observation, Text
from warehouse.queries import trade


def headline_evidence(
    request: Request, latest: Observation, indicator: Indicator, names: Mapping[str, Text]
) -> Component:
    """Link to the source of a figure, and fold away where it stands, its definition and its parts."""
    locale = request.locale
    more: list[Component] = [html.P(indicator.definition[locale.language])]
    if indicator.formula:
        more.append(_parts(request, latest, names))
    return evidence(latest.source, latest.place, latest.vintage, locale, more)


def _parts(request: Request, latest: Observation, names: Mapping[str, Text]) -> Component:
    """List the flows that the figure is the sum of, each with its cell in the source."""
    locale = request.locale
    parts = trade.parts(request.warehouse, "KAZ", latest.scope, latest.period, latest.source.id)
    rows = [
        (
            locale.name(names, partner),
            locale.text(FLOWS[flow]),
            locale.quantity(value_usd, value_usd, "USD", 3),
            html.Span(place, lang="en"),
        )
        for partner, flow, value_usd, place in zip(
            *(parts[name] for name in ("partner_code", "flow_code", "value_usd", "place")),
            strict=True,
        )
    ]
    heads = [
        locale.text(head)
        for head in (
            message("Partner"),
            message("Flow"),
            message("Value"),
            message("Place in the source"),
        )
    ]
    caption = locale.text("The flows that this figure is the sum of")
    return table(f"parts-{latest.indicator_id}", caption, heads, rows)


FLOWS = {"export": message("exports"), "import": message("imports")}
