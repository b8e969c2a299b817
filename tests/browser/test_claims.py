"""The claims register in a browser: for everybody, on a phone, and each claim at its own address."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visitor
from tests.browser.test_views import PHONE, assert_fits_a_phone
from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser

IN_SIGHT = """id => {
    const box = document.getElementById(id).getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight;
}"""


def test_the_register_is_for_everybody_and_fits_a_phone(visitor: Visitor) -> None:
    """No violation as it stands in light, none unfolded in the dark."""
    visit = visitor(viewport=PHONE).open("/kk/claims?topic=transit")
    assert_fits_a_phone(visit)
    assert visit.violations() == []
    visit.page.locator("#theme").click()
    visit.unfold()
    assert visit.violations() == []


def test_the_register_has_no_violation_on_a_wide_screen(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1440, "height": 900})
    visit.open("/en/claims")
    assert visit.violations() == []
    assert visit.faults == []


def test_an_address_leads_to_a_claim_and_the_table_leads_on(visit: Visit) -> None:
    """A link that was sent opens at its claim; a link in the table does not ask the server again."""
    visit.open("/ru/claims#claim-trade-2022")
    assert visit.page.evaluate(IN_SIGHT, "claim-trade-2022")
    updates = visit.updates
    visit.page.locator("#table-claims a[href='#claim-digital-78']").click()
    visit.settled()
    assert visit.page.evaluate(IN_SIGHT, "claim-digital-78")
    assert visit.updates == updates


def test_a_verdict_is_chosen_and_back_leads_to_all(visit: Visit) -> None:
    visit.open("/en/claims").choose("/en/claims?verdict=differs")
    assert {row[-1] for row in visit.cells("claims")[1:]} == {"✗ differs"}
    visit.page.go_back()
    visit.until("/en/claims")
    assert len(visit.cells("claims")) > 30
