"""What comes over the wire with an empty cache, against the budgets, and when it comes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.visiting import Meter, Visit

pytestmark = pytest.mark.browser

FETCHED = """name => performance.getEntriesByType("resource").some(
    each => each.name.includes(name) && each.responseEnd
)"""


def wait_for_plotly(page: Page) -> None:
    """Wait until the browser has fetched plotly.js, to draw with it or ahead of need."""
    page.wait_for_function(FETCHED, arg="/static/plotly.")


def dash(visit: Visit) -> list[str]:
    """What of Dash has been asked for, in order."""
    names = (each.url.removeprefix(visit.base).partition("?")[0] for each in visit.requests)
    return [name.partition(".")[0] for name in names if "dash" in name]


@pytest.mark.parametrize(
    ("path", "budget"), [("", 450), ("trade", 750), ("corridor", 750), ("digital", 750)]
)
def test_a_cold_page_is_light(visit: Visit, path: str, budget: int) -> None:
    """The summary draws without plotly.js; it comes later, for the page that is read next."""
    meter = Meter(visit)
    visit.open(f"/ru/{path}")
    wait_for_plotly(visit.page)
    visit.settled()
    assert meter.kilobytes() <= budget, meter.arrived
    assert [path.startswith("/static/plotly.") for path in meter.arrived].count(True) >= 1


@pytest.mark.parametrize("start", ["", "corridor"])
def test_the_next_page_needs_only_its_own_words_and_figures(visit: Visit, start: str) -> None:
    visit.open(f"/ru/{start}")
    wait_for_plotly(visit.page)
    visit.settled()
    meter = Meter(visit)
    visit.page.locator("header nav a[data-page=trade]").click()
    visit.page.locator("main#page-trade").wait_for()
    visit.settled()
    assert meter.kilobytes() <= 60, meter.arrived
    assert [path for path, size in meter.arrived.items() if size] == ["/ru/trade"]


def test_a_page_seen_before_is_mostly_there(visit: Visit) -> None:
    visit.open("/ru/trade")
    meter = Meter(visit)
    visit.open("/ru/trade")
    assert meter.kilobytes() <= 60, meter.arrived
    assert "/static/" not in "".join(path for path, size in meter.arrived.items() if size)


def test_who_pays_for_bytes_gets_none_ahead_of_need(visit: Visit) -> None:
    session = visit.context.new_cdp_session(visit.page)
    session.send("Emulation.setDataSaverOverride", {"dataSaverEnabled": True})
    visit.open("/ru/")
    visit.page.wait_for_timeout(1000)
    assert [each.url for each in visit.requests if "plotly" in each.url] == []


def test_dash_sleeps_until_somebody_is_about_to_choose(visit: Visit) -> None:
    visit.open("/en/trade")
    visit.page.locator("h1").hover()
    visit.page.locator("header nav a[data-page=corridor]").hover()
    visit.settled()
    assert dash(visit) == []
    visit.option("/en/trade?measure=exports").hover()
    visit.settled()
    assert dash(visit) == ["/static/dash-renderer", "/_dash-layout", "/_dash-dependencies"]
    visit.choose("/en/trade?measure=exports")
    assert visit.updates == 1


def test_a_choice_made_at_once_waits_for_dash(visitor: Visitor) -> None:
    """Tapped before anything else has been fetched: the option keeps the focus, and back leads back."""
    visit = visitor(has_touch=True)
    visit.page.goto(f"{visit.base}/en/trade", wait_until="commit")
    visit.option("/en/trade?measure=exports").tap()
    visit.until("/en/trade?measure=exports")
    expect(visit.focus).to_have_text("Exports")
    assert "exports" in visit.page.locator("h1").inner_text()
    visit.page.go_back()
    visit.until("/en/trade")
    assert "Turnover" in visit.chosen
    assert visit.updates == 2


def test_without_dash_a_choice_is_a_document(visit: Visit) -> None:
    visit.open("/en/trade")
    visit.page.route("**/dash-renderer.*", lambda route: route.abort())
    visit.option("/en/trade?measure=exports").click()
    visit.until("/en/trade?measure=exports")
    assert "Exports" in visit.chosen
    assert visit.updates == 0
    said = ("dash-renderer", "net::ERR_FAILED")
    assert [each for each in visit.faults if not any(map(each.count, said))] == []
    visit.faults.clear()
