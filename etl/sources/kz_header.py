"""The head of a sheet of Kazakhstan's Bureau: which column holds what, in which unit, of when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.formats.workbook import Row, Sheet, is_number, texts
from etl.refusals import Refusal
from etl.sources import wording

_DEEPEST = 60
"""How far down a header may begin; below it stands no title but a table."""

_SHARE = re.compile("удельн|үлес|доля|share")
_NO_AMOUNT = re.compile("удельн|үлес|доля|share|%|процент|темп|рост|өсу|индекс|growth|index")


@dataclass(frozen=True)
class Header:
    """Where a table stands: its first row of figures and its columns, as indices from nought."""

    row: int
    first: int
    name: int
    columns: Mapping[str, int]
    shares: Mapping[str, int]
    unit: str
    period: str
    status: str


def header_row(sheet: Sheet) -> int | None:
    """The row that names turnover, exports and imports; None for a sheet without one."""
    for index, row in enumerate(sheet.rows[:_DEEPEST]):
        if all(_starts(row, flow) for flow in wording.FLOWS):
            return index
    return None


def read_header(
    file: str, sheet: Sheet, row: int, knows: Callable[[str], bool]
) -> tuple[Header | None, list[Refusal]]:
    """Read all that stands above the figures; `knows` tells a name of an economy, group or total."""
    first = _first_row(sheet.rows, row)
    labels = _labels(sheet.rows[row:first])
    columns, faults = _columns(file, sheet, row, labels)
    above = list(texts(sheet.rows[:first]))
    unit = wording.unit_of(above)
    if not unit:
        faults.append(_unit_fault(file, sheet, row))
    period, fault = _period(file, sheet, list(texts(sheet.rows[:row])))
    shares = _shares(labels)
    name = _name_column(sheet.rows[first:], {*columns.values(), *shares.values()}, knows)
    if name is None:
        faults.append(_name_fault(file, sheet, row))
    faults.extend(fault)
    if faults or name is None or unit is None or period is None:
        return None, faults
    status = "preliminary" if wording.is_preliminary(texts(sheet.rows)) else "final"
    return Header(row, first, name, columns, shares, unit, period, status), []


def _starts(row: Row, flow: str) -> list[int]:
    """The columns whose header begins with the name of a flow and is none of its shares or rates."""
    return [
        column
        for column, cell in enumerate(row)
        if isinstance(cell, str)
        and not _NO_AMOUNT.search(plain := wording.folded(cell))
        and (match := wording.FLOWS[flow].search(plain))
        and not any(
            other.search(plain[: match.start()])
            for name, other in wording.FLOWS.items()
            if name != flow
        )
        and len(plain) <= 80
    ]


def _first_row(rows: Sequence[Row], header: int) -> int:
    """The first row with figures below a header; its second rows and a row of numbers are none."""
    for index in range(header + 1, len(rows)):
        numbers = [cell for cell in rows[index] if is_number(cell)]
        if numbers and not _is_numbering(numbers):
            return index
    return len(rows)


def _is_numbering(numbers: Sequence[object]) -> bool:
    """Whether the cells number the columns: from 1, or from 2 where the names are column 1."""
    start = numbers[0]
    counted = (
        range(int(start), int(start) + len(numbers)) if isinstance(start, (int, float)) else ()
    )
    return start in (1, 2) and list(numbers) == list(counted)


def _labels(rows: Sequence[Row]) -> list[str]:
    """The texts of the header's rows joined for each column."""
    width = max(map(len, rows))
    return [
        wording.folded(
            " ".join(str(row[column]) for row in rows if column < len(row) and row[column] != "")
        )
        for column in range(width)
    ]


def _columns(
    file: str, sheet: Sheet, row: int, labels: Sequence[str]
) -> tuple[dict[str, int], list[Refusal]]:
    columns: dict[str, int] = {}
    faults = []
    header = sheet.rows[row]
    for flow in wording.FLOWS:
        starts = _starts(header, flow)
        found = [column for start in starts for column in _amounts(header, start, labels)]
        if len(starts) == 1 and len(found) == 1:
            columns[flow] = found[0]
        else:
            shown = "; ".join(f"{labels[column]} in {sheet.field(column)}" for column in found)
            faults.append(
                Refusal(
                    file,
                    row + 1,
                    sheet.field(starts[0]),
                    str(header[starts[0]]),
                    f"names the {flow} of no one column ({shown or 'none'})",
                    "Keep one column of amounts for each flow, headed Всего or not at all.",
                )
            )
    return columns, faults


def _amounts(header: Row, start: int, labels: Sequence[str]) -> Iterator[int]:
    """The columns of amounts below a merged header: up to the next header, shares left out."""
    ends = (column for column in range(start + 1, len(header)) if header[column] != "")
    for column in range(start, next(ends, len(header))):
        if labels[column] and not _NO_AMOUNT.search(labels[column]):
            yield column


def _shares(labels: Sequence[str]) -> dict[str, int]:
    """The columns of shares by the flow that their own words name, wherever they stand."""
    shares: dict[str, int] = {}
    for column, label in enumerate(labels):
        match = _SHARE.search(label)
        words = label[match.start() :] if match else ""
        for flow, pattern in wording.FLOWS.items():
            if pattern.search(words):
                shares.setdefault(flow, column)
    return shares


def _name_column(rows: Sequence[Row], taken: set[int], knows: Callable[[str], bool]) -> int | None:
    """The column with most names that we know; its header is no help, it may say "область"."""
    known = dict.fromkeys(range(max(map(len, rows), default=0)), 0)
    for row in rows:
        for column, cell in enumerate(row):
            known[column] += column not in taken and isinstance(cell, str) and knows(cell)
    best = max(known, key=lambda column: known[column], default=None)
    return best if best is not None and known[best] else None


def _period(file: str, sheet: Sheet, titles: Sequence[str]) -> tuple[str | None, list[Refusal]]:
    dated = [text for text in titles if wording.years(text)] or [sheet.name]
    found = {wording.period_of(text) for text in dated}
    period = found.pop() if len(found) == 1 else None
    # "12_2019" alone may be December or the whole year; "2019" is plain.
    if period and wording.agrees(sheet.name, period) and (titles_say(titles) or _plain(sheet)):
        return period, []
    return None, [
        Refusal(
            file,
            1,
            sheet.field(0),
            "; ".join(dated),
            f"does not say plainly which year or months the sheet {sheet.name} is about",
            "Let the title say “за 2024 год” or “за январь-июнь 2024 года”, one year and the same"
            " as in the name of the sheet.",
        )
    ]


def titles_say(titles: Sequence[str]) -> bool:
    """Whether any title names a year."""
    return any(wording.years(text) for text in titles)


def _plain(sheet: Sheet) -> bool:
    return not re.search(r"\d", sheet.name.replace(wording.years(sheet.name)[0], " "))


def _unit_fault(file: str, sheet: Sheet, row: int) -> Refusal:
    return Refusal(
        file,
        row + 1,
        f"{sheet.name}!unit",
        "",
        "the unit was not found above the figures, or is none that we know, or there are several",
        "Let one cell above the table say “тыс. долларов США” or “млн. долларов США”.",
    )


def _name_fault(file: str, sheet: Sheet, row: int) -> Refusal:
    return Refusal(
        file,
        row + 1,
        f"{sheet.name}!names",
        "",
        "no column below the header holds a name of a country that we know",
        "Check that the sheet lists countries; add their names to catalog/economies.csv.",
    )
