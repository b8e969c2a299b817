"""Trade of one pair of economies: what either side says of either direction, by every source."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components.chart import chart
from dashboards.components.notes import method, unknown_choices
from dashboards.components.pair.comparison import INDEX, MADE, limits
from dashboards.components.pair.directions import direction
from dashboards.components.pair.pairs import UNIT, Pair, economy_links, pair_choices
from dashboards.components.pair.products import known_choices, offered, product_charts
from dashboards.components.pair.sides import chapters_table, every_source, reliability_table
from dashboards.components.pair.stated import promised, said
from dashboards.components.table import records
from dashboards.exhibit import Exhibit, figures
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import PairSelection
from warehouse.engine import Warehouse
from warehouse.queries import indicators, lineage, products, trade, two_sided

_TITLE = message("Trade of two countries: both sides")


_NOTHING = message("No source that is loaded has a figure of this pair.")
_CHAPTERS_ONLY = message(
    "No source that is loaded has a total of this pair; some chapters of its trade are reported, and"
    " stand below under “Products”."
)


def knows(warehouse: Warehouse, parameter: str) -> bool:
    """Whether a parameter is a pair of economies of the group: `kaz-kgz`, in either order."""
    codes = parameter.split("-")
    known = {code.lower() for code in two_sided.economies(warehouse)}
    return len(codes) == len(set(codes)) == 2 and known.issuperset(codes)


def layout(request: Request) -> Component:
    """Lay out both directions, the reporters' reliability, every source, and what was promised."""
    locale, warehouse = request.locale, request.warehouse
    first, second = request.parameter.upper().split("-")
    pair = Pair(first, second, indicators.names(warehouse), lineage.sources(warehouse), locale)
    known = known_choices(warehouse, pair)
    selection, unknown = PairSelection.from_query(request.query, known)
    reports = trade.reports(warehouse, first, second)
    return html.Div(
        [
            html.H1(locale.text("{pair}: both sides of trade", pair=pair.title)),
            html.P(
                locale.text(
                    "One flow, two reports: what the exporter says it sent and what the importer"
                    " says it received, how far the two are apart, and one estimate beside them."
                ),
                className="lead",
            ),
            unknown_choices(unknown, locale),
            pair_choices(request, pair, two_sided.economies(warehouse)),
            economy_links(request, pair.names, (first, second)),
            *_compared(request, pair, reports),
            *_sources(request, pair, reports),
            *product_charts(request, pair, selection),
            promised(warehouse, pair, reports),
            said(warehouse, pair),
            _method(warehouse, pair),
            limits(locale),
        ]
    )


def _compared(request: Request, pair: Pair, reports: pd.DataFrame) -> list[Component]:
    """Both directions and what follows from comparing them, which is known of today only."""
    warehouse = request.warehouse
    if warehouse.asof:
        words = pair.locale.text(
            "Both sides are compared, and reporters judged, by what is known today only."
            " Below is what each source said of this pair by that day."
        )
        return [html.P(words, className="warning")]
    found = two_sided.pair(warehouse, pair.first, pair.second)
    chaptered = {direction for direction, _side in offered(warehouse, pair)}
    return [
        html.Div(
            [
                direction(
                    request,
                    pair,
                    each,
                    _along(found, *each),
                    reports,
                    has_chapters="-".join(each).lower() in chaptered,
                )
                for each in pair.directions
            ],
            className="charts",
        ),
        _reliability(warehouse, pair),
        *_both_sides_by_chapter(request, pair),
    ]


def _along(frame: pd.DataFrame, exporter: str, importer: str) -> pd.DataFrame:
    is_along = (frame["exporter_code"] == exporter) & (frame["importer_code"] == importer)
    return frame[is_along]


def _reliability(warehouse: Warehouse, pair: Pair) -> Component:
    locale = pair.locale
    return html.Section(
        [
            html.H2(locale.text("Reliability of reporters")),
            html.P(locale.text(INDEX), className="quiet"),
            reliability_table(pair, two_sided.reliability(warehouse)),
        ],
        className="chart",
    )


def _both_sides_by_chapter(request: Request, pair: Pair) -> list[Component]:
    """The largest chapters of the directions of which both sides report chapters."""
    warehouse = request.warehouse
    chapters = two_sided.chapters(warehouse, pair.first, pair.second)
    names = products.names(warehouse)
    tables = []
    for each in pair.directions:
        rows = _along(chapters, *each)
        has_both = rows["exporter_value_usd"].notna() & rows["importer_value_usd"].notna()
        if has_both.any():
            tables.append(chapters_table(pair, each, rows, names))
    heading = html.H2(pair.locale.text("Products as both sides report them"))
    return [html.Section([heading, *tables], className="chart")] if tables else []


def _sources(request: Request, pair: Pair, reports: pd.DataFrame) -> list[Component]:
    """What every source says of either direction, each an exhibit of its own."""
    locale = pair.locale
    parts: list[Component] = []
    for exporter, importer in pair.directions:
        is_sent = (reports["reporter_code"] == exporter) & reports["flow_code"].str.endswith(
            "export"
        )
        is_got = (reports["reporter_code"] == importer) & reports["flow_code"].str.endswith(
            "import"
        )
        told = reports[is_sent | is_got]
        if not told.empty:
            parts.append(_every_source(request, pair, (exporter, importer), told))
    words = _CHAPTERS_ONLY if offered(request.warehouse, pair) else _NOTHING
    none = html.P(locale.text(words))
    heading = html.H2(locale.text("Every source side by side"))
    return [heading, *(parts or [none])]


def _every_source(
    request: Request, pair: Pair, ends: tuple[str, str], told: pd.DataFrame
) -> Component:
    locale = pair.locale
    rows = told.assign(
        series=[
            f"{pair.flow(reporter, flow)}; {pair.publisher(source_id)}"
            for reporter, flow, source_id in told[
                ["reporter_code", "flow_code", "source_id"]
            ].to_numpy()
        ],
        value=told["value_usd"],
    ).sort_values(["flow_code", "source_id", "period"])
    exhibit = Exhibit(
        f"sources-{ends[0]}-{ends[1]}".lower(),
        title=f"{locale.text('Every source')}, {pair.direction(*ends)}",
        subtitle=locale.unit(UNIT),
        summary="",
        data=figures(rows.drop(columns="value_usd"), UNIT),
        sources=[pair.sources[each] for each in dict.fromkeys(rows["source_id"])],
    )
    star = locale.text("* the preferred source of that reporter in that year")
    notes = [html.P(star, className="source")]
    return chart(request, exhibit, twin=every_source(pair, *ends, told), notes=notes)


def _method(warehouse: Warehouse, pair: Pair) -> Component:
    locale = pair.locale
    reasons = [
        (
            locale.years(first, last),
            f"{pair.name(code)}: {pair.publisher(source_id)}",
            reason[locale.language],
        )
        for code in (pair.first, pair.second)
        for first, last, source_id, reason in lineage.preferences(warehouse, code)
    ]
    issues = lineage.pair_issues(warehouse, pair.first, pair.second)
    errors = [
        f"{pair.publisher(row['source_id'])}, {locale.period(row['period'])}:"
        f" {row[f'what_{locale.language}']}"
        for row in records(issues)
    ]
    return method(locale.text(MADE), reasons, errors, locale)


# Some pairs have no figure to draw, and a hint at plotly.js that is not needed is no help.
PAGE = Page("pair", "trade", _TITLE, layout, knows=knows)
