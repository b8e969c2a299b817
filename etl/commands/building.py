"""What `build` and `check` do where there is something to build."""

from __future__ import annotations

from pathlib import Path

import click

from etl import pipeline, report
from etl.commands.manners import clear, conclude, explained
from etl.snapshots import SnapshotBrokenError
from warehouse.build import BuildRefusedError
from warehouse.engine import WarehouseAddressError, WarehouseUnreadableError
from warehouse.frames import hold_text_as_python


def run(
    *,
    data_dir: Path,
    url: str,
    asof: str,
    report_file: Path | None,
    allow_loss: bool,
    swap: bool,
) -> None:
    """Build, tell what changes or what was refused, and end the command."""
    trouble = (BuildRefusedError, SnapshotBrokenError, WarehouseAddressError)
    with explained(*trouble, WarehouseUnreadableError):
        # Before anything is built: a report that cannot be written must not cost a build.
        clear(report_file)
        hold_text_as_python()
        outcome = pipeline.build(data_dir, url, swap=swap, allow_loss=allow_loss, asof=asof)
        wrong = [*outcome.refusals, *outcome.rejected]
        click.echo("\n".join(report.outcome(outcome, swapped=swap)), err=bool(wrong))
        conclude(report_file, wrong)
