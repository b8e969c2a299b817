"""A document: what any format is read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """What a publisher gave: the name of a file or the address of an answer, and its bytes."""

    name: str
    content: bytes
    source: str = ""
    """Whose document it is, where many publish in one form (operators' logs)."""
