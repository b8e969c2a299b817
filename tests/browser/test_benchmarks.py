"""The benchmarks wait for what a reader waits for; no time is asserted, for every machine has its own."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from benchmarks.contenders import OURS, STEPS, SUMMARY, TRADE, Page, Step
from benchmarks.visiting import visiting

pytestmark = pytest.mark.browser

SOME_FRAMES_MS = 300
DRAWN_MS = "() => window.benchmarks.drawnMs"


@pytest.mark.parametrize("page", OURS, ids=lambda page: page.name)
def test_a_page_promises_all_that_it_draws(browser: Browser, base: str, page: Page) -> None:
    """A chart more on a page, and the benchmarks would stop their clock before it stands."""
    with visiting(browser, page) as visitor:
        taken = visitor.open(base, page)
        root = visitor.tab.locator(page.promise.root)
        assert root.locator(".js-plotly-plot").count() == page.promise.plot_count
        assert root.locator("[id^=card-]").count() == page.promise.card_count
        assert root.locator(".spark").count() == page.promise.picture_count
    assert taken.drawn_ms > 0
    assert taken.kilobytes > 50
    assert taken.requests > 1


@pytest.mark.parametrize("lacking", ["plot_count", "card_count", "picture_count"])
def test_a_page_that_lacks_something_is_never_drawn(
    browser: Browser, base: str, lacking: str
) -> None:
    """One chart, card or picture more than there are, and the clock does not stop."""
    promise = replace(SUMMARY.promise, **{lacking: getattr(SUMMARY.promise, lacking) + 1})
    with visiting(browser, replace(SUMMARY, promise=promise)) as visitor:
        visitor.tab.goto(base + SUMMARY.path, wait_until="networkidle")
        visitor.tab.locator(SUMMARY.promise.pictures).last.wait_for()
        visitor.tab.wait_for_timeout(SOME_FRAMES_MS)
        assert visitor.tab.evaluate(DRAWN_MS) is None


def test_what_is_chosen_is_timed_until_it_is_drawn(browser: Browser, base: str) -> None:
    """The clock stops for charts painted otherwise, and the next choice is timed again."""
    with visiting(browser, TRADE) as visitor:
        visitor.open(base, TRADE)
        for flow in ("exports", "imports"):
            assert visitor.choose(TRADE, flow) > 0
            assert f"measure={flow}" in urlsplit(visitor.tab.url).query


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_next_page_is_timed_from_the_click(browser: Browser, base: str, step: Step) -> None:
    """Whether the click loads a document or not; what came before the click does not count."""
    with visiting(browser, step.start) as visitor:
        visitor.open(base, step.start)
        taken = visitor.follow(step.link, step.end)
        assert urlsplit(visitor.tab.url).path == step.end.path
    assert taken.kilobytes > 0
    assert taken.drawn_ms > 0
