"""The figures of a sheet, and what is said of a cell or a name that is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.formats.workbook import Cell, Sheet, is_number
from etl.refusals import Refusal
from etl.sources.reading import number_text


@dataclass(frozen=True)
class Figure:
    """One figure of a sheet, as text of our tables; `row` and `column` are indices from nought."""

    partner: str
    flow: str
    value: str
    row: int
    column: int
    share: str = ""
    """The percentage of the total that is printed beside it."""

    @property
    def amount(self) -> Decimal:
        """The value as a number, in the unit of the sheet."""
        return Decimal(self.value)

    def refused(self, file: str, sheet: Sheet, reason: str, remedy: str) -> Refusal:
        """Refuse this figure at its cell."""
        return Refusal(file, self.row + 1, sheet.field(self.column), self.value, reason, remedy)


def amount_text(cell: Cell) -> str | None:
    """The number in a cell as our tables write it; None for a text, even one of digits."""
    return number_text(cell) if is_number(cell) else None


def no_number(file: str, sheet: Sheet, row: int, column: int) -> Refusal:
    """Refuse a cell among the figures, by the indices from nought of its row and column."""
    return Refusal(
        file,
        row + 1,
        sheet.field(column),
        str(sheet.rows[row][column]),
        "is not a number, nor a mark of a missing one (blank, -, …)",
        "Let the cell hold a number, typed as one; ask the publisher if it is unclear.",
    )


def no_economy(file: str, row: int, where: str, name: str) -> Refusal:
    """Refuse the name, or its absence, beside figures in the row of the index from nought."""
    if not name:
        reason, remedy = "figures stand beside no name", "Write the name, or delete the figures."
        return Refusal(file, row + 1, where, name, reason, remedy)
    return Refusal(
        file,
        row + 1,
        where,
        name,
        "is no economy or group that we know",
        "Add the name to the aliases of its economy in catalog/economies.csv, or to"
        " catalog/groups.csv if it is a group.",
    )
