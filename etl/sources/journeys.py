"""Journeys from scans: what is impossible in their order, legs, stays, sections, end to end.

`scans` are frames of whole numbers: `shipment` and `node` as codes, `departs`, `time` in
microseconds since 1970 in UTC, and `row` of the log. A possible journey alternates: it leaves a
node, arrives at another, leaves that one, and so on. Any other order is refused, since a scan that
is missing or wrong would else join two places between which nothing travelled as it says. Spans are
frames of `shipment`, `from`, `to`, `start` and `length` (microseconds) and `row`, one row each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

TOO_LATE = "stands at {node} more than a year after the scan before it"
NEGATIVE_LEG = "arrives at {node} before it leaves {before}"
NEGATIVE_STAY = "leaves {node} before it arrives there"

_YEAR = 366 * 86_400_000_000
"""Microseconds; a pause beyond it is a mistyped year, not a journey."""

_FAULT = ["shipment", "row", "fault", "node", "before"]
_OUT_OF_ORDER = {
    # Whether the scan before is a departure, whether this one is, whether both are at one node.
    (False, False, True): "arrives at {node} a second time without having left it",
    (False, False, False): "arrives at {node} without having left {before}",
    (False, True, False): "leaves {node} while it stands at {before}",
    (True, True, True): "leaves {node} a second time without having arrived there again",
    (True, True, False): "leaves {node} without having arrived there after it left {before}",
    (True, False, True): "arrives at {node} after it has left there, and was nowhere between",
}


@dataclass(frozen=True)
class Journeys:
    """What the scans of possible journeys measure, as spans.

    `legs` are from one departure to the next arrival, `stays` from an arrival to the departure from
    the same node, `whole` from the first departure to the last arrival, `moving` the same without
    the stays in between. `open` has the departures (`shipment`, `from`, `start`) of shipments that
    had not arrived when the log ends, `is_last` marking the last of each. `returning` are the
    shipments that came back to a node, whose end to end and sections nobody can tell.
    """

    legs: pd.DataFrame
    stays: pd.DataFrame
    whole: pd.DataFrame
    moving: pd.DataFrame
    open: pd.DataFrame
    returning: pd.Index

    def section(self, from_node: int, to_node: int) -> pd.DataFrame:
        """Spans from leaving one node to arriving at another, whatever nodes lay between."""
        left = self.legs[self.legs["from"] == from_node]
        reached = self.legs[self.legs["to"] == to_node]
        reached = reached.assign(end=reached["start"] + reached["length"])
        both = left.merge(reached[["shipment", "end"]], on="shipment")
        spans = both.assign(to=to_node, length=both["end"] - both["start"])
        is_forward = (spans["length"] >= 0) & ~spans["shipment"].isin(self.returning)
        return spans.loc[is_forward, list(self.legs.columns)].reset_index(drop=True)


def in_order(scans: pd.DataFrame) -> pd.DataFrame:
    """The scans by shipment and time, in an order that rests on nothing else.

    Of scans at one moment, those of a node that is only left come first, then those of nodes
    passed through (the arrival first), then those of a node that is only reached.
    """
    ordered = scans.iloc[np.lexsort((scans["time"], scans["shipment"]))].reset_index(drop=True)
    moment = ["shipment", "time"]
    tied = ordered[ordered.duplicated(moment, keep=False)]
    if tied.empty:
        return ordered
    leaving = tied.groupby([*moment, "node"])["departs"].transform("mean")
    rank = pd.Series(0.0, index=ordered.index)
    rank[tied.index] = -leaving
    keys = (ordered["departs"], ordered["node"], rank, ordered["time"], ordered["shipment"])
    return ordered.iloc[np.lexsort(keys)].reset_index(drop=True)


def impossible(ordered: pd.DataFrame) -> pd.DataFrame:
    """The first impossible scan of each shipment: `shipment, row, fault, node, before`.

    `fault` is a sentence with places for the node and the node before it. Where the log's own order
    of rows shows a time that runs backwards, that row is named; else the first in order of time.
    """
    pairs = _pairs(ordered)
    is_possible = np.where(
        pairs["departed"],
        ~pairs["departs"] & ~pairs["is_same"],
        pairs["departs"] & pairs["is_same"],
    )
    is_late = pairs["length"] > _YEAR
    wrong = pairs[~is_possible | is_late]
    cases = zip(wrong["departed"], wrong["departs"], wrong["is_same"], strict=True)
    wrong = wrong.assign(fault=[_OUT_OF_ORDER.get(case, TOO_LATE) for case in cases])
    if wrong.empty:
        return wrong.assign(fault="")[_FAULT]
    suspects = ordered[ordered["shipment"].isin(wrong["shipment"])]
    found = pd.concat([_backward(suspects), wrong])
    return found.drop_duplicates("shipment")[_FAULT]


def _backward(scans: pd.DataFrame) -> pd.DataFrame:
    pairs = _pairs(scans.sort_values(["shipment", "row"]))
    is_earlier = pairs["length"] < 0
    legs = pairs[is_earlier & pairs["departed"] & ~pairs["departs"] & ~pairs["is_same"]]
    stays = pairs[is_earlier & ~pairs["departed"] & pairs["departs"] & pairs["is_same"]]
    both = [legs.assign(fault=NEGATIVE_LEG), stays.assign(fault=NEGATIVE_STAY)]
    return pd.concat(both).sort_values("row")


def _pairs(scans: pd.DataFrame) -> pd.DataFrame:
    """Each scan but a shipment's first, with what the scan before it says."""
    before, here = scans.iloc[:-1].reset_index(drop=True), scans.iloc[1:].reset_index(drop=True)
    pairs = here.assign(
        before=before["node"],
        departed=before["departs"],
        is_same=before["node"] == here["node"],
        start=before["time"],
        length=here["time"] - before["time"],
        first_row=before["row"],
    )
    return pairs[before["shipment"] == here["shipment"]]


def journeys(ordered: pd.DataFrame) -> Journeys:
    """Measure the scans of possible journeys, which are in order."""
    pairs = _pairs(ordered)
    legs, stays = (_spans(pairs[pairs["departed"] == is_leg]) for is_leg in (True, False))
    last = ordered.drop_duplicates("shipment", keep="last")
    under_way = last.loc[last["departs"], "shipment"]
    origins = legs.drop_duplicates("shipment").set_index("shipment")["from"]
    is_return = legs.duplicated(["shipment", "to"]) | (
        legs["to"].to_numpy() == origins.reindex(legs["shipment"]).to_numpy()
    )
    returning = pd.Index(legs.loc[is_return, "shipment"].unique())
    is_arrived = ~legs["shipment"].isin({*under_way, *returning})
    whole, moving = _end_to_end(legs[is_arrived])
    left = ordered[ordered["departs"] & ordered["shipment"].isin(under_way)]
    is_last = left.index.isin(last.index)
    named = left.rename(columns={"node": "from", "time": "start"}).assign(is_last=is_last)
    still = named[["shipment", "from", "start", "is_last"]].reset_index(drop=True)
    return Journeys(legs, stays, whole, moving, still, returning)


def _spans(pairs: pd.DataFrame) -> pd.DataFrame:
    spans = pairs[["shipment", "before", "node", "start", "length", "first_row"]]
    return spans.set_axis(["shipment", "from", "to", "start", "length", "row"], axis=1)


def _end_to_end(legs: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    timed = legs.assign(end=legs["start"] + legs["length"])
    whole = timed.groupby("shipment", as_index=False).agg(
        {
            "from": "first",
            "to": "last",
            "start": "first",
            "end": "last",
            "row": "first",
            "length": "sum",
        }
    )
    moving = whole[list(legs.columns)]
    return moving.assign(length=whole["end"] - whole["start"]), moving


def without(scans: pd.DataFrame, shipments: Iterable[int]) -> pd.DataFrame:
    """The scans of all other shipments."""
    return scans[~scans["shipment"].isin(list(shipments))].reset_index(drop=True)
