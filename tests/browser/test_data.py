"""The data page in a browser: searched with the keyboard, read by everybody, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_views import PHONE, assert_fits_a_phone
from tests.browser.visiting import Visit
from warehouse.catalog import LANGUAGES

pytestmark = pytest.mark.browser

VIEWS = (
    "data",
    "data?q=sauda+ainalymy",
    "data?part=coverage",
    "data?part=revisions",
    "data?part=rejections",
    "data?part=build",
    "data/titr_volume",
    "data/trade-kaz",
    "data/wits",
)


def test_an_entry_is_found_with_the_keyboard(visit: Visit) -> None:
    """Written, sent with Enter, opened, and back: the address says all of it."""
    visit.open("/en/data")
    box = visit.page.get_by_role("searchbox", name="Search in the catalogue")
    box.focus()
    visit.page.keyboard.type("tovarooborot")
    visit.page.keyboard.press("Enter")
    visit.until("/en/data?q=tovarooborot")
    expect(box).to_be_focused()
    expect(visit.page.get_by_role("status")).to_contain_text("Found:")
    hit = visit.page.locator(".entries a").first
    hit.focus()
    visit.page.keyboard.press("Enter")
    visit.until("/en/data/trade_turnover_ots")
    expect(visit.focus).to_have_text("Kazakhstan's trade with the Organization of Turkic States")
    visit.page.go_back()
    visit.until("/en/data?q=tovarooborot")
    expect(box).to_have_value("tovarooborot")


def test_a_search_keeps_topic_day_and_language(visit: Visit) -> None:
    """What was chosen before stays; an empty search takes the search away and nothing else."""
    visit.open("/en/data?asof=2026-01-01&topic=trade")
    box = visit.page.get_by_role("searchbox")
    box.fill("  export ")
    visit.page.get_by_role("button", name="Search").click()
    visit.until("/en/data?asof=2026-01-01&topic=trade&q=export")
    expect(visit.page.locator("#search button")).to_be_focused()
    visit.page.locator("a[data-language=kk]").click()
    visit.until("/kk/data?asof=2026-01-01&topic=trade&q=export")
    expect(box).to_have_value("export")
    box.fill("")
    box.press("Enter")
    visit.until("/kk/data?asof=2026-01-01&topic=trade")


@pytest.mark.parametrize("address", VIEWS)
def test_the_data_page_is_for_everybody(visitor: Visitor, address: str) -> None:
    """No violation as it stands in light, none unfolded in the dark."""
    for language in LANGUAGES[::2]:
        visit = visitor().open(f"/{language}/{address}")
        assert visit.violations() == []
        visit.page.locator("#theme").click()
        visit.unfold()
        assert visit.violations() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_page_fits_a_phone(visitor: Visitor, language: str) -> None:
    """Tables scroll within themselves, nothing else sticks out."""
    phone = visitor(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    for address in VIEWS:
        assert_fits_a_phone(phone.open(f"/{language}/{address}"))


def test_a_heat_map_begins_with_the_newest_years(visitor: Visitor) -> None:
    """Where not all years fit, the end of the table is in view."""
    phone = visitor(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    phone.open("/en/data?part=coverage")
    newest = phone.page.locator("#table-coverage thead th").last.bounding_box()
    assert newest is not None
    assert 0 < newest["x"] < PHONE["width"]
