"""Bulk data from files to a kept mart: looked at, added up in one pass, judged, written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ibis.expr.types import Table

from etl.bulk import faults, files, mart, places
from etl.bulk.engine import Engine, Layout, Means, RowBrokenError
from etl.bulk.engines import engine
from etl.bulk.forms import Form
from etl.bulk.judging import Judgement, judge
from etl.bulk.mart import Columns
from etl.economies import Economies
from etl.refusals import Refusal
from etl.snapshots import Provenance, Snapshot, Snapshots

if TYPE_CHECKING:
    import pyarrow as pa

_WHOLE = "Take the file from the publisher anew; what stands below this row was not read."
_WHY = {
    "reporter": "of groups of economies as reporters",
    "partner": "of groups of economies as partners",
    "flow": "of parts of flows (domestic, foreign, processing)",
    "product": "of other levels of the Harmonized System than the one added up",
    "whole": "that break flows down (by second partner, customs procedure or transport)",
}


@dataclass(frozen=True)
class Known:
    """What the catalogue knows: all economies, and the codes of those whose trade is wanted."""

    economies: Economies
    ours: frozenset[str]


@dataclass(frozen=True)
class Aggregate:
    """What became of bulk files: a mart, or why there is none, and what was left out of it."""

    refusals: tuple[Refusal, ...]
    passed_over: tuple[str, ...] = ()
    records: int = 0
    ours: int = 0
    """Records of which reporter or partner is an economy of ours."""
    rows: pa.Table | None = None
    """Columns as `chapter_flows` reads them, in the order of the key."""
    engine: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each file, by its name."""


@dataclass(frozen=True)
class Work:
    """Files of one form, and what they are added up with."""

    paths: Sequence[Path]
    form: Form
    known: Known
    means: Means
    keeps_rest: bool = False
    """Whether a mart is made of what stands although records were refused."""
    step: Callable[[str], None] = lambda _what: None
    """Told what comes next, for whoever waits."""


def aggregate(work: Work) -> Aggregate:
    """Add the files up by chapter, reporter, partner, flow and period.

    Raises EngineError where the engine cannot be had or gives up, OSError for unreadable files.
    """
    work.step("looking at the headers")
    opened = files.opened(work.paths, work.form)
    if opened.refusals:
        return Aggregate(opened.refusals)
    columns = mart.columns_of(work.form, opened.layout.columns)
    # Beside the work, which leaves Python idle: digests are made, what packs the mart is loaded,
    # and packed files are proved whole.
    with ThreadPoolExecutor(max_workers=1) as aside:
        digests = aside.map(files.digest, work.paths)
        aside.submit(import_module, "etl.bulk.packing")
        cut_off = aside.map(files.fault, work.paths)
        try:
            with engine(work.means) as one:
                made = _made(one, work, opened.layout, columns)
        except RowBrokenError as error:
            name = error.file or work.paths[0].name
            return Aggregate((Refusal(name, error.row, "row", "", error.reason, _WHOLE),))
        if broken := tuple(fault for fault in cut_off if fault):
            return Aggregate(broken)
        names = (path.name for path in work.paths)
        return replace(made, digests=dict(zip(names, digests, strict=True)))


def keep(made: Aggregate, store: Snapshots, record: Provenance) -> Snapshot:
    """Store the rows of a mart as Parquet, with what they were made of in the headers of `record`."""
    from etl.bulk import packing  # noqa: PLC0415 - loaded by now, see `aggregate`

    told = {
        "engine": made.engine,
        "records": str(made.records),
        "records of ours": str(made.ours),
        "refusals": str(len(made.refusals)),
        **{f"sha256 of {name}": digest for name, digest in made.digests.items()},
    }
    return store.keep(
        packing.packed(made.rows), replace(record, headers={**record.headers, **told})
    )


def _made(one: Engine, work: Work, layout: Layout, columns: Columns) -> Aggregate:
    told = mart.records(one.read(work.paths, layout), columns)
    kept, judged = _judged(one, told, work, columns)
    work.step("adding up chapters")
    found = mart.understood(kept, columns, _lent(one, judged, columns))
    keys = mart.keyed(found)
    editions = {work.form.told(path.name) for path in work.paths}
    edition = editions.pop() if len(editions) == 1 else ("HS", "")
    added = one.ask(mart.written(mart.mart(keys, _sides(one, judged, work)), work.form, edition))
    counts = {name: int(count) for name, count in one.ask(mart.counts(kept)).to_pylist()[0].items()}
    is_repeated = any(added["repeated"].to_pylist())
    needles = [*faults.of_cells(judged), *(faults.of_values(one, told) if counts["wrong"] else ())]
    if is_repeated:
        needles += faults.of_repeats(one, found, keys, columns)
    work.step("looking for the rows of faults" if needles else "writing the mart down")
    refusals = tuple(places.placed(needles, work.paths, layout, columns, work.means))
    from etl.bulk import packing  # noqa: PLC0415 - as above

    rows = packing.standing(added) if work.keeps_rest or not refusals else None
    if rows is not None and not len(rows):
        refusals, rows = (*refusals, _nothing(work)), None
    passed = _passed_over(judged, counts["empty"])
    return Aggregate(refusals, passed, counts["records"], counts["ours"], rows, one.name)


def _lent(one: Engine, judged: Judgement, columns: Columns) -> dict[str, Table | str]:
    return {
        role: one.lend(judged.table(role, columns.roles[role]))
        if columns.roles[role]
        else meanings[0].text
        for role, meanings in judged.meanings.items()
    }


def _sides(one: Engine, judged: Judgement, work: Work) -> dict[str, Table]:
    codes = {who: {each.text for each in judged.meanings[who]} for who in ("reporter", "partner")}
    return {who: one.lend(mart.side(who, codes[who], work.known.ours, work.form)) for who in codes}


def _judged(one: Engine, told: Table, work: Work, columns: Columns) -> tuple[Table, Judgement]:
    """Cut the records once, and once more if our economies are spelt as nobody foresaw."""
    ours, spelt = work.known.ours, work.known.economies.spellings(work.known.ours)
    while True:
        work.step("adding up records")
        lent = one.lend({"spelling": sorted(spelt)})
        kept = one.keep(mart.cut(told, columns, lent))
        judged = judge(one, kept, columns, work.form, work.known.economies)
        unforeseen = judged.unforeseen(ours, spelt)
        if not unforeseen:
            return kept, judged
        spelt |= unforeseen


def _nothing(work: Work) -> Refusal:
    reason = (
        f"holds no flow between the economies of the group ({', '.join(sorted(work.known.ours))})"
    )
    return Refusal(work.paths[0].name, 1, "file", "", reason, "Check that it is what --as says.")


def _passed_over(judged: Judgement, empty: int) -> tuple[str, ...]:
    out = {_WHY.get(role, f"without {role}"): count for role, count in judged.left_out.items()}
    out |= {"without a value": empty} if empty else {}
    return tuple(f"Left out: {count} records {why}." for why, count in out.items())
