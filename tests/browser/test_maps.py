"""Maps and flows in a browser: each view loads what it needs, from here, and says so if it cannot."""

from __future__ import annotations

import re

import pytest

from tests.browser.visiting import Meter, Visit

pytestmark = pytest.mark.browser

LATER = re.compile(r"/static/plotly\.(\w+)\.[0-9a-f]{12}\.js$")
SHAPES = re.compile(r"/static/countries\.[0-9a-f]{12}\.json$")
VIEWS = {
    "/en/trade?view=map": {"maps"},
    "/en/trade?view=flow": {"flows"},
    "/en/corridor": {"maps"},
    "/en/trade": set(),
}


def later(visit: Visit) -> list[str]:
    """The parts of plotly.js that were asked for after the first, in order."""
    return [found[1] for each in visit.requests if (found := LATER.search(each.url))]


def shapes(visit: Visit) -> int:
    """How often outlines were asked for; nobody may want plotly's own."""
    asked = [each.url for each in visit.requests]
    assert not [url for url in asked if "topojson" in url or url.endswith("110m.json")]
    return len([url for url in asked if SHAPES.search(url)])


@pytest.mark.parametrize(("address", "wanted"), VIEWS.items(), ids=list(VIEWS))
def test_a_view_loads_the_parts_that_it_needs_and_is_light(
    visit: Visit, address: str, wanted: set[str]
) -> None:
    meter = Meter(visit)
    visit.open(address)
    assert later(visit) == sorted(wanted)
    assert shapes(visit) == ("maps" in wanted)
    assert meter.kilobytes() <= 750, meter.arrived


def test_what_was_loaded_once_serves_the_next_view(visit: Visit) -> None:
    visit.open("/en/trade?view=map")
    visit.open("/en/corridor")
    cached = [each for each in visit.requests if LATER.search(each.url)]
    assert [each.response().from_service_worker for each in cached] == [False, False]
    meter = Meter(visit)
    visit.open("/en/trade?view=map")
    assert not [path for path, size in meter.arrived.items() if LATER.search(path) and size]


def test_a_map_has_outlines_colours_and_figures(visit: Visit) -> None:
    visit.open("/en/trade?view=map")
    assert visit.page.locator("#graph-map path.choroplethlocation").count() > 150
    figures = visit.page.locator("#graph-map .geolayer text").all_text_contents()
    assert [text for text in figures if re.fullmatch(r"\d+\.\d+", text)]


def test_names_without_room_are_not_on_a_narrow_map(visitor) -> None:
    def shown(width: int) -> list[str]:
        visit = visitor(viewport={"width": width, "height": 900}).open("/en/corridor")
        texts = visit.page.locator(".geolayer text")
        return [each.text_content() for each in texts.all() if each.is_visible()]

    wide, narrow = shown(1440), shown(390)
    assert {"Aktau", "Kars", "Gardabani"} <= set(wide)
    assert "Aktau" in narrow
    assert set(narrow) < set(wide)


def test_a_part_that_cannot_be_loaded_leaves_a_sentence_and_the_table(visit: Visit) -> None:
    visit.page.route(LATER, lambda route: route.abort())
    visit.open("/tr/trade?view=map")
    assert "Bu grafik yüklenemedi." in visit.page.locator("#graph-map").inner_text()
    visit.unfold()
    assert visit.page.locator("#chart-map table tr").count() > 1
    assert [fault for fault in visit.faults if "cannot be loaded" in fault]
    assert all("plotly.maps" in fault or "ERR_FAILED" in fault for fault in visit.faults)
    visit.faults.clear()


@pytest.mark.parametrize("address", [each for each, wanted in VIEWS.items() if wanted])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_use_it(visitor, address: str, scheme: str) -> None:
    visit = visitor(color_scheme=scheme, viewport={"width": 390, "height": 900}).open(address)
    assert visit.violations() == []
