"""`aggregate`: bulk trade data to the sums that are wanted of them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from etl import marts, options
from etl.bulk.engine import EngineError, Means
from etl.bulk.forms import FORMS
from etl.commands.manners import clear, conclude, explained, now
from etl.marts import CatalogueRefusedError
from etl.snapshots import SnapshotBrokenError
from settings import Settings


@click.command(
    help="Add bulk trade FILES up by chapter, reporter, partner, flow and year, and keep the sums.\n\n"
    "CSV, packed or not, or Parquet, of any size. DuckDB does it within BULK_MEMORY; a Spark does it"
    " where SPARK_REMOTE or SPARK_MASTER names one, whose workers then read the files under the same"
    " path.\n\n\b\n" + "\n".join(f"{kind:16}{form.about}" for kind, form in FORMS.items())
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
@click.option(
    "--as", "kind", type=click.Choice(sorted(FORMS)), required=True, help="What they are."
)
@click.option(
    "--published", callback=options.day, metavar="DATE", help="The day they were released."
)
@click.option("--keep-rest", is_flag=True, help="Keep what stands although records are refused.")
@options.data
@options.report
def aggregate(
    files: tuple[Path, ...], kind: str, data_dir: Path, report_file: Path | None, **chosen: Any
) -> None:
    """Keep a mart of the OTS economies, or say what in the files is wrong."""
    settings = Settings.read()
    means = Means(
        settings.spark_remote, settings.spark_master, settings.bulk_memory, settings.bulk_dir
    )
    since = time.monotonic()
    with (
        explained(EngineError, CatalogueRefusedError, SnapshotBrokenError),
        click.progressbar(label=kind, length=marts.STEPS, item_show_func=str) as bar,
    ):
        clear(report_file)
        request = marts.Request(files, FORMS[kind], means, keeps_rest=chosen["keep_rest"])
        made = marts.make(
            request, data_dir, now(), chosen["published"], lambda step: bar.update(1, step)
        )
    lines = marts.told(made, time.monotonic() - since)
    click.echo("\n".join(lines), err=bool(made.aggregate.refusals))
    conclude(report_file, made.aggregate.refusals)
