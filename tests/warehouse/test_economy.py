"""Questions about one economy: its roles, the group's trade, figures of its territory, known errors."""

from __future__ import annotations

from tests.tables import assert_table
from warehouse.engine import Warehouse
from warehouse.queries import economy, statements

MEMBERS = ["AZE", "KAZ", "KGZ", "TUR", "UZB"]


def test_roles_are_dated_and_sourced(warehouse: Warehouse) -> None:
    assert_table(
        economy.roles(warehouse).tail(4),
        """
        | economy_code | role     | since      | until | source_id                  |
        | HUN          | observer | 2018-09-03 |       | kazinform-2018-09-03-summit |
        | UZB          | member   | 2019-10-14 |       | aa-2019-09-14-uzbekistan   |
        | TKM          | observer | 2021-11-12 |       | nca-2021-11-15-istanbul-summit |
        | XNC          | observer | 2022-11-11 |       | uwi-2022-11-samarkand-summit |
        """,
    )


def test_members_are_those_of_the_day(warehouse: Warehouse) -> None:
    assert economy.members(warehouse) == MEMBERS
    assert economy.members(warehouse.as_of("2019-10-13")) == MEMBERS[:-1]
    assert economy.members(warehouse.as_of("2009-10-02")) == []


def test_flows_are_yearly_totals_among_the_economies_by_preferred_sources(
    warehouse: Warehouse,
) -> None:
    flows = economy.flows(warehouse, MEMBERS)
    assert tuple(flows.columns) == economy.FLOWS
    assert set(flows["reporter_code"]) | set(flows["partner_code"]) == set(MEMBERS)
    assert not flows.duplicated(["reporter_code", "partner_code", "flow_code", "period"]).any()
    assert flows["period"].str.fullmatch(r"\d{4}").all()
    assert economy.flows(warehouse.as_of("1990-01-01"), MEMBERS).empty


def test_figures_of_a_topic_have_their_units(warehouse: Warehouse) -> None:
    found = economy.observed(warehouse, "transit", ["altynkol-aktau", "nowhere"])
    assert_table(
        found,
        """
        | indicator_id         | unit | scope          | period  | value |
        | transit_days_segment | days | altynkol-aktau | 2024-05 | 3     |
        """,
    )


def test_known_errors_are_those_of_its_reports_and_of_figures_about_it(
    warehouse: Warehouse,
) -> None:
    found = economy.issues(warehouse, "KGZ")
    assert "kg-nsc" in set(found["source_id"])
    assert {scope.partition("-")[0] for scope in found["scope"]} == {"KGZ"}
    assert economy.issues(warehouse, "XNC").empty


def test_what_was_said_of_a_group_counts_for_its_reporter_and_its_partners(
    warehouse: Warehouse,
) -> None:
    said = statements.pair_claims(warehouse, "TUR", "KAZ")
    assert [each.id for each in said] == [
        *("kaz-tur-2021", "trade-2010-estimate", "trade-2010", "trade-2022", "trade-threefold"),
        *("kaz-tur-2022", "kaz-tur-2023", "trade-2024-11bn"),
    ]
    of_hungary = statements.pair_claims(warehouse, "KAZ", "HUN")
    assert [each.id for each in of_hungary] == ["kaz-hun-2022"]
    assert not statements.pair_claims(warehouse, "TUR", "UZB")
    by_then = statements.pair_claims(warehouse.as_of("2023-01-01"), "KAZ", "TUR")
    assert [each.id for each in by_then] == ["kaz-tur-2021"]
