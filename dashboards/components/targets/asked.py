"""What is asked of one target: its standing, from which figure to which it is judged, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log
from typing import Self

from dashboards.components.targets.standing import Standing
from dashboards.i18n import Locale
from dashboards.page import Request
from dashboards.progress.methods import Path, Spread, year
from dashboards.selection import Options, TargetSelection
from warehouse import periods
from warehouse.catalog import Direction, Observation


@dataclass(frozen=True)
class Asked:
    """A target as a view of it shows it, with the choices of the reader."""

    request: Request
    standing: Standing
    selection: TargetSelection

    @classmethod
    def of(cls, request: Request, standing: Standing) -> tuple[Self, tuple[str, ...]]:
        """Read the choices of a view; the second part names what was not understood."""
        known: Options = {
            name: tuple(figure.period for figure in standing.dated) for name in ("base", "latest")
        }
        selection, unknown = TargetSelection.from_query(request.query, known)
        own = {"base": standing.base, "latest": standing.latest}
        # What the page takes itself is no choice, so that a view has one address.
        same = [
            name for name, each in own.items() if each and each.period == getattr(selection, name)
        ]
        return cls(request, standing, selection.replacing(**dict.fromkeys(same, ""))), unknown

    @property
    def locale(self) -> Locale:
        """The reader's language."""
        return self.request.locale

    @property
    def unit(self) -> str:
        """The kept unit."""
        return self.standing.indicator.unit

    @property
    def direction(self) -> Direction:
        """Which way is good."""
        return self.standing.indicator.direction

    @property
    def base(self) -> Observation | None:
        """The figure that the way begins with: the one chosen, else that of the summary or the first."""
        return self._figure(self.selection.base) or self.standing.base

    @property
    def latest(self) -> Observation | None:
        """The figure that the way has come to: the one chosen, else the newest."""
        return self._figure(self.selection.latest) or self.standing.latest

    def _figure(self, period: str) -> Observation | None:
        found = (each for each in self.standing.dated if each.period == period)
        return next(found, None) if period else None

    @property
    def is_assumed(self) -> bool:
        """Whether the due year is the reader's and not that of the target."""
        return bool(self.selection.due)

    @property
    def due(self) -> str:
        """The period by which the target is to be met: assumed, or as stated; empty without either."""
        return self.selection.due or self.standing.target.due or ""

    @property
    def is_ahead(self) -> bool:
        """Whether there is a due date that is still to come, or was assumed."""
        is_future = bool(self.due) and periods.parse(self.due).end >= self.standing.today
        return self.is_assumed or is_future

    @property
    def judged(self) -> tuple[Spread, ...]:
        """The verdicts of the methods; nothing for a date that has passed or was not given."""
        return self.standing.judged(self.due, self.base, self.latest) if self.is_ahead else ()

    @property
    def path(self) -> Path | None:
        """The one way behind the verdicts; None where ranges leave several, or there is none."""
        return self.standing.path(self.due, self.base, self.latest) if self.is_ahead else None

    @property
    def due_words(self) -> str:
        """The due date in words, said to be assumed where it is."""
        if not self.due:
            return self.locale.text("none given")
        written = self.locale.period(self.due)
        return self.locale.text("{year} (ASSUMED)", year=written) if self.is_assumed else written


def met(asked: Asked, percent: int) -> tuple[int, int] | None:
    """The first year, and the last that ranges allow, in which a growth a year meets the target.

    y · (1 + g)^n = yT, so n = ln(yT/y) / ln(1 + g); None where the growth leads away or nowhere.
    """
    latest = asked.latest
    sign = 1 if asked.direction == "up" else -1
    if latest is None or sign * percent <= 0:
        return None
    began = year(latest.period)
    reached = [
        began + max(0.0, log(aim / now) / log(1 + percent / 100))
        for now in latest.bounds
        for aim in asked.standing.target.bounds
    ]
    # A year counts as begun with its first part; rounding keeps 2030.0000001 from being 2031.
    first, last = (ceil(round(each, 6)) for each in (min(reached), max(reached)))
    return first, last
