"""Raw bytes with their provenance: once for each content, whole or not at all, never half believed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from etl import snapshots
from etl.snapshots import Provenance, SnapshotBrokenError, Snapshots

_BYTES = b"TUR,export,2024,1.5\n"
_DIGEST = hashlib.sha256(_BYTES).hexdigest()


def _taken(time: str, name: str = "trade.csv", **more: str) -> Provenance:
    return Provenance("plain", name, time, **more)


def _files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_bytes_lie_under_their_digest_beside_a_record_of_where_they_came_from(tmp_path: Path):
    """All that is needed to ask the publisher again and to prove the answer the same."""
    record = Provenance(
        "plain", "trade.csv", "2026-11-23T04:05:06Z", "2026-11-01", "wits", {"etag": '"a"'}
    )
    kept = Snapshots(tmp_path).keep(_BYTES, record)
    assert _files(tmp_path) == [f"bytes/{_DIGEST}", f"{kept.id}.json"]
    assert kept.id.startswith("plain/20261123T040506Z-")
    assert (tmp_path / "bytes" / _DIGEST).read_bytes() == _BYTES
    assert json.loads((tmp_path / f"{kept.id}.json").read_bytes()) == {
        "kind": "plain",
        "name": "trade.csv",
        "retrieved_at": "2026-11-23T04:05:06Z",
        "published": "2026-11-01",
        "source": "wits",
        "headers": {"etag": '"a"'},
        "sha256": _DIGEST,
        "size_bytes": len(_BYTES),
    }


def test_what_was_kept_is_found_again(tmp_path: Path):
    """By whoever opens the folder anew, from the oldest to the newest, with the same bytes."""
    store = Snapshots(tmp_path)
    store.keep(b"new", _taken("2026-02-01T00:00:00Z"))
    store.keep(b"old", _taken("2026-01-01T00:00:00Z", "other.csv"))
    found = list(Snapshots(tmp_path))
    assert [one.content() for one in found] == [b"old", b"new"]
    assert [one.provenance.name for one in found] == ["other.csv", "trade.csv"]
    assert Snapshots(tmp_path).latest("plain", "trade.csv") == found[1]
    assert Snapshots(tmp_path).latest("plain", "nothing.csv") is None
    assert list(Snapshots(tmp_path / "nowhere")) == []


def test_the_same_bytes_of_the_same_name_are_kept_once(tmp_path: Path):
    """Asked every day and answered the same, a publisher adds nothing to the store."""
    store = Snapshots(tmp_path)
    first = store.keep(_BYTES, _taken("2026-01-01T00:00:00Z"))
    again = store.keep(_BYTES, _taken("2026-02-01T00:00:00Z"))
    assert again == first
    assert len(_files(tmp_path)) == 2


def test_another_day_of_release_is_news_and_an_unsaid_one_is_not(tmp_path: Path):
    """Whoever adds a file again and says less takes nothing back; who says otherwise corrects it."""
    store = Snapshots(tmp_path)
    first = store.keep(_BYTES, _taken("2026-01-01T00:00:00Z", published="2025-12-24"))
    assert store.keep(_BYTES, _taken("2026-02-01T00:00:00Z")) == first
    mended = store.keep(_BYTES, _taken("2026-02-01T00:00:00Z", published="2025-12-31"))
    assert [one.day for one in Snapshots(tmp_path)] == [first.day, mended.day]


def test_the_same_bytes_under_another_name_are_another_snapshot(tmp_path: Path):
    """Two files of one second that hold the same share their bytes, not their records."""
    store = Snapshots(tmp_path)
    one = store.keep(_BYTES, _taken("2026-01-01T00:00:00Z"))
    two = store.keep(_BYTES, _taken("2026-01-01T00:00:00Z", "copy.csv"))
    assert _files(tmp_path) == sorted([f"bytes/{_DIGEST}", f"{one.id}.json", f"{two.id}.json"])
    assert len(list(Snapshots(tmp_path))) == 2


def test_changed_bytes_are_a_new_snapshot_and_the_old_one_stays(tmp_path: Path):
    """Also when a publisher returns to what it said before."""
    store = Snapshots(tmp_path)
    for day, content in enumerate((b"1", b"2", b"1"), start=1):
        store.keep(content, _taken(f"2026-01-0{day}T00:00:00Z"))
    assert [one.content() for one in Snapshots(tmp_path)] == [b"1", b"2", b"1"]
    assert len(_files(tmp_path)) == 2 + 3


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda path: path.write_bytes(_BYTES[:-1]), "is not the bytes that were stored"),
        (lambda path: path.write_bytes(b"x" + _BYTES[1:]), "is not the bytes that were stored"),
        (lambda path: path.unlink(), "cannot be read: No such file or directory"),
    ],
    ids=["cut short", "changed", "gone"],
)
def test_broken_bytes_are_refused_and_mended_by_keeping_them_again(tmp_path: Path, spoil, why: str):
    """Cut short, changed or gone: nobody parses them, and the same document makes them whole."""
    kept = Snapshots(tmp_path).keep(_BYTES, _taken("2026-01-01T00:00:00Z"))
    spoil(kept.path)
    with pytest.raises(SnapshotBrokenError, match=why):
        kept.content()
    assert not kept.is_sound()
    assert Snapshots(tmp_path).keep(_BYTES, _taken("2026-02-01T00:00:00Z")) == kept
    assert kept.content() == _BYTES


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"kind": "plain", "what": 1}'])
def test_a_record_that_cannot_be_read_is_said_by_name(tmp_path: Path, text: str):
    """It is never passed over: figures would vanish without a word."""
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "20260101-x.json").write_text(text)
    with pytest.raises(SnapshotBrokenError, match=r"20260101-x\.json is no record of a snapshot"):
        list(Snapshots(tmp_path))


def test_a_record_never_comes_before_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whenever the writer stops, a record that can be read has all of its bytes."""
    whole, written = snapshots.write_whole, []

    def stop_before_record(path: Path, content: bytes) -> None:
        written.append(path.suffix)
        if path.suffix == ".json":
            raise OSError("the disk is full")
        whole(path, content)

    monkeypatch.setattr(snapshots, "write_whole", stop_before_record)
    with pytest.raises(OSError, match="full"):
        Snapshots(tmp_path).keep(_BYTES, _taken("2026-01-01T00:00:00Z"))
    assert written == ["", ".json"]
    assert list(Snapshots(tmp_path)) == []
    monkeypatch.undo()
    Snapshots(tmp_path).keep(_BYTES, _taken("2026-01-01T00:00:00Z"))
    assert [one.content() for one in Snapshots(tmp_path)] == [_BYTES]


def test_a_file_that_could_not_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """No half of it, and none of what was written beside it."""

    def fail(_handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        snapshots.write_whole(tmp_path / "folder" / "file", b"x")
    assert _files(tmp_path) == []


def test_the_day_of_a_snapshot_is_its_release_where_that_is_known(tmp_path: Path):
    """Else the day on which it was taken."""
    store = Snapshots(tmp_path)
    taken = store.keep(b"1", _taken("2026-01-02T23:00:00Z"))
    told = store.keep(b"2", _taken("2026-01-02T23:00:00Z", published="2025-12-24"))
    assert (taken.day, told.day) == ("2026-01-02", "2025-12-24")
