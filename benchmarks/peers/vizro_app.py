"""Vizro as its documentation builds it: a dashboard of models, custom charts, and a parameter for them."""

from __future__ import annotations

import os

import vizro.models as vm
from plotly.graph_objects import Figure
from vizro import Vizro
from vizro.managers import data_manager
from vizro.models.types import capture

from benchmarks.peers import charts


@capture("graph")
def trade_chart(data_frame: object, flow: charts.Flow, which: int) -> Figure:  # noqa: ARG001
    """One of the charts of trade for a flow; Vizro insists on a data frame as the first argument."""
    return charts.trade_charts(flow)[which]


@capture("graph")
def cargo_chart(data_frame: object) -> Figure:  # noqa: ARG001
    """Cargo of the Trans-Caspian route."""
    return charts.cargo_chart()


# A function, not a frame: so the warehouse is asked whenever a chart is drawn.
data_manager["trade"] = lambda: charts.trade("turnover")

_NAMES = ("trade_total", "partners", "contribution")
_page = vm.Page(
    title="Kazakhstan and the Organization of Turkic States",
    layout=vm.Flex(),
    components=[
        *(
            vm.Card(text=f"### {card.title}\n\n**{card.value}**\n\n{card.period}")
            for card in charts.cards()
        ),
        *(
            vm.Graph(id=name, figure=trade_chart("trade", flow="turnover", which=at))
            for at, name in enumerate(_NAMES)
        ),
        vm.Graph(figure=cargo_chart("trade")),
    ],
    controls=[
        vm.Parameter(
            targets=[f"{name}.flow" for name in _NAMES],
            selector=vm.RadioItems(options=list(charts.FLOWS), value="turnover"),
        )
    ],
)
server = Vizro(compress=bool(os.environ.get("BENCH_COMPRESS"))).build(vm.Dashboard(pages=[_page]))
