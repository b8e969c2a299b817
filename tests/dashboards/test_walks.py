"""Walks over the choices of every page: an address says all that was chosen, in every language."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.pages import PAGES
from tests.dashboards.serving import Part, ask, page_of, parts, text
from warehouse.catalog import LANGUAGES

STEPS = 8
PLACES = [*(page.path for page in PAGES), "trade/kaz-kgz", "trade/aze-tur", "economy/kaz"]
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
                yield number, link


def chosen(page: Part) -> Chosen:
    """What is chosen on a page: choice and option."""
    return [
        (number, link["props"]["data-option"])
        for number, link in groups(page)
        if link["props"].get("aria-current")
    ]


def open_address(client: FlaskClient, href: str) -> Part:
    """The page at an address, which is whole: it has a heading, and no hole where a number was."""
    address = urlsplit(href)
    page = page_of(ask(client, address.path, f"?{address.query}" if address.query else ""))
    assert any(each["type"] == "H1" for each in parts(page)), href
    words = text(page).lower().split()
    assert not {"nan", "none", "undefined", "inf"} & set(words), href
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
    before = set(chosen(page))
    for number, link in groups(page):
        href, option = link["props"]["href"], link["props"]["data-option"]
        if urlsplit(href).path != f"/en/{place}":
            continue
        after = set(chosen(open_address(client, href)))
        was_taken = (number, option) in before
        assert ((number, option) in after) or was_taken, href


@pytest.mark.parametrize("place", PLACES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(query=HOSTILE)
def test_a_hostile_address_is_a_page_with_a_note(
    client: FlaskClient, place: str, query: str
) -> None:
    """Whatever stands behind the question mark, in the callback as in the document."""
    page = page_of(ask(client, f"/en/{place}", f"?x=<b>&{query}"))
    notes = [each for each in parts(page) if each["props"].get("className") == "warning"]
    assert any("x=<b>" in text(note) for note in notes)
    written = quote(query, errors="replace")
    assert client.get(f"/en/{place}?x=1&{written}").status_code == 200
