"""The mart of bulk data: chapters between the economies of the group, and with the world."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.etl.bulk.adding import LEGACY, added, csv, legacy, rows, saved
from tests.tables import assert_table


def test_chapters_of_the_group_are_kept(tmp_path: Path):
    """Between its economies and with the world as reported; what others trade is left alone."""
    made = legacy(
        tmp_path,
        """
        | reporter   | partner | flow   | cmdCode | tradeValueUSD |
        | Azerbaijan | Turkey  | Export | 27.0    | 300.0         |
        | Azerbaijan | World   | Export | 27.0    | 1000.0        |
        | Azerbaijan | Georgia | Export | 27.0    | 700.0         |
        | Georgia    | Armenia | Export | 27.0    | 40.0          |
        """,
    )
    assert_table(
        rows(made),
        """
        | reporter | partner | flow   | product | period | value    | records |
        | AZE      | TUR     | export | 27      | 2010   | 300.000  | 1       |
        | AZE      | WLD     | export | 27      | 2010   | 1000.000 | 1       |
        | WLD      | TUR     | export | 27      | 2010   | 300.000  | 1       |
        """,
    )
    assert (made.records, made.ours) == (4, 3)


def test_as_a_partner_an_economy_is_seen_by_all_reporters_together(tmp_path: Path):
    """Kazakhstan reports nothing here; the world is then so many reporters, and says how many."""
    made = legacy(
        tmp_path,
        """
        | reporter   | partner    | flow   | cmdCode | tradeValueUSD |
        | Azerbaijan | Kazakhstan | Import | 10.0    | 5.0           |
        | Georgia    | Kazakhstan | Import | 10.0    | 7.0           |
        | Pakistan   | Kazakhstan | Import | 10.0    | 11.0          |
        """,
    )
    assert_table(
        rows(made),
        """
        | reporter | partner | flow   | value  | reporters | records |
        | AZE      | KAZ     | import | 5.000  | 1         | 1       |
        | WLD      | KAZ     | import | 23.000 | 3         | 3       |
        """,
    )


def test_hazards_of_the_older_downloads(tmp_path: Path):
    """Chapters as numbers, zero as a value, oneself as a partner, re-imports beside imports."""
    made = legacy(
        tmp_path,
        """
        | partner    | flow      | cmdCode | tradeValueUSD |
        | Turkey     | Import    | 1.0     | 0.0           |
        | Turkey     | Re-Import | 1.0     | 3.25          |
        | Azerbaijan | Import    | 99.0    | 8.0           |
        """,
    )
    own = rows(made).query("reporter == 'AZE'")
    assert_table(
        own,
        """
        | partner | flow      | product | value | unit | valuation  | source   |
        | AZE     | import    | 99      | 8.000 | USD  | not stated | comtrade |
        | TUR     | import    | 01      | 0.000 | USD  | not stated | comtrade |
        | TUR     | re-import | 01      | 3.250 | USD  | not stated | comtrade |
        """,
    )


def test_a_spelling_that_nobody_foresaw_is_ours_all_the_same(tmp_path: Path):
    """Letter case and dots make no difference, here as in small documents."""
    made = legacy(
        tmp_path,
        """
        | reporter   | partner    | cmdCode | tradeValueUSD |
        | AZERBAIJAN | KAZAKHSTAN | 27.0    | 5.0           |
        | Azerbaijan | World      | 27.0    | 9.0           |
        """,
    )
    assert_table(
        rows(made).query("reporter == 'AZE'"),
        """
        | partner | value |
        | KAZ     | 5.000 |
        | WLD     | 9.000 |
        """,
    )


def test_records_of_the_api(tmp_path: Path):
    """Of several levels one is added up; what breaks flows down and commodities without code are out."""
    text = """
        | partnerCode | cmdCode | aggrLevel | customsCode | classificationCode | primaryValue |
        | 792         | TOTAL   | 0         | C00         | H4                 | 100          |
        | 792         | 27      | 2         | C00         | H4                 | 60           |
        | 792         | 2709    | 4         | C00         | H4                 | 60           |
        | 792         | 270900  | 6         | C00         | H4                 | 60           |
        | 792         | 27      | 2         | C01         | H4                 | 20           |
        | 792         | 9999AA  | 6         | C00         | H4                 | 40           |
        | 0           | 27      | 2         | C00         | H4                 | 80           |
        """
    fixed = {"reporterCode": "31", "flowCode": "X", "period": "2015", "freqCode": "A"}
    made = added(saved(tmp_path, csv(text, **fixed)))
    assert_table(
        rows(made).query("reporter == 'AZE'"),
        """
        | partner | flow   | product | classification | period | value  |
        | TUR     | export | 27      | H4             | 2015   | 60.000 |
        | WLD     | export | 27      | H4             | 2015   | 80.000 |
        """,
    )
    assert made.passed_over == (
        "Left out: 4 records of other levels of the Harmonized System than the one added up.",
        "Left out: 1 records that break flows down (by second partner, customs procedure or transport).",
    )


def test_baci(tmp_path: Path):
    """Thousands of dollars, economies by number, lost zeros; the world is what the partners add up to."""
    text = """
        | t    | i   | j   | k      | v      | q     |
        | 2020 | 31  | 792 | 270900 | 10.5   | 1     |
        | 2020 | 031 | 792 | 271000 | 2.25   | NA    |
        | 2020 | 31  | 268 | 270900 | 1.001  | 1     |
        | 2020 | 268 | 792 | 10121  | 3      | 1     |
        | 2020 | 268 | 51  | 10121  | 3      | 1     |
        """
    path = saved(tmp_path, csv(text), "BACI_HS17_Y2020_V202501.csv")
    made = added(path, kind="baci")
    assert_table(
        rows(made),
        """
        | reporter | partner | product | value  | unit         | classification | valuation | edition | reporters | records |
        | AZE      | TUR     | 27      | 12.750 | thousand USD | H5             | FOB       | 2025-01 | 1         | 2       |
        | AZE      | WLD     | 27      | 13.751 | thousand USD | H5             | FOB       | 2025-01 | 1         | 3       |
        | WLD      | TUR     | 01      | 3.000  | thousand USD | H5             | FOB       | 2025-01 | 1         | 1       |
        | WLD      | TUR     | 27      | 12.750 | thousand USD | H5             | FOB       | 2025-01 | 1         | 2       |
        """,
    )


def test_several_files_packed_or_as_parquet_say_the_same(tmp_path: Path):
    """In whatever they come, and in however many parts, the sums are the same."""
    first = csv("| cmdCode | tradeValueUSD |\n| 27.0 | 1.5 |", **LEGACY)
    second = csv("| cmdCode | tradeValueUSD |\n| 28.0 | 2.5 |", **LEGACY)
    apart = added(saved(tmp_path, first, "1.csv"), saved(tmp_path, second, "2.csv"))
    packed = [
        saved(tmp_path, text, name) for text, name in ((first, "1.csv.gz"), (second, "2.csv.gz"))
    ]
    table = pa.table(
        {
            **{name: [cell, cell] for name, cell in LEGACY.items()},
            "cmdCode": ["27.0", "28.0"],
            "tradeValueUSD": [1.5, 2.5],
        }
    )
    pq.write_table(table, tmp_path / "bulk.parquet")
    assert len(rows(apart)) == 4
    assert apart.rows.equals(added(*packed).rows)
    assert apart.rows.equals(added(tmp_path / "bulk.parquet").rows)


_CODES = {"Azerbaijan": "AZE", "Turkey": "TUR", "Kazakhstan": "KAZ", "World": "WLD"}
_RECORDS = st.dictionaries(
    st.tuples(
        st.sampled_from(["Azerbaijan", "Turkey", "Georgia", "Pakistan"]),
        st.sampled_from(["Turkey", "Kazakhstan", "Armenia", "World"]),
        st.sampled_from(["Export", "Import", "Re-Export"]),
        st.sampled_from(["2009", "2010"]),
        st.integers(1, 3),
    ),
    st.decimals("0", "999999999999", places=5),
    min_size=1,
    max_size=40,
)


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=_RECORDS)
def test_the_mart_equals_a_recount(tmp_path: Path, records: dict[tuple[object, ...], Decimal]):
    """Each sum is that of plain decimals, to the thousandth, whatever the records."""
    expected: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    lines = ["reporter,partner,flow,year,cmdCode,tradeValueUSD"]
    for (reporter, partner, flow, year, chapter), value in records.items():
        lines.append(f"{reporter},{partner},{flow},{year},{chapter}.0,{value}")
        ours = [_CODES[name] for name in (reporter,) if name in _CODES]
        theirs = _CODES.get(str(partner), "")
        for side in (*ours, "WLD"):
            if theirs and (side, theirs) != ("WLD", "WLD"):
                key = (side, theirs, str(flow).lower(), f"0{chapter}", str(year))
                expected[key] += value.quantize(Decimal("0.001"), ROUND_HALF_UP)
    made = added(saved(tmp_path, "\n".join(lines) + "\n"))
    found = (
        {}
        if made.rows is None
        else {
            (row["reporter"], row["partner"], row["flow"], row["product"], row["period"]): Decimal(
                row["value"]
            )
            for row in made.rows.to_pylist()
        }
    )
    assert found == dict(expected)
    assert bool(found) != bool(made.refusals)
