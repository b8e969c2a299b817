"""Page weight and time to charts: ours, three frameworks and two static pages, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import unquote

from playwright.sync_api import Browser

from benchmarks import contenders, serving
from benchmarks.contenders import FLOWS, Page
from benchmarks.page_tables import Measures, tables
from benchmarks.peers import static_site
from benchmarks.places import BUNDLE, OUT
from benchmarks.tables import Table
from benchmarks.visiting import NEVER, NotDrawnError, chromium, visiting

_SITE = OUT / "site"
_SLOW_EVERY = 3
"""A slow page takes minutes and no budget names it, so it is visited in every third round."""
_CHOICES = 2
"""How often each flow is chosen on a page in a round; on a slow page twice as often."""

_DRAWINGS = """() => Promise.all([...document.querySelectorAll(".js-plotly-plot")].map(
    plot => Plotly.toImage(plot, {format: "svg", width: 1100, height: 450})))"""

Told = Callable[[str], None]


@dataclass(frozen=True)
class Stand:
    """A Chromium, and the servers that answer, by the pages that they serve."""

    browser: Browser
    bases: Mapping[Page, str]

    def warm_up(self) -> None:
        """Open every page once, so that no server is measured at its first answer."""
        for page, base in self.bases.items():
            with visiting(self.browser, page) as visitor:
                visitor.open(base, page)

    def open_all(self, found: Measures, number: int, *, throttled: bool) -> None:
        """Open every page that is due with an empty cache; that a peer draws nothing is a measure too."""
        for page, base in self._due(number):
            with visiting(self.browser, page, throttled=throttled) as visitor:
                try:
                    visit = visitor.open(base, page)
                except NotDrawnError:
                    if page in contenders.OURS:
                        raise
                    visit = NEVER
            found.opened[page.name, throttled].append(visit)

    def step_all(self, found: Measures, *, throttled: bool) -> None:
        """Go from one page of ours to another."""
        for step in contenders.STEPS:
            with visiting(self.browser, step.start, throttled=throttled) as visitor:
                visitor.open(self.bases[step.start], step.start)
                found.stepped[step.name, throttled].append(visitor.follow(step.link, step.end))

    def choose_all(self, found: Measures, number: int) -> None:
        """Choose flow after flow on every page that is due and offers them, the first choice kept apart."""
        for page, base in self._due(number):
            if not page.option:
                continue
            chosen = FLOWS * (2 * _CHOICES if page.is_slow else _CHOICES)
            with visiting(self.browser, page) as visitor:
                visitor.open(base, page)
                first, *others = [visitor.choose(page, flow) for flow in chosen]
                found.first_choices[page.name].append(first)
                found.choices[page.name].extend(others)

    def _due(self, number: int) -> list[tuple[Page, str]]:
        is_slows_turn = number % _SLOW_EVERY == 0
        return [each for each in self.bases.items() if is_slows_turn or not each[0].is_slow]


def measure(executable: str, runs: int, told: Told) -> list[Table]:
    """Open and click through every page `runs` times and lay the medians out as tables.

    Raises NotDrawnError where a page of ours does not draw what it promises, ServerError where one is not served.
    """
    found = Measures()
    with _standing(executable) as stand:
        told("pages: warming up")
        stand.warm_up()
        for number in range(runs):
            told(f"pages: round {number + 1} of {runs}")
            for throttled in (False, True):
                stand.open_all(found, number, throttled=throttled)
                stand.step_all(found, throttled=throttled)
            stand.choose_all(found, number)
    return tables(found)


@contextmanager
def _standing(executable: str) -> Iterator[Stand]:
    static_site.write(_SITE, BUNDLE)
    with ExitStack() as stack:
        browser = stack.enter_context(chromium(executable))
        with serving.serving(serving.static_site(_SITE)) as undrawn:
            static_site.write_svg(_SITE, _drawings(browser, undrawn.base))
        bases = {
            page: stack.enter_context(serving.serving(command)).base
            for page, command in {
                contenders.SUMMARY: serving.ours(),
                contenders.STATIC: serving.static_site(_SITE),
                contenders.PLAIN_DASH: serving.plain_dash(),
                contenders.PLAIN_DASH_COMPRESSED: serving.plain_dash(compressed=True),
                contenders.VIZRO: serving.vizro(),
                contenders.VIZRO_COMPRESSED: serving.vizro(compressed=True),
                contenders.STREAMLIT: serving.streamlit(),
            }.items()
        }
        ours = dict.fromkeys(contenders.OURS, bases[contenders.SUMMARY])
        yield Stand(browser, {**ours, contenders.STATIC_SVG: bases[contenders.STATIC], **bases})


def _drawings(browser: Browser, base: str) -> list[str]:
    """The charts of the static page as SVG, so that the other one shows the same."""
    with visiting(browser, contenders.STATIC) as visitor:
        visitor.open(base, contenders.STATIC)
        addresses: list[str] = visitor.tab.evaluate(_DRAWINGS)
    return [unquote(address.partition(",")[2]) for address in addresses]
