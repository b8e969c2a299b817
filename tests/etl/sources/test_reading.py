"""What readers share: numbers as text, kept exactly; a second figure of one key."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import rules
from etl.sources.reading import (
    no_rows,
    number_text,
    observation_rows,
    refuse_cells,
    trade_rows,
    wide_amounts,
    without_repeats,
)
from tests.tables import arrived, assert_refusals, assert_table

_CONSTANT = {
    "reporter": "KAZ",
    "flow": "export",
    "product": "TOTAL",
    "period": "2020",
    "unit": "USD",
    "source": "bns",
    "valuation": "FOB",
    "status": "final",
    "place": "here",
}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (13.0, "13"),
        (1e-05, "0.00001"),
        (1e17, "100000000000000000"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.30000000000000004"),
        ("13.0", "13.0"),
        (" 1.5E3 ", "1500"),
        ("1e-19", "0.000000000000000000"),
        (7, "7"),
        (1e18, None),
        (10**20, None),
        (float("nan"), None),
        ("1,5", None),
        ("1 000", None),
        ("0x10", None),
        ("", None),
    ],
)
def test_a_number_as_our_tables_write_it(number, text):
    """No exponent, a float in its shortest form, a text with its printed digits, or None."""
    assert text == number_text(number)
    assert number_text(10**5000) is None


@given(st.floats(min_value=1e-3, max_value=1e17) | st.integers(0, 10**17))
def test_a_number_is_kept_exactly(number):
    """Whatever a float or an integer holds, its text holds to the eighteenth decimal."""
    text = number_text(number)
    assert text is not None
    assert rules.NUMBER.holds(text)
    assert abs(Decimal(repr(number)) - Decimal(text)) <= Decimal("5e-19")


def test_rows_have_the_columns_of_their_table():
    """Columns stand in their order, one text fills a column, what is optional may be absent."""
    rows = trade_rows(**_CONSTANT, partner=["TUR", "UZB"], value=["1", "2"], row=[2, 3])
    assert_table(
        rows,
        """
        | reporter | partner | flow   | product | classification | period | value | unit | source | valuation | status | place | note | row |
        | KAZ      | TUR     | export | TOTAL   |                | 2020   | 1     | USD  | bns    | FOB       | final  | here  |      | 2   |
        | KAZ      | UZB     | export | TOTAL   |                | 2020   | 2     | USD  | bns    | FOB       | final  | here  |      | 3   |
        """,
    )
    assert list(no_rows("trade").dtypes) == list(rows.dtypes)


def test_a_second_figure_of_one_key():
    """The same figure twice is one; another figure is refused where it stands."""
    rows = trade_rows(
        **_CONSTANT,
        partner=["TUR", "UZB", "TUR", "UZB"],
        value=["1", "2", "1.0", "3"],
        row=range(4),
    )
    kept, refusals = without_repeats("a.csv", "trade", rows)
    assert_table(kept, "| partner | value |\n| TUR | 1 |\n| UZB | 2 |")
    assert_refusals(
        refusals,
        """
        | file  | row | field | value | reason                                                                |
        | a.csv | 3   | value | 3     | is a second figure for KAZ, UZB, export, TOTAL, 2020: row 1 says 2 |
        """,
    )


def test_a_second_range_of_one_key():
    """Ranges are compared by both their ends."""
    constant = {"indicator": "days", "scope": "a>b", "period": "2020", "unit": "days"}
    rows = observation_rows(
        **constant,
        status="stated",
        source="s",
        place="p",
        low=["19", "19"],
        high=["23", "24"],
        row=[2, 3],
    )
    kept, refusals = without_repeats("a.csv", "observation", rows)
    assert len(kept) == 1
    assert [refusal.value for refusal in refusals] == ["19–24"]


def test_columns_of_years_become_rows():
    """A blank or a dash is no row, a nought is one, and text in place of a number is refused."""
    frame = arrived("""
        | partner | 2020 | 2021 |
        | TUR     | 1.5  | 0    |
        | UZB     | -    |      |
        | AZE     | 1,5  | -3   |
    """)
    long, refusals = wide_amounts("a.csv", frame, {"2020": "2020", "2021": "2021"})
    assert_table(
        long[long["partner"] != "AZE"],
        """
        | partner | period | column | value | row |
        | TUR     | 2020   | 2020   | 1.5   | 2   |
        | TUR     | 2021   | 2021   | 0     | 2   |
        """,
    )
    assert_refusals(refusals, "| row | field | value |\n| 4 | 2020 | 1,5 |\n| 4 | 2021 | -3 |")


def test_a_thousand_wrong_rows_make_a_page():
    """Each wrong value is named once with its count; beyond 200 values the rest is counted."""
    frame = arrived("| value |\n" + "\n".join(f"| x{row % 300} |" for row in range(600)))
    refusals = list(
        refuse_cells(
            "a.csv", frame["value"], frame["row"], field="value", reason="is bad", remedy=""
        )
    )
    assert len(refusals) == 201
    assert refusals[0].reason == "is bad, here and in 1 more rows"
    assert refusals[-1].reason == "is bad; so are 100 more values in 200 rows, not named here"
