"""Parts of pages: functions from records and texts to Dash components."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

Content = str | int | float | Component
"""What may stand in a cell or a paragraph."""


def labelled(label: str) -> dict[str, Any]:
    """Name a part for those who cannot see it; Dash takes the attribute only as a keyword."""
    return {"aria-label": label}


def inside() -> dict[str, Any]:
    """Mark a link to a page in the same language: `shell.js` fetches only its data."""
    return {"data-inside": ""}


def outside() -> dict[str, Any]:
    """Mark a link to a source: it opens beside the page and does not tell where it was found."""
    return {"target": "_blank", "rel": "noopener noreferrer external"}
