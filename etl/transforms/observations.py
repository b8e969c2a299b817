"""Observations: figures about corridors and payments, single or as ranges, in their kept units."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from etl.preferences import decide
from etl.refusals import Refusal
from etl.units import in_kept_units, kept_unit

QUESTION = ("indicator", "scope", "period")


def observations(
    arrived: pd.DataFrame, preferences: pd.DataFrame
) -> tuple[pd.DataFrame, list[Refusal]]:
    """Make `observation` rows of the arrived ones; a range stays a range."""
    subject = arrived["indicator"] + ":" + arrived["scope"]
    marked, refusals = decide(arrived, QUESTION, subject, preferences)
    renamed = marked.rename(columns={"indicator": "indicator_id", "source": "source_id"})
    kept = renamed.drop(columns=["unit", "file", "row", "is_newest"])
    return in_kept_units(kept, marked["unit"]), refusals


def check_units(arrived: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Refusal]:
    """Yield every figure whose unit cannot be turned into its indicator's."""
    expected = arrived["indicator"].map(indicators.set_index("id")["unit"])
    wrong = arrived[expected.map(kept_unit) != arrived["unit"].map(kept_unit)]
    for index, row in wrong.iterrows():
        yield Refusal(
            row["file"],
            row["row"],
            "unit",
            row["unit"],
            f"is no unit of {row['indicator']}",
            f"Give the figure in {expected[index]}.",
        )


def check_scopes(
    arrived: pd.DataFrame, scopes: pd.DataFrame, economies: pd.DataFrame
) -> Iterator[Refusal]:
    """Yield every figure about something that is neither a scope, an economy, nor a pair of them."""
    known = {*scopes["id"], *economies["code"]}
    codes = set(economies["code"])
    for row in arrived[~arrived["scope"].isin(known)].to_dict("records"):
        if set(row["scope"].split("-")) <= codes:
            continue
        yield Refusal(
            row["file"],
            row["row"],
            "scope",
            row["scope"],
            "is no known scope, economy or pair of economies",
            "Correct it, or add it to catalog/scopes/ with its names.",
        )
