"""Four published ways to judge a figure between its base and a dated target, side by side.

y0 is the base in year t0, y the latest figure in year t, yT the target for year T, and d is +1 where
more is better and −1 where less is. A range counts by its ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from math import isfinite

from dashboards.progress import Range
from warehouse import periods
from warehouse.catalog import Direction

METHODS = ("cagr", "unsd", "linear", "escap")
"""Eurostat and Open SDG, UNSD Progress Chart, SDG Index style, UN ESCAP Current Status Index."""

Thresholds = tuple[tuple[float, str], ...]

THRESHOLDS: Mapping[str, Thresholds] = {
    "cagr": ((0.95, "on_track"), (0.60, "moderate"), (0.0, "limited")),
    "unsd": ((0.95, "on_track"), (0.10, "moderate"), (0.0, "stagnating")),
    "linear": ((1.0, "on_track"), (0.5, "moderate"), (0.0, "stagnating")),
    "escap": (),
}
"""The least ratio of each verdict, the best first; below the last the figure moves "away".

UNSD's lowest class is "stagnation or regression"; it is told apart here at 0. The index of ESCAP has
no verdict of its own.
"""

VERDICTS = ("", "away", "stagnating", "limited", "moderate", "on_track", "achieved")
"""From none and the worst to the best."""


@dataclass(frozen=True)
class Path:
    """From a base over the latest figure to a target that has a due year.

    Years may have fractions (`year`); 2023 is its end. Amounts are in one unit.
    """

    base: float
    base_year: float
    latest: float
    latest_year: float
    target: float
    due_year: float
    direction: Direction

    @property
    def sign(self) -> int:
        """+1 where more is better, −1 where less is."""
        return 1 if self.direction == "up" else -1

    @property
    def is_achieved(self) -> bool:
        """Whether the latest figure meets the target."""
        return self.sign * (self.latest - self.target) >= 0


@dataclass(frozen=True)
class Judgement:
    """What one method says; `ratio` is None and `verdict` empty where it can say nothing.

    The ratio is actual over required progress, for `escap` a status, 0 at the base, 10 at the target.
    """

    method: str
    ratio: float | None
    verdict: str


@dataclass(frozen=True)
class Spread:
    """What one method says of ranges: the least and greatest ratio, the worst and best verdict."""

    method: str
    ratios: Range | None
    worst: str
    best: str

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The worst and the best verdict, one where they agree; nothing where there is none."""
        return tuple(dict.fromkeys(filter(None, (self.worst, self.best))))

    @property
    def verdict(self) -> str:
        """The verdict that holds at every end of the ranges; empty where they disagree."""
        return self.worst if self.worst == self.best else ""


def judge(path: Path) -> tuple[Judgement, ...]:
    """Judge a path by each of `METHODS`, in that order.

    A target that has been met is achieved by every method but `escap`, which gives none. There is no
    ratio where the base does not lie short of the target, where the years do not follow one another,
    or where a rate of growth would need amounts above 0.
    """
    return tuple(Judgement(method, *_judged(method, path)) for method in METHODS)


def judge_ranges(  # noqa: PLR0917 - the fields of a path, in their order
    base: Range,
    base_year: float,
    latest: Range,
    latest_year: float,
    target: Range,
    due_year: float,
    direction: Direction,
) -> tuple[Spread, ...]:
    """Judge every combination of the ends of three ranges, by each of `METHODS`."""
    paths = [
        Path(y0, base_year, y, latest_year, aim, due_year, direction)
        for y0, y, aim in product(set(base), set(latest), set(target))
    ]
    return tuple(_spread(method, paths) for method in METHODS)


def growth(base: float, base_year: float, latest: float, latest_year: float) -> float:
    """Compound growth a year as a share of one, (y/y0)^(1/(t−t0)) − 1.

    Raises ValueError unless both amounts are above 0 and the second year is after the first.
    """
    if base <= 0 or latest <= 0 or latest_year <= base_year:
        raise ValueError(f"no growth leads from {base} ({base_year}) to {latest} ({latest_year})")
    return _power(latest / base, 1 / (latest_year - base_year)) - 1


def growth_needed(latest: float, latest_year: float, target: float, due_year: float) -> float:
    """Compound growth a year, as a share of one, that leads from the latest figure to the target.

    Raises ValueError as `growth` does: where the due year is not ahead of the latest figure.
    """
    return growth(latest, latest_year, target, due_year)


def year(period: str) -> float:
    """The year that a period ends in, less the share of it still to come: `2023-12-31` is 2023.

    So 2023 is 2023, 2024-04 is 2023.33. Raises ValueError for what is no period.
    """
    end = periods.parse(period).end
    first, last = end.replace(month=1, day=1), end.replace(month=12, day=31)
    return end.year - 1 + ((end - first).days + 1) / ((last - first).days + 1)


def verdict(method: str, ratio: float) -> str:
    """The verdict of a method on a ratio short of the target."""
    thresholds = THRESHOLDS[method]
    if not thresholds:
        return ""
    return next((name for least, name in thresholds if ratio >= least), "away")


def _judged(method: str, path: Path) -> tuple[float | None, str]:
    ratio = _ratio(method, path)
    if path.is_achieved:
        return ratio, "achieved" if THRESHOLDS[method] else ""
    return ratio, "" if ratio is None else verdict(method, ratio)


def _ratio(method: str, path: Path) -> float | None:
    is_in_time = path.base_year < path.latest_year <= path.due_year
    if not is_in_time or path.sign * (path.target - path.base) <= 0:
        return None
    if method in {"cagr", "unsd"} and min(path.base, path.latest, path.target) <= 0:
        return None
    try:
        ratio = _RATIOS[method](path)
    except (OverflowError, ZeroDivisionError):
        # Years a breath or an age apart leave the range of floats.
        return None
    return ratio if isfinite(ratio) else None


def _cagr(path: Path) -> float:
    """D · CAGR_o / |CAGR_r| (Eurostat 2021; Open SDG, progress-methodology, 2025)."""
    actual = growth(path.base, path.base_year, path.latest, path.latest_year)
    required = growth(path.base, path.base_year, path.target, path.due_year)
    return path.sign * actual / abs(required)


def _unsd(path: Path) -> float:
    """(v_e − y0) / (yT − y0), v_e = y · (1 + CAGR_o)^(T − t) (UNSD, technical notes 2023 and 2024)."""
    actual = growth(path.base, path.base_year, path.latest, path.latest_year)
    expected = path.latest * _power(1 + actual, path.due_year - path.latest_year)
    return (expected - path.base) / (path.target - path.base)


def _linear(path: Path) -> float:
    """((y − y0) / (t − t0)) / ((yT − y0) / (T − t0)) (SDG Index; there with a recent base)."""
    actual = (path.latest - path.base) / (path.latest_year - path.base_year)
    required = (path.target - path.base) / (path.due_year - path.base_year)
    return actual / required


def _escap(path: Path) -> float:
    """10 · d · (y − y0) / |yT − y0|, the Current Status Index (UN ESCAP; Bidarbakht Nia 2017)."""
    return 10 * path.sign * (path.latest - path.base) / abs(path.target - path.base)


_RATIOS: Mapping[str, Callable[[Path], float]] = dict(
    zip(METHODS, (_cagr, _unsd, _linear, _escap), strict=True)
)


def _spread(method: str, paths: list[Path]) -> Spread:
    judged = [_judged(method, path) for path in paths]
    ratios = [ratio for ratio, _ in judged if ratio is not None]
    verdicts = sorted((name for _, name in judged), key=VERDICTS.index)
    span = (min(ratios), max(ratios)) if len(ratios) == len(judged) else None
    worst, best = (verdicts[0], verdicts[-1]) if verdicts[0] else ("", "")
    return Spread(method, span, worst, best)


def _power(base: float, exponent: float) -> float:
    # float's own ** may give complex; these bases are above 0.
    return float(base**exponent)
