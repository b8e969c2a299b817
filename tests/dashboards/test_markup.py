"""Layouts as HTML: what stands in a document, what Dash is handed, and what is drawn where."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
import pytest
from dash import dcc, html
from dash_ag_grid import AgGrid
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components.markup import live, markup
from dashboards.pages import PAGES
from tests.dashboards.serving import Tree, ask, drawn_by_dash, page_of, part, parts, text
from tests.tables import cells

ADDRESSES = [
    *(f"/en/{page.path}" for page in PAGES),
    "/en/trade/kaz-aze",
    "/en/economy/kaz",
    "/tr/trade?view=map&definition=with_observers",
    "/ru/targets/trade_turnover_ots?due=2030",
    "/kk/trade?embed=turnover",
    "/en/trade?asof=2024-01-01",
    "/en/data?q=%3Cb%3E%22%26",
    "/kk/nothing",
]

# What no document can hold: half of a pair of codes, and the code that stands for nothing.
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def test_elements_become_the_html_that_a_browser_would_have_of_them() -> None:
    _, rows = cells(
        """
        | layout                                         | HTML                                        |
        | html.P("a < b & c")                            | <p>a &lt; b &amp; c</p>                     |
        | html.P(["one", None, 2, [html.Br(), "three"]]) | <p>one2<br>three</p>                        |
        | html.Td("x", className="n", colSpan="2")       | <td class="n" colspan="2">x</td>            |
        | html.Label("x", htmlFor="y")                   | <label for="y">x</label>                    |
        | html.Div(style={"maxWidth": "2em"})            | <div style="max-width:2em"></div>           |
        | html.Details("x", open=True)                   | <details open="">x</details>                |
        | html.Details("x", open=False, title=None)         | <details>x</details>                        |
        | html.A("x", href="/?a=1&b=2")                  | <a href="/?a=1&amp;b=2">x</a>               |
        | html.A(id="a", **{"data-inside": ""})           | <a id="a" data-inside=""></a>               |
        | html.A(**{"aria-label": '"'})                  | <a aria-label="&quot;"></a>                |
        | html.Pre("\\r")                                | <pre>&#13;</pre>                            |
        """
    )
    made = {layout: markup(eval(layout, {"html": html})) for layout, _ in rows}  # noqa: S307
    assert made == dict(rows)


@given(words, words)
def test_any_text_and_attribute_survives(said: str, label: str) -> None:
    read = Tree(markup(html.P(said, title=label))).root
    assert (text(read), read["props"]["title"]) == (said, label)


@given(words)
def test_a_figure_survives_whatever_it_says(said: str) -> None:
    figure = go.Figure(go.Scatter(x=[1], y=[2], name=said), {"title": {"text": "</script><!--"}})
    graph = dcc.Graph(id="g", figure=figure, config={"locale": said}, style={"height": "9px"})
    read = Tree(markup(graph)).root
    assert read["props"]["figure"] == json.loads(figure.to_json())
    assert read["props"]["config"] == {"locale": said}
    assert read["props"]["style"] == "height:9px"


@pytest.mark.parametrize(
    "content", [1.5, True, b"x", {"a": 1}, html.P(1.5), html.P(title=["x"]), html.P(hidden=0.5)]
)
def test_what_html_cannot_hold_is_refused(content: Any) -> None:
    with pytest.raises(TypeError, match=r"is no content of a page|cannot be"):
        markup(content)


def test_what_has_a_life_of_its_own_gets_a_place() -> None:
    grid = AgGrid(id="table-x")
    page = html.Main([html.P("before"), html.Div(grid), html.P("after")])
    assert markup(page) == (
        '<main><p>before</p><div><div data-live="table-x"></div></div><p>after</p></main>'
    )
    assert list(live(page)) == [grid]


@pytest.mark.slow
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_view_stands_in_its_document_and_dash_has_nothing_to_draw_of_it(
    client: FlaskClient, address: str
) -> None:
    """Dash would take time with the square of the components."""
    path, _, query = address.partition("?")
    document = client.get(address).get_data(as_text=True)
    assert drawn_by_dash(client, path, f"?{query}" if query else "") == []
    body = document[document.index("<body>") : document.index("</html>")].strip()
    ids = [each["props"]["id"] for each in parts(Tree(body).root) if "id" in each["props"]]
    assert len(ids) == len(set(ids))


def test_dash_draws_a_grid_into_its_place(client: FlaskClient) -> None:
    address = "/en/trade", "?grid=turnover"
    (grid,) = drawn_by_dash(client, *address)
    assert (grid["namespace"], grid["type"]) == ("dash_ag_grid", "AgGrid")
    place = part(page_of(ask(client, *address)), grid["props"]["id"])
    assert place["props"]["data-live"] == grid["props"]["id"]
