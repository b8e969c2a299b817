"""Visits become medians, medians ratios, and ratios budgets."""

from __future__ import annotations

from benchmarks.page_tables import Measures, tables
from benchmarks.tables import Table
from benchmarks.visiting import Visit
from tests.tables import cells

VISITS = """
    | page                         | throttled | seconds         | kB  |
    | our summary                  | yes       | 2.0 9.0 3.0     | 261 |
    | our summary                  | no        | 1.0 1.2 1.1     | 261 |
    | our trade page               | yes       | 7.0             | 597 |
    | our trade page               | no        | 2.0             | 751 |
    | plain Dash                   | yes       | 40.0            | 0   |
    | plain Dash                   | no        | 4.0             | 6200 |
    | static page, our plotly.js   | yes       | 4.0             | 0   |
    | static page, our plotly.js   | no        | 1.0             | 340 |
"""


def measures() -> Measures:
    found = Measures()
    for page, throttled, seconds, kilobytes in cells(VISITS)[1]:
        for each in seconds.split():
            visit = Visit(1000 * float(each), float(kilobytes), 5)
            found.opened[page, throttled == "yes"].append(visit)
    found.stepped["summary → trade", False] = [Visit(900, 59.0, 1)]
    found.choices["our trade page"] = [100.0, 300.0, 200.0]
    found.choices["plain Dash"] = [400.0, 500.0]
    found.first_choices["our trade page"] = [800.0]
    return found


def one(title: str) -> Table:
    (found,) = [each for each in tables(measures()) if each.title == title]
    return found


def test_a_page_has_its_ratios_first_then_its_medians():
    (summary, *_) = one("Opening a page with an empty cache").rows
    assert summary == ["our summary", 3 / 40, 3 / 4, 3.0, 1.1, 261.0, 5, "3 + 3"]


def test_an_interaction_is_held_against_plain_dash():
    (ours, *_) = one("Choosing another flow").rows
    assert ours == ["our trade page", 200 / 450, 200.0, 300.0, 800.0, 3]


def test_budgets_are_judged_on_the_medians():
    """What nobody measured, as here the step from the corridor, is not met."""
    judged = {name: (measured, met) for name, _limit, measured, met in one("Budgets").rows}
    assert judged["Summary over the wire, cold"] == ("261 kB", "✓")
    assert judged["Summary throttled, to every card and chart"] == ("3.00 s", "✓")
    assert judged["Trade page over the wire, cold"] == ("751 kB", "✗")
    assert judged["Trade page: summary → trade"] == ("59.0 kB", "✓")
    assert judged["Trade page: corridor → trade"] == ("not measured", "✗")
    assert judged["Our trade page, throttled ÷ plain Dash"] == ("0.175", "✓")
    assert judged["Our trade page, throttled ÷ a static page with our bundle"] == ("1.75", "✗")
    assert judged["Interaction ÷ plain Dash's median"] == ("0.444", "✓")
