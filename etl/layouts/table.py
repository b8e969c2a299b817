"""What a kind of table is: where its files lie, its columns, its key and its rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from etl import rules
from etl.rules import NOT_NEGATIVE, NUMBER, PERIOD, Rule, one_of
from etl.units import UNITS
from warehouse.catalog import LANGUAGES

Rules = Mapping[str, tuple[Rule, ...]]

AMOUNT = (NUMBER, NOT_NEGATIVE)
RANGE: Rules = dict.fromkeys(("value", "low", "high"), (NUMBER,))
"""Which of these may be negative depends on their unit, so that `contracts` checks the sign."""

UNIT: Rules = {"unit": (one_of(*UNITS),)}
DATED: Rules = {"period": (PERIOD,), "vintage": (rules.VINTAGE,)}
SPAN: Rules = dict.fromkeys(("since", "date", "until", "first_period", "last_period"), (PERIOD,))


@dataclass(frozen=True)
class Table:
    """One kind of table; a column that is not `optional` must be filled."""

    name: str
    files: str
    header: str
    key: str
    optional: str = ""
    rules: Rules = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    """Columns whose filled cells must stand in the key of another table."""

    @cached_property
    def columns(self) -> list[str]:
        """The header's columns; `title*` stands for `title_kk`, `title_ru`, `title_tr`, `title_en`."""
        return [name for part in self.header.split(",") for name in _spelt_out(part)]

    @property
    def read_columns(self) -> tuple[str, ...]:
        """The columns that a reading of a document fills: its vintage comes of the snapshot."""
        return tuple(column for column in self.columns if column != "vintage")


def _spelt_out(part: str) -> list[str]:
    if not part.endswith("*"):
        return [part]
    return [f"{part[:-1]}_{language}" for language in LANGUAGES]


def rules_of(table: Table, column: str) -> tuple[Rule, ...]:
    """The rules of a column; texts in a language besides theirs must keep to one script a word."""
    written = table.rules.get(column, ())
    in_language = column.rpartition("_")[2] in LANGUAGES
    return (*written, rules.ONE_SCRIPT) if in_language else written
