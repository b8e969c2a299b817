"""Figures of an economy over time: its digital payments among the group's, and its context."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.economy.partners import no_figures, short_twin
from dashboards.components.economy.profile import Profile, courses
from dashboards.components.evidence import definition_list
from dashboards.components.notes import not_final
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.trend import Mode, trend
from dashboards.measures import source_changes
from dashboards.page import Request
from warehouse.catalog import FIRM, Indicator
from warehouse.queries import indicators

CONTEXT = (
    *("gdp_usd", "population", "exports_share_gdp", "imports_share_gdp"),
    *("consumer_inflation", "logistics_performance"),
)
CARDS = "noncash_share_card_turnover"
_SMALL_PX = 260


def own_chart(request: Request, profile: Profile, indicator: Indicator) -> Component:
    """Show one indicator of the economy over time, its newest figure above the drawing."""
    locale = profile.locale
    frame = indicators.series(request.warehouse, indicator.id, [profile.code])
    name = indicator.id.replace("_", "-")
    title = f"{indicator.title[locale.language]}: {profile.title}"
    if frame.empty:
        return no_figures(name, title, profile)
    return _shown(request, profile, indicator, (name, title), _named(profile, frame))


def group_chart(request: Request, profile: Profile, indicator: Indicator) -> Component:
    """Show one indicator of all economies of the group over time, this one first."""
    locale = profile.locale
    frame = indicators.series(request.warehouse, indicator.id, list(profile.codes))
    title = f"{indicator.title[locale.language]}: {profile.title}"
    if profile.code not in set(frame["scope"]):
        return no_figures("payments", title, profile)
    order = [profile.code, *(code for code in profile.codes if code != profile.code)]
    ranked = _named(profile, frame).assign(rank=frame["scope"].map(order.index))
    rows = ranked.sort_values(["rank", "period"], kind="stable").drop(columns="rank")
    titled = ("payments", locale.text("{title}, among the OTS economies", title=title))
    return _shown(request, profile, indicator, titled, rows)


def _named(profile: Profile, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(series=[profile.name(code) for code in frame["scope"]])


def _shown(
    request: Request,
    profile: Profile,
    indicator: Indicator,
    titled: tuple[str, str],
    rows: pd.DataFrame,
) -> Component:
    locale = profile.locale
    name, title = titled
    mode: Mode = "joined" if indicator.frequency == "irregular" else "gaps"
    if indicator.id == CARDS:
        mode = "points"
    figure = trend(rows, indicator.unit, locale, mode=mode)
    if set(rows["scope"]) == {profile.code}:
        figure.update_layout(height=_SMALL_PX, showlegend=False)
    used = dict.fromkeys(rows["source_id"])
    method, definition = indicator.method[locale.language], indicator.definition[locale.language]
    changes = _changes_of_source(profile, rows)
    exhibit = Exhibit(
        name,
        title=title,
        subtitle=locale.text(
            "{unit}; newest figure: {newest}",
            unit=locale.unit(indicator.unit),
            newest=newest_words(profile, rows, indicator),
        ),
        summary=courses(profile, rows, indicator.unit),
        data=figures(rows, indicator.unit),
        sources=[profile.sources[each] for each in used],
        figure=figure,
        remarks=[definition, method, *changes],
    )
    notes = [
        html.P(definition, className="quiet"),
        *(html.P(words, className="source") for words in changes),
        *not_final(rows, locale),
    ]
    return chart(request, exhibit, twin=short_twin(exhibit, locale), notes=notes)


def _changes_of_source(profile: Profile, rows: pd.DataFrame) -> list[str]:
    """Say where another source begins to speak: the step between both is no growth."""

    def publisher(source_id: str) -> str:
        return profile.sources[source_id].publisher[profile.locale.language]

    return [
        profile.locale.text(
            "Up to {last} by {before}, from {first} by {after}: what changes between the two may be due"
            " to the change of source.",
            last=profile.locale.period(each.last),
            before=publisher(each.before),
            first=profile.locale.period(each.first),
            after=publisher(each.after),
        )
        for each in source_changes(rows)
    ]


def newest_words(profile: Profile, rows: pd.DataFrame, indicator: Indicator) -> str:
    """Say the newest figure of the economy with its period, and how firm it is where it is not final."""
    locale = profile.locale
    row = rows[rows["scope"] == profile.code].iloc[-1]
    when = locale.period(row["period"])
    if row["status"] not in FIRM:
        when = f"{when}, {locale.status(row['status'])}"
    return f"{_amount(profile, row['value'], indicator)} ({when})"


def _amount(profile: Profile, value: float, indicator: Indicator) -> str:
    return profile.locale.quantity(value, value, indicator.unit)


def ranks_of_payments(
    request: Request, profile: Profile, asked: Sequence[Indicator]
) -> Component | None:
    """List the newest share of each survey indicator with its rank among those asked that year."""
    locale = profile.locale
    facts: list[tuple[str, Content]] = []
    for indicator in asked:
        frame = indicators.series(request.warehouse, indicator.id, list(profile.codes))
        own = frame[frame["scope"] == profile.code]
        if not own.empty:
            words = newest_words(profile, own, indicator)
            facts.append((indicator.short[locale.language], words + _rank(profile, frame, own)))
    return definition_list(facts) if facts else None


def _rank(profile: Profile, frame: pd.DataFrame, own: pd.DataFrame) -> str:
    """The rank among the economies surveyed in the same period; nothing where it was alone."""
    newest = own.iloc[-1]
    peers = frame[frame["period"] == newest["period"]]
    if len(peers) == 1:
        return ""
    rank = int((peers["value"] > newest["value"]).sum()) + 1
    words = profile.locale.text("rank {rank} of {ranked}", rank=rank, ranked=len(peers))
    return f"; {words}"
