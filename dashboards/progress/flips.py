"""What would have to be otherwise for a verdict to be another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, log
from typing import Literal

from dashboards.progress.methods import METHODS, THRESHOLDS, Path, growth, judge

What = Literal["base_year", "latest", "due_year"]
Figure = tuple[float, float]
"""A year and the value in it."""

_Boundary = Callable[[Path, float], float]

_BESIDE = 1e-9
"""How far beside a boundary, as a share of it, the verdict beyond it is asked for."""


@dataclass(frozen=True)
class Flip:
    """The nearest value of one input at which a method's verdict turns into another.

    `verdict` is the one from the value on, going away from where the input stands. A base year is
    one that has a figure of its own, which then is the base.
    """

    method: str
    what: What
    value: float
    verdict: str


def flips(path: Path, bases: Sequence[Figure] = ()) -> tuple[Flip, ...]:
    """List what flips each method's verdict: the base year, the latest value, the due year.

    `bases` are the figures that could be counted from; without them no base year is listed. Nothing
    is listed where no change of the one input, the due year staying ahead of the latest figure,
    flips the verdict, or where the method has none.
    """
    found = (_flips(method, path, bases) for method in METHODS if _verdict(method, path))
    return tuple(flip for flips_of_one in found for flip in flips_of_one)


def _flips(method: str, path: Path, bases: Sequence[Figure]) -> Iterator[Flip]:
    current = _verdict(method, path)
    for year, value in sorted(bases, key=lambda figure: abs(figure[0] - path.base_year)):
        other = _verdict(method, replace(path, base=value, base_year=year))
        if other not in {"", current}:
            yield Flip(method, "base_year", year, other)
            break
    latest = [path.target, *_boundaries(_LATEST[method], method, path)]
    yield from _nearest(method, path, "latest", latest)
    due = [year for year in _boundaries(_DUE[method], method, path) if year > path.latest_year]
    yield from _nearest(method, path, "due_year", due)


def _nearest(
    method: str, path: Path, what: Literal["latest", "due_year"], boundaries: Sequence[float]
) -> Iterator[Flip]:
    """The nearest of the boundaries beyond which the verdict is another, if there is one."""
    here, current = getattr(path, what), _verdict(method, path)
    for boundary in sorted(boundaries, key=lambda value: abs(value - here)):
        onwards = 1 if boundary > here else -1
        # A figure that stands on a boundary may, by rounding, stand on either side of it.
        for side in (onwards, -onwards):
            beyond = boundary + side * _BESIDE * abs(boundary)
            other = _verdict(method, _at(path, what, beyond))
            if other not in {"", current}:
                yield Flip(method, what, boundary, other)
                return


def _at(path: Path, what: Literal["latest", "due_year"], value: float) -> Path:
    return replace(path, latest=value) if what == "latest" else replace(path, due_year=value)


def _verdict(method: str, path: Path) -> str:
    return judge(path)[METHODS.index(method)].verdict


def _boundaries(boundary: _Boundary, method: str, path: Path) -> list[float]:
    """Where one input gives the method's ratio each of its thresholds; none where it never does."""
    found = []
    for least, _ in THRESHOLDS[method]:
        try:
            found.append(boundary(path, least))
        except (ValueError, ZeroDivisionError, OverflowError):
            # Logarithms of what is not above 0: no value of this input gives that ratio.
            continue
    return [value for value in found if isfinite(value)]


def _latest_cagr(path: Path, ratio: float) -> float:
    required = growth(path.base, path.base_year, path.target, path.due_year)
    grown: float = (1 + ratio * required) ** (path.latest_year - path.base_year)
    return path.base * grown


def _latest_unsd(path: Path, ratio: float) -> float:
    share = (path.latest_year - path.base_year) / (path.due_year - path.base_year)
    grown: float = (_on_the_way(path, ratio) / path.base) ** share
    return path.base * grown


def _latest_linear(path: Path, ratio: float) -> float:
    share = (path.latest_year - path.base_year) / (path.due_year - path.base_year)
    return _on_the_way(path, ratio * share)


def _due_cagr(path: Path, ratio: float) -> float:
    actual = growth(path.base, path.base_year, path.latest, path.latest_year)
    return path.base_year + log(path.target / path.base) / log(1 + actual / ratio)


def _due_unsd(path: Path, ratio: float) -> float:
    years = path.latest_year - path.base_year
    gone = log(path.latest / path.base)
    return path.base_year + years * log(_on_the_way(path, ratio) / path.base) / gone


def _due_linear(path: Path, ratio: float) -> float:
    pace = (path.latest - path.base) / (path.latest_year - path.base_year)
    return path.base_year + ratio * (path.target - path.base) / pace


def _on_the_way(path: Path, share: float) -> float:
    return path.base + share * (path.target - path.base)


_LATEST: Mapping[str, _Boundary] = {
    "cagr": _latest_cagr,
    "unsd": _latest_unsd,
    "linear": _latest_linear,
}
"""The latest value that gives a ratio: the formulas of `methods`, solved for it."""

_DUE: Mapping[str, _Boundary] = {"cagr": _due_cagr, "unsd": _due_unsd, "linear": _due_linear}
"""The due year that gives a ratio."""
