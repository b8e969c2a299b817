"""Grids: every column says how it sorts, filters and is shown, in the reader's language."""

from __future__ import annotations

import json
import string
from collections.abc import Mapping
from typing import Any

import pytest
from dash_ag_grid import AgGrid
from hypothesis import given
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from dashboards.components import grid as module
from dashboards.components.grid import TALL, grid
from dashboards.i18n import Locale
from tests.dashboards.serving import Part, part, parts, text
from tests.tables import cells
from warehouse.catalog import LANGUAGES, Language

every_language = pytest.mark.parametrize("language", LANGUAGES)

HEADS = [
    ("series", "Series", "text"),
    ("period", "Period", "period"),
    ("value", "Value", "number"),
    ("place", "Place in the source", "english"),
]
ROWS = """
| series | period | value | value_text  | place   |
| Azer   | 2010   | 12.98 | US$ 12.98 bn | row 1  |
| Türk   | 2011   |       |             | row 2   |
"""


def rows(drawn: str) -> list[dict[str, Any]]:
    """The rows of a text table: an empty cell is missing, values and shares are numbers."""
    header, lines = cells(drawn)
    made = [dict(zip(header, line, strict=True)) for line in lines]
    return [
        {**row, "value": float(row["value"]) if row["value"] else None}
        | {name: cell for name, cell in row.items() if name.endswith("_text")}
        for row in made
    ]


def shown(locale: Locale, *given: Any, **named: Any) -> Part:
    """A grid as a browser gets it."""
    made = grid("turnover", *(given or (HEADS, rows(ROWS))), locale, **named)
    return json.loads(json.dumps(made, cls=PlotlyJSONEncoder))  # type: ignore[no-any-return]


def table_of(tree: Part) -> Part:
    """What AG Grid is given."""
    return part(tree, "table-turnover")["props"]  # type: ignore[no-any-return]


def columns_of(tree: Part) -> dict[str, Part]:
    """What AG Grid is told of each column, by its field."""
    return {each["field"]: each for each in table_of(tree)["columnDefs"]}


@pytest.fixture
def english(locales: Mapping[Language, Locale]) -> Locale:
    """The language that the messages are written in."""
    return locales["en"]


def test_a_grid_is_the_community_edition_and_runs_no_code_as_text(english: Locale) -> None:
    props = table_of(shown(english))
    assert "enableEnterpriseModules" not in props
    assert "licenseKey" not in props
    assert "dangerously_allow_code" not in props
    assert set(props) <= set(AgGrid(id="x").available_properties)


def test_numbers_are_shown_as_text_and_sorted_and_filtered_by_value(english: Locale) -> None:
    tree = shown(english)
    value = columns_of(tree)["value"]
    assert value["valueFormatter"] == {"function": 'params.data["value_text"]'}
    assert (value["type"], value["filter"]) == ("rightAligned", "agNumberColumnFilter")
    assert [row["value"] for row in table_of(tree)["rowData"]] == [12.98, None]
    assert value["filterParams"]["filterOptions"][:2] == ["greaterThan", "greaterThanOrEqual"]


@pytest.mark.parametrize(
    ("periods", "kept", "filtered"),
    [
        (["2010", "2011"], [2010, 2011], "agNumberColumnFilter"),
        (["2010-03", "2010-04"], ["2010-03", "2010-04"], "agTextColumnFilter"),
        (["2010", "2010/2012"], ["2010", "2010/2012"], "agTextColumnFilter"),
    ],
)
def test_years_are_compared_and_other_periods_are_read(
    english: Locale, periods: list[str], kept: list[object], filtered: str
) -> None:
    """A period sorts by what is kept, and is shown and searched in words."""
    given = [{"period": each, "period_text": english.period(each)} for each in periods]
    tree = shown(english, [("period", "Period", "period")], given)
    period = columns_of(tree)["period"]
    assert [row["period"] for row in table_of(tree)["rowData"]] == kept
    assert period["filter"] == filtered
    assert period["valueFormatter"] == {"function": 'params.data["period_text"]'}
    assert ("filterValueGetter" in period) == (filtered == "agTextColumnFilter")


def test_words_that_are_english_in_every_language_are_marked(english: Locale) -> None:
    columns = columns_of(shown(english))
    assert columns["place"]["cellRenderer"] == "English"
    assert "cellRenderer" not in columns["series"]


@pytest.mark.parametrize(
    ("count", "layout", "name"),
    [(0, "autoHeight", "grid"), (TALL, "autoHeight", "grid"), (TALL + 1, "normal", "grid tall")],
)
def test_few_rows_stand_on_the_page_and_many_scroll(
    english: Locale, count: int, layout: str, name: str
) -> None:
    props = table_of(shown(english, HEADS, rows(ROWS)[:1] * count))
    assert (props["dashGridOptions"]["domLayout"], props["className"]) == (layout, name)


def test_short_columns_leave_room_for_sentences(english: Locale) -> None:
    row = rows(ROWS)[0] | {"place": "a sentence " * 20, "value_text": "9" * 34}
    columns = columns_of(shown(english, HEADS, [row]))
    assert columns["place"]["flex"] > columns["value"]["flex"] > columns["series"]["flex"]
    # A number is never broken into lines, so it has all the room that it needs.
    assert columns["value"]["minWidth"] > columns["place"]["minWidth"]
    assert [each["wrapText"] for each in columns.values()] == [True, False, False, True]


@every_language
def test_all_that_is_read_is_in_the_reader_s_language(
    locales: Mapping[Language, Locale], language: Language
) -> None:
    locale = locales[language]
    tree = shown(locale, caption="Товарооборот")
    texts = table_of(tree)["dashGridOptions"]["localeText"]
    assert texts["contains"] == locale.text("contains")
    assert "${variable}" in texts["strictMinValueValidation"]
    assert not [each for each in texts.values() if "{value}" in each]
    (button,) = [each for each in parts(tree) if each["type"] == "Button"]
    assert text(button) == locale.text("Copy the table")
    assert button["props"]["data-copies"] == "table-turnover"
    assert button["props"]["data-done"].count("#") == 1
    assert tree["props"]["aria-label"] == "Товарооборот"


@every_language
def test_numbers_are_read_as_the_language_writes_them(
    locales: Mapping[Language, Locale], language: Language
) -> None:
    params = columns_of(shown(locales[language]))["value"]["filterParams"]
    decimal, group = locales[language].separators
    expected = f"readNumber(params, {json.dumps(decimal)}, {json.dumps(group)})"
    assert params["numberParser"]["function"] == expected


@given(field=st.text(string.printable + "«ә»", min_size=1))
def test_a_series_may_be_called_anything(locales: Mapping[Language, Locale], field: str) -> None:
    """Whatever stands in the name of a field, the expression names that field and nothing else."""
    given = [{field: 1.5, f"{field}_text": "1.5"}]
    column = columns_of(shown(locales["en"], [(field, "Head", "number")], given))[field]
    expression = column["valueFormatter"]["function"]
    assert expression.startswith("params.data[")
    assert json.loads(expression.removeprefix("params.data[").removesuffix("]")) == f"{field}_text"


def test_every_text_of_ag_grid_is_said_once() -> None:
    """Two conditions with the same words could not be told apart."""
    conditions = ["equals", *module._WORDED, *module._MEASURED, *module._MISSING]
    words = {key: module._TEXTS[key] for key in conditions}
    assert len(set(words.values())) == len(words)
