"""Observations and statements: kept in the units of their indicators, about things that are known."""

from __future__ import annotations

from etl.preferences import Preferences
from etl.transforms import observations, statements
from tests.tables import arrived, assert_refusals, assert_table, known, table

_RULED = Preferences(
    table("""
        | subject            | first_period | last_period | source   |
        | titr_volume:titr   | 2022         | 2022        | ministry |
    """)
)


def test_a_range_stays_a_range_and_hours_become_days():
    """Low and high are kept, in the kept unit; an empty note is missing."""
    frame, refusals = observations.observations(
        known("""
            | indicator | scope | period | value | low | high | unit  | source | vintage | note |
            | days      | a     | 2023   |       | 19  | 23   | days  | pm     | 2023    |      |
            | days      | b     | 2024   | 36    |     |      | hours | pm     | 2024    | sea  |
            | days      | c     | 2024   |       |     | 45   | days  | pm     | 2024    |      |
        """),
        _RULED,
    )
    assert_table(
        frame,
        """
        | indicator_id | scope | period | value | low | high | source_id | vintage | note | newest_until | preferred_until |
        | days         | a     | 2023   |       | 19  | 23   | pm        | 2023    |      |              |                 |
        | days         | b     | 2024   | 1.5   |     |      | pm        | 2024    | sea  |              |                 |
        | days         | c     | 2024   |       |     | 45   | pm        | 2024    |      |              |                 |
        """,
    )
    assert refusals == []


def test_what_each_operator_measures_is_no_conflict():
    """Two logs of one leg in one month: both stand under their sources, neither speaks for both."""
    frame, refusals = observations.observations(
        known("""
            | indicator | scope | period  | value | low | high | unit | source | vintage    | note |
            | leg_days  | a>b   | 2026-03 | 4     |     |      | days | one    | 2026-04-01 |      |
            | leg_days  | a>b   | 2026-03 | 6     |     |      | days | two    | 2026-04-02 |      |
        """),
        _RULED,
        {"leg_days"},
    )
    assert list(frame["newest_until"].fillna("")) == ["", ""]
    assert list(frame["preferred_until"]) == ["2026-04-02", "2026-04-01"]
    assert refusals == []


def test_a_conflict_is_decided_for_an_indicator_and_its_scope():
    """The same indicator of another scope, or another year, is another question."""
    frame, refusals = observations.observations(
        known("""
            | indicator   | scope | period | value | low | high | unit | source   | vintage | note |
            | titr_volume | titr  | 2022   | 1485  |     |      | kt   | ministry | 2026    |      |
            | titr_volume | titr  | 2022   | 1700  |     |      | kt   | press    | 2024    |      |
            | titr_volume | titr  | 2023   | 2764  |     |      | kt   | ministry | 2026    |      |
            | titr_volume | titr  | 2023   | 2760  |     |      | kt   | press    | 2024    |      |
            | titr_volume | other | 2022   | 1     |     |      | kt   | press    | 2024    |      |
        """),
        _RULED,
    )
    assert list(frame["preferred_until"].fillna("")) == [
        *("", "2026-12-31"),  # the ministry is preferred, from the day it is known
        *("2024-12-31", "2026-12-31"),  # nobody is: the refusals say so
        "",
    ]
    assert_refusals(
        refusals,
        """
        | row | value    | remedy                                                               |
        | 4   | ministry | Add titr_volume:titr to corrections/preferences.csv with the reason. |
        | 5   | press    | Add titr_volume:titr to corrections/preferences.csv with the reason. |
        """,
    )


_INDICATORS = table("| id | unit |\n| volume | kt |\n| days | days |")


def test_a_figure_is_in_a_unit_of_its_indicator():
    """Hours are days, tonnes are not; a figure whose indicator is unknown is not judged twice."""
    figures = arrived("""
        | indicator | unit  |
        | days      | hours |
        | days      | kt    |
        | volume    | TEU   |
        | volume    | ratio |
        | nothing   | TEU   |
    """)
    assert_refusals(
        observations.check_units(figures, _INDICATORS),
        """
        | row | field | value | reason               | remedy                   |
        | 3   | unit  | kt    | is no unit of days   | Give the figure in days. |
        | 4   | unit  | TEU   | is no unit of volume | Give the figure in kt.   |
        | 5   | unit  | ratio | is no unit of volume | Give the figure in kt.   |
        """,
    )


def test_a_statement_may_also_be_a_ratio():
    """ "Three times" is said of tonnes; "three days" is not."""
    said = arrived(
        "| indicator | unit | words |\n| volume | ratio | x3 |\n| volume | days | 3 days |"
    )
    assert_refusals(
        observations.check_units(said, _INDICATORS),
        "| row | value | reason |\n| 3 | days | is no unit of volume |",
    )


def test_a_figure_is_about_a_scope_an_economy_a_pair_or_a_way():
    """Codes are known one by one and as pairs, nodes as ways and stays; anything else is refused."""
    figures = arrived("""
        | scope   |
        | titr    |
        | KAZ     |
        | KAZ-TUR |
        | KAZ-XXX |
        | tirt    |
        | KAZ-    |
        | aktau>baku |
        | node:aktau |
        | aktau>KAZ  |
        | node:KAZ   |
    """)
    names = {
        "scope": frozenset({"titr"}),
        "economy": frozenset({"KAZ", "TUR"}),
        "node": frozenset({"aktau", "baku"}),
    }
    refusals = list(observations.check_scopes(figures, names))
    assert_refusals(
        refusals,
        """
        | row | field | value     |
        | 11  | scope | node:KAZ  |
        | 10  | scope | aktau>KAZ |
        | 5   | scope | KAZ-XXX   |
        | 6   | scope | tirt      |
        | 7   | scope | KAZ-      |
        """,
    )
    assert {refusal.reason for refusal in refusals} == {
        "is no known scope, economy, pair of economies or way between nodes"
    }


def test_statements_keep_their_words_and_convert_their_numbers():
    """A hope in billions is kept in dollars, unit and all; an undated one stays undated."""
    frame = statements.statements(
        arrived("""
            | id         | indicator | value | low | high | unit        | due  | words        | source | stated_on  |
            | trade-23bn | turnover  | 23    |     |      | billion USD |      | 23 миллиард  | kisi   | 2023-09-28 |
            | days-2023  | days      |       | 96  | 120  | hours       | 2023 | 4–5 days     | pm     | 2023-02    |
        """)
    )
    assert_table(
        frame,
        """
        | id         | indicator_id | value       | low | high | unit | due  | words       | source_id | known_since |
        | trade-23bn | turnover     | 23000000000 |     |      | USD  |      | 23 миллиард | kisi      | 2023-09-28  |
        | days-2023  | days         |             | 4   | 5    | days | 2023 | 4–5 days    | pm        | 2023-02-28  |
        """,
    )


def test_what_was_not_yet_said_is_unknown():
    """On the last day of its month a statement is known; whoever names an unsaid target forgets it."""
    said = arrived("""
        | id     | indicator | value | low | high | unit | stated_on | source |
        | hope   | days      | 5     |     |      | days | 2023-02   | pm     |
        | repeat | days      | 5     |     |      | days | 2024-02   | pm     |
    """)
    frames = {
        "target": statements.statements(said, "2023-02-28").assign(restates=["repeat"]),
        "headline": table("| target_id |\n| hope |\n| repeat |"),
    }
    statements.forget_unknown(frames)
    assert_table(frames["target"], "| id | restates |\n| hope | |")
    assert_table(frames["headline"], "| target_id |\n| hope |\n| |")
    assert statements.statements(said, "2023-02-27").empty
