"""From a document to rows: which form it is in, what it says, and what in it was refused."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

import pandas as pd

from etl import contracts
from etl.economies import Catalogue
from etl.formats.document import Document
from etl.layouts import named
from etl.refusals import Refusal
from etl.snapshots import Snapshot, SnapshotBrokenError
from etl.sources.registry import SOURCES
from etl.sources.source import Reading
from etl.tables import empty
from etl.transforms import observations

MOST_BYTES = 1_000_000_000
"""No publisher's document comes near; whatever does is an accident or an attack."""

_GZIP = b"\x1f\x8b"

Names = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Library:
    """What documents are read with: the catalogue, and the names that figures may mention."""

    catalogue: Catalogue
    indicators: pd.DataFrame
    names: Names

    def read(self, kind: str, document: Document) -> Reading:
        """Read a document of that kind; the refusals are the source's and those of our contracts."""
        reading = SOURCES[kind].read(document, self.catalogue)
        table = named(reading.table)
        frame = reading.rows.assign(file=document.name)
        faults = [
            *contracts.check_reading(table, frame),
            *contracts.check_references(table, frame, self.names),
            *(self._check_measures(frame) if table.name == "observation" else ()),
        ]
        # What the source refused by name needs no second complaint about the same cell.
        named_already = {(fault.row, fault.field) for fault in reading.refusals}
        more = [fault for fault in faults if (fault.row, fault.field) not in named_already]
        return replace(
            reading,
            rows=frame,
            refusals=(*reading.refusals, *more),
            is_partial=reading.is_partial and not more,
        )

    def _check_measures(self, frame: pd.DataFrame) -> Iterator[Refusal]:
        yield from observations.check_units(frame, self.indicators)
        if {"scope", "economy", "node"} <= set(self.names):
            yield from observations.check_scopes(frame, self.names)


@dataclass(frozen=True)
class Harvest:
    """What all snapshots say: rows by table, and the rows of `snapshot` and `rejection`."""

    rows: Mapping[str, pd.DataFrame]
    snapshots: pd.DataFrame
    rejections: pd.DataFrame


def detect(document: Document) -> list[str]:
    """Name the kinds of source that recognise a document; one, if all is well."""
    return [kind for kind, source in SOURCES.items() if source.recognises(document)]


def opened(name: str, content: bytes, source: str = "") -> Document:
    """Make a document of raw bytes, unpacked if they are gzip.

    Raises ValueError, in a sentence, for a broken archive or one that unpacks beyond `MOST_BYTES`.
    """
    if not content.startswith(_GZIP):
        return Document(name, content, source)
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            plain = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"is a broken gzip archive ({error})") from error
    if len(plain) > MOST_BYTES:
        raise ValueError(f"unpacks to more than {MOST_BYTES} bytes")
    return Document(PurePath(name).name.removesuffix(".gz"), plain, source)


def harvest(snapshots: Iterable[Snapshot], library: Library) -> Harvest:
    """Read every snapshot; one of which anything was refused gives no rows, unless it is partial."""
    parts: dict[str, list[pd.DataFrame]] = {"trade": [], "observation": [], "chapter": []}
    records: list[dict[str, object]] = []
    rejections: list[tuple[object, ...]] = []
    for snapshot in snapshots:
        reading = _read(snapshot, library)
        sound = reading.rows if reading.is_partial or not reading.refusals else reading.rows[:0]
        parts[reading.table].append(_dated(sound, snapshot, reading.edition))
        owner = _owner(reading, snapshot, library)
        records.append({**_record(snapshot, sound, reading), "source_id": owner})
        rejections.extend(
            (snapshot.id, number, owner, *_cells(refusal))
            for number, refusal in enumerate(sorted(reading.refusals), start=1)
        )
    return Harvest(
        {table: _together(table, frames) for table, frames in parts.items()},
        pd.DataFrame(records, columns=_RECORD),
        pd.DataFrame(rejections, columns=_REJECTION),
    )


_RECORD = [
    *("id", "source_id", "kind", "name", "retrieved_at", "published", "sha256", "size_bytes"),
    *("headers", "rows", "rejections", "passed_over", "day"),
]
_REJECTION = [
    *("snapshot_id", "number", "source_id"),
    *("file", "row", "field", "value", "reason", "remedy"),
]


def _read(snapshot: Snapshot, library: Library) -> Reading:
    record = snapshot.provenance
    try:
        document = opened(record.name, snapshot.content(), record.source)
    except (SnapshotBrokenError, ValueError) as error:
        return _unread(record.name, "file", "", str(error))
    if record.kind not in SOURCES:
        return _unread(record.name, "kind", record.kind, "is no form that is known here")
    return library.read(record.kind, document)


def _unread(name: str, field: str, value: str, reason: str) -> Reading:
    fault = Refusal(name, 1, field, value, reason, "Fetch or add it again.")
    return Reading("trade", _no_rows("trade"), (fault,))


def _dated(rows: pd.DataFrame, snapshot: Snapshot, edition: str) -> pd.DataFrame:
    record = snapshot.provenance
    return rows.assign(
        snapshot_id=snapshot.id,
        edition=edition,
        taken=record.retrieved_at,
        day=snapshot.day,
    )


def _owner(reading: Reading, snapshot: Snapshot, library: Library) -> str | None:
    """Whose document it is; nobody's if the catalogue has no source of that name.

    One that is refused whole names nobody: some kinds are called after the only source they have.
    """
    record = snapshot.provenance
    name = next(iter(reading.rows["source"]), record.source or record.kind)
    return name if name in library.names.get("source", ()) else None


def _record(snapshot: Snapshot, sound: pd.DataFrame, reading: Reading) -> dict[str, object]:
    record = snapshot.provenance
    return {
        "id": snapshot.id,
        "kind": record.kind,
        "name": record.name,
        "retrieved_at": record.retrieved_at,
        "published": record.published or None,
        "sha256": record.sha256,
        "size_bytes": record.size_bytes,
        "headers": json.dumps(dict(record.headers), sort_keys=True),
        "rows": len(sound),
        "rejections": len(reading.refusals),
        "passed_over": " ".join(reading.passed_over) or None,
        "day": snapshot.day,
    }


def _cells(refusal: Refusal) -> tuple[object, ...]:
    return (
        *(refusal.file, refusal.row, refusal.field),
        *(refusal.value, refusal.reason, refusal.remedy),
    )


def _together(table: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    if not frames:
        marks = dict.fromkeys(("snapshot_id", "edition", "taken", "day"), "")
        return _no_rows(table).assign(**marks)
    return pd.concat(frames, ignore_index=True)


def _no_rows(table: str) -> pd.DataFrame:
    return empty([column for column in named(table).columns if column != "vintage"])
