"""What the ETL tells whoever ran it, as plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from etl.pipeline import Outcome
from etl.refusals import rows
from warehouse.changes import Changes
from warehouse.engine import Warehouse
from warehouse.queries import lineage


def outcome(result: Outcome, *, swapped: bool) -> Iterator[str]:
    """Tell what became of a build or a check."""
    if result.is_refused:
        yield from map(str, result.refusals)
        yield f"{len(result.refusals)} refused; the served warehouse is as it was."
    elif result.changes is None:
        yield f"Build {result.build_id} is already served; nothing is new."
    else:
        yield from _changes(result.changes)
        verb = "is served now" if swapped else "would be served"
        yield f"Build {result.build_id} {verb}."


def status(warehouse: Warehouse) -> Iterator[str]:
    """Tell what is loaded, from when, and how complete each source is."""
    build = warehouse.build()
    yield f"build {build.id}, made {build.built_at}, by code {build.code_version}"
    for row in rows(lineage.coverage(warehouse)):
        gaps = f", missing {row['gaps']}" if row["gaps"] else ""
        yield (
            f"{row['source_id']}: {row['subject']}: {row['rows']} rows,"
            f" {row['first_period']} to {row['last_period']}, newest vintage {row['vintage']}{gaps}"
        )


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
