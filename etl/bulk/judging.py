"""What the cells of bulk data mean: each distinct one judged once, by the rules of small documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ibis.expr.types import Table

from etl.bulk.engine import Engine
from etl.bulk.forms import Cells, Form, Role
from etl.bulk.mart import CHAPTER, Columns, cell
from etl.economies import Economies

_TOTAL = "TOTAL"


@dataclass(frozen=True)
class Meaning:
    """Distinct cells of a role, by column; in how many records they stand, and what they mean."""

    cells: Cells
    records: int
    text: str
    """Empty for what has no place in the mart."""
    fault: str


@dataclass(frozen=True)
class Fault:
    """Cells that were not understood: by column, what is wrong with them, and in how many records."""

    cells: Cells
    shown: str
    reason: str
    remedy: str
    records: int


@dataclass(frozen=True)
class Judgement:
    """What the distinct cells of every role mean, what was not understood, what has no place."""

    meanings: Mapping[str, Sequence[Meaning]]
    """By role, those that mean something."""
    faults: tuple[Fault, ...]
    left_out: Mapping[str, int]
    """Records by why they have no place in the mart."""

    def unforeseen(self, ours: frozenset[str], spelt: frozenset[str]) -> set[str]:
        """Name spellings of the economies `ours` of which none was in `spelt`."""
        named = (each for who in ("reporter", "partner") for each in self.meanings[who])
        cells = [{*each.cells.values()} for each in named if each.text in ours]
        return set().union(*(some for some in cells if not some & spelt)) - {""}

    def table(self, role: str, columns: Iterable[str]) -> Mapping[str, list[str]]:
        """The cells in the `columns` of a role, and under its name what they mean."""
        found = self.meanings[role]
        table = {column: [each.cells[column] for each in found] for column in columns}
        return {**table, role: [each.text for each in found]}


def judge(
    one: Engine, kept: Table, columns: Columns, form: Form, economies: Economies
) -> Judgement:
    """Ask every role what its cells mean; `kept` is the cut."""
    meanings: dict[str, Sequence[Meaning]] = {}
    faults: list[Fault] = []
    left_out: dict[str, int] = {}
    for name, role in form.roles.items():
        told = [*_told(one, kept, columns.roles[name], role, economies)]
        faults.extend(_faults(role, told))
        sound = [each for each in told if not each.fault]
        if name == "product":
            sound = _one_level(sound)
        if out := sum(each.records for each in sound if not each.text):
            left_out[name] = out
        meanings[name] = [each for each in sound if each.text]
    return Judgement(meanings, tuple(faults), left_out)


def _told(
    one: Engine, kept: Table, columns: Sequence[str], role: Role, economies: Economies
) -> Iterator[Meaning]:
    for row in _distinct(one, kept, columns, of_all=role.of_all):
        records = int(row.pop("records"))
        bare = {name.removesuffix(cell("")): text.strip() for name, text in row.items()}
        yield Meaning(row, records, *role.judge(bare, economies))


def _distinct(
    one: Engine, kept: Table, columns: Sequence[str], *, of_all: bool
) -> list[dict[str, str]]:
    if not columns:
        return [{"records": "0"}]
    rows = kept if of_all else kept.filter(kept.is_ours)
    counted = (rows.records + rows.wrong + rows.empty).sum()
    found = rows.group_by(list(columns)).agg(records=counted).order_by(list(columns))
    listed: list[dict[str, str]] = one.ask(found).to_pylist()
    return listed


def _one_level(told: Sequence[Meaning]) -> list[Meaning]:
    """Keep the codes of one length: chapters as they stand, or else what adds up to chapters.

    Records of all lengths say the same trade again and again.
    """
    lengths = [len(each.text) for each in told if each.text not in {"", _TOTAL}]
    level = min(lengths, default=CHAPTER)
    return [
        each if each.text != _TOTAL and len(each.text) == level else replace(each, text="")
        for each in told
    ]


def _faults(role: Role, told: Iterable[Meaning]) -> Iterator[Fault]:
    wrong = [each for each in told if each.fault]
    for each in sorted(wrong, key=lambda each: -each.records):
        remedy = role.remedy(each.fault)
        yield Fault(each.cells, role.shown, each.fault, remedy, each.records)
