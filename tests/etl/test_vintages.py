"""Vintages: what a publisher changed between two documents, and since when each figure is known."""

from __future__ import annotations

import pandas as pd

from etl.transforms import vintages
from tests.tables import assert_refusals, assert_table, known, table

_KEY = ["partner", "period", "source"]
_FILLER = {"unit": "USD", "status": "final", "source": "bns", "period": "2024", "place": "here"}
_NONE = "| source | vintage | known_since |"


def _read(text: str) -> pd.DataFrame:
    """Rows as they come from snapshots; a snapshot is named by the time at which it was taken."""
    frame = table(text)
    filler = {name: cell for name, cell in _FILLER.items() if name not in frame}
    taken = frame.get("taken", frame["day"] + "T12:00:00Z")
    return frame.assign(**filler, taken=taken, snapshot_id="plain/" + taken)


def _dated(text: str, releases: str = _NONE) -> pd.DataFrame:
    return vintages.of_snapshots(_read(text), _KEY, table(releases))


def test_the_first_document_names_the_vintage_by_its_edition_or_its_day():
    """A figure is known since the day on which the document was released or taken."""
    assert_table(
        _dated("""
            | partner | value | edition | day        |
            | TUR     | 1     | 2025    | 2026-01-05 |
            | UZB     | 2     |         | 2026-01-06 |
        """),
        """
        | partner | value | vintage    | known_since |
        | UZB     | 2     | 2026-01-06 | 2026-01-06  |
        | TUR     | 1     | 2025       | 2026-01-05  |
        """,
    )


def test_a_changed_figure_is_a_new_vintage_and_the_old_one_stays():
    """Changed within one edition, or from day to day: named by the time at which it was taken."""
    assert_table(
        _dated("""
            | partner | value | edition | day        |
            | TUR     | 1     | 2025    | 2026-01-05 |
            | TUR     | 1.5   | 2025    | 2026-03-05 |
            | UZB     | 2     |         | 2026-01-06 |
            | UZB     | 3     |         | 2026-04-06 |
        """),
        """
        | partner | value | vintage                   | known_since |
        | UZB     | 2     | 2026-01-06                | 2026-01-06  |
        | UZB     | 3     | 2026-04-06T12:00:00Z      | 2026-04-06  |
        | TUR     | 1     | 2025                      | 2026-01-05  |
        | TUR     | 1.5   | 2025/2026-03-05T12:00:00Z | 2026-03-05  |
        """,
    )


def test_names_of_vintages_sort_by_age():
    """A second word of the same day stands after the first, whose name is the day alone."""
    dated = _dated("""
        | partner | value | edition | day        | taken                |
        | TUR     | 1     |         | 2026-01-06 | 2026-01-06T08:00:00Z |
        | TUR     | 2     |         | 2026-01-06 | 2026-01-06T09:00:00Z |
        | TUR     | 1     |         | 2026-01-07 | 2026-01-07T08:00:00Z |
    """)
    assert list(dated["value"]) == ["1", "2", "1"]
    assert list(dated["vintage"]) == sorted(dated["vintage"])
    assert dated["vintage"].is_unique


def test_a_release_that_is_found_late_is_as_old_as_its_day():
    """Of several releases the newest speaks, in whatever order they were found and added."""
    dated = _dated("""
        | partner | value | edition | day        | taken                |
        | TUR     | 3     |         | 2026-01-01 | 2026-11-20T05:00:00Z |
        | TUR     | 1     |         | 2020-01-01 | 2026-11-21T05:00:00Z |
        | TUR     | 2     |         | 2024-01-01 | 2026-11-22T05:00:00Z |
        | TUR     | 4     |         | 2026-11-23 | 2026-11-23T05:00:00Z |
    """)
    assert list(dated["value"]) == ["1", "2", "3", "4"]
    assert list(dated["vintage"]) == sorted(dated["vintage"])
    assert list(dated["known_since"]) == ["2020-01-01", "2024-01-01", "2026-01-01", "2026-11-23"]


def test_a_repeated_figure_adds_nothing():
    """The same number however it is written; the first document to give it is its evidence."""
    assert_table(
        _dated("""
            | partner | value | edition | day        |
            | TUR     | 1     | 2025    | 2026-01-05 |
            | TUR     | 1.0   | 2025    | 2026-02-05 |
            | TUR     | 2     | 2025    | 2026-03-05 |
            | TUR     | 2.00  | 2025    | 2026-04-05 |
        """),
        """
        | value | known_since | snapshot_id                |
        | 1     | 2026-01-05  | plain/2026-01-05T12:00:00Z |
        | 2     | 2026-03-05  | plain/2026-03-05T12:00:00Z |
        """,
    )


def test_another_unit_is_no_other_figure():
    """A table in millions and an answer in dollars agree; another number in dollars does not."""
    dated = _dated("""
        | partner | value    | unit        | edition | day        |
        | TUR     | 1.5      | million USD |         | 2026-01-05 |
        | TUR     | 1500000  | USD         |         | 2026-02-05 |
        | TUR     | 1500.1   | USD         |         | 2026-03-05 |
        | UZB     | 2        | million USD |         | 2026-01-05 |
        | UZB     | 2        | USD         |         | 2026-02-05 |
    """)
    told = sorted(dated[["partner", "value"]].itertuples(index=False, name=None))
    assert told == [("TUR", "1.5"), ("TUR", "1500.1"), ("UZB", "2"), ("UZB", "2")]


def test_a_figure_that_becomes_final_is_a_vintage_of_its_own():
    """The number may stay: what was preliminary and what is final are two statements."""
    dated = _dated("""
        | partner | value | status      | edition | day        |
        | TUR     | 1     | preliminary | 2025    | 2026-01-05 |
        | TUR     | 1     | final       | 2025    | 2026-02-05 |
        | TUR     | 1     | final       | 2025    | 2026-03-05 |
    """)
    assert list(dated["status"]) == ["preliminary", "final"]


def test_the_order_of_adding_makes_no_difference():
    """Documents speak in the order of their days, whoever finds them first."""
    text = """
        | partner | value | edition | day        |
        | TUR     | 1     | 2025    | 2026-01-05 |
        | TUR     | 2     | 2025    | 2026-02-05 |
        | UZB     | 1     |         | 2026-02-05 |
    """
    read = _read(text)
    dated = [
        vintages.of_snapshots(frame, _KEY, table(_NONE))
        for frame in (read, read.iloc[::-1].reset_index(drop=True))
    ]
    assert dated[0].equals(dated[1])


def test_the_table_of_releases_says_since_when_an_edition_is_known():
    """The edition and not its later revision; others are known since their document."""
    assert_table(
        _dated(
            """
            | partner | value | edition | day        |
            | TUR     | 1     | 2024    | 2026-01-05 |
            | TUR     | 2     | 2024    | 2026-02-05 |
            | TUR     | 3     | 2025    | 2026-01-05 |
            """,
            "| source | vintage | known_since |\n| bns | 2024 | 2025-07-25 |",
        ),
        """
        | value | vintage                   | known_since |
        | 1     | 2024                      | 2025-07-25  |
        | 2     | 2024/2026-02-05T12:00:00Z | 2026-02-05  |
        | 3     | 2025                      | 2026-01-05  |
        """,
    )


def test_our_own_rows_are_known_since_their_release_or_the_end_of_their_vintage():
    """A year, a month, a day, and a vintage that the table of releases names."""
    rows = known(
        """
        | source | vintage    |
        | bns    | 2024       |
        | bns    | 2023       |
        | pm     | 2023-02    |
        | pm     | 2023-02-03 |
        """,
        "| source | vintage | known_since |\n| bns | 2024 | 2025-07-25 |",
    )
    assert list(rows["known_since"]) == ["2025-07-25", "2023-12-31", "2023-02-28", "2023-02-03"]
    assert set(rows["snapshot_id"]) == {""}


_OWN = """
    | partner | value | vintage |
    | TUR     | 1.50  | 2025    |
    | UZB     | 2     | 2025    |
    | AZE     | 3     | 2025    |
"""
_DOCUMENT = """
    | partner | value | edition | day        |
    | TUR     | 1.504 | 2025    | 2026-01-05 |
    | UZB     | 2.6   | 2025    | 2026-01-05 |
    | AZE     | 9     | 2024    | 2026-01-05 |
"""


def _joined(own: str = _OWN, document: str = _DOCUMENT):
    filler = {name: cell for name, cell in _FILLER.items() if name != "place"}
    written = known(own, **filler, place="our own page")
    return vintages.joined(written, _dated(document), _KEY)


def test_a_row_that_a_document_proves_is_left_to_the_document():
    """To the digits that both have; the publisher's bytes go first, what no document has is ours."""
    frame, _refusals = _joined()
    assert_table(
        frame,
        """
        | partner | value | vintage | place        | snapshot_id                |
        | AZE     | 3     | 2025    | our own page |                            |
        | AZE     | 9     | 2024    | here         | plain/2026-01-05T12:00:00Z |
        | TUR     | 1.504 | 2025    | here         | plain/2026-01-05T12:00:00Z |
        | UZB     | 2.6   | 2025    | here         | plain/2026-01-05T12:00:00Z |
        """,
    )


def test_a_row_that_a_document_contradicts_is_refused():
    """With the place in the document, at the row of ours that is wrong."""
    _frame, refusals = _joined()
    assert_refusals(
        refusals,
        """
        | file      | row | field | value | reason                                           |
        | table.csv | 3   | value | 2     | is not what the publisher's document says (here) |
        """,
    )


def test_a_row_is_proved_by_a_document_that_rounds_more():
    """One edition comes in files of different digits; ours may have been written after the finer."""
    own = "| partner | value | vintage |\n| TUR | 1.50449 | 2025 |\n| UZB | 1.51 | 2025 |"
    document = "| partner | value | edition | day |\n"
    document += "| TUR | 1.504 | 2025 | 2026-01-05 |\n| UZB | 1.5 | 2025 | 2026-01-05 |"
    frame, refusals = _joined(own, document)
    assert (list(frame["value"]), refusals) == (["1.504", "1.5"], [])


def test_the_same_digits_in_another_unit_are_no_proof():
    """A thousand of what we wrote is another number."""
    _frame, refusals = _joined(
        document="| partner | value | unit | edition | day |\n"
        "| TUR | 1.5 | thousand USD | 2025 | 2026-01-05 |"
    )
    assert [refusal.row for refusal in refusals] == [2]


def test_without_documents_our_rows_stand_alone():
    """And without rows of ours the documents do."""
    nothing = "| partner | value | edition | day |"
    frame, refusals = _joined(document=nothing)
    assert (list(frame["value"]), refusals) == (["1.50", "2", "3"], [])
    frame, refusals = _joined(own="| partner | value | vintage |")
    assert (sorted(frame["value"]), refusals) == (["1.504", "2.6", "9"], [])


def test_a_record_speaks_since_its_day_or_since_its_earliest_figure():
    """A document added late may hold an edition that was out long before."""
    records = table("""
        | id   | day        |
        | late | 2026-11-23 |
        | mute | 2026-11-22 |
        | new  | 2026-11-21 |
    """)
    figures = table("""
        | snapshot_id | known_since |
        | late        | 2025-07-25  |
        | late        | 2026-11-23  |
        | new         | 2026-12-31  |
        |             | 2020-12-31  |
    """)
    assert_table(
        vintages.of_records(records, [figures, figures[:0]]),
        """
        | id   | known_since |
        | late | 2025-07-25  |
        | mute | 2026-11-22  |
        | new  | 2026-11-21  |
        """,
    )
