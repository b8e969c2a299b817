"""How large letters may be so that a text fits a box: estimated from the widths of Arial's letters."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

_NARROW = frozenset("iljtfrIІі.,:;'’|!()[] ’·-1/")
_WIDE = frozenset("mwMWшщжмюфыЖШЩЮМФЫҢQOОДЮ%@—…")
_EM = {"narrow": 0.31, "wide": 0.84, "capital": 0.7, "other": 0.56}
"""Widths in ems, each a little generous, so that no substitute of the font is wider."""
LINE = 1.2
"""The height of a line, in ems."""


def width_pt(text: str, size_pt: float, *, bold: bool = False) -> float:
    """How wide a line of text is, in points."""
    ems = sum(_EM[_kind(letter)] for letter in text)
    return ems * size_pt * (1.07 if bold else 1.0)


def lines(text: str, size_pt: float, room_pt: float, *, bold: bool = False) -> int:
    """How many lines a text takes, broken between words; a word wider than the room is broken too."""
    taken, rest = 1, room_pt
    for word in text.split(" "):
        wide = width_pt(word + " ", size_pt, bold=bold)
        if wide > rest and rest < room_pt:
            taken, rest = taken + 1, room_pt
        if wide > room_pt:
            taken += ceil(wide / room_pt) - 1
            rest = 0
        else:
            rest -= wide
    return taken


def height_pt(text: str, size_pt: float, room_pt: float, *, bold: bool = False) -> float:
    """How high a text of several paragraphs stands in a box of some width, in points."""
    paragraphs = text.split("\n")
    return sum(lines(each, size_pt, room_pt, bold=bold) for each in paragraphs) * size_pt * LINE


def largest(
    sizes: Iterable[float], text: str, box_pt: tuple[float, float], *, bold: bool = False
) -> float:
    """The first size, from the largest, at which a text fits a box; the last where none does."""
    size = 0.0
    for size in sizes:
        if height_pt(text, size, box_pt[0], bold=bold) <= box_pt[1]:
            return size
    return size


def _kind(letter: str) -> str:
    if letter in _NARROW:
        return "narrow"
    if letter in _WIDE:
        return "wide"
    return "capital" if letter.isupper() else "other"
