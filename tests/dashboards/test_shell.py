"""The document around the pages: languages, headers, health, and addresses that are none."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboards.factory import create_app
from dashboards.i18n import NAMES, load_locales
from dashboards.pages import PAGES
from dashboards.security import HEADERS
from tests.dashboards.serving import CALLBACK, VIEWS, ask, ids, page_of, question
from tests.tables import cells
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse

every_view = pytest.mark.parametrize(
    ("language", "name", "path"), VIEWS, ids=[f"{language}-{name}" for language, name, _ in VIEWS]
)


class Document(HTMLParser):
    """The tags of a document with their attributes, and its title."""

    def __init__(self, text: str) -> None:
        """Read a document."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of a name that has these attributes."""
        found = [attrs for name, attrs in self.tags if name == tag]
        return [attrs for attrs in found if attributes.items() <= attrs.items()]


def document(client: FlaskClient, address: str) -> Document:
    """The document at an address."""
    return Document(client.get(address).get_data(as_text=True))


@every_view
def test_a_document_names_its_language_and_page(
    client: FlaskClient, language: Language, name: str, path: str
) -> None:
    page = document(client, f"/{language}/{path}")
    (html,) = page.all("html")
    assert (html["lang"], html["data-page"]) == (language, name)
    (here,) = page.all("a", **{"data-page": name, "aria-current": "page"})
    assert here["href"] == f"/{language}/{path}"
    (spoken,) = page.all("a", **{"data-language": language})
    assert spoken["aria-current"] == "true"
    title = re.search("<title>(.*)</title>", client.get(f"/{language}/{path}").text)
    page_title = next(each.title for each in PAGES if each.name == name)
    assert title
    assert title[1] == f"{load_locales()[language].text(page_title)} · Altyn Köpir"


@pytest.mark.slow
@every_view
def test_the_languages_keep_page_and_selection(
    client: FlaskClient, language: str, name: str, path: str
) -> None:
    address = f"/{language}/{path}?definition=members_dated&x=%22%3E"
    page = document(client, address)
    page_text = client.get(address).get_data(as_text=True)
    for other in LANGUAGES:
        (link,) = page.all("a", **{"data-language": other})
        assert link["href"] == f"/{other}/{path}?definition=members_dated&x=%22%3E"
        assert link["lang"] == other
        assert NAMES[other] in page_text
        assert page.all("link", rel="alternate", hreflang=other, href=f"/{other}/{path}")


def test_no_script_stands_in_the_document_and_none_stops_it(client: FlaskClient) -> None:
    scripts = document(client, "/kk/trade").all("script")
    inline = [script for script in scripts if "src" not in script]
    assert {script.get("type") for script in inline} == {"application/json"}
    blocking = [script["src"] for script in scripts if "src" in script and "defer" not in script]
    assert [re.sub(r"\.[0-9a-f]{12}", "", str(source)) for source in blocking] == [
        "/static/theme.js"
    ]


def test_everything_a_document_needs_is_here(client: FlaskClient) -> None:
    page = document(client, "/tr/trade")
    sources = [script["src"] for script in page.all("script") if "src" in script]
    links = [link["href"] for link in page.all("link")]
    for address in (*sources, *links):
        assert str(address).startswith("/")
        assert client.get(str(address), buffered=True).status_code == 200, address


def test_the_root_leads_to_the_language_of_the_browser(client: FlaskClient) -> None:
    _, rows = cells(
        """
        | Accept-Language | leads to |
        | ru-RU,ru;q=0.9  | /ru/     |
        | en              | /en/     |
        | tr;q=0.2        | /tr/     |
        | de              | /kk/     |
        |                 | /kk/     |
        """
    )
    for accepted, target in rows:
        response = client.get("/", headers={"Accept-Language": accepted})
        assert (response.status_code, response.headers["Location"]) == (302, target)
        assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_without_its_slash_leads_on(client: FlaskClient, language: Language) -> None:
    response = client.get(f"/{language}")
    assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")


@pytest.mark.parametrize(
    "address", ["/xx/", "/en/nothing", "/en/trade/more", "/en//trade", "/wp-login.php"]
)
def test_an_address_that_is_none_is_said_to_be_none(client: FlaskClient, address: str) -> None:
    for _ in range(2):
        response = client.get(address)
        assert (response.status_code, response.mimetype) == (404, "text/html")
    assert page_of(ask(client, address))["props"]["id"] == "page-not-found"
    language = address.split("/")[1] if address.startswith("/en/") else "kk"
    assert document(client, address).all("html", lang=language)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/kk/"),
        ("GET", "/kk/?colour=red"),
        ("GET", "/"),
        ("GET", "/nowhere"),
        ("GET", "/health"),
        ("GET", "/_dash-layout"),
        ("GET", "/_dash-dependencies"),
        ("POST", CALLBACK),
        ("PUT", "/kk/"),
        ("GET", "/static/nothing.js"),
    ],
)
def test_every_response_is_secured(client: FlaskClient, method: str, address: str) -> None:
    body = question("/kk/") if method == "POST" else None
    for _ in range(2):
        response = client.open(address, method=method, json=body)
        assert HEADERS.items() <= dict(response.headers).items()


def test_nothing_is_let_in_from_elsewhere() -> None:
    policy = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe-eval" not in HEADERS["Content-Security-Policy"]
    assert not re.search(r"https?:|\*", HEADERS["Content-Security-Policy"])
    assert HEADERS["X-Content-Type-Options"] == "nosniff"


def test_health_tells_the_build(client: FlaskClient, warehouse: Warehouse) -> None:
    response = client.get("/health")
    build = warehouse.build()
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok", "build": build.id, "built_at": build.built_at}


@pytest.mark.parametrize("content", [None, b"", b"not a database"], ids=["none", "empty", "broken"])
def test_without_a_warehouse_health_says_what_to_do(
    static_dir: Path, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "warehouse.sqlite"
    if content is not None:
        path.write_bytes(content)
    client = create_app(Warehouse(f"sqlite:///{path}"), static_dir).server.test_client()
    response = client.get("/health")
    assert response.status_code == 503
    assert "python -m etl build" in response.get_json()["detail"]


def test_a_warehouse_that_comes_later_is_served(
    warehouse: Warehouse, static_dir: Path, tmp_path: Path
) -> None:
    path = tmp_path / "warehouse.sqlite"
    client = create_app(Warehouse(f"sqlite:///{path}"), static_dir).server.test_client()
    assert client.get("/kk/").status_code == 503
    path.write_bytes(Path(warehouse.path).read_bytes())
    assert client.get("/health").status_code == 200
    assert "card-trade_turnover_ots" in ids(page_of(ask(client, "/kk/")))
