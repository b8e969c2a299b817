"""What two economies trade: chapters and sections of the Harmonized System, as one side reports them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.choice import choice, menu
from dashboards.components.notes import not_final
from dashboards.components.pair.changes import changes_chart
from dashboards.components.pair.goods import LOWER_BOUND, Goods
from dashboards.components.pair.pairs import UNIT, Pair
from dashboards.components.pair.sections import sections_chart
from dashboards.components.table import records, table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.treemap import treemap
from dashboards.page import Request
from dashboards.selection import Options, PairSelection
from warehouse.engine import Warehouse
from warehouse.queries import products

SIDES = {"exporter": "export", "importer": "import"}


def offered(warehouse: Warehouse, pair: Pair) -> list[tuple[str, str]]:
    """List of which directions there are chapters, and by which side, in the order of the pair.

    A direction is written as `kaz-kgz`, a side as "exporter" or "importer".
    """
    held = {tuple(row) for row in products.reported(warehouse).iloc[:, :3].to_numpy()}
    return [
        (f"{exporter}-{importer}".lower(), side)
        for exporter, importer in pair.directions
        for side, flow in SIDES.items()
        if (*((exporter, importer) if side == "exporter" else (importer, exporter)), flow) in held
    ]


def known_choices(warehouse: Warehouse, pair: Pair) -> Options:
    """List what may be chosen of the products of a pair; nothing where none are reported."""
    found = offered(warehouse, pair)
    years = sorted({year for each in found for year in _chapters(warehouse, *each)["period"]})
    return {
        "direction": tuple(dict.fromkeys(direction for direction, _ in found)),
        "reporter": tuple(SIDES) if found else (),
        "year": tuple(years),
        "base": tuple(years),
    }


def _chapters(warehouse: Warehouse, direction: str, side: str) -> pd.DataFrame:
    exporter, importer = direction.upper().split("-")
    ends = (exporter, importer) if side == "exporter" else (importer, exporter)
    return products.chapters(warehouse, *ends, SIDES[side])


def product_charts(request: Request, pair: Pair, selection: PairSelection) -> list[Component]:
    """Lay out the choices of products, the chapters of a year, its sections, and what changed."""
    locale = pair.locale
    found = offered(request.warehouse, pair)
    heading = html.H2(locale.text("Products"), id="products")
    if not found:
        words = locale.text("No figures of this pair by product are loaded.")
        return [html.Section([heading, html.P(words)], className="chart")]
    direction = selection.direction or found[0][0]
    sides = [side for each, side in found if each == direction]
    side = selection.reporter or sides[0]
    goods = Goods(
        pair,
        direction,
        side,
        _chapters(request.warehouse, direction, side),
        products.names(request.warehouse),
        products.sections(request.warehouse),
        selection,
    )
    parts = [heading, _choices(request, goods, found)]
    if goods.frame.empty:
        words = locale.text(
            "{economy} reports no chapters of this direction in the sources that are loaded.",
            economy=pair.name(goods.reporter),
        )
        return [*parts, html.P(words, className="warning")]
    if goods.of(goods.year).empty:
        words = locale.text(
            "{economy} reports no chapters of {year}; there are figures of: {years}.",
            economy=pair.name(goods.reporter),
            year=goods.year,
            years=", ".join(goods.years),
        )
        return [*parts, html.P(words, className="warning")]
    return [
        *parts,
        html.P(locale.text(LOWER_BOUND), className="quiet"),
        _chapters_chart(request, goods),
        sections_chart(request, goods),
        changes_chart(request, goods),
    ]


def _choices(request: Request, goods: Goods, found: Sequence[tuple[str, str]]) -> Component:
    """Offer the directions and the sides that report, `found` as `offered` lists them, and the years."""
    locale, path = goods.pair.locale, request.here
    shown = goods.selection.replacing(
        direction=goods.direction, reporter=goods.side, year=goods.year, base=goods.base
    )
    # Who reports one direction may not report the other: its own side is left to it.
    turned = shown.replacing(reporter="")
    labels = {each: goods.pair.direction(*each.upper().split("-")) for each, _side in found}
    ends = dict(zip(SIDES, goods.direction.upper().split("-"), strict=True))
    sides = {side: goods.pair.name(ends[side]) for each, side in found if each == goods.direction}
    years = {year: year for year in reversed(goods.years)}
    parts = [
        choice("direction", locale.text("Direction"), labels, turned, path),
        choice("reporter", locale.text("As reported by"), sides, shown, path),
        *([menu("year", locale.text("Year"), years, shown, path)] if years else []),
        *([menu("base", locale.text("Compared with"), years, shown, path)] if years else []),
    ]
    return html.Div(parts, className="choices")


def _chapters_chart(request: Request, goods: Goods) -> Component:
    """Show the chapters of the year as tiles in their sections."""
    locale = goods.pair.locale
    rows = goods.of(goods.year).sort_values("value_usd", ascending=False, kind="stable")
    rows = rows.assign(
        code=rows["product_code"],
        name=[goods.name(code) for code in rows["product_code"]],
        section=[goods.section_name(code) for code in rows["product_code"]],
        series=[goods.label(code) for code in rows["product_code"]],
        value=rows["value_usd"],
    )
    largest = records(rows.head(3))
    exhibit = Exhibit(
        "products",
        title=locale.text("{flow}: chapters, {year}", flow=goods.title, year=goods.year),
        subtitle=f"{goods.reported_by}; {locale.unit(UNIT)}",
        summary="; ".join(f"{row['series']}: {goods.pair.amount(row['value'])}" for row in largest),
        data=figures(rows[[*_EVIDENCE, "code", "section"]], UNIT),
        sources=goods.sources(rows),
        figure=treemap(rows, UNIT, locale),
        remarks=[locale.text(LOWER_BOUND)],
    )
    twin = _chapters_table(goods, exhibit, rows)
    return chart(request, exhibit, twin=twin, notes=not_final(rows, locale))


_EVIDENCE = ("series", "period", "value", "status", "source_id", "vintage", "place")


def _chapters_table(goods: Goods, exhibit: Exhibit, rows: pd.DataFrame) -> Component:
    locale = goods.pair.locale
    heads = [
        locale.text("Chapter of the Harmonized System"),
        locale.text("Section"),
        locale.text("Value"),
    ]
    cells: list[list[Content]] = [
        [
            row["series"],
            row["section"],
            goods.pair.number(row["value"]),
        ]
        for row in records(rows)
    ]
    return table(exhibit.name, f"{exhibit.title}; {exhibit.subtitle}", heads, cells)
