"""The table twin of a chart: the same figures for readers of tables, screen readers and paper."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboards.components import Content, labelled, outside
from dashboards.exhibit import Exhibit
from dashboards.i18n import Locale
from dashboards.messages import message
from warehouse.catalog import FIRM, Source

Row = Mapping[Hashable, Any]
Head = tuple[str, str, str]


def records(frame: pd.DataFrame) -> list[Row]:
    """List the rows of a frame, None wherever there is nothing."""
    # Column by column, since for a frame of mixed types pandas takes five times as long.
    cells = [
        [None if is_hole else cell for cell, is_hole in zip(column, column.isna(), strict=True)]
        for _, column in frame.items()
    ]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*cells, strict=True)]


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


def exhibit_table(exhibit: Exhibit, locale: Locale) -> html.Div:
    """Make the table twin of an exhibit: one row per figure with its evidence, in the exhibit's order."""
    sources = {source.id: source for source in exhibit.sources}
    columns = _filled(exhibit)
    rows = [
        [_cell(column, row, sources, locale) for column in columns] for row in records(exhibit.data)
    ]
    caption = f"{exhibit.title}; {exhibit.subtitle}"
    return table(exhibit.name, caption, [locale.text(_HEADS[each]) for each in columns], rows)


def grid_of(
    exhibit: Exhibit, locale: Locale
) -> tuple[str, list[Head], list[dict[str, Any]], Locale]:
    """Say the same table as name, columns and rows, for a grid that sorts and filters.

    A column is its field, its head and what stands in it; a number stands beside its text.
    """
    sources = {source.id: source for source in exhibit.sources}
    columns = _filled(exhibit)
    rows = []
    for row in records(exhibit.data):
        made: dict[str, Any] = {column: _words(column, row, sources, locale) for column in columns}
        low, _high = span(row)
        shown = None if low is None else locale.shown(low, row["unit"])
        raw = {"value": shown, "period": row["period"]}
        rows.append(made | {f"{name}_text": made.get(name) for name in raw} | raw)
    heads = [
        (column, locale.text(_HEADS[column]), _KINDS.get(column, "text")) for column in columns
    ]
    return exhibit.name, heads, rows, locale


def span(row: Row) -> tuple[float | None, float | None]:
    """Both ends of a figure; they are one where it is a single number, and None where it has none."""
    return (row["low"], row["high"]) if row["value"] is None else (row["value"], row["value"])


def _filled(exhibit: Exhibit) -> list[str]:
    """The columns that say anything, in their order; the figure itself always stands."""
    data = exhibit.data.assign(source=exhibit.data["source_id"])
    return [name for name in _HEADS if name == "value" or data[name].notna().any()]


def _cell(column: str, row: Row, sources: Mapping[str, Source], locale: Locale) -> Content:
    words = _words(column, row, sources, locale)
    if column == "source" and row["source_id"] in sources:
        return html.A(words, href=sources[row["source_id"]].url, **outside())
    return html.Span(words, lang="en") if column == "place" else words


def _words(column: str, row: Row, sources: Mapping[str, Source], locale: Locale) -> str:
    match column:
        case "source":
            source = sources.get(row["source_id"])
            return source.publisher[locale.language] if source else ""
        case "value":
            return value_words(row, locale)
    if row[column] is None:
        return ""
    match column:
        case "period":
            return locale.period(row[column])
        case "status":
            return locale.status(row[column])
        case _:
            return str(row[column])


def value_words(row: Row, locale: Locale) -> str:
    """Write a figure with its unit, more exactly than a sentence would; nothing where it is missing."""
    low, high = span(row)
    if low is None and high is None:
        return ""
    return locale.quantity(low, high, row["unit"], _EXACT.get(row["unit"]))


_KINDS = {"value": "number", "period": "period", "place": "english"}
"""What stands in a column of a grid where it is not plain text."""

_EXACT = {"USD": 3}
"""Decimals in tables where they are more than in sentences: billions to the million."""


def pivot_table(
    name: str, caption: str, frame: pd.DataFrame, unit: str, locale: Locale
) -> html.Div:
    """Set the series of a tidy frame side by side, the newest period first; what is not final says so.

    `frame` has `period`, `series`, `value` and `status`. Raises ValueError where a series has two figures of a period: a mean of them would be nobody's.
    """
    written = [
        locale.quantity(row["value"], row["value"], unit, 3)
        + ("" if row["status"] in FIRM else f" ({locale.status(str(row['status']))})")
        for row in frame.to_dict("records")
    ]
    wide = frame.assign(written=written).pivot(index="period", columns="series", values="written")  # noqa: PD010
    wide = wide[list(frame["series"].unique())].sort_index(ascending=False).fillna("")
    rows = [(period, *values) for period, values in zip(wide.index, wide.to_numpy(), strict=True)]
    return table(name, caption, [locale.text("Period"), *map(str, wide.columns)], rows)
