"""Trade of one pair of economies: what either side says of either direction, by every source."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components.chart import chart
from dashboards.components.comparison import INDEX, MADE, limits, newest_year
from dashboards.components.evidence import quote, source_links
from dashboards.components.notes import method, not_final, unknown_choices
from dashboards.components.pairs import UNIT, Pair, pair_choices, records
from dashboards.components.sides import (
    both_sides,
    chapters_table,
    every_source,
    reliability_table,
    targets_table,
)
from dashboards.figures.mirror import Names, mirror
from dashboards.i18n import message
from dashboards.page import Page, Request
from dashboards.selection import Selection
from warehouse.engine import Warehouse
from warehouse.queries import indicators, lineage, statements, trade, two_sided

_TITLE = message("Trade of two countries: both sides")
_SIDES = {"exporter": "export", "importer": "import"}


def knows(warehouse: Warehouse, parameter: str) -> bool:
    """Whether a parameter is a pair of economies of the group: `kaz-kgz`, in either order."""
    codes = parameter.split("-")
    known = {code.lower() for code in two_sided.economies(warehouse)}
    return len(codes) == len(set(codes)) == 2 and known.issuperset(codes)


def layout(request: Request) -> Component:
    """Lay out both directions, the reporters' reliability, every source, and what was promised."""
    locale, warehouse = request.locale, request.warehouse
    _, unknown = Selection.from_query(request.query)
    first, second = request.parameter.upper().split("-")
    pair = Pair(first, second, indicators.names(warehouse), lineage.sources(warehouse), locale)
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
            *_compared(warehouse, pair, reports),
            _sources(pair, reports),
            _targets(warehouse, pair, reports),
            _method(warehouse, pair),
            limits(locale),
        ]
    )


def _compared(warehouse: Warehouse, pair: Pair, reports: pd.DataFrame) -> list[Component]:
    """Both directions and what follows from comparing them, which is known of today only."""
    if warehouse.asof:
        words = pair.locale.text(
            "Both sides are compared, and reporters judged, by what is known today only."
            " Below is what each source said of this pair by that day."
        )
        return [html.P(words, className="warning")]
    found = two_sided.pair(warehouse, pair.first, pair.second)
    return [
        html.Div(
            [_direction(pair, each, _along(found, *each), reports) for each in pair.directions],
            className="charts",
        ),
        _reliability(warehouse, pair),
        _products(warehouse, pair),
    ]


def _along(frame: pd.DataFrame, exporter: str, importer: str) -> pd.DataFrame:
    is_along = (frame["exporter_code"] == exporter) & (frame["importer_code"] == importer)
    return frame[is_along]


def _direction(
    pair: Pair, direction: tuple[str, str], rows: pd.DataFrame, reports: pd.DataFrame
) -> Component:
    exporter, importer = direction
    locale = pair.locale
    title = pair.title_of(exporter, importer)
    if rows.empty:
        words = locale.text("No source that is loaded has a figure of this flow.")
        return html.Section([html.H2(title), html.P(words, className="quiet")], className="chart")
    sides = _with_statuses(rows, reports)
    names = Names(
        pair.flow(exporter, "export"),
        pair.flow(importer, "import"),
        locale.text("Gap between both sides"),
        locale.text("Reconciled estimate, FOB"),
    )
    used = pd.concat([rows["exporter_source_id"], rows["importer_source_id"]]).dropna().unique()
    statuses = pd.concat([sides[f"{side}_status"] for side in _SIDES]).dropna()
    return chart(
        f"{exporter}-{importer}".lower(),
        mirror(sides, names, UNIT, locale),
        locale,
        title=title,
        subtitle=f"{rows['period'].min()}–{rows['period'].max()}; {locale.unit(UNIT)}",
        summary=_summary(pair, rows, names),
        sources=source_links([pair.sources[each] for each in used], locale),
        twin=both_sides(pair, exporter, importer, sides),
        notes=[newest_year(pair, rows, names), *not_final(statuses.to_frame("status"), locale)],
    )


def _with_statuses(rows: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Add how firm either figure is, which the comparison does not carry."""
    spoken = reports[reports["is_preferred"].astype(bool)]
    keys = ["reporter_code", "flow_code", "period"]
    statuses = {tuple(row[:3]): row[3] for row in spoken[[*keys, "status"]].to_numpy()}
    found = {
        f"{side}_status": [
            statuses.get((row[f"{side}_code"], flow, row["period"])) for row in records(rows)
        ]
        for side, flow in _SIDES.items()
    }
    return pd.concat([rows, pd.DataFrame(found, index=rows.index, dtype="str")], axis=1)


def _summary(pair: Pair, rows: pd.DataFrame, names: Names) -> str:
    """Say from what to what either side went, for those who cannot see the lines."""
    said = []
    for side in _SIDES:
        told = rows.dropna(subset=[f"{side}_value_usd"])
        if not told.empty:
            value, period = told[f"{side}_value_usd"], told["period"]
            first, last = (
                ((float(value.iloc[end]),) * 2, str(period.iloc[end])) for end in (0, -1)
            )
            said.append(f"{getattr(names, side)}. {pair.locale.course(first, last, UNIT)}")
    return "; ".join(said)


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


def _sources(pair: Pair, reports: pd.DataFrame) -> Component:
    locale = pair.locale
    parts: list[Component] = []
    for exporter, importer in pair.directions:
        is_sent = (reports["reporter_code"] == exporter) & reports["flow_code"].str.endswith(
            "export"
        )
        is_got = (reports["reporter_code"] == importer) & reports["flow_code"].str.endswith(
            "import"
        )
        said = reports[is_sent | is_got]
        if not said.empty:
            parts.append(every_source(pair, exporter, importer, said))
    none = locale.text("No source that is loaded has a figure of this pair.")
    star = locale.text("* the preferred source of that reporter in that year")
    return html.Section(
        [
            html.H2(locale.text("Every source side by side")),
            *([*parts, html.P(star, className="source")] if parts else [html.P(none)]),
        ],
        className="chart",
    )


def _targets(warehouse: Warehouse, pair: Pair, reports: pd.DataFrame) -> Component:
    locale = pair.locale
    targets = statements.pair_targets(warehouse, pair.first, pair.second)
    heading = html.H2(locale.text("Targets stated for this pair"))
    if not targets:
        words = html.P(locale.text("No target of this pair is recorded."))
        return html.Section([heading, words], className="chart")
    stated = html.Summary(locale.text("In the words in which they were stated"))
    return html.Section(
        [
            heading,
            targets_table(pair, targets, _turnover(pair, reports)),
            html.Details([stated, *(quote(target, locale) for target in targets)]),
        ],
        className="chart",
    )


def _turnover(pair: Pair, reports: pd.DataFrame) -> dict[str, tuple[str, float]]:
    """Exports plus imports of the newest year that has both, by reporter."""
    spoken = reports[reports["is_preferred"].astype(bool)]
    newest = {}
    for code in (pair.first, pair.second):
        flows = spoken[
            (spoken["reporter_code"] == code) & spoken["flow_code"].isin(_SIDES.values())
        ]
        years = flows.groupby("period")["value_usd"].agg(["sum", "size"])
        full = years[years["size"] == len(_SIDES)]
        if not full.empty:
            newest[code] = (str(full.index[-1]), float(full["sum"].iloc[-1]))
    return newest


def _products(warehouse: Warehouse, pair: Pair) -> Component:
    locale = pair.locale
    chapters = two_sided.chapters(warehouse, pair.first, pair.second)
    directions = ((each, _along(chapters, *each)) for each in pair.directions)
    tables = [chapters_table(pair, *each, rows) for each, rows in directions if not rows.empty]
    none: Component = html.P(locale.text("No figures of this pair by product are loaded."))
    heading = html.H2(locale.text("Products"))
    return html.Section([heading, *tables, *([] if tables else [none])], className="chart")


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
PAGE = Page("pair", "trade", _TITLE, layout, draws=False, knows=knows)
