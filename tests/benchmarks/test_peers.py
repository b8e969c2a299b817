"""The peers show what we show: the same cards, and the same sums from the same warehouse."""

from __future__ import annotations

import re

import pytest

from benchmarks.peers import charts
from benchmarks.serving import ours, plain_dash
from tests.data_folder import ROOT
from warehouse.engine import Warehouse
from warehouse.queries import indicators


@pytest.fixture(autouse=True)
def _same_warehouse(file_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_WAREHOUSE", file_url.removeprefix("sqlite:///"))


@pytest.mark.parametrize("flow", charts.FLOWS)
def test_sums_by_year_are_ours(warehouse: Warehouse, flow: charts.Flow):
    ours_by_year = indicators.series(warehouse, f"trade_{flow}_ots", ["members_current"])
    theirs = charts.trade(flow).groupby("period")["value_usd"].sum()
    assert theirs.to_dict() == pytest.approx(
        dict(zip(ours_by_year["period"], ours_by_year["value"], strict=True))
    )


def test_cards_are_those_of_the_summary(warehouse: Warehouse):
    asked = [
        indicators.get(warehouse, each.indicator_id) for each in indicators.headlines(warehouse)
    ]
    assert [card.title for card in charts.cards()] == [each.short["en"] for each in asked]
    assert [card.value for card in charts.cards()][:2] == ["13,006,399,644 USD", "19–23 days"]


def test_every_chart_holds_its_figures():
    """Three of trade and one of cargo: years of the sum, four partners twice, years of cargo."""
    total, partners, contribution = charts.trade_charts("exports")
    assert len(total.data[0].x) >= 31
    assert sorted(trace.name for trace in partners.data) == sorted(contribution.data[0].y)
    assert list(charts.cargo_chart().data[0].x)[-1] == "2025"


def test_both_are_served_as_make_run_serves():
    """As many workers as the Makefile's, and the same file of settings."""
    workers = re.search(
        r"^WORKERS \?= (\d+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )
    for command in (ours(), plain_dash(), plain_dash(compressed=True)):
        words = list(command.words)
        assert words[words.index("--workers") + 1] == workers[1]
        assert words[words.index("--config") + 1] == str(ROOT / "gunicorn.conf.py")
