"""From snapshots to rows: whole documents or none, every fault on record, no byte trusted."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from etl import readings
from etl.formats.document import Document
from etl.readings import Harvest, Library
from etl.snapshots import Provenance, Snapshots
from etl.sources.registry import SOURCES
from tests.etl.plain import PLAIN, document, provenance
from tests.tables import assert_table

pytestmark = pytest.mark.usefixtures("plain")

_SOUND = """
    | partner | value |
    | TUR     | 1.5   |
    | UZB     | 2     |
"""
_HALF = """
    | partner | value |
    | TUR     | 1.5   |
    | UZB     | ?     |
"""


def _harvest(folder: Path, library: Library, *documents: tuple[bytes, Provenance]) -> Harvest:
    store = Snapshots(folder)
    for content, record in documents:
        store.keep(content, record)
    return readings.harvest(Snapshots(folder), library)


def test_a_sound_document_gives_its_rows_with_where_and_when(tmp_path: Path, library: Library):
    """Each row knows its snapshot, the edition of the document, and the day it speaks from."""
    record = provenance("2026-01-05", published="2025-12-24")
    found = _harvest(tmp_path, library, (document(_SOUND, "plain edition=2025"), record))
    (snapshot,) = Snapshots(tmp_path)
    assert_table(
        found.rows["trade"].assign(is_named=found.rows["trade"]["snapshot_id"] == snapshot.id),
        """
        | partner | value | edition | day        | taken                | row | file      | is_named |
        | TUR     | 1.5   | 2025    | 2025-12-24 | 2026-01-05T12:00:00Z | 3   | plain.txt | yes      |
        | UZB     | 2     | 2025    | 2025-12-24 | 2026-01-05T12:00:00Z | 4   | plain.txt | yes      |
        """,
    )
    assert_table(
        found.snapshots,
        """
        | source_id | kind  | name      | published  | day        | rows | rejections |
        | wits      | plain | plain.txt | 2025-12-24 | 2025-12-24 | 2    | 0          |
        """,
    )
    assert found.rejections.empty
    assert found.rows["observation"].empty


def test_a_document_with_a_fault_is_left_out_whole(tmp_path: Path, library: Library):
    """A total with a hole is no total: the record stays, and says what was wrong."""
    found = _harvest(
        tmp_path,
        library,
        (document(_HALF), provenance("2026-01-05")),
        (document(_SOUND), provenance("2026-01-06", "sound.txt")),
    )
    assert set(found.rows["trade"]["file"]) == {"sound.txt"}
    assert_table(
        found.snapshots,
        """
        | name      | rows | rejections |
        | plain.txt | 0    | 1          |
        | sound.txt | 2    | 0          |
        """,
    )
    assert_table(
        found.rejections,
        """
        | number | source_id | file      | row | field | value | reason            | remedy             |
        | 1      | wits      | plain.txt | 4   | value | ?     | is not understood | Ask the publisher. |
        """,
    )


def test_a_document_refused_whole_is_its_kinds_where_that_is_one_source(
    tmp_path: Path, library: Library
):
    """It has no row that names a source; some kinds are called after theirs, others have several."""
    junk = provenance("2026-01-05", "junk.bin")
    found = _harvest(
        tmp_path,
        library,
        (b"junk", replace(junk, kind="kz-bns")),
        (b"junk", replace(junk, kind="wits-json")),
    )
    owners = found.rejections.drop_duplicates("snapshot_id")["source_id"]
    assert (len(owners), list(owners.dropna())) == (2, ["kz-bns"])


def test_a_document_whose_rows_stand_for_themselves_gives_the_sound_ones(
    tmp_path: Path, library: Library
):
    """One shipment's fault is its own."""
    head = "plain partial"
    found = _harvest(tmp_path, library, (document(_HALF, head), provenance("2026-01-05")))
    assert list(found.rows["trade"]["partner"]) == ["TUR"]
    assert list(found.snapshots["rejections"]) == [1]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("| partner | value |\n| XXX | 1 |", (3, "partner", "XXX", "is no known economy")),
        ("| partner | value |\n| TUR | 1,5 |", (3, "value", "1,5", "is not a number")),
        ("| partner | unit |\n| TUR | tonnes |", (3, "unit", "tonnes", "is not known here")),
        ("| source | value |\n| nobody | 1 |", (3, "source", "nobody", "is no known source")),
        ("| period | value |\n| 2024-13 | 1 |", (3, "period", "2024-13", "is not a period")),
    ],
    ids=["economy", "number", "unit", "source", "period"],
)
def test_what_a_source_let_pass_our_contracts_refuse(
    library: Library, text: str, fault: tuple[object, ...]
):
    """Also of a partial document: a fault that its source did not see puts all of it in doubt."""
    for head in ("plain", "plain partial"):
        reading = library.read("plain", Document("x", document(text, head)))
        found = [(r.row, r.field, r.value, r.reason) for r in reading.refusals]
        assert (found, reading.is_partial) == ([fault], False)


def test_two_figures_for_one_question_are_refused(library: Library):
    """A key that returns in one document, whichever number it brings."""
    text = "| partner | value |\n| TUR | 1 |\n| TUR | 2 |"
    (fault,) = library.read("plain", Document("x", document(text))).refusals
    assert (fault.row, fault.reason) == (4, "repeats the key of x, row 3")


def test_what_cannot_be_read_is_a_rejection_and_no_crash(tmp_path: Path, library: Library):
    """Bytes gone or changed, a broken archive, a form that nobody knows any more: each is told."""
    store = Snapshots(tmp_path)
    store.keep(document(_SOUND), provenance("2026-01-01", "gone.txt")).path.unlink()
    store.keep(document(_HALF), provenance("2026-01-02", "cut.txt")).path.write_bytes(b"plain")
    store.keep(gzip.compress(b"plain")[:-5], provenance("2026-01-03", "broken.txt.gz"))
    store.keep(b"x", Provenance("teletext", "page.txt", "2026-01-04T00:00:00Z", source="nobody"))
    found = readings.harvest(Snapshots(tmp_path), library)
    assert found.rows["trade"].empty
    reasons = dict(zip(found.rejections["file"], found.rejections["reason"], strict=True))
    assert sorted(reasons) == ["broken.txt.gz", "cut.txt", "gone.txt", "page.txt"]
    assert "cannot be read" in reasons["gone.txt"]
    assert "is not the bytes that were stored" in reasons["cut.txt"]
    assert "is a broken gzip archive" in reasons["broken.txt.gz"]
    assert reasons["page.txt"] == "is no form that is known here"
    assert list(found.snapshots["source_id"].dropna()) == []


def test_a_gzip_archive_is_read_as_what_is_in_it(tmp_path: Path, library: Library):
    """The document goes by the name without .gz."""
    packed = gzip.compress(document(_SOUND))
    found = _harvest(tmp_path, library, (packed, provenance("2026-01-05", "plain.txt.gz")))
    assert list(found.rows["trade"]["file"]) == ["plain.txt", "plain.txt"]
    assert list(found.snapshots["name"]) == ["plain.txt.gz"]


def test_an_archive_is_unpacked_no_further_than_any_document(monkeypatch: pytest.MonkeyPatch):
    """A thousand bytes may hold a thousand times as many; they are not all made."""
    monkeypatch.setattr(readings, "MOST_BYTES", 1_000)
    assert len(readings.opened("x.gz", gzip.compress(b"0" * 1_000)).content) == 1_000
    with pytest.raises(ValueError, match="unpacks to more than 1000 bytes"):
        readings.opened("x.gz", gzip.compress(b"0" * 1_001))


@pytest.mark.parametrize("cut", [2, 5, 11, -9, -1])
def test_a_broken_archive_is_said_to_be_one(cut: int):
    """Wherever it breaks off."""
    with pytest.raises(ValueError, match="is a broken gzip archive"):
        readings.opened("x.gz", gzip.compress(document(_SOUND))[:cut])


def test_the_form_of_a_document_is_recognised(monkeypatch: pytest.MonkeyPatch):
    """By one source, by none, or by two that must be told apart."""
    given = Document("x", document(_SOUND))
    assert readings.detect(given) == ["plain"]
    assert readings.detect(Document("x", b"")) == []
    monkeypatch.setitem(SOURCES, "copy", replace(PLAIN, kind="copy"))
    assert readings.detect(given) == ["plain", "copy"]


def test_no_snapshots_give_empty_tables_of_the_same_columns(tmp_path: Path, library: Library):
    """What is built without a single document is built the same way."""
    nothing = _harvest(tmp_path, library)
    some = _harvest(tmp_path, library, (document(_SOUND), provenance("2026-01-05")))
    for name in ("trade", "observation"):
        assert nothing.rows[name].empty
    assert set(nothing.rows["trade"].columns) == set(some.rows["trade"].columns)
    assert list(nothing.snapshots.columns) == list(some.snapshots.columns)
