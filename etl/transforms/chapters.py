"""Chapters added up of bulk data, as rows of a table of their own: no series of `trade_flow`."""

from __future__ import annotations

import pandas as pd

from etl.preferences import newest_until
from etl.units import in_usd

_QUESTION = ("reporter", "partner", "flow", "product", "period")
_NAMES = {
    "reporter": "reporter_code",
    "partner": "partner_code",
    "flow": "flow_code",
    "product": "product_code",
    "source": "source_id",
}


def flows(arrived: pd.DataFrame) -> pd.DataFrame:
    """Make `chapter_flow` rows of the arrived ones; `value_usd` in US dollars.

    A source speaks for itself alone: what bulk data of two publishers say is never one series.
    """
    until = newest_until(arrived, _QUESTION)
    counts = {name: pd.to_numeric(arrived[name]) for name in ("reporters", "records")}
    rows = arrived.assign(value_usd=in_usd(arrived), **counts, newest_until=until.mask(until == ""))
    return rows.rename(columns=_NAMES).drop(columns=["value", "unit", "file", "row"])
