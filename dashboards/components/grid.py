"""A table to sort, filter and copy: the figures of a chart in AG Grid, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash_ag_grid import AgGrid

from dashboards.components import labelled
from dashboards.i18n import Locale
from dashboards.messages import message

Head = tuple[str, str, str]
"""A column: its field in the rows, its head, and its kind: text, english, number or period."""
Row = Mapping[str, Any]

TALL = 40
"""More rows than this scroll within the grid; fewer stand on the page in full height."""

_CHARACTER_PX = 9
_CELL_PX, _HEAD_PX = 28, 68
"""What stands beside the characters of a cell, its padding, and of a head, its arrow and funnel too."""
_LINES = 2
"""So many lines a text is broken into at the most, unless each had to be very long."""


def grid(
    name: str, columns: Sequence[Head], rows: Sequence[Row], locale: Locale, *, caption: str = ""
) -> html.Div:
    """Make a grid with a button that copies its rows as they stand; `name` becomes `table-<name>`.

    A `text` (`english`: in no other language) sorts and filters as written. A `number` or `period`
    sorts by its value and shows the text beside it in the row, `<field>_text`, where there is one.
    Numbers filter by their value, so it is best in the unit shown; so do periods if all are years.
    A value that is None is missing: it is shown as nothing, and the filter can find it.
    """
    fits = len(rows) <= TALL
    table = AgGrid(
        id=f"table-{name}",
        columnDefs=[_column(column, rows, locale) for column in columns],
        rowData=_with_whole_years(columns, rows),
        defaultColDef=_ANY_COLUMN,
        dashGridOptions={
            **_OPTIONS,
            "domLayout": "autoHeight" if fits else "normal",
            "localeText": {key: _worded(text, locale) for key, text in _TEXTS.items()},
        },
        className="grid" if fits else "grid tall",
        # Dash AG Grid writes a height of its own unless it is taken away; the style sheet has ours.
        style={"height": None},
    )
    return html.Div(
        [
            html.Noscript(html.P(locale.text("This page needs JavaScript to show its figures."))),
            _copying(name, locale),
            html.P(locale.text(_HELP), className="quiet help"),
            table,
        ],
        role="group",
        **labelled(caption or locale.text("Table to sort, filter and copy")),
    )


def _copying(name: str, locale: Locale) -> html.Div:
    """A button for `grid.js`, and beside it where that says that it has copied."""
    given: dict[str, Any] = {
        "data-copies": f"table-{name}",
        "data-done": locale.text("Rows copied: {rows}", rows="#"),
        "data-failed": locale.text("Copying failed"),
    }
    return html.Div(
        [
            html.Button(locale.text("Copy the table"), type="button", **given),
            html.Span(className="copied quiet", role="status"),
        ]
    )


_HELP = message(
    "Click a head, or press Enter on it, to sort; the funnel, or Ctrl + Enter, opens its filter."
)

_ANY_COLUMN: Mapping[str, Any] = {
    # What a column holds is said, not guessed from the first row.
    "cellDataType": False,
    "resizable": True,
    "suppressMovable": True,
    "wrapHeaderText": True,
    "autoHeaderHeight": True,
    "autoHeight": True,
}

_OPTIONS: Mapping[str, Any] = {
    "enableCellTextSelection": True,
    # Screen readers and the selection of text follow the document, so it has the order of the eye.
    "ensureDomOrder": True,
    "animateRows": False,
    "accentedSort": True,
    # A dot or a bracket may stand in the name of a series.
    "suppressFieldDotNotation": True,
    # Few columns: all of them stand in the document, for screen readers and for finding in the page.
    "suppressColumnVirtualisation": True,
}

_WORDED = ["contains", "notContains", "equals", "startsWith", "blank", "notBlank"]
_MEASURED = ["greaterThan", "greaterThanOrEqual", "lessThan", "lessThanOrEqual", "inRange"]
_MISSING = ["blank", "notBlank"]


def _column(column: Head, rows: Sequence[Row], locale: Locale) -> dict[str, Any]:
    """Describe a column to AG Grid.

    A `function` is an expression that Dash AG Grid interprets itself: no browser has to evaluate text.
    """
    field, head, kind = column
    text = json.dumps(f"{field}_text")
    texts = [str(row.get(f"{field}_text", row.get(field)) or "") for row in rows]
    breaks = kind in {"text", "english"}
    made: dict[str, Any] = {"field": field, "headerName": head, "wrapText": breaks}
    made |= _width(head, texts, breaks=breaks)
    if not breaks and any(f"{field}_text" in row for row in rows):
        made["valueFormatter"] = {"function": f"params.data[{text}]"}
    if kind == "english":
        made["cellRenderer"] = "English"
    if kind == "number":
        return made | {"type": "rightAligned"} | _number_filter(locale, [])
    if kind == "period" and _all_years(field, rows):
        return made | _number_filter(locale, ["equals"])
    if "valueFormatter" in made:
        made["filterValueGetter"] = made["valueFormatter"]
    params = {"filterOptions": _WORDED, "maxNumConditions": 1, "buttons": ["reset"]}
    return made | {"filter": "agTextColumnFilter", "filterParams": params}


def _number_filter(locale: Locale, also: list[str]) -> dict[str, Any]:
    """A filter that reads numbers as the reader's language writes them, and as programs do."""
    decimal, group = map(json.dumps, locale.separators)
    params = {
        "filterOptions": [*also, *_MEASURED, *_MISSING],
        "inRangeInclusive": True,
        "maxNumConditions": 1,
        "buttons": ["reset"],
        "allowedCharPattern": r"\d\s.,’\-−",
        "numberParser": {"function": f"readNumber(params, {decimal}, {group})"},
    }
    return {"filter": "agNumberColumnFilter", "filterParams": params}


def _width(head: str, texts: Sequence[str], *, breaks: bool) -> dict[str, int]:
    """Share the width by the longest texts; what may not break into lines gets all that it needs."""
    longest = max(map(len, texts), default=0)
    word = max((len(word) for text in texts for word in text.split()), default=0)
    cell = min(max(word, min(longest, 16), longest // _LINES), 32) if breaks else longest
    top = max(map(len, head.split()), default=0)
    return {
        "flex": max(min(longest, 40), top, 6),
        "minWidth": max(cell * _CHARACTER_PX + _CELL_PX, top * _CHARACTER_PX + _HEAD_PX),
    }


def _with_whole_years(columns: Sequence[Head], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Turn years into numbers where a column has nothing else, so that they can be compared."""
    years = [field for field, _, kind in columns if kind == "period" and _all_years(field, rows)]
    return [{**row, **{field: int(row[field]) for field in years}} for row in rows]


def _all_years(field: str, rows: Sequence[Row]) -> bool:
    return all(len(str(row[field])) == 4 and str(row[field]).isdecimal() for row in rows)


def _worded(text: str, locale: Locale) -> str:
    """Translate a text of AG Grid's, which fills in its own value where ours has `{value}`."""
    return locale.text(text, value="${variable}")


_TEXTS: Mapping[str, str] = {
    "loadingOoo": message("Loading the figures …"),
    "loadingError": message("The table could not be loaded."),
    "noRowsToShow": message("There is nothing to show."),
    "noMatchingRows": message("No row fits the filters."),
    "textFilter": message("Filter by text"),
    "numberFilter": message("Filter by number"),
    "filterOoo": message("Value"),
    "empty": message("Choose one"),
    "equals": message("is"),
    "contains": message("contains"),
    "notContains": message("does not contain"),
    "startsWith": message("begins with"),
    "greaterThan": message("greater than"),
    "greaterThanOrEqual": message("at least"),
    "lessThan": message("less than"),
    "lessThanOrEqual": message("at most"),
    "inRange": message("between"),
    "inRangeStart": message("from"),
    "inRangeEnd": message("to"),
    "blank": message("is missing"),
    "notBlank": message("is not missing"),
    "resetFilter": message("Remove the filter"),
    "invalidNumber": message("This is not a number."),
    "strictMinValueValidation": message("Must be greater than {value}"),
    "strictMaxValueValidation": message("Must be less than {value}"),
    "ariaLabelColumnFilter": message("Filter of the column"),
    "ariaColumnFiltered": message("The column is filtered."),
    "ariaFilterMenuOpen": message("Open the filter"),
    "ariaFilteringOperator": message("Condition"),
    "ariaFilterValue": message("Value of the condition"),
    "ariaFilterFromValue": message("From this value"),
    "ariaFilterToValue": message("To this value"),
    "ariaSortableColumn": message("Press Enter to sort."),
    "ariaFilterColumn": message("Press Ctrl + Enter to open the filter."),
}
"""Everything that AG Grid's community edition shows or says in the grids that we make."""
