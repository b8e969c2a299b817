"""Tables with columns of their own: plain to read and print, or to sort and filter; and as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, inside, outside
from dashboards.components.chart import chart
from dashboards.components.choice import links
from dashboards.components.grid import grid
from dashboards.components.table import Row, records, table
from dashboards.exhibit import Exhibit
from dashboards.i18n import Locale
from dashboards.page import Request

ROWS = 50
"""Rows of a long table on one page."""

MOST = 10_000
"""Rows that an exhibit holds at the most: what a browser can still sort; the API has them all."""

_AROUND = 2
"""Pages to which there are links, to either side of the page shown."""


@dataclass(frozen=True)
class Column:
    """A column: its field in the rows, its head, what stands in it, and how a grid takes it.

    `kind` is that of a grid's head; a number or a period sorts by the field itself. `link` answers the
    address to which the words lead, empty for none; one within this site begins with a slash. `sorts`
    answers what a grid sorts by, where that is not the field as it stands.
    """

    field: str
    head: str
    words: Callable[[Row], str]
    kind: str = "text"
    link: Callable[[Row], str] | None = None
    sorts: Callable[[Row], Any] | None = None


def listing(
    request: Request,
    exhibit: Exhibit,
    columns: Sequence[Column],
    *,
    rows: slice = slice(None),
    twin: Component | None = None,
    notes: Sequence[Component] = (),
) -> html.Figure:
    """Show an exhibit as a table of these columns; plain only `rows` of it, as a page has room for.

    `twin` is the plain table where the page has a better one.
    """
    told = records(exhibit.data)
    heads = [column.head for column in columns]
    plain = [[_cell(column, row) for column in columns] for row in told[rows]]
    is_asked = request.grid == exhibit.name
    return chart(
        request,
        exhibit,
        twin=twin or table(exhibit.name, f"{exhibit.title}; {exhibit.subtitle}", heads, plain),
        sortable=_sortable(exhibit, columns, told, request.locale) if is_asked else None,
        notes=notes,
    )


def pages(total: int, size: int = ROWS) -> tuple[str, ...]:
    """The numbers of the pages that a table of so many rows takes; an empty one takes one."""
    return tuple(str(number + 1) for number in range(max(1, -(-total // size))))


def page_of(number: str, size: int = ROWS) -> slice:
    """The rows that stand on a page."""
    return slice((int(number) - 1) * size, int(number) * size)


def pager(chosen: str, hrefs: Mapping[str, str], locale: Locale) -> list[Component]:
    """Offer the first and the last page and those around the one shown; nothing if there is but one."""
    known = list(hrefs)
    if len(known) == 1:
        return []
    at = known.index(chosen)
    near = known[max(0, at - _AROUND) : at + _AROUND + 1]
    words = {each: locale.number(int(each)) for each in (known[0], *near, known[-1])}
    legend = locale.text(
        "Page {page} of {pages}", page=words[chosen], pages=locale.number(len(known))
    )
    return [links(legend, words, hrefs, (chosen,))]


def newest_rows(shown: int, total: int, locale: Locale) -> html.P:
    """Say that not all rows stand on the page, and where they are."""
    words = locale.text(
        "The newest {shown} of {total} rows stand here; the table to sort and the files have them all.",
        shown=locale.number(shown),
        total=locale.number(total),
    )
    return html.P(words, className="source")


def _cell(column: Column, row: Row) -> Content:
    words = column.words(row)
    href = column.link(row) if column.link else ""
    if href:
        return html.A(words, href=href, **(inside() if href.startswith("/") else outside()))
    return html.Span(words, lang="en") if column.kind == "english" else words


def _sortable(
    exhibit: Exhibit, columns: Sequence[Column], told: Sequence[Row], locale: Locale
) -> Component:
    heads = [(column.field, column.head, column.kind) for column in columns]
    made = [_grid_row(columns, row) for row in told]
    return grid(exhibit.name, heads, made, locale, caption=exhibit.title)


def _grid_row(columns: Sequence[Column], row: Row) -> dict[str, Any]:
    """A number or a period keeps its value to sort by, beside its words."""
    made: dict[str, Any] = {}
    for column in columns:
        words = column.words(row)
        made[column.field] = words
        if column.kind in {"number", "period"}:
            value = column.sorts(row) if column.sorts else row[column.field]
            made |= {column.field: value, f"{column.field}_text": words}
    return made
