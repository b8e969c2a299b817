"""What the trade explorer asks, of a warehouse of a few rows: who reports, whom the group counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import assert_table
from tests.warehouse.made import make
from warehouse.engine import Warehouse
from warehouse.queries import explorer
from warehouse.queries.explorer import Held

ECONOMIES = """
| code | name_kk | name_ru | name_tr | name_en |
| KAZ  |         |         |         |         |
| UZB  |         |         |         |         |
| TUR  |         |         |         |         |
| FRA  |         |         |         |         |
| WLD  |         |         |         |         |
"""
MEMBERS = """
| economy_code | group_code | role   | since      | source_id |
| KAZ          | OTS        | member | 2009-10-03 | bns       |
| TUR          | OTS        | member | 2009-10-03 | bns       |
| UZB          | OTS        | member | 2019-10-14 | bns       |
"""
FLOWS = """
| reporter_code | partner_code | flow_code | product_code | period  | source_id | vintage | value_usd | status | valuation  | known_since | newest_until | preferred_until |
| KAZ           | UZB          | export    | TOTAL        | 2020    | bns       | 2021    | 50        | final  | not stated | 2021-07-01  | 2022-07-01   | 2022-07-01      |
| KAZ           | UZB          | export    | TOTAL        | 2020    | bns       | 2022    | 55        | final  | not stated | 2022-07-01  |              |                 |
| KAZ           | UZB          | export    | TOTAL        | 2020    | wits      | 2023    | 40        | final  | FOB        | 2023-01-01  |              | 2023-01-01      |
| KAZ           | FRA          | export    | TOTAL        | 2019    | wits      | 2023    | 7         | final  | FOB        | 2023-01-01  |              |                 |
| KAZ           | WLD          | export    | TOTAL        | 2019    | wits      | 2023    | 90        | final  | FOB        | 2023-01-01  |              |                 |
| KAZ           | UZB          | export    | TOTAL        | 2020-03 | bns       | 2021    | 4         | final  | not stated | 2021-07-01  |              |                 |
| KAZ           | UZB          | export    | 10           | 2018    | wits      | 2023    | 3         | final  | FOB        | 2023-01-01  |              |                 |
| UZB           | KAZ          | export    | TOTAL        | 2020    | stat      | 2021    | 30        | final  | not stated | 2021-07-01  |              |                 |
| UZB           | FRA          | export    | TOTAL        | 2020    | stat      | 2021    | 1         | final  | not stated | 2021-07-01  |              |                 |
| TUR           | UZB          | import    | TOTAL        | 2020-01 | stat      | 2021    | 1         | final  | not stated | 2021-07-01  |              |                 |
| FRA           | KAZ          | import    | TOTAL        | 2020    | wits      | 2023    | 9         | final  | CIF        | 2023-01-01  |              |                 |
"""
GROUP = """
| scope           | period | partner_code |
| members_dated   | 2018   | TUR          |
| members_dated   | 2020   | TUR          |
| members_dated   | 2020   | UZB          |
"""


@pytest.fixture
def few(tmp_path: Path) -> Warehouse:
    """A warehouse of these rows."""
    sources = "| id |\n| bns |\n| wits |\n| stat |"
    scopes = "| id |\n| members_dated |"
    url = make(
        tmp_path / "few.sqlite",
        source=sources,
        scope=scopes,
        economy=ECONOMIES,
        membership=MEMBERS,
        group_partner=GROUP,
        trade_flow=FLOWS,
    )
    return Warehouse(url)


def test_reporters_are_those_of_the_group_with_totals_of_years(few: Warehouse):
    """France is of no group, and Türkiye has a month only."""
    assert explorer.reporters(few) == ("KAZ", "UZB")


def test_what_is_held_leaves_out_the_world_products_and_months(few: Warehouse):
    """Days on which something became known stand with the newest first."""
    assert explorer.held(few, "KAZ") == Held(
        ("FRA", "UZB"),
        ("bns", "wits"),
        ("2019", "2020"),
        ("2023-01-01", "2022-07-01", "2021-07-01"),
    )
    assert explorer.held(few, "TUR") == Held()


def test_flows_are_the_newest_words_of_every_source(few: Warehouse):
    """One of them is preferred; on a past day the words of that day."""
    assert_table(
        explorer.flows(few, "KAZ", ["UZB"]),
        """
        | partner_code | period | source_id | vintage | value_usd | is_preferred |
        | UZB          | 2020   | bns       | 2022    | 55        | yes          |
        | UZB          | 2020   | wits      | 2023    | 40        | no           |
        """,
    )
    assert_table(
        explorer.flows(few.as_of("2021-12-31"), "KAZ", ["UZB"]),
        """
        | source_id | vintage | value_usd | is_preferred |
        | bns       | 2021    | 50        | yes          |
        """,
    )
    assert explorer.flows(few, "KAZ", ["TUR"]).empty


def test_the_group_beside_a_reporter_is_all_of_it_but_the_reporter(few: Warehouse):
    """Kazakhstan stands in the place of the reporter, in every year that the definition has."""
    assert_table(
        explorer.counted(few, "KAZ", "members_dated"),
        """
        | period | partner_code |
        | 2018   | TUR          |
        | 2020   | TUR          |
        | 2020   | UZB          |
        """,
    )
    assert_table(
        explorer.counted(few, "UZB", "members_dated"),
        """
        | period | partner_code |
        | 2018   | KAZ          |
        | 2018   | TUR          |
        | 2020   | KAZ          |
        | 2020   | TUR          |
        """,
    )


def test_exports_within_the_group_are_the_exporters_own(few: Warehouse):
    """Neither what importers say, nor trade with others, nor a source that is not preferred."""
    assert_table(
        explorer.exports_within(few),
        """
        | reporter_code | partner_code | period | value_usd | source_id |
        | KAZ           | UZB          | 2020   | 55        | bns       |
        | UZB           | KAZ          | 2020   | 30        | stat      |
        """,
    )
