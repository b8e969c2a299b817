"""The way of a figure through the ETL: arrive, be checked, be transformed, be built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd

from etl import readings
from etl.arrivals import Arrival, Frames, arrive
from etl.economies import Catalogue
from etl.inputs import read_inputs
from etl.layouts import named
from etl.preferences import Preferences, check_overlaps
from etl.readings import Harvest
from etl.refusals import Refusal, rows
from etl.snapshots import Snapshot
from etl.transforms import (
    catalog,
    chapters,
    observations,
    projection,
    statements,
    trade,
    two_sided,
    vintages,
)
from warehouse import build as warehouse_build
from warehouse.changes import Changes

MEASURED = "operator"
"""The topic of what operators measure, each on its own journeys."""


@dataclass(frozen=True)
class Outcome:
    """What became of a build: refused with every fault, unchanged, or built with its changes."""

    build_id: str
    refusals: tuple[Refusal, ...] = ()
    changes: Changes | None = None
    rejected: tuple[Refusal, ...] = ()
    """What of the snapshots was left out; the rest is served."""

    @property
    def is_refused(self) -> bool:
        """Whether any figure was refused; the served warehouse is then untouched."""
        return bool(self.refusals)


def build(
    data_dir: Path, url: str, *, swap: bool = True, allow_loss: bool = False, asof: str = ""
) -> Outcome:
    """Make the warehouse at `url` from `data_dir`; with `swap` off, do all but replace it.

    With `asof`, a day, it is made of what was known on that day, which may be far less than what
    is served. Raises BuildRefusedError when the finished build fails a check, FileNotFoundError
    without the folder, SnapshotBrokenError for a broken record, WarehouseAddressError for an address
    of anything else, and WarehouseUnreadableError where a database does not answer.
    """
    inputs = read_inputs(data_dir, asof)
    if swap and warehouse_build.served_build_id(url) == inputs.build_id:
        return Outcome(inputs.build_id)
    frames, refusals = transform(arrive(inputs), inputs.snapshots, asof)
    if refusals:
        return Outcome(inputs.build_id, tuple(sorted(refusals)))
    record = {
        "id": inputs.build_id,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "code_version": inputs.code_version,
    }
    may_lose = allow_loss or bool(asof)
    changes = warehouse_build.write(
        frames, record, inputs.digests, url, swap=swap, allow_loss=may_lose
    )
    return Outcome(inputs.build_id, changes=changes, rejected=_rejected(frames["rejection"]))


def library(data_dir: Path) -> readings.Library:
    """Make what documents are read with of the tables in `data_dir`.

    Raises FileNotFoundError where that folder does not exist.
    """
    return _library(arrive(read_inputs(data_dir)))


def transform(
    arrival: Arrival, snapshots: Iterable[Snapshot] = (), asof: str = ""
) -> tuple[Frames, list[Refusal]]:
    """Make the warehouse's tables of the rows that were not refused, and refuse what remains wrong.

    Units, scopes, totals and undecided conflicts can only be judged on cells that are sound, so
    this looks past the rows already refused: one report then holds every fault, each once.
    """
    sound = arrival.sound
    preferences = _preferences(arrival)
    harvest = readings.harvest(snapshots, _library(arrival))
    known, contradicted = _known(sound, harvest, asof)
    frames = catalog.catalogue(sound)
    frames["snapshot"], frames["rejection"] = known["snapshot"], known["rejection"]
    frames["trade_flow"], undecided_flows = trade.flows(known["trade"], preferences)
    frames["chapter_flow"] = chapters.flows(known["chapter"])
    indicators = frames["indicator"]
    measured = set(indicators.loc[indicators["topic"] == MEASURED, "id"])
    figures, undecided = observations.observations(known["observation"], preferences, measured)
    partners = trade.group_partners(sound["membership"], frames["trade_flow"])
    group = trade.group_series(frames["trade_flow"], partners)
    frames["group_partner"] = partners
    economies = set(sound["membership"]["economy"])
    sides = two_sided.two_sided(frames["trade_flow"], economies)
    frames["two_sided"], frames["reliability"] = sides
    frames["observation"] = pd.concat([figures, group], ignore_index=True)
    for name in ("target", "claim"):
        frames[name] = statements.statements(sound[name], asof)
    statements.forget_unknown(frames)
    frames |= projection.projections(frames)
    # A past day may not have known the source that settles a conflict; nobody speaks there then.
    is_decidable = "preference" in arrival.names and not asof
    return frames, [
        *arrival.refusals,
        *([*undecided_flows, *undecided] if is_decidable else []),
        *contradicted,
        *check_overlaps(preferences.frame),
        *trade.check_totals(sound["trade"]),
        *_check_measures(arrival),
    ]


def _known(sound: Frames, harvest: Harvest, asof: str) -> tuple[Frames, list[Refusal]]:
    """The figures of our own tables and of snapshots with their vintages, as known by `asof`.

    With them the records of the snapshots and what was rejected of these.
    """
    frames: Frames = {}
    refusals: list[Refusal] = []
    for name in ("trade", "observation"):
        key, read = _read_from(harvest, name, sound["vintage"])
        written = vintages.own(sound[name], sound["vintage"])
        frames[name], contradicted = vintages.joined(written, read, key)
        refusals.extend(contradicted)
    _key, frames["chapter"] = _read_from(harvest, "chapter", sound["vintage"])
    taken = vintages.of_records(harvest.snapshots, [*frames.values()])
    frames["snapshot"] = taken
    since = taken.set_index("id")["known_since"]
    rejected = harvest.rejections
    known_since = rejected["snapshot_id"].map(since).astype("str")
    frames["rejection"] = rejected.assign(known_since=known_since)
    if asof:
        frames = {name: frame[frame["known_since"] <= asof] for name, frame in frames.items()}
    return {name: frame.reset_index(drop=True) for name, frame in frames.items()}, refusals


def _read_from(
    harvest: Harvest, name: str, releases: pd.DataFrame
) -> tuple[list[str], pd.DataFrame]:
    """The key of a table but the vintage, and what snapshots hold of it."""
    key = [column for column in named(name).key.split(",") if column != "vintage"]
    return key, vintages.of_snapshots(harvest.rows[name], key, releases)


def _library(arrival: Arrival) -> readings.Library:
    sound = arrival.sound
    targets = sound["target"].set_index("id")
    planned = targets["value"].where(targets["value"] != "", targets["high"])
    plan_days = {
        (row["from_node"], row["to_node"]): Decimal(planned[row["target"]])
        for row in rows(sound["plan"])
        if row["target"] in planned.index and targets["unit"][row["target"]] == "days"
    }
    economies, groups = [*rows(sound["economy"])], [*rows(sound["group"])]
    catalogue = Catalogue(economies, groups, frozenset(sound["node"]["id"]), plan_days)
    return readings.Library(catalogue, sound["indicator"], arrival.names)


def _rejected(rejections: pd.DataFrame) -> tuple[Refusal, ...]:
    cells = ["file", "row", "field", "value", "reason", "remedy"]
    return tuple(Refusal(*(row[cell] for cell in cells)) for row in rows(rejections))


def _preferences(arrival: Arrival) -> Preferences:
    arrived, sound = arrival.frames["preference"], arrival.sound["preference"]
    refused = arrived[~arrived["row"].isin(sound["row"])]
    unreadable = arrival.names.get("preference", frozenset()) - {*arrived["subject"]}
    return Preferences(sound, unreadable | {*refused["subject"]})


def _check_measures(arrival: Arrival) -> Iterator[Refusal]:
    sound = arrival.sound
    for name in ("observation", "target", "claim"):
        yield from observations.check_units(sound[name], sound["indicator"])
    if not {"scope", "economy", "node"} <= set(arrival.names):
        return
    for name in ("observation", "target", "claim", "headline"):
        yield from observations.check_scopes(sound[name], arrival.names)
