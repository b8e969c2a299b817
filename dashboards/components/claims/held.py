"""What each claim is held against: every definition and source of its figure, and what is only akin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from dashboards.claims import Candidate, Judgement, Part, Reason, judge
from dashboards.components.table import Row, records, span
from dashboards.selection import TradeSelection
from warehouse import periods
from warehouse.catalog import FIRMNESS, UNNAMED, Claim, Indicator
from warehouse.engine import Warehouse
from warehouse.queries import indicators, statements, trade

PAIR = "trade_turnover_pair"

_DEFINITIONS = TradeSelection.options["definition"]
_ROUTES = ("transit_days_china_europe", "transit_days_titr")
_AKIN: Mapping[str, tuple[tuple[str, ...], Reason]] = {
    **dict.fromkeys(_ROUTES, (_ROUTES, "end_points")),
    "titr_volume": (("titr_volume",), "scope"),
}
"""Of some indicators what else is told but not compared: figures of which indicators, and why not."""

_BEFORE = "../"
_FLOWS = {"export", "import"}

Frames = Callable[[str], pd.DataFrame]


@dataclass(frozen=True)
class Judged:
    """A claim with what it is about, what is to be said of it, and what others said of the same."""

    claim: Claim
    indicator: Indicator
    judgement: Judgement
    others: tuple[Claim, ...]


def judged(warehouse: Warehouse) -> tuple[Judged, ...]:
    """Judge every claim that had been said by the day of the warehouse, the oldest first."""
    said = statements.claims(warehouse)
    figures: Frames = cache(lambda indicator: indicators.all_sources(warehouse, indicator))
    pairs: Frames = cache(lambda pair: _turnover(trade.reports(warehouse, *pair.split("-"))))
    about = cache(lambda indicator: indicators.get(warehouse, indicator))
    return tuple(
        Judged(
            claim,
            about(claim.indicator_id),
            judge(
                claim,
                _candidates(claim, figures, pairs),
                about(claim.indicator_id).direction,
                _own(claim, said),
                "end_points_unnamed" if claim.scope == UNNAMED else "",
            ),
            _others(claim, said),
        )
        for claim in said
    )


def _candidates(claim: Claim, figures: Frames, pairs: Frames) -> list[Candidate]:
    if claim.indicator_id == PAIR:
        return list(_held(claim, pairs(claim.scope), ""))
    ids, reason = _AKIN.get(claim.indicator_id, ((claim.indicator_id,), ""))
    found: list[Candidate] = []
    for each in ids:
        # A publication cannot vouch for what it printed itself.
        frame = figures(each)
        others = frame[frame["source_id"] != claim.source.id]
        own = others["scope"].isin(_alike(claim)) & (each == claim.indicator_id)
        found += _held(claim, others[own], "end_points_unnamed" if claim.scope == UNNAMED else "")
        if reason:
            found += _akin(claim, others[~own], reason)
    return found


def _alike(claim: Claim) -> Sequence[str]:
    """The scopes that a claim may mean: the speaker of a group does not say how it is counted."""
    return _DEFINITIONS if claim.scope in _DEFINITIONS else (claim.scope,)


def _held(claim: Claim, frame: pd.DataFrame, reason: Reason) -> Iterator[Candidate]:
    """The figures of the period; for a ratio with that of the base, of one source or the preferred."""
    now = records(frame[frame["period"] == claim.period])
    if claim.kind == "level" or claim.base_period is None:
        yield from (_candidate(row, None, reason) for row in now)
        return
    base = records(frame[frame["period"] == claim.base_period])
    for row in now:
        for other in base:
            is_preferred = bool(row["is_preferred"]) and bool(other["is_preferred"])
            is_one = row["source_id"] == other["source_id"]
            if row["scope"] == other["scope"] and (is_one or is_preferred):
                yield _candidate(row, other, reason)


def _akin(claim: Claim, frame: pd.DataFrame, reason: Reason) -> Iterator[Candidate]:
    """What was told in the same year of something else, the same way: before, now, or both."""
    year = periods.parse(claim.period).end.year
    rows = [row for row in records(frame) if periods.parse(row["period"]).end.year == year]
    before = [row for row in rows if row["period"].startswith(_BEFORE)]
    now = [row for row in rows if row not in before]
    if claim.kind == "level":
        told = before if claim.period.startswith(_BEFORE) else now
        yield from (_candidate(row, None, reason) for row in told)
        return
    for row in now:
        for other in before:
            same = ("scope", "source_id")
            if all(row[name] == other[name] for name in same) and (
                other["period"] == f"{_BEFORE}{row['period']}"
            ):
                yield _candidate(row, other, reason)


def _candidate(now: Row, base: Row | None, reason: Reason) -> Candidate:
    return Candidate(
        now["scope"],
        _part(now),
        _part(base) if base else None,
        is_preferred=bool(now["is_preferred"]),
        reason=reason,
    )


def _part(row: Row) -> Part:
    return Part(
        span(row), row["period"], row["source_id"], row["status"], row["vintage"], row["place"]
    )


def _turnover(reports: pd.DataFrame) -> pd.DataFrame:
    """Add exports and imports of each reporter, year and source that has both; `scope` is the reporter."""
    made = []
    for (period, reporter, source), flows in reports.groupby(
        ["period", "reporter_code", "source_id"]
    ):
        if set(flows["flow_code"]) == _FLOWS:
            made.append(
                {
                    "scope": reporter,
                    "period": period,
                    "value": float(flows["value_usd"].sum()),
                    "low": None,
                    "high": None,
                    "status": min(flows["status"], key=FIRMNESS.index),
                    "source_id": source,
                    "vintage": max(flows["vintage"]),
                    "place": "; ".join(flows["place"]),
                    "is_preferred": bool(flows["is_preferred"].all()),
                }
            )
    columns = [*indicators.SERIES, "is_preferred"]
    return pd.DataFrame(made, columns=columns)


def _own(claim: Claim, said: Sequence[Claim]) -> Candidate | None:
    """The numbers that the same speaker gave for both ends of a ratio; None where one is lacking."""
    if claim.kind != "ratio":
        return None
    levels = {
        each.period: Part(each.span, each.period, each.source.id, "stated", each.stated_on)
        for each in said
        if each.kind == "level"
        and (each.source.id, each.indicator_id, each.scope)
        == (claim.source.id, claim.indicator_id, claim.scope)
    }
    now, base = levels.get(claim.period), levels.get(claim.base_period or "")
    return Candidate(claim.scope, now, base) if now and base else None


def _others(claim: Claim, said: Sequence[Claim]) -> tuple[Claim, ...]:
    """What others said of the same thing and period, or of a group or route that is akin."""
    kin, _ = _AKIN.get(claim.indicator_id, ((claim.indicator_id,), ""))
    year = periods.parse(claim.period).end.year
    is_before = claim.period.startswith(_BEFORE)
    return tuple(
        each
        for each in said
        if each.indicator_id in kin
        and each.kind == claim.kind
        and (each.scope == claim.scope or claim.indicator_id in _ROUTES)
        and (each.period.startswith(_BEFORE), periods.parse(each.period).end.year)
        == (is_before, year)
        and each.source.id != claim.source.id
    )
