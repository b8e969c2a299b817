"""Trade: flows in US dollars, the publisher's own totals as controls, and the group's series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from etl.preferences import Preferences, decide
from etl.refusals import Refusal, rows
from etl.units import UNITS, in_usd, to_the_cent
from warehouse import periods
from warehouse.catalog import FIRMNESS, MEASURES

QUESTION = ("reporter", "partner", "flow", "product", "period")
REPORTER = "KAZ"
"""Whose trade with the group the headline series count."""

_EDITION = ["reporter", "partner", "product", "period", "source", "vintage"]
_SUM_SLACK_USD = 200.0
"""The Bureau's printed totals stray up to 100 US dollars from their parts beyond any rounding."""

_MAY_BE_MISSING = (
    *("note", "classification", "snapshot_id"),
    *("newest_until", "preferred_until"),
)

_SUMS = [
    *("indicator_id", "scope", "period", "source_id", "vintage", "value", "status"),
    *("place", "note", "known_since", "newest_until", "preferred_until"),
]
"""Columns of the group's series, as in `observation`."""


def flows(arrived: pd.DataFrame, preferences: Preferences) -> tuple[pd.DataFrame, list[Refusal]]:
    """Make `trade_flow` rows of the arrived ones, the controls left out.

    Columns as in the warehouse table; `value_usd` in US dollars.
    """
    kept = arrived[arrived["flow"] != "turnover"].reset_index(drop=True)
    marked, refusals = decide(kept, QUESTION, kept["reporter"], preferences)
    renamed = marked.rename(
        columns={
            "reporter": "reporter_code",
            "partner": "partner_code",
            "flow": "flow_code",
            "product": "product_code",
            "source": "source_id",
        }
    ).assign(value_usd=in_usd(marked))
    for column in _MAY_BE_MISSING:
        renamed[column] = renamed[column].mask(renamed[column] == "")
    return renamed.drop(columns=["value", "unit", "file", "row"]), refusals


def check_totals(arrived: pd.DataFrame) -> Iterator[Refusal]:
    """Yield every total that its parts do not add up to.

    A printed turnover must equal exports plus imports of the same edition, and the partners of a
    reporter must not exceed its trade with the world. Each number may be off by half of its last
    printed digit, and the total by a little more (`_SUM_SLACK_USD`). Documents of publishers are
    checked where they are read, each by what it prints.
    """
    numbered = arrived.assign(value_usd=in_usd(arrived), precision_usd=_precision_usd(arrived))
    parts = numbered[numbered["flow"] != "turnover"]
    sums = parts.groupby(_EDITION).agg(
        parts_usd=("value_usd", "sum"), slack_usd=("precision_usd", "sum"), flows=("flow", "count")
    )
    controls = numbered[numbered["flow"] == "turnover"].join(sums, on=_EDITION)
    slack = controls["slack_usd"] + controls["precision_usd"] + _SUM_SLACK_USD
    gap = (controls["value_usd"] - controls["parts_usd"]).abs()
    off = controls[(controls["flows"] == 2) & (gap > slack)]
    for row in rows(off):
        yield _total_refusal(row, "is not exports plus imports")
    yield from _check_world(parts)


def group_partners(memberships: pd.DataFrame, trade_flow: pd.DataFrame) -> pd.DataFrame:
    """Say whom each definition of the group counts in each year: `scope, period, partner_code`.

    Partners are the members and observers other than Kazakhstan itself. Months and parts of years
    have no rows: the group's series are yearly, and half a year among them would look like a fall.
    """
    rows = [
        (scope, period, partner)
        for period in sorted(filter(periods.is_year, set(trade_flow["period"])))
        for scope, partners in _definitions(memberships, period).items()
        for partner in partners
    ]
    return pd.DataFrame(rows, columns=["scope", "period", "partner_code"])


def group_series(trade_flow: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """Sum Kazakhstan's flows over the group, by definition and source, into `observation` rows.

    A year in which a source lacks one flow of one partner is left out: a sum with a hole is no sum.
    Each day on which a flow became known or was revised makes a sum of its own.
    """
    flows = trade_flow[
        (trade_flow["reporter_code"] == REPORTER)
        & (trade_flow["product_code"] == "TOTAL")
        & trade_flow["period"].isin(partners["period"])
    ]
    first_known = flows.groupby("partner_code")["known_since"].min()
    counted = {
        key: list(group["partner_code"]) for key, group in partners.groupby(["scope", "period"])
    }
    sums = [
        row
        for (period, source), editions in flows.groupby(["period", "source_id"])
        for scope in sorted({str(scope) for scope, year in counted if year == period})
        for row in _sums(
            editions,
            {"scope": scope, "period": period, "source_id": source},
            first_known.reindex(counted[scope, period]),
        )
    ]
    return pd.DataFrame(sums, columns=_SUMS)


def _sums(
    editions: pd.DataFrame, key: dict[str, object], first_known: pd.Series
) -> Iterator[dict[str, object]]:
    """The sums of one definition, year and source, each from the day on which it could be made."""
    of_group = editions[editions["partner_code"].isin(first_known.index)]
    days = sorted({*of_group["known_since"], *first_known[first_known.notna()]})
    before: dict[str, dict[str, object]] = {}
    latest: dict[str, dict[str, object]] = {}
    named: set[tuple[str, object]] = set()
    for day in days:
        current = of_group[
            (of_group["known_since"] <= day)
            & ~(of_group["newest_until"].notna() & (of_group["newest_until"] <= day))
        ]
        made = {
            str(row["indicator_id"]): row
            for row in _group_rows(current, key, first_known[first_known <= day].index, first_known)
        }
        for name in dict.fromkeys([*before, *made]):
            now = made.get(name)
            if now == before.get(name):
                continue
            if name in latest:
                yield _closed(latest.pop(name), day)
            if now:
                # An older edition that became known late revises a sum without renaming it.
                is_used = (name, now["vintage"]) in named
                vintage = f"{now['vintage']}/{day}" if is_used else now["vintage"]
                named.add((name, vintage))
                latest[name] = {**now, "vintage": vintage, "known_since": day, "newest_until": None}
        before = made
    yield from latest.values()


def _closed(row: dict[str, object], day: str) -> dict[str, object]:
    until = row["preferred_until"]
    return row | {"newest_until": day, "preferred_until": min(str(until or day), day)}


def _group_rows(
    current: pd.DataFrame, key: dict[str, object], covered: pd.Index, counted: pd.Series
) -> Iterator[dict[str, object]]:
    present = [partner for partner in counted.index if partner in covered]
    missing = [partner for partner in counted.index if partner not in covered]
    for measure, signs in MEASURES.items():
        parts = current[current["flow_code"].isin(signs)]
        if not present or len(parts) != len(present) * len(signs):
            continue
        signed = parts["value_usd"] * parts["flow_code"].map(signs)
        joiner = " − " if -1 in signs.values() else " + "
        ends = parts["preferred_until"].dropna()
        yield {
            "indicator_id": f"trade_{measure}_ots",
            **key,
            "vintage": parts["vintage"].max(),
            "value": to_the_cent(signed),
            "status": min(parts["status"], key=FIRMNESS.index),
            "place": f"{joiner.join(signs)}: {', '.join(present)}",
            "note": f"not covered: {', '.join(missing)}" if missing else None,
            "preferred_until": ends.min() if len(ends) else None,
        }


def _definitions(memberships: pd.DataFrame, period: str) -> dict[str, list[str]]:
    members = _in_role(memberships, "member", date.max)
    return {
        "members_current": members,
        "members_dated": _in_role(memberships, "member", periods.parse(period).end),
        "with_observers": sorted({*members, *_in_role(memberships, "observer", date.max)}),
    }


def _in_role(memberships: pd.DataFrame, role: str, day: date) -> list[str]:
    return sorted(
        {
            row["economy"]
            for row in rows(memberships[memberships["role"] == role])
            if periods.parse(row["since"]).end <= day
            and (not row["until"] or day <= periods.parse(row["until"]).end)
        }
        - {REPORTER}
    )


def _check_world(parts: pd.DataFrame) -> Iterator[Refusal]:
    edition = [column for column in [*_EDITION, "flow"] if column != "partner"]
    partners = parts[parts["partner"] != "WLD"]
    sums = partners.groupby(edition).agg(
        parts_usd=("value_usd", "sum"), slack_usd=("precision_usd", "sum")
    )
    world = parts[parts["partner"] == "WLD"].join(sums, on=edition)
    slack = world["slack_usd"] + world["precision_usd"] + _SUM_SLACK_USD
    off = world[world["parts_usd"] - world["value_usd"] > slack]
    for row in rows(off):
        yield _total_refusal(row, "is less than its partners together")


def _total_refusal(row: dict[str, Any], reason: str) -> Refusal:
    return Refusal.at(
        row,
        "value",
        f"{reason} ({row['parts_usd']:.2f} USD)",
        "Compare the cells of this edition with the source; one of them is wrong.",
    )


def _precision_usd(frame: pd.DataFrame) -> pd.Series:
    """Tell the largest rounding of each number: half of its last printed digit, in US dollars."""
    decimals = frame["value"].map(lambda value: len(value.partition(".")[2])).astype(float)
    factors = frame["unit"].map(lambda unit: float(UNITS[unit][1])).astype(float)
    return 0.5 * factors * 10.0**-decimals
