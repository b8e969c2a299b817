"""Memory is flat if it stops growing once the server has warmed up."""

from __future__ import annotations

from benchmarks.cannon import Load
from benchmarks.memory import tables

LOAD = Load(50, 1, 2, 3, answers=180_000, failures=0)


def samples(*megabytes: float) -> list[tuple[float, float]]:
    return [(5.0 * at, each) for at, each in enumerate(megabytes)]


def test_growth_counts_from_a_sixth_of_the_run_on():
    """Twelve samples: the first two are the server filling its caches."""
    warmed = samples(150, 280, *[300] * 10)
    leaking = samples(*range(150, 390, 20))

    for seen, measured, met in ((warmed, "0 %", "✓"), (leaking, "94.7 %", "✗")):
        budget, _listed = tables(seen, LOAD, 400)
        assert list(budget.rows[0][1:]) == ["≤ 5.00 %", measured, met]


def test_a_long_run_is_shown_by_some_of_its_samples_and_its_last():
    _budget, listed = tables([(at / 10, 300.0 + at) for at in range(100)], LOAD, 400)
    assert len(listed.rows) == 14
    assert listed.rows[-1] == (9.9, 399.0)
    assert "180,000 answers, 0 failures" in listed.notes[0]
