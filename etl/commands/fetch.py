"""`fetch`: figures from statistical APIs."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import click

from etl import options, report
from etl.commands.manners import clear, conclude, explained, today
from etl.fetch import FetchReport
from etl.fetch import fetch as ask_all
from etl.fetch.apis import APIS
from etl.fetch.apis.api import Api, Wanted, WantedError
from etl.fetch.journal import FetchRunningError
from etl.fetch.manners import Manners
from etl.refusals import Refusal
from etl.snapshots import FOLDER, SnapshotBrokenError, Snapshots
from settings import Settings


@click.command(
    help="Ask the statistical APIs for the trade and the context of the OTS economies.\n\n\b\n"
    + "\n".join(f"{api.id:16}{api.about}" for api in APIS.values())
)
@click.argument("apis", nargs=-1, type=click.Choice(sorted(APIS)))
@click.option("--from", "first", type=int, default=1995, show_default=True, help="First year.")
@click.option("--to", "last", type=int, default=lambda: today().year, help="Last year.")
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
    with explained(SnapshotBrokenError, WantedError, FetchRunningError):
        clear(report_file)
        for name in apis or sorted(APIS):
            fetched = _fetch(APIS[name], Snapshots(data_dir / FOLDER), **chosen)
            click.echo("\n".join(report.fetched(name, fetched)), err=not fetched.is_good)
            refusals.extend((*fetched.refused, *fetched.failed))
        conclude(report_file, refusals)


def _fetch(
    api: Api, store: Snapshots, *, first: int, last: int, products: str, base_url: str
) -> FetchReport:
    settings = Settings.read()
    key = settings.comtrade_key if api.key_header else ""
    wanted = Wanted(
        first, last, today().year, products=tuple(products.split(",")), has_key=bool(key)
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
