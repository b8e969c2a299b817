"""What was said: targets and claims, their numbers in the kept units of their indicators."""

from __future__ import annotations

from collections.abc import MutableMapping

import pandas as pd

from etl.units import in_kept_units, kept_unit
from warehouse import periods


def statements(arrived: pd.DataFrame, asof: str = "") -> pd.DataFrame:
    """Make `target` or `claim` rows of the arrived ones; the words stay as they were said.

    `known_since` is the last day on which they may have been said; nothing said after `asof` stays.
    """
    renamed = arrived.rename(columns={"indicator": "indicator_id", "source": "source_id"})
    converted = in_kept_units(renamed.drop(columns=["file", "row"]), arrived["unit"])
    known_since = [periods.parse(text).end.isoformat() for text in arrived["stated_on"]]
    made = converted.assign(unit=arrived["unit"].map(kept_unit), known_since=known_since)
    return made[made["known_since"] <= asof] if asof else made


def forget_unknown(frames: MutableMapping[str, pd.DataFrame]) -> None:
    """Clear what names a target that was not yet said on the day asked for."""
    known = set(frames["target"]["id"])
    for table, column in (("headline", "target_id"), ("target", "restates")):
        frame = frames[table]
        frames[table] = frame.assign(**{column: frame[column].where(frame[column].isin(known))})
