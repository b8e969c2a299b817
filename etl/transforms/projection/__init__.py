"""Projections: what a series would come to if it went on as before, and how well that has foretold.

Three methods, each with bands of 80 and 95 %; the one that erred least from past years is chosen. Nothing
here is a figure, and nothing else is computed from it. Amounts are at current prices, as the series are.
The grounds for it are in docs/decisions, on the page on projections.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from etl.transforms.projection.runs import runs

_SERIES = ["indicator_id", "scope"]
_COLUMNS = {
    "projection": [
        *(*_SERIES, "method", "period", "value", "low_80", "high_80", "low_95", "high_95"),
        *("is_chosen", "first_period", "origin", "origin_status", "source_changes"),
    ],
    "backtest": [
        *(*_SERIES, "method", "horizon", "folds", "error", "error_no_change"),
        *("within_80", "within_95"),
    ],
    "attainment": ["target_id", "period", "probability"],
}


def projections(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Carry the series that are long enough on for years: `projection, backtest, attainment`, by name.

    Of the warehouse's `frames`, `observation`, `group_partner`, `target` and `indicator` are read. A
    preliminary last figure counts like any other, a change of source is gone over, and the rows say
    so. `attainment` is of the targets for such a series that are one amount in its unit, by the
    chosen method: the probability for each year by itself.
    """
    found = list(runs(frames["observation"], frames["group_partner"]))
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in _COLUMNS}
    if found:
        # SciPy is half a second to import, which a build with nothing to carry on need not pay.
        from etl.transforms.projection.carrying import carry_on  # noqa: PLC0415

        aimed = _aims(frames["target"], frames["indicator"])
        for run in found:
            is_meant = (aimed["indicator_id"] == run.indicator_id) & (aimed["scope"] == run.scope)
            carried = carry_on(run, aimed[is_meant])
            for name, rows in parts.items():
                rows.append(getattr(carried, name))
    return {name: _joined(rows, _COLUMNS[name]) for name, rows in parts.items()}


def _aims(target: pd.DataFrame, indicator: pd.DataFrame) -> pd.DataFrame:
    """Targets to be reached from below that are one amount, in the unit of what is projected."""
    upward = indicator.loc[indicator["direction"] == "up", ["id", "unit"]]
    aimed = target.merge(upward.rename(columns={"id": "indicator_id"}), on=["indicator_id", "unit"])
    return aimed[aimed["value"] > 0]


def _joined(parts: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts, ignore_index=True)[columns]
