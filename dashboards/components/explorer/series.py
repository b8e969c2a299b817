"""The series of the trade explorer: flows added up by partner or over the group, and what can be drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from dashboards import measures
from dashboards.components.explorer import steps
from dashboards.components.explorer.asked import Explored, Series

_STACKED = ("area", "bars")
_BY_PARTNER = (*_STACKED, "map", "multiples")
_STEPS: tuple[Callable[[Explored, Series], Series], ...] = (
    steps.relative,
    steps.in_prices,
    steps.in_millions,
    steps.shared,
    steps.indexed,
    steps.within,
    steps.logarithmic,
)


def series(view: Explored, drawn: Series | None = None) -> Series:
    """Make the figures of a view, for what can be drawn of what was asked, or as `drawn` says."""
    asked = drawn or drawable(view)
    by_partner = asked.view in _BY_PARTNER or asked.scale == "share"
    is_one = asked.scale == "indexed" and view.selection.source == "preferred"
    frame = told(view) if by_partner or not view.is_group else _group(view, is_one=is_one)
    made = replace(asked, frame=frame)
    for step in _STEPS:
        made = step(view, made)
    return made


def told(view: Explored, *, as_of_each_year: bool = True) -> pd.DataFrame:
    """A measure by partner in current US dollars, `series, code, period, value` and the evidence.

    Of the group, partners are counted as of each year, or all that were ever counted.
    """
    parts = view.parts
    if view.is_group and as_of_each_year:
        parts = parts.merge(view.counted, on=["period", "partner_code"])
    names = {code: view.name(code) for code in parts["partner_code"].unique()}
    labels = [names[code] for code in parts["partner_code"]]
    if view.selection.source == "all":
        labels = [
            f"{label}: {view.source_name(source)}"
            for label, source in zip(labels, parts["source_id"], strict=True)
        ]
    return _largest_first(parts.assign(series=labels, code=parts["partner_code"]))


def counted_in(view: Explored, period: str) -> list[str]:
    """List the codes of the partners shown: those chosen, or those that the definition counts then."""
    is_then = view.counted["period"] == period
    return list(view.selection.partner or view.counted.loc[is_then, "partner_code"])


def uncovered(view: Explored) -> list[str]:
    """Name the economies of the group of which the reporter says nothing, or had not by then."""
    codes = list(view.counted["partner_code"].unique()) if view.is_group else []
    told_of = set(view.flows["partner_code"])
    return [view.name(code) for code in codes if code not in told_of]


def _group(view: Explored, *, is_one: bool) -> pd.DataFrame:
    """The sum over the group, a series for each source; or one, as an index that bridges them."""
    is_covered = view.counted["partner_code"].isin(view.flows["partner_code"])
    sums = measures.summed(view.parts, view.counted[is_covered])
    names = {each: view.source_name(each) for each in sums["source_id"].unique()}
    labels = [view.whom if is_one else names[each] for each in sums["source_id"]]
    return sums.assign(series=labels, code="")


def _largest_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Set the series with the largest sum over all years first, so that it stands at the bottom."""
    sizes = frame.assign(size=frame["value"].abs()).groupby("series")["size"].sum()
    rank = {name: at for at, name in enumerate(sizes.sort_values(ascending=False).index)}
    ranked = frame.assign(rank=frame["series"].map(rank)).sort_values(["rank", "period"])
    return ranked.drop(columns="rank")


def drawable(view: Explored) -> Series:
    """Settle which view and scale go together, and say why not where they do not."""
    asked, text = view.selection, view.locale.text
    made = Series(pd.DataFrame(), "USD", asked.view, asked.scale)
    if asked.source == "all" and (asked.view in (*_STACKED, "map") or asked.scale == "share"):
        words = text("Figures of several sources are never added up: each is drawn as a line.")
        made = replace(made, view="line", scale="linear").noting(words)
    if made.view in _STACKED and made.scale in {"log", "indexed"}:
        words = text(
            "Indices, and values on a logarithmic scale, cannot be stacked: lines are drawn."
        )
        made = replace(made, view="line").noting(words)
    if made.view in {"map", "multiples"} and made.scale == "log":
        made = replace(made, scale="linear").noting(text("This view has no logarithmic scale."))
    return made
