"""Figures are kept in one unit each, converted without the errors of binary fractions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.rules import NUMBER
from etl.units import UNITS, convert, in_kept_units, kept_unit
from tests.tables import assert_table, cells, table


def test_a_figure_is_converted_to_the_sixth_decimal():
    """Dollars are whole to the cent, hours become days."""
    _header, rows = cells("""
        | value    | unit         | kept        | in   |
        | 84.1453  | million USD  | 84145300.0  | USD  |
        | 0.1      | thousand USD | 100.0       | USD  |
        | 1.1      | billion USD  | 1100000000.0 | USD |
        | 5409455.55013 | thousand USD | 5409455550.13 | USD |
        | 36       | hours        | 1.5         | days |
        | 1        | hours        | 0.041667    | days |
        | 4484     | kt           | 4484.0      | kt   |
        | -18.9    | percent change | -18.9     | percent |
    """)
    for value, unit, kept, kept_in in rows:
        assert (repr(convert(value, unit)), kept_unit(unit)) == (kept, kept_in)


@given(
    st.from_regex(r"[0-9]{1,18}(\.[0-9]{1,18})?", fullmatch=True), st.sampled_from(sorted(UNITS))
)
def test_every_number_by_our_rules_converts(value: str, unit: str):
    """However long a number is, it converts to the nearest float of the exact product."""
    assert NUMBER.holds(value)
    exact = Decimal(value) * UNITS[unit][1]
    assert convert(value, unit) == pytest.approx(float(exact), rel=1e-12, abs=1e-6)


def test_ranges_convert_at_both_ends_and_what_is_empty_stays_missing():
    """A range keeps its two ends; an empty cell becomes a missing one."""
    arrived = table("""
        | value | low | high | note     |
        |       | 24  | 48   |          |
        | 12    |     |      | measured |
        |       |     | 30   |          |
    """)
    kept = in_kept_units(arrived, table("| unit |\n| hours |\n| days |\n| hours |")["unit"])
    assert_table(
        kept,
        """
        | value | low | high | note     |
        |       | 1   | 2    |          |
        | 12    |     |      | measured |
        |       |     | 1.25 |          |
        """,
    )
