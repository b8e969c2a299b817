"""The documents say what is there: links, commands, settings, pages, languages and names in the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from click import Context

from dashboards.pages import PAGES
from etl.__main__ import main
from settings import Settings
from tools import indicators
from warehouse.catalog import LANGUAGES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=[path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
)


def prose(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def code(document: Path) -> Iterator[str]:
    """What stands in backticks or in a fence, line by line."""
    for fenced, quoted in re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", prose(document), re.DOTALL):
        yield from (fenced or quoted).splitlines()


def anchors(document: Path) -> set[str]:
    """The addresses of the headings, as forges make them."""
    heads = re.findall(r"^#+ (.+)$", prose(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}


def test_catalogue_is_in_step() -> None:
    """docs/indicators.md is what `make docs` would write."""
    assert indicators.OUTPUT.read_text(encoding="utf-8") == indicators.render(
        indicators.read(indicators.CATALOGUE)
    )


def test_catalogue_is_laid_out() -> None:
    """A topic is a table; an indicator is a row on one line, a bar in its text kept from ending it."""
    entry = {
        "id": "cargo",
        "unit": "kt",
        "frequency": "annual",
        "direction": "up",
        "formula": None,
        "title": {"en": "Cargo"},
        "definition": {"en": "By rail | by sea,\n  in a year."},
    }

    written = indicators.render({"transit": [entry]})

    assert "## Transit" in written
    row = r"| `cargo` | **Cargo.** By rail \| by sea, in a year. | kt | annual | up |  |"
    assert row in written.splitlines()


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    """Every relative link and image, and every heading that a link names, is there."""
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@each_document
def test_make_targets_exist(document: Path) -> None:
    """Every `make …` is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {name for line in code(document) for name in re.findall(r"^make ([a-z]+)", line)}

    assert named <= targets


@each_document
def test_commands_exist(document: Path) -> None:
    """Every `python -m …` is a module, and every command of the ETL one that it has."""
    for line in code(document):
        for module, command in re.findall(r"python -m ([\w.]+)(?: ([a-z]+))?", line):
            path = ROOT / module.replace(".", "/")
            assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), line
            assert module != "etl" or not command or command in main.list_commands(Context(main)), (
                line
            )


@each_document
def test_names_are_in_the_code(document: Path) -> None:
    """Every `file.py:name` names a function or class of that file."""
    for line in code(document):
        for path, name in re.findall(r"^([\w/]+\.py):(\w+)$", line):
            source = (ROOT / path).read_text(encoding="utf-8")
            assert re.search(rf"^\s*(def|class) {name}\b", source, re.MULTILINE), line


@each_document
def test_paths_exist(document: Path) -> None:
    """Every path into a package, the tests or the tools is there."""
    for line in code(document):
        for path in re.findall(r"^(?:dashboards|etl|warehouse|tests|tools)/[\w/.-]+$", line):
            # What is installed or built is not in the repository.
            assert (ROOT / path).exists(), line


@pytest.mark.parametrize(
    "name", [*(each.name for each in fields(Settings)), "host", "port", "workers"]
)
def test_settings_are_listed(name: str) -> None:
    """README has a row for each setting."""
    settings = README.partition("## Settings")[2].partition("\n## ")[0]

    assert f"`{name.upper()}`" in settings


def test_pages_are_listed() -> None:
    """README has a row for each page, in the order of the menu, and no other."""
    listed = re.findall(r"^\| ([^|]+) \| `/en/(\w*)` \|", README, re.MULTILINE)

    assert listed == [(page.title, page.path) for page in PAGES]


def test_languages_are_listed() -> None:
    """README names each language's address, and no other."""
    assert re.findall(r"`/(\w\w)/`[,.]", README) == list(LANGUAGES)


def test_decisions_are_numbered_and_listed() -> None:
    """Decisions are numbered without a gap, and the index names each by its title."""
    folder = ROOT / "docs" / "decisions"
    pages = sorted(folder.glob("[0-9]*.md"))
    index = (folder / "README.md").read_text(encoding="utf-8")

    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        number, title = prose(page).splitlines()[0].removeprefix("# ").split(" ", 1)
        assert page.name.startswith(f"{number}-")
        assert f"| {number} | [{title}]({page.name}) |" in index
