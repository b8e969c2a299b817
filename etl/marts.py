"""Marts of bulk data: which economies they are of, and how they become snapshots."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import tables
from etl.bulk import aggregation
from etl.bulk.aggregation import Aggregate, Known, Work
from etl.bulk.engine import Means
from etl.bulk.forms import Form
from etl.economies import Economies
from etl.inputs import code_version
from etl.layouts import named
from etl.layouts.figures import CHAPTER_FLOWS
from etl.refusals import shown
from etl.snapshots import FOLDER, Provenance, Snapshot, Snapshots

STEPS = 5
"""How often whoever waits is told what comes next, if nothing is wrong."""


class CatalogueRefusedError(Exception):
    """The catalogue cannot be read, so nobody knows whose trade to add up."""


@dataclass(frozen=True)
class Request:
    """Files of one form, what to add them up with, and whether to keep what stands of them."""

    paths: Sequence[Path]
    form: Form
    means: Means
    keeps_rest: bool = False


@dataclass(frozen=True)
class Mart:
    """What became of bulk files; `snapshot` is None where nothing was kept."""

    aggregate: Aggregate
    snapshot: Snapshot | None = None


def make(
    request: Request,
    data_dir: Path,
    now: str,
    published: str = "",
    step: Callable[[str], None] = lambda _what: None,
) -> Mart:
    """Add files up and keep the mart in the store of `data_dir`; the next build brings it in.

    `now` is the time, ISO 8601 in UTC. Raises CatalogueRefusedError, EngineError, and OSError.
    """
    known = known_of(data_dir)
    work = Work(request.paths, request.form, known, request.means, request.keeps_rest, step)
    made = aggregation.aggregate(work)
    if made.rows is None:
        return Mart(made)
    name = f"{request.form.kind}.parquet"
    told = {"code": code_version(), "economies": " ".join(sorted(known.ours))}
    record = Provenance(CHAPTER_FLOWS, name, now, published, headers=told)
    return Mart(made, aggregation.keep(made, Snapshots(data_dir / FOLDER), record))


def known_of(data_dir: Path) -> Known:
    """Read from the catalogue which economies there are, and which are members or observers.

    Raises CatalogueRefusedError with what is wrong in it; a build says the rest of it.
    """
    economies, groups, members = (
        _rows(data_dir, name) for name in ("economy", "group", "membership")
    )
    return Known(Economies(economies, groups), frozenset(row["economy"] for row in members))


def _rows(data_dir: Path, name: str) -> list[dict[str, Any]]:
    layout = named(name)
    arrived = tables.read_csv(layout.files, (data_dir / layout.files).read_bytes(), layout.columns)
    if arrived.refusals:
        raise CatalogueRefusedError("\n".join(map(str, arrived.refusals)))
    return [*arrived.rows]


def told(made: Mart, seconds: float) -> Iterator[str]:
    """Tell what became of bulk files, and how long it took."""
    added = made.aggregate
    yield from shown(added.refusals)
    yield from added.passed_over
    if made.snapshot is None or added.rows is None:
        yield f"Refused, {len(added.refusals)} faults; nothing was kept."
        return
    rest = f" without {len(added.refusals)} refused" if added.refusals else ""
    yield (
        f"Kept as {made.snapshot.id}: {added.rows.num_rows} sums{rest}, of {added.ours} records of the"
        f" group's economies among {added.records}, by {added.engine} in {seconds:.1f} s."
    )
