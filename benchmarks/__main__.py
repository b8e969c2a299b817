"""`python -m benchmarks`: pages, load, memory, lighthouse, etl, and the report of them all."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from functools import partial

import click

from benchmarks import report as reporting
from benchmarks import tables
from benchmarks.machine import described
from benchmarks.places import OUT, ROOT

_DOCUMENT = ROOT / "docs" / "performance.md"

_told = partial(click.echo, err=True)
_chromium = click.option(
    "--chromium", envvar="CHROMIUM", required=True, help="The browser's path (CHROMIUM)."
)
_runs = click.option(
    "--runs",
    default=3,
    show_default=True,
    envvar="BENCH_RUNS",
    help="How often everything is opened.",
)


@click.group(help="Measure the pages, the server and the ETL beside those of others.")
def main() -> None:
    """Group the parts."""


@main.command(
    help="Page weight, time to charts and to what was chosen, beside Dash, Vizro and Streamlit."
)
@_chromium
@_runs
def pages(chromium: str, runs: int) -> None:
    """Measure pages in Chromium."""
    from benchmarks.pages import measure  # noqa: PLC0415  a part needs only its own tools

    _keep("pages", measure(chromium, runs, _told))


@main.command(
    help="Requests per second at 1, 16 and 64 clients and at a steady rate, beside plain Dash."
)
@_chromium
@click.option(
    "--seconds",
    default=15.0,
    show_default=True,
    envvar="BENCH_SECONDS",
    help="How long the runs with 64 clients and at the steady rate last.",
)
def load(chromium: str, seconds: float) -> None:
    """Measure the server under load."""
    from benchmarks.load import measure  # noqa: PLC0415

    _keep("load", measure(chromium, seconds, _told))


@main.command(help="Whether the server's memory stays flat at a steady rate.")
@_chromium
@click.option("--minutes", default=60.0, show_default=True, help="How long it is watched.")
def memory(chromium: str, minutes: float) -> None:
    """Watch the server's memory."""
    from benchmarks.memory import measure  # noqa: PLC0415

    _keep("memory", measure(chromium, minutes, _told))


@main.command(help="Lighthouse's score of performance, at a desk and on a phone.")
@_chromium
@_runs
def lighthouse(chromium: str, runs: int) -> None:
    """Score the pages."""
    from benchmarks.lighthouse import measure  # noqa: PLC0415

    _keep("lighthouse", measure(chromium, runs, _told))


@main.command(help="Rows per second and memory of the ETL, beside pandas, dlt, sqlite3 and DuckDB.")
def etl() -> None:
    """Measure the ETL; its module keeps its tables itself."""
    subprocess.run([sys.executable, "-m", "benchmarks.etl"], cwd=ROOT, check=True)


@main.command(help="Write docs/performance.md from what was measured.")
@_chromium
def report(chromium: str) -> None:
    """Write the document; its day is that of the oldest part, in UTC."""
    kept = {name: OUT / f"{name}.json" for name in reporting.PARTS}
    there = {name: path for name, path in kept.items() if path.exists()}
    if not there:
        raise click.ClickException(f"nothing was measured: {OUT.relative_to(ROOT)} holds no part")
    found = {name: tables.loads(path.read_text("utf-8")) for name, path in there.items()}
    day = datetime.fromtimestamp(min(path.stat().st_mtime for path in there.values()), UTC).date()
    _DOCUMENT.write_text(reporting.render(found, described(chromium), day), encoding="utf-8")
    _told(f"{_DOCUMENT.relative_to(ROOT)} is written")


def _keep(name: str, measured: list[tables.Table]) -> None:
    tables.write(OUT / f"{name}.json", measured)
    for budget in (
        row for table in measured if table.title == tables.BUDGETS for row in table.rows
    ):
        _told("  ".join(map(str, budget)))


if __name__ == "__main__":
    main()
