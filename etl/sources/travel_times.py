"""What many journeys come to in a month: counts, medians, ranges, shares within plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pandas as pd

from etl.sources.journeys import Journeys
from etl.sources.reading import no_rows, number_text, observation_rows

_DAY = 86_400_000_000
"""Microseconds."""

_COLUMNS = ("indicator", "value", "low", "high", "unit", "note")
_COMMON = ("scope", "period", "status", "place", "row")

Ends = tuple[int, int]


class _Measure(NamedTuple):
    """How spans of one kind are named: the indicators, the scope, and what is counted."""

    shipments: str
    days: str
    scope: str
    what: str


_WHOLE = _Measure("shipments", "measured_days", "{}>{}", "first departure from {} to end at {}")
_MOVING = _Measure("", "moving_days", "{}>{}", "first departure from {} to end at {}, less stays")
_LEG = _Measure("leg_shipments", "leg_days", "{}>{}", "departure from {} to {}")
_SECTION = _Measure("section_shipments", "section_days", "{}>{}", "departure from {} reaching {}")
_DWELL = _Measure("dwell_shipments", "dwell_days", "node:{}", "arrival at {}")
_MEASURES = (_WHOLE, _MOVING, _LEG, _SECTION, _DWELL)


class _Group(NamedTuple):
    """The spans of one measure between two ends in one month, in days."""

    measure: int
    start: int
    end: int
    month: int
    number: int
    row: int
    within: float
    low: float
    median: float
    high: float


def observations(
    found: Journeys, nodes: Sequence[str], plans: Mapping[tuple[str, str], Decimal], source: str
) -> pd.DataFrame:
    """Make `observation` rows per month of the start in UTC; `nodes` are the ids behind the codes.

    The month is that of the instant, so that one scan falls into one month in whatever zone it is
    written. A percentile is the linear interpolation of the order statistics, definition 7 of
    Hyndman and Fan (1996, doi:10.1080/00031305.1996.10473566), the default of numpy and R. A month
    of whose departures some had not arrived when the log ends is preliminary, as the slowest of
    them are missing; all others are derived.
    """
    code = {node: number for number, node in enumerate(nodes)}
    planned = {
        (code[start], code[end]): plan
        for (start, end), plan in plans.items()
        if {start, end} <= set(code)
    }
    sections = {ends: found.section(*ends) for ends in planned}
    unfinished = _unfinished(found, sections)
    texts = [
        (*figure, *_common(group, nodes, unfinished))
        for group in _groups(found, sections, planned)
        for figure in _figures(group, planned)
    ]
    if not texts:
        return no_rows("observation")
    table = pd.DataFrame(texts, columns=[*_COLUMNS, *_COMMON])
    table = table.sort_values(["indicator", "scope", "period"])
    return observation_rows(**{str(name): cells for name, cells in table.items()}, source=source)


def _groups(
    found: Journeys, sections: Mapping[Ends, pd.DataFrame], planned: Mapping[Ends, Decimal]
) -> Iterator[_Group]:
    parts = [
        (_WHOLE, found.whole, None),
        (_MOVING, found.moving, None),
        (_LEG, found.legs, None),
        (_DWELL, found.stays, None),
        *((_SECTION, spans, planned[ends]) for ends, spans in sections.items()),
    ]
    spans = pd.concat([_measured(*part) for part in parts if not part[1].empty] or [pd.DataFrame()])
    if spans.empty:
        return
    groups = spans.groupby(["measure", "from", "to", "month"])
    summary = groups.agg(number=("row", "size"), row=("row", "min"), within=("within", "mean"))
    for share in (0.1, 0.5, 0.9):
        summary[f"p{share}"] = groups["days"].quantile(share)
    for cells in summary.reset_index().itertuples(index=False, name=None):
        yield _Group(*cells)


def _measured(measure: _Measure, spans: pd.DataFrame, plan: Decimal | None) -> pd.DataFrame:
    within = np.nan if plan is None else 100.0 * (spans["length"] <= int(plan * _DAY))
    return spans.assign(
        measure=_MEASURES.index(measure),
        month=_months(spans["start"]),
        days=spans["length"] / _DAY,
        within=within,
    )


def _unfinished(
    found: Journeys, sections: Mapping[Ends, pd.DataFrame]
) -> frozenset[tuple[int, int, int]]:
    """The measures, starts and months from which some shipment had not arrived."""
    first, last = found.open.drop_duplicates("shipment"), found.open[found.open["is_last"]]
    parts = [(_WHOLE, first), (_MOVING, first), (_LEG, last)]
    for (start, _end), spans in sections.items():
        away = found.open[~found.open["shipment"].isin(spans["shipment"])]
        parts.append((_SECTION, away[away["from"] == start]))
    return frozenset(
        (_MEASURES.index(measure), start, month)
        for measure, left in parts
        for start, month in zip(left["from"], _months(left["start"]), strict=True)
    )


def _figures(group: _Group, planned: Mapping[Ends, Decimal]) -> Iterator[tuple[str, ...]]:
    """The figures of a group, as `_COLUMNS`."""
    measure = _MEASURES[group.measure]
    if measure.shipments:
        yield measure.shipments, str(group.number), "", "", "shipments", ""
    yield f"{measure.days}_median", _text(group.median), "", "", "days", ""
    low, high = _text(group.low), _text(group.high)
    yield f"{measure.days}_p10_p90", "", low, high, "days", ""
    if measure is _SECTION:
        note = f"plan: {planned[group.start, group.end]:f} days"
        yield "measured_share_in_plan", _text(group.within), "", "", "percent", note


def _common(
    group: _Group, nodes: Sequence[str], unfinished: frozenset[tuple[int, int, int]]
) -> tuple[str | int, ...]:
    """What all figures of a group share, as `_COMMON`."""
    measure, ends = _MEASURES[group.measure], (nodes[group.start], nodes[group.end])
    what = f"{group.number} × {measure.what.format(*ends)}"
    place = f"{what} in the month (UTC), the first: row {group.row}"
    is_unfinished = (group.measure, group.start, group.month) in unfinished
    status = "preliminary" if is_unfinished else "derived"
    period = str(np.datetime64(group.month, "M"))
    return measure.scope.format(*ends), period, status, place, group.row


def _months(instants: pd.Series) -> pd.Series:
    """Months since January 1970, of microseconds since then."""
    months = instants.to_numpy(dtype="datetime64[us]").astype("datetime64[M]").astype("int64")
    return pd.Series(months, index=instants.index)


def _text(number: float) -> str:
    # A millionth of a day is a tenth of a second; what lies beyond is noise of the division.
    return number_text(round(number, 6)) or ""
