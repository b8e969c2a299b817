"""Two-sided trade of the figures in data/, against what the two customs services told the press."""

from __future__ import annotations

import pytest

from tests.tables import assert_table
from warehouse.engine import Warehouse
from warehouse.queries import two_sided

MILLION = 1_000_000


def test_kyrgyz_uzbek_trade_of_2018(warehouse: Warehouse):
    """The Kyrgyz committee said 158.5 and 178 million (24.kg, 2019); Uzbekistan's figures differ."""
    found = two_sided.pair(warehouse, "KGZ", "UZB")
    of_2018 = found[found["period"] == "2018"]
    said = of_2018.assign(
        exported=(of_2018["exporter_value_usd"] / MILLION).round(1),
        imported=(of_2018["importer_value_usd"] / MILLION).round(1),
    )
    assert_table(
        said,
        """
        | exporter_code | importer_code | exporter_source_id | importer_source_id | exported | imported | method   | assumed                    |
        | KGZ           | UZB           | kg-nsc             | uz-stat            | 158.5    | 133.1    | weighted | exporter FOB, importer CIF |
        | UZB           | KGZ           | uz-stat            | kg-nsc             | 269.7    | 178      | weighted | exporter FOB, importer CIF |
        """,
    )


def test_mirror_gaps_that_the_customs_services_spoke_of(warehouse: Warehouse):
    """Uzbek exports over Kyrgyz imports: 3.7 times in 2020, 2.4 in 2021, 2.3 in 2022, they said.

    Theirs is a count by customs alone; the offices' figures stand within a fifth of it.
    """
    found = two_sided.pair(warehouse, "UZB", "KGZ").set_index(["exporter_code", "period"])
    for period, times in {"2020": 3.7, "2021": 2.4, "2022": 2.3}.items():
        assert 1 / found.loc[("UZB", period), "ratio"] == pytest.approx(times, rel=0.2)


def test_a_pair_is_the_same_from_either_end(warehouse: Warehouse):
    """Both directions, in time, whoever is named first; the estimate between the sides made FOB."""
    found = two_sided.pair(warehouse, "KAZ", "KGZ")
    assert found.equals(two_sided.pair(warehouse, "KGZ", "KAZ"))
    assert found["period"].is_monotonic_increasing
    both = found[found["method"] == "weighted"]
    assert len(both) >= 2 * 29
    assert both["reconciled_usd"].between(both["low_usd"], both["high_usd"]).all()


def test_a_doubtful_figure_stands_as_reported(warehouse: Warehouse):
    """Kyrgyz exports to Kazakhstan of 2010: 447 million said, 166 received; the estimate hides neither."""
    found = two_sided.pair(warehouse, "KGZ", "KAZ").set_index(["exporter_code", "period"])
    row = found.loc[("KGZ", "2010")]
    assert [
        round(row[name] / MILLION, 1) for name in ("exporter_value_usd", "importer_value_usd")
    ] == [447.0, 165.7]
    assert row["low_usd"] < row["reconciled_usd"] < row["high_usd"]


def test_one_source_for_both_sides(warehouse: Warehouse):
    """A national office speaks for one side only, so its own basis has the other side missing."""
    found = two_sided.pair(warehouse, "KGZ", "UZB", basis="kg-nsc")
    assert {"exporter only", "importer only"} == set(found["method"])
    assert found[["gap_usd", "ratio"]].isna().all(axis=None)


def test_every_reporter_with_mirrors_is_measured(warehouse: Warehouse):
    """Kazakhstan, Kyrgyzstan and Uzbekistan report on each other: each has a distance in both roles."""
    found = two_sided.reliability(warehouse)
    totals = found[found["product_level"] == "TOTAL"]
    measured = totals[totals["distance"].notna()]
    assert {"KAZ", "KGZ", "UZB"} <= set(measured["reporter_code"])
    assert measured["reliability"].between(0, 1).all()
    assert (measured["partners"] >= 2).all()
