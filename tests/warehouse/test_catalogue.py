"""What there is, how complete and how firm it is, what was revised, and what was refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.tables import assert_table, cells
from tests.warehouse.made import make
from warehouse.engine import Warehouse
from warehouse.queries import builds, catalogue, quality, revisions
from warehouse.queries.exchange import Found, Page

SOURCES = """
| id   | title | kind       | cadence |
| bns  | Trade | statistics | annual  |
| rail | Rail  | press      | once    |
| wits | WITS  | statistics | annual  |
"""
ECONOMIES = """
| code | name_en    | aliases           |
| KAZ  | Kazakhstan | Қазақстан;Казакия |
| TUR  | Türkiye    |                   |
| UZB  | Uzbekistan |                   |
| WLD  | World      |                   |
"""
INDICATORS = """
| id    | topic   | unit | frequency | direction | title_en |
| cargo | transit | kt   | annual    | up        | Cargo    |
| days  | transit | days | irregular | down      | Days     |
| idle  | digital | USD  | annual    | up        | Idle     |
"""
FIGURES = """
| indicator_id | scope | period    | source_id | vintage | value | low | high | status      | known_since | newest_until | preferred_until |
| cargo        | KAZ   | 2019      | bns       | 2020    | 100   |     |      | final       | 2020-06-01  | 2021-06-01   | 2021-06-01      |
| cargo        | KAZ   | 2019      | bns       | 2021    | 100   |     |      | final       | 2021-06-01  |              |                 |
| cargo        | KAZ   | 2020      | bns       | 2021    | 200   |     |      | preliminary | 2021-06-01  | 2022-06-01   | 2022-06-01      |
| cargo        | KAZ   | 2020      | bns       | 2022    | 150   |     |      | final       | 2022-06-01  |              |                 |
| cargo        | KAZ   | 2020      | rail      | 2021    | 150.5 |     |      | final       | 2021-07-01  |              | 2021-07-01      |
| cargo        | KAZ   | 2019      | rail      | 2021    | 101   |     |      | final       | 2021-07-01  |              | 2021-07-01      |
| cargo        | KAZ   | 2023      | bns       | 2024    | 300   |     |      | estimate    | 2024-06-01  |              |                 |
| cargo        | UZB   | 2021      | bns       | 2022    | 7     |     |      | final       | 2022-06-01  |              |                 |
| days         | KAZ   | ../2023-03 | rail     | 2023    |       | 19  | 23   | stated      | 2023-03-01  | 2024-03-01   | 2024-03-01      |
| days         | KAZ   | ../2023-03 | rail     | 2024    |       | 19  | 24   | stated      | 2024-03-01  |              |                 |
| days         | KAZ   | ../2023-03 | bns      | 2023    | 19    |     |      | stated      | 2023-03-01  |              | 2023-03-01      |
"""
FLOWS = """
| reporter_code | partner_code | flow_code | product_code | period | source_id | vintage | value_usd | valuation  | status      | known_since | newest_until | preferred_until |
| KAZ           | TUR          | export    | 27           | 2020   | wits      | 2021    | 4         | FOB        | final       | 2021-09-01  |              |                 |
| KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2020    | 0         | not stated | preliminary | 2021-06-01  | 2022-06-01   | 2022-06-01      |
| KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2021    | 11.5      | not stated | final       | 2022-06-01  |              |                 |
| KAZ           | TUR          | export    | TOTAL        | 2020   | wits      | 2021    | 9         | FOB        | final       | 2021-09-01  |              | 2021-09-01      |
| KAZ           | TUR          | import    | TOTAL        | 2018   | bns       | 2020    | 8         | not stated | final       | 2021-06-01  | 2022-06-01   | 2022-06-01      |
| KAZ           | TUR          | import    | TOTAL        | 2018   | bns       | 2021    | 10        | not stated | final       | 2022-06-01  |              |                 |
| KAZ           | TUR          | import    | TOTAL        | 2020   | bns       | 2021    | 5         | not stated | preliminary | 2022-06-01  |              |                 |
| KAZ           | UZB          | re-export | TOTAL        | 2021   | bns       | 2021    | 5         | not stated | preliminary | 2022-06-01  |              |                 |
"""
SNAPSHOTS = """
| id | source_id | kind | name | known_since | rejections |
| s1 | bns       | csv  | a    | 2021-06-01  | 2          |
| s2 |           | csv  | b    | 2022-06-01  | 1          |
"""
REJECTIONS = """
| snapshot_id | number | source_id | known_since | file | row | field | value | reason   | remedy |
| s1          | 1      | bns       | 2021-06-01  | a    | 2   | value | x     | no value | fix    |
| s1          | 2      | bns       | 2021-06-01  | a    | 3   | value | y     | no value | fix    |
| s2          | 1      |           | 2022-06-01  | b    | 1   | file  |       | unknown  | say    |
"""
ISSUES = """
| source_id | subject | scope   | period | kind     | expected | what_en |
| wits      | export  | KAZ-TUR | 2020   | doubtful | 11       | low     |
| bns       | cargo   | KAZ     | 2019   | doubtful |          | high    |
"""


@pytest.fixture
def made(served: Path) -> Warehouse:
    """Figures and flows with revisions, gaps, conflicts and faults."""
    url = make(
        served,
        source=SOURCES,
        economy=ECONOMIES,
        indicator=INDICATORS,
        observation=FIGURES,
        trade_flow=FLOWS,
        snapshot=SNAPSHOTS,
        rejection=REJECTIONS,
        issue=ISSUES,
    )
    return Warehouse(url)


def holdings(entries: list[catalogue.IndicatorEntry] | list[catalogue.TradeEntry]) -> pd.DataFrame:
    """What is held, one row per entry, the sources with their vintages."""
    rows = [
        {
            "id": getattr(entry, "code", None) or entry.indicator.id,
            **vars(entry.holding),
            "vintages": " ".join(f"{k}={v}" for k, v in (entry.holding.vintages or {}).items()),
        }
        for entry in entries
    ]
    return pd.DataFrame(rows)


def test_indicators_tell_what_is_held_of_them(made: Warehouse):
    """The newest figures of all sources, the ends of all periods, and those of which there is none."""
    assert_table(
        holdings(catalogue.indicators(made)),
        """
        | id    | figures | scopes | first      | last       | updated    | vintages           |
        | idle  | 0       | 0      |            |            |            |                    |
        | cargo | 6       | 2      | 2019       | 2023       | 2024-06-01 | bns=2024 rail=2021 |
        | days  | 2       | 1      | ../2023-03 | ../2023-03 | 2024-03-01 | bns=2023 rail=2024 |
        """,
    )


def test_reporters_tell_what_is_held_of_their_trade(made: Warehouse):
    """Partners, the finest products, and sources; economies that do not report are left out."""
    (entry,) = catalogue.reporters(made)
    assert (entry.code, entry.name["en"]) == ("KAZ", "Kazakhstan")
    assert entry.aliases == ("Қазақстан", "Казакия")
    assert_table(
        holdings([entry]),
        """
        | id  | figures | scopes | digits | first | last | updated    | vintages           |
        | KAZ | 6       | 2      | 2      | 2018  | 2021 | 2022-06-01 | bns=2021 wits=2021 |
        """,
    )


def test_sources_tell_what_they_speak_for(made: Warehouse):
    """Figures and flows together, stored documents, and the faults found in them."""
    rows = [vars(entry) | {"id": entry.source.id} for entry in catalogue.sources(made)]
    assert_table(
        pd.DataFrame(rows),
        """
        | id   | cadence | figures | snapshots | rejections | updated    |
        | bns  | annual  | 9       | 1         | 2          | 2024-06-01 |
        | rail | once    | 3       | 0         | 0          | 2024-03-01 |
        | wits | annual  | 2       | 0         | 0          | 2021-09-01 |
        """,
    )


def test_a_past_day_holds_what_was_known(made: Warehouse):
    """Neither later figures nor later documents and faults."""
    past = made.as_of("2021-06-15")
    assert_table(
        holdings([*catalogue.indicators(past), *catalogue.reporters(past)]),
        """
        | id    | figures | scopes | first | last | updated    | vintages |
        | idle  | 0       | 0      |       |      |            |          |
        | cargo | 2       | 1      | 2019  | 2020 | 2021-06-01 | bns=2021 |
        | days  | 0       | 0      |       |      |            |          |
        | KAZ   | 2       | 1      | 2018  | 2020 | 2021-06-01 | bns=2020 |
        """,
    )
    statuses = quality.marks(past, "indicators")["cargo"].statuses
    assert {name: count for name, count in statuses.items() if count} == {
        "final": 1,
        "preliminary": 1,
    }
    assert revisions.revisions(past).total == 0
    assert builds.rejections(past).total == 2
    assert len(builds.refused(past)) == 1


@pytest.mark.parametrize(
    ("within", "of", "expected"),
    [
        (
            "indicators",
            None,
            "cargo 2019 1 2, cargo 2020 1 2, cargo 2021 1 1, cargo 2023 1 1, days 2023 1 2",
        ),
        ("scopes", "cargo", "KAZ 2019 1 2, KAZ 2020 1 2, KAZ 2023 1 1, UZB 2021 1 1"),
        ("reporters", None, "KAZ 2018 1 1, KAZ 2020 2 2"),
        ("partners", "KAZ", "TUR 2018 1 1, TUR 2020 2 2"),
        ("partners", "TUR", ""),
    ],
)
def test_coverage_counts_a_figure_once(
    made: Warehouse, within: quality.Within, of: str | None, expected: str
):
    """Subject, year, figures, sources: two sources of a figure are one figure of that year."""
    frame = quality.coverage(made, within, of)
    assert list(frame.columns) == list(quality.COVERAGE)
    assert ", ".join(" ".join(map(str, row)) for row in frame.itertuples(index=False)) == expected


def test_quality_is_marked_by_rule(made: Warehouse):
    """Firmness of the preferred figures, years missing inside a series, sources apart by over 0.5 %."""
    marks = quality.marks(made, "indicators") | quality.marks(made, "reporters")
    frame = pd.DataFrame(
        [
            {"id": name, **vars(mark), **(mark.statuses or {})}
            for name, mark in sorted(marks.items())
        ]
    )
    # cargo: 2021 and 2022 are missing in 2019–2023; 101 against 100 is a conflict, 150.5 against 150
    # is none. days: 19 against 19–24. KAZ: 2019 is missing in its imports; 11.5 against 9.
    assert_table(
        frame,
        """
        | id    | figures | final | preliminary | estimate | stated | years | gaps | compared | conflicts | issues |
        | KAZ   | 3       | 2     | 1           | 0        | 0      | 4     | 1    | 1        | 1         | 1      |
        | cargo | 4       | 3     | 0           | 1        | 0      | 6     | 2    | 2        | 1         | 1      |
        | days  | 1       | 0     | 0           | 0        | 1      | 0     | 0    | 1        | 1         | 0      |
        """,
    )


def test_revisions_tell_what_changed_and_by_how_much(made: Warehouse):
    """Newest first; a repeated value is no revision, and a change from 0 has no relative size."""
    found = revisions.revisions(made)
    assert found.total == 4
    assert_table(
        pd.DataFrame(found.rows),
        """
        | subject | scope | flow_code | period     | vintage | previous_value | value | previous_high | high | unit | change | relative_change |
        | days    | KAZ   |           | ../2023-03 | 2024    |                |       | 23            | 24   | days |        |                 |
        | cargo   | KAZ   |           | 2020       | 2022    | 200            | 150   |               |      | kt   | -50    | -0.25           |
        | KAZ     | TUR   | import    | 2018       | 2021    | 8              | 10    |               |      | USD  | 2      | 0.25            |
        | KAZ     | TUR   | export    | 2020       | 2021    | 0              | 11.5  |               |      | USD  | 11.5   |                 |
        """,
    )
    assert all(list(row) == list(revisions.REVISIONS) for row in found.rows)


def test_revisions_are_asked_for_by_page_and_by_key(made: Warehouse):
    """The total is that of all pages; unknown keys find nothing."""

    def told(found: Found) -> tuple[str, int]:
        return " ".join(row["subject"] for row in found.rows), found.total

    assert told(revisions.revisions(made, Page(2, 3))) == ("KAZ", 4)
    assert told(revisions.revisions(made, kind="observation")) == ("days cargo", 2)
    assert told(revisions.revisions(made, subject="cargo", source_id=None)) == ("cargo", 1)
    assert told(revisions.revisions(made, source_id="rail")) == ("days", 1)
    assert told(revisions.revisions(made, subject="idle")) == ("", 0)


def test_revisions_are_summed_up_by_source(made: Warehouse):
    """How many figures came again, how many of them changed, and how much, whatever the sign."""
    assert_table(
        revisions.summary(made),
        """
        | source_id | compared | revised | rounded | median_change | largest_change |
        | bns       | 4        | 3       | 0       | 0.25          | 0.25           |
        | rail      | 1        | 1       | 0       |               |                |
        """,
    )


@pytest.mark.slow
def test_digits_that_one_edition_left_out_are_no_revision(served: Path):
    """Half of the last digit of a table in thousand dollars, with a decimal or without."""
    _, rows = cells("""
        | before    | after        | revised | rounded |
        | 267582700 | 267582684.58 | 0       | 1       |
        | 267582700 | 267582649.99 | 1       | 0       |
        | 267582649 | 267582600    | 0       | 1       |
        | 267582000 | 267582430.5  | 0       | 1       |
        | 267582000 | 267582530.5  | 1       | 0       |
        | 267582000 | 267582400    | 1       | 0       |
        | 267582001 | 267582002    | 1       | 0       |
        | 0         | 12           | 1       | 0       |
        | 5000      | 5000         | 0       | 0       |
    """)
    for before, after, revised, rounded in rows:
        flows = f"""
            | reporter_code | partner_code | flow_code | product_code | period | source_id | vintage | value_usd | valuation | status | known_since |
            | KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 1       | {before}  | FOB       | final  | 2021-06-01  |
            | KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2       | {after}   | FOB       | final  | 2022-06-01  |
        """
        made = Warehouse(make(served, source=SOURCES, economy=ECONOMIES, trade_flow=flows))
        (told,) = revisions.summary(made).itertuples()
        assert (told.revised, told.rounded) == (int(revised), int(rounded)), (before, after)
        assert revisions.revisions(made).total == int(revised)


def test_the_median_is_of_the_middle(served: Path):
    """One in the middle of an odd number, the mean of two of an even one; computing leaves no trace."""
    _, rows = cells("""
        | sizes              | median | largest | revised |
        | 1                  | 0.01   | 0.01    | 1       |
        | 1 -5               | 0.03   | 0.05    | 2       |
        | 4 -1 2             | 0.02   | 0.04    | 3       |
        | 1 3 2 100          | 0.025  | 1.0     | 4       |
        | 0.00000001 1       | 0.01   | 0.01    | 1       |
    """)
    header = (
        "| indicator_id | scope | period | source_id | vintage | value | status | known_since |"
    )
    for sizes, median, largest, revised in rows:
        lines = [header]
        for number, size in enumerate(sizes.split()):
            key = f"| cargo | KAZ | {2000 + number} | bns "
            lines.append(f"{key}| 1 | 100 | final | 2020-01-01 |")
            lines.append(f"{key}| 2 | {100 + float(size)!r} | final | 2021-01-01 |")
        url = make(served, source=SOURCES, indicator=INDICATORS, observation="\n".join(lines))
        (row,) = revisions.summary(Warehouse(url)).itertuples()
        assert row.median_change == pytest.approx(float(median))
        assert row.largest_change == pytest.approx(float(largest))
        assert (row.revised, row.compared) == (int(revised), len(sizes.split()))


def test_what_was_refused_stands_with_its_remedy(made: Warehouse):
    """The newest document first, its faults in order; by source, and summed up by reason."""
    found = builds.rejections(made)
    assert found.total == 3
    assert_table(
        pd.DataFrame(found.rows),
        """
        | source_id | kind | file | row | field | value | reason   | remedy |
        |           | csv  | b    | 1   | file  |       | unknown  | say    |
        | bns       | csv  | a    | 2   | value | x     | no value | fix    |
        | bns       | csv  | a    | 3   | value | y     | no value | fix    |
        """,
    )
    assert builds.rejections(made, Page(2, 1), "bns").rows[0]["value"] == "y"
    assert_table(
        builds.refused(made),
        """
        | source_id | field | reason   | faults |
        | bns       | value | no value | 2      |
        |           | file  | unknown  | 1      |
        """,
    )


def test_the_build_reports_on_itself(made: Warehouse, warehouse: Warehouse):
    """Checks passed, files read, rows of every table, and the known errors."""
    assert set(builds.checks(made)["outcome"]) == {"ok"}
    assert builds.inputs(made).empty
    assert "catalog/economies.csv" in set(builds.inputs(warehouse)["path"])
    sizes = builds.sizes(made).set_index("table")["rows"]
    assert (sizes["observation"], sizes["trade_flow"], sizes["target"]) == (11, 8, 0)
    assert list(sizes) == sorted(sizes, reverse=True)
    assert_table(
        builds.issues(made),
        """
        | source_id | subject | scope   | period | kind     | expected | what_en |
        | bns       | cargo   | KAZ     | 2019   | doubtful |          | high    |
        | wits      | export  | KAZ-TUR | 2020   | doubtful | 11       | low     |
        """,
    )


def test_the_figures_in_data_are_told_as_they_are(warehouse: Warehouse):
    """Kazakhstan's trade in the catalogue, its rounded edition, the conflict of WITS with the Bureau."""
    entries = {entry.code: entry.holding for entry in catalogue.reporters(warehouse)}
    assert set(entries) >= {"KAZ", "KGZ", "UZB"}
    kazakhstan = entries["KAZ"]
    assert (kazakhstan.first, kazakhstan.last, kazakhstan.sources) == (
        "1995",
        "2025",
        ("kz-bns", "wits"),
    )
    marks = quality.marks(warehouse, "reporters")["KAZ"]
    assert (marks.gaps, marks.issues) == (0, 10)
    assert 0 < marks.conflicts < marks.compared
    again = revisions.summary(warehouse).set_index("source_id").loc["kz-bns"]
    assert (again["compared"] > 90, again["revised"], again["rounded"]) == (True, 0, 3)
    listed = {entry.indicator.id for entry in catalogue.indicators(warehouse)}
    assert set(quality.marks(warehouse, "indicators")) <= listed
