"""Which series are carried on, and what a reader should know of their figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from warehouse import periods

INDICATORS = ("trade_turnover_ots", "trade_exports_ots", "trade_imports_ots")
"""What is projected, by each definition of the group under which it has been the same for long enough."""

SHORTEST = 12
"""Figures that a method is given at the least."""

HORIZONS = 5
"""Years ahead that are judged."""

FEWEST = SHORTEST + HORIZONS
"""Years in a row that a series must have, so that every horizon is judged once at the least."""

LAST_YEAR = 2040
"""The year up to which is looked, far enough for the targets that were stated."""

_SERIES = ["indicator_id", "scope"]


@dataclass(frozen=True)
class Run:
    """The last years in a row of one series: `period, value, status, source_id`, in time."""

    indicator_id: str
    scope: str
    figures: pd.DataFrame

    @property
    def name(self) -> dict[str, str]:
        """Which series it is."""
        return {"indicator_id": self.indicator_id, "scope": self.scope}

    @property
    def years_ahead(self) -> list[str]:
        """The years to be projected, as periods."""
        last = int(self.figures["period"].iloc[-1])
        return [str(year) for year in range(last + 1, LAST_YEAR + 1)]

    @property
    def said(self) -> dict[str, str | None]:
        """The first and the last year, the status of the last figure, and since when another source speaks."""
        sources = self.figures["source_id"]
        changes = self.figures.loc[sources.ne(sources.shift()), "period"].iloc[1:]
        return {
            "first_period": self.figures["period"].iloc[0],
            "origin": self.figures["period"].iloc[-1],
            "origin_status": self.figures["status"].iloc[-1],
            "source_changes": ";".join(changes) or None,
        }


def runs(observation: pd.DataFrame, group_partner: pd.DataFrame) -> Iterator[Run]:
    """Yield the series of `INDICATORS` that are long enough, by indicator and scope.

    Gone by are the preferred annual figures, the last ones in a row, each one positive number, and all
    of them of the same partners: where a group admits a member, its growth is none of trade.
    """
    asked = observation[
        observation["indicator_id"].isin(INDICATORS)
        & observation["preferred_until"].isna()
        & observation["value"].notna()
        & observation["period"].map(periods.is_year).astype(bool)
    ]
    grouped = group_partner.sort_values("partner_code").groupby(["scope", "period"])
    partners = grouped["partner_code"].agg(" ".join).rename("partners")
    known = asked.join(partners, on=["scope", "period"]).fillna({"partners": ""})
    for (indicator_id, scope), figures in known.groupby(_SERIES):
        in_time = figures.sort_values("period", ignore_index=True)
        years, partners = in_time["period"].astype(int), in_time["partners"]
        is_broken = years.diff().ne(1) | partners.ne(partners.shift())
        stretch = is_broken.cumsum()
        last = in_time[stretch == stretch.iloc[-1]].reset_index(drop=True)
        if len(last) >= FEWEST and (last["value"] > 0).all():
            yield Run(str(indicator_id), str(scope), last)
