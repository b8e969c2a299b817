"""The sections of the goods of a year, beside those of another year: like compared with like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.notes import not_final
from dashboards.components.pair.changes import drawn_only
from dashboards.components.pair.goods import LOWER_BOUND, Goods, evidence
from dashboards.components.pair.pairs import UNIT
from dashboards.components.table import records, table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.grouped import grouped
from dashboards.messages import message
from dashboards.page import Request

_DRAWN = 10
_DRAWN_ONLY = message("Drawn: the {count} largest sections; the table has all.")
_EVIDENCE = ("series", "period", "value", "status", "source_id", "vintage", "place", "chapters")


def sections_chart(request: Request, goods: Goods) -> Component:
    """Set the sections of the year beside those of the year compared with, the largest first.

    Only chapters of which both years have a figure are summed, for one that is not reported would
    look like growth or decline.
    """
    locale = goods.pair.locale
    years = [goods.year] if goods.base_fault else [goods.year, goods.base]
    summed, alone = _chapters_of_all(goods, years)
    rows = pd.concat([_sections_of(goods, year, summed) for year in years])
    order = list(rows[rows["period"] == goods.year].sort_values("value")["section"])[::-1]
    rank = {name: position for position, name in enumerate(order)}
    rows = rows.assign(rank=[rank[name] for name in rows["section"]]).sort_values(
        ["rank", "period"], ascending=[True, False], kind="stable"
    )
    drawn = rows.assign(label=rows["section"], series=rows["period"])
    drawn = drawn[drawn["rank"] < _DRAWN]
    compared = [] if goods.base_fault else _compared(goods, summed, alone)
    exhibit = Exhibit(
        "sections",
        title=_title(goods),
        subtitle=f"{goods.reported_by}; {locale.unit(UNIT)}",
        summary="; ".join(
            f"{row['section']}, {row['period']}: {goods.pair.amount(row['value'])}"
            for row in records(rows.head(4))
        ),
        data=figures(rows.assign(series=rows["section"])[[*_EVIDENCE]], UNIT),
        sources=goods.sources(goods.of(*years)),
        figure=grouped(drawn, UNIT, locale),
        remarks=[locale.text(LOWER_BOUND), *compared],
    )
    notes = [
        *drawn_only(_DRAWN_ONLY, _DRAWN, len(order), locale),
        *([html.P(" ".join(compared), className="source")] if compared else []),
        *not_final(drawn, locale),
    ]
    return chart(request, exhibit, twin=_table(goods, exhibit, rows, years), notes=notes)


def _title(goods: Goods) -> str:
    locale = goods.pair.locale
    if goods.base_fault:
        return locale.text("{flow}: sections, {year}", flow=goods.title, year=goods.year)
    return locale.text(
        "{flow}: sections, {base} and {year}", flow=goods.title, base=goods.base, year=goods.year
    )


def _chapters_of_all(goods: Goods, years: Sequence[str]) -> tuple[set[str], Mapping[str, set[str]]]:
    """The chapters of which every year has a figure, and by year those that the others lack."""
    held = {year: set(goods.of(year)["product_code"]) for year in years}
    common = set.intersection(*held.values())
    return common, {year: codes - common for year, codes in held.items()}


def _sections_of(goods: Goods, year: str, chapters: set[str]) -> pd.DataFrame:
    """The sums of a year over some chapters: `section, value, chapters, period` and their evidence."""
    rows = goods.of(year)
    rows = rows[rows["product_code"].isin(chapters)]
    named = rows.assign(section=[goods.section_name(code) for code in rows["product_code"]])
    grouping = named.groupby("section")
    summed = grouping["value_usd"].agg(value="sum", chapters="size").reset_index()
    codes = grouping["product_code"].agg(lambda held: ", ".join(sorted(held)))
    return summed.merge(evidence(named, "section"), on="section").assign(
        period=year,
        place=lambda made: [f"sum over chapters {codes[name]}" for name in made["section"]],
    )


def _compared(goods: Goods, summed: set[str], alone: Mapping[str, set[str]]) -> list[str]:
    """Say how many chapters both years have, and name those of one year only."""
    locale = goods.pair.locale
    count = locale.number(len(summed))
    return [
        locale.text("Only chapters that both years have are summed, {count} of them.", count=count),
        *(
            locale.text(
                "Reported of {year} only, so left out of the sums: {chapters}.",
                year=year,
                chapters=", ".join(sorted(codes)),
            )
            for year, codes in sorted(alone.items())
            if codes
        ),
    ]


def _table(goods: Goods, exhibit: Exhibit, rows: pd.DataFrame, years: Sequence[str]) -> Component:
    locale = goods.pair.locale
    found = {(row["section"], row["period"]): row for row in records(rows)}
    cells: list[list[Content]] = []
    for section in dict.fromkeys(rows["section"]):
        of_section = [found[section, year] for year in years]
        amounts = [goods.pair.number(row["value"]) for row in of_section]
        cells.append([section, *amounts, locale.number(of_section[0]["chapters"])])
    heads = [locale.text("Section of the Harmonized System"), *years]
    heads.append(locale.text("Chapters summed"))
    return table(exhibit.name, f"{exhibit.title}; {exhibit.subtitle}", heads, cells)
