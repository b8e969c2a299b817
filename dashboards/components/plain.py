"""Parts of a page that never change once drawn, as one component for the browser.

Dash's renderer tells every component of a page about every other that it draws, so the time for a page
grows with the square of their number; a table has one for each cell. What holds neither a graph nor a
grid is therefore handed over as a tree, which `assets/plain.js` draws with React alone.
"""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

_ELEMENTS = "dash_html_components"
"""Components that are elements and nothing else; all others have a life of their own."""


class Plain(Component):
    """A tree of plain elements; the name of the class and of its namespace are those of `plain.js`."""

    _namespace = "altyn_kopir"
    _type = "Plain"

    def __init__(self, tree: dict[str, Any]) -> None:
        """Take a tree of elements, each with its type, its props, and among these its children."""
        self._prop_names = ["tree"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = ["tree"]
        self.available_wildcard_properties: list[str] = []
        super().__init__(tree=tree)  # type: ignore[no-untyped-call]


def plainly(content: Any) -> Any:
    """Replace the largest parts of a layout that are plain by one component each.

    `content` is a component, a text, a number, nothing, or a list of these; it is changed in place.
    """
    if isinstance(content, list | tuple):
        return [plainly(each) for each in content]
    if not isinstance(content, Component):
        return content
    if _is_plain(content):
        return Plain(_tree(content))
    if not _is_alive(content):
        content.children = plainly(content.children)
    return content


def _tree(content: Any) -> Any:
    if isinstance(content, list | tuple):
        return [_tree(each) for each in content]
    if not isinstance(content, Component):
        return content
    written = content.to_plotly_json()  # type: ignore[no-untyped-call]
    props = written["props"]
    if "children" in props:
        props = {**props, "children": _tree(props["children"])}
    return {"type": written["type"], "props": props}


def _is_plain(content: Any) -> bool:
    """Whether nothing in a part of a layout has a life of its own."""
    if isinstance(content, list | tuple):
        return all(map(_is_plain, content))
    if not isinstance(content, Component):
        return True
    return not _is_alive(content) and _is_plain(getattr(content, "children", None))


def _is_alive(content: Component) -> bool:
    # Dash has no public name for the package that draws a component.
    return content._namespace != _ELEMENTS  # noqa: SLF001
