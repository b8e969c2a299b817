"""The summary on a director's screen: what matters is seen without scrolling, and drawn early."""

from __future__ import annotations

import pytest

from tests.browser.visiting import Visit
from warehouse.catalog import LANGUAGES

pytestmark = pytest.mark.browser

BOTTOM = "parts => Math.max(...parts.map(each => each.getBoundingClientRect().bottom))"
ESSENTIAL = ".told, #plans, #changed, .card .figure, .card .spark, .card .facts, .card .verdict"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_matters_fits_one_screen(visit: Visit, language: str) -> None:
    visit.page.set_viewport_size({"width": 1440, "height": 900})
    page = visit.open(f"/{language}/").page
    folded = ".evidence details"
    assert page.locator(f"{folded}[open]").count() == 0
    shown = f":is({ESSENTIAL}):not({folded} *)"
    assert page.eval_on_selector_all(shown, BOTTOM) <= 900
    assert page.evaluate("document.documentElement.scrollWidth") == 1440


def test_a_clause_leads_to_its_evidence(visit: Visit) -> None:
    page = visit.open("/en/").page
    page.get_by_role("link", name="the plan of 5 days by December 31, 2023 was missed").click()
    visit.until("/en/targets/kazakhstan-5-days-2023")
