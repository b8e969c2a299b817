"""Periods are dates, spans and open beginnings, and stand in the order of the calendar."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cells
from warehouse import periods

_DAYS = st.dates(min_value=date(1000, 1, 1))
_POINTS = st.one_of(
    _DAYS.map(lambda day: f"{day:%Y}"),
    _DAYS.map(lambda day: f"{day:%Y-%m}"),
    _DAYS.map(date.isoformat),
)
_SPANS = st.tuples(_POINTS, _POINTS).map("/".join).filter(periods.is_period)
_PERIODS = st.one_of(_POINTS, _SPANS, _POINTS.map("../{}".format))


def test_a_period_is_its_first_and_last_day():
    """Both ends are included; an open beginning has no first day."""
    _header, rows = cells("""
        | text            | start      | end        |
        | 2010            | 2010-01-01 | 2010-12-31 |
        | 2024-02         | 2024-02-01 | 2024-02-29 |
        | 2023-05-19      | 2023-05-19 | 2023-05-19 |
        | 2022-01/2022-09 | 2022-01-01 | 2022-09-30 |
        | 2010/2023       | 2010-01-01 | 2023-12-31 |
        | ../2023-05      | None       | 2023-05-31 |
    """)
    for text, start, end in rows:
        period = periods.parse(text)
        assert [str(period.start), str(period.end)] == [start, end]
        assert period.is_open == (start == "None")


@pytest.mark.parametrize(
    "text",
    [
        *("", "23", "2023-13", "2023-00", "2023-02-30", "2023-05-00", "0000", "2023-5", "2023-"),
        *("2023/2022", "2023/", "/2023", "../", "..", "2023/..", "2022/2023/2024"),
        *(" 2023", "2023\n", "May 2023", "2023-H1", "٢٠٢٣"),
    ],
)
def test_anything_else_is_no_period(text: str):
    """Impossible dates, backward spans and other spellings are refused, never guessed."""
    assert not periods.is_period(text)
    assert not periods.is_year(text)
    with pytest.raises(ValueError, match=r"."):
        periods.parse(text)


def test_periods_stand_in_the_order_of_the_calendar():
    """By the last day, then by the first, an open beginning before all others."""
    in_order = ["2022-01/2022-09", "2022", "../2023-05", "2023-01/2023-05", "2023-05", "2023-05-31"]
    assert sorted(sorted(in_order), key=periods.parse) == in_order


@given(_PERIODS)
def test_the_middle_lies_inside(text: str):
    """The day to draw a period at is one of its days; an open one stands at its end."""
    period = periods.parse(text)
    assert (period.start or period.end) <= period.middle <= period.end


@given(_DAYS)
def test_a_month_and_a_year_hold_each_of_their_days(day: date):
    """A day lies in its month and its month in its year, to the last day of both."""
    month, year = periods.parse(f"{day:%Y-%m}"), periods.parse(f"{day:%Y}")
    assert month.start <= day <= month.end
    assert month.end.day == calendar.monthrange(day.year, day.month)[1]
    assert year.start <= month.start
    assert month.end <= year.end


@given(_PERIODS, _PERIODS)
def test_of_two_periods_one_comes_first_or_they_are_the_same(one: str, other: str):
    """The order is total, and agrees with the last day."""
    first, second = periods.parse(one), periods.parse(other)
    assert (first < second) + (second < first) + (first == second) == 1
    assert first >= second or first.end <= second.end


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str):
    """Whatever stands in a cell, the answer is yes or no."""
    assert periods.is_period(text) in {True, False}
