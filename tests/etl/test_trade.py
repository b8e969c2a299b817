"""Trade: dollars, the publisher's totals as controls, and the sums over the group."""

from __future__ import annotations

import pandas as pd

from etl.preferences import Preferences
from etl.transforms import trade
from tests.tables import assert_refusals, assert_table, known, table

_NO_PREFERENCES = Preferences(table("| subject | first_period | last_period | source |"))
_CONSTANT = {
    "reporter": "KAZ",
    "product": "TOTAL",
    "source": "bns",
    "vintage": "2024",
    "valuation": "FOB",
    "status": "final",
    "place": "here",
    "note": "",
    "classification": "",
}


def _arrived(text: str) -> pd.DataFrame:
    shown = text.strip().splitlines()[0].replace(" ", "").split("|")
    return known(text, **{key: value for key, value in _CONSTANT.items() if key not in shown})


def test_flows_are_kept_in_dollars_and_controls_are_not_kept():
    """Thousands and millions become dollars to the cent; a printed turnover is only a control."""
    frame, refusals = trade.flows(
        _arrived("""
            | partner | flow     | period | value     | unit         | note      |
            | TUR     | export   | 2020   | 1.23456   | thousand USD |           |
            | TUR     | import   | 2020   | 84.1453   | million USD  | rounded   |
            | TUR     | turnover | 2020   | 84146.5   | thousand USD |           |
        """),
        _NO_PREFERENCES,
    )
    assert_table(
        frame,
        """
        | reporter_code | partner_code | flow_code | product_code | period | source_id | vintage | value_usd | note    | known_since | newest_until | preferred_until |
        | KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2024    | 1234.56   |         | 2024-12-31  |              |                 |
        | KAZ           | TUR          | import    | TOTAL        | 2020   | bns       | 2024    | 84145300  | rounded | 2024-12-31  |              |                 |
        """,
    )
    assert refusals == []


def test_a_printed_turnover_is_exports_plus_imports():
    """Roundings of the printed digits are forgiven, a wrong digit is not."""
    totals = _arrived("""
        | partner | flow     | period | value  | unit         |
        | TUR     | export   | 2020   | 10.4   | million USD  |
        | TUR     | import   | 2020   | 20.4   | million USD  |
        | TUR     | turnover | 2020   | 30.9   | million USD  |
        | TUR     | export   | 2021   | 10.4   | million USD  |
        | TUR     | import   | 2021   | 20.4   | million USD  |
        | TUR     | turnover | 2021   | 31.8   | million USD  |
        | AZE     | export   | 2021   | 100.00 | thousand USD |
        | AZE     | turnover | 2021   | 900.00 | thousand USD |
        | UZB     | export   | 2021   | 1000   | USD          |
        | UZB     | import   | 2021   | 2000   | USD          |
        | UZB     | turnover | 2021   | 3300   | USD          |
    """)
    assert_refusals(
        trade.check_totals(totals),
        """
        | row | field | value | reason                                         |
        | 7   | value | 31.8  | is not exports plus imports (30800000.00 USD) |
        | 12  | value | 3300  | is not exports plus imports (3000.00 USD)     |
        """,
    )


def test_a_total_is_compared_with_its_own_edition():
    """A turnover printed in 2019 says nothing about flows revised in 2024."""
    totals = _arrived("""
        | partner | flow     | period | value | unit        | vintage |
        | TUR     | export   | 2018   | 10.4  | million USD | 2024    |
        | TUR     | import   | 2018   | 20.4  | million USD | 2024    |
        | TUR     | turnover | 2018   | 99.9  | million USD | 2019    |
    """)
    assert list(trade.check_totals(totals)) == []


def test_the_world_is_no_less_than_its_partners():
    """Partners may be fewer than the world's trade, never more."""
    totals = _arrived("""
        | partner | flow   | period | value | unit        |
        | TUR     | export | 2020   | 10    | million USD |
        | UZB     | export | 2020   | 15    | million USD |
        | WLD     | export | 2020   | 20    | million USD |
        | TUR     | import | 2020   | 10    | million USD |
        | WLD     | import | 2020   | 20    | million USD |
    """)
    assert_refusals(
        trade.check_totals(totals),
        """
        | row | field | value | reason                                             |
        | 4   | value | 20    | is less than its partners together (25000000.00 USD) |
        """,
    )


_MEMBERSHIPS = """
    | economy | role     | since      | until |
    | KAZ     | member   | 2009-10-03 |       |
    | TUR     | member   | 2009-10-03 |       |
    | UZB     | member   | 2019-10-14 |       |
    | GEO     | member   | 2009-10-03 | 2015-06 |
    | HUN     | observer | 2018-09-03 |       |
    | TUR     | observer | 2009-10-03 |       |
"""


def test_whom_each_definition_counts():
    """Constant membership, membership of each year, and members with observers; never Kazakhstan."""
    flows = table("| period |\n| 2014 |\n| 2015 |\n| 2019 |\n| 2009 |\n| 2008 |\n| 2019 |")
    partners = trade.group_partners(table(_MEMBERSHIPS), flows)
    counted = partners.pivot_table(
        index="period", columns="scope", values="partner_code", aggfunc=" ".join
    ).reset_index()
    assert_table(
        counted,
        """
        | period | members_current | members_dated | with_observers |
        | 2008   | TUR UZB         |               | HUN TUR UZB    |
        | 2009   | TUR UZB         | GEO TUR       | HUN TUR UZB    |
        | 2014   | TUR UZB         | GEO TUR       | HUN TUR UZB    |
        | 2015   | TUR UZB         | TUR           | HUN TUR UZB    |
        | 2019   | TUR UZB         | TUR UZB       | HUN TUR UZB    |
        """,
    )


def test_no_month_stands_among_the_years():
    """A monthly or half-yearly workbook adds flows, and no sum that would look like a year's."""
    flows = table("| period |\n| 2024 |\n| 2025-03 |\n| 2025-01/2025-06 |")
    partners = trade.group_partners(table(_MEMBERSHIPS), flows)
    assert set(partners["period"]) == {"2024"}
    series = _series(
        """
        | partner_code | flow_code | period  | value_usd |
        | TUR          | export    | 2020    | 1         |
        | UZB          | export    | 2020    | 2         |
        | TUR          | export    | 2021-03 | 1         |
        | UZB          | export    | 2021-03 | 2         |
        """,
        _TWO,
    )
    assert list(series["period"]) == ["2020"]


_FLOW = {"reporter_code": "KAZ", "product_code": "TOTAL", "source_id": "bns", "vintage": "2024"}


def _series(flows: str, partners: str) -> pd.DataFrame:
    frame = table(flows)
    constant = {key: value for key, value in _FLOW.items() if key not in frame}
    frame = frame.assign(**constant, value_usd=frame["value_usd"].astype(float))
    filler = {"status": "final", "known_since": "2024-12-31"}
    for name in ("status", "known_since", "newest_until", "preferred_until"):
        frame[name] = frame.get(name, filler.get(name, ""))
        frame[name] = frame[name].mask(frame[name] == "")
    return trade.group_series(frame, table(partners))


_TWO = """
    | scope           | period | partner_code |
    | members_current | 2020   | TUR          |
    | members_current | 2020   | UZB          |
    | members_current | 2021   | TUR          |
    | members_current | 2021   | UZB          |
"""


def test_the_group_is_summed_by_flow():
    """Turnover, exports, imports and balance, to the cent, with what they are the sum of."""
    series = _series(
        """
        | partner_code | flow_code | period | value_usd |
        | TUR          | export    | 2020   | 0.10      |
        | TUR          | import    | 2020   | 0.20      |
        | UZB          | export    | 2020   | 0.20      |
        | UZB          | import    | 2020   | 1000      |
        | CHN          | export    | 2020   | 77        |
        """,
        _TWO,
    )
    assert_table(
        series,
        """
        | indicator_id       | scope           | period | source_id | value   | place                     | status | known_since | newest_until | preferred_until |
        | trade_turnover_ots | members_current | 2020   | bns       | 1000.5  | export + import: TUR, UZB | final  | 2024-12-31  |              |                 |
        | trade_exports_ots  | members_current | 2020   | bns       | 0.3     | export: TUR, UZB          | final  | 2024-12-31  |              |                 |
        | trade_imports_ots  | members_current | 2020   | bns       | 1000.2  | import: TUR, UZB          | final  | 2024-12-31  |              |                 |
        | trade_balance_ots  | members_current | 2020   | bns       | -999.9  | export − import: TUR, UZB | final  | 2024-12-31  |              |                 |
        """,
    )


def test_a_sum_with_a_hole_is_no_sum():
    """A partner's missing flow leaves out what needs it, and nothing else."""
    series = _series(
        """
        | partner_code | flow_code | period | value_usd |
        | TUR          | export    | 2020   | 1         |
        | TUR          | import    | 2020   | 2         |
        | UZB          | export    | 2020   | 4         |
        | TUR          | export    | 2021   | 1         |
        | TUR          | import    | 2021   | 2         |
        """,
        _TWO,
    )
    assert_table(
        series,
        """
        | indicator_id      | period | value |
        | trade_exports_ots | 2020   | 5     |
        """,
    )


def test_a_partner_nobody_counts_is_named_and_not_missed():
    """Northern Cyprus stands in no source: the sum goes without it and says so."""
    series = _series(
        """
        | partner_code | flow_code | period | value_usd |
        | TUR          | export    | 2020   | 1         |
        | TUR          | import    | 2020   | 2         |
        """,
        """
        | scope          | period | partner_code |
        | with_observers | 2020   | TUR          |
        | with_observers | 2020   | XNC          |
        | members_dated  | 2020   | XNC          |
        """,
    )
    assert_table(
        series[series["indicator_id"] == "trade_turnover_ots"],
        """
        | scope          | value | place                | note             |
        | with_observers | 3     | export + import: TUR | not covered: XNC |
        """,
    )


def test_a_sum_is_as_firm_as_its_weakest_part():
    """One preliminary flow makes a preliminary sum; a flow merely said makes a sum merely said."""
    series = _series(
        """
        | partner_code | flow_code | period | value_usd | status      |
        | TUR          | export    | 2020   | 1         | final       |
        | UZB          | export    | 2020   | 1         | preliminary |
        | TUR          | import    | 2020   | 1         | derived     |
        | UZB          | import    | 2020   | 1         | stated      |
        """,
        _TWO,
    )
    assert_table(
        series,
        """
        | indicator_id       | status      |
        | trade_turnover_ots | stated      |
        | trade_exports_ots  | preliminary |
        | trade_imports_ots  | stated      |
        | trade_balance_ots  | stated      |
        """,
    )


def test_each_source_has_its_own_sum_of_its_newest_edition():
    """Sources are never mixed; old editions, other reporters and products are not counted."""
    series = _series(
        """
        | reporter_code | partner_code | flow_code | product_code | period | source_id | vintage | value_usd | known_since | newest_until | preferred_until |
        | KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2023    | 900       | 2024-12-31  | 2023-12-31   | 2023-12-31      |
        | KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2024    | 1         | 2023-12-31  |              |                 |
        | KAZ           | UZB          | export    | TOTAL        | 2020   | bns       | 2022    | 2         | 2022-12-31  |              |                 |
        | KAZ           | TUR          | export    | TOTAL        | 2020   | wits      | 2026    | 10        | 2026-12-31  |              | 2023-12-31      |
        | KAZ           | UZB          | export    | TOTAL        | 2020   | wits      | 2026    | 20        | 2026-12-31  |              | 2022-12-31      |
        | KAZ           | UZB          | export    | 27           | 2020   | wits      | 2026    | 5         | 2026-12-31  |              |                 |
        | TUR           | UZB          | export    | TOTAL        | 2020   | wits      | 2026    | 7         | 2026-12-31  |              |                 |
        """,
        _TWO,
    )
    assert_table(
        series[series["newest_until"].isna()],
        """
        | indicator_id      | source_id | vintage | value | known_since | preferred_until |
        | trade_exports_ots | bns       | 2024    | 3     | 2023-12-31  |                 |
        | trade_exports_ots | wits      | 2026    | 30    | 2026-12-31  | 2022-12-31      |
        """,
    )


def test_a_revision_makes_a_sum_of_its_own():
    """What was summed before stays, until the day on which its parts were revised."""
    series = _series(
        """
        | partner_code | flow_code | period | vintage | value_usd | known_since | newest_until | preferred_until |
        | TUR          | export    | 2020   | 2021    | 1         | 2021-06-01  | 2022-06-01   | 2022-06-01      |
        | UZB          | export    | 2020   | 2021    | 2         | 2021-06-01  |              |                 |
        | TUR          | export    | 2020   | 2022    | 5         | 2022-06-01  |              |                 |
        """,
        _TWO,
    )
    assert_table(
        series,
        """
        | indicator_id      | vintage | value | known_since | newest_until | preferred_until |
        | trade_exports_ots | 2021    | 3     | 2021-06-01  | 2022-06-01   | 2022-06-01      |
        | trade_exports_ots | 2022    | 7     | 2022-06-01  |              |                 |
        """,
    )


def test_a_sum_under_a_name_already_used_is_told_apart_by_its_day():
    """An older edition of one partner that becomes known later revises the sum, not its history."""
    series = _series(
        """
        | partner_code | flow_code | period | vintage | value_usd | known_since | newest_until | preferred_until |
        | TUR          | export    | 2020   | 2024    | 1         | 2024-06-01  |              |                 |
        | UZB          | export    | 2020   | 2021    | 2         | 2021-06-01  | 2025-01-01   | 2025-01-01      |
        | UZB          | export    | 2020   | 2022    | 5         | 2025-01-01  |              |                 |
        """,
        _TWO,
    )
    assert_table(
        series[series["known_since"] >= "2024-06-01"],
        """
        | indicator_id      | vintage         | value | known_since | newest_until | preferred_until |
        | trade_exports_ots | 2024            | 3     | 2024-06-01  | 2025-01-01   | 2025-01-01      |
        | trade_exports_ots | 2024/2025-01-01 | 6     | 2025-01-01  |              |                 |
        """,
    )


def test_sums_without_a_single_flow_are_none():
    """A folder without trade has no sums, and no fault either."""
    nothing = _series("| partner_code | flow_code | period | vintage | value_usd |", _TWO)
    assert nothing.empty
    assert list(trade.check_totals(_arrived("| partner | flow | period | value | unit |"))) == []
