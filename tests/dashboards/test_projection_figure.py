"""A figure with what it is to come to: history, ways, bands and a target in one drawing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dashboards.figures.projection import Aim, Band, Way, projection
from dashboards.i18n import Locale
from dashboards.marks import Reference
from tests.tables import table
from warehouse.catalog import LANGUAGES, Language

HISTORY = table(
    """
    | period | value | low | high | status      | source_id |
    | 2022   | 12e9  |     |      | final       | a         |
    | 2023   | 13e9  |     |      | final       | b         |
    | 2024   | 11e9  |     |      | preliminary | b         |
    """
).replace("", None)
HISTORY = HISTORY.assign(**{name: HISTORY[name].astype(float) for name in ("value", "low", "high")})


def test_a_figure_is_drawn_with_all_that_lies_ahead(locales: Mapping[Language, Locale]) -> None:
    """Bands below, then history that breaks where its source changes, ways, and the target."""
    years = (2025.0, 2026.0)
    drawn = projection(
        HISTORY,
        "USD",
        locales["en"],
        name="Trade",
        ways=[Way("Drift", years, (12e9, 14e9))],
        bands=[
            Band("range of 95%", years, (9e9, 8e9), (15e9, 20e9)),
            Band("range of 80%", years, (10e9, 10e9), (14e9, 17e9)),
        ],
        aim=Aim("target", 2030, (23e9, 23e9), is_assumed=True),
        level=Reference(23e9, "Target: 23"),
    )
    outer, inner, history, way, aim = drawn.data
    assert list(outer.y) == [15, 20, 8, 9]
    # Told apart without colour: by hatching and by the edge.
    assert (outer.fillpattern.shape, inner.fillpattern.shape) == (None, "/")
    assert (outer.line.dash, inner.line.dash) == ("dot", "solid")
    assert list(history.y) == [12, None, 13, 11]
    assert list(history.marker.symbol)[-1] == "circle-open"
    assert list(way.y) == [12, 14]
    assert (list(aim.x), list(aim.y), aim.marker.symbol) == ([2030], [23], "star-open")
    assert drawn.layout.annotations[0].text == "Target: 23"


def test_a_range_stands_upright(locales: Mapping[Language, Locale]) -> None:
    """Of the figures and of the target; nothing is made of its middle."""
    days = HISTORY.head(1).assign(value=None, low=19.0, high=23.0)
    drawn = projection(
        days, "days", locales["en"], name="Transit", aim=Aim("plan", 2027, (14.0, 18.0))
    )
    stroke, aim = drawn.data
    assert list(stroke.y) == [19, 23, None]
    assert (list(aim.y), aim.marker.symbol) == ([14, 18], "star")
    assert "19–23 days" in stroke.customdata[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_logarithmic_axis_is_written_in_the_language(
    locales: Mapping[Language, Locale], language: Language
) -> None:
    """Its ticks are round numbers; the separators are those of the language."""
    drawn = projection(HISTORY, "USD", locales[language], name="x", logarithmic=True)
    assert drawn.layout.yaxis.type == "log"
    assert "20" in drawn.layout.yaxis.ticktext
    assert drawn.layout.separators == locales[language].separators
    assert not [trace for trace in drawn.data if trace.name == "undefined"]
