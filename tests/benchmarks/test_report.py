"""The report lays out what the parts have kept: budgets first, ratios as they come, nothing left out in silence."""

from __future__ import annotations

from datetime import date
from inspect import cleandoc

from benchmarks.report import render
from benchmarks.tables import loads

PAGES = """[
 {"title": "Budgets", "columns": ["Budget", "Limit", "Measured", "Met"],
  "rows": [["Summary over the wire, cold", "≤ 450 kB", "261 kB", "✓"]], "notes": []},
 {"title": "Opening a page", "columns": ["page", "÷ plain Dash", "throttled, s", "requests"],
  "rows": [["our summary", 0.0794, 3.4742, 22], ["plain | Dash", 1.0, 43.7, 1500], ["Vizro", null, null, null]],
  "notes": ["Throttled: a slow line."]}
]"""
ETL = """[
 {"title": "Budgets", "columns": ["Budget", "Limit", "Measured", "Met"],
  "rows": [["Load ÷ dlt", "≥ 10", "9.7", "✗"]], "notes": []}
]"""


def rendered() -> str:
    found = {"etl": loads(ETL), "pages": loads(PAGES)}
    return render(found, "2 cores; 25 GB of memory", date(2026, 11, 3))


def section(heading: str) -> str:
    return rendered().partition(f"## {heading}\n\n")[2].partition("\n## ")[0].strip()


def test_budgets_of_all_parts_stand_in_one_table_missed_ones_included():
    assert section("Budgets") == cleandoc("""
        | Budget | Limit | Measured | Met |
        | --- | --- | --- | --- |
        | Summary over the wire, cold | ≤ 450 kB | 261 kB | ✓ |
        | Load ÷ dlt | ≥ 10 | 9.7 | ✗ |
    """)


def test_a_part_shows_its_tables_with_their_notes():
    """Numbers stand to the right with three digits; what was not measured is blank, a bar is escaped."""
    assert section("Pages") == cleandoc(r"""
        ### Opening a page

        | page | ÷ plain Dash | throttled, s | requests |
        | --- | ---: | ---: | ---: |
        | our summary | 0.0794 | 3.47 | 22 |
        | plain \| Dash | 1.00 | 43.7 | 1,500 |
        | Vizro |  |  |  |

        Throttled: a slow line.
    """)


def test_a_part_that_was_not_measured_says_so():
    assert section("Load") == "Not measured."


def test_the_head_says_when_and_on_what():
    assert "on 3 November 2026" in rendered()
    assert "Machine: 2 cores; 25 GB of memory." in rendered()
