"""Paths for laws: amounts and years as reports have them, the base short of the target."""

from __future__ import annotations

from hypothesis import strategies as st

from dashboards.progress.methods import Path

amounts = st.integers(1, 10**6).map(lambda thousandths: thousandths / 1000)
years = st.integers(1, 40)


@st.composite
def paths(draw: st.DrawFn) -> Path:
    """A path up or down whose due year lies ahead of the latest figure."""
    base, target = draw(st.tuples(amounts, amounts).filter(lambda both: both[0] != both[1]))
    elapsed, ahead = draw(years), draw(years)
    return Path(
        base=base,
        base_year=2000,
        latest=draw(amounts),
        latest_year=2000 + elapsed,
        target=target,
        due_year=2000 + elapsed + ahead,
        direction="up" if target > base else "down",
    )
