"""Every page in every language: quiet, complete, accessible, and fit for a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.visiting import Visit
from tests.dashboards.serving import VIEWS

pytestmark = pytest.mark.browser

every_view = pytest.mark.parametrize(
    ("language", "name", "path"), VIEWS, ids=[f"{language}-{name}" for language, name, _ in VIEWS]
)


@every_view
def test_a_page_is_drawn_with_one_question(
    visit: Visit, language: str, name: str, path: str
) -> None:
    page = visit.open(f"/{language}/{path}").page
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(f"main#page-{name} h1")).to_have_count(1)
    assert page.title() == f"{page.locator('h1').inner_text()} · Altyn Köpir"
    assert visit.updates == 1
    for chart in page.locator("[id^=chart-]").all():
        expect(chart.locator(".main-svg").first).to_be_visible()
        assert chart.locator(".main-svg path, .main-svg text").count() > 10


@every_view
def test_a_page_is_for_everybody(visit: Visit, language: str, name: str, path: str) -> None:
    page = visit.open(f"/{language}/{path}").page
    found = visit.violations()
    # Once more in the dark, with everything unfolded.
    page.locator("#theme").click()
    visit.unfold()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert found + visit.violations() == []


@every_view
def test_a_phone_shows_a_page_without_scrolling_sideways(
    visitor: Visitor, language: str, name: str, path: str
) -> None:
    visit = visitor(viewport={"width": 390, "height": 844}, has_touch=True)
    page = visit.open(f"/{language}/{path}").page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    visit.unfold()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    outside = """parts => parts
        .filter(part => !part.closest(".scroll") && part.getBoundingClientRect().right > 391)
        .map(part => part.outerHTML.slice(0, 120))"""
    for kind in ("h1, h2, p, dt, dd, label, button, header a", ".main-svg text"):
        assert page.locator(kind).evaluate_all(outside) == []
