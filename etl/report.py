"""What the ETL tells whoever ran it, as plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from etl.additions import Addition
from etl.current import NOTHING_NEW
from etl.fetch import FetchReport
from etl.pipeline import Outcome
from etl.refusals import rows, shown
from warehouse import periods
from warehouse.changes import Changes
from warehouse.engine import Warehouse
from warehouse.queries import lineage


def outcome(result: Outcome, *, swapped: bool) -> Iterator[str]:
    """Tell what became of a build or a check."""
    if result.is_refused:
        yield from shown(result.refusals)
        yield f"{len(result.refusals)} refused; the served warehouse is as it was."
    elif result.changes is None:
        yield NOTHING_NEW.format(result.build_id)
    else:
        yield from _changes(result.changes)
        yield from shown(result.rejected)
        verb = "is served now" if swapped else "would be served"
        rejected = f" without {len(result.rejected)} rejected rows" if result.rejected else ""
        yield f"Build {result.build_id} {verb}{rejected}."


def addition(name: str, added: Addition) -> Iterator[str]:
    """Tell what became of a file."""
    yield from shown(added.refusals)
    if added.snapshot is None or added.reading is None:
        yield f"{name}: refused, {len(added.refusals)} faults; nothing was kept."
        return
    yield from (f"{name}: {line}" for line in added.reading.passed_over)
    periods = added.reading.rows["period"]
    span = f", {periods.min()} to {periods.max()}" if len(periods) else ""
    verb = "kept" if added.is_new else "kept before"
    yield f"{name}: {verb} as {added.snapshot.id}: {len(periods)} rows{span}."


def fetched(name: str, result: FetchReport) -> Iterator[str]:
    """Tell what came of the questions to one API."""
    yield from shown([*result.refused, *result.failed])
    counts = {
        "kept": len(result.kept),
        "unchanged": len(result.unchanged),
        "with no figures yet": len(result.empty),
        "split": len(result.split),
        "done by an earlier run": result.done_before,
        "refused": len(result.refused),
        "failed": len(result.failed),
        "not asked": result.left,
    }
    yield f"{name}: {', '.join(f'{count} {what}' for what, count in counts.items() if count)}."


def status(warehouse: Warehouse) -> Iterator[str]:
    """Tell per source how many snapshots there are, how far its figures reach, what was rejected."""
    build = warehouse.build()
    asof = f", as of {warehouse.asof}" if warehouse.asof else ""
    yield f"build {build.id}, made {build.built_at}, by code {build.code_version}{asof}"
    taken = {row["source_id"]: row for row in rows(lineage.snapshots(warehouse))}
    loaded = lineage.coverage(warehouse)
    for source in sorted({*taken, *loaded["source_id"]}):
        subjects = loaded[loaded["source_id"] == source]
        yield f"{source}: {_snapshots(taken.get(source))}, {_reach(subjects['last_period'])}"
        for row in rows(subjects):
            gaps = f", missing {row['gaps']}" if row["gaps"] else ""
            yield (
                f"  {row['subject']}: {row['rows']} rows, {row['first_period']} to"
                f" {row['last_period']}, newest vintage {row['vintage']}{gaps}"
            )


def _snapshots(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "no snapshots, our own table"
    count, rejections = row["snapshots"], row["rejections"]
    noun = "snapshot" if count == 1 else "snapshots"
    return f"{count} {noun}, the newest of {row['taken']}, {rejections} rejections"


def _reach(last_periods: pd.Series) -> str:
    if last_periods.empty:
        return "no figures"
    return f"newest period {max(last_periods, key=periods.parse)}"


def _changes(changes: Changes) -> Iterator[str]:
    for change in changes.tables:
        if change.before is None:
            yield f"{change.table}: {change.rows} rows, new"
        elif change.added or change.removed:
            yield (
                f"{change.table}: {change.rows} rows, were {change.before}"
                f" (+{change.added} −{change.removed})"
            )
    if changes.revised:
        yield "Figures that changed, the first of them:"
        yield from (f"  {line}" for line in changes.revised)
    elif not changes.is_first:
        yield "No figure changed its value."
