"""`python -m dashboards briefing` writes the files for a scheduled job, whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.dashboards.briefing_files import slides

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def run(warehouse_url: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a job would, without a browser, a server or static files."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "dashboards", "briefing", *arguments],
        cwd=ROOT,
        env=os.environ | {"WAREHOUSE_URL": warehouse_url, "STATIC_DIR": str(folder / "static")},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_slides_are_written_in_kazakh(warehouse_url: str, tmp_path: Path) -> None:
    """Kazakh slides are what it writes when nothing else is said."""
    out = tmp_path / "briefing.pptx"
    done = run(warehouse_url, tmp_path, "--out", str(out), "--indicator", "titr_volume")
    assert (done.returncode, done.stderr) == (0, "")
    deck = slides(out.read_bytes())
    assert deck.slides[0].shapes.title.text_frame.text.startswith("Қазақстан")
    assert [path.name for path in tmp_path.iterdir()] == ["briefing.pptx"]


def test_a_workbook_of_a_past_day_replaces_the_old_one(warehouse_url: str, tmp_path: Path) -> None:
    """The file that was there is replaced; the figures are those known on the day."""
    out = tmp_path / "briefing.xlsx"
    out.write_text("old")
    choices = ["--lang", "en", "--format", "xlsx", "--asof", "2024-12-31"]
    done = run(warehouse_url, tmp_path, *choices, "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    book = openpyxl.load_workbook(out)
    latest = {
        row[7]
        for row in book["data"].iter_rows(values_only=True)
        if row[0] == "trade_turnover_ots:members_current:latest"
    }
    assert len(latest) == 1
    assert max(latest) < "2025"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--indicator", "gdp", "--out", "x.pptx"],
            "no headline gdp; there are trade_turnover_ots",
        ),
        (["--asof", "yesterday", "--out", "x.pptx"], "'yesterday' is no day; write 2024-12-31"),
        (["--lang", "de", "--out", "x.pptx"], "'de' is not one of 'kk', 'ru', 'tr', 'en'"),
        (["--format", "pdf", "--out", "x.pdf"], "'pdf' is not one of 'html', 'pptx', 'xlsx'"),
        (["--lang", "kk"], "Missing option '--out'"),
        (["--out", "no/such/folder/x.pptx"], "cannot be written"),
    ],
    ids=["indicator", "day", "language", "format", "out", "folder"],
)
def test_mistakes_are_named(
    warehouse_url: str, tmp_path: Path, arguments: list[str], said: str
) -> None:
    """Each ends with an exit code, one line that says what to write, and no file."""
    done = run(warehouse_url, tmp_path, *arguments)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (ROOT / "x.pptx").exists()


def test_without_a_warehouse_it_says_so(tmp_path: Path) -> None:
    """What is missing is named, and how to make it; what was there before is left alone."""
    out = tmp_path / "briefing.html"
    out.write_text("old")
    done = run(f"sqlite:///{tmp_path / 'none.sqlite'}", tmp_path, "--out", str(out))
    assert done.returncode == 1
    assert "run: python -m etl build" in done.stderr
    assert out.read_text() == "old"
