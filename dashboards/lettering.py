"""Words above bars, set so that none stands upon another on a phone's screen either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

NARROW_PX = 270
"""The width of a plot on a phone: what has room there has room everywhere."""

_CHARACTER_PX, _GAP_PX, _LINE_PX = 7.5, 6.0, 17.0
_LINES = 3
"""Words stand on one of so many lines above their bar; what has no room on any is left out."""


class Word(NamedTuple):
    """A text above a bar: its middle from the left and the bar's top from the bottom, in pixels."""

    text: str
    x: float
    y: float

    def meets(self, other: Word) -> bool:
        """Whether two words stand upon one another."""
        room = (len(self.text) + len(other.text)) / 2 * _CHARACTER_PX + _GAP_PX
        return abs(self.x - other.x) < room and abs(self.y - other.y) < _LINE_PX


def lettered(words: Iterable[Word]) -> Iterator[tuple[str, int]]:
    """Set words in their order; each text comes with the lines by which it is raised.

    A word that stands upon an equal one says nothing new and is left out, as is one without room.
    """
    placed: list[Word] = []
    for word in words:
        met = [other for other in placed if word.meets(other)]
        is_said = any(other.text == word.text for other in met)
        raised = (word._replace(y=word.y + line * _LINE_PX) for line in range(_LINES))
        free = (each for each in raised if not any(map(each.meets, placed)))
        found = None if is_said or not word.text else next(free, None)
        if found:
            placed.append(found)
        yield (word.text, round((found.y - word.y) / _LINE_PX)) if found else ("", 0)
