"""What is made of flows: sums, shares, indices, constant prices, contributions; pure arithmetic on frames.

A frame of figures has the columns `period` (a year), `value`, `status` and `source_id`, and may have
more, which stay; one of several series has `series` too. Values are in one kept unit, and what cannot
be computed is missing or left out, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from warehouse.catalog import FIRMNESS

_ONE = ["partner_code", "period", "source_id"]


@dataclass(frozen=True)
class SourceChange:
    """Where another source begins to speak: the last year of one and the first of the other."""

    last: str
    first: str
    before: str
    after: str


def measured(flows: pd.DataFrame, signs: Mapping[str, int]) -> pd.DataFrame:
    """Sum up the flows of a measure, signed: value = Σ sign(flow) × flow, in US dollars.

    One row per partner, year and source, and only where the source has every flow of the measure.
    """
    flown = flows[flows["flow_code"].isin(signs)]
    signed = flown.assign(
        value=flown["value_usd"] * flown["flow_code"].map(signs).astype(float),
        firm=flown["status"].map(FIRMNESS.index),
    )
    made = signed.groupby(_ONE, sort=False).agg(
        value=("value", "sum"),
        firm=("firm", "min"),
        vintage=("vintage", "max"),
        place=("place", lambda places: "; ".join(dict.fromkeys(places))),
        flows=("value", "size"),
    )
    return _with_status(made[made["flows"] == len(signs)].reset_index().drop(columns="flows"))


def summed(parts: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Sum a measure over the partners that are `counted` in each year: `period, partner_code`.

    A year in which a source lacks one of them is left out: a sum with a hole is no sum. To the cent.
    """
    needed = counted.groupby("period").size()
    kept = parts.merge(counted, on=["period", "partner_code"])
    made = (
        kept.assign(firm=kept["status"].map(FIRMNESS.index))
        .sort_values(_ONE)
        .groupby(["period", "source_id"])
        .agg(
            value=("value", lambda values: round(values.sum(), 2)),
            firm=("firm", "min"),
            vintage=("vintage", "max"),
            place=("partner_code", lambda codes: f"sum: {', '.join(codes)}"),
            partners=("value", "size"),
        )
        .reset_index()
    )
    full = made[made["partners"] == made["period"].map(needed)]
    return _with_status(full.drop(columns="partners"))


def divided(
    frame: pd.DataFrame, whole: pd.DataFrame, on: Sequence[str] = ("period",), times: float = 1.0
) -> pd.DataFrame:
    """Divide each figure by that of the `whole` with the same keys: value = value ÷ whole × times.

    Missing where there is no whole or it is zero; as firm as the less firm of the two.
    """
    keys = list(on)
    wholes = whole[[*keys, "value", "status"]].rename(
        columns={"value": "whole", "status": "of_whole"}
    )
    made = frame.merge(wholes, on=keys, how="left")
    pairs = zip(made["status"], made["of_whole"], strict=True)
    return made.assign(
        value=made["value"] / made["whole"].astype(float).where(made["whole"] != 0) * times,
        status=[min(filter(_is_text, pair), key=FIRMNESS.index) for pair in pairs],
    ).drop(columns=["whole", "of_whole"])


def price_factors(inflation: Mapping[str, float]) -> dict[str, float]:
    """Factors that turn current dollars of a year into those of the newest year n of a deflator.

    `inflation` is the deflator's yearly rise π in percent. The factor of n is 1, and that of a year t
    is Π (1 + π_s ÷ 100) over s = t+1 … n, which is deflator(n) ÷ deflator(t). It reaches back to the
    year before the first of an unbroken run of years; there is none for other years.
    """
    if not inflation:
        return {}
    year = max(map(int, inflation))
    factors = {str(year): 1.0}
    while str(year) in inflation:
        factors[str(year - 1)] = factors[str(year)] * (1 + inflation[str(year)] / 100)
        year -= 1
    return factors


def deflated(frame: pd.DataFrame, factors: Mapping[str, float]) -> pd.DataFrame:
    """Bring figures to the prices of one year: value = value × factor of its year; missing without."""
    return frame.assign(value=frame["value"] * frame["period"].map(factors).astype(float))


def indexed(frame: pd.DataFrame, base: str) -> tuple[pd.DataFrame, list[str]]:
    """Set every series to 100 in its base year: value = value ÷ value of the base year × 100.

    A series whose figure of that year is missing or not above zero is left out, and named.
    """
    of_base = frame[(frame["period"] == base) & (frame["value"] > 0)]
    bases = of_base.drop_duplicates("series").set_index("series")["value"]
    is_based = frame["series"].isin(bases.index)
    made = frame[is_based]
    values = made["value"] / made["series"].map(bases).astype(float) * 100
    return made.assign(value=values), list(dict.fromkeys(frame.loc[~is_based, "series"]))


def shares(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Express each series as a percentage of all shown: value ÷ Σ values of that year × 100.

    Only years in which every series has a figure, one each, and the sum is above zero; the other
    years are told.
    """
    known = frame[frame["value"].notna()]
    years = known.groupby("period").agg(
        sum=("value", "sum"), rows=("series", "size"), series=("series", "nunique")
    )
    wanted = frame["series"].nunique()
    full = years[(years["rows"] == wanted) & (years["series"] == wanted) & (years["sum"] > 0)]
    made = known[known["period"].isin(full.index)]
    values = made["value"] / made["period"].map(full["sum"]).astype(float) * 100
    return made.assign(value=values), sorted(set(frame["period"]) - set(full.index))


def positive(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Leave out what has no logarithm, figures of zero and below, and tell how many."""
    is_positive = frame["value"] > 0
    return frame[is_positive], int((frame["value"] <= 0).sum())


def contributions(frame: pd.DataFrame, first: str, last: str) -> tuple[pd.DataFrame, list[str]]:
    """Tell what each series contributed to the growth of their sum between two years.

    contribution_i = (x_i,t − x_i,0) ÷ Σ_j x_j,0 × 100, in percentage points of the growth of the sum,
    to which the contributions add up; Eurostat and the Australian Bureau of Statistics compute
    contributions to growth in this way. Columns `series, code, first_value, last_value, change,
    points` with the evidence of both years, the largest contribution first. Series without a figure
    in either year are named, and there are then no rows; nor are there where the sum of the first
    year is not above zero, for there is then no growth to share.
    """
    ends = [frame[(frame["period"] == year) & frame["value"].notna()] for year in (first, last)]
    lacking = [
        name
        for name in dict.fromkeys(frame["series"])
        if not all((end["series"] == name).any() for end in ends)
    ]
    made = ends[0].merge(ends[1], on=["series", "code"], suffixes=("_first", "_last"))
    base = made["value_first"].sum()
    change = made["value_last"] - made["value_first"]
    made = made.assign(
        first_value=made["value_first"], last_value=made["value_last"], change=change
    )
    if lacking or base <= 0:
        return made.iloc[:0].assign(points=[]), lacking
    made = made.assign(points=change / base * 100)
    return made.sort_values("points", ascending=False, kind="stable"), []


def source_changes(frame: pd.DataFrame) -> list[SourceChange]:
    """List where another source begins to speak for a series, in time, each but once."""
    found = []
    for _name, rows in frame.sort_values("period").groupby("series", sort=False):
        told = list(zip(rows["period"], rows["source_id"], strict=True))
        found += [
            SourceChange(last, first, before, after)
            for (last, before), (first, after) in pairwise(told)
            if before != after and last != first
        ]
    return sorted(dict.fromkeys(found), key=lambda each: (each.first, each.before, each.after))


def common_years(frame: pd.DataFrame) -> list[str]:
    """List the years in which every series has a figure, in time."""
    known = frame[frame["value"].notna()]
    counts = known.groupby("period")["series"].nunique()
    return sorted(str(year) for year in counts.index[counts == frame["series"].nunique()])


def _with_status(made: pd.DataFrame) -> pd.DataFrame:
    return made.assign(status=[FIRMNESS[firm] for firm in made["firm"]]).drop(columns="firm")


def _is_text(status: object) -> bool:
    # Where there is no whole its status is a missing value.
    return isinstance(status, str)
