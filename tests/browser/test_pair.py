"""The page of a pair in a browser: found from trade, drawn, for everybody, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_views import PHONE, assert_fits_a_phone
from tests.browser.visiting import Visit
from warehouse.catalog import LANGUAGES

pytestmark = pytest.mark.browser

PAIRS = ("kaz-kgz", "kaz-tur", "tkm-xnc")
"""Both sides report; one side does; neither does."""


def test_a_pair_is_found_from_trade_with_the_keyboard(visit: Visit) -> None:
    """What Kazakhstan said and what Kyrgyzstan said, in one question after the page of trade."""
    visit.open("/en/trade")
    visit.option("/en/trade/kaz-kgz").focus()
    visit.page.keyboard.press("Enter")
    visit.until("/en/trade/kaz-kgz")
    expect(visit.focus).to_have_text("Kazakhstan – Kyrgyzstan: both sides of trade")
    expect(visit.page.locator("header a[data-page=trade]")).to_have_attribute(
        "aria-current", "true"
    )
    names = [trace["name"] for trace in visit.traces("kaz-kgz")]
    assert names[-3:] == ["Kazakhstan: exports", "Kyrgyzstan: imports", "Reconciled estimate, FOB"]
    assert set(names[:-3]) == {"Gap between both sides"}
    assert visit.updates == 1


def test_sides_are_changed_and_the_way_leads_back(visit: Visit) -> None:
    """A choice is an address: the other side, another partner, and back."""
    visit.open("/en/trade/kaz-kgz")
    visit.page.locator("main .choice a[href='/en/trade/kgz-kaz']").first.click()
    visit.until("/en/trade/kgz-kaz")
    assert visit.chosen == ["Kyrgyzstan", "Kazakhstan"]
    visit.choose("/en/trade/kgz-uzb")
    expect(visit.page.locator("h1")).to_have_text("Kyrgyzstan – Uzbekistan: both sides of trade")
    visit.page.go_back()
    visit.until("/en/trade/kgz-kaz")
    visit.page.locator("a[data-language=ru]").click()
    visit.until("/ru/trade/kgz-kaz")
    assert "Экспорт: Кыргызстан → Казахстан" in visit.caption("kgz-kaz")


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_is_for_everybody(visitor: Visitor, pair: str) -> None:
    """No violation as it stands in light, none unfolded in the dark; the same in every language."""
    for language in LANGUAGES:
        visit = visitor().open(f"/{language}/trade/{pair}")
        assert visit.updates == 0
        assert visit.violations() == []
        visit.page.locator("#theme").click()
        visit.unfold()
        assert visit.violations() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pair_fits_a_phone(visitor: Visitor, language: str) -> None:
    """Tables scroll within themselves, nothing else sticks out."""
    phone = visitor(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    assert_fits_a_phone(phone.open(f"/{language}/trade/kaz-kgz"))
