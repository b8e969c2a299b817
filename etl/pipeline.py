"""The way of a figure through the ETL: arrive, be checked, be transformed, be built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from etl import contracts, tables
from etl.inputs import Inputs, read_inputs
from etl.layouts import TABLES, Table
from etl.refusals import Refusal
from etl.transforms import catalog, observations, statements, trade
from warehouse import build as warehouse_build
from warehouse.build import Changes

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


def build(data_dir: Path, url: str, *, swap: bool = True, allow_loss: bool = False) -> Outcome:
    """Make the warehouse at `url` from `data_dir`; with `swap` off, do all but replace it.

    Raises BuildRefusedError when the finished file fails a check.
    """
    inputs = read_inputs(data_dir, [table.files for table in TABLES])
    if swap and warehouse_build.served_build_id(url) == inputs.build_id:
        return Outcome(inputs.build_id)
    frames, refusals = transform(*arrive(inputs))
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


def arrive(inputs: Inputs) -> tuple[Frames, list[Refusal]]:
    """Read every table as text; the refusals are those of files, headers, cells and keys."""
    frames: Frames = {}
    refusals: list[Refusal] = []
    for table in TABLES:
        parts = [_read(table, *file) for file in inputs.matching(table.files)]
        refusals.extend(refusal for part in parts for refusal in part.refusals)
        if not parts:
            refusals.append(_missing_file(table))
        empty = pd.DataFrame(columns=[*table.columns, "file", "row"], dtype="str")
        frames[table.name] = pd.concat([part.frame for part in parts] or [empty], ignore_index=True)
    for table in TABLES:
        refusals.extend(contracts.check(table, frames[table.name]))
        refusals.extend(contracts.check_references(table, frames))
    return frames, refusals


def transform(arrived: Frames, refused: list[Refusal]) -> tuple[Frames, list[Refusal]]:
    """Make the warehouse's tables of the rows that were not refused, and refuse what remains wrong.

    Units, scopes, totals and undecided conflicts can only be judged on cells that are sound, so
    this looks past the rows already refused: one report then holds every fault.
    """
    sound = _without(arrived, refused)
    frames = catalog.catalogue(sound)
    frames["trade_flow"], undecided_flows = trade.flows(sound["trade"], sound["preference"])
    figures, undecided = observations.observations(sound["observation"], sound["preference"])
    partners = trade.group_partners(sound["membership"], frames["trade_flow"])
    group = trade.group_series(frames["trade_flow"], partners)
    frames["group_partner"] = partners
    frames["observation"] = pd.concat([figures, group], ignore_index=True)
    frames["target"] = statements.statements(sound["target"])
    frames["claim"] = statements.statements(sound["claim"])
    return frames, [
        *refused,
        *undecided_flows,
        *undecided,
        *trade.check_totals(sound["trade"]),
        *_check_measures(sound),
    ]


def _check_measures(sound: Frames) -> Iterator[Refusal]:
    yield from observations.check_units(sound["observation"], sound["indicator"])
    for name in ("observation", "target", "claim", "headline"):
        yield from observations.check_scopes(sound[name], sound["scope"], sound["economy"])


def _without(arrived: Frames, refused: list[Refusal]) -> Frames:
    wrong = pd.MultiIndex.from_tuples(
        [(refusal.file, refusal.row) for refusal in refused], names=["file", "row"]
    )
    return {name: _rows_outside(frame, wrong) for name, frame in arrived.items()}


def _rows_outside(frame: pd.DataFrame, wrong: pd.MultiIndex) -> pd.DataFrame:
    places = pd.MultiIndex.from_frame(frame[["file", "row"]])
    return frame[~places.isin(wrong)].reset_index(drop=True)


def _read(table: Table, name: str, content: bytes) -> tables.Arrived:
    read = tables.read_yaml if name.endswith(".yml") else tables.read_csv
    return read(name, content, table.columns)


def _missing_file(table: Table) -> Refusal:
    remedy = f"Add it with the header: {','.join(table.columns)}"
    return Refusal(table.files, 1, "file", "", "is not there", remedy)
