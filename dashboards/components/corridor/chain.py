"""A way along a route, divided among what was stated of its parts; nothing is added up that overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from warehouse import periods
from warehouse.catalog import Observation, Span
from warehouse.queries.transit import Leg

SECTIONS: Mapping[str, tuple[str, str]] = {
    "aktau-alat": ("aktau", "alat"),
    "altynkol-aktau": ("altynkol", "aktau"),
    "altynkol-poti-batumi": ("altynkol", "poti"),
    "altynkol-constanta": ("altynkol", "constanta"),
    # The plan to cross Kazakhstan is measured on this section too (data/catalog/plans.csv).
    "kazakhstan": ("altynkol", "aktau"),
}
"""What statements are about, as the two nodes they run between; of two alike the first is used.

Statements about other end points, as Xi'an or Absheron, fit no way between nodes and are left out.
"""


@dataclass(frozen=True)
class Stretch:
    """Legs in a row of which one statement speaks, or none does."""

    legs: tuple[Leg, ...]
    statement: Observation | None = None

    @property
    def stops(self) -> tuple[str, ...]:
        """The nodes from the first to the last."""
        return (self.legs[0].from_node, *(leg.to_node for leg in self.legs))


@dataclass(frozen=True)
class Division:
    """A way as stretches, and the statements about it that are not among them.

    `whole` speak of all of the way, `unused` of a part that others cover, or of more than the way.
    """

    stretches: tuple[Stretch, ...]
    whole: tuple[Observation, ...]
    unused: tuple[Observation, ...]

    @property
    def total(self) -> Span | None:
        """The sum of the low and of the high ends, in days; None where a stretch has no statement.

        An end that one statement leaves open is open in the sum.
        """
        spans = [each.statement.span for each in self.stretches if each.statement]
        if not spans or len(spans) < len(self.stretches):
            return None
        return _sum([low for low, _ in spans]), _sum([high for _, high in spans])


def divide(route: Sequence[Leg], way: range, statements: Sequence[Observation]) -> Division:
    """Divide a part of a route among the newest statements: shorter sections first, then as listed.

    `way` are the places of its legs on the route.
    """
    newest = list(_newest(statements))
    spans = {each.scope: _extent(each, route) for each in newest}
    about = [each for each in newest if set(spans[each.scope]) & set(way)]
    used: list[Observation] = []
    taken: set[int] = set()
    for each in sorted(about, key=lambda one: (len(spans[one.scope]), _rank(one))):
        covered = set(spans[each.scope])
        if covered <= set(way) and taken.isdisjoint(covered):
            used.append(each)
            taken |= covered
    left = [each for each in about if each not in used]
    return Division(
        tuple(_stretches(route, way, used, spans)),
        tuple(each for each in left if spans[each.scope] == way),
        tuple(each for each in left if spans[each.scope] != way),
    )


def _newest(statements: Sequence[Observation]) -> Iterator[Observation]:
    """The last thing said of each section; a "before" is not what is said now."""
    now = [each for each in statements if each.scope in SECTIONS and not _is_before(each)]
    for _, same in groupby(sorted(now, key=_rank), key=lambda each: each.scope):
        yield max(same, key=lambda each: periods.parse(each.period))


def _is_before(statement: Observation) -> bool:
    return periods.parse(statement.period).is_open


def _rank(statement: Observation) -> int:
    return list(SECTIONS).index(statement.scope)


def _extent(statement: Observation, route: Sequence[Leg]) -> range:
    """Which legs of a route a statement covers, by their places; none where it is about another."""
    start, end = SECTIONS[statement.scope]
    starts = [leg.from_node for leg in route]
    ends = [leg.to_node for leg in route]
    if start not in starts or end not in ends:
        return range(0)
    return range(starts.index(start), ends.index(end) + 1)


def _stretches(
    route: Sequence[Leg], way: range, used: Sequence[Observation], spans: Mapping[str, range]
) -> Iterator[Stretch]:
    """Gather legs: those of one statement, and those in a row by one mode of which none speaks."""
    spoken = {place: each for each in used for place in spans[each.scope]}

    def gathered(place: int) -> str:
        return spoken[place].scope if place in spoken else f"mode {route[place].mode}"

    for _, group in groupby(way, key=gathered):
        places = list(group)
        yield Stretch(tuple(route[each] for each in places), spoken.get(places[0]))


def _sum(ends: Sequence[float | None]) -> float | None:
    known = [end for end in ends if end is not None]
    return sum(known) if len(known) == len(ends) else None
