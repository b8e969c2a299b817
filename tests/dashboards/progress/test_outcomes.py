"""Promises whose day has come: kept, kept late, missed, or nobody knows."""

from __future__ import annotations

from datetime import date
from itertools import permutations

from dashboards.progress.outcomes import KINDS, Outcome, outcome
from dashboards.progress.stories import stories
from tests.dashboards.progress.statements import figures, target
from tests.tables import cells
from warehouse.catalog import Observation
from warehouse.engine import Warehouse
from warehouse.queries import indicators, statements
from warehouse.queries.targets import target_figures

TODAY = date(2026, 11, 23)


def written(figure: Observation | None) -> str:
    """Write a figure as `2024-04: 6`."""
    if figure is None:
        return ""
    if figure.value is not None:
        return f"{figure.period}: {figure.value:.10g}"
    return f"{figure.period}: {figure.low:g}–{figure.high:g}"


def row(found: Outcome) -> list[str]:
    """Write an outcome as cells of a table."""
    return [found.kind, written(found.evidence), written(found.late_evidence)]


def test_five_days_by_the_end_of_2023() -> None:
    """Said in May 2023; what was before a statement or an unknown day is no evidence."""
    _, rows = cells(
        """
        | figures                             | outcome     | evidence    | later       |
        |                                     | no_evidence |             |             |
        | ../2023-03: 12, 2023-03: 6          | no_evidence |             |             |
        | 2023-04: 5                          | no_evidence |             |             |
        | 2023-05: 6                          | no_evidence |             |             |
        | 2023-05: 6, 2024-04: 6              | missed      | 2024-04: 6  |             |
        | 2023-05: 6, 2024-04: 6, 2025-01: 7  | missed      | 2024-04: 6  | 2025-01: 7  |
        | 2023-11: 5                          | kept        | 2023-11: 5  |             |
        | 2023: 4, 2024-04: 6                 | kept        | 2023: 4     |             |
        | 2023: 6, 2024-04: 5                 | kept_late   | 2023: 6     | 2024-04: 5  |
        | 2024-04: 5                          | kept_late   |             | 2024-04: 5  |
        | 2024-04: 6, 2025-01: 4, 2026-01: 8  | kept_late   | 2024-04: 6  | 2025-01: 4  |
        | 2023: 4–5                           | kept        | 2023: 4–5   |             |
        | 2023: 4–6                           | missed      | 2023: 4–6   |             |
        """
    )
    for text, *expected in rows:
        assert row(outcome(target(), figures(text), "down", TODAY)) == expected


def test_a_range_is_reached_by_its_nearer_end() -> None:
    """14–18 days are kept by 18, and by a range that ends there; an unknown end proves nothing."""
    _, rows = cells(
        """
        | direction | promise | figure | outcome |
        | down      | 14–18   | 18     | kept    |
        | down      | 14–18   | 13–18  | kept    |
        | down      | 14–18   | 17–19  | missed  |
        | down      | 14–18   | –18    | kept    |
        | down      | 14–18   | 14–    | missed  |
        | up        | 14–18   | 14     | kept    |
        | up        | 14–18   | 13–20  | missed  |
        | up        | 14–18   | 15–    | kept    |
        | up        | 14–18   | –20    | missed  |
        """
    )
    for direction, promise, figure, expected in rows:
        found = outcome(target(text=promise), figures(f"2023: {figure}"), direction, TODAY)
        assert found.kind == expected


def test_before_the_due_day_has_passed_nothing_is_decided() -> None:
    _, rows = cells(
        """
        | due        | today      | outcome |
        |            | 2026-11-23 | undated |
        | 2027       | 2026-11-23 | open    |
        | 2023-12-31 | 2023-12-31 | open    |
        | 2023-12-31 | 2024-01-01 | missed  |
        | 2023       | 2023-12-31 | open    |
        | 2023       | 2024-01-01 | missed  |
        """
    )
    for due, today, expected in rows:
        promise, day = target(due=due or None), date.fromisoformat(today)
        assert outcome(promise, figures("2023: 6"), "down", day).kind == expected


def test_only_figures_of_the_same_scope_count() -> None:
    assert outcome(target(), figures("2024: 4", scope="elsewhere"), "down", TODAY) == (
        Outcome("no_evidence")
    )


def test_the_order_of_the_figures_does_not_matter() -> None:
    known = figures("2023-05: 6, 2024-04: 6, 2025-01: 5, 2026-01: 7")
    found = {row(outcome(target(), order, "down", TODAY))[2] for order in permutations(known)}
    assert found == {"2025-01: 5"}


def test_real_promises_whose_day_has_come(warehouse: Warehouse) -> None:
    _, rows = cells(
        """
        | target                         | outcome     | evidence      | later         |
        | titr-1900kt-2019               | kept_late   | 2019: 759     | 2023: 2764    |
        | titr-60k-teu-2019              | kept_late   | 2021: 25200   | 2025: 77000   |
        | titr-300k-teu-2020             | missed      | 2021: 25200   | 2025: 77000   |
        | titr-3200kt-2022               | kept_late   | 2022: 1485    | 2024: 4484    |
        | titr-50k-teu-2022              | kept_late   | 2022: 33600   | 2024: 56500   |
        | black-sea-14-18-days-2023      | no_evidence |               |               |
        | kazakhstan-5-days-2023         | missed      | 2024-04: 6    |               |
        | kazakhstan-5-days-2023-smailov | missed      | 2024-04: 6    |               |
        | titr-18-days-2023              | kept_late   | 2023: 45      | 2024-12: 13–15 |
        | tur-aze-15bn-2023              | no_evidence |               |               |
        | tur-uzb-5bn-2023               | missed      | 2023: 3161067200 |            |
        | titr-4000kt-2024               | kept        | 2024: 4484    |               |
        | titr-4200kt-2024               | kept        | 2024: 4484    |               |
        | association-2500kt-2025        | no_evidence |               |               |
        | china-containers-2025          | no_evidence |               |               |
        | china-trains-2025              | no_evidence |               |               |
        | titr-10mt-2025                 | no_evidence |               |               |
        | titr-96k-teu-2025              | missed      | 2025: 77000   |               |
        """
    )
    found = {
        promise.id: row(_outcome(warehouse, promise.id))
        for promise in statements.all_targets(warehouse)
        if promise.due and promise.due[:4] <= "2025"
    }
    assert found == {name: cells_of_one for name, *cells_of_one in rows}


def _outcome(warehouse: Warehouse, name: str) -> Outcome:
    promise = statements.find_target(warehouse, name)
    assert promise is not None
    indicator = indicators.get(warehouse, promise.indicator_id)
    return outcome(promise, target_figures(warehouse, promise), indicator.direction, TODAY)


def test_five_days_are_promised_again_for_2027(warehouse: Warehouse) -> None:
    story = next(
        story
        for story in stories(statements.all_targets(warehouse))
        if "kazakhstan-5-days-2023" in {promise.id for promise in story}
    )
    assert [(promise.due, _outcome(warehouse, promise.id).kind) for promise in story] == [
        ("2023-12-31", "missed"),
        ("2023-12-31", "missed"),
        ("2027", "open"),
    ]


def test_every_target_has_an_outcome(warehouse: Warehouse) -> None:
    kinds = {_outcome(warehouse, each.id).kind for each in statements.all_targets(warehouse)}
    assert kinds == set(KINDS)
