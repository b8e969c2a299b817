"""`python -m etl`: build, check and status; the ETL's composition root."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from etl import pipeline, report
from etl.refusals import as_json
from settings import Settings
from warehouse.build import BuildRefusedError
from warehouse.engine import Warehouse, WarehouseMissingError, WarehouseUnreadableError

_warehouse = click.option(
    "--warehouse",
    "url",
    default=lambda: Settings().warehouse_url,
    show_default="WAREHOUSE_URL, or data/warehouse.sqlite",
    help="The warehouse, as sqlite:///FILE.",
)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    data = click.option(
        "--data",
        "data_dir",
        type=click.Path(path_type=Path),
        default=lambda: Settings().data_dir,
        show_default="DATA_DIR, or data/ of the project",
        help="The data folder to read.",
    )
    file = click.option(
        "--report",
        "report_file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write the refusals to this file as JSON.",
    )
    loss = click.option(
        "--allow-loss",
        is_flag=True,
        help="Accept tables that lose more than a third of their rows.",
    )
    return data(_warehouse(file(loss(command))))


@click.group(help="Bring figures from data/ into the warehouse.")
def main() -> None:
    """Group the commands."""


@main.command(help="Build the warehouse and swap it in; refuse it whole if any figure is wrong.")
@_options
def build(**options: Any) -> None:
    """Build and swap."""
    _run(swap=True, **options)


@main.command(help="Do all that build does but the swap.")
@_options
def check(**options: Any) -> None:
    """Build beside the served file and throw it away."""
    _run(swap=False, **options)


@main.command(help="Say what is loaded, from when, how complete.")
@_warehouse
def status(url: str) -> None:
    """Describe the served warehouse."""
    try:
        click.echo("\n".join(report.status(Warehouse(url))))
    except (WarehouseMissingError, WarehouseUnreadableError, ValueError) as error:
        raise click.ClickException(str(error)) from error


def _run(
    data_dir: Path, url: str, report_file: Path | None, *, allow_loss: bool, swap: bool
) -> None:
    try:
        if report_file:
            # Before anything is built: a report that cannot be written must not cost a build, and
            # yesterday's must not pass for today's.
            report_file.parent.mkdir(parents=True, exist_ok=True)
            report_file.unlink(missing_ok=True)
        outcome = pipeline.build(data_dir, url, swap=swap, allow_loss=allow_loss)
        if report_file:
            report_file.write_text(as_json(outcome.refusals), encoding="utf-8")
    except (BuildRefusedError, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo("\n".join(report.outcome(outcome, swapped=swap)), err=outcome.is_refused)
    sys.exit(1 if outcome.is_refused else 0)


if __name__ == "__main__":
    main(prog_name="python -m etl")
