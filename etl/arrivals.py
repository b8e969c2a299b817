"""Our own tables as they arrive: every one as text, every fault of files, headers, cells and keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from etl import contracts, tables
from etl.inputs import Inputs
from etl.layouts import TABLES
from etl.layouts.table import Table
from etl.refusals import Refusal
from etl.tables import Arrived

Frames = dict[str, pd.DataFrame]


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
    return Arrived(table.columns, (), (fault,))


def _stray_file(name: str) -> Refusal:
    remedy = f"Tables are: {', '.join(table.files for table in TABLES)}."
    return Refusal(name, 1, "file", "", "is read by no table", remedy)
