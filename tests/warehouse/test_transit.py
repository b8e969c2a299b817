"""The corridor as the warehouse knows it: nodes, legs, routes, and what operators measured."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from warehouse.catalog import LANGUAGES
from warehouse.engine import Warehouse
from warehouse.queries import transit
from warehouse.queries.transit import Leg, Network


@pytest.fixture(scope="module")
def network(warehouse: Warehouse) -> Network:
    """The catalogue of the repository."""
    return transit.network(warehouse)


def test_a_route_leads_from_its_first_node_to_its_last_without_a_gap(network: Network) -> None:
    """Each leg begins where the one before it ends."""
    assert list(network.routes) == ["titr-btk", "titr-constanta", "titr-poti"]
    for legs in network.routes.values():
        assert all(a.to_node == b.from_node for a, b in pairwise(legs))
    assert network.stops("titr-poti")[0] == "altynkol"
    assert network.stops("titr-poti")[-1] == "poti"


def test_a_way_is_the_places_of_its_legs_and_empty_where_there_is_none(network: Network) -> None:
    """Backwards, on the spot, and to a node of another route leads no way."""
    assert network.way("titr-poti", "altynkol", "aktau") == range(6)
    assert network.way("titr-poti", "aktau", "alat") == range(6, 7)
    for start, end in (("aktau", "altynkol"), ("aktau", "aktau"), ("aktau", "istanbul")):
        assert not network.way("titr-poti", start, end)


def test_every_node_has_a_name_in_every_language_a_place_and_its_source(network: Network) -> None:
    """Degrees are those of Eurasia."""
    for node in network.nodes.values():
        assert all(node.name[language] for language in LANGUAGES)
        assert 25 < node.longitude < 85
        assert 38 < node.latitude < 50
        assert node.source.id in {"geonames", "openstreetmap"}


def test_a_length_is_as_stated_or_at_least_the_great_circle(network: Network) -> None:
    """420 km across the Caspian were stated; the globe allows no less than 434."""
    crossing = network.legs["aktau-alat"]
    assert (crossing.length_km, crossing.span_km) == (420, (434.1, None))
    assert crossing.source is not None
    assert network.legs["beyneu-aktau"].span_km == (368.6, None)
    assert replace(crossing, length_km=470.0).span_km == (470, 470)


def test_modes_stand_in_the_order_of_the_journey(network: Network) -> None:
    """Also one that only a leg outside the routes has."""
    assert network.modes == ("rail", "sea")
    road = Leg("x", "aktau", "alat", "road", None, 434.1, None)
    assert replace(network, legs={**network.legs, "x": road}).modes == ("rail", "sea", "road")


def test_nothing_is_measured_until_a_log_is_loaded(warehouse: Warehouse) -> None:
    """The columns are there all the same."""
    frame = transit.measured(warehouse)
    assert frame.empty
    assert tuple(frame) == transit.MEASURED


def test_a_measured_scope_tells_its_places() -> None:
    """Both ends of a way, or the place of a stay."""
    assert transit.places("altynkol>aktau") == ["altynkol", "aktau"]
    assert transit.places("node:aktau") == ["aktau"]
