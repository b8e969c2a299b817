"""Reading our own tables: strict text, every cell a string, every fault of the file named."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import yaml

from etl.refusals import Refusal

_BOM = b"\xef\xbb\xbf"
_UTF8 = "Save the file as UTF-8 without BOM, with LF line ends."


@dataclass(frozen=True)
class Arrived:
    """A file as it arrived: cells as text with their `file` and `row`, and what is wrong with it."""

    frame: pd.DataFrame
    refusals: tuple[Refusal, ...]


def read_csv(name: str, content: bytes, columns: Sequence[str]) -> Arrived:
    """Read a comma-separated table whose header must name exactly `columns`, in any order.

    Encoding faults are reported and the rest of the file is read all the same, so that one report
    holds every fault.
    """
    text, faults = _decode(name, content)
    rows, broken = _rows(name, text)
    faults.extend(broken)
    header = rows[0] if rows else []
    if sorted(header) != sorted(columns):
        faults.append(_header_fault(name, header, columns))
        return Arrived(pd.DataFrame(columns=[*columns, "file", "row"], dtype=str), tuple(faults))
    whole: list[list[str | int]] = []
    for number, cells in enumerate(rows[1:], start=2):
        if len(cells) == len(columns):
            whole.append([*cells, name, number])
        else:
            faults.append(_ragged_fault(name, number, cells, columns))
    return Arrived(_frame(whole, header), tuple(faults))


def read_yaml(name: str, content: bytes, columns: Sequence[str]) -> Arrived:
    """Read a list of mappings; `title: {kk: …}` becomes the column `title_kk`.

    `row` is the line on which an entry starts. A field of no column, or a missing one, is a fault.
    """
    text, faults = _decode(name, content)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.append(Refusal(name, line, "file", "", str(error.problem), "Mend the YAML here."))
        root = None
    entries = root.value if isinstance(root, yaml.SequenceNode) else []
    if not entries:
        faults.append(
            Refusal(
                name, 1, "file", "", "holds no list of entries", "Begin each entry with “- id:”."
            )
        )
    whole: list[list[str | int]] = []
    for entry in entries:
        cells = dict(_flatten(entry))
        line = entry.start_mark.line + 1
        for field in sorted(set(cells) ^ set(columns)):
            known = field in columns
            faults.append(
                Refusal(
                    name,
                    line,
                    field,
                    cells.get(field, ""),
                    "is missing" if known else "is not a field of this table",
                    f"Add {field}." if known else f"Fields are: {', '.join(columns)}.",
                )
            )
        if set(cells) == set(columns):
            whole.append([*(cells[column] for column in columns), name, line])
    return Arrived(_frame(whole, columns), tuple(faults))


def _frame(rows: list[list[str | int]], columns: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*columns, "file", "row"])
    return frame.astype({**dict.fromkeys([*columns, "file"], "str"), "row": "int64"})


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
    try:
        return content.decode("utf-8"), faults
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        value = content[error.start : error.start + 8].hex(" ").upper()
        faults.append(Refusal(name, row, "encoding", value, "is not UTF-8", _UTF8))
        # Most such files come from a Cyrillic Windows; reading on shows their other faults too.
        return content.decode("cp1251", errors="replace"), faults


def _rows(name: str, text: str) -> tuple[list[list[str]], list[Refusal]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        remedy = "Mend the quotes of this row; the rows below it were not read."
        return rows, [Refusal(name, len(rows) + 1, "row", "", str(error), remedy)]
    return rows, []


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
    return Refusal(
        name,
        1,
        "header",
        ",".join(header),
        f"is not the header of this table ({what or 'a column stands twice'})",
        f"The header is: {','.join(columns)}",
    )


def _ragged_fault(name: str, row: int, cells: list[str], columns: Sequence[str]) -> Refusal:
    return Refusal(
        name,
        row,
        "row",
        ",".join(cells),
        f"has {len(cells)} cells where the header has {len(columns)}",
        "Quote a cell that holds a comma; keep every empty cell.",
    )


def _flatten(node: yaml.MappingNode, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.value:
        name = f"{prefix}{key.value}"
        if isinstance(value, yaml.MappingNode):
            yield from _flatten(value, f"{name}_")
        else:
            missing = value.tag.endswith(":null")
            yield name, "" if missing else str(value.value).strip()
