"""What it takes to serve in a test: the static files, and the question that a browser asks."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import string
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboards import static
from dashboards.pages import PAGES
from warehouse.catalog import LANGUAGES

BUILT = Path(__file__).parents[2] / "build" / "static"
"""Where `make static` collects: what is there already need not be compressed again."""

CALLBACK = "/_dash-update-component"
VIEWS = [(language, page.name, page.path) for language in LANGUAGES for page in PAGES]
"""Every page in every language."""

Part = dict[str, Any]

_CONTENT = r'<div id="content" tabindex="-1">|</div>\s*<div id="react-entry-point"'


def collect(target: Path) -> Path:
    """Collect the static files; what `make static` has compressed is taken over as it is."""
    if BUILT.exists():
        shutil.copytree(BUILT, target, dirs_exist_ok=True)
    static.collect(target)
    return target


def ask(client: FlaskClient, path: str, search: str = "", **headers: str) -> TestResponse:
    """Open an address, written in the query as a browser writes it."""
    query = quote(search.removeprefix("?"), safe=string.punctuation, errors="replace")
    return client.get(path, query_string=query, headers=headers)


def page_of(response: TestResponse) -> Part:
    """The main element of a document, as the components of which it was made."""
    document = response.get_data(as_text=True)
    assert response.status_code in {200, 404}, document
    _, content, _ = re.split(_CONTENT, document)
    return Tree(content).root


def question(path: str, search: object = "") -> Part:
    """What Dash asks when a view with something alive in it is shown."""
    values = {"pathname": path, "search": search}
    return {
        "output": "live.children",
        "outputs": {"id": "live", "property": "children"},
        "inputs": [{"id": "live", "property": name, "value": values[name]} for name in values],
        "changedPropIds": [f"live.{name}" for name in values],
    }


def drawn_by_dash(client: FlaskClient, path: str, search: object = "") -> list[Part]:
    """The components that Dash draws into the view of an address."""
    response = client.post(CALLBACK, json=question(path, search))
    assert response.status_code == 200, response.get_data(as_text=True)
    found: list[Part] = response.get_json()["response"]["live"]["children"]
    return found


class Tree(HTMLParser):
    """Components read back from HTML, so that a test sees what a browser is given."""

    def __init__(self, html: str) -> None:
        """Read the HTML of a view."""
        super().__init__()
        self._open: list[Part] = [{"type": "", "props": {"children": []}}]
        self.feed(html)
        (self.root,) = self._open.pop()["props"]["children"]
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, under the name and the attributes that a component has."""
        props = {_IN_COMPONENTS.get(name, name): value for name, value in attrs}
        props |= dict.fromkeys(props.keys() & {"hidden", "open"}, True)
        part = {"type": tag.capitalize(), "props": {**props, "children": []}}
        self._open[-1]["props"]["children"].append(part)
        if tag not in {"br", "col", "hr", "img", "input", "wbr"}:
            self._open.append(part)

    def handle_endtag(self, tag: str) -> None:
        """Close an element; the place of a chart becomes the chart."""
        part = self._open.pop()
        assert part["type"] == tag.capitalize()
        props = part["props"]
        if props.get("className") == "dash-graph":
            (script,) = tags(part, "Script")
            drawn = json.loads(script["props"]["children"])
            part |= {
                "type": "Graph",
                "props": {**drawn, "id": props["id"], "style": props["style"]},
            }
        elif "data-live" in props:
            props["id"] = props["data-live"]
        elif len(props["children"]) < 2:
            props["children"] = next(iter(props["children"]), None)

    def handle_data(self, data: str) -> None:
        """Take a text; those that stand side by side are one."""
        children = self._open[-1]["props"]["children"]
        if children and isinstance(children[-1], str):
            data = children.pop() + data
        children.append(data)


_IN_COMPONENTS = {
    "class": "className",
    "for": "htmlFor",
    "tabindex": "tabIndex",
    "colspan": "colSpan",
    "rowspan": "rowSpan",
    "hreflang": "hrefLang",
    "maxlength": "maxLength",
}
"""Attributes whose names in HTML are not those in a component."""


def parts(tree: object) -> Iterator[Part]:
    """Every component under a component, itself included, in the order of reading."""
    if isinstance(tree, list):
        for child in tree:
            yield from parts(child)
    elif isinstance(tree, dict) and "props" in tree:
        yield tree
        yield from parts(tree["props"].get("children"))
        for option in tree["props"].get("options") or []:
            yield from parts(option)


def ids(tree: Part) -> list[str]:
    """The ids on a page, those of choices by their kind."""
    named = (part["props"].get("id") for part in parts(tree))
    return [each["choice"] if isinstance(each, dict) else each for each in named if each]


def part(tree: Part, name: str) -> Part:
    """The one component with an id."""
    (found,) = [each for each in parts(tree) if each["props"].get("id") == name]
    return found


def tags(page: Part, kind: str) -> list[Part]:
    """The parts of a page of a kind, as `H1` or `A`."""
    return [each for each in parts(page) if each.get("type") == kind]


def text(tree: object) -> str:
    """What a reader reads of a component."""
    if isinstance(tree, list):
        return "".join(map(text, tree))
    if isinstance(tree, dict):
        return text(tree["props"].get("children"))
    return "" if tree is None else str(tree)


def rows_of(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the warehouse's file itself, past everything that we wrote to read it."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute(query, values).fetchall()
