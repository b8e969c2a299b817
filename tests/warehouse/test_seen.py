"""What a reader sees otherwise than in the build before: figures that speak, targets and claims."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.tables import assert_table
from tests.warehouse.made import make
from warehouse.engine import Warehouse
from warehouse.queries import builds
from warehouse.seen import MOST

INDICATOR = "| id | unit | direction |\n| digital | percent | up |\n| trade | USD | up |"
HEADLINE = "| position | indicator_id | scope |\n| 1 | trade | four |"
BEFORE = """
| indicator_id | scope | period | value | low | high | status | source_id | vintage | preferred_until |
| digital      | KAZ   | 2024   | 85    |     |      | final  | s         | 2024    |                 |
| trade        | four  | 2023   | 12    |     |      | final  | s         | 2024    |                 |
| trade        | four  | 2024   | 11    |     |      | final  | s         | 2024    |                 |
"""


def changes(folder: Path, before: dict[str, str], after: dict[str, str]) -> pd.DataFrame:
    """What the second of two builds records of its differences from the first."""
    always = {
        "indicator": INDICATOR,
        "headline": HEADLINE,
        "scope": "| id | kind |\n| four | definition |",
        "economy": "| code |\n| KAZ |",
        "source": "| id | kind |\n| s | press |",
    }
    path = folder / "warehouse.sqlite"
    make(path, build_id="one", **always | before)
    return builds.changes(Warehouse(make(path, build_id="two", **always | after)))


def test_a_first_build_records_nothing(tmp_path: Path) -> None:
    url = make(tmp_path / "warehouse.sqlite", indicator=INDICATOR)
    assert builds.changes(Warehouse(url)).empty


def test_a_build_of_the_same_figures_names_only_the_build_before(tmp_path: Path) -> None:
    assert_table(
        changes(tmp_path, {"observation": BEFORE}, {"observation": BEFORE}),
        """
        | position | kind     | subject | item | period                    |
        | 0        | compared | build   | one  | 2026-11-23T00:00:00+00:00 |
        """,
    )


def test_a_new_edition_revises_what_speaks(tmp_path: Path) -> None:
    """A figure is revised where another number speaks for its period, whatever edition it stands in."""
    after = """
    | indicator_id | scope | period | value | low | high | status | source_id | vintage | preferred_until |
    | digital      | KAZ   | 2024   |       | 84  | 86   | final  | s         | 2024    |                 |
    | trade        | four  | 2024   | 11    |     |      | final  | s         | 2024    | 2025-03-01      |
    | trade        | four  | 2024   | 12    |     |      | final  | s         | 2025    |                 |
    | trade        | four  | 2025   | 13    |     |      | final  | s         | 2025    |                 |
    """
    assert_table(
        changes(tmp_path, {"observation": BEFORE}, {"observation": after}).tail(4),
        """
        | kind    | item    | scope | period | low_before | high_before | low_after | high_after |
        | revised | trade   | four  | 2024   | 11         | 11          | 12        | 12         |
        | revised | digital | KAZ   | 2024   | 85         | 85          | 84        | 86         |
        | added   | trade   | four  | 2025   |            |             | 13        | 13         |
        | removed | trade   | four  | 2023   | 12         | 12          |           |            |
        """,
    )


def test_targets_and_claims_count_too(tmp_path: Path) -> None:
    """A target is revised where its number or its date is another."""
    head = "| id | indicator_id | scope | value | {} | kind | source_id |"
    old = head.format("due") + "\n| t | trade | four | 23 | 2030 | hope | s |"
    new = head.format("due") + "\n| t | trade | four | 23 | 2035 | hope | s |"
    claim = head.format("period") + "\n| c | trade | four | 13 | 2022 | level | s |"
    assert_table(
        changes(tmp_path, {"target": old}, {"target": new, "claim": claim}).tail(2),
        """
        | kind    | subject | item | period | low_before | low_after |
        | revised | target  | t    | 2035   | 23         | 23        |
        | added   | claim   | c    | 2022   |            | 13        |
        """,
    )


def test_the_list_is_bounded(tmp_path: Path) -> None:
    head = "| indicator_id | scope | period | value | status | source_id | vintage |"
    rows = [f"| trade | four | {1700 + year} | 1 | final | s | v |" for year in range(MOST + 9)]
    many = "\n".join([head, *rows])
    found = changes(tmp_path, {}, {"observation": many})
    assert len(found) == MOST + 1
