"""Rows per second and memory of the ETL beside pandas, dlt, sqlite3 and DuckDB: `python -m benchmarks.etl`."""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

from benchmarks import tables, trade_files
from benchmarks.loaders import AGGREGATE
from benchmarks.places import OURS, OUT, PEERS, ROOT
from benchmarks.processes import Run, run
from benchmarks.tables import Budget, Table

_MILLION, _GROWTH = 1_000_000, (20_000, 200_000, 2_000_000, 20_000_000)
_COLUMNS = (
    *("Who", "What", "Rows", "Load, s", "With the sums, s"),
    *("Rows per second", "Peak, MB", "Times ours"),
)
_FOLDERS = ("catalog", "corrections", "figures", "statements")


@dataclass(frozen=True)
class Contender:
    """Who loads a file, what it does, and how: a command of the file and a folder of its own."""

    name: str
    what: str
    start: Callable[[Path, Path], Run]
    loads_all: bool = True
    at_most: int | None = None
    """How many runs its time allows, however many the others have."""


def _peer(name: str) -> Callable[[Path, Path], Run]:
    def start(file: Path, folder: Path) -> Run:
        mark = folder / "loaded" if name != "duckdb" else None
        quiet = {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}
        command = [str(PEERS), "-m", "benchmarks.loaders", name, str(file), str(folder)]
        return run(command, mark, quiet)

    return start


def _sqlite_import(file: Path, folder: Path) -> Run:
    """The shell's `.import` of what gzip unpacks, then a GROUP BY; all columns are text."""
    query = " ".join(AGGREGATE.format("flows").split())
    script = f".mode csv\n.import '|gzip -dc \"{file}\"' flows\n.shell touch {folder / 'loaded'}\nCREATE TABLE mart AS {query};\n"
    (folder / "script").write_text(script, encoding="utf-8")
    command = ["sqlite3", str(folder / "flows.sqlite"), f".read {folder / 'script'}"]
    return run(command, folder / "loaded")


def _aggregate(file: Path, folder: Path) -> Run:
    for name in _FOLDERS:
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    data = str(folder / "data")
    return run([str(OURS), "-m", "etl", "aggregate", str(file), "--as", "comtrade", "--data", data])


def _aggregate_and_build(file: Path, folder: Path) -> Run:
    """Aggregate, and build a warehouse of the mart and of all that data/ holds."""
    added = _aggregate(file, folder)
    built = _build(folder)
    peak = max(added.peak_mb, built.peak_mb)
    return Run(added.seconds + built.seconds, added.seconds, peak)


def _build(folder: Path) -> Run:
    url = f"sqlite:///{folder / 'warehouse.sqlite'}"
    return run(
        [str(OURS), "-m", "etl", "build", "--data", str(folder / "data"), "--warehouse", url]
    )


OUR_SUMS = Contender("ours", "etl aggregate: checks, digests and sums", _aggregate, loads_all=False)
OUR_BUILD = Contender(
    "ours", "etl aggregate and a build of everything", _aggregate_and_build, loads_all=False
)
DUCKDB = Contender("DuckDB", "read_csv and GROUP BY", _peer("duckdb"), loads_all=False)
LOADERS = (
    Contender("pandas", "read_csv, to_sql into SQLite", _peer("pandas")),
    Contender("dlt", "filesystem | read_csv, into DuckDB", _peer("dlt"), at_most=1),
    Contender("dlt", "filesystem | read_csv_duckdb as Arrow, into DuckDB", _peer("dlt-arrow")),
    Contender("sqlite3", ".import", _sqlite_import),
)


def timed(contender: Contender, file: Path) -> Run:
    """Let somebody load a file, in a folder that is new and is removed."""
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        return contender.start(file, Path(folder))


def middle(found: Sequence[Run]) -> Run:
    """The medians of some runs."""
    return Run(
        median(each.seconds for each in found),
        median(each.loaded_s for each in found),
        median(each.peak_mb for each in found),
    )


def rounds(entries: Sequence[tuple[Contender, Path]], few: Path, times: int) -> list[Run]:
    """The medians of everybody's runs, taken in turn, for the pace of a machine changes.

    Before each of them its contender loads the file of a `few` rows: libraries that have meanwhile gone
    from memory are nobody's speed.
    """
    found: list[list[Run]] = [[] for _entry in entries]
    for number in range(times):
        for (one, file), runs in zip(entries, found, strict=True):
            if one.at_most is None or number < one.at_most:
                timed(one, few)
                runs.append(timed(one, file))
    return [middle(runs) for runs in found]


def race(
    title: str, entries: Sequence[tuple[Contender, Path, int]], times: int, notes: Sequence[str]
) -> tuple[Table, dict[str, float]]:
    """Let everybody load their file, and compare rows per second with the first's.

    The ratios are by name and what is done.
    """
    few = trade_files.made(_GROWTH[0])
    found = rounds([(one, file) for one, file, _rows in entries], few, times)
    ours = entries[0][2] / found[0].seconds
    lines = []
    ratios = {}
    for (one, _file, rows), each in zip(entries, found, strict=True):
        speed = rows / each.seconds
        ratios[f"{one.name}: {one.what}"] = ours / speed
        load = each.loaded_s if one.loads_all else None
        lines.append(
            (one.name, one.what, rows, load, each.seconds, speed, each.peak_mb, ours / speed)
        )
    return Table(title, _COLUMNS, lines, list(notes)), ratios


def growth(times: int) -> Table:
    """How our aggregate and build grow as rows grow tenfold three times."""
    files = [trade_files.made(rows) for rows in _GROWTH]
    found = rounds([(OUR_BUILD, file) for file in files], files[0], times)
    lines = [
        (rows, each.loaded_s, each.seconds - each.loaded_s, rows / each.loaded_s, each.peak_mb)
        for rows, each in zip(_GROWTH, found, strict=True)
    ]
    columns = ("Rows", "Aggregate, s", "Build, s", "Rows per second aggregated", "Peak, MB")
    return Table("As rows grow tenfold", columns, lines, [_MADE])


_MADE = "Made rows have the layout of the real file: packed CSV, seven columns, no key twice."
_HOW = (
    "All are processes, measured from start to end: interpreter, imports and reading of the packed file"
    " included. “Load” is until every row stands in the database; “with the sums” until the chapters of the"
    " group's economies are added up, which is all that ours and DuckDB's own way do. Ours also checks every"
    " row, makes a digest of the file and proves it whole. “Times ours” is how many times faster ours is."
    " Runs are taken in turn, {times} of each and one of dlt's own reader of CSV; each follows one with a few"
    " rows by the same tool, which is not counted and brings libraries back into memory."
)
_BOUND = (
    "dlt's Arrow reader has DuckDB read the file, as ours does: who reads by DuckDB can hardly outpace it by"
    " more than DuckDB's own way does."
)


def nothing_new(times: int) -> float:
    """Seconds of a build that would make what is served already; the median."""
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        for name in _FOLDERS:
            shutil.copytree(ROOT / "data" / name, Path(folder) / "data" / name)
        _build(Path(folder))
        return median(_build(Path(folder)).seconds for _time in range(times))


def _budgets(
    ratios: Mapping[str, float], many: Mapping[str, float], peak_mb: float, rebuild_s: float
) -> Iterator[Budget]:
    for contender, limit in (
        (LOADERS[1], 10.0),
        (LOADERS[2], 10.0),
        (LOADERS[0], 4.0),
        (DUCKDB, 0.5),
    ):
        yield _times(contender, "2 million", limit, ratios)
    yield _times(DUCKDB, "20 million", 0.5, many)
    yield Budget("Peak of memory at 20 million rows", 2000.0, peak_mb, "MB")
    yield Budget("A rebuild with nothing new", 1.0, rebuild_s, "s")


def _times(one: Contender, rows: str, limit: float, ratios: Mapping[str, float]) -> Budget:
    name = f"{one.name}: {one.what}"
    return Budget(
        f"ETL, {rows} rows, times {name}", limit, ratios.get(name, math.nan), "×", at_least=True
    )


def measure(times: int) -> list[Table]:
    """Measure everything; the first table is that of the budgets."""
    everyone = (OUR_SUMS, OUR_BUILD, DUCKDB, *LOADERS)
    real = trade_files.real()
    file, rows = (
        (real, trade_files.REAL_ROWS) if real else (trade_files.made(2 * _MILLION), 2 * _MILLION)
    )
    kind = "real" if real else "made (ALTYN_REAL_DATA names no folder of real ones)"
    first, ratios = race(
        f"{rows:,} {kind} rows",
        [(one, file, rows) for one in everyone],
        times,
        [_HOW.format(times=times), _BOUND],
    )
    many, few = trade_files.made(20 * _MILLION), trade_files.made(2 * _MILLION)
    entries = [(one, many, 20 * _MILLION) for one in everyone[:3]]
    entries += [(one, few, 2 * _MILLION) for one in LOADERS]
    tenth = "pandas, dlt and sqlite3 were given a tenth of the rows, 2 million; compare rows per second."
    second, many_ratios = race("20 million made rows", entries, times, [_MADE, tenth])
    peak = max(float(row[6] or 0) for row in second.rows[:2])
    budgets = tables.budget_table(_budgets(ratios, many_ratios, peak, nothing_new(max(3, times))))
    return [budgets, first, second, growth(times)]


@click.command()
@click.option("--runs", "times", default=3, show_default=True, envvar="BENCH_RUNS", help="Of each.")
def main(times: int) -> None:
    """Measure the ETL beside others' tools, and keep the tables."""
    os.environ.pop("SPARK_MASTER", None)
    os.environ.pop("SPARK_REMOTE", None)
    measured = measure(times)
    tables.write(OUT / "etl.json", measured)
    for table in measured:
        click.echo(f"{table.title}")
        for row in table.rows:
            click.echo("  " + "  ".join(map(str, row)))


if __name__ == "__main__":
    main()
