"""Promises that were made again: one story each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from warehouse import periods
from warehouse.catalog import Target
from warehouse.periods import Period


def stories(targets: Sequence[Target]) -> tuple[tuple[Target, ...], ...]:
    """Put targets together with those that restate them, in each story the oldest first.

    A target restated twice, as a capacity and as a volume, stays one story. The stories follow one
    another by their oldest targets; a target whose forerunner is not among `targets` begins its own.
    """
    known = {target.id: target for target in targets}
    lines = sorted((_line(target, known) for target in targets), key=_age)
    found: dict[str, list[Target]] = {}
    for line in lines:
        found.setdefault(line[0].id, []).append(line[-1])
    return tuple(tuple(story) for story in found.values())


def _line(target: Target, known: Mapping[str, Target]) -> list[Target]:
    """The target and what it restates, the first statement first."""
    line = [target]
    while (forerunner := known.get(line[0].restates or "")) and forerunner not in line:
        line.insert(0, forerunner)
    return line


def _age(line: Sequence[Target]) -> tuple[Period, int, str]:
    # "2023" may be any day of it: a target is never older than the one that it restates.
    return max(periods.parse(each.stated_on) for each in line), len(line), line[-1].id
