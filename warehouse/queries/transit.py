"""The corridor: its nodes, its legs, the routes made of them, and what operators measured there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Label, select

from warehouse import periods
from warehouse.catalog import Source, Span, Text
from warehouse.engine import Row, Warehouse
from warehouse.queries.indicators import source_of
from warehouse.schema import indicator, leg, node, observation, route_leg, source

OPERATOR = "operator"
"""The topic of the indicators that are computed from operators' event logs."""

MEASURED = (
    *("indicator_id", "scope", "period", "value", "low", "high", "unit"),
    *("status", "source_id", "vintage", "place"),
)
"""Columns of measured figures; a scope is `from>to` for a way, `node:id` for a stay."""


@dataclass(frozen=True)
class Node:
    """A place where legs meet; degrees are those of WGS 84, as precise as `precision` says."""

    id: str
    economy_code: str
    kind: str
    latitude: float
    longitude: float
    precision: str
    source: Source
    name: Text


@dataclass(frozen=True)
class Leg:
    """A way between two nodes; `length_km` is what a source states, None where none does."""

    id: str
    from_node: str
    to_node: str
    mode: str
    length_km: float | None
    great_circle_km: float
    source: Source | None

    @property
    def span_km(self) -> Span:
        """What can be said of the length: as stated, else at least the great circle.

        A stated length below the great circle is impossible; then the great circle bounds it too.
        """
        if self.length_km is None or self.length_km < self.great_circle_km:
            return self.great_circle_km, None
        return self.length_km, self.length_km


@dataclass(frozen=True)
class Network:
    """Nodes and legs by their ids, and the legs of each route in their order."""

    nodes: Mapping[str, Node]
    legs: Mapping[str, Leg]
    routes: Mapping[str, tuple[Leg, ...]]

    def stops(self, route: str) -> tuple[str, ...]:
        """The nodes of a route from its first to its last."""
        legs = self.routes[route]
        return (legs[0].from_node, *(each.to_node for each in legs))

    def way(self, route: str, start: str, end: str) -> range:
        """The places on a route of the legs from one of its nodes to another.

        Empty where a node is not on the route, or `end` does not come after `start`.
        """
        stops = self.stops(route)
        if start not in stops or end not in stops:
            return range(0)
        return range(stops.index(start), stops.index(end))

    @property
    def modes(self) -> tuple[str, ...]:
        """The modes of transport there are, in the order of the longest route."""
        longest = max(self.routes.values(), key=len, default=())
        others = sorted({each.mode for each in self.legs.values()})
        return tuple(dict.fromkeys([*(each.mode for each in longest), *others]))


def network(warehouse: Warehouse) -> Network:
    """Read the catalogue of the corridor; it is the same on every day."""
    of_node = select(node, *_labelled("source"))
    has_place = node.c.source_id == source.c.id
    nodes = warehouse.rows(of_node.join_from(node, source, has_place).order_by(node.c.id))
    of_leg = select(leg, *_labelled("source"))
    has_source = leg.c.length_source_id == source.c.id
    of_leg = of_leg.join_from(leg, source, has_source, isouter=True)
    legs = warehouse.rows(of_leg.order_by(leg.c.id))
    made = {row["id"]: _leg(row) for row in legs}
    placed = warehouse.rows(select(route_leg).order_by(route_leg.c.route, route_leg.c.sequence))
    routes: dict[str, tuple[Leg, ...]] = {}
    for row in placed:
        routes[row["route"]] = (*routes.get(row["route"], ()), made[row["leg_id"]])
    return Network({row["id"]: _node(row) for row in nodes}, made, routes)


def measured(warehouse: Warehouse, *indicator_ids: str) -> pd.DataFrame:
    """Ask for what operators' logs came to, columns `MEASURED`: by scope, in time, then by source.

    Every operator's newest figures stand beside one another; without ids, all indicators answer.
    """
    columns = [indicator.c.unit if name == "unit" else observation.c[name] for name in MEASURED]
    query = (
        select(*columns)
        .join_from(observation, indicator)
        .where(indicator.c.topic == OPERATOR)
        .where(warehouse.newest(observation))
        .order_by(*observation.primary_key)
    )
    if indicator_ids:
        query = query.where(observation.c.indicator_id.in_(indicator_ids))
    frame = warehouse.frame(query)
    ends = [periods.parse(text).end for text in frame["period"]]
    ordered = frame.assign(end=ends).sort_values(["scope", "end", "source_id", "indicator_id"])
    return ordered.drop(columns="end").reset_index(drop=True)


def places(scope: str) -> Sequence[str]:
    """The nodes that a measured scope is about: both ends of a way, or the one of a stay."""
    return scope.removeprefix("node:").split(">")


def _labelled(prefix: str) -> list[Label[Any]]:
    return [column.label(f"{prefix}.{column.name}") for column in source.columns]


def _node(row: Row) -> Node:
    plain = ("id", "economy_code", "kind", "latitude", "longitude", "precision")
    return Node(
        **{name: row[name] for name in plain},
        source=source_of(row, "source."),
        name=Text.of(row, "name"),
    )


def _leg(row: Row) -> Leg:
    plain = ("id", "from_node", "to_node", "mode", "length_km", "great_circle_km")
    stated = source_of(row, "source.") if row["source.id"] else None
    return Leg(**{name: row[name] for name in plain}, source=stated)
