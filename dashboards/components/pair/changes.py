"""How the trade in each chapter changed between two years, in dollars and as a share."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.notes import not_final
from dashboards.components.pair.goods import Goods, evidence
from dashboards.components.pair.pairs import UNIT
from dashboards.components.table import records, table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.grouped import grouped
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request

_DRAWN = 10
_DRAWN_ONLY = message("Drawn: the {count} largest changes; the table has all.")
_COLUMNS = (
    *("series", "period", "value", "status", "source_id", "vintage", "place"),
    *("then_usd", "now_usd", "relative"),
)


def changes(then: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Compare two years by chapter: `product_code, then_usd, now_usd, change_usd, relative`.

    Both frames have `product_code` and `value_usd`. A chapter of one year only has no change, for
    what is not reported is not zero; `relative` is the change as a share of `then_usd`, missing where
    that is zero. The largest changes stand first, chapters without one last.
    """
    pairs = then[["product_code", "value_usd"]].merge(
        now[["product_code", "value_usd"]],
        on="product_code",
        how="outer",
        suffixes=("_then", "_now"),
    )
    pairs = pairs.set_axis(["product_code", "then_usd", "now_usd"], axis=1)
    change = pairs["now_usd"] - pairs["then_usd"]
    pairs = pairs.assign(
        change_usd=change, relative=change / pairs["then_usd"].where(pairs["then_usd"] > 0)
    )
    size = pairs["change_usd"].abs()
    return (
        pairs.assign(size=size)
        .sort_values(["size", "product_code"], ascending=[False, True], na_position="last")
        .drop(columns="size")
        .reset_index(drop=True)
    )


def changes_chart(request: Request, goods: Goods) -> Component:
    """Draw the largest changes and list them all; or say why the two years cannot be compared."""
    locale = goods.pair.locale
    title = locale.text(
        "{flow}: change from {base} to {year}", flow=goods.title, base=goods.base, year=goods.year
    )
    if goods.base_fault:
        return _refused(goods)
    rows = changes(goods.of(goods.base), goods.of(goods.year)).merge(
        evidence(goods.of(goods.base, goods.year), "product_code"), on="product_code", how="left"
    )
    rows = rows.assign(label=[goods.label(code) for code in rows["product_code"]])
    both = rows[rows["change_usd"].notna()]
    drawn = both.head(_DRAWN).assign(series=f"{goods.base}–{goods.year}")
    exhibit = Exhibit(
        "changes",
        title=title,
        subtitle=f"{goods.reported_by}; {locale.unit(UNIT)}",
        summary="; ".join(_told(goods, row) for row in records(both.head(3))),
        data=figures(
            rows.assign(
                series=rows["label"],
                period=f"{goods.base}/{goods.year}",
                value=rows["change_usd"],
            )[[*_COLUMNS]],
            UNIT,
        ),
        sources=goods.sources(goods.of(goods.base, goods.year)),
        figure=grouped(drawn.assign(value=drawn["change_usd"]), UNIT, locale),
    )
    notes = [
        *drawn_only(_DRAWN_ONLY, _DRAWN, len(both), locale),
        *_alone(goods, rows),
        *not_final(drawn, locale),
    ]
    return chart(request, exhibit, twin=_table(goods, exhibit, rows), notes=notes)


def drawn_only(words: str, most: int, count: int, locale: Locale) -> list[Component]:
    """Say in these words, a message, that only the largest are drawn, where there are more."""
    if count <= most:
        return []
    return [html.P(locale.text(words, count=most), className="source")]


def _refused(goods: Goods) -> Component:
    locale = goods.pair.locale
    if not goods.base:
        words = locale.text("There is no earlier year to compare {year} with.", year=goods.year)
    elif goods.base >= goods.year:
        words = locale.text(
            "The year compared with, {base}, is not before {year}: choose an earlier one.",
            base=goods.base,
            year=goods.year,
        )
    else:
        words = locale.text(
            "{economy} reports no chapters of {year}; there are figures of: {years}.",
            economy=goods.pair.name(goods.reporter),
            year=goods.base,
            years=", ".join(goods.years),
        )
    return html.P(words, className="warning")


def _told(goods: Goods, row: Any) -> str:
    locale = goods.pair.locale
    change = locale.quantity(row["change_usd"], row["change_usd"], UNIT)
    if row["relative"] is None:
        return f"{row['label']}: {change}"
    return f"{row['label']}: {change} ({locale.change(row['relative'], row['relative'])})"


def _alone(goods: Goods, rows: pd.DataFrame) -> list[Component]:
    """Name the chapters that only one of the years has."""
    locale = goods.pair.locale
    words = []
    for year, other in ((goods.base, "now_usd"), (goods.year, "then_usd")):
        codes = list(rows[rows[other].isna()]["product_code"])
        if codes:
            words.append(
                locale.text(
                    "Reported of {year} only, so without a change: {chapters}.",
                    year=year,
                    chapters=", ".join(sorted(codes)),
                )
            )
    return [html.P(" ".join(words), className="source")] if words else []


def _table(goods: Goods, exhibit: Exhibit, rows: pd.DataFrame) -> Component:
    locale = goods.pair.locale
    heads = [
        locale.text("Chapter of the Harmonized System"),
        goods.base,
        goods.year,
        locale.text("Change"),
        locale.text("Relative change"),
    ]
    cells: list[list[Content]] = [
        [
            row["label"],
            goods.pair.number(row["then_usd"]),
            goods.pair.number(row["now_usd"]),
            _change(goods, row),
            "" if row["relative"] is None else locale.change(*[row["relative"]] * 2),
        ]
        for row in records(rows)
    ]
    return table(exhibit.name, f"{exhibit.title}; {exhibit.subtitle}", heads, cells)


def _change(goods: Goods, row: Any) -> str:
    """Write the change; of a chapter that one year lacks, which year alone has it."""
    locale = goods.pair.locale
    if row["change_usd"] is not None:
        return locale.signed(locale.shown(row["change_usd"], UNIT), 1)
    year = goods.base if row["now_usd"] is None else goods.year
    return locale.text("only in {year}", year=year)
