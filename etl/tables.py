"""Reading our own tables: strict text, every cell a string, every fault of the file named."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import yaml

from etl.refusals import Refusal

if TYPE_CHECKING:
    import pandas as pd

_BOM = b"\xef\xbb\xbf"
_UTF8 = "Save the file as UTF-8 without BOM, with LF line ends."
_ALIEN = re.compile("[\udc80-\udcff]+")
"""How `surrogateescape` marks bytes that are not UTF-8."""

_CP1251 = {0xDC00 + byte: bytes([byte]).decode("cp1251", "replace") for byte in range(128, 256)}
"""Most such bytes come from a Cyrillic Windows; so read, the other faults of the file show too."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same reader in C, ten times as fast, where the wheel brings it."""

_WORD = re.compile(r"[\w.:-]+")

Cells = list[str | int]


@dataclass(frozen=True)
class Arrived:
    """A file as it arrived: cells as text with their `file` and `row`, and what is wrong with it."""

    columns: Sequence[str]
    """The names of the cells of each record, before `file` and `row`."""
    records: Sequence[Cells]
    refusals: tuple[Refusal, ...]
    words: frozenset[str] = frozenset()
    """The words of what could not be read into rows: names that may well stand there."""

    @property
    def rows(self) -> Iterator[dict[str, str | int]]:
        """The records as mappings from column to cell, for who needs no frame."""
        names = (*self.columns, "file", "row")
        return (dict(zip(names, record, strict=True)) for record in self.records)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The records as text columns, and `row` as int64."""
        return _frame(self.records, self.columns)


def read_csv(name: str, content: bytes, columns: Sequence[str]) -> Arrived:
    """Read a comma-separated table whose header must name exactly `columns`, in any order.

    Encoding faults are reported and the rest of the file is read all the same, so that one report
    holds every fault.
    """
    text, faults = _decode(name, content)
    records, broken = _records(name, text)
    faults.extend(broken)
    unread = text.split("\n")[len(records) :] if broken else []
    header = records[0] if records else []
    if sorted(header) != sorted(columns):
        faults.append(_header_fault(name, header, columns))
        return Arrived(columns, (), tuple(faults), _words(text))
    whole: list[Cells] = []
    for number, cells in enumerate(records[1:], start=2):
        if any("\n" in cell for cell in cells):
            faults.append(_broken_line(name, number, cells))
            unread.extend(cells)
        elif len(cells) == len(columns):
            whole.append([*cells, name, number])
        else:
            faults.append(_ragged_fault(name, number, cells, columns))
            unread.extend(cells)
    return Arrived(header, whole, tuple(faults), _words(*unread))


def read_yaml(name: str, content: bytes, columns: Sequence[str]) -> Arrived:
    """Read a list of mappings; `title: {kk: …}` becomes the column `title_kk`.

    `row` is the line on which an entry starts. A field of no column, a missing or a repeated one
    is a fault.
    """
    text, faults = _decode(name, content)
    entries, broken = _entries(name, text)
    if broken:
        return Arrived(columns, (), (*faults, broken), _words(text))
    whole: list[Cells] = []
    unread: list[str] = []
    for entry in entries:
        line = entry.start_mark.line + 1
        fields = list(_flatten(entry))
        wrong = list(_field_faults(name, line, fields, columns))
        faults.extend(wrong)
        cells = dict(fields)
        if wrong:
            unread.extend(cells.values())
        else:
            whole.append([*(cells[column] for column in columns), name, line])
    return Arrived(columns, whole, tuple(faults), _words(*unread))


def empty(columns: Sequence[str]) -> pd.DataFrame:
    """Make a table of no rows, with the columns and types of one that arrived."""
    return _frame([], columns)


def _frame(records: Sequence[Cells], columns: Sequence[str]) -> pd.DataFrame:
    # Who asks for rows alone, as `aggregate` does, need not wait a third of a second for pandas.
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame(records, columns=[*columns, "file", "row"])
    return frame.astype({**dict.fromkeys([*columns, "file"], "str"), "row": "int64"})


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text))


def _decode(name: str, content: bytes) -> tuple[str, list[Refusal]]:
    faults = []
    if content.startswith(_BOM):
        content = content.removeprefix(_BOM)
        faults.append(
            Refusal(name, 1, "encoding", "EF BB BF", "starts with a byte-order mark", _UTF8)
        )
    if b"\r" in content:
        row = content[: content.index(b"\r")].count(b"\n") + 1
        faults.append(Refusal(name, row, "line end", "CR", "has Windows line ends", _UTF8))
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    text = content.decode("utf-8", errors="surrogateescape")
    alien = [row for row, line in enumerate(text.split("\n"), start=1) if _ALIEN.search(line)]
    if alien:
        first = _ALIEN.findall(text)[0][:8]
        value = first.encode("utf-8", errors="surrogateescape").hex(" ").upper()
        more = f" here and in {len(alien) - 1} more rows" if len(alien) > 1 else ""
        faults.append(Refusal(name, alien[0], "encoding", value, f"is not UTF-8{more}", _UTF8))
    return text.translate(_CP1251), faults


def _records(name: str, text: str) -> tuple[list[list[str]], list[Refusal]]:
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), strict=True):
            records.append(record)  # noqa: PERF402 - what stands above a broken row is kept
    except csv.Error as error:
        remedy = "Mend the quotes of this row; the rows below it were not read."
        return records, [Refusal(name, len(records) + 1, "row", "", str(error), remedy)]
    return records, []


def _entries(name: str, text: str) -> tuple[list[yaml.Node], Refusal | None]:
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return [], Refusal(name, line, "file", "", str(error.problem), "Mend the YAML here.")
    except yaml.YAMLError as error:
        return [], Refusal(name, 1, "file", "", str(error), "Mend the YAML.")
    if isinstance(root, yaml.SequenceNode) and root.value:
        return root.value, None
    remedy = "Begin each entry with “- id:”."
    return [], Refusal(name, 1, "file", "", "holds no list of entries", remedy)


def _flatten(node: yaml.Node, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _flatten(value, f"{prefix}_{key.value}" if prefix else str(key.value))
    elif isinstance(node, yaml.ScalarNode):
        yield prefix, "" if node.tag.endswith(":null") else node.value.strip()
    else:
        yield f"{prefix}[]", ""


def _field_faults(
    name: str, line: int, fields: Sequence[tuple[str, str]], columns: Sequence[str]
) -> Iterator[Refusal]:
    count = Counter(field for field, _cell in fields)
    for field, cell in dict(fields).items():
        if field not in columns:
            remedy = f"Fields are: {', '.join(columns)}."
            yield Refusal(name, line, field, cell, "is not a field of this table", remedy)
        elif count[field] > 1:
            yield Refusal(name, line, field, cell, "stands twice", "Keep one of the two.")
    for field in columns:
        if field not in count:
            yield Refusal(name, line, field, "", "is missing", f"Add {field}.")


def _header_fault(name: str, header: list[str], columns: Sequence[str]) -> Refusal:
    missing = [column for column in columns if column not in header]
    extra = [column for column in header if column not in columns]
    what = "; ".join(
        part
        for part in (
            f"missing {', '.join(missing)}" if missing else "",
            f"unknown {', '.join(extra)}" if extra else "",
        )
        if part
    )
    is_semicolons = len(header) == 1 and ";" in header[0]
    return Refusal(
        name,
        1,
        "header",
        ",".join(header),
        f"is not the header of this table ({what or 'a column stands twice'})",
        "Save the file with commas, not semicolons, between its cells."
        if is_semicolons
        else f"The header is: {','.join(columns)}",
    )


def _broken_line(name: str, row: int, cells: list[str]) -> Refusal:
    # One line, one row: else the rows that a spreadsheet counts and the lines of the file part ways.
    value = next(cell for cell in cells if "\n" in cell)
    return Refusal(name, row, "row", value, "has a cell of several lines", "Write it on one line.")


def _ragged_fault(name: str, row: int, cells: list[str], columns: Sequence[str]) -> Refusal:
    return Refusal(
        name,
        row,
        "row",
        ",".join(cells),
        f"has {len(cells)} cells where the header has {len(columns)}",
        "Quote a cell that holds a comma; keep every empty cell." if cells else "Delete the row.",
    )
