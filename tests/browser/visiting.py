"""A visit to a page with a real Chromium, which takes note of everything that should not happen."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, Request

AXE = Path(__file__).parents[2] / "dashboards/bundle/node_modules/axe-core/axe.min.js"

# Nothing has been changed in the document for a while.
STILL = """() => new Promise(resolve => {
    const done = () => { observer.disconnect(); resolve(); };
    let timer = setTimeout(done, 250);
    const observer = new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(done, 250);
    });
    const everything = {attributes: true, characterData: true, childList: true, subtree: true};
    observer.observe(document, everything);
})"""
DRAWN = """() => {
    const plots = [...document.querySelectorAll("main .plot")];
    return document.querySelector("main h1") && plots.every(each => each.querySelector(".main-svg"));
}"""
TRACES = """name => {
    const plot = document.querySelector(`#graph-${name} .js-plotly-plot`);
    return plot._fullData.map(each => ({name: each.name, x: [...each.x], y: [...each.y]}));
}"""


@dataclass
class Visit:
    """A page in a browser without memory, served from `base`."""

    context: BrowserContext
    base: str
    requests: list[Request] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    ended: int = 0

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: self.faults.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("requestfailed", lambda asked: self.faults.append(f"failed: {asked.url}"))
        self.page.on("request", self._noted)
        self.page.on("requestfinished", self._counted)
        self.page.on("requestfailed", self._counted)

    def _noted(self, request: Request) -> None:
        self.requests.append(request)
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != urlsplit(self.base).netloc:
            self.faults.append(f"left the host: {request.url}")

    def _counted(self, _: Request) -> None:
        self.ended += 1

    def open(self, address: str) -> Visit:
        """Open an address of ours and wait until all is drawn and the network is still."""
        self.page.goto(f"{self.base}{address}")
        return self.settled()

    def settled(self) -> Visit:
        """Wait until every chart is drawn, nothing changes any more, and the network is still."""
        self.page.wait_for_function(DRAWN)
        started = -1
        while self.pending or started != len(self.requests):
            started = len(self.requests)
            self.page.evaluate(STILL)
        return self

    @property
    def pending(self) -> int:
        """How many requests have no answer yet."""
        return len(self.requests) - self.ended

    @property
    def updates(self) -> int:
        """How many other views have been fetched into the document."""
        return sum(
            each.resource_type == "fetch" and "/_dash" not in each.url for each in self.requests
        )

    @property
    def place(self) -> str:
        """Path and query of the address bar."""
        address = urlsplit(self.page.url)
        return address.path + (f"?{address.query}" if address.query else "")

    @property
    def focus(self) -> Locator:
        """What has the focus."""
        return self.page.locator("*:focus")

    def option(self, place: str) -> Locator:
        """The option of a choice that leads to a place; where it leads now, each choice has one."""
        return self.page.locator(f"main .choice a[href='{place}']")

    def choose(self, place: str) -> Visit:
        """Click the option that leads to a place, and wait until it is drawn."""
        self.option(place).click()
        return self.until(place)

    @property
    def chosen(self) -> list[str]:
        """What is chosen now, choice by choice, in the words of the page."""
        return self.page.locator("main .choice a[aria-current=true]").all_text_contents()

    def until(self, place: str) -> Visit:
        """Wait until the address bar says so and the page is drawn."""
        self.page.wait_for_url(f"{self.base}{place}")
        return self.settled()

    def caption(self, chart: str) -> str:
        """What stands over a chart."""
        return self.page.locator(f"#chart-{chart} figcaption").inner_text()

    def traces(self, chart: str) -> list[dict[str, Any]]:
        """What plotly.js has drawn in a chart: `name`, `x` and `y` of each trace."""
        return list(self.page.evaluate(TRACES, chart))

    def cells(self, table: str) -> list[list[str]]:
        """The text of a table, row by row, its head included."""
        script = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
        return list(self.page.locator(f"#table-{table} tr").evaluate_all(script))

    def unfold(self) -> None:
        """Open everything that can be unfolded."""
        self.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the page as it is."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{each['id']} × {len(each['nodes'])}: {each['nodes'][0]['html'][:150]}"
            for each in found["violations"]
        ]


@dataclass
class Meter:
    """Counts the bytes that arrive over the wire, headers included, by address."""

    visit: Visit
    arrived: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._addresses: dict[str, str] = {}
        session = self.visit.context.new_cdp_session(self.visit.page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        address = urlsplit(self._addresses[event["requestId"]])
        if address.scheme in {"http", "https"}:
            self.arrived.setdefault(address.path, 0)
            self.arrived[address.path] += event["encodedDataLength"]

    def kilobytes(self, *, but: tuple[str, ...] = ()) -> float:
        """All that arrived, but for addresses that hold one of some words."""
        kept = (size for path, size in self.arrived.items() if not any(map(path.count, but)))
        return sum(kept) / 1000
