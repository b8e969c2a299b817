"""What the corridor's page reckons: ways divided among statements, and reports held side by side."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components.corridor.chain import SECTIONS, Division, divide
from dashboards.components.corridor.reports import compared, is_rounding
from tests.dashboards.serving import rows_of
from tests.tables import assert_table, cells, table
from warehouse.catalog import Observation, Source, Text
from warehouse.engine import Warehouse
from warehouse.queries import transit
from warehouse.queries.transit import Network

NOWHERE = Text("", "", "", "")
SOURCE = Source("press", "", NOWHERE, "", None, "en", "", "press")


@pytest.fixture(scope="module")
def network(warehouse: Warehouse) -> Network:
    """The catalogue of the repository."""
    return transit.network(warehouse)


def said(text: str) -> list[Observation]:
    """Statements from lines of scope, period, low and high; an end that is open is a dash."""
    return [
        Observation(
            None,
            *(None if end == "-" else float(end) for end in (low, high)),
            "transit_days_segment",
            scope,
            period,
            "stated",
            SOURCE,
            "2024",
            "",
        )
        for scope, period, low, high in (line.split() for line in text.strip().splitlines())
    ]


def divided(
    network: Network, start: str, end: str, text: str, route: str = "titr-poti"
) -> Division:
    """A way of a route divided among statements."""
    return divide(network.routes[route], network.way(route, start, end), said(text))


def shown(division: Division) -> list[tuple[str, str, str]]:
    """From where to where each stretch leads, and by which statement."""
    return [
        (each.stops[0], each.stops[-1], each.statement.scope if each.statement else "")
        for each in division.stretches
    ]


STATED = """
    altynkol-aktau       2024-05 3    3
    aktau-alat           2024    0.75 1
    altynkol-poti-batumi 2024-10 12   12
    altynkol-constanta   2024-10 20   22
    kazakhstan           ../2023-05 12 12
    kazakhstan           2024-04 6    6
    xian-baku            2024-09 8    11
"""


def test_short_sections_are_used_and_what_overlaps_them_is_not(network: Network) -> None:
    """The whole way stands apart; a stretch of which nobody speaks has no statement."""
    division = divided(network, "altynkol", "poti", STATED)
    assert shown(division) == [
        ("altynkol", "aktau", "altynkol-aktau"),
        ("aktau", "alat", "aktau-alat"),
        ("alat", "poti", ""),
    ]
    assert [each.scope for each in division.whole] == ["altynkol-poti-batumi"]
    assert [each.scope for each in division.unused] == ["kazakhstan"]
    assert division.total is None


def test_days_are_added_only_where_every_stretch_has_a_statement(network: Network) -> None:
    """The low ends and the high ends on their own; an end left open stays open."""
    assert divided(network, "altynkol", "alat", STATED).total == (3.75, 4)
    some = "altynkol-aktau 2024 3 3\naktau-alat 2024 - 1"
    assert divided(network, "altynkol", "alat", some).total == (None, 4)


def test_a_statement_about_more_than_the_way_is_not_cut_into_pieces(network: Network) -> None:
    """From Almaty on, nobody has said anything."""
    division = divided(network, "almaty", "aktau", STATED)
    assert shown(division) == [("almaty", "aktau", "")]
    assert not division.whole
    assert {each.scope for each in division.unused} == {
        "altynkol-aktau",
        "altynkol-poti-batumi",
        "kazakhstan",
    }


def test_the_newest_word_on_a_section_counts_and_a_before_is_none(network: Network) -> None:
    """Of two sections that are alike, the one that names its ends."""
    alike = "kazakhstan 2024-12 6 6\naltynkol-aktau 2023 4 4\naltynkol-aktau 2024 3 3"
    division = divided(network, "altynkol", "aktau", alike)
    assert shown(division) == [("altynkol", "aktau", "altynkol-aktau")]
    assert division.total == (3, 3)
    assert [each.scope for each in division.whole] == ["kazakhstan"]
    before = divided(network, "altynkol", "aktau", "kazakhstan ../2023-05 12 12")
    assert shown(before) == [("altynkol", "aktau", "")]


def test_unstated_legs_are_gathered_by_mode(network: Network) -> None:
    """Rail to Poti and the sea to Constanța are two stretches; another route knows no such end."""
    division = divided(network, "alat", "constanta", STATED, "titr-constanta")
    assert shown(division) == [("alat", "poti", ""), ("poti", "constanta", "")]
    assert divided(network, "alat", "istanbul", STATED, "titr-btk").unused == ()


@given(st.data())
def test_stretches_are_the_legs_of_the_way_in_their_order(
    network: Network, data: st.DataObject
) -> None:
    """Whatever is said, no leg is lost or told twice."""
    route = data.draw(st.sampled_from(sorted(network.routes)))
    stops = network.stops(route)
    start = data.draw(st.integers(0, len(stops) - 2))
    end = data.draw(st.integers(start + 1, len(stops) - 1))
    spoken = data.draw(st.lists(st.sampled_from(said(STATED))))
    division = divide(network.routes[route], range(start, end), spoken)
    legs = [leg for each in division.stretches for leg in each.legs]
    assert tuple(legs) == network.routes[route][start:end]
    used = {each.statement.scope for each in division.stretches if each.statement}
    told = used | {each.scope for each in (*division.whole, *division.unused)}
    assert used.isdisjoint(each.scope for each in (*division.whole, *division.unused))
    assert told <= {each.scope for each in spoken}


def test_sections_are_scopes_of_the_warehouse_between_nodes(
    warehouse: Warehouse, network: Network
) -> None:
    """A renamed scope or node is noticed here."""
    scopes = {name for (name,) in rows_of(warehouse.path, "SELECT id FROM scope")}
    assert set(SECTIONS) <= scopes
    assert {node for ends in SECTIONS.values() for node in ends} <= set(network.nodes)


def test_a_number_rounds_another_or_contradicts_it() -> None:
    """At the precision of the coarser of the two."""
    _, rows = cells(
        """
        | one    | other | rounds |
        | 2760   | 2764  | yes    |
        | 1500   | 1485  | yes    |
        | 4500   | 4484  | yes    |
        | 4120   | 4119  | yes    |
        | 1700   | 1485  | no     |
        | 33000  | 33600 | no     |
        | 433.2  | 433   | yes    |
        | 433.6  | 433   | no     |
        | 0      | 5     | no     |
        """
    )
    for one, other, rounds in rows:
        assert is_rounding(float(one), float(other)) == (rounds == "yes"), (one, other)


@given(st.integers(1, 10**7), st.integers(0, 5))
def test_every_number_is_what_it_is_rounded_to(number: int, digits: int) -> None:
    """Whichever of the two comes first; and it never contradicts itself."""
    rounded = (
        float(Decimal(number).scaleb(-digits).quantize(Decimal(1), "ROUND_HALF_UP")) * 10**digits
    )
    assert is_rounding(number, number)
    if rounded:
        assert is_rounding(number, rounded)
        assert is_rounding(rounded, number)


def test_reports_are_held_against_the_preferred_one_of_the_same_scope_and_year() -> None:
    """A single report has nothing to be held against; another scope is another count."""
    frame = table(
        """
        | scope       | period | value | is_preferred |
        | ministry    | 2022   | 1500  | no           |
        | ministry    | 2022   | 1485  | yes          |
        | ministry    | 2022   | 1782  | no           |
        | ministry    | 2023   | 2764  | yes          |
        | association | 2023   | 3300  | yes          |
        """
    )
    frame = frame.assign(
        value=pd.to_numeric(frame["value"]), is_preferred=frame["is_preferred"] == "yes"
    )
    made = compared(frame)
    assert_table(
        made.assign(deviation=made["deviation"].round(2)),
        """
        | scope       | period | value | preferred_value | deviation | contradicts |
        | ministry    | 2022   | 1500  | 1485            | 0.01      | no          |
        | ministry    | 2022   | 1485  | 1485            |           | yes         |
        | ministry    | 2022   | 1782  | 1485            | 0.2       | yes         |
        | ministry    | 2023   | 2764  | 2764            |           | no          |
        | association | 2023   | 3300  | 3300            |           | no          |
        """,
    )
