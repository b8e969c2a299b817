"""The briefing page and its files: what is chosen stands in the address and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboards.briefing import lettersize
from dashboards.briefing.compose import compose, options
from dashboards.i18n import Locale
from dashboards.selection import BriefingSelection
from tests.dashboards.briefing_files import from_html, slides
from tests.dashboards.serving import ask, ids, page_of, parts, text
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_a_sheet_for_each_message(client: FlaskClient, language: str) -> None:
    """All headlines, topic by topic, then plans, claims and sources; nothing is missing by accident."""
    page = page_of(ask(client, f"/{language}/briefing"))
    assert [each for each in ids(page) if each.startswith("sheet-")] == [
        "sheet-headlines",
        "sheet-trade",
        "sheet-transit",
        "sheet-volume",
        "sheet-containers",
        "sheet-digital",
        "sheet-scorecard",
        "sheet-claims",
        "sheet-sources",
    ]
    said = text(page)
    assert not {"nan", "None"} & set(said.replace("(", " ").split())


def test_a_choice_of_figures_leaves_out_the_others(client: FlaskClient) -> None:
    """Only what is chosen is told, and only plans and claims of its topic."""
    page = page_of(ask(client, "/en/briefing", "?indicator=digital_payments_adults"))
    sheets = [each for each in ids(page) if each.startswith("sheet-")]
    assert sheets == ["sheet-headlines", "sheet-digital", "sheet-claims", "sheet-sources"]


def test_page_and_files_tell_the_same(client: FlaskClient) -> None:
    """The file at the address of the view holds the very cells that the page shows."""
    view = "?indicator=trade_turnover_ots&indicator=titr_volume"
    page = page_of(ask(client, "/tr/briefing", view))
    shown = {
        each["props"]["data-cell"]: each["props"].get("data-value")
        for each in parts(page)
        if "data-cell" in each["props"]
    }
    (link,) = [
        each["props"]["href"]
        for each in parts(page)
        if str(each["props"].get("href", "")).startswith("/tr/briefing/briefing.html")
    ]
    filed = from_html(client.get(link).get_data(as_text=True)).figures
    assert shown
    for name, value in shown.items():
        assert repr(filed[name].value) == (value or "None")


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_stand_at_the_address_of_the_view(client: FlaskClient, language: str) -> None:
    """Slides come as an attachment under a telling name."""
    response = client.get(f"/{language}/briefing/briefing.pptx?indicator=titr_volume")
    assert (response.status_code, response.mimetype) == (200, PPTX)
    name = f"altyn-kopir-briefing-{language}-"
    assert name in response.headers["Content-Disposition"]
    assert len(slides(response.data).slides) >= 3


def test_an_unknown_choice_is_named_and_left_out(client: FlaskClient) -> None:
    """A hostile address gives a usable page with a note, and a file of all headlines."""
    page = page_of(ask(client, "/en/briefing", "?indicator=%00&x=<script>&indicator=titr_volume"))
    assert "was not understood" in text(page)
    assert "sheet-volume" in ids(page)
    assert client.get("/en/briefing/briefing.html?indicator=%ff").status_code == 200


def test_a_past_day_tells_what_was_known(client: FlaskClient) -> None:
    """On that day the target of 2024 had not been said, nor had the figures of 2025."""
    page = page_of(ask(client, "/en/briefing", "?asof=2023-12-31"))
    said = text(page)
    assert "As known on December 31, 2023." in said
    assert "(2025" not in said


def test_before_any_figure_the_page_says_so(client: FlaskClient) -> None:
    """A day before everything gives words, not an error, and files that open."""
    page = page_of(ask(client, "/ru/briefing", "?asof=1990-01-01"))
    assert "sheet-headlines" not in ids(page)
    for kind in ("html", "pptx", "xlsx"):
        assert client.get(f"/ru/briefing/briefing.{kind}?asof=1990-01-01").status_code == 200


def test_every_selection_round_trips(warehouse: Warehouse) -> None:
    """What is chosen can be written as an address and read back."""
    known = options(warehouse)
    for count in range(len(known) + 1):
        chosen = BriefingSelection(known[:count])
        again, unknown = BriefingSelection.from_query(chosen.to_query(), {"indicator": known})
        assert (again, unknown) == (chosen, ())


def test_each_number_has_its_evidence(
    warehouse: Warehouse, locales: Mapping[Language, Locale]
) -> None:
    """Every stated number names its source and the place in it; what we worked out says so."""
    briefing = compose(warehouse, locales["en"], BriefingSelection())
    for section in briefing.sections:
        ids_of_sources = {each.id for each in section.sources}
        for cell in section.cells:
            is_ours = cell.status == "derived" or cell.id.endswith(":ours")
            assert is_ours or (cell.source_id in ids_of_sources and cell.place), cell


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=200),
    st.integers(60, 900),
)
def test_smaller_letters_never_take_more_room(words: str, room: int) -> None:
    """So the first size that fits, from the largest, is the largest that fits."""
    heights = [lettersize.height_pt(words, size, room) for size in (7, 9, 12, 20, 40)]
    assert heights == sorted(heights)


@given(st.lists(st.text("абвгәқңabcü", min_size=1, max_size=12), min_size=1, max_size=30))
def test_lines_hold_their_words(words: list[str]) -> None:
    """A text broken by hand into one word a line takes as many lines at the least as on its own."""
    said = " ".join(words)
    assert lettersize.lines(said, 12, 200) <= sum(lettersize.lines(each, 12, 200) for each in words)
