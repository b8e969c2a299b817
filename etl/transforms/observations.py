"""Observations: figures about corridors and payments, single or as ranges, in their kept units."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from etl.preferences import Preferences, decide
from etl.refusals import Refusal, rows
from etl.units import in_kept_units, kept_unit

QUESTION = ("indicator", "scope", "period")


def observations(
    arrived: pd.DataFrame, preferences: Preferences, measured: Collection[str] = ()
) -> tuple[pd.DataFrame, list[Refusal]]:
    """Make `observation` rows of the arrived ones; a range stays a range.

    Of the indicators `measured` every source tells of its own journeys: where two do, neither
    speaks for the other, and that is no conflict.
    """
    subject = arrived["indicator"] + ":" + arrived["scope"]
    apart = frozenset(subject[arrived["indicator"].isin(measured)])
    marked, refusals = decide(arrived, QUESTION, subject, preferences, apart)
    renamed = marked.rename(columns={"indicator": "indicator_id", "source": "source_id"})
    kept = renamed.drop(columns=["unit", "file", "row"])
    return in_kept_units(kept, marked["unit"]), refusals


def check_units(arrived: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Refusal]:
    """Yield every figure whose unit cannot be turned into its indicator's.

    A statement may also be a ratio ("three times"), which it says by its unit; a figure may not.
    """
    expected = dict(zip(indicators["id"], indicators["unit"], strict=True))
    allowed = {"ratio"} if "words" in arrived else set()
    kept = arrived["unit"].map({unit: kept_unit(unit) for unit in arrived["unit"].unique()})
    unit = arrived["indicator"].map(expected)  # Missing where the indicator itself was refused.
    is_wrong = unit.notna() & (kept != unit) & ~kept.isin(allowed)
    for row in rows(arrived.assign(expected=unit)[is_wrong]):
        reason = f"is no unit of {row['indicator']}"
        yield Refusal.at(row, "unit", reason, f"Give the figure in {row['expected']}.")


def check_scopes(arrived: pd.DataFrame, names: Mapping[str, frozenset[str]]) -> Iterator[Refusal]:
    """Yield every figure about something that is not known by the `names` of each table.

    Known are scopes, economies, pairs of them (`KAZ-TUR`), the way from one node to another
    (`altynkol>aktau`) and the stay at one (`node:aktau`).
    """
    codes, nodes = names["economy"], names["node"]
    for row in rows(arrived[~arrived["scope"].isin(names["scope"] | codes)]):
        scope = row["scope"]
        if _is_pair(scope.split("-"), codes) or _is_pair(scope.split(">"), nodes):
            continue
        if scope.startswith("node:") and scope.removeprefix("node:") in nodes:
            continue
        yield Refusal.at(
            row,
            "scope",
            "is no known scope, economy, pair of economies or way between nodes",
            "Correct it, or add it to catalog/scopes/ with its names.",
        )


def _is_pair(parts: list[str], known: Collection[str]) -> bool:
    return len(parts) == len(set(parts)) == 2 and set(parts) <= set(known)
