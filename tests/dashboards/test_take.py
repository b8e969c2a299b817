"""What stands under a chart to be taken along, and a chart on its own on a page of others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboards import theme
from dashboards.security import HEADERS
from dashboards.static import ASSETS
from tests.dashboards.serving import Part, ask, ids, page_of, part, parts, text
from warehouse.catalog import LANGUAGES

HOST = "http://localhost"
VIEW = "/en/digital?indicator=account_ownership"


def taken(client: FlaskClient, chart: str, path: str, query: str = "") -> Part:
    """What is offered under a chart."""
    shown = part(page_of(ask(client, path, query)), f"chart-{chart}")
    (found,) = [each for each in parts(shown) if each["props"].get("className") == "take"]
    return found


def buttons(tree: Part) -> list[dict[str, Any]]:
    """The properties of every button, in the order of reading."""
    return [each["props"] for each in parts(tree) if each["type"] == "Button"]


def codes(tree: Part) -> list[str]:
    """The texts that are meant for machines: addresses and code."""
    return [text(each) for each in parts(tree) if each["type"] == "Code"]


def test_the_link_and_the_frame_lead_to_this_very_view(client: FlaskClient) -> None:
    found = taken(client, "payments", "/en/digital", "?indicator=account_ownership")
    link, frame = codes(found)
    assert link == f"{HOST}{VIEW}"
    assert f'src="{HOST}{VIEW}&amp;embed=payments"' in frame
    assert frame.startswith("<iframe ")
    assert 'title="Adults with an account"' in frame


def test_a_past_day_stays_in_every_address(client: FlaskClient) -> None:
    found = taken(client, "payments", "/en/digital", "?asof=2025-01-01&grid=payments")
    for address in codes(found):
        assert "asof=2025-01-01" in address
        assert "grid" not in address
    (row,) = [each["props"] for each in parts(found) if "data-notes" in each["props"]]
    assert "As known on January 1, 2025." in row["data-notes"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_citation_is_there_in_four_languages_the_readers_first(
    client: FlaskClient, language: str
) -> None:
    found = taken(client, "payments", f"/{language}/digital")
    cited = [each["props"] for each in parts(found) if each["props"].get("className") == "cited"]
    others = [each for each in LANGUAGES if each != language]
    assert [each["lang"] for each in cited] == [language, *others]
    assert len({text(each["children"]) for each in cited}) == len(LANGUAGES)
    for each in cited:
        assert text(each["children"]).endswith(f"{HOST}/{language}/digital")


def test_a_picture_holds_title_source_status_and_address(client: FlaskClient) -> None:
    found = taken(client, "volume", "/en/corridor")
    (row,) = [each["props"] for each in parts(found) if "data-notes" in each["props"]]
    shown = part(page_of(ask(client, "/en/corridor")), "chart-volume")
    (head,) = [each for each in parts(shown) if each["type"] == "H2"]
    assert row["data-title"] == text(head)
    assert row["data-notes"].startswith("Source: ")
    assert row["data-address"] == f"{HOST}/en/corridor"
    assert row["data-file"].startswith("altyn-kopir-corridor-volume-20")
    assert [each.get("data-picture") for each in buttons(found)[:2]] == ["png", "svg"]


def test_a_table_without_a_drawing_offers_no_picture(client: FlaskClient) -> None:
    found = taken(client, "headlines", "/kk/")
    assert not [each for each in buttons(found) if "data-picture" in each]
    assert len(codes(found)) == 2


def test_every_button_says_what_it_has_done(client: FlaskClient) -> None:
    found = taken(client, "payments", "/en/digital")
    rows = [each for each in parts(found) if each["props"].get("className") == "copying"]
    assert len(rows) == 7
    for row in rows:
        (said,) = [each["props"] for each in parts(row) if each["props"].get("role") == "status"]
        told = {**row["props"], **buttons(row)[0]}
        assert told["data-done"]
        assert told["data-failed"]
        assert not said.get("children")


def test_pictures_are_in_the_light_colours_of_the_theme() -> None:
    script = Path(ASSETS / "take.js").read_text(encoding="utf-8")
    for name in ("ink", "quiet", "surface"):
        assert f'"{theme.PAGE[name][0]}"' in script


def test_an_embedded_chart_stands_alone(client: FlaskClient) -> None:
    page = page_of(ask(client, "/ru/digital", "?indicator=account_ownership&embed=payments"))
    assert [name for name in ids(page) if name.startswith("chart-")] == ["chart-payments"]
    (head,) = [each for each in parts(page) if each["type"] == "H1"]
    (title,) = [each for each in parts(page) if each["type"] == "H2"]
    assert text(head) == text(title)
    addresses = [each["props"].get("href") for each in parts(page)]
    assert "/ru/digital?indicator=account_ownership" in addresses


def test_an_embedded_chart_of_a_past_day_says_so(client: FlaskClient) -> None:
    page = page_of(ask(client, "/en/digital", "?asof=2025-01-01&embed=payments"))
    assert "As known on January 1, 2025." in text(page)


def test_a_chart_that_is_not_there_is_named_over_the_page(client: FlaskClient) -> None:
    page = page_of(ask(client, "/en/digital", "?embed=nothing"))
    assert "embed=nothing" in text(page)
    assert "chart-payments" in ids(page)


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("/en/digital?embed=payments", True),
        ("/kk/?asof=2024-01-01&embed=headlines", True),
        ("/en/digital", False),
        ("/en/digital?embed=", False),
        ("/en/digital?embed=payments&embed=", False),
        ("/en/digital?indicator=embed", False),
        ("/en/digital/payments.csv?embed=payments", False),
        ("/api/v1/sources?embed=payments", False),
    ],
)
def test_only_an_embedded_chart_may_be_framed_by_others(
    client: FlaskClient, address: str, is_open: bool
) -> None:
    for _ in range(2):
        headers = client.get(address).headers
        policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
        assert policy["frame-ancestors"] == ("*" if is_open else "'self'")
        assert ("X-Frame-Options" in headers) is not is_open
        assert policy["script-src"] == "'self'"
        assert policy["connect-src"] == "'self'"
        assert headers["X-Content-Type-Options"] == HEADERS["X-Content-Type-Options"]


def test_an_embedded_document_has_neither_head_nor_foot(client: FlaskClient) -> None:
    alone = client.get("/tr/digital?embed=payments").get_data(as_text=True)
    whole = client.get("/tr/digital").get_data(as_text=True)
    for tag in ("<header", "<footer", 'class="skip"', 'id="theme"'):
        assert tag in whole
        assert tag not in alone
    assert '<base target="_blank">' in alone
    assert "<base" not in whole
