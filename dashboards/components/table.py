"""The table twin of a chart: the same figures for readers of tables, screen readers and paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboards.components import Content, labelled
from dashboards.i18n import Locale, message


def table(
    name: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[Content]]
) -> html.Div:
    """Make a table with a head for each column and each row; `name` becomes `table-<name>`.

    It scrolls sideways within itself, and can be reached and scrolled with the keyboard.
    """
    body = [
        html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])])
        for row in rows
    ]
    return html.Div(
        html.Table(
            [
                html.Caption(caption),
                html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                html.Tbody(body),
            ],
            id=f"table-{name}",
        ),
        className="scroll",
        role="region",
        tabIndex="0",
        **labelled(caption),
    )


_HEADS = {
    "series": message("Series"),
    "period": message("Period"),
    "value": message("Value"),
    "status": message("Status"),
    "source": message("Source"),
    "vintage": message("Edition"),
    "place": message("Place in the source"),
}


def figures_table(
    name: str,
    caption: str,
    frame: pd.DataFrame,
    unit: str,
    locale: Locale,
    *,
    columns: Sequence[str],
) -> html.Div:
    """Make the table twin of a chart of single figures, the rows in the order of the frame.

    `columns` are names of the frame's columns, which are those of a series; `source` may hold a link.
    """
    rows = [
        [_cell(column, row[column], unit, locale) for column in columns]
        for row in frame.to_dict("records")
    ]
    return table(name, caption, [locale.text(_HEADS[column]) for column in columns], rows)


def _cell(column: str, value: Any, unit: str, locale: Locale) -> Content:
    match column:
        case "period":
            return locale.period(value)
        case "value":
            return locale.quantity(value, value, unit, _EXACT.get(unit))
        case "status":
            return locale.status(value)
        case "place":
            return html.Span(value, lang="en")
        case _:
            return value  # type: ignore[no-any-return]


_EXACT = {"USD": 3}
"""Decimals in tables where they are more than in sentences: billions to the million."""


def pivot_table(
    name: str, caption: str, frame: pd.DataFrame, unit: str, locale: Locale
) -> html.Div:
    """Set the series of a tidy frame (`period, series, value`) side by side, the newest period first."""
    wide = frame.pivot_table(index="period", columns="series", values="value", sort=False)
    wide = wide.sort_index(ascending=False)
    rows = [
        (
            period,
            *("" if pd.isna(value) else locale.quantity(value, value, unit, 3) for value in values),
        )
        for period, values in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    return table(name, caption, [locale.text("Period"), *map(str, wide.columns)], rows)
