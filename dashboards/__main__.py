"""`python -m dashboards static | briefing`: what is made without a server; a composition root."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from dashboards.briefing.compose import compose, options
from dashboards.briefing.files import KINDS, written
from dashboards.i18n import DEFAULT, load_locales
from dashboards.selection import BriefingSelection
from dashboards.static import collect, plotly_script
from settings import Settings
from warehouse import periods
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import (
    Warehouse,
    WarehouseAddressError,
    WarehouseMissingError,
    WarehouseUnreadableError,
)
from warehouse.frames import hold_text_as_python


@click.group(help="Prepare what the dashboards serve, and write briefings.")
def main() -> None:
    """Group the commands."""


@main.command(help="Collect and compress what browsers load.")
def static() -> None:
    """Write the static files where the app serves them from."""
    target = Settings.read().static_dir
    addresses = collect(target)
    click.echo(f"{len(addresses)} static files in {target}")


@main.command(help="Write the briefing to a file, as the page offers it.")
@click.option("--lang", type=click.Choice(LANGUAGES), default=DEFAULT, show_default=True)
@click.option("--format", "kind", type=click.Choice(KINDS), default="pptx", show_default=True)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write; it is replaced as a whole or not at all.",
)
@click.option("--indicator", multiple=True, help="A headline to include; all if none is named.")
@click.option("--asof", default="", help="The day whose knowledge is told, as 2024-12-31.")
@click.option("--origin", default="", help="Where readers find the site, as https://example.org.")
def briefing(  # noqa: PLR0917 - click passes them by name
    lang: Language, kind: str, out: Path, indicator: tuple[str, ...], asof: str, origin: str
) -> None:
    """Make a briefing from the warehouse and put it in the place of the file."""
    hold_text_as_python()
    settings = Settings.read()
    try:
        warehouse = Warehouse(settings.warehouse_url, _day(asof))
        selection = BriefingSelection(_chosen(indicator, options(warehouse)))
        made = compose(warehouse, load_locales()[lang], selection, origin.rstrip("/"))
        _replace(out, written(made, kind, partial(plotly_script, settings.static_dir)))
    except (WarehouseAddressError, WarehouseMissingError, WarehouseUnreadableError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}") from error
    click.echo(f"{len(made.sections)} sections in {out}")


def _day(text: str) -> str:
    if text and not (len(text) == 10 and periods.is_period(text)):
        raise click.BadParameter(f"{text!r} is no day; write 2024-12-31", param_hint="--asof")
    return text


def _chosen(wanted: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """The wanted headlines in their usual order."""
    unknown = [each for each in wanted if each not in known]
    if unknown:
        raise click.BadParameter(
            f"no headline {', '.join(unknown)}; there are {', '.join(known)}",
            param_hint="--indicator",
        )
    return tuple(each for each in known if each in wanted)


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file and rename, so that nobody ever reads half of it."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            beside.chmod(0o644)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


if __name__ == "__main__":
    main(prog_name="python -m dashboards")
