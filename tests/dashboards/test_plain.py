"""Parts of pages that are handed over as trees: what they hold, and how few components are left."""

from __future__ import annotations

import json

import pytest
from dash import dcc, html
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from dashboards.components.plain import plainly
from tests.dashboards.serving import VIEWS, Part, ask, page_of

_MOST = 400
"""Components that Dash's renderer draws fast; a table of cells alone has more."""


def written(content: object) -> object:
    """What the browser gets of a layout."""
    return json.loads(json.dumps(content, cls=PlotlyJSONEncoder))


def test_what_is_plain_becomes_one_component() -> None:
    cells = html.Tr([html.Th("2010", scope="row"), html.Td(html.A("x", href="/"))])
    assert written(plainly(html.Table(cells, id="table-x"))) == {
        "type": "Plain",
        "namespace": "altyn_kopir",
        "props": {
            "tree": {
                "type": "Table",
                "props": {
                    "id": "table-x",
                    "children": {
                        "type": "Tr",
                        "props": {
                            "children": [
                                {"type": "Th", "props": {"children": "2010", "scope": "row"}},
                                {
                                    "type": "Td",
                                    "props": {
                                        "children": {
                                            "type": "A",
                                            "props": {"children": "x", "href": "/"},
                                        }
                                    },
                                },
                            ]
                        },
                    },
                },
            }
        },
    }


def test_a_graph_and_what_stands_around_it_stay_components() -> None:
    made = plainly([html.P("before"), html.Div([html.P("beside"), dcc.Graph(id="g")])])
    assert [each._type for each in made] == ["Plain", "Div"]
    assert [each._type for each in made[1].children] == ["Plain", "Graph"]


@pytest.mark.parametrize("content", [None, "text", 3, ["a", None]])
def test_texts_and_numbers_stay_what_they_are(content: object) -> None:
    assert plainly(content) == content


def components(tree: object) -> int:
    """Count what Dash's renderer has to keep of a page."""
    if isinstance(tree, list):
        return sum(map(components, tree))
    if isinstance(tree, dict) and "props" in tree:
        return 1 + components(tree["props"].get("children"))
    return 0


@pytest.mark.parametrize(
    "path",
    [
        *dict.fromkeys(f"/en/{path}" for _, _, path in VIEWS),
        "/en/trade/kaz-aze",
        "/en/economy/kaz",
    ],
)
def test_no_page_has_so_many_components_that_the_browser_is_slow(
    client: FlaskClient, path: str
) -> None:
    """Dash's renderer takes time with the square of their number: 4 000 held a page for a minute."""
    page: Part = page_of(ask(client, path))
    assert components(page) < _MOST, path
