"""Adding a publisher's document from a file: named, read, and only then kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl import readings
from etl.formats.document import Document
from etl.readings import Library
from etl.refusals import Refusal
from etl.snapshots import Provenance, Snapshot, Snapshots
from etl.sources.registry import SOURCES
from etl.sources.source import Reading


@dataclass(frozen=True)
class Addition:
    """What became of a file: kept as a snapshot with what it says, or refused with every fault."""

    reading: Reading | None
    refusals: tuple[Refusal, ...]
    snapshot: Snapshot | None = None
    is_new: bool = False


@dataclass(frozen=True)
class Label:
    """What whoever adds a file says of it; an empty text says nothing."""

    kind: str = ""
    source: str = ""
    published: str = ""


def add(path: Path, label: Label, library: Library, store: Snapshots, now: str) -> Addition:
    """Read a file as what it is labelled, or else recognised, to be; keep it if it can be used.

    `now` is the time, ISO 8601 in UTC. A file of which all is refused is not kept: it is still
    where it was. OSError passes through when the file cannot be read or the store not written.
    """
    size = path.stat().st_size
    if size > readings.MOST_BYTES:
        return _refused(path, "file", str(size), "is larger than any document", "Split it.")
    content = path.read_bytes()
    try:
        document = readings.opened(path.name, content, label.source)
    except ValueError as error:
        return _refused(path, "file", "", str(error), "Download it again.")
    kind = label.kind or _kind(document)
    if isinstance(kind, Addition):
        return kind
    reading = library.read(kind, document)
    if reading.refusals and not (reading.is_partial and len(reading.rows)):
        return Addition(reading, reading.refusals)
    record = Provenance(kind, path.name, now, label.published, label.source)
    before = store.latest(kind, path.name)
    snapshot = store.keep(content, record)
    return Addition(reading, reading.refusals, snapshot, before is None or snapshot.id != before.id)


def _kind(document: Document) -> str | Addition:
    kinds = readings.detect(document)
    if len(kinds) == 1:
        return kinds[0]
    forms = f"Say with --as what it is: {', '.join(sorted(SOURCES))}."
    reason = f"may be {' or '.join(kinds)}" if kinds else "is in no form that is known here"
    fault = Refusal(document.name, 1, "file", "", reason, forms)
    return Addition(None, (fault,))


def _refused(path: Path, field: str, value: str, reason: str, remedy: str) -> Addition:
    return Addition(None, (Refusal(path.name, 1, field, value, reason, remedy),))


def forms() -> Mapping[str, str]:
    """What each kind of document is, for whoever asks which there are."""
    return {kind: source.about for kind, source in sorted(SOURCES.items())}
