"""Publishers' documents spoilt in every way that files are spoilt, each with what may still come of it."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from etl.formats.workbook import opened
from tests.etl.papers import Paper
from tests.etl.sources.workbooks import Grid, document, xlsx
from tests.etl.sources.workbooks import xls as old_workbook

SAME, FEWER, SAID, PRINTED, REFUSED = "same", "fewer", "said", "printed", "refused"
"""What the rows of a mutant may be if it is not refused: the original's; some of them; the
original's but for one field, which the spoilt text says; each printed where it claims to be."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d")

Records = list[list[str]]


@dataclass(frozen=True)
class Mutant:
    """A spoilt document, how it was spoilt, and what may come of it."""

    paper: Paper
    what: str
    content: bytes
    may_be: str
    said: str = ""
    """The text now at the spoilt place, where one byte or cell was changed."""


def mutants(paper: Paper) -> Iterator[Mutant]:
    """All mutants of a paper; the same ones in every run."""
    chance = random.Random(f"{paper.kind} {paper.name}")
    if paper.content[:2] in {b"PK", b"\xd0\xcf"}:
        of_form: Iterator[Mutant] = _of_workbook(paper, chance)
    elif paper.content[:1] in {b"{", b"["}:
        of_form = _of_json(paper, chance)
    else:
        of_form = _of_table(paper, chance)
    yield from _of_bytes(paper, chance)
    yield from of_form


def _of_bytes(paper: Paper, chance: random.Random) -> Iterator[Mutant]:
    whole = paper.content
    is_text = whole[:2] not in {b"PK", b"\xd0\xcf"}
    for _ in range(5):
        yield _flipped(paper, chance, is_text=is_text)
    yield Mutant(paper, "cut off", whole[: chance.randrange(len(whole))], FEWER)
    yield Mutant(paper, "the last bytes cut off", whole[:-4], FEWER)
    yield Mutant(paper, "empty", b"", REFUSED)
    yield Mutant(paper, "blank", b" \r\n\t\n", REFUSED)
    yield Mutant(
        paper, "another kind", b"<html><body>503 Service Unavailable</body></html>", REFUSED
    )
    yield Mutant(paper, "NULs", whole[:99] + b"\0" * 9 + whole[99:], SAME)
    yield Mutant(paper, "in a zip", _zipped(whole), REFUSED)
    yield Mutant(paper, "gzip", gzip.compress(whole), SAME)
    yield Mutant(paper, "gzip cut off", gzip.compress(whole)[:-5], REFUSED)


def _flipped(paper: Paper, chance: random.Random, *, is_text: bool) -> Mutant:
    place, spoilt = chance.randrange(len(paper.content)), bytearray(paper.content)
    spoilt[place] ^= 1 << chance.randrange(8)
    if not is_text:
        return Mutant(paper, "a bit flipped", bytes(spoilt), SAME)
    return Mutant(paper, "a bit flipped", bytes(spoilt), SAID, _token(bytes(spoilt), place))


def _token(content: bytes, place: int) -> str:
    ends = re.compile(rb'[",;\t\r\n{}\[\]]')
    start = max((match.end() for match in ends.finditer(content[:place])), default=0)
    after = ends.search(content, place)
    token = content[start : after.start() if after else len(content)]
    return token.decode(errors="replace").strip(": ")


def _zipped(content: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("table", content)
    return archive.getvalue()


def _of_text(paper: Paper, text: str) -> Iterator[Mutant]:
    """What editors and mails do to any text."""
    yield Mutant(paper, "BOM", codecs.BOM_UTF8 + text.encode(), SAME)
    yield Mutant(paper, "CRLF", text.replace("\n", "\r\n").encode(), SAME)
    yield Mutant(paper, "CR", text.replace("\n", "\r").encode(), SAME)
    yield Mutant(paper, "UTF-16", text.encode("utf-16"), SAME)
    yield Mutant(paper, "UTF-16 without its mark", text.encode("utf-16-le"), REFUSED)
    yield Mutant(paper, "cp1251", f"{text}\n".encode("cp1251", errors="replace"), SAME)
    yield Mutant(paper, "twice", (text + text).encode(), SAME)
    yield Mutant(paper, "as .xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + text.encode(), REFUSED)


def _of_table(paper: Paper, chance: random.Random) -> Iterator[Mutant]:
    text = paper.content.decode("utf-8-sig").replace("\r\n", "\n")
    yield from _of_text(paper, text)
    records = list(csv.reader(io.StringIO(text)))

    def made(what: str, may_be: str, change: Callable[[Records], str | None], **how: str) -> Mutant:
        spoilt = [[*record] for record in records]
        said = change(spoilt)
        return Mutant(paper, what, as_csv(spoilt, **how), may_be, said or "")

    yield made("written anew", SAME, lambda spoilt: None)
    yield made("semicolons", SAME, lambda spoilt: None, delimiter=";")
    yield made("tabs", SAME, lambda spoilt: None, delimiter="\t")
    for _ in range(3):
        yield made("a row dropped", FEWER, lambda s: s.pop(chance.randrange(1, len(s))) and None)
        yield made("columns swapped", SAME, lambda s: _swap(s, chance, 0))
        yield made("cells swapped", PRINTED, lambda s: _swap(s, chance, 1))
        yield made("a digit changed", SAID, lambda s: _put(s, chance, _other_digit(chance)))
    for what, put in _PUT.items():
        yield made(what, SAID if what in _LEGAL else SAME, lambda s, put=put: _put(s, chance, put))
    yield made("a row twice", SAME, lambda s: s.insert(1, s[chance.randrange(1, len(s))]))
    yield made("a row shifted", PRINTED, lambda s: _shift(s[chance.randrange(1, len(s))]))
    yield made("all shifted", REFUSED, lambda s: [_shift(row) for row in s[1:]] and None)
    yield made("a cell too few", SAME, lambda s: s[chance.randrange(1, len(s))].pop() and None)
    yield made("no header", REFUSED, lambda s: s.pop(0) and None)
    yield made("a column renamed", SAME, lambda s: _rename(s[0], chance))
    yield made("a column named twice", SAME, lambda s: s[0].__setitem__(0, s[0][-1]))
    yield made("another year", SAID, _another_year)
    yield made("a column dropped", FEWER, lambda s: _drop_column(s, chance))


_PUT: dict[str, Callable[[str], str]] = {
    "a formula": lambda cell: "=1+1",
    "a decimal comma": lambda cell: f"{cell},5" if "." not in cell else cell.replace(".", ","),
    "thousands apart": lambda cell: f"1 {cell}",
    "words in a number": lambda cell: f"c. {cell}",
    "a minus": lambda cell: f"-{cell}",
    "an exponent": lambda cell: "1.5e3",
    "an error": lambda cell: "#REF!",
    "not a number": lambda cell: "NaN",
    "infinity": lambda cell: "1e999",
    "a long number": lambda cell: "9" * 40,
    "a NUL": lambda cell: f"{cell}\0",
    "a line break": lambda cell: f"{cell}\n",
    "a long cell": lambda cell: "x" * (1 << 20),
}
_LEGAL = {"a minus", "an exponent", "words in a number", "thousands apart", "a line break"}
"""What may be a number in some document, or stand in a column that no row is made of."""


def as_csv(records: Records, delimiter: str = ",") -> bytes:
    """Write records as a table."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(records)
    return written.getvalue().encode()


def _put(records: Records, chance: random.Random, put: Callable[[str], str]) -> str:
    """Change one cell that holds a number; of a table without numbers, one with a digit."""
    for is_meant in (_NUMBER.fullmatch, re.compile(r".*\d").match):
        of_numbers = [
            (record, place)
            for record in records[1:]
            for place, cell in enumerate(record)
            if is_meant(cell)
        ]
        if of_numbers:
            break
    record, place = chance.choice(of_numbers)
    record[place] = put(record[place])
    return record[place]


def _other_digit(chance: random.Random) -> Callable[[str], str]:
    def put(cell: str) -> str:
        place = chance.choice([place for place, sign in enumerate(cell) if sign.isdigit()])
        return f"{cell[:place]}{(int(cell[place]) + 1) % 10}{cell[place + 1 :]}"

    return put


def _swap(records: Records | Grid, chance: random.Random, first: int) -> None:
    width = min(map(len, records[first:]))
    one, other = chance.sample(range(width), 2)
    for record in records[first:]:
        record[one], record[other] = record[other], record[one]


def _shift(record: list[str]) -> None:
    record[:] = ["", *record[:-1]]


def _rename(header: list[str], chance: random.Random) -> None:
    header[chance.randrange(len(header))] += "x"


def _another_year(records: Records) -> str:
    """The first year of the header, or of the first record, becomes 1990."""
    for record in records[:2]:
        for place, cell in enumerate(record):
            if _YEAR.match(cell):
                record[place] = _YEAR.sub("1990", cell)
                return record[place]
    return ""


def _drop_column(records: Records, chance: random.Random) -> None:
    place = chance.randrange(len(records[0]))
    for record in records:
        del record[place : place + 1]


def _of_json(paper: Paper, chance: random.Random) -> Iterator[Mutant]:
    text = paper.content.decode()
    yield from _of_text(paper, text)
    places = [
        match.span() for match in re.finditer(r"(?<=[:\[ \"])-?\d+(\.\d+)?(?=[\",\]}\s])", text)
    ]
    for _ in range(4):
        start, end = chance.choice(places)
        other = _other_digit(chance)(text[start:end])
        yield Mutant(paper, "a digit changed", _spliced(text, start, end, other), SAID, other)
    for put in ("NaN", "null", '"x"', "-Infinity", "1.5e3", "1e999", "[]", "{}", "true", "1,5"):
        start, end = chance.choice(places)
        yield Mutant(paper, f"{put} for a number", _spliced(text, start, end, put), SAID, put)
    whole = json.loads(text)
    yield Mutant(paper, "written anew", json.dumps(whole).encode(), SAME)
    yield Mutant(paper, "keys sorted", json.dumps(whole, sort_keys=True).encode(), SAME)
    yield Mutant(paper, "in a list", json.dumps([whole]).encode(), REFUSED)
    yield Mutant(paper, "deep", b"[" * 100_000 + text.encode(), REFUSED)
    for _ in range(6):
        spoilt = json.loads(text)
        name = _drop_member(spoilt, chance)
        yield Mutant(paper, f"{name} dropped", json.dumps(spoilt).encode(), FEWER)
    if b'"dataSets"' not in paper.content:  # The codes of SDMX are named by their places.
        spoilt = json.loads(text)
        max((one for one in _containers(spoilt) if isinstance(one, list)), key=len).reverse()
        yield Mutant(paper, "records turned round", json.dumps(spoilt).encode(), SAME)


def _spliced(text: str, start: int, end: int, put: str) -> bytes:
    return (text[:start] + put + text[end:]).encode()


def _containers(value: object) -> Iterator[list[object] | dict[str, object]]:
    if isinstance(value, (list, dict)):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _containers(inner)


def _drop_member(value: object, chance: random.Random) -> str:
    holder = chance.choice([one for one in _containers(value) if one])
    if isinstance(holder, list):
        holder.pop(chance.randrange(len(holder)))
        return "a member of a list"
    name = chance.choice([*holder])
    del holder[name]
    return "a key"


def _of_workbook(paper: Paper, chance: random.Random) -> Iterator[Mutant]:
    sheets = {sheet.name: sheet.rows for sheet in opened(document(paper.content)).sheets}
    name = max(sheets, key=lambda name: len(sheets[name]))

    def made(what: str, may_be: str, change: Callable[[Grid], object], **how: bool) -> Mutant:
        spoilt = {sheet: [[*row] for row in rows] for sheet, rows in sheets.items()}
        change(spoilt[name])
        content = old_workbook(spoilt) if how else xlsx(**spoilt)
        return Mutant(paper, what, content, may_be)

    edge = paper.edge
    row = lambda s: s[chance.randrange(edge, len(s))]  # noqa: E731 - a name for the brief below
    yield made("written anew", SAME, lambda s: None)
    yield made("written as .xls", SAME, lambda s: None, is_old=True)
    for _ in range(2):
        yield made("columns swapped", SAME, lambda s: _swap(s, chance, 0))
        yield made("cells swapped", PRINTED, lambda s: _swap(s, chance, edge))
        yield made("a row dropped", FEWER, lambda s: s.pop(chance.randrange(edge, len(s))))
        yield made("a row twice", SAME, lambda s: s.insert(edge, row(s)))
    for what, put in (*_PUT.items(), ("a digit changed", _other_digit(chance))):
        if what not in {"a NUL", "a long cell"}:
            yield made(what, SAME, lambda s, put=put: _put_cell(row(s), put))
    yield made("rows above", SAME, lambda s: s.insert(0, ["", ""]))
    yield made("a column before", SAME, lambda s: [r.insert(0, "") for r in s])
    yield made("a row shifted", SAME, lambda s: row(s).insert(1, ""))
    yield made("no header", REFUSED, lambda s: s.__delitem__(slice(0, edge)))
    unit = made("another unit", SAID, lambda s: _retold(s, r"тыс\.|миң|thousand", "млн. "))
    yield replace(unit, said="million")
    yield made("no unit", REFUSED, lambda s: _retold(s, r"\(?(тыс|миң|thousand)[^|]*", ""))
    year = made("another year", SAID, lambda s: _retold(s, r"2019|1994", "1990"))
    yield replace(year, said="1990")
    yield made("a name misspelt", FEWER, lambda s: _misspell(row(s)))
    yield Mutant(paper, "as CSV", as_csv([[*map(str, cells)] for cells in sheets[name]]), REFUSED)


def _put_cell(row: list[str | int | float], put: Callable[[str], str]) -> None:
    numbers = [place for place, cell in enumerate(row) if isinstance(cell, float) and cell > 1]
    for place in numbers[:1]:
        text = put(str(row[place]))
        row[place] = float(text) if _NUMBER.fullmatch(text) else text


def _misspell(row: list[str | int | float]) -> None:
    row[:3] = ["Ы" if isinstance(cell, str) and cell else cell for cell in row[:3]]


def _retold(sheet: Grid, words: str, others: str) -> None:
    for row in sheet:
        for place, cell in enumerate(row):
            text = str(int(cell)) if isinstance(cell, float) and cell % 1 == 0 else str(cell)
            if re.search(words, text):
                told = re.sub(words, others, text)
                row[place] = int(told) if told.isdigit() else told
