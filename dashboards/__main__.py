"""`python -m dashboards static`: make ready what browsers load; a composition root."""

from __future__ import annotations

import click

from dashboards.static import collect
from settings import Settings


@click.group(help="Prepare what the dashboards serve.")
def main() -> None:
    """Group the commands."""


@main.command(help="Collect and compress what browsers load.")
def static() -> None:
    """Write the static files where the app serves them from."""
    target = Settings().static_dir
    addresses = collect(target)
    click.echo(f"{len(addresses)} static files in {target}")


if __name__ == "__main__":
    main(prog_name="python -m dashboards")
