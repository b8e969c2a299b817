"""A data folder of one's own: a copy of data/ whose cells a test may edit, and a way to look inside."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
TABLES = ("catalog", "figures", "statements", "corrections")

Row = dict[str, str]


def read_rows(*files: Path) -> list[Row]:
    """The rows of some csv files, one after another."""
    texts = (file.read_text(encoding="utf-8") for file in files)
    return [row for text in texts for row in csv.DictReader(io.StringIO(text, newline=""))]


class DataFolder:
    """A data folder at `path`; rows are named by the values of some of their cells."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def copy(cls, path: Path) -> DataFolder:
        """Copy the tables of the repository's data/, and nothing else."""
        for name in TABLES:
            shutil.copytree(DATA / name, path / name)
        return cls(path)

    @classmethod
    def small(cls, path: Path) -> DataFolder:
        """A folder that builds fast: four years of trade, the rest as it is."""
        folder = cls.copy(path)
        years = {"2009", "2010", "2021", "2022"}
        for file in sorted((path / "figures" / "trade").glob("*.csv")):
            name = file.relative_to(path).as_posix()
            folder.keep(name, lambda row: row["period"] in years)
        return folder

    def text(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        (self.path / file).write_text(text, encoding="utf-8", newline="")

    def rewrite(self, file: str, change: Callable[[bytes], bytes]) -> None:
        """Change the bytes of a file."""
        (self.path / file).write_bytes(change((self.path / file).read_bytes()))

    def rows(self, file: str) -> list[Row]:
        return read_rows(self.path / file)

    def row(self, file: str, **where: str) -> int:
        """The number, as in a spreadsheet, of the only row with these cells."""
        (number,) = (
            number
            for number, row in enumerate(self.rows(file), start=2)
            if where.items() <= row.items()
        )
        return number

    def edit(self, file: str, where: Row, **cells: str) -> int:
        """Set cells of the only row with the cells of `where`; answers the number of the row."""
        number, rows = self.row(file, **where), self.rows(file)
        rows[number - 2].update(cells)
        self._save(file, rows)
        return number

    def add(self, file: str, **cells: str) -> int:
        """Append a row, empty but for `cells`; answers its number."""
        rows = self.rows(file)
        rows.append({name: cells.get(name, "") for name in rows[0]})
        self._save(file, rows)
        return len(rows) + 1

    def repeat(self, file: str, where: Row, **cells: str) -> int:
        """Append a copy of a row with some cells changed; answers its number."""
        original = self.rows(file)[self.row(file, **where) - 2]
        return self.add(file, **{**original, **cells})

    def keep(self, file: str, is_kept: Callable[[Row], bool]) -> None:
        """Drop all other rows."""
        self._save(file, [row for row in self.rows(file) if is_kept(row)])

    def _save(self, file: str, rows: list[Row]) -> None:
        header = self.text(file).partition("\n")[0].split(",")
        lines = io.StringIO(newline="")
        writer = csv.DictWriter(lines, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.write(file, lines.getvalue())


def run_etl(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `python -m etl` as anyone would, whatever this machine's environment says."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATA_DIR", "WAREHOUSE_URL"}
    }
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "etl", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of a warehouse, but for when it was built and what was served before."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}
    tables["build_change"] = []
    tables["build"] = [(build_id, code) for build_id, _built_at, code in tables["build"]]
    return tables
