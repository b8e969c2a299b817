"""`export`: the warehouse as a data package."""

from __future__ import annotations

from pathlib import Path

import click

from etl import options, package
from etl.commands.manners import explained
from etl.package import PackageRefusedError
from warehouse.engine import (
    WarehouseAddressError,
    WarehouseMissingError,
    WarehouseUnreadableError,
)
from warehouse.extract import Archive

_TROUBLE = (WarehouseAddressError, WarehouseMissingError, WarehouseUnreadableError)


@click.command(help="Write the warehouse as a data package: CSV, Parquet and datapackage.json.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@options.warehouse
@options.asof
def export(folder: Path, url: str, asof: str) -> None:
    """Write the package beside the folder and swap it in."""
    with explained(PackageRefusedError, *_TROUBLE):
        rows = package.export(Archive(url, asof), folder)
        click.echo(f"{folder}: {sum(rows.values())} rows of {len(rows)} tables.")
