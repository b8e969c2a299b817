"""What commands have in common: which data folder, which warehouse, which day, which report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from settings import Settings

warehouse = click.option(
    "--warehouse",
    "url",
    default=lambda: Settings.read().warehouse_url,
    show_default="WAREHOUSE_URL, or data/warehouse.sqlite",
    help="The warehouse, as sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE.",
)
data = click.option(
    "--data",
    "data_dir",
    type=click.Path(path_type=Path),
    default=lambda: Settings.read().data_dir,
    show_default="DATA_DIR, or data/ of the project",
    help="The data folder to read.",
)
report = click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the refusals to this file as JSON.",
)


def day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str:
    """Read a day, empty where none was given. Raises what click shows for anything else."""
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a day; write 2023-05-19") from error


asof = click.option(
    "--asof",
    callback=day,
    metavar="DATE",
    help="Answer as on that day: only what was known by then.",
)
