"""Promises made again are told as one story."""

from __future__ import annotations

from dashboards.progress.stories import stories
from tests.dashboards.progress.statements import target
from tests.tables import cells
from warehouse.catalog import Target
from warehouse.engine import Warehouse
from warehouse.queries import statements


def told(targets: list[Target]) -> list[str]:
    """Write each story as the names of its targets."""
    return [" ".join(each.id for each in story) for story in stories(targets)]


def made(text: str) -> list[Target]:
    """Targets of a table `name | stated | restates`."""
    _, rows = cells(text)
    return [target(name, stated_on=stated, restates=again or None) for name, stated, again in rows]


def test_a_chain_a_fork_and_one_alone() -> None:
    """A year may be any day of it, so `2023` is not older than what it restates."""
    targets = made(
        """
        | name     | stated     | restates |
        | days     | 2023-05-19 |          |
        | again    | 2023-09-28 | days     |
        | moved    | 2023       | again    |
        | alone    | 2023-06-22 |          |
        | tonnes   | 2022-11-25 |          |
        | capacity | 2023       | tonnes   |
        | volume   | 2025-05    | tonnes   |
        """
    )
    for first in range(len(targets)):
        order = targets[first:] + targets[:first]
        assert told(order) == ["tonnes capacity volume", "days again moved", "alone"]
        assert told(order[::-1]) == told(order)


def test_a_vague_date_stays_behind_what_it_restates() -> None:
    targets = made(
        """
        | name  | stated  | restates |
        | child | 2022    | first    |
        | first | 2023-05 |          |
        """
    )
    assert told(targets) == ["first child"]


def test_a_forerunner_that_is_not_known_begins_no_story() -> None:
    targets = made(
        """
        | name  | stated  | restates |
        | child | 2022    | unknown  |
        | next  | 2023    | child    |
        """
    )
    assert told(targets) == ["child next"]
    assert told([]) == []


def test_targets_that_restate_one_another_do_not_go_round_for_ever() -> None:
    targets = made(
        """
        | name | stated | restates |
        | one  | 2022   | two      |
        | two  | 2023   | one      |
        """
    )
    assert sorted(" ".join(told(targets)).split()) == ["one", "two"]


def test_the_stories_of_the_real_targets(warehouse: Warehouse) -> None:
    """Nothing is told twice, nothing left out; ten million tonnes are one story of two measures."""
    targets = statements.all_targets(warehouse)
    found = stories(targets)
    assert sorted(each.id for story in found for each in story) == sorted(
        each.id for each in targets
    )
    longest = [" ".join(each.id for each in story) for story in found if len(story) > 2]
    assert longest == [
        "kaz-tur-5bn kaz-tur-10bn kaz-tur-10bn-tokayev kaz-tur-15bn",
        "kaz-kgz-1bn kaz-kgz-2bn kaz-kgz-3bn",
        (
            "titr-10mt-2025 titr-capacity-10mt-2027 titr-capacity-10mt-2027-zhumangarin"
            " titr-10mt-2027 titr-capacity-10mt-2027-ministry"
        ),
        "kazakhstan-5-days-2023-smailov kazakhstan-5-days-2023 kazakhstan-5-days-2027",
        "kaz-uzb-10bn kaz-uzb-10bn-zhumangarin kaz-uzb-10bn-tokayev kaz-uzb-10bn-2030",
    ]
