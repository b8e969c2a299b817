"""A manager prints the briefing, or opens the file of it on a laptop without a network."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visitor
from tests.browser.visiting import AXE, Visit

pytestmark = pytest.mark.browser

VIEWPORTS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
CUT = """() => [...document.querySelectorAll(".sheet td, .sheet th, .sheet h2, .sheet p")]
    .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth)
    .filter(each => !each.closest("details:not([open]), .take, .unseen, caption"))
    .map(each => each.textContent)"""


@pytest.mark.parametrize("language", ["kk", "en"])
def test_each_sheet_is_a_page_of_paper(visit: Visit, language: str) -> None:
    """The print has as many pages as sheets, and no text is wider than its place."""
    visit.open(f"/{language}/briefing")
    sheets = visit.page.locator(".sheet").count()
    printed = visit.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == sheets == 9
    assert visit.page.evaluate(CUT) == []


@pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=VIEWPORTS)
def test_the_page_has_no_barriers(visitor: Visitor, viewport: dict[str, int]) -> None:
    """At any width axe finds nothing, and nothing scrolls sideways but tables within themselves."""
    visit = visitor(viewport=viewport).open("/tr/briefing")
    assert visit.violations() == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_choices_are_links(visit: Visit) -> None:
    """Choosing a figure leaves the others out; the files are those of the view."""
    visit.open("/en/briefing").choose("/en/briefing?indicator=titr_volume")
    assert visit.page.locator(".sheet > h2").count() == 5
    address = visit.page.get_by_role("link", name="PPTX", exact=True).get_attribute("href")
    assert address == "/en/briefing/briefing.pptx?indicator=titr_volume"


@pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=VIEWPORTS)
def test_the_file_works_without_a_network(
    browser: Browser, base: str, tmp_path: Path, viewport: dict[str, int]
) -> None:
    """From a disk and offline it draws, answers the pointer, asks for nothing and complains of nothing."""
    with urlopen(f"{base}/kk/briefing/briefing.html", timeout=20) as answer:
        content = answer.read()
    file = tmp_path / "briefing.html"
    file.write_bytes(content)
    context = browser.new_context(offline=True, viewport=viewport, bypass_csp=False)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url))
    page.goto(file.as_uri())
    page.wait_for_function("document.querySelectorAll('.plot .main-svg').length >= 5")
    assert said == [file.as_uri()]
    # The bars lie under what catches the pointer for all of them.
    page.locator("#plot-volume .bars path").first.hover(force=True)
    page.wait_for_selector("#plot-volume .hoverlayer text")
    assert "759" in page.locator("#plot-volume .hoverlayer").text_content()
    page.wait_for_timeout(300)
    found = page.evaluate(
        f"async () => {{ {AXE.read_text(encoding='utf-8')}; return (await axe.run()).violations"
        ".map(each => each.id + ' ' + each.nodes[0].html.slice(0, 150)); }"
    )
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    context.close()
