"""Spoilt documents end to end: the right rows or refusals by name, never a traceback or a wrong row."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import sqlite3
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest
from openpyxl.utils import column_index_from_string

from etl import additions, pipeline, readings
from etl.additions import Label
from etl.formats.document import Document
from etl.formats.workbook import opened
from etl.readings import Library
from etl.refusals import Refusal
from etl.snapshots import Provenance, Snapshots
from etl.sources.chapter_flows import CHAPTER_FLOWS
from etl.sources.registry import SOURCES
from etl.sources.source import Reading
from etl.units import convert
from tests.data_folder import DataFolder, run_etl
from tests.etl.mutations import FEWER, PRINTED, REFUSED, SAME, Mutant, as_csv, mutants
from tests.etl.papers import FILES, Paper, paper

pytestmark = pytest.mark.slow

_NOON = "2026-11-23T12:00:00Z"
_CLOSE = {"kz-bns": Decimal("0.2"), "kg-nsc": Decimal("1e-6")}
"""How far figures of a workbook may stray: by the roundings of its controls, or the last digit of a
float written anew."""

Row = dict[str, str]
Lines = list[list[str]]


@pytest.fixture(params=FILES)
def given(request: pytest.FixtureRequest, real_data: Path) -> Paper:
    """A document of every kind."""
    return paper(request.param, real_data)


def test_mutants_give_the_right_rows_or_refusals_by_name(
    given: Paper, library: Library, tmp_path: Path
):
    """Half of them said to be what they are, half to be recognised; nothing wrong is kept."""
    judge = Judge(given, library)
    assert judge.right
    wrong = []
    for number, mutant in enumerate(mutants(given)):
        path = tmp_path / given.name
        path.write_bytes(mutant.content)
        store = Snapshots(tmp_path / str(number))
        added = additions.add(path, Label(given.kind if number % 2 else ""), library, store, _NOON)
        assert all(map(_is_told, added.refusals)), mutant.what
        if added.snapshot is None:
            assert added.refusals, mutant.what
            assert not [*store]
            continue
        assert added.snapshot.content() == mutant.content
        assert not added.refusals or added.reading.is_partial
        wrong += [f"{mutant.what}: {what}" for what in judge.wrong(mutant, added.reading.rows)]
    assert wrong == []


def _is_told(refusal: Refusal) -> bool:
    """Whether there is a place, a reason and a remedy, in one line that a terminal can show."""
    words = refusal.file and refusal.field and refusal.reason.strip() and refusal.remedy.strip()
    return (
        bool(words)
        and refusal.row >= 1
        and len(str(refusal).splitlines()) == 1
        and len(str(refusal)) < 600
    )


def test_there_are_more_than_three_hundred(real_data: Path):
    """Of every kind that is read, and of each at least thirty; sums of bulk data are spoilt beside them."""
    counts = Counter(name for name in FILES for _ in mutants(paper(name, real_data)))
    assert {name.partition(" ")[0] for name in counts} == {*SOURCES} - {CHAPTER_FLOWS.kind}
    assert min(counts.values()) >= 30
    assert counts.total() >= 300


@pytest.mark.parametrize("number", [1, 8, 26])
def test_mutants_already_kept_are_built_or_rejected(
    number: int, small: DataFolder, served: Path, library: Library, real_data: Path
):
    """However they came into the store: the warehouse has the figures of the reading and no others."""
    for file in ("trade/kz-bns", "trade/kg-nsc", "trade/uz-stat", "trade/wits", *_SPOKEN):
        small.keep(f"figures/{file}.csv", lambda row: False)
    store, expected = Snapshots(small.path / "snapshots"), {}
    for name in FILES:
        given = paper(name, real_data)
        mutant = list(islice(mutants(given), number + 1))[number]
        snapshot = store.keep(mutant.content, Provenance(given.kind, given.name, _NOON))
        expected[snapshot.id] = _sum(mutant, library)
    outcome = pipeline.build(small.path, f"sqlite:///{served}")
    assert outcome.refusals == ()
    assert all(map(_is_told, outcome.rejected))
    assert _sums(served) == {name: figures for name, figures in expected.items() if figures[0]}


_SPOKEN = ("observations/digital", "observations/context")
_SUMS = """
    SELECT snapshot_id, COUNT(*), SUM(amount) FROM (
        SELECT snapshot_id, value_usd AS amount FROM trade_flow
        UNION ALL SELECT snapshot_id, value FROM observation)
    WHERE snapshot_id IS NOT NULL GROUP BY snapshot_id
"""


def _sum(mutant: Mutant, library: Library) -> tuple[int, object]:
    """How many figures are read in a mutant, and what they add up to as the warehouse keeps them."""
    paper = mutant.paper
    try:
        document = readings.opened(paper.name, mutant.content)
    except ValueError:
        return 0, None
    reading = library.read(paper.kind, document)
    if reading.refusals and not reading.is_partial:
        return 0, None
    rows = reading.rows
    if "flow" in rows:
        rows = rows[rows["flow"] != "turnover"]
    amounts = zip(rows["value"], rows["unit"], strict=True)
    return len(rows), pytest.approx(sum(convert(*cells) for cells in amounts if cells[0]))


def _sums(served: Path) -> dict[str, tuple[int, float]]:
    with closing(sqlite3.connect(served)) as connection:
        return {name: (count, total) for name, count, total in connection.execute(_SUMS)}


def test_the_command_names_the_faults_of_each(small: DataFolder, tmp_path: Path, real_data: Path):
    """Exit 1 and a line for each fault, for files that are no tables, folders and absent files too."""
    files = []
    for number, name in enumerate(("kz-bns", "kg-nsc", "uz-stat", "imts-csv", "wits-json")):
        given = paper(name, real_data)
        refused = [mutant for mutant in mutants(given) if mutant.may_be == REFUSED]
        files.append(tmp_path / f"{number}{given.name}")
        files[-1].write_bytes(refused[number % len(refused)].content)
    several = run_etl("add", *files, "--data", small.path)
    assert (several.returncode, "Traceback" in several.stderr) == (1, False)
    assert all(f"{file.name}: refused" in several.stderr for file in files)
    for path in (*files[:2], tmp_path / "no.csv", small.path, *_renamed(tmp_path, real_data)):
        one = run_etl("add", path, "--data", small.path)
        assert one.returncode == (2 if path == small.path else 1)
        assert "Traceback" not in one.stderr
        assert path.name in one.stderr
    assert not [*Snapshots(small.path / "snapshots")]


def _renamed(folder: Path, real_data: Path) -> Iterator[Path]:
    """A zip as .xls, a table as .xlsx."""
    for name, table in (("uz-stat", "renamed.xlsx"), ("imts-csv", "zipped.xls")):
        content = paper(name, real_data).content
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(name, content)
        path = folder / table
        path.write_bytes(packed.getvalue() if path.suffix == ".xls" else content)
        yield path


def test_a_line_of_two_gigabytes_is_refused_unread(library: Library, tmp_path: Path):
    """By the size of the file alone."""
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    added = additions.add(path, Label(), library, Snapshots(tmp_path / "store"), _NOON)
    assert [fault.reason for fault in added.refusals] == ["is larger than any document"]


@pytest.mark.parametrize(
    "kind", ["", "uz-stat", "comtrade-csv", "shipments", "kz-bns", "wits-json"]
)
def test_a_line_of_a_hundred_megabytes_is_refused(kind: str, library: Library, tmp_path: Path):
    """It is read, and nothing of it: one fault, in a second or two."""
    path = tmp_path / "1105.csv"
    path.write_bytes(b"Code,Klassifikator,Klassifikator_ru,Klassifikator_en,2010" * 1_750_000)
    since = time.process_time()
    added = additions.add(path, Label(kind), library, Snapshots(tmp_path / "store"), _NOON)
    assert time.process_time() - since < 10
    assert added.snapshot is None
    assert added.refusals
    assert all(map(_is_told, added.refusals))


def test_what_unpacks_without_end_is_refused(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As gzip, and as the sheet of a workbook."""
    monkeypatch.setattr(readings, "MOST_BYTES", 50 << 20)
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (300 << 20))
    bombs = {"table.csv.gz": gzip.compress(b"0" * (1 << 20)) * 60, "table.xlsx": sheet.getvalue()}
    for name, content in bombs.items():
        path = tmp_path / name
        path.write_bytes(content)
        for kind in ("kz-bns", ""):
            added = additions.add(path, Label(kind), library, Snapshots(tmp_path / "store"), _NOON)
            assert added.snapshot is None
            assert added.refusals
            assert all(map(_is_told, added.refusals))


class Judge:
    """What a paper says, and whether what was read in a mutant of it may be."""

    def __init__(self, given: Paper, library: Library) -> None:
        self.given, self.library = given, library
        self.digits = 12 if given.edge > 1 else 40
        self.right = self._rows(self._read(given.content).rows)

    def wrong(self, mutant: Mutant, found: pd.DataFrame) -> list[str]:
        """What of the rows may not be."""
        removed, added = _apart(self.right, self._rows(found))
        if mutant.paper.kind == "shipments" and mutant.may_be != REFUSED:
            return self._unlike_the_sound_shipments(mutant, found)
        if mutant.may_be == REFUSED:
            return ["was not refused"]
        if mutant.may_be == SAME:
            return [] if self._is_close(removed, added) else [f"{removed[:2]} became {added[:2]}"]
        if mutant.may_be == FEWER:
            return [f"{row} is new" for row in added[:3]]
        if mutant.may_be == PRINTED:
            printed = _in_sheet if self.given.edge > 1 else self._in_table
            lines = _cells(mutant)
            rows = found.to_dict("records")
            return [f"{row} is not printed" for row in rows if not printed(row, lines)][:3]
        return [
            f"{mutant.said!r} does not say {row}"
            for row in added
            if not any(self._explains(mutant.said, before, row) for before in removed)
        ][:3]

    def _rows(self, frame: pd.DataFrame) -> list[Row]:
        """Rows without their places; a float of a workbook written anew may lose its last digits."""
        value = [f"{Decimal(cell or 0).normalize():.{self.digits}g}" for cell in frame["value"]]
        kept = frame.drop(columns=["place", "note", "row", "file"]).assign(value=value)
        return kept.to_dict("records")

    def _is_close(self, removed: list[Row], added: list[Row]) -> bool:
        slack = _CLOSE.get(self.given.kind, Decimal(0))
        before, after = ({_key(row): row["value"] for row in rows} for rows in (removed, added))
        return before.keys() == after.keys() and all(
            abs(Decimal(before[key]) - Decimal(after[key])) < slack for key in before
        )

    def _explains(self, said: str, before: Row, after: Row) -> bool:
        """Whether rows differ in one field, and the text of it is what was said."""
        fields = [name for name in before if before[name] != after[name]]
        return len(fields) == 1 and self._says(said, fields[0], after[fields[0]])

    def _says(self, said: str, field: str, cell: str) -> bool:
        catalogue = self.library.catalogue
        if field == "value":
            return _is_near(said, Decimal(cell), Decimal(cell) / 100)
        if field in {"reporter", "partner", "scope"}:
            return cell in {catalogue.code(said), catalogue.code_of_m49(said)}
        if field == "product":
            return cell == said.removesuffix(".0").zfill(2)
        if field == "period":
            return cell in said
        return cell == said or (field == "unit" and said in cell)

    def _unlike_the_sound_shipments(self, mutant: Mutant, found: pd.DataFrame) -> list[str]:
        """What differs from a log that never had the shipments of which a scan was refused."""
        content = readings.opened("log.csv", mutant.content).content
        text = content.decode("utf-16" if content[:2] == codecs.BOM_UTF16_LE else "utf-8-sig")
        delimiter = next(sign for sign in text if sign in ",;\t")
        header, *scans = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        place = header.index("shipment")
        read = self._read(content)
        bad = {scans[refusal.row - 2][place] for refusal in read.refusals}
        sound = [header, *(scan for scan in scans if scan and scan[place] not in bad)]
        left = self._read(as_csv(sound))
        wrong = [str(refusal) for refusal in left.refusals]
        return wrong or [
            str(row) for rows in _apart(self._rows(left.rows), self._rows(found)) for row in rows
        ]

    def _read(self, content: bytes) -> Reading:
        return self.library.read(self.given.kind, Document(self.given.name, content))

    def _in_table(self, row: Row, lines: Lines) -> bool:
        """Whether the line of the row has its economies and value, and the year beside or above it."""
        cells = lines[int(row["row"]) - 1]
        year, value = row["period"][:4], Decimal(row["value"])
        places = [n for n, cell in enumerate(cells) if _is_near(cell, value, value / 100)]
        called = {row[name] for name in ("reporter", "partner", "scope") if name in row}
        known = {self.library.catalogue.code(cell) for cell in cells} | {"UZB", "WLD"}
        above = {lines[0][place][:4] for place in places}
        return bool(places) and known >= called and (year in above or year in cells)


def _in_sheet(row: Row, lines: Lines) -> bool:
    """Whether the cell at its place has the value, and one above it the year."""
    _sheet, _row, column = row["place"].split(", ")
    place = column_index_from_string(column.removeprefix("column ")) - 1
    is_of_year = any(line[place].startswith(row["period"]) for line in lines[:5])
    return is_of_year and _is_near(lines[int(row["row"]) - 1][place], Decimal(row["value"]))


def _cells(mutant: Mutant) -> Lines:
    if mutant.content[:2] == b"PK":
        (sheet,) = opened(Document("", mutant.content)).sheets
        return [[*map(str, row)] for row in sheet.rows]
    return list(csv.reader(io.StringIO(mutant.content.decode("utf-8-sig"))))


def _is_near(cell: str, *values: Decimal) -> bool:
    number = _number(cell)
    return number is not None and any(abs(number - value) < Decimal("1e-9") for value in values)


def _apart(before: list[Row], after: list[Row]) -> tuple[list[Row], list[Row]]:
    one, other = (Counter(tuple(row.items()) for row in rows) for rows in (before, after))
    return [dict(row) for row in (one - other).elements()], [
        dict(row) for row in (other - one).elements()
    ]


def _key(row: Row) -> tuple[str, ...]:
    return tuple(cell for name, cell in row.items() if name != "value")


def _number(said: str) -> Decimal | None:
    try:
        return Decimal(said.strip().removesuffix("%"))
    except InvalidOperation:
        return None
