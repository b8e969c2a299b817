"""`python -m etl`: fetch, add, build, check, status and export; the ETL's composition root."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from etl import additions, options, package, pipeline, report
from etl.additions import Label
from etl.fetch import FetchReport
from etl.fetch import fetch as ask_all
from etl.fetch.apis import APIS
from etl.fetch.apis.api import Api, Wanted, WantedError
from etl.fetch.journal import FetchRunningError
from etl.fetch.manners import Manners
from etl.package import PackageRefusedError
from etl.refusals import Refusal, as_json
from etl.snapshots import FOLDER, SnapshotBrokenError, Snapshots
from etl.sources import SOURCES
from settings import Settings
from warehouse.build import BuildRefusedError
from warehouse.engine import (
    Warehouse,
    WarehouseAddressError,
    WarehouseMissingError,
    WarehouseUnreadableError,
)
from warehouse.extract import Archive

_TROUBLE = (
    *(BuildRefusedError, SnapshotBrokenError, WarehouseMissingError, WarehouseUnreadableError),
    *(WarehouseAddressError, WantedError, FetchRunningError, PackageRefusedError, OSError),
)
"""What is told in a sentence; anything else is a fault of ours and shows where it happened."""


def _build_options(command: Callable[..., None]) -> Callable[..., None]:
    loss = click.option(
        "--allow-loss",
        is_flag=True,
        help="Accept tables that lose more than a third of their rows.",
    )
    return options.data(options.warehouse(options.asof(options.report(loss(command)))))


@click.group(help="Bring figures from publishers and from data/ into the warehouse.")
def main() -> None:
    """Group the commands."""


@main.command(
    help="Keep publishers' FILES as snapshots, if they can be read.\n\n\b\n"
    + "\n".join(f"{kind:16}{about}" for kind, about in additions.forms().items())
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--as", "kind", type=click.Choice(sorted(SOURCES)), help="What they are.")
@click.option("--source", default="", help="Whose they are, where the form does not tell.")
@click.option(
    "--published", callback=options.day, metavar="DATE", help="The day they were released."
)
@options.data
@options.report
def add(  # noqa: PLR0917 - click passes them all by name
    files: tuple[Path, ...],
    kind: str | None,
    source: str,
    published: str,
    data_dir: Path,
    report_file: Path | None,
) -> None:
    """Read each file and keep those of which nothing, or not all, was refused."""
    with _explained():
        _clear(report_file)
        library = pipeline.library(data_dir)
        store = Snapshots(data_dir / FOLDER)
        label = Label(kind or "", source, published)
        refusals: list[Refusal] = []
        for path in files:
            added = additions.add(path, label, library, store, _now())
            refusals.extend(added.refusals)
            click.echo("\n".join(report.addition(path.name, added)), err=bool(added.refusals))
        _conclude(report_file, refusals)


@main.command(
    help="Ask the statistical APIs for the trade and the context of the OTS economies.\n\n\b\n"
    + "\n".join(f"{api.id:16}{api.about}" for api in APIS.values())
)
@click.argument("apis", nargs=-1, type=click.Choice(sorted(APIS)))
@click.option("--from", "first", type=int, default=1995, show_default=True, help="First year.")
@click.option("--to", "last", type=int, default=lambda: _today().year, help="Last year.")
@click.option("--products", default="TOTAL", help="Of Comtrade: TOTAL, AG2, or codes with commas.")
@click.option("--base-url", default="", help="Ask a mirror instead of the publisher's own host.")
@options.data
@options.report
def fetch(
    apis: tuple[str, ...],
    data_dir: Path,
    report_file: Path | None,
    **chosen: Any,
) -> None:
    """Ask one API after another; go on where a fetch that was killed stopped."""
    if chosen["base_url"] and len(apis) != 1:
        raise click.UsageError("--base-url replaces the host of one API: name it")
    refusals: list[Refusal] = []
    with _explained():
        _clear(report_file)
        for name in apis or sorted(APIS):
            fetched = _fetch(APIS[name], Snapshots(data_dir / FOLDER), **chosen)
            click.echo("\n".join(report.fetched(name, fetched)), err=not fetched.is_good)
            refusals.extend((*fetched.refused, *fetched.failed))
        _conclude(report_file, refusals)


def _fetch(
    api: Api, store: Snapshots, *, first: int, last: int, products: str, base_url: str
) -> FetchReport:
    settings = Settings()
    key = settings.comtrade_key.get_secret_value() if api.key_header else ""
    wanted = Wanted(
        first, last, _today().year, products=tuple(products.split(",")), has_key=bool(key)
    )
    # stamina tells its log of every wait; the report tells what came of it.
    logging.getLogger("stamina").addHandler(logging.NullHandler())
    with click.progressbar(label=api.id, length=1, show_pos=True) as bar:

        def progress(done: int, left: int) -> None:
            bar.length = done + left
            bar.update(done - bar.pos)

        return ask_all(
            api,
            api.questions(wanted),
            store,
            base_url=base_url,
            key=key,
            manners=Manners(contact=settings.contact),
            progress=progress,
        )


@main.command(help="Build the warehouse and swap it in; refuse it whole if a table is wrong.")
@_build_options
def build(**chosen: Any) -> None:
    """Build and swap."""
    _run(swap=True, **chosen)


@main.command(help="Do all that build does but the swap.")
@_build_options
def check(**chosen: Any) -> None:
    """Build beside what is served and throw it away."""
    _run(swap=False, **chosen)


@main.command(help="Say what is loaded, from when, how complete, and what was rejected.")
@options.warehouse
@options.asof
def status(url: str, asof: str) -> None:
    """Describe the served warehouse."""
    with _explained():
        click.echo("\n".join(report.status(Warehouse(url, asof))))


@main.command(help="Write the warehouse as a data package: CSV, Parquet and datapackage.json.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@options.warehouse
@options.asof
def export(folder: Path, url: str, asof: str) -> None:
    """Write the package beside the folder and swap it in."""
    with _explained():
        rows = package.export(Archive(url, asof), folder)
        click.echo(f"{folder}: {sum(rows.values())} rows of {len(rows)} tables.")


def _run(
    data_dir: Path, url: str, report_file: Path | None, *, asof: str, allow_loss: bool, swap: bool
) -> None:
    with _explained():
        # Before anything is built: a report that cannot be written must not cost a build.
        _clear(report_file)
        outcome = pipeline.build(data_dir, url, swap=swap, allow_loss=allow_loss, asof=asof)
        wrong = [*outcome.refusals, *outcome.rejected]
        click.echo("\n".join(report.outcome(outcome, swapped=swap)), err=bool(wrong))
        _conclude(report_file, wrong)


def _clear(report_file: Path | None) -> None:
    if report_file:
        # Yesterday's report must not pass for today's.
        report_file.parent.mkdir(parents=True, exist_ok=True)
        report_file.unlink(missing_ok=True)


def _conclude(report_file: Path | None, refusals: Iterable[Refusal]) -> None:
    found = list(refusals)
    if report_file:
        report_file.write_text(as_json(found), encoding="utf-8")
    sys.exit(1 if found else 0)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn trouble that has a sentence of its own into that sentence."""
    try:
        yield
    except _TROUBLE as error:
        raise click.ClickException(str(error)) from error


def _today() -> date:
    return datetime.now(UTC).date()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


if __name__ == "__main__":
    main(prog_name="python -m etl")
