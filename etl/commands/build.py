"""`build` and `check`: from data/ to the warehouse; where nothing is new, at a glance."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from etl import current, options
from etl.commands.manners import clear, conclude, explained
from etl.snapshots import SnapshotBrokenError


def _options(command: Callable[..., None]) -> Callable[..., None]:
    loss = click.option(
        "--allow-loss",
        is_flag=True,
        help="Accept tables that lose more than a third of their rows.",
    )
    return options.data(options.warehouse(options.asof(options.report(loss(command)))))


@click.command(help="Build the warehouse and swap it in; refuse it whole if a table is wrong.")
@_options
def build(**chosen: Any) -> None:
    """Build and swap."""
    with explained(SnapshotBrokenError):
        clear(chosen["report_file"])
        served = current.served(chosen["data_dir"], chosen["url"], chosen["asof"])
    if served:
        click.echo(current.NOTHING_NEW.format(served))
        conclude(chosen["report_file"], ())
    _run(swap=True, **chosen)


@click.command(help="Do all that build does but the swap.")
@_options
def check(**chosen: Any) -> None:
    """Build beside what is served and throw it away."""
    _run(swap=False, **chosen)


def _run(*, report_file: Path | None, **chosen: Any) -> None:
    # What builds, and pandas with it, is not loaded before there is something to build.
    import_module("etl.commands.building").run(report_file=report_file, **chosen)
