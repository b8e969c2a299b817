"""Every page in every language: quiet, complete, accessible, and fit for a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from dashboards.pages import PAGES
from tests.browser.conftest import Visitor, visiting
from tests.browser.visiting import Visit
from tests.dashboards.serving import VIEWS

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
STICKING_OUT = """parts => parts
    .filter(part => !part.closest(".scroll, .skip"))
    .filter(part => { const box = part.getBoundingClientRect(); return box.right > 391 || box.left < -1; })
    .map(part => part.outerHTML.slice(0, 120))"""


@pytest.fixture(
    scope="module", params=VIEWS, ids=[f"{language}-{name}" for language, name, _ in VIEWS]
)
def view(
    request: pytest.FixtureRequest, browser: Browser, base: str
) -> Iterator[tuple[Visit, str, str]]:
    """A page opened once for all the tests here: the visit, the language, the page's name."""
    language, name, path = request.param
    with visiting(browser, base) as start:
        yield start().open(f"/{language}/{path}"), language, name


def assert_fits_a_phone(visit: Visit) -> None:
    """Nothing scrolls sideways, as it stands and unfolded; no text sticks out of the page."""
    for _ in range(2):
        assert visit.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        visit.unfold()
    for kind in ("h1, h2, p, dt, dd, label, button, header a", ".main-svg text"):
        assert visit.page.locator(kind).evaluate_all(STICKING_OUT) == []


def test_a_page_is_drawn_from_its_document(view: tuple[Visit, str, str]) -> None:
    visit, language, name = view
    page = visit.page
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(f"main#page-{name} h1")).to_have_count(1)
    assert page.title() == f"{page.locator('h1').inner_text()} · Altyn Köpir"
    assert [each.url for each in visit.requests if "_dash" in each.url] == []
    for chart in page.locator(".plot").all():
        expect(chart.locator(".main-svg").first).to_be_visible()
        assert chart.locator(".main-svg path, .main-svg text").count() > 10


def test_a_page_is_for_everybody_in_light_as_it_stands(view: tuple[Visit, str, str]) -> None:
    visit, _, _ = view
    expect(visit.page.locator("html")).to_have_attribute("data-theme", "light")
    assert visit.violations() == []


def test_a_page_is_for_everybody_in_the_dark_and_unfolded(view: tuple[Visit, str, str]) -> None:
    visit, _, _ = view
    visit.page.locator("#theme").click()
    visit.unfold()
    expect(visit.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert visit.violations() == []


def test_a_narrow_window_shows_a_page_without_scrolling_sideways(
    view: tuple[Visit, str, str],
) -> None:
    visit, _, _ = view
    visit.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert_fits_a_phone(visit.settled())


@pytest.mark.parametrize("path", [page.path for page in PAGES], ids=[page.name for page in PAGES])
def test_a_phone_shows_a_page_without_scrolling_sideways(visitor: Visitor, path: str) -> None:
    visit = visitor(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    assert_fits_a_phone(visit.open(f"/kk/{path}"))
