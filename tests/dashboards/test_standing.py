"""The place of economies in the trade among a group, on two bases that are never mixed."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.standing import BASES, newest_shared, standing, told, years
from tests.tables import assert_table, table

FLOWS = """
| reporter_code | partner_code | flow_code | value_usd | status      | source_id |
| KAZ           | KGZ          | export    | 60        | final       | bns       |
| KAZ           | UZB          | export    | 30        | final       | bns       |
| KAZ           | UZB          | import    | 25        | final       | bns       |
| UZB           | KAZ          | export    | 10        | final       | stat      |
| UZB           | KAZ          | import    | 40        | preliminary | stat      |
| UZB           | TUR          | import    | 70        | final       | stat      |
"""
CODES = ["AZE", "KAZ", "KGZ", "TUR", "UZB"]


def flows(text: str = FLOWS) -> pd.DataFrame:
    """What some economies report of each other in one year."""
    frame = table(text, period="2023", vintage="2024-05-01")
    return frame.assign(value_usd=frame["value_usd"].astype(float))


def test_own_reports_and_those_of_partners_are_summed_ranked_and_shared_apart() -> None:
    """Kazakhstan says it sent 90; its partners say 40, of whom only Uzbekistan reports."""
    assert_table(
        standing(flows(), "export", CODES).assign(
            share=lambda rows: rows["share"].round(2), value_usd=lambda rows: rows["value_usd"]
        ),
        """
        | economy_code | basis    | value_usd | share | rank | ranked | told | asked | status      |
        | KAZ          | own      | 90        | 0.9   | 1    | 2      | 2    | 4     | final       |
        | UZB          | own      | 10        | 0.1   | 2    | 2      | 1    | 4     | final       |
        | TUR          | partners | 70        | 0.52  | 1    | 3      | 1    | 4     | final       |
        | KAZ          | partners | 40        | 0.3   | 2    | 3      | 1    | 4     | preliminary |
        | UZB          | partners | 25        | 0.19  | 3    | 3      | 1    | 4     | final       |
        """,
    )


def test_imports_are_what_the_economy_got_and_what_its_partners_sent_it() -> None:
    assert_table(
        standing(flows(), "import", CODES),
        """
        | economy_code | basis    | value_usd | rank |
        | UZB          | own      | 110       | 1    |
        | KAZ          | own      | 25        | 2    |
        | KGZ          | partners | 60        | 1    |
        | UZB          | partners | 30        | 2    |
        | KAZ          | partners | 10        | 3    |
        """,
    )


def test_only_the_partners_counted_stand_in_a_sum() -> None:
    counted = standing(flows(), "export", ["KAZ", "UZB"])
    assert_table(
        counted[counted["basis"] == "own"],
        """
        | economy_code | value_usd | told | asked |
        | KAZ          | 30        | 1    | 1     |
        | UZB          | 10        | 1    | 1     |
        """,
    )


def test_a_sum_names_its_partners_and_whose_figures_it_is_of() -> None:
    (row,) = (
        standing(flows(), "export", CODES).query("rank == 1 and basis == 'own'").to_dict("records")
    )
    assert (row["told_by"], row["sources"]) == (("KGZ", "UZB"), ("bns",))


def test_equals_share_a_rank_and_nothing_traded_has_no_share() -> None:
    none = flows(
        """
        | reporter_code | partner_code | flow_code | value_usd | status | source_id |
        | KAZ           | KGZ          | export    | 0         | final  | bns       |
        | UZB           | KGZ          | export    | 0         | final  | stat      |
        """
    )
    own = standing(none, "export", CODES).query("basis == 'own'")
    assert list(own["rank"]) == [1, 1]
    assert own["share"].isna().all()


def test_a_sum_is_as_firm_as_its_least_firm_part() -> None:
    """What was merely stated is less firm than what is preliminary, whatever the alphabet says."""
    mixed = flows(
        """
        | reporter_code | partner_code | flow_code | value_usd | status      | source_id |
        | KAZ           | KGZ          | export    | 1         | preliminary | bns       |
        | KAZ           | UZB          | export    | 2         | stated      | bns       |
        | KAZ           | TUR          | export    | 3         | derived     | bns       |
        """
    )
    (own,) = standing(mixed, "export", CODES).query("basis == 'own'").to_dict("records")
    assert (own["status"], own["vintage"]) == ("stated", "2024-05-01")


def test_who_alone_reports_has_neither_rank_nor_share() -> None:
    alone = flows().query("reporter_code == 'KAZ'")
    own = standing(alone, "export", CODES).query("basis == 'own'")
    assert list(own["value_usd"]) == [90.0]
    assert own[["rank", "share"]].isna().to_numpy().all()


def test_of_no_flows_there_is_no_standing() -> None:
    none = flows().iloc[:0]
    assert standing(none, "export", CODES).empty
    assert newest_shared(none) == ""
    assert years(none) == []


@pytest.mark.parametrize(
    ("reports", "year"),
    [
        ({"2021": "KAZ KGZ UZB", "2022": "KAZ KGZ", "2023": "KAZ"}, "2022"),
        ({"2022": "KAZ", "2021": "KAZ UZB"}, "2022"),
        ({"2020": "KAZ KGZ UZB TUR AZE", "2021": "KAZ UZB"}, "2020"),
    ],
)
def test_the_year_is_the_newest_in_which_half_of_the_reporters_report(
    reports: dict[str, str], year: str
) -> None:
    rows = [(code, period) for period, codes in reports.items() for code in codes.split()]
    assert newest_shared(pd.DataFrame(rows, columns=["reporter_code", "period"])) == year


REPORTS = st.dictionaries(
    st.tuples(
        st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from(["export", "import"])
    ),
    st.floats(0, 1e12),
    min_size=1,
).map(lambda found: {key: value for key, value in found.items() if key[0] != key[1]})


@pytest.mark.slow
@given(REPORTS, st.sampled_from(["export", "import"]))
def test_shares_of_a_basis_sum_to_one_and_the_flow_seen_from_both_ends_is_the_same(
    reports: dict[tuple[str, str, str], float], direction: str
) -> None:
    frame = pd.DataFrame(
        [(*key, value, "final", "s", "2023", "2024") for key, value in reports.items()],
        columns=[
            *("reporter_code", "partner_code", "flow_code"),
            *("value_usd", "status", "source_id", "period", "vintage"),
        ],
    )
    ranked = standing(frame, direction, CODES)
    for basis in BASES:
        shares = ranked[ranked["basis"] == basis]["share"]
        assert shares.isna().all() or shares.sum() == pytest.approx(1)
    assert len(told(frame, direction)) == len(frame)
    assert ranked["value_usd"].sum() == pytest.approx(frame["value_usd"].sum())
