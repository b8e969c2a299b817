"""The numbers people come for, against sums made of the files alone: by csv and Decimal."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache

import pytest
from sqlalchemy import select

from tests.data_folder import DATA, dump, read_rows
from tests.tables import cells
from warehouse.engine import Warehouse
from warehouse.queries import indicators
from warehouse.schema import observation

MEMBERS = {"AZE", "KGZ", "TUR", "UZB"}
OBSERVERS = {"HUN", "TKM"}
SIGNS = {
    "trade_turnover_ots": {"export": 1, "import": 1},
    "trade_exports_ots": {"export": 1},
    "trade_imports_ots": {"import": 1},
    "trade_balance_ots": {"export": 1, "import": -1},
}
DOLLARS = {"thousand USD": 1_000, "million USD": 1_000_000}


def _rows(pattern: str) -> list[dict[str, str]]:
    return read_rows(*DATA.glob(pattern))


def _counted(definition: str, year: str) -> set[str]:
    if definition == "with_observers":
        return MEMBERS | OBSERVERS
    if definition == "members_dated":
        return {code for code in MEMBERS if year >= ("2019" if code == "UZB" else "2009")}
    return MEMBERS


@cache
def _sums() -> dict[tuple[str, str], dict[tuple[str, str], Decimal]]:
    """By indicator and definition: dollars by source and year, where no flow is missing."""
    newest: dict[tuple[str, str], dict[tuple[str, str], tuple[str, Decimal]]] = defaultdict(dict)
    for row in _rows("figures/trade/*.csv"):
        if row["reporter"] != "KAZ":
            continue
        flows = newest[row["source"], row["period"]]
        key, dollars = (row["partner"], row["flow"]), Decimal(row["value"]) * DOLLARS[row["unit"]]
        flows[key] = max(flows.get(key, ("", Decimal(0))), (row["vintage"], dollars))
    sums: dict[tuple[str, str], dict[tuple[str, str], Decimal]] = defaultdict(dict)
    for (source, year), flows in newest.items():
        for definition in ("members_current", "members_dated", "with_observers"):
            partners = _counted(definition, year)
            for indicator, signs in SIGNS.items():
                needed = [(partner, flow) for partner in partners for flow in signs]
                if partners and all(key in flows for key in needed):
                    total = sum(flows[key][1] * signs[key[1]] for key in needed)
                    sums[indicator, definition][source, year] = Decimal(total)
    return sums


def test_the_warehouse_holds_every_row_of_the_folder(warehouse: Warehouse):
    """Nothing is dropped on the way but the controls; nothing is added but the sums, old and new."""
    stored = {name: len(rows) for name, rows in dump(warehouse.path).items()}
    flows = [row for row in _rows("figures/trade/*.csv") if row["flow"] != "turnover"]
    sums = sum(len(series) for series in _sums().values())
    assert stored["trade_flow"] == len(flows)
    older = warehouse.rows(
        select(observation.c.indicator_id)
        .where(observation.c.indicator_id.in_(SIGNS))
        .where(observation.c.newest_until.is_not(None))
        .order_by(observation.c.indicator_id)
    )
    figures = len(_rows("figures/observations/*.csv"))
    assert stored["observation"] - len(older) == figures + sums
    for name in ("target", "claim", "event"):
        assert stored[name] == len(_rows(f"statements/{name}s.csv"))
    assert stored["source"] == len(_rows("catalog/sources/*.csv"))
    assert stored["rejection"] == 0


def _preferred(year: str) -> str:
    return "wits" if year <= "2017" else "kz-bns"


@pytest.mark.parametrize("definition", ["members_current", "members_dated", "with_observers"])
@pytest.mark.parametrize("indicator", sorted(SIGNS))
def test_every_sum_over_the_group_is_exact_to_the_cent(
    warehouse: Warehouse, indicator: str, definition: str
):
    """By the preferred source of each year, and by each source alone."""
    expected = _sums()[indicator, definition]
    preferred = indicators.series(warehouse, indicator, [definition])
    assert {row.period: (row.source_id, _cents(row.value)) for row in preferred.itertuples()} == {
        year: (source, _cents(dollars))
        for (source, year), dollars in expected.items()
        if source == _preferred(year)
    }
    for source in ("wits", "kz-bns"):
        alone = indicators.series(warehouse, indicator, [definition], source)
        assert {row.period: _cents(row.value) for row in alone.itertuples()} == {
            year: _cents(dollars) for (of, year), dollars in expected.items() if of == source
        }


def _cents(dollars: float | Decimal) -> Decimal:
    return Decimal(repr(dollars) if isinstance(dollars, float) else dollars).quantize(
        Decimal("0.01")
    )


def test_the_numbers_that_were_promised(warehouse: Warehouse):
    """Billions of dollars as issue and design state them, to the third decimal."""
    _header, rows = cells("""
        | definition      | source | year | billion |
        | members_current |        | 2010 | 4.460   |
        | members_current |        | 2016 | 3.693   |
        | members_current |        | 2022 | 12.980  |
        | members_current |        | 2023 | 12.648  |
        | members_current |        | 2024 | 11.422  |
        | with_observers  |        | 2010 | 4.884   |
        | members_current | wits   | 2022 | 9.050   |
    """)
    for definition, source, year, billion in rows:
        series = indicators.series(warehouse, "trade_turnover_ots", [definition], source or None)
        (value,) = series.loc[series["period"] == year, "value"]
        assert f"{value / 1e9:.3f}" == billion


def test_the_last_year_is_preliminary(warehouse: Warehouse):
    """2025 is preliminary at its publisher, so it is with us; years before are final."""
    series = indicators.series(warehouse, "trade_turnover_ots", ["members_current"])
    assert list(series["status"].iloc[-2:]) == ["final", "preliminary"]
    assert list(series["period"]) == [str(year) for year in range(1995, 2026)]
