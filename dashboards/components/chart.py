"""A chart as readers need it: what, where, when and unit; the drawing; its source; its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import Content, inside, labelled
from dashboards.components.evidence import source_links
from dashboards.components.grid import grid
from dashboards.components.table import exhibit_table, grid_of
from dashboards.components.take import take
from dashboards.exhibit import Exhibit
from dashboards.i18n import Locale
from dashboards.page import Request

SOURCES_IN_A_LINE = 4


def chart(
    request: Request,
    exhibit: Exhibit,
    *,
    twin: Component | None = None,
    sortable: Component | None = None,
    notes: Sequence[Component] = (),
) -> html.Figure:
    """Show an exhibit: its figure under its title and over its source line, notes and table.

    `twin` is the table of the same figures where the page has a better one than the list of them,
    and `sortable` that to sort and filter; what comes of no source has no source line.
    """
    locale = request.locale
    shown = html.Figure(
        [
            html.Figcaption([html.H2(exhibit.title), html.P(exhibit.subtitle, className="quiet")]),
            *_drawing(exhibit, locale),
            *_sources(exhibit, locale),
            *notes,
            _table(request, exhibit, twin, sortable),
            take(request, exhibit),
        ],
        id=f"chart-{exhibit.name}",
        className="chart",
    )
    request.shown[exhibit.name] = (exhibit, shown)
    return shown


def _drawing(exhibit: Exhibit, locale: Locale) -> list[Component]:
    if exhibit.figure is None:
        return []
    graph = dcc.Graph(
        id=f"graph-{exhibit.name}",
        figure=exhibit.figure,
        responsive=True,
        config=_config(locale),
        # A map is as high as the screen is wide allows; it says so itself.
        style={
            "height": (exhibit.figure.layout.meta or {}).get("height")
            or f"{exhibit.figure.layout.height}px"
        },
    )
    return [html.Div(graph, role="group", className="plot", **labelled(exhibit.summary))]


def _sources(exhibit: Exhibit, locale: Locale) -> list[Component]:
    if not exhibit.sources:
        return []
    named: list[Content] = [locale.text("named row by row in the table")]
    if len(exhibit.sources) <= SOURCES_IN_A_LINE:
        named = source_links(exhibit.sources, locale)
    return [html.P([locale.text("Source:"), " ", *named], className="source")]


def _table(
    request: Request, exhibit: Exhibit, twin: Component | None, sortable: Component | None
) -> Component:
    """The figures as a plain table, which prints and reads well, or as one to sort and filter."""
    locale = request.locale
    is_sorted = request.grid == exhibit.name
    if is_sorted:
        there, words = request.view(), locale.text("Back to the plain table")
        shown = sortable or grid(
            *grid_of(exhibit, locale), caption=f"{exhibit.title}; {exhibit.subtitle}"
        )
    else:
        there, words = request.view(grid=exhibit.name), locale.text("Sort, filter and copy")
        shown = twin or exhibit_table(exhibit, locale)
    parts = [html.P(html.A(words, href=there, **inside())), shown]
    if exhibit.figure is None:
        # What is a table and nothing else has nothing to be folded under.
        return html.Div(parts)
    heading = html.Summary(locale.text("Show the figures as a table"))
    return html.Details([heading, *parts], open=is_sorted)


def _config(locale: Locale) -> Any:
    return {
        "locale": locale.language,
        "displaylogo": False,
        "displayModeBar": False,
        # Nothing may leave the host: plotly would offer to send the figures to its cloud.
        "showSendToCloud": False,
        "showEditInChartStudio": False,
        "plotlyServerURL": "",
    }
