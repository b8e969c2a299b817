"""A chart as readers need it: what, where, when and unit; the drawing; its source; its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import Content, labelled
from dashboards.i18n import Locale


def chart(
    name: str,
    figure: go.Figure,
    locale: Locale,
    *,
    title: str,
    subtitle: str,
    summary: str,
    sources: Sequence[Content],
    twin: Component,
    notes: Sequence[Component] = (),
) -> html.Figure:
    """Set a figure under its title and over its source line, notes and table.

    `summary` says in words what the drawing shows, for those who cannot see it.
    """
    graph = dcc.Graph(
        id=f"graph-{name}",
        figure=figure,
        responsive=True,
        config=_config(locale, name),
        style={"height": f"{figure.layout.height}px"},
    )
    return html.Figure(
        [
            html.Figcaption([html.H2(title), html.P(subtitle, className="quiet")]),
            html.Div(graph, role="group", className="plot", **labelled(summary)),
            html.P([locale.text("Source:"), " ", *sources], className="source"),
            *notes,
            html.Details([html.Summary(locale.text("Show the figures as a table")), twin]),
        ],
        id=f"chart-{name}",
        className="chart",
    )


def _config(locale: Locale, name: str) -> Any:
    return {
        "locale": locale.language,
        "displaylogo": False,
        # Nothing may leave the host: plotly would offer to send the figures to its cloud.
        "showSendToCloud": False,
        "showEditInChartStudio": False,
        "plotlyServerURL": "",
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"filename": f"altyn-kopir-{name}"},
    }
