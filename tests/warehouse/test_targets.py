"""Targets and the figures they are held against: stored ones, and the turnover of pairs."""

from __future__ import annotations

import pytest

from tests.tables import cells
from warehouse.catalog import Observation, Target
from warehouse.engine import Warehouse
from warehouse.queries import indicators, statements, trade
from warehouse.queries.targets import PAIRS, target_figures


def promise(warehouse: Warehouse, name: str) -> Target:
    """The target of that id."""
    found = statements.find_target(warehouse, name)
    assert found is not None
    return found


def figures(warehouse: Warehouse, name: str) -> list[Observation]:
    """The figures of the target of that id."""
    return target_figures(warehouse, promise(warehouse, name))


def test_every_target_is_listed_once_in_the_order_of_statement(warehouse: Warehouse) -> None:
    listed = statements.all_targets(warehouse)
    assert len({each.id for each in listed}) == len(listed) > 60
    assert [each.stated_on for each in listed] == sorted(each.stated_on for each in listed)
    assert promise(warehouse, "kazakhstan-5-days-2027").restates == "kazakhstan-5-days-2023"
    assert promise(warehouse, "trade-23bn").restates is None


def test_on_a_past_day_only_what_had_been_said_is_listed(warehouse: Warehouse) -> None:
    past = {each.id for each in statements.all_targets(warehouse.as_of("2023-06-01"))}
    assert "kazakhstan-5-days-2023-smailov" in past
    assert not past & {"trade-23bn", "kazakhstan-5-days-2023", "titr-96k-teu-2025"}


def test_stored_figures_are_the_preferred_ones(warehouse: Warehouse) -> None:
    stored = indicators.figures(warehouse, "trade_turnover_ots", "members_current")
    assert figures(warehouse, "trade-23bn") == stored


def test_the_turnover_of_a_pair_is_one_reporters_exports_and_imports(
    warehouse: Warehouse,
) -> None:
    """Kazakhstan's word goes first, whichever is named first; the last printed figures are met."""
    _, rows = cells(
        """
        | target           | first | last | value         | source  | status      |
        | kaz-tur-10bn     | 1995  | 2025 | 5409455550.13 | kz-bns  | preliminary |
        | tur-uzb-5bn-2023 | 2010  | 2023 | 3161067200    | uz-stat | final       |
        | uzb-aze-1bn-2028 | 2010  | 2023 | 236190800     | uz-stat | final       |
        """
    )
    for name, first, last, value, source, status in rows:
        found = figures(warehouse, name)
        newest = found[-1]
        assert [found[0].period, newest.period] == [first, last]
        assert (newest.value, newest.source.id, newest.status) == (float(value), source, status)
        assert newest.place
        assert {(each.indicator_id, each.scope) for each in found} == {
            (promise(warehouse, name).indicator_id, promise(warehouse, name).scope)
        }


@pytest.mark.parametrize("name", ["kaz-tur-10bn", "kaz-uzb-10bn", "tur-uzb-10bn", "uzb-kgz-2bn"])
def test_a_pairs_turnover_is_the_sum_of_what_one_reporter_says(
    warehouse: Warehouse, name: str
) -> None:
    first, second = promise(warehouse, name).scope.split("-")
    said = trade.reports(warehouse, first, second)
    preferred = said[said["is_preferred"].astype(bool)]
    reporter = next(
        code for code in ("KAZ", first, second) if code in set(preferred["reporter_code"])
    )
    sums = preferred[preferred["reporter_code"] == reporter].groupby("period")["value_usd"].sum()
    found = {each.period: each.value for each in figures(warehouse, name)}
    assert found == pytest.approx(sums.to_dict())


@pytest.mark.parametrize(
    "name", ["tur-aze-15bn-2023", "turkiye-turkic-world-100bn", "intra-ots-double-2030"]
)
def test_there_are_no_figures_of(warehouse: Warehouse, name: str) -> None:
    """A pair that nobody here reports, a group that nobody sums, a ratio to an unnamed base."""
    assert figures(warehouse, name) == []


def test_on_a_past_day_a_pair_has_the_figures_known_then(warehouse: Warehouse) -> None:
    past = warehouse.as_of("2024-01-01")
    then = figures(past, "kaz-tur-5bn")
    assert then
    assert then[-1].period < "2024"


def test_every_target_of_a_pair_names_two_economies_or_has_no_figures(
    warehouse: Warehouse,
) -> None:
    for each in statements.all_targets(warehouse):
        if each.indicator_id in PAIRS and len(each.scope) != len("KAZ-TUR"):
            assert target_figures(warehouse, each) == []
