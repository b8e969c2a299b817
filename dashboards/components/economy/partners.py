"""The partners of an economy within the group: of one year, and over the years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, inside
from dashboards.components.chart import SOURCES_IN_A_LINE, chart
from dashboards.components.economy.profile import BASIS, FLOW, Profile, courses
from dashboards.components.notes import not_final
from dashboards.components.pair.pairs import UNIT, address
from dashboards.components.table import records, table, value_words
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.grouped import grouped
from dashboards.figures.trend import trend
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from dashboards.standing import BASES
from warehouse.catalog import FIRM, Source

_PARTS = [(flow, basis) for basis in BASES for flow in FLOW]
_TITLES = {
    "export": message("{economy}: exports by partner, {first}–{last}"),
    "import": message("{economy}: imports by partner, {first}–{last}"),
}


def partners_chart(request: Request, profile: Profile) -> Component:
    """Set the economy's trade with each partner side by side, in the year of the profile."""
    locale = profile.locale
    rows = pd.concat([_part(profile, flow, basis) for flow, basis in _PARTS])
    title = locale.text(
        "{economy}: trade by partner, {year}", economy=profile.title, year=profile.year
    )
    if rows.empty:
        return no_figures("partners", title, profile)
    largest = rows.groupby("label")["value"].transform("max")
    # Series keep their order, and so their colours, whoever the largest partner reports by.
    drawn = (
        rows.assign(part=range(len(rows)), largest=largest)
        .sort_values(["largest", "part"], ascending=[False, True], kind="stable")
        .reset_index(drop=True)
    )
    data = drawn.assign(series=drawn["label"].str.cat(drawn["series"], sep=": "))
    exhibit = Exhibit(
        "partners",
        title=title,
        subtitle=locale.unit(UNIT),
        summary="; ".join(
            f"{row['series']}: {locale.quantity(row['value'], row['value'], UNIT)}"
            for row in records(data)
        ),
        data=figures(data.drop(columns=["label", "part", "largest"]), UNIT),
        sources=_whose(profile, drawn),
        figure=grouped(_in_order(drawn), UNIT, locale),
    )
    return chart(
        request,
        exhibit,
        twin=_partners_table(request, profile, exhibit, drawn),
        notes=[*_absent(profile, drawn), *not_final(drawn, locale)],
    )


def _part(profile: Profile, flow: str, basis: str) -> pd.DataFrame:
    """The figures of a flow with each partner by one basis, named as the chart names them."""
    rows = profile.told(flow)
    rows = rows[(rows["basis"] == basis) & (rows["period"] == profile.year)]
    name = f"{profile.locale.text(FLOW[flow])}, {profile.locale.text(BASIS[basis])}"
    kept = ["period", "status", "source_id", "vintage", "place", "other_code", "basis"]
    return rows[kept].assign(
        flow_code=flow,
        label=[profile.name(code) for code in rows["other_code"]],
        series=name,
        value=rows["value_usd"],
    )


def _in_order(drawn: pd.DataFrame) -> pd.DataFrame:
    """Fill every partner up with all series, so that the first partner shows their order."""
    every = pd.MultiIndex.from_product(
        [dict.fromkeys(drawn["label"]), dict.fromkeys(drawn.sort_values("part")["series"])],
        names=["label", "series"],
    )
    filled = drawn.set_index(["label", "series"])[["value", "status"]].reindex(every)
    return filled.reset_index()


def _absent(profile: Profile, drawn: pd.DataFrame) -> Iterator[Component]:
    """Name the partners of whom nothing is told in the year of the profile."""
    told = set(drawn["other_code"])
    absent = [
        profile.name(code) for code in profile.counted if code not in told and code != profile.code
    ]
    if absent:
        words = profile.locale.text("No figures are loaded of: {names}.", names=", ".join(absent))
        yield html.P(words, className="source")


def _partners_table(
    request: Request, profile: Profile, exhibit: Exhibit, drawn: pd.DataFrame
) -> Component:
    locale = profile.locale
    found = {
        (row["other_code"], row["flow_code"], row["basis"]): _amount(profile, row)
        for row in records(drawn)
    }
    heads = [locale.text("Partner")]
    heads += [f"{locale.text(FLOW[flow])}, {locale.text(BASIS[basis])}" for flow, basis in _PARTS]
    rows: list[list[Content]] = [
        [
            html.A(profile.name(code), href=request.path(address(profile.code, code)), **inside()),
            *(found.get((code, *part), "") for part in _PARTS),
        ]
        for code in dict.fromkeys(drawn["other_code"])
    ]
    return table(exhibit.name, f"{exhibit.title}; {exhibit.subtitle}", heads, rows)


def _amount(profile: Profile, row: Any) -> str:
    locale = profile.locale
    written = locale.number(locale.shown(row["value"], UNIT), 1)
    return written if row["status"] == "final" else f"{written} ({locale.status(row['status'])})"


def history_chart(request: Request, profile: Profile) -> Component:
    """Show one flow with each partner over the years, by whose reports is chosen."""
    locale, flow = profile.locale, profile.selection.flow
    rows = profile.told(flow)
    rows = rows[rows["basis"] == profile.reports]
    if rows.empty:
        plain = f"{profile.title}: {locale.text(FLOW[flow])}, {locale.text(BASIS[profile.reports])}"
        return no_figures("history", plain, profile)
    named = rows.assign(
        series=[profile.name(code) for code in rows["other_code"]], value=rows["value_usd"]
    )
    newest = named.groupby("other_code")["period"].transform("max") == named["period"]
    size = named["value"].where(newest).groupby(named["other_code"]).transform("max")
    named = named.assign(size=size).sort_values(
        ["size", "other_code", "period"], ascending=[False, True, True]
    )
    exhibit = Exhibit(
        "history",
        title=locale.text(
            _TITLES[flow],
            economy=profile.title,
            first=named["period"].min(),
            last=named["period"].max(),
        ),
        subtitle=f"{locale.text(BASIS[profile.reports])}; {locale.unit(UNIT)}",
        summary=courses(profile, named, UNIT),
        data=figures(_plain(named), UNIT),
        sources=_whose(profile, named),
        figure=trend(named, UNIT, locale),
    )
    breaks = html.P(
        locale.text("A line breaks where a year is missing or another source begins."),
        className="source",
    )
    notes = [breaks, *not_final(named, locale)]
    return chart(request, exhibit, twin=short_twin(exhibit, locale), notes=notes)


def short_twin(exhibit: Exhibit, locale: Locale) -> Component | None:
    """Set the series of an exhibit side by side, the newest period first, what is not final marked.

    A page of many charts needs short tables. None where the source line of the chart leaves it to
    the table to name its many sources.
    """
    if len(exhibit.sources) > SOURCES_IN_A_LINE:
        return None
    rows = records(exhibit.data)
    series = list(dict.fromkeys(row["series"] for row in rows))
    found = {(row["period"], row["series"]): _written(row, locale) for row in rows}
    periods = sorted({row["period"] for row in rows}, reverse=True)
    cells = [
        [locale.period(period), *(found.get((period, name), "") for name in series)]
        for period in periods
    ]
    heads = [locale.text("Period"), *series]
    return table(exhibit.name, f"{exhibit.title}; {exhibit.subtitle}", heads, cells)


def _written(row: Any, locale: Locale) -> str:
    words = value_words(row, locale)
    return words if row["status"] in FIRM else f"{words} ({locale.status(row['status'])})"


def _plain(named: pd.DataFrame) -> pd.DataFrame:
    columns = ["series", "period", "value", "status", "source_id", "vintage", "place"]
    return named[[*columns, "reporter_code", "partner_code", "flow_code"]]


def no_figures(name: str, title: str, profile: Profile) -> html.Figure:
    """Stand where a chart would, when no source that is loaded has a figure for it."""
    words = profile.locale.text(
        "No source that is loaded has figures of this for {economy}.", economy=profile.title
    )
    if profile.asof:
        words = profile.locale.text("No figure of this was known on that day.")
    return html.Figure(
        [html.H2(title), html.P(words, className="quiet")], id=f"chart-{name}", className="chart"
    )


def _whose(profile: Profile, rows: pd.DataFrame) -> list[Source]:
    return [profile.sources[each] for each in dict.fromkeys(rows["source_id"])]
