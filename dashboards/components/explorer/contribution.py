"""What made the trade of the explorer grow: contributions by partner between two years."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import measures
from dashboards.components.chart import chart
from dashboards.components.explorer.asked import Explored, Series
from dashboards.components.explorer.series import counted_in, told
from dashboards.components.explorer.steps import in_millions, in_prices
from dashboards.components.notes import not_final
from dashboards.components.table import records, table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.contribution import contribution
from dashboards.messages import message
from warehouse.catalog import FIRMNESS

_FORMULA = message(
    "Contribution = change of the partner ÷ sum of all partners in {first} × 100; the contributions add"
    " up to the growth of the sum. This is how Eurostat's Handbook on quarterly national accounts"
    " (2013) defines contributions to growth of parts that add up."
)


def contribution_chart(view: Explored) -> Component:
    """Show as `chart-contribution` what each partner contributed, or say why that cannot be said."""
    made = _amounts(view)
    first, last = _years(view, made.frame)
    codes = counted_in(view, last) if last else []
    frame = made.frame[made.frame["code"].isin(codes)]
    parts, lacking = measures.contributions(frame, first, last)
    refused = _refusal(view, (first, last), parts, lacking)
    if refused:
        said = html.P(refused, className="quiet")
        return html.Section([html.H2(_heading(view)), said], className="chart")
    return _shown(view, replace(made, frame=parts), first, last)


def _amounts(view: Explored) -> Series:
    plain = Series(told(view, as_of_each_year=False), "USD", "bars", "linear")
    return in_millions(view, in_prices(view, plain))


def _years(view: Explored, frame: pd.DataFrame) -> tuple[str, str]:
    """The years asked for; without a choice the last that all partners have, and the first of them that
    is by the same sources, for growth from source to source is no growth.
    """
    asked = view.selection
    codes = counted_in(view, asked.last or max(view.held.years, default=""))
    shown = frame[frame["code"].isin(codes)]
    common = measures.common_years(shown)
    last = asked.last or next(reversed(common), "")
    sources = {year: set(rows["source_id"]) for year, rows in shown.groupby("period")}
    alike = [year for year in common if year < last and sources[year] == sources.get(last)]
    return asked.first or next(iter(alike), ""), last


def _refusal(
    view: Explored, years: tuple[str, str], parts: pd.DataFrame, lacking: list[str]
) -> str:
    """Say why there are no contributions; nothing where there are."""
    text, (first, last) = view.locale.text, years
    if view.selection.measure == "balance":
        return text("A balance may be below zero, so its growth cannot be shared out.")
    # Without a choice there may be no two years; a choice of one that partners lack names these.
    if lacking and first and first < last:
        return text(
            "Contributions need a figure of every partner in {first} and in {last}; missing: {series}.",
            first=first,
            last=last,
            series=", ".join(lacking),
        )
    if first >= last or parts.empty:
        return text(
            "Contributions need two years, the first before the last, with figures of both."
        )
    return ""


def _heading(view: Explored) -> str:
    return view.locale.text("{title}, contributions to growth by partner", title=view.title)


def _shown(view: Explored, made: Series, first: str, last: str) -> html.Figure:
    locale, parts = view.locale, made.frame
    growth = float(parts["points"].sum())
    whole = float(parts["first_value"].sum()), float(parts["last_value"].sum())
    told_growth = locale.text(
        "The sum went from {before} in {first} to {after} in {last}, by {growth}%.",
        before=locale.quantity(whole[0], whole[0], made.unit),
        after=locale.quantity(whole[1], whole[1], made.unit),
        first=first,
        last=last,
        growth=locale.signed(growth, 1),
    )
    each = "; ".join(
        f"{row['series']}: {locale.quantity(row['points'], row['points'], 'percentage points', 1)}"
        for row in records(parts)
    )
    notes = [
        told_growth,
        *_bridged(view, parts),
        *_dated(view, last),
        *made.notes,
        locale.text(_FORMULA, first=first),
    ]
    exhibit = Exhibit(
        "contribution",
        title=f"{_heading(view)}, {locale.years(first, last)}",
        subtitle=f"{view.whom}; {locale.unit('percentage points')}",
        summary=f"{told_growth} {each}",
        data=_figures(parts, first, last, made.unit),
        sources=view.whose([*parts["source_id_first"], *parts["source_id_last"], *made.used]),
        figure=contribution(parts, made.unit, locale),
        remarks=notes,
    )
    statuses = pd.concat([parts["status_first"], parts["status_last"]]).to_frame("status")
    said = [html.P(words, className="quiet") for words in notes]
    twin = _table(view, exhibit, made, (first, last))
    return chart(view.request, exhibit, twin=twin, notes=[*said, *not_final(statuses, locale)])


def _dated(view: Explored, last: str) -> list[str]:
    """Say that membership is held constant, where the definition has it change."""
    if not view.is_group or view.selection.definition != "members_dated":
        return []
    return [view.locale.text("Counted in both years: the members of {year}.", year=last)]


def _bridged(view: Explored, parts: pd.DataFrame) -> list[str]:
    """Warn where the two years are by different sources."""
    pairs = dict.fromkeys(zip(parts["source_id_first"], parts["source_id_last"], strict=True))
    return [
        view.locale.text(
            "The two years are by different sources, {before} and {after}: part of the growth may be"
            " that of the sources.",
            before=view.quoted(before),
            after=view.quoted(after),
        )
        for before, after in pairs
        if before != after
    ]


def _figures(parts: pd.DataFrame, first: str, last: str, unit: str) -> pd.DataFrame:
    """The points as figures of the span, with the amounts behind them and the evidence of the last year."""
    statuses = zip(parts["status_first"], parts["status_last"], strict=True)
    return figures(
        pd.DataFrame(
            {
                "series": parts["series"],
                "period": f"{first}/{last}",
                "value": parts["points"],
                "status": [min(pair, key=FIRMNESS.index) for pair in statuses],
                "source_id": parts["source_id_last"],
                "vintage": parts["vintage_last"],
                "place": parts["place_last"],
                "first_value": parts["first_value"],
                "last_value": parts["last_value"],
                "change": parts["change"],
                "amounts_unit": unit.removeprefix("million "),
                "first_source_id": parts["source_id_first"],
            }
        ),
        "percentage points",
    )


def _table(view: Explored, exhibit: Exhibit, made: Series, years: tuple[str, str]) -> html.Div:
    locale = view.locale
    heads = [
        locale.text("Partner"),
        *years,
        locale.text("Change"),
        locale.text("Contribution, percentage points"),
        locale.text("Change of the partner itself"),
    ]

    def amount(value: float) -> str:
        return locale.quantity(value, value, made.unit, None if "million" in made.unit else 3)

    rows = [
        [
            row["series"],
            amount(row["first_value"]),
            amount(row["last_value"]),
            "+" * (row["change"] > 0) + amount(row["change"]),
            locale.signed(row["points"], 1),
            locale.change(*(row["change"] / row["first_value"],) * 2) if row["first_value"] else "",
        ]
        for row in records(made.frame)
    ]
    caption = f"{exhibit.title}; {view.whom}; {locale.unit(made.unit)}"
    return table("contribution", caption, heads, rows)
