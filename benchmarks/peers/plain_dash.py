"""Plain Dash as its tutorial builds it: a layout of components, and a callback from a choice to figures."""

from __future__ import annotations

import os

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from plotly.graph_objects import Figure

from benchmarks.peers import charts

# Compression is an option that Dash leaves out unless asked; both are measured.
app = Dash(__name__, compress=bool(os.environ.get("BENCH_COMPRESS")))
server = app.server


def layout() -> Component:
    """The page: cards, the choice of a flow, four charts."""
    cards = [
        html.Div([html.H3(card.title), html.P(card.value, className="value"), html.P(card.period)])
        for card in charts.cards()
    ]
    return html.Div(
        [
            html.H1("Kazakhstan and the Organization of Turkic States"),
            html.Div(cards, className="cards"),
            dcc.RadioItems(list(charts.FLOWS), "turnover", id="flow"),
            *(dcc.Graph(id=name) for name in ("trade", "partners", "contribution")),
            dcc.Graph(figure=charts.cargo_chart()),
        ]
    )


app.layout = layout


@app.callback(
    Output("trade", "figure"),
    Output("partners", "figure"),
    Output("contribution", "figure"),
    Input("flow", "value"),
)
def draw(flow: charts.Flow) -> tuple[Figure, Figure, Figure]:
    """The three charts of trade for a flow."""
    return charts.trade_charts(flow)
