"""What comes over the wire with an empty cache, against the budgets."""

from __future__ import annotations

import pytest

from tests.browser.visiting import Meter, Visit

pytestmark = pytest.mark.browser

CHART_ENGINE = ("plotly", "async-graph")


@pytest.mark.parametrize(
    ("path", "budget"), [("", 450), ("trade", 750), ("corridor", 750), ("digital", 750)]
)
def test_a_cold_page_is_light(visit: Visit, path: str, budget: int) -> None:
    meter = Meter(visit)
    visit.open(f"/ru/{path}")
    assert meter.kilobytes() <= budget, meter.arrived
    assert ("/static/plotly" in "".join(meter.arrived)) == bool(path)


def test_the_next_page_needs_only_its_own_words_and_figures(visit: Visit) -> None:
    visit.open("/ru/")
    meter = Meter(visit)
    visit.page.locator("header nav a[data-page=trade]").click()
    visit.page.locator("main#page-trade").wait_for()
    visit.settled()
    assert meter.kilobytes(but=CHART_ENGINE) <= 60, meter.arrived


def test_a_page_seen_before_is_mostly_there(visit: Visit) -> None:
    visit.open("/ru/trade")
    meter = Meter(visit)
    visit.open("/ru/trade")
    assert meter.kilobytes() <= 60, meter.arrived
    assert "/static/" not in "".join(path for path, size in meter.arrived.items() if size)
