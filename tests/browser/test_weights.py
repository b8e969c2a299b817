"""What comes over the wire with an empty cache, against the budgets, and when it comes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor
from tests.browser.visiting import Meter, Visit

pytestmark = pytest.mark.browser

FETCHED = """name => performance.getEntriesByType("resource").some(
    each => each.name.includes(name) && each.responseEnd
)"""

FIRST = """() => {
    const asked = performance.getEntriesByType("resource");
    const find = name => asked.find(each => each.name.includes(`/static/${name}.`));
    const words = [performance.getEntriesByType("navigation")[0], find("style"), find("page")];
    return [Math.max(...words.map(each => each.responseEnd)), find("plotly").startTime];
}"""
PASSING = """() => [...document.querySelectorAll("main .choice a"), document.body].forEach(
    part => part.dispatchEvent(new PointerEvent("pointerover", {bubbles: true})))"""


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


def test_the_words_come_before_the_engine_of_the_charts(visit: Visit) -> None:
    """Nothing that the words need is still on the line; when a frame was seen, no page knows exactly."""
    visit.open("/ru/trade")
    there, asked = visit.page.evaluate(FIRST)
    assert 0 < there <= asked


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


def test_who_pays_for_bytes_fetches_a_view_by_choosing_it(visit: Visit) -> None:
    session = visit.context.new_cdp_session(visit.page)
    session.send("Emulation.setDataSaverOverride", {"dataSaverEnabled": True})
    visit.open("/en/trade")
    visit.option("/en/trade?measure=exports").hover()
    visit.page.wait_for_timeout(500)
    assert visit.updates == 0
    visit.choose("/en/trade?measure=exports")
    assert visit.updates == 1


def test_a_view_is_fetched_while_the_pointer_rests_on_its_link(visit: Visit) -> None:
    """Who only passes over a link asks for nothing; who clicks does not ask again."""
    visit.open("/en/trade")
    visit.page.evaluate(PASSING)
    visit.settled()
    assert visit.updates == 0
    visit.option("/en/trade?measure=exports").hover()
    visit.settled()
    assert visit.updates == 1
    visit.choose("/en/trade?measure=exports")
    assert visit.updates == 1


def test_a_chart_that_stays_is_changed_and_not_drawn_anew(visit: Visit) -> None:
    visit.open("/en/trade")
    chart = "#graph-turnover .js-plotly-plot"
    before = visit.traces("turnover")
    visit.page.locator(chart).evaluate("chart => { chart.stayed = true; }")
    visit.choose("/en/trade?measure=exports")
    assert visit.page.locator(chart).evaluate("chart => chart.stayed")
    assert visit.traces("turnover") != before


def test_dash_comes_with_the_first_grid(visit: Visit) -> None:
    visit.open("/en/trade")
    visit.choose("/en/trade?measure=exports")
    assert dash(visit) == []
    visit.unfold()
    visit.page.locator("main a[href='/en/trade?measure=exports&grid=turnover']").hover()
    visit.settled()
    assert dash(visit) == ["/static/dash-renderer", "/_dash-layout", "/_dash-dependencies"]


def test_a_choice_made_at_once_is_made(visitor: Visitor) -> None:
    """Tapped before anything else has been fetched: the option keeps the focus, and back leads back."""
    visit = visitor(has_touch=True)
    visit.page.goto(f"{visit.base}/en/trade", wait_until="domcontentloaded")
    visit.option("/en/trade?measure=exports").tap()
    visit.until("/en/trade?measure=exports")
    expect(visit.focus).to_have_text("Exports")
    assert "exports" in visit.page.locator("h1").inner_text()
    visit.page.go_back()
    visit.until("/en/trade")
    assert "Turnover" in visit.chosen
    assert visit.updates == 2


@pytest.mark.parametrize("fate", ["lost", "newer"])
def test_a_view_that_cannot_be_put_in_place_is_a_document(visit: Visit, fate: str) -> None:
    """The line was cut, or the server speaks to other scripts by now."""
    place = "/en/trade?measure=exports"
    visit.open("/en/trade")

    def meddle(route: Route) -> None:
        if route.request.resource_type != "fetch":
            route.continue_()
        elif fate == "lost":
            route.abort()
        else:
            answer = route.fetch()
            route.fulfill(
                response=answer, body=answer.text().replace("/static/page.", "/static/p.")
            )

    visit.page.route(f"{visit.base}{place}", meddle)
    visit.page.evaluate("window.stayed = true")
    visit.option(place).click()
    visit.page.wait_for_function("() => !window.stayed")
    visit.until(place)
    assert "Exports" in visit.chosen
    assert visit.faults
    visit.faults.clear()
