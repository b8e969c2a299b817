"""Colours: can everybody see them?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import theme

GROUNDS = ("surface", "canvas")
TEXTS = ("ink", "quiet", "link", "gold")
OUTLINES = ("control", "focus")
SIDES = {"light": 0, "dark": 1}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, of `#rrggbb`."""
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it, from 1 to 21."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_as_far_as_it_goes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", TEXTS)
def test_text_can_be_read(side: str, ground: str, name: str) -> None:
    colours = theme.PAGE[name], theme.PAGE[ground]
    assert contrast(*(pair[SIDES[side]] for pair in colours)) >= 4.5


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", OUTLINES)
def test_controls_and_focus_can_be_seen(side: str, ground: str, name: str) -> None:
    colours = theme.PAGE[name], theme.PAGE[ground]
    assert contrast(*(pair[SIDES[side]] for pair in colours)) >= 3


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", theme.SERIES)
def test_marks_can_be_seen_on_both_surfaces(side: str, name: str) -> None:
    assert contrast(theme.SERIES[name], theme.PAGE["surface"][SIDES[side]]) >= 3


def test_every_colour_is_a_variable_in_both_themes_and_on_paper() -> None:
    light, dark, paper = re.findall(r":root[^{]*\{([^{}]*)\}", theme.style_variables())
    for name, pair in theme.PAGE.items():
        assert f"--{name}:{pair[0]};" in light
        assert f"--{name}:{pair[1]};" in dark
        assert f"--{name}:{pair[0]};" in paper


def test_the_template_paints_no_ground_of_its_own() -> None:
    layout = theme.template().layout
    assert {layout.paper_bgcolor, layout.plot_bgcolor} == {"rgba(0,0,0,0)"}
    assert list(layout.colorway) == list(theme.SERIES.values())


@given(st.lists(st.text("абвabc", min_size=1, max_size=12)), st.integers(12, 60))
def test_wrapping_loses_no_word_and_keeps_to_the_width(words: list[str], width: int) -> None:
    lines = theme.wrapped(" ".join(words), width).split("<br>")
    assert " ".join(lines).split() == words
    assert all(len(line) <= width for line in lines)
