"""Publishers' own files, the whole way: recognised, kept, built, with the totals that they print."""

from __future__ import annotations

import csv
import gzip
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from etl import additions, pipeline
from etl.additions import Label
from etl.readings import Library
from etl.snapshots import FOLDER, Snapshots
from tests.data_folder import DataFolder

pytestmark = pytest.mark.slow

FILES = {
    "kz-bns": "trade-kz-bns-by-country/original/*.xls",
    "kg-nsc": "trade-kg-nsc-by-country/original/*.xlsx",
    "uz-stat": "trade-uz-stat-by-country/original/*.csv",
    "imts-csv": "trade-imf-imts-russia/*.csv",
    "comtrade-csv": "trade-comtrade-hs2-23-reporters/subset_*.csv.gz",
    "findex-csv": "findex-202[15]-edition/*.csv",
    "wdi-csv": "trade-wdi-databank-2011-2022/*.csv.gz",
}
"""By the kind that each file is to be recognised as."""

_BUREAU = """
    SELECT vintage, period, flow_code,
           ROUND(SUM(value_usd * (partner_code = 'WLD')) / 1000, 1),
           ROUND(SUM(value_usd * (partner_code <> 'WLD')) / 1000, 1)
    FROM trade_flow WHERE source_id = 'kz-bns' AND snapshot_id IS NOT NULL
    GROUP BY vintage, period, flow_code ORDER BY vintage, period, flow_code
"""
_UZBEK = """
    SELECT period, flow_code, ROUND(SUM(value_usd) / 1e9, 2) FROM trade_flow
    WHERE source_id = 'uz-stat' AND period IN ('2010', '2022') GROUP BY period, flow_code
"""


@pytest.fixture(scope="module")
def built(
    real_data: Path, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """A warehouse of our tables and of every file that a source claims to read."""
    folder = DataFolder.copy(tmp_path_factory.mktemp("publishers") / "data")
    store = Snapshots(folder.path / FOLDER)
    for kind, pattern in FILES.items():
        files = sorted(real_data.glob(pattern))
        assert files, pattern
        for number, path in enumerate(files):
            added = additions.add(path, Label(), library, store, f"2026-11-23T12:00:{number:02}Z")
            assert not added.refusals, (path.name, *map(str, added.refusals[:3]))
            assert added.snapshot is not None
            assert added.snapshot.provenance.kind == kind
    served = folder.path.with_name("warehouse.sqlite")
    outcome = pipeline.build(folder.path, f"sqlite:///{served}")
    assert (outcome.refusals, outcome.rejected) == ((), ())
    with closing(sqlite3.connect(f"file:{served}?mode=ro", uri=True)) as connection:
        yield connection


def test_the_countries_of_the_bureau_add_up_to_its_totals(built: sqlite3.Connection):
    """In every year and edition, to the roundings of what is printed (2018: a tenth of a thousand)."""
    rows = built.execute(_BUREAU).fetchall()
    assert {(vintage, period) for vintage, period, *_ in rows} == {
        *(("2019", "2018"), ("2019", "2019"), ("2021", "2020")),
        *(("2021", "2021"), ("2022", "2021"), ("2022", "2022")),
    }
    for _vintage, period, _flow, total, parts in rows:
        assert abs(total - parts) <= (1.2 if period == "2018" else 0.15)
    assert ("2022", "2022", "export", 84593070.1, 84593070.1) in rows


def test_the_bureaus_workbooks_prove_our_own_table(built: sqlite3.Connection):
    """Each figure that we transcribed from them gave way to theirs, and the headline is unmoved."""
    ours = built.execute(
        "SELECT DISTINCT vintage FROM trade_flow WHERE source_id = 'kz-bns'"
        " AND snapshot_id IS NULL ORDER BY vintage"
    ).fetchall()
    turnover = built.execute(
        "SELECT value FROM observation WHERE indicator_id = 'trade_turnover_ots'"
        " AND scope = 'members_current' AND period IN ('2010', '2022') AND is_preferred"
    ).fetchall()
    assert ours == [("2020",), ("2023",), ("2025",)]
    assert [round(value / 1e9, 3) for (value,) in turnover] == [4.46, 12.98]


def test_uzbek_exports_and_imports_are_told_apart(built: sqlite3.Connection):
    """The files do not say which is which; the totals of both are known."""
    assert built.execute(_UZBEK).fetchall() == [
        ("2010", "export", 13.02),
        ("2010", "import", 9.18),
        ("2022", "export", 19.73),
        ("2022", "import", 30.77),
    ]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("source_id = 'kg-nsc' AND period = '2010' AND flow_code = 'export'", 1755924500.0),
        (
            (
                "source_id = 'imf-imts' AND reporter_code = 'RUS' AND period = '2016'"
                " AND flow_code = 'import'"
            ),
            182267576704.0,
        ),
    ],
    ids=["Kyrgyz exports", "Russian imports"],
)
def test_printed_totals_are_kept(built: sqlite3.Connection, where: str, expected: float):
    """The publisher's own number for the world."""
    ((value,),) = built.execute(
        f"SELECT value_usd FROM trade_flow WHERE partner_code = 'WLD' AND is_newest AND {where}"
    ).fetchall()
    assert value == pytest.approx(expected, rel=1e-4)


def test_every_dollar_of_a_large_file_arrives(built: sqlite3.Connection, real_data: Path):
    """76 168 flows by chapter of the Harmonized System, recounted without our code."""
    (path,) = real_data.glob(FILES["comtrade-csv"])
    text = gzip.decompress(path.read_bytes()).decode()
    amounts = [Decimal(row["tradeValueUSD"]) for row in csv.DictReader(io.StringIO(text))]
    ((count, total),) = built.execute(
        "SELECT COUNT(*), SUM(value_usd) FROM trade_flow"
        " WHERE source_id = 'comtrade' AND snapshot_id IS NOT NULL"
    ).fetchall()
    assert (count, Decimal(total)) == (len(amounts), sum(amounts))


def test_both_sides_of_pairs_without_kazakhstan(built: sqlite3.Connection):
    """Kyrgyz and Uzbek reports of their trade meet, and Azerbaijan's of its chapters."""
    pairs = built.execute(
        "SELECT exporter_code, importer_code, COUNT(*) FROM two_sided"
        " WHERE product_code = 'TOTAL' AND basis = 'preferred'"
        " AND exporter_value_usd IS NOT NULL AND importer_value_usd IS NOT NULL"
        " GROUP BY 1, 2"
    ).fetchall()
    found = {(exporter, importer): count for exporter, importer, count in pairs}
    assert found["KGZ", "UZB"] == found["UZB", "KGZ"] == 14
    assert built.execute(
        "SELECT COUNT(DISTINCT product_code) > 60 FROM two_sided"
        " WHERE exporter_code = 'AZE' AND product_code <> 'TOTAL'"
    ).fetchone() == (1,)


def test_shares_of_adults_are_those_of_the_survey(built: sqlite3.Connection):
    """78 % of Kazakhstan's adults in 2021, 85.0 % in 2024; negative rates of change stand."""
    shares = built.execute(
        "SELECT period, source_id, ROUND(value, 1) FROM observation WHERE scope = 'KAZ'"
        " AND indicator_id = 'digital_payments_adults' AND is_newest"
        " AND period IN ('2021', '2024') ORDER BY period"
    ).fetchall()
    (below_zero,) = built.execute(
        "SELECT COUNT(*) FROM observation"
        " WHERE source_id = 'wdi' AND value < 0 AND snapshot_id IS NOT NULL"
    ).fetchone()
    assert shares == [("2021", "findex-2021", 78.0), ("2024", "findex-2025", 85.0)]
    assert below_zero == 978
