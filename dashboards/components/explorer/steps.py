"""From amounts to what is shown: in relation, in which prices, as shares or indices, in which years."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboards import measures
from dashboards.components.explorer.asked import DEFLATED_BY, DEFLATOR, Explored, Series, spans
from dashboards.messages import message
from warehouse.catalog import MEASURES
from warehouse.queries import explorer, indicators
from warehouse.queries.explorer import WORLD

_SMALL_USD = 1e9
"""Where no amount reaches a billion, all are shown in millions: in billions little is left of them."""
_PER = {
    "per_capita": ("population", "USD per person", 1.0),
    "share_of_gdp": ("gdp_usd", "percent", 100.0),
}
"""By which indicator, into which unit, times how much."""
CONSTANT = message(
    "Constant prices: current US dollars × deflator of {base} ÷ deflator of the year. The deflator is"
    " that of the gross domestic product of the United States, chained from its yearly rises as the"
    " World Bank publishes them."
)


def relative(view: Explored, made: Series) -> Series:
    """Set amounts in relation to the reporter's whole trade, its people or its GDP."""
    match view.selection.relative:
        case "amount":
            return made
        case "share_of_total":
            return _of_total(view, made)
        case asked:
            return _per(view, made, *_PER[asked])


def _of_total(view: Explored, made: Series) -> Series:
    """Shares of the reporter's trade with the world, by the same source in the same year."""
    text, measure = view.locale.text, view.selection.measure
    if measure == "balance":
        words = text("A balance is no part of a total: amounts are shown instead of shares.")
        return made.noting(words)
    flows = explorer.flows(view.request.warehouse, view.selection.reporter, [WORLD])
    whole = measures.measured(flows, MEASURES[measure])
    frame = measures.divided(made.frame, whole, ("period", "source_id"), 100)
    what = text("Trade of the reporter with the whole world")
    return _without_missing(view, replace(made, frame=frame, unit="percent"), what)


def _per(view: Explored, made: Series, indicator_id: str, unit: str, times: float) -> Series:
    warehouse = view.request.warehouse
    whole = indicators.series(warehouse, indicator_id, [view.selection.reporter])
    asked = view.selection
    whole = whole[
        whole["period"].isin(made.frame["period"])
        & whole["period"].between(asked.first or "0000", asked.last or "9999")
    ]
    used = (*made.used, *dict.fromkeys(whole["source_id"]))
    frame = measures.divided(made.frame, whole, times=times)
    what = indicators.get(warehouse, indicator_id).title[view.locale.language]
    words = view.locale.text("Divided by: {what}.", what=what)
    related = replace(made, frame=frame, unit=unit, used=used).noting(
        words, *_changes_of_divisor(view, what, whole)
    )
    return _without_missing(view, related, what)


def divisor(view: Explored) -> str:
    """The indicator by which amounts are divided; empty where they are not."""
    return _PER[view.selection.relative][0] if view.selection.relative in _PER else ""


def _changes_of_divisor(view: Explored, what: str, whole: pd.DataFrame) -> list[str]:
    """Say where what is divided by is of another source: a step there is no step of the trade."""
    return [
        view.locale.text(
            "{what}: between {last} and {first} the source changes, from {before} to {after}; a step"
            " there may be that of the sources.",
            what=what,
            last=each.last,
            first=each.first,
            before=view.quoted(each.before),
            after=view.quoted(each.after),
        )
        for each in measures.source_changes(whole.assign(series=""))
    ]


def _without_missing(view: Explored, made: Series, what: str) -> Series:
    """Leave years out for which there is nothing to compute with, and name them."""
    missing = made.frame.loc[made.frame["value"].isna(), "period"]
    if missing.empty:
        return made
    words = view.locale.text(
        "{what}: no figure for {years}; what needs it is left out.",
        what=what,
        years=spans(missing, view.locale),
    )
    return replace(made, frame=made.frame[made.frame["value"].notna()]).noting(words)


def in_prices(view: Explored, made: Series) -> Series:
    """Bring dollars to the prices of the newest year of the deflator, where that is asked for."""
    if view.selection.prices == "current":
        return made
    text = view.locale.text
    if made.unit == "percent":
        return made.noting(text("Shares are the same in current and in constant prices."))
    if not view.has_deflator:
        return made.noting(text("No deflator was known: current prices are shown."))
    rises = indicators.series(view.request.warehouse, DEFLATOR, [DEFLATED_BY])
    factors = measures.price_factors(dict(zip(rises["period"], rises["value"], strict=True)))
    base = max(factors)
    deflated = replace(
        made,
        frame=measures.deflated(made.frame, factors),
        unit=f"{made.unit} of {base}",
        used=(*made.used, *dict.fromkeys(rises["source_id"])),
    )
    what = indicators.get(view.request.warehouse, DEFLATOR).title[view.locale.language]
    return _without_missing(view, deflated, what).noting(text(CONSTANT, base=base))


def in_millions(_view: Explored, made: Series) -> Series:
    """Show amounts in millions where none reaches a billion."""
    is_small = bool((made.frame["value"].abs() < _SMALL_USD).all())
    if not made.unit.startswith("USD") or "person" in made.unit or not is_small:
        return made
    return replace(made, unit=f"million {made.unit}")


def shared(view: Explored, made: Series) -> Series:
    """Express the series as shares of all shown; nothing below zero can be a share or be stacked."""
    is_negative = bool((made.frame["value"] < 0).any())
    if is_negative and (made.scale == "share" or made.view == "area"):
        words = view.locale.text(
            "Some values are below zero and cannot be parts of a whole: lines are drawn."
        )
        line = "line" if made.view == "area" else made.view
        scale = "linear" if made.scale == "share" else made.scale
        return replace(made, view=line, scale=scale).noting(words)
    if made.view != "area" and made.scale != "share":
        return made
    whole, dropped = measures.shares(made.frame)
    kept = replace(made, frame=made.frame[made.frame["period"].isin(whole["period"])])
    if made.scale == "share":
        kept = replace(made, frame=whole, unit="percent")
    return kept.noting(*_left_out(view, made.frame["series"].nunique(), dropped))


def _left_out(view: Explored, series: int, years: list[str]) -> list[str]:
    """Say why years have no shares: some were no members then, or some have no figure."""
    text, locale = view.locale.text, view.locale
    counted = view.counted.groupby("period").size() if view.is_group else pd.Series(dtype=int)
    early = [year for year in years if counted.get(year, series) < series]
    lacking = [year for year in years if year not in early]
    return [
        *(
            [
                text(
                    "Left out, for not all that are shown were members: {years}.",
                    years=spans(early, locale),
                )
            ]
            if early
            else []
        ),
        *(
            [
                text(
                    "Left out, for not every series has a figure: {years}.",
                    years=spans(lacking, locale),
                )
            ]
            if lacking
            else []
        ),
    ]


def indexed(view: Explored, made: Series) -> Series:
    """Set every series to 100 in the base year; without a choice, the first year that all have."""
    if made.scale != "indexed" or made.frame.empty:
        return made
    common = measures.common_years(made.frame[made.frame["value"] > 0])
    base = view.selection.base or next(iter(common), str(made.frame["period"].min()))
    frame, lacking = measures.indexed(made.frame, base)
    words = view.locale.text(
        "No figure above zero in the base year {year}: {series}.",
        year=base,
        series=", ".join(lacking),
    )
    based = replace(made, frame=frame, unit="index", base=base)
    return based.noting(words) if lacking else based


def within(view: Explored, made: Series) -> Series:
    """Keep the years asked for."""
    first, last = view.selection.first or "0000", view.selection.last or "9999"
    return replace(made, frame=made.frame[made.frame["period"].between(first, last)])


def logarithmic(view: Explored, made: Series) -> Series:
    """Leave out of a logarithmic scale what has no logarithm, and say how many figures those are."""
    if made.scale != "log":
        return made
    frame, dropped = measures.positive(made.frame)
    if not dropped:
        return made
    words = view.locale.plural(
        "{number} figure of zero or below has no logarithm and is left out.",
        "{number} figures of zero or below have no logarithm and are left out.",
        dropped,
        number=dropped,
    )
    return replace(made, frame=frame).noting(words)
