"""Visits with a Chromium that remembers nothing, as a reader makes them: open, hover, click."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab
from playwright.sync_api import TimeoutError as NotInTimeError

from benchmarks.contenders import Page, Promise
from benchmarks.meter import Meter

_ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
_WATCH = Path(__file__).with_name("watch.js")
PATIENCE_S = 120
"""What has not been drawn by then is not waited for."""
_STILL_S = 1.5
"""A page has got all it wants when nothing has arrived for so long."""
_HOVER_S = 0.2
"""A hand rests on a link for so long before it presses."""
_LOOK_S = 0.3
"""And eyes on a chart before the next choice."""

# 1.6 Mbit/s down, 0.75 up, 150 ms: "slow 4G" as Lighthouse knows it; a processor at a quarter of its pace.
_SLOW_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
_SLOWER_PROCESSOR = {"rate": 4}


class NotDrawnError(Exception):
    """A page did not draw what it promised."""


@dataclass(frozen=True)
class Visit:
    """What opening a page, or a click to it, took."""

    drawn_ms: float
    kilobytes: float
    requests: int


NEVER = Visit(math.inf, math.nan, 0)
"""A visit to a page that gave up, or had not drawn all within `PATIENCE_S`."""


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """A Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A reader with an empty cache before one page, at a desk or on a slow line with a slow phone's processor."""

    tab: Tab
    meter: Meter
    _seen: float = 0.0
    _asked: int = 0

    def open(self, base: str, page: Page) -> Visit:
        """Open a page by its address and wait until all is drawn and nothing more arrives.

        Raises NotDrawnError where it does not draw what it promised within `PATIENCE_S`.
        """
        self.tab.goto(base + page.path, wait_until="commit")
        return self._taken(page.promise)

    def follow(self, link: str, end: Page) -> Visit:
        """Click a link that leads to another page, and wait until that is drawn and nothing more arrives."""
        self._click(link, end.promise, 0)
        return self._taken(end.promise)

    def choose(self, page: Page, flow: str) -> float:
        """Choose a flow, and say how many milliseconds passed until the charts of trade were drawn anew."""
        self._click(page.option.format(flow=flow), page.promise, page.changing)
        drawn_ms = self._drawn_ms(page.promise)
        self.tab.wait_for_timeout(_LOOK_S * 1000)
        return drawn_ms

    def _click(self, selector: str, promise: Promise, changing: int) -> None:
        script = "([promise, changing]) => window.benchmarks.expect(promise, changing)"
        self.tab.evaluate(script, [promise.as_script(), changing])
        target = self.tab.locator(selector).first
        target.hover()
        self.tab.wait_for_timeout(_HOVER_S * 1000)
        target.click()

    def _taken(self, promise: Promise) -> Visit:
        drawn_ms = self._drawn_ms(promise)
        self._wait_until_still()
        taken = Visit(
            drawn_ms, self.meter.kilobytes - self._seen, self.meter.requests - self._asked
        )
        self._seen, self._asked = self.meter.kilobytes, self.meter.requests
        return taken

    def _drawn_ms(self, promise: Promise) -> float:
        script = "() => window.benchmarks && window.benchmarks.drawnMs"
        try:
            drawn = self.tab.wait_for_function(script, timeout=PATIENCE_S * 1000, polling=100)
        except NotInTimeError as error:
            counted = self.tab.locator(".js-plotly-plot .main-svg .trace path").count()
            said = f"{self.tab.url} did not draw {promise}; painted paths: {counted}"
            raise NotDrawnError(said) from error
        return float(drawn.json_value())

    def _wait_until_still(self) -> None:
        seen = -1.0
        while seen != self.meter.bytes_in:
            seen = self.meter.bytes_in
            self.tab.wait_for_timeout(_STILL_S * 1000)


@contextmanager
def visiting(browser: Browser, page: Page, *, throttled: bool = False) -> Iterator[Visitor]:
    """A visitor without any cache who will open a page first."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    watch = _WATCH.read_text(encoding="utf-8").partition("(first) =>")[2]
    context.add_init_script(f"((first) => {watch})({json.dumps(page.promise.as_script())})")
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    meter = Meter(session)
    if throttled:
        session.send("Network.emulateNetworkConditions", _SLOW_NETWORK)
        session.send("Emulation.setCPUThrottlingRate", _SLOWER_PROCESSOR)
    try:
        yield Visitor(tab, meter)
    finally:
        context.close()
