"""What two economies trade: chapters and sections of the Harmonized System, as one side reports them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.choice import choice, menu
from dashboards.components.notes import not_final
from dashboards.components.pair.changes import changes_chart, drawn_only
from dashboards.components.pair.goods import Goods
from dashboards.components.pair.pairs import UNIT, Pair
from dashboards.components.table import records, table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.grouped import grouped
from dashboards.figures.treemap import treemap
from dashboards.messages import message
from dashboards.page import Request
from dashboards.selection import Options, PairSelection
from warehouse.engine import Warehouse
from warehouse.queries import products

SIDES = {"exporter": "export", "importer": "import"}
LOWER_BOUND = message(
    "A chapter that is not listed was not reported or is missing from the source; sums over chapters"
    " are lower bounds of the trade, and no total is made of them."
)


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
    parts = [heading, _choices(request, goods, list(dict.fromkeys(each for each, _ in found)))]
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
        _sections_chart(request, goods),
        changes_chart(request, goods),
    ]


def _choices(request: Request, goods: Goods, directions: Sequence[str]) -> Component:
    locale, path = goods.pair.locale, request.here
    shown = goods.selection.replacing(
        direction=goods.direction, reporter=goods.side, year=goods.year, base=goods.base
    )
    labels = {each: goods.pair.direction(*each.upper().split("-")) for each in directions}
    exporter, importer = goods.direction.upper().split("-")
    sides = {"exporter": goods.pair.name(exporter), "importer": goods.pair.name(importer)}
    years = {year: year for year in reversed(goods.years)}
    parts = [
        choice("direction", locale.text("Direction"), labels, shown, path),
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
    whole = float(rows["value"].sum())
    heads = [
        locale.text("Chapter of the Harmonized System"),
        locale.text("Section"),
        locale.text("Value"),
        locale.text("Share of the chapters reported"),
    ]
    cells: list[list[Content]] = [
        [
            row["series"],
            row["section"],
            goods.pair.number(row["value"]),
            _share(goods, row["value"], whole),
        ]
        for row in records(rows)
    ]
    return table(exhibit.name, f"{exhibit.title}; {exhibit.subtitle}", heads, cells)


def _share(goods: Goods, value: float, whole: float) -> str:
    share = 100 * value / whole if whole else 0.0
    return goods.pair.locale.quantity(share, share, "percent", 1)


def _sections_chart(request: Request, goods: Goods) -> Component:
    """Set the sections of the year beside those of the year compared with, the largest first."""
    locale = goods.pair.locale
    years = [goods.year] if goods.base_fault else [goods.year, goods.base]
    rows = pd.concat([_sections_of(goods, year) for year in years])
    order = list(rows[rows["period"] == goods.year].sort_values("value")["section"])[::-1]
    rank = {name: position for position, name in enumerate(order)}
    rows = rows.assign(rank=[rank.get(name, len(rank)) for name in rows["section"]]).sort_values(
        ["rank", "section", "period"], ascending=[True, True, False], kind="stable"
    )
    drawn = rows.assign(label=rows["section"], series=rows["period"])
    exhibit = Exhibit(
        "sections",
        title=_sections_title(goods),
        subtitle=f"{goods.reported_by}; {locale.unit(UNIT)}",
        summary="; ".join(
            f"{row['section']}, {row['period']}: {goods.pair.amount(row['value'])}"
            for row in records(rows.head(4))
        ),
        data=figures(
            rows.assign(series=rows["section"], status="derived", place=_SUMS)[
                ["series", "period", "value", "status", "source_id", "place", "chapters"]
            ],
            UNIT,
        ),
        sources=goods.sources(goods.of(*years)),
        figure=grouped(drawn[drawn["rank"] < _DRAWN].assign(status="final"), UNIT, locale),
        remarks=[locale.text(LOWER_BOUND)],
    )
    twin = _sections_table(goods, exhibit, rows, years)
    return chart(request, exhibit, twin=twin, notes=drawn_only(_DRAWN, len(order), locale))


def _sections_title(goods: Goods) -> str:
    locale = goods.pair.locale
    if goods.base_fault:
        return locale.text("{flow}: sections, {year}", flow=goods.title, year=goods.year)
    return locale.text(
        "{flow}: sections, {base} and {year}", flow=goods.title, base=goods.base, year=goods.year
    )


_DRAWN = 10
_SUMS = "sum over the chapters reported of the section"


def _sections_of(goods: Goods, year: str) -> pd.DataFrame:
    """The sum over the chapters of each section in a year: `section, value, chapters, period, source_id`."""
    rows = goods.of(year)
    named = rows.assign(section=[goods.section_name(code) for code in rows["product_code"]])
    summed = named.groupby("section")["value_usd"].agg(value="sum", chapters="size").reset_index()
    return summed.assign(period=year, source_id=goods.source_id(year))


def _sections_table(
    goods: Goods, exhibit: Exhibit, rows: pd.DataFrame, years: Sequence[str]
) -> Component:
    locale = goods.pair.locale
    found: Mapping[tuple[str, str], str] = {
        (row["section"], row["period"]): goods.pair.number(row["value"]) for row in records(rows)
    }
    cells = [
        [section, *(found.get((section, year), "") for year in years)]
        for section in dict.fromkeys(rows["section"])
    ]
    heads = [locale.text("Section of the Harmonized System"), *years]
    return table(exhibit.name, f"{exhibit.title}; {exhibit.subtitle}", heads, cells)
