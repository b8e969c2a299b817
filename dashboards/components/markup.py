"""Layouts as HTML text: what a document holds, and what Dash hands to the browser in one piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from dash import dcc
from dash.development.base_component import Component
from plotly.io import to_json

_ELEMENTS = "dash_html_components"
"""Components that are elements and nothing else."""

_SPELLED = {"className": "class", "htmlFor": "for"}
"""Attributes that React spells otherwise than in lower case."""
_SWITCHES = frozenset({"checked", "disabled", "hidden", "open", "readonly", "required"})
"""Attributes whose presence says it all."""
_EMPTY = frozenset({"br", "col", "hr", "img", "input", "wbr"})
"""Elements that have no end."""


def markup(content: Any) -> str:
    """Write a component, a text, a whole number, nothing, or a list of these as HTML.

    A graph becomes a place of its height that holds its figure as JSON, which `charts.js` draws. What
    else has a life of its own becomes an empty place that names it, to be filled by `live.js`.
    Raises TypeError for what is none of these, and for an attribute that HTML cannot hold.
    """
    if content is None:
        return ""
    if isinstance(content, list | tuple):
        return "".join(map(markup, content))
    if isinstance(content, dcc.Graph):
        return _place_of_graph(content)
    if isinstance(content, Component):
        return _element(content) if _is_element(content) else _place_of_live(content)
    if isinstance(content, str) or type(content) is int:
        return _text(str(content))
    # A number with a point is written for readers by i18n, in their language.
    raise TypeError(f"{content!r} is no content of a page")


def live(content: Any) -> Iterator[Component]:
    """Find the components of a layout that Dash itself must draw, in the order of reading."""
    if isinstance(content, list | tuple):
        for each in content:
            yield from live(each)
    elif isinstance(content, Component) and not isinstance(content, dcc.Graph):
        if _is_element(content):
            yield from live(getattr(content, "children", None))
        else:
            yield content


def _is_element(content: Component) -> bool:
    # Dash has no public name for the package that draws a component.
    return content._namespace == _ELEMENTS  # noqa: SLF001


def _element(content: Component) -> str:
    written = content.to_plotly_json()  # type: ignore[no-untyped-call]
    props: dict[str, Any] = dict(written["props"])
    children = props.pop("children", None)
    tag = written["type"].lower()
    if tag in _EMPTY:
        return _tag(tag, props)
    return f"{_tag(tag, props)}{markup(children)}</{tag}>"


def _place_of_graph(graph: dcc.Graph) -> str:
    props = graph.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    drawn = {"figure": props["figure"], "config": props["config"]}
    # A text that looks like the end of the element must not end it.
    figure = to_json(drawn, validate=False).replace("<", "\\u003c")
    attributes = {"id": props["id"], "className": "dash-graph", "style": props["style"]}
    script = f'<script type="application/json">{figure}</script>'
    return f"{_tag('div', attributes)}<div></div>{script}</div>"


def _place_of_live(content: Component) -> str:
    return f"{_tag('div', {'data-live': content.id})}</div>"  # type: ignore[attr-defined]


def _tag(tag: str, props: Mapping[str, Any]) -> str:
    attributes = (_attribute(_SPELLED.get(name, name.lower()), props[name]) for name in props)
    return f"<{tag}{''.join(attributes)}>"


def _attribute(name: str, value: Any) -> str:
    if value is None or (name in _SWITCHES and value is False):
        return ""
    if name in _SWITCHES and value is True:
        return f' {name}=""'
    if name == "style" and isinstance(value, Mapping):
        value = ";".join(f"{_hyphenated(key)}:{said}" for key, said in value.items())
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"the attribute {name} cannot be {value!r}")
    return f' {name}="{_text(str(value))}"'


def _hyphenated(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def _text(text: str) -> str:
    # A browser reads a carriage return as the end of a line.
    return escape(text).replace("\r", "&#13;")
