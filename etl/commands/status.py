"""`status`: what is served."""

from __future__ import annotations

import click

from etl import options, report
from etl.commands.manners import explained
from warehouse.engine import (
    Warehouse,
    WarehouseAddressError,
    WarehouseMissingError,
    WarehouseUnreadableError,
)


@click.command(help="Say what is loaded, from when, how complete, and what was rejected.")
@options.warehouse
@options.asof
def status(url: str, asof: str) -> None:
    """Describe the served warehouse."""
    with explained(WarehouseAddressError, WarehouseMissingError, WarehouseUnreadableError):
        click.echo("\n".join(report.status(Warehouse(url, asof))))
