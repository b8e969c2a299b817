"""The outlines of the economies: all that matter are there, where they ought to be, and light."""

from __future__ import annotations

import csv
import json

import brotli
import pytest

from dashboards import shapes, static
from dashboards.shapes import Box
from tests.data_folder import DATA


def catalogue() -> set[str]:
    with (DATA / "catalog" / "economies.csv").open(encoding="utf-8") as file:
        return {row["code"] for row in csv.DictReader(file)}


def test_every_outline_is_an_economy_of_the_catalogue() -> None:
    assert set(shapes.outlines()) <= catalogue()


def test_the_organization_and_the_great_partners_have_outlines() -> None:
    organization = {"AZE", "HUN", "KAZ", "KGZ", "TKM", "TUR", "UZB", "XNC"}
    partners = {"CHN", "DEU", "FRA", "GBR", "GEO", "IND", "ITA", "KOR", "NLD", "RUS", "UKR", "USA"}
    assert organization | partners <= set(shapes.outlines())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("KAZ", Box(46.5, 40.6, 87.3, 55.4)),
        ("TUR", Box(26.0, 35.8, 44.8, 42.1)),
        ("FRA", Box(-4.8, 42.3, 8.2, 51.1)),
    ],
)
def test_a_box_is_that_of_the_largest_part(code: str, expected: Box) -> None:
    box, (east, north) = shapes.outlines()[code]
    assert box == pytest.approx(expected, abs=1.0)
    assert box.west < east < box.east
    assert box.south < north < box.north


def test_crimea_is_drawn_as_on_the_maps_of_the_united_nations() -> None:
    features = json.loads(shapes.COUNTRIES.read_text(encoding="utf-8"))["features"]
    points = {
        each["properties"]["code"]: [
            (x, y) for part in each["geometry"]["coordinates"] for x, y in part[0]
        ]
        for each in features
    }
    in_crimea = {
        code for code, line in points.items() if any(33 < x < 36 and 44 < y < 45.3 for x, y in line)
    }
    assert in_crimea == {"UKR"}


def test_rings_are_closed_and_rounded() -> None:
    for feature in json.loads(shapes.COUNTRIES.read_text(encoding="utf-8"))["features"]:
        for ring in (ring for part in feature["geometry"]["coordinates"] for ring in part):
            assert ring[0] == ring[-1]
            assert len(ring) > 3
            assert all(round(number, 2) == number for point in ring for number in point)


def test_the_outlines_come_from_the_app_and_are_light(static_dir) -> None:
    assert static.read_manifest(static_dir)["countries.json"] == shapes.address()
    assert (static_dir / shapes.address().removeprefix("/")).exists()
    assert len(brotli.compress(shapes.COUNTRIES.read_bytes())) < 30_000
