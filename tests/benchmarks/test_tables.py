"""What the parts hand to the report survives as JSON, and a budget says what it means."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.tables import Budget, Table, budget_table, dumps, loads, middle, three_digits
from tests.tables import cells

cell = st.none() | st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.lists(cell, min_size=2, max_size=2)), st.lists(st.text()))
def test_tables_come_back_from_json_as_they_were(rows, notes):
    tables = [Table("Pages", ["page", "s"], rows, notes), Table("None", [], [])]
    assert loads(dumps(tables)) == tables


def test_what_is_no_number_comes_back_as_nothing():
    """JSON knows no NaN, and a table that was not measured must not break the others."""
    (table,) = loads(dumps([Table("Pages", ["s"], [[math.nan], [1.5]])]))
    assert table.rows == [[None], [1.5]]


def test_a_budget_is_met_at_its_limit_and_not_beyond():
    _header, rows = cells("""
        | limit | measured | at least | said                            |
        | 450   | 449.96   | no       | weight, ≤ 450 kB, 450 kB, ✓     |
        | 450   | 450      | no       | weight, ≤ 450 kB, 450 kB, ✓     |
        | 450   | 597.4    | no       | weight, ≤ 450 kB, 597 kB, ✗     |
        | 0     | 0        | no       | weight, ≤ 0 kB, 0 kB, ✓         |
        | 20    | 19.99    | yes      | weight, ≥ 20.0 kB, 20.0 kB, ✗   |
        | 20    | 20       | yes      | weight, ≥ 20.0 kB, 20.0 kB, ✓   |
        | 20    | nan      | yes      | weight, ≥ 20.0 kB, not measured, ✗ |
        | 20    | nan      | no       | weight, ≤ 20.0 kB, not measured, ✗ |
    """)
    for limit, measured, at_least, said in rows:
        budget = Budget("weight", float(limit), float(measured), "kB", at_least=at_least == "yes")
        assert ", ".join(budget.row()) == said


def test_budgets_are_found_by_their_title():
    table = budget_table([Budget("Interaction ÷ plain Dash's median", 0.5, 0.25)])
    assert table.title == "Budgets"
    assert list(zip(table.columns, table.rows[0], strict=True)) == [
        ("Budget", "Interaction ÷ plain Dash's median"),
        ("Limit", "≤ 0.500"),
        ("Measured", "0.250"),
        ("Met", "✓"),
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (0.19974, "0.200"), (3.4742, "3.47"), (43.68, "43.7"), (6218.4, "6,218")],
)
def test_a_number_has_three_digits_or_all_of_its_whole_part(value: float, written: str):
    assert three_digits(value) == written


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_three_digits_are_within_half_a_percent(value: float):
    assert float(three_digits(value).replace(",", "")) == pytest.approx(value, rel=0.005)


@given(st.lists(st.floats(min_value=0, max_value=1e6), min_size=1))
def test_the_median_has_as_many_values_below_as_above(values: list[float]):
    found = middle(values)
    assert sum(each < found for each in values) <= len(values) / 2
    assert sum(each > found for each in values) <= len(values) / 2


def test_the_median_of_nothing_is_no_number():
    assert math.isnan(middle([]))
