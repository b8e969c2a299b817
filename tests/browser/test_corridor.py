"""The corridor in a browser: the map is drawn, a way is chosen, for everybody, on a phone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visitor
from tests.browser.test_views import PHONE, assert_fits_a_phone
from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser


def test_a_way_is_chosen_and_back_leads_to_the_one_before(visit: Visit) -> None:
    """The days are set along another route, and the map keeps all routes."""
    visit.open("/en/corridor")
    before = visit.cells("legs")
    visit.choose("/en/corridor?along=titr-constanta")
    assert visit.caption("legs").startswith("Days by leg: Altynkol – Constanța")
    assert ["Poti – Constanța, sea", "1", "no source states it"] in [
        row[:3] for row in visit.cells("legs")
    ]
    visit.page.go_back()
    visit.until("/en/corridor")
    assert visit.cells("legs") == before


def test_the_corridor_is_for_everybody_and_fits_a_phone(visitor: Visitor) -> None:
    """No violation as it stands in light, none unfolded in the dark."""
    visit = visitor(viewport=PHONE).open("/kk/corridor")
    assert_fits_a_phone(visit)
    assert visit.violations() == []
    visit.page.locator("#theme").click()
    visit.unfold()
    assert visit.violations() == []
