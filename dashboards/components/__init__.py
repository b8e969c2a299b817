"""Parts of pages: functions from records and texts to Dash components."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

Content = str | int | float | Component
"""What may stand in a cell or a paragraph."""


class Bare(Component):
    """A component that no package describes; a kind of it names itself and where a browser finds it."""

    def __init__(self, **attributes: Any) -> None:
        """Take attributes in the spelling of React, whichever they are."""
        self._prop_names = [*attributes]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = [*attributes]
        self.available_wildcard_properties: list[str] = []
        super().__init__(**attributes)  # type: ignore[no-untyped-call]


class Field(Bare):
    """An `input` of the browser's own, which `dash.html` lacks."""

    _namespace = "dash_html_components"
    _type = "Input"


def labelled(label: str) -> dict[str, Any]:
    """Name a part for those who cannot see it; Dash takes the attribute only as a keyword."""
    return {"aria-label": label}


def inside() -> dict[str, Any]:
    """Mark a link to a page in the same language, which `views.js` puts in place of this one."""
    return {"data-inside": ""}


def outside() -> dict[str, Any]:
    """Mark a link to a source: it opens beside the page and does not tell where it was found."""
    return {"target": "_blank", "rel": "noopener noreferrer external"}
