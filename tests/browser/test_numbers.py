"""The numbers that people see are those of the warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboards.i18n import Locale, load_locales
from tests.browser.visiting import Visit
from tests.dashboards.serving import rows_of
from warehouse.catalog import Language
from warehouse.engine import Warehouse

pytestmark = pytest.mark.browser

LOCALES: Mapping[Language, Locale] = load_locales()
LATEST = """
    SELECT period, value FROM observation
    WHERE indicator_id = ? AND scope = ? AND is_preferred ORDER BY period DESC LIMIT 1
"""

# The last point of the last trace stands where the newest figure is.
LAST_POINT = """name => {
    const plot = document.querySelector(`#graph-${name} .js-plotly-plot`);
    const points = [...plot.querySelectorAll(".scatterlayer .trace path.point, .barlayer .point path")];
    points.at(-1).scrollIntoView({block: "center"});
    const box = points.at(-1).getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""


def pointed_at(visit: Visit, chart: str) -> str:
    """What a chart says of its newest figure when the mouse is upon it."""
    visit.page.mouse.move(0, 0)
    x, y = visit.page.evaluate(LAST_POINT, chart)
    visit.page.mouse.move(x - 3, y)
    visit.page.mouse.move(x, y, steps=3)
    label = visit.page.locator(f"#graph-{chart} .hoverlayer .hovertext")
    expect(label).to_be_visible()
    return str(label.text_content())


@pytest.mark.parametrize("language", ["kk", "en"])
def test_the_newest_turnover_is_the_same_everywhere(
    visit: Visit, warehouse: Warehouse, language: Language
) -> None:
    locale = LOCALES[language]
    ((period, value),) = rows_of(
        Path(warehouse.path), LATEST, "trade_turnover_ots", "members_current"
    )
    visit.open(f"/{language}/trade")
    said = pointed_at(visit, "turnover")
    assert locale.quantity(value, value, "USD") in said
    assert period in said
    newest = visit.cells("turnover")[1]
    assert newest[1:3] == [period, locale.quantity(value, value, "USD", 3)]
    last = visit.traces("turnover")[-1]
    assert (last["x"][-1], last["y"][-1]) == (int(period), value / 1e9)
    visit.open(f"/{language}/")
    card = visit.page.locator("#card-trade_turnover_ots")
    assert float(card.get_attribute("data-value") or "") == value
    expect(card).to_contain_text(locale.quantity(value, value, "USD"))


def test_the_partners_add_up_to_the_turnover(visit: Visit) -> None:
    visit.open("/en/trade")
    totals = {
        x: y
        for trace in visit.traces("turnover")
        for x, y in zip(trace["x"], trace["y"], strict=True)
    }
    sums: dict[float, float] = {}
    for trace in visit.traces("partners"):
        for x, y in zip(trace["x"], trace["y"], strict=True):
            sums[x] = sums.get(x, 0) + y
    compared = {year for year, total in totals.items() if total is not None}
    assert compared <= set(sums)
    for year in compared:
        assert sums[year] == pytest.approx(totals[year], abs=1e-6)


def test_the_newest_volume_is_the_same_in_bar_hover_and_table(
    visit: Visit, warehouse: Warehouse
) -> None:
    ((period, value),) = rows_of(Path(warehouse.path), LATEST, "titr_volume", "ministry")
    visit.open("/en/corridor")
    bars = visit.traces("volume")[0]
    assert dict(zip(bars["x"], bars["y"], strict=True))[int(period)] == value
    shown = LOCALES["en"].quantity(value, value, "kt")
    assert [row for row in visit.cells("volume") if period in row and shown in row]


def test_the_newest_share_is_the_same_in_hover_and_table(
    visit: Visit, warehouse: Warehouse
) -> None:
    ((period, value),) = rows_of(Path(warehouse.path), LATEST, "digital_payments_adults", "UZB")
    visit.open("/kk/digital")
    shown = LOCALES["kk"].quantity(value, value, "percent")
    assert shown in pointed_at(visit, "payments")
    assert visit.cells("payments")[-1][1:3] == [period, shown]
