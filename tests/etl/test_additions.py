"""Adding a file: named by whoever adds it or recognised, read, and kept only if it can be used."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from etl import additions, readings
from etl.additions import Addition, Label
from etl.readings import Library
from etl.snapshots import Snapshots
from etl.sources.registry import SOURCES
from tests.etl.plain import PLAIN, document

pytestmark = pytest.mark.usefixtures("plain")

_NOON = "2026-11-23T12:00:00Z"
_SOUND = document("| partner | value |\n| TUR | 1.5 |\n| UZB | 2 |")
_HALF = "| partner | value |\n| TUR | 1.5 |\n| UZB | ? |"
_ALL_WRONG = "| partner | value |\n| TUR | ? |\n| UZB | ? |"


class Desk:
    """Where files are added: a folder for them, a store, and what they are read with."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder, self.library = folder, library

    def add(self, content: bytes, name: str = "x.txt", now: str = _NOON, **label: str) -> Addition:
        path = self.folder / name
        path.write_bytes(content)
        store = Snapshots(self.folder / "snapshots")
        return additions.add(path, Label(**label), self.library, store, now)

    def kept(self) -> list[bytes]:
        return [snapshot.content() for snapshot in Snapshots(self.folder / "snapshots")]


@pytest.fixture
def desk(tmp_path: Path, library: Library) -> Desk:
    """An empty store."""
    return Desk(tmp_path, library)


def _fault(added: Addition) -> tuple[str, str, str]:
    (refusal,) = added.refusals
    return refusal.file, refusal.field, refusal.reason


def test_a_sound_file_is_recognised_read_and_kept(desk: Desk):
    """With its name, the time, and what was said of it."""
    added = desk.add(_SOUND, published="2026-11-01")
    assert (added.refusals, added.is_new) == ((), True)
    assert added.reading is not None
    assert list(added.reading.rows["value"]) == ["1.5", "2"]
    assert added.snapshot is not None
    record = added.snapshot.provenance
    assert (record.kind, record.name, record.retrieved_at, record.published) == (
        *("plain", "x.txt"),
        *(_NOON, "2026-11-01"),
    )
    assert desk.kept() == [_SOUND]


def test_the_same_file_again_is_kept_once(desk: Desk):
    """Whoever adds it is told that it was there; a changed one is new."""
    first = desk.add(_SOUND)
    again = desk.add(_SOUND, now="2026-11-24T12:00:00Z")
    assert (again.snapshot, again.is_new) == (first.snapshot, False)
    changed = desk.add(_SOUND.replace(b"1.5", b"1.6"), now="2026-11-25T12:00:00Z")
    assert changed.is_new
    assert len(desk.kept()) == 2


def test_a_file_with_a_fault_is_refused_whole_and_not_kept(desk: Desk):
    """All its faults are told; the file is still where it was."""
    added = desk.add(document(_ALL_WRONG))
    assert [(fault.row, fault.value) for fault in added.refusals] == [(3, "?"), (4, "?")]
    assert (added.snapshot, added.is_new, desk.kept()) == (None, False, [])


def test_a_file_whose_rows_stand_for_themselves_is_kept_with_its_faults(desk: Desk):
    """Unless none of its rows is sound."""
    added = desk.add(document(_HALF, "plain partial"))
    assert [fault.row for fault in added.refusals] == [4]
    assert added.snapshot is not None
    assert added.is_new
    assert desk.add(document(_ALL_WRONG, "plain partial"), "y.txt").snapshot is None
    assert len(desk.kept()) == 1


def test_a_file_of_no_known_form_is_refused_with_the_list_of_forms(desk: Desk):
    """Text, nothing at all, and a zip where a workbook was hoped for."""
    for content in (b"", b"hello", b"PK\x03\x04", b"\x00" * 100, b"\xff\xfe"):
        added = desk.add(content)
        assert _fault(added) == ("x.txt", "file", "is in no form that is known here")
        assert "plain" in added.refusals[0].remedy
        assert "kz-bns" in added.refusals[0].remedy
    assert desk.kept() == []


def test_a_file_that_may_be_two_things_waits_to_be_told_apart(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    """Whoever adds it says which; nothing is guessed."""
    monkeypatch.setitem(SOURCES, "copy", replace(PLAIN, kind="copy"))
    assert _fault(desk.add(_SOUND)) == ("x.txt", "file", "may be plain or copy")
    added = desk.add(_SOUND, kind="copy")
    assert added.snapshot is not None
    assert added.snapshot.provenance.kind == "copy"


def test_a_file_is_read_as_what_it_is_said_to_be(desk: Desk):
    """Though it be nothing of the kind: then its faults are told, and it is not kept."""
    assert [fault.reason for fault in desk.add(b"hello", kind="plain").refusals] == ["is cut off"]
    for kind in sorted(SOURCES):
        added = desk.add(b"\x00hello", kind=kind)
        assert added.refusals
        assert added.snapshot is None
    assert desk.kept() == []


def test_a_gzip_archive_is_kept_as_it_came(desk: Desk):
    """Read unpacked, stored packed: the bytes are the publisher's."""
    packed = gzip.compress(_SOUND)
    added = desk.add(packed, "x.txt.gz")
    assert (added.refusals, desk.kept()) == ((), [packed])
    broken = desk.add(packed[:-9], "y.txt.gz")
    assert broken.refusals[0].reason.startswith("is a broken gzip archive")


def test_no_file_is_larger_than_any_document(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    """It is refused by its size, before a byte of it is read; so is what would unpack to more."""
    monkeypatch.setattr(readings, "MOST_BYTES", 200)
    assert _fault(desk.add(b"x" * 201)) == ("x.txt", "file", "is larger than any document")
    bomb = gzip.compress(b"plain" + b"0" * 10_000)
    assert len(bomb) < 200
    assert _fault(desk.add(bomb, "x.gz")) == ("x.gz", "file", "unpacks to more than 200 bytes")
    assert desk.kept() == []


def test_a_file_that_is_not_there_is_said_so(desk: Desk):
    """By the error of the system, which names it."""
    with pytest.raises(FileNotFoundError, match=r"nothing\.txt"):
        additions.add(
            desk.folder / "nothing.txt",
            Label(),
            desk.library,
            Snapshots(desk.folder / "snapshots"),
            _NOON,
        )


def test_every_form_says_what_it_is():
    """For whoever asks which there are."""
    forms = additions.forms()
    assert list(forms) == sorted(SOURCES)
    assert all(forms.values())
