"""Which source speaks: decided by corrections/preferences.csv, or refused."""

from __future__ import annotations

import pandas as pd

from etl.preferences import Preferences, check_overlaps, decide
from tests.tables import arrived, assert_refusals, assert_table, known

_RULED = """
    | subject | first_period | last_period | source |
    | KAZ     | 1995         | 2017        | wits   |
    | KAZ     | 2018         |             | bns    |
"""


def _decide(frame: pd.DataFrame, preferences: str, doubted: frozenset[str] = frozenset()):
    return decide(
        frame, ["subject", "period"], frame["subject"], Preferences(arrived(preferences), doubted)
    )


def test_a_conflict_is_decided_by_the_preference_of_its_period():
    """One source to 2017, another since: each year has one voice, the other from when it is known."""
    frame = known("""
        | subject | period | source | vintage |
        | KAZ     | 2017   | wits   | 2026    |
        | KAZ     | 2017   | bns    | 2019    |
        | KAZ     | 2018   | wits   | 2026    |
        | KAZ     | 2018   | bns    | 2019    |
    """)
    marked, refusals = _decide(frame, _RULED)
    assert_table(
        marked,
        """
        | period | source | known_since | newest_until | preferred_until |
        | 2017   | wits   | 2026-12-31  |              |                 |
        | 2017   | bns    | 2019-12-31  |              | 2026-12-31      |
        | 2018   | wits   | 2026-12-31  |              | 2019-12-31      |
        | 2018   | bns    | 2019-12-31  |              |                 |
        """,
    )
    assert refusals == []


def test_a_source_speaks_by_its_newest_vintage():
    """Older editions are kept, and speak until a newer one is known."""
    frame = known("""
        | subject | period | source | vintage |
        | KAZ     | 2019   | bns    | 2019    |
        | KAZ     | 2019   | bns    | 2020    |
        | KAZ     | 2020   | bns    | 2020    |
    """)
    marked, refusals = _decide(frame, _RULED)
    assert_table(
        marked,
        """
        | period | vintage | newest_until | preferred_until |
        | 2019   | 2019    | 2020-12-31   | 2020-12-31      |
        | 2019   | 2020    |              |                 |
        | 2020   | 2020    |              |                 |
        """,
    )
    assert refusals == []


def test_a_source_alone_needs_no_preference():
    """Where nobody contradicts, the only voice is the preferred one, whatever is ruled."""
    frame = known("""
        | subject | period | source | vintage |
        | TUR     | 2020   | press  | 2021    |
        | KAZ     | 2020   | wits   | 2021    |
    """)
    marked, refusals = _decide(frame, _RULED)
    assert list(marked["preferred_until"]) == ["", ""]
    assert refusals == []


def test_an_undecided_conflict_is_refused_at_every_row():
    """No rule, a rule for other years, and a rule for an absent source all leave it undecided."""
    frame = known("""
        | subject | period | source | vintage |
        | TUR     | 2020   | bns    | 2021    |
        | TUR     | 2020   | wits   | 2021    |
        | KAZ     | 1994   | bns    | 2021    |
        | KAZ     | 1994   | wits   | 2021    |
        | KAZ     | 2020   | press  | 2021    |
        | KAZ     | 2020   | wits   | 2021    |
    """)
    _marked, refusals = _decide(frame, _RULED)
    assert_refusals(
        refusals,
        """
        | file      | row | field  | value | remedy                                                   |
        | table.csv | 2   | source | bns   | Add TUR to corrections/preferences.csv with the reason. |
        | table.csv | 3   | source | wits  | Add TUR to corrections/preferences.csv with the reason. |
        | table.csv | 4   | source | bns   | Add KAZ to corrections/preferences.csv with the reason. |
        | table.csv | 5   | source | wits  | Add KAZ to corrections/preferences.csv with the reason. |
        | table.csv | 6   | source | press | Add KAZ to corrections/preferences.csv with the reason. |
        | table.csv | 7   | source | wits  | Add KAZ to corrections/preferences.csv with the reason. |
        """,
    )


def test_a_conflict_waits_while_its_preference_is_refused():
    """The fault is reported where it is, not at every figure it would have decided."""
    frame = known("""
        | subject | period | source | vintage |
        | TUR     | 2020   | bns    | 2021    |
        | TUR     | 2020   | wits   | 2021    |
    """)
    _marked, refusals = _decide(frame, _RULED, doubted=frozenset({"TUR"}))
    assert refusals == []


def test_a_part_of_a_year_is_ruled_by_where_it_ends():
    """Spans and open beginnings belong to the rule in whose time they end."""
    frame = known("""
        | subject | period          | source | vintage |
        | KAZ     | 2017-07/2018-06 | wits   | 2026    |
        | KAZ     | 2017-07/2018-06 | bns    | 2019    |
        | KAZ     | ../2017-06      | wits   | 2026    |
        | KAZ     | ../2017-06      | bns    | 2019    |
    """)
    marked, _refusals = _decide(frame, _RULED)
    assert list(marked["preferred_until"]) == ["2019-12-31", "", "", "2026-12-31"]


def test_an_edition_known_late_was_never_the_newest():
    """A copy of 2019 found after the edition of 2020 was out changes nothing that was shown."""
    frame = known(
        """
        | subject | period | source | vintage |
        | KAZ     | 2018   | bns    | 2019    |
        | KAZ     | 2018   | bns    | 2020    |
        """,
        """
        | source | vintage | known_since |
        | bns    | 2019    | 2022-02-01  |
        | bns    | 2020    | 2021-03-01  |
        """,
    )
    marked, refusals = _decide(frame, _RULED)
    assert_table(
        marked,
        """
        | vintage | known_since | newest_until | preferred_until |
        | 2019    | 2022-02-01  | 2021-03-01   | 2021-03-01      |
        | 2020    | 2021-03-01  |              |                 |
        """,
    )
    assert refusals == []


def test_where_no_rule_names_a_subject_those_for_any_do():
    """The first of them in the file wins; a rule of the subject goes before them all."""
    frame = known("""
        | subject | period | source   | vintage |
        | TUR     | 2020   | wits     | 2021    |
        | TUR     | 2020   | comtrade | 2022    |
        | KAZ     | 2020   | bns      | 2022    |
        | KAZ     | 2020   | comtrade | 2021    |
        | KGZ     | 2020   | press    | 2021    |
        | KGZ     | 2020   | wits     | 2023    |
    """)
    marked, refusals = _decide(
        frame,
        """
        | subject | first_period | last_period | source   |
        | KAZ     | 2018         |             | bns      |
        | any     | 1900         |             | comtrade |
        | any     | 1900         |             | wits     |
        """,
    )
    assert_table(
        marked,
        """
        | subject | source   | preferred_until |
        | TUR     | wits     | 2022-12-31      |
        | TUR     | comtrade |                 |
        | KAZ     | bns      |                 |
        | KAZ     | comtrade | 2022-12-31      |
        | KGZ     | press    | 2023-12-31      |
        | KGZ     | wits     |                 |
        """,
    )
    assert refusals == []


def test_two_preferences_may_not_speak_at_once():
    """A rule that begins before the last one of its subject ends is refused."""
    preferences = arrived("""
        | subject | first_period | last_period | source |
        | KAZ     | 2015         |             | bns    |
        | KAZ     | 1995         | 2017        | wits   |
        | KGZ     | 1995         |             | nsc    |
        | TUR     | 1995         | 2017        | wits   |
        | TUR     | 2018         | 2020        | bns    |
        | any     | 1900         |             | wits   |
        | any     | 1900         |             | press  |
    """)
    assert_refusals(
        check_overlaps(preferences),
        """
        | row | field        | value | reason                                          |
        | 2   | first_period | 2015  | begins before an earlier preference of KAZ ends |
        """,
    )
