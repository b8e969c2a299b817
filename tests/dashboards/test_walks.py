"""Walks over the choices of every page: an address says all that was chosen, in every language."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.pages import PAGES
from tests.dashboards.serving import Part, ask, page_of, parts, text
from warehouse.catalog import LANGUAGES

pytestmark = pytest.mark.slow

STEPS = 3
MOST_OPTIONS = 4
"""Of a menu of years so many are taken, its ends among them; of a choice all."""
PLACES = [
    *(page.path for page in PAGES),
    "trade/kaz-kgz",
    "trade/aze-tur",
    "economy/kaz",
    "targets/trade-23bn",
]
HOSTILE = st.text(st.characters(exclude_categories=()), max_size=60) | st.text(
    alphabet="?&=%;/.<>'\"0123456789abcdefmeasurepartnersourcegridembedasof\ud800", max_size=80
)

Chosen = list[tuple[int, str]]


def groups(page: Part) -> Iterator[tuple[int, Part]]:
    """Each option of each choice of a page, with the number of its choice."""
    of_choices = [each for each in parts(page) if each["props"].get("className") == "choice"]
    for number, group in enumerate(of_choices):
        for link in parts(group):
            if link["props"].get("data-option") is not None:
                yield number, {**link, "legend": group["props"]["aria-label"]}


def chosen(page: Part) -> Chosen:
    """What is chosen on a page: choice and option."""
    return [
        (number, link["props"]["data-option"])
        for number, link in groups(page)
        if link["props"].get("aria-current")
    ]


def legends(page: Part) -> dict[str, dict[str, str]]:
    """The options of a page and where they lead, by the legend of their choice."""
    found: dict[str, dict[str, str]] = {}
    for _, link in groups(page):
        options = found.setdefault(link["legend"], {})
        options[link["props"]["data-option"]] = link["props"]["href"]
    return found


def few(options: dict[str, str]) -> list[tuple[str, str]]:
    """All of a few options; of many the first ones and the last."""
    every = list(options.items())
    return every if len(every) <= 2 * MOST_OPTIONS else [*every[: MOST_OPTIONS - 1], every[-1]]


def taken(page: Part) -> set[tuple[str, str]]:
    """What is chosen on a page: legend and option."""
    return {
        (link["legend"], link["props"]["data-option"])
        for _, link in groups(page)
        if link["props"].get("aria-current")
    }


def open_address(client: FlaskClient, href: str) -> Part:
    """The page at an address, which is whole: it has a heading, and no hole where a number was."""
    address = urlsplit(href)
    page = page_of(ask(client, address.path, f"?{address.query}" if address.query else ""))
    assert any(each["type"] == "H1" for each in parts(page)), href
    assert not {"nan", "NaN", "None", "undefined", "inf"} & set(text(page).split()), href
    return page


@pytest.mark.parametrize("place", PLACES)
def test_what_is_chosen_stands_in_the_address_in_every_language(
    client: FlaskClient, place: str
) -> None:
    """Random choices one after the other: each step says the same in the four languages."""
    chance = random.Random(place)
    for language in LANGUAGES:
        href = f"/{language}/{place}"
        for _step in range(STEPS):
            page = open_address(client, href)
            others = [each for each in LANGUAGES if each != language]
            same = href.replace(f"/{language}/", f"/{chance.choice(others)}/", 1)
            assert chosen(open_address(client, same)) == chosen(page), href
            onwards = [
                link["props"]["href"]
                for _, link in groups(page)
                if urlsplit(link["props"]["href"]).path == urlsplit(href).path
            ]
            if not onwards:
                break
            href = chance.choice(onwards)


@pytest.mark.parametrize("place", PLACES)
def test_an_option_that_is_taken_is_chosen(client: FlaskClient, place: str) -> None:
    """Every option of the page as it opens leads to a view in which just that was changed."""
    page = open_address(client, f"/en/{place}")
    before = taken(page)
    for legend, options in legends(page).items():
        for option, href in few(options):
            if urlsplit(href).path == f"/en/{place}" and (legend, option) not in before:
                assert (legend, option) in taken(open_address(client, href)), href


@pytest.mark.parametrize("place", PLACES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(query=HOSTILE)
def test_a_hostile_address_is_a_page_with_a_note(
    client: FlaskClient, place: str, query: str
) -> None:
    """Whatever stands behind the question mark."""
    page = page_of(ask(client, f"/en/{place}", f"?x=<b>&{query}"))
    notes = [each for each in parts(page) if each["props"].get("className") == "warning"]
    assert any("x=<b>" in text(note) for note in notes)
