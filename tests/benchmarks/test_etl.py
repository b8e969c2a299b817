"""A race of loaders: runs are taken in turn, each warmed up, and their medians told."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import etl
from benchmarks.etl import Contender, rounds
from benchmarks.processes import Run


def test_runs_are_taken_in_turn_each_after_a_warming_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A machine that slows down slows everybody; who is patient with a slow one runs it once."""
    monkeypatch.setattr(etl, "OUT", tmp_path)
    order: list[str] = []
    pace = iter([9.0, 1.0, 9.0, 8.0, 9.0, 3.0, 9.0, 2.0])

    def contender(name: str, at_most: int | None = None) -> Contender:
        def start(file: Path, folder: Path) -> Run:
            assert folder.is_dir()
            order.append(f"{name} {file.name}")
            seconds = next(pace)
            return Run(seconds, seconds / 2, 100.0)

        return Contender(name, "", start, at_most=at_most)

    many = tmp_path / "many"
    entries = [(contender("ours"), many), (contender("theirs", at_most=1), many)]

    ours, theirs = rounds(entries, tmp_path / "few", 3)

    warm, turns = order[::2], order[1::2]
    assert warm == ["ours few", "theirs few", "ours few", "ours few"]
    assert turns == ["ours many", "theirs many", "ours many", "ours many"]
    assert (ours, theirs) == (Run(2.0, 1.0, 100.0), Run(8.0, 4.0, 100.0))
    assert [*tmp_path.iterdir()] == []
