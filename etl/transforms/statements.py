"""What was said: targets and claims, their numbers in the kept units of their indicators."""

from __future__ import annotations

import pandas as pd

from etl.units import in_kept_units, kept_unit


def statements(arrived: pd.DataFrame) -> pd.DataFrame:
    """Make `target` or `claim` rows of the arrived ones; the words stay as they were said."""
    renamed = arrived.rename(columns={"indicator": "indicator_id", "source": "source_id"})
    converted = in_kept_units(renamed.drop(columns=["file", "row"]), arrived["unit"])
    return converted.assign(unit=arrived["unit"].map(kept_unit))
