"""The way of a figure through the ETL: arrive, be checked, be transformed, be built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import pandas as pd

from etl import contracts, tables
from etl.inputs import Inputs, read_inputs
from etl.layouts import TABLES, Table
from etl.preferences import Preferences, check_overlaps
from etl.refusals import Refusal
from etl.tables import Arrived
from etl.transforms import catalog, observations, statements, trade
from warehouse import build as warehouse_build
from warehouse.changes import Changes

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Outcome:
    """What became of a build: refused with every fault, unchanged, or built with its changes."""

    build_id: str
    refusals: tuple[Refusal, ...] = ()
    changes: Changes | None = None

    @property
    def is_refused(self) -> bool:
        """Whether any figure was refused; the served warehouse is then untouched."""
        return bool(self.refusals)


@dataclass(frozen=True)
class Arrival:
    """Every table as text, what was refused of it, and which names it is known to hold."""

    frames: Frames
    refusals: tuple[Refusal, ...]
    names: Mapping[str, frozenset[str]]
    """By table, the first column of its key and the words of its unreadable rows.

    A table of a missing or empty file is missing here: nobody can tell what it would have held.
    """

    @cached_property
    def sound(self) -> Frames:
        """The rows of which nothing was refused."""
        wrong = pd.MultiIndex.from_tuples(
            [(refusal.file, refusal.row) for refusal in self.refusals], names=["file", "row"]
        )
        return {name: _rows_outside(frame, wrong) for name, frame in self.frames.items()}


def build(data_dir: Path, url: str, *, swap: bool = True, allow_loss: bool = False) -> Outcome:
    """Make the warehouse at `url` from `data_dir`; with `swap` off, do all but replace it.

    Raises BuildRefusedError when the finished file fails a check, FileNotFoundError without the
    folder, and ValueError for an address that is no SQLite file.
    """
    inputs = read_inputs(data_dir, (table.files.partition("/")[0] for table in TABLES))
    if swap and warehouse_build.served_build_id(url) == inputs.build_id:
        return Outcome(inputs.build_id)
    frames, refusals = transform(arrive(inputs))
    if refusals:
        return Outcome(inputs.build_id, tuple(sorted(refusals)))
    record = {
        "id": inputs.build_id,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "code_version": inputs.code_version,
    }
    changes = warehouse_build.write(
        frames, record, inputs.digests, url, swap=swap, allow_loss=allow_loss
    )
    return Outcome(inputs.build_id, changes=changes)


def arrive(inputs: Inputs) -> Arrival:
    """Read every table as text; the refusals are those of files, headers, cells and keys."""
    frames: Frames = {}
    names: dict[str, frozenset[str]] = {}
    refusals = [_stray_file(name) for name in inputs.outside(table.files for table in TABLES)]
    for table in TABLES:
        files = inputs.matching(table.files)
        parts = [_read(table, *file) for file in files]
        if parts and all(content for _name, content in files):
            words = (part.words for part in parts)
            keys = [part.frame[table.key.split(",")[0]] for part in parts]
            names[table.name] = frozenset().union(*keys, *words)
        parts = parts or [_missing(table)]
        refusals.extend(fault for part in parts for fault in part.refusals)
        frames[table.name] = pd.concat([part.frame for part in parts], ignore_index=True)
    for table in TABLES:
        refusals.extend(contracts.check(table, frames[table.name]))
        refusals.extend(contracts.check_references(table, frames[table.name], names))
    return Arrival(frames, tuple(refusals), names)


def transform(arrival: Arrival) -> tuple[Frames, list[Refusal]]:
    """Make the warehouse's tables of the rows that were not refused, and refuse what remains wrong.

    Units, scopes, totals and undecided conflicts can only be judged on cells that are sound, so
    this looks past the rows already refused: one report then holds every fault, each once.
    """
    sound = arrival.sound
    preferences = _preferences(arrival)
    frames = catalog.catalogue(sound)
    frames["trade_flow"], undecided_flows = trade.flows(sound["trade"], preferences)
    figures, undecided = observations.observations(sound["observation"], preferences)
    partners = trade.group_partners(sound["membership"], frames["trade_flow"])
    group = trade.group_series(frames["trade_flow"], partners)
    frames["group_partner"] = partners
    frames["observation"] = pd.concat([figures, group], ignore_index=True)
    frames["target"] = statements.statements(sound["target"])
    frames["claim"] = statements.statements(sound["claim"])
    is_decidable = "preference" in arrival.names
    return frames, [
        *arrival.refusals,
        *([*undecided_flows, *undecided] if is_decidable else []),
        *check_overlaps(preferences.frame),
        *trade.check_totals(sound["trade"]),
        *_check_measures(arrival),
    ]


def _preferences(arrival: Arrival) -> Preferences:
    arrived, sound = arrival.frames["preference"], arrival.sound["preference"]
    refused = arrived[~arrived["row"].isin(sound["row"])]
    unreadable = arrival.names.get("preference", frozenset()) - {*arrived["subject"]}
    return Preferences(sound, unreadable | {*refused["subject"]})


def _check_measures(arrival: Arrival) -> Iterator[Refusal]:
    sound = arrival.sound
    for name in ("observation", "target", "claim"):
        yield from observations.check_units(sound[name], sound["indicator"])
    if not {"scope", "economy"} <= set(arrival.names):
        return
    scopes, codes = arrival.names["scope"], arrival.names["economy"]
    for name in ("observation", "target", "claim", "headline"):
        yield from observations.check_scopes(sound[name], scopes | codes, codes)


def _rows_outside(frame: pd.DataFrame, wrong: pd.MultiIndex) -> pd.DataFrame:
    places = pd.MultiIndex.from_frame(frame[["file", "row"]])
    return frame[~places.isin(wrong)].reset_index(drop=True)


def _read(table: Table, name: str, content: bytes) -> Arrived:
    read = tables.read_yaml if name.endswith(".yml") else tables.read_csv
    return read(name, content, table.columns)


def _missing(table: Table) -> Arrived:
    what = "fields" if table.files.endswith(".yml") else "header"
    remedy = f"Add it with the {what}: {','.join(table.columns)}"
    fault = Refusal(table.files, 1, "file", "", "is not there", remedy)
    return Arrived(tables.empty(table.columns), (fault,))


def _stray_file(name: str) -> Refusal:
    remedy = f"Tables are: {', '.join(table.files for table in TABLES)}."
    return Refusal(name, 1, "file", "", "is read by no table", remedy)
