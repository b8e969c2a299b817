"""The pages of targets in a browser: assumed years, the slider by keyboard, for everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_views import PHONE, assert_fits_a_phone
from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser

VIEW = "/en/targets/trade-23bn"


def test_a_year_is_assumed_and_said_to_be(visit: Visit) -> None:
    """From the list to a target, whose menu of years turns no verdict into four."""
    visit.open("/en/targets?state=undated")
    visit.page.locator(f"main .story h3 a[href='{VIEW}']").click()
    visit.until(VIEW)
    verdict = visit.page.locator("#verdict-trade-23bn")
    expect(verdict).to_contain_text("No verdict")
    visit.page.locator("main details.menu summary").first.click()
    visit.choose(f"{VIEW}?due=2030")
    expect(verdict).to_contain_text("ASSUMED")
    assert [row[0] for row in visit.cells("methods")[1:]][-1] == "Current status (UN ESCAP)"


def test_the_slider_is_moved_by_keyboard(visit: Visit) -> None:
    """Seven presses, one question; what it says, the address and the drawing agree."""
    visit.open(f"{VIEW}?due=2035")
    before = visit.updates
    slider = visit.page.locator("#growth")
    slider.focus()
    for _ in range(7):
        visit.page.keyboard.press("ArrowRight")
    expect(visit.page.locator("#growth-said")).to_have_text("+7%: 2034")
    expect(slider).to_have_attribute("aria-valuetext", "+7%: 2034")
    visit.until(f"{VIEW}?due=2035&growth=7")
    assert visit.updates == before + 1
    expect(visit.focus).to_have_id("growth")
    expect(slider).to_have_value("7")
    assert "what if: +7.0% a year" in [trace["name"] for trace in visit.traces("path")]
    visit.page.keyboard.press("ArrowLeft")
    visit.until(f"{VIEW}?due=2035&growth=6")
    visit.page.go_back()
    visit.until(f"{VIEW}?due=2035&growth=7")
    expect(slider).to_have_value("7")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_targets_are_for_everybody(visitor: Visitor, theme: str) -> None:
    """No violation at a desk or on a phone, everything unfolded; nothing wider than the phone."""
    for viewport in ({"width": 1440, "height": 900}, PHONE):
        visit = visitor(viewport=viewport, color_scheme=theme)
        for place in ("/kk/targets", f"{VIEW}?due=2030&growth=7", "/tr/targets/titr-10-15-days"):
            visit.open(place)
            visit.unfold()
            assert visit.violations() == [], f"{place} {theme}"
            if viewport is PHONE:
                assert_fits_a_phone(visit)
