"""What the cells of bulk data mean: each distinct one judged once, by the rules of small documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
from ibis.expr.types import Table

from etl.bulk.engine import Engine
from etl.bulk.forms import Form, Role
from etl.bulk.mart import Columns, cell
from etl.economies import Economies

_CHAPTER = 2
_TOTAL = "TOTAL"


@dataclass(frozen=True)
class Fault:
    """Cells that were not understood: by column, what is wrong with them, and in how many records."""

    cells: Mapping[str, str]
    shown: str
    reason: str
    remedy: str
    records: int


@dataclass(frozen=True)
class Judgement:
    """What the distinct cells of every role mean, what was not understood, what has no place."""

    meanings: Mapping[str, pd.DataFrame]
    faults: tuple[Fault, ...]
    left_out: Mapping[str, int]
    """Records by why they have no place in the mart."""

    def unforeseen(self, columns: Columns, ours: frozenset[str], spelt: frozenset[str]) -> set[str]:
        """Name spellings of the economies `ours` of which none was in `spelt`."""
        found: set[str] = set()
        for who in ("reporter", "partner"):
            named = self.meanings[who]
            cells = named.loc[named[who].isin(ours), list(columns.roles[who])]
            missed = cells[~cells.isin(spelt).any(axis=1)]
            found.update(*missed.to_numpy().tolist())
        return found - {""}


def judge(
    one: Engine, kept: Table, columns: Columns, form: Form, economies: Economies
) -> Judgement:
    """Ask every role what its cells mean; `kept` is the cut."""
    meanings: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    left_out: dict[str, int] = {}
    for name, role in form.roles.items():
        cells = _distinct(one, kept, columns.roles[name], of_all=role.of_all)
        bare = cells.drop(columns="records")
        meaning, fault = role.judge(bare.rename(columns=_column), economies)
        judged = cells.assign(**{name: meaning.to_numpy()})
        is_faulty = (fault != "").to_numpy()
        faults.extend(_faults(role, judged[is_faulty], fault[is_faulty], name))
        judged = judged[~is_faulty]
        if name == "product":
            judged = _one_level(judged)
        is_out = judged[name] == ""
        if is_out.any():
            left_out[name] = int(judged.loc[is_out, "records"].sum())
        meanings[name] = judged[~is_out].drop(columns="records")
    return Judgement(meanings, tuple(faults), left_out)


def _column(name: str) -> str:
    return name.removesuffix(cell(""))


def _distinct(one: Engine, kept: Table, columns: tuple[str, ...], *, of_all: bool) -> pd.DataFrame:
    rows = kept if of_all else kept.filter(kept.is_ours)
    counted = (rows.records + rows.wrong + rows.empty).sum()
    if not columns:
        return pd.DataFrame({"records": [0]})
    found = one.ask(rows.group_by(list(columns)).agg(records=counted).order_by(list(columns)))
    frame: pd.DataFrame = found.to_pandas()
    return frame.astype(dict.fromkeys(columns, "str"))


def _one_level(judged: pd.DataFrame) -> pd.DataFrame:
    """Keep the codes of one length: chapters as they stand, or else what adds up to chapters.

    Records of all lengths say the same trade again and again.
    """
    code = judged["product"]
    lengths = code[~code.isin(["", _TOTAL])].str.len()
    level = lengths.min() if len(lengths) else _CHAPTER
    is_other = (code == _TOTAL) | (code.str.len() != level)
    kept = code.mask(is_other, "")
    return judged.assign(product=kept, chapter=kept.str[:_CHAPTER])


def _faults(role: Role, wrong: pd.DataFrame, fault: pd.Series, name: str) -> Iterator[Fault]:
    columns = [column for column in wrong.columns if column not in {name, "records"}]
    rows = zip(wrong[columns].to_dict("records"), wrong["records"], fault, strict=True)
    for cells, count, reason in sorted(rows, key=lambda row: -row[1]):
        told = {str(column): str(cell) for column, cell in cells.items()}
        yield Fault(told, role.shown, reason, role.remedy(reason), int(count))
