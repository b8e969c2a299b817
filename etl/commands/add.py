"""`add`: publishers' documents from files."""

from __future__ import annotations

from pathlib import Path

import click

from etl import additions, options, pipeline, report
from etl.additions import Label
from etl.commands.manners import clear, conclude, explained, now
from etl.refusals import Refusal
from etl.snapshots import FOLDER, SnapshotBrokenError, Snapshots
from etl.sources.registry import SOURCES
from warehouse.frames import hold_text_as_python


@click.command(
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
    with explained(SnapshotBrokenError):
        clear(report_file)
        hold_text_as_python()
        library = pipeline.library(data_dir)
        store = Snapshots(data_dir / FOLDER)
        label = Label(kind or "", source, published)
        refusals: list[Refusal] = []
        for path in files:
            added = additions.add(path, label, library, store, now())
            refusals.extend(added.refusals)
            click.echo("\n".join(report.addition(path.name, added)), err=bool(added.refusals))
        conclude(report_file, refusals)
