"""What is wrong in bulk data: counted, shown where it first stands, and never dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.bulk.adding import LEGACY, added, csv, legacy, saved
from tests.tables import assert_refusals, assert_table


def test_every_fault_is_counted_and_shown_where_it_first_stands(tmp_path: Path):
    """Economies, flows and values are looked at in every record."""
    made = legacy(
        tmp_path,
        """
        | reporter   | partner  | flow     | cmdCode | tradeValueUSD |
        | Azerbaijan | Turkey   | Export   | 27.0    | 5.0           |
        | Georgia    | Atlantis | Export   | 27.0    | 5.0           |
        | Armenia    | Atlantis | Export   | 28.0    | 5.0           |
        | Georgia    | Armenia  | Smuggled | 27.0    | 5.0           |
        | Georgia    | Armenia  | Import   | 27.0    | -5.0          |
        | Georgia    | Armenia  | Import   | 28.0    | 1e5           |
        """,
    )
    assert_refusals(
        made.refusals,
        """
        | file     | row | field    | value    | reason                                                                                       |
        | bulk.csv | 3   | partner  | Atlantis | is no economy known here, in 2 records                                                       |
        | bulk.csv | 5   | flowCode | Smuggled | is no flow known here, in 1 record                                                           |
        | bulk.csv | 6   | value    | -5.0     | is not an amount: digits with a decimal point were expected, and no minus, in 1 record |
        | bulk.csv | 7   | value    | 1e5      | is not an amount: digits with a decimal point were expected, and no minus, in 1 record |
        """,
    )
    assert made.rows is None


def test_codes_and_years_are_asked_of_what_may_be_added_up(tmp_path: Path):
    """A record of no economy of the group can spoil no sum; one of theirs can."""
    made = legacy(
        tmp_path,
        """
        | reporter   | partner | year | cmdCode | tradeValueUSD |
        | Georgia    | Armenia | X    | ?       | 5.0           |
        | Azerbaijan | Turkey  | 20   | 27.0    | 5.0           |
        | Azerbaijan | Turkey  | 2010 | 27.5    | 5.0           |
        """,
    )
    assert_refusals(
        made.refusals,
        """
        | row | field   | value | reason                                                             |
        | 3   | period  | 20    | is neither a year nor a month, in 1 record                         |
        | 4   | cmdCode | 27.5  | is neither TOTAL nor a code of 2, 4 or 6 digits, in 1 record |
        """,
    )


def test_a_repeated_key_is_no_sum(tmp_path: Path):
    """Two records of one flow: which holds is not ours to say, even where they agree."""
    text = """
        | partner | cmdCode | tradeValueUSD |
        | Turkey  | 27.0    | 5.0           |
        | Turkey  | 28.0    | 1.0           |
        | Turkey  | 27.0    | 5.0           |
        | Türkiye | 28.0    | 9.0           |
        | Turkey  | 29.0    | 9.0           |
        """
    made = legacy(tmp_path, text)
    assert_refusals(
        made.refusals,
        """
        | row | field                              | value                  | reason                                        |
        | 2   | reporter+partner+flow+product+period | AZE TUR export 27 2010 | is the key of 2 records, the first of them here |
        | 3   | reporter+partner+flow+product+period | AZE TUR export 28 2010 | is the key of 2 records, the first of them here |
        """,
    )
    rest = legacy(tmp_path, text, keeps_rest=True)
    assert len(rest.refusals) == 2
    assert_table(
        rest.rows.to_pandas().query("reporter == 'AZE'"),
        """
        | partner | product | value | records |
        | TUR     | 29      | 9.000 | 1       |
        """,
    )


def test_headers_are_looked_at_first(tmp_path: Path):
    """A column that is missing, and a file that is not like the first, before any row is read."""
    without = saved(tmp_path, csv("| cmdCode |\n| 27.0 |", **LEGACY), "without.csv")
    other = saved(tmp_path, "t,i,j,k,v,q\n", "other.csv")
    assert_refusals(
        added(without, other).refusals,
        """
        | file        | row | field  | reason                                |
        | without.csv | 1   | header | has no column for value               |
        | other.csv   | 1   | header | has another header than without.csv |
        """,
    )


def test_a_row_that_is_none_ends_the_reading(tmp_path: Path):
    """A row with a cell too few may be half of another: it is named, and nothing is kept."""
    whole = csv("| cmdCode | tradeValueUSD |\n| 27.0 | 5.0 |", **LEGACY)
    made = added(saved(tmp_path, f"{whole}28.0,5.0,2010\n"))
    (refusal,) = made.refusals
    assert (refusal.file, refusal.row, refusal.field) == ("bulk.csv", 3, "row")
    assert "Expected Number of Columns: 6 Found: 3" in refusal.reason


@pytest.mark.slow
def test_rows_are_found_in_large_files(tmp_path: Path):
    """The row of a fault is that of the file, however many threads have read it in parts."""
    sound = "Georgia,Armenia,Export,2010,27.0,5.0\n" * 400_000
    header = "reporter,partner,flow,year,cmdCode,tradeValueUSD\n"
    path = saved(tmp_path, f"{header}{sound}Georgia,Atlantis,Export,2010,27.0,5.0\n{sound}")
    (refusal,) = added(path).refusals[:1]
    assert (refusal.value, refusal.row) == ("Atlantis", 400_002)
    (broken,) = added(saved(tmp_path, f"{header}{sound}Georgia\n{sound}", "broken.csv.gz")).refusals
    assert (broken.file, broken.row, broken.field) == ("broken.csv.gz", 400_002, "row")


def test_a_packed_file_that_was_cut_off_is_refused(tmp_path: Path):
    """Even where what is left of it ends with a row: half of the records would pass for all."""
    rows = "".join(
        f"Azerbaijan,Turkey,Export,2010,{code}.0,{code**7}.0\n" for code in range(10, 98)
    )
    path = saved(
        tmp_path, f"reporter,partner,flow,year,cmdCode,tradeValueUSD\n{rows}", "cut.csv.gz"
    )
    whole = path.read_bytes()
    for length in range(len(whole) - 400, len(whole), 20):
        path.write_bytes(whole[:length])
        made = added(path)
        assert made.rows is None
        assert made.refusals[0].file == "cut.csv.gz", length


def test_files_without_the_group_hold_nothing(tmp_path: Path):
    """No row for us is more likely the wrong file than the truth."""
    made = legacy(
        tmp_path,
        "| reporter | partner | cmdCode | tradeValueUSD |\n| Georgia | Armenia | 27.0 | 5.0 |",
    )
    (refusal,) = made.refusals
    assert refusal.reason.startswith("holds no flow between the economies of the group (AZE, ")
