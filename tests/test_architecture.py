"""The shape of the house: who may import what, how large a part may be, what no file may hold."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data_folder import ROOT

CODE = ("app.py", "settings.py", "etl", "warehouse", "dashboards")
LARGEST_MODULE = 250
LARGEST_FUNCTION = 60

REGISTRY = re.compile(
    r"https?://[^\s/\"']*(pypi|pythonhosted|npmjs|yarnpkg|registry|artifactory|nexus)"
    r"|^\s*(--)?(extra-)?(index-url|find-links)\b|^\s*registry\s*=",
    re.MULTILINE,
)
MACHINE = re.compile(r"(?<![\w./~:-])/(home|Users|root|work|tmp|workspace)/\w|[A-Z]:\\Users\\")
ENVIRONMENT = re.compile(r"\b(environ|environb|getenv|dotenv)\b")


def _files() -> list[Path]:
    """What is committed, or would be by `git add .`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def _texts(*suffixes: str) -> Iterator[tuple[str, str]]:
    for path in _files():
        if suffixes and path.suffix not in suffixes:
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8")


def _code(*more: str) -> dict[str, str]:
    return {name: text for name, text in _texts(".py") if name.split("/")[0] in (*CODE, *more)}


def _lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_the_import_contracts_hold():
    """Every arrow of docs/architecture.md is an import rule."""
    done = _lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "planted", "broken"),
    [
        ("dashboards/pages/trade.py", "sqlalchemy", "Only the warehouse speaks SQL"),
        ("dashboards/pages/trade.py", "etl.pipeline", "Figures flow one way"),
        ("dashboards/pages/trade.py", "dashboards.pages.corridor", "Pages stand alone"),
        ("dashboards/figures/trend.py", "dash", "Figures know neither Dash nor the database"),
        ("etl/units.py", "plotly", "Only the dashboards know Dash and plotly"),
        ("etl/transforms/trade.py", "pandera", "Only the contracts of the ETL know pandera"),
        ("etl/transforms/trade.py", "settings", "Settings are passed in"),
        ("etl/rules.py", "etl.tables", "Inside the ETL"),
        ("warehouse/schema.py", "warehouse.engine", "Inside the warehouse"),
        ("dashboards/pages/trade.py", "benchmarks.tables", "Nothing leans on the benchmarks"),
    ],
)
def test_an_import_against_the_contracts_is_caught(
    tmp_path: Path, module: str, planted: str, broken: str
):
    """Planted in a copy of the sources, one wrong import breaks the contract meant for it."""
    for name in ("pyproject.toml", *_code()):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(f"\nimport {planted}\n")
    done = _lint_imports(tmp_path)
    assert done.returncode == 1
    assert re.search(rf"{re.escape(broken)}[^\n]*(\n[^\n]+)?BROKEN", done.stdout), done.stdout


def test_no_part_outgrows_a_reader():
    """A module fits a sitting, a function a screen."""
    modules, functions = {}, {}
    for name, text in _code("benchmarks").items():
        modules[name] = text.count("\n")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions[f"{name}:{node.name}"] = (node.end_lineno or 0) - node.lineno + 1
    assert {name: size for name, size in modules.items() if size > LARGEST_MODULE} == {}
    assert {name: size for name, size in functions.items() if size > LARGEST_FUNCTION} == {}


def test_only_the_settings_read_the_environment():
    """Whatever a deployment may choose stands in one file."""
    readers = [name for name, text in _code().items() if ENVIRONMENT.search(text)]
    assert readers == ["settings.py"]


def test_data_are_files_only():
    """No Python among the figures: they are read, never run."""
    data = [path for path in _files() if path.is_relative_to(ROOT / "data")]
    assert data
    assert {path.suffix for path in data} <= {".csv", ".yml", ".md"}


def test_no_file_names_a_registry_or_a_machine():
    """A checkout works wherever it lies and whatever registry serves there."""
    texts = list(_texts())
    assert [name for name, text in texts if REGISTRY.search(text)] == []
    found = [(name, match[0]) for name, text in texts if (match := MACHINE.search(text))]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRY, "https:·//pypi.org/simple"),
        (REGISTRY, "-·-index-url x"),
        (REGISTRY, "registry·=x"),
        (MACHINE, "see /·home/someone/x"),
        (MACHINE, "C:·\\Users\\me"),
        (ENVIRONMENT, "os.·getenv('X')"),
    ],
)
def test_the_patterns_catch_what_they_are_for(pattern: re.Pattern[str], text: str):
    """A rule that never strikes would be worse than none; the dots keep it from striking here."""
    assert not pattern.search(text) or pattern is ENVIRONMENT
    assert pattern.search(text.replace("·", ""))
