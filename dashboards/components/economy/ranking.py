"""Where an economy stands in the trade among the group: ranks, shares, and its partners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, inside
from dashboards.components.chart import chart
from dashboards.components.economy.profile import BASIS, FLOW, Profile, reports_of
from dashboards.components.evidence import definition_list
from dashboards.components.notes import not_final
from dashboards.components.pair.pairs import UNIT, economy_address
from dashboards.components.table import records, table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.grouped import grouped
from dashboards.messages import message
from dashboards.page import Request
from dashboards.standing import BASES, standing
from warehouse.catalog import Source

_TITLES = {
    ("export", "members"): message("Exports to member states of the OTS, {year}"),
    ("import", "members"): message("Imports from member states of the OTS, {year}"),
    ("export", "with_observers"): message("Exports to the other members and observers, {year}"),
    ("import", "with_observers"): message("Imports from the other members and observers, {year}"),
}
_COUNTED_HEAD = {
    "own": message("Partners of whom it reports"),
    "partners": message("Partners that report of it"),
}


def ranks(profile: Profile, flow: str) -> pd.DataFrame:
    """Rank the economies of the group by a flow of the year of the profile, on both bases."""
    of_year = profile.flows[profile.flows["period"] == profile.year]
    ranked = standing(of_year, flow, profile.counted)
    return ranked.assign(
        name=[profile.name(code) for code in ranked["economy_code"]],
        by=[profile.locale.text(BASIS[basis]) for basis in ranked["basis"]],
    )


def place_in_words(profile: Profile) -> Component:
    """Say the rank and the share of the economy, by flow and basis, and what is not reported."""
    locale = profile.locale
    facts: list[tuple[str, Content]] = []
    for flow in FLOW:
        found = {row["basis"]: row for row in records(ranks(profile, flow)) if _is_of(profile, row)}
        for basis in BASES:
            term = f"{locale.text(FLOW[flow])}, {locale.text(BASIS[basis])}"
            facts.append((term, _place(profile, found.get(basis), basis)))
    return definition_list(facts)


def _is_of(profile: Profile, row: Any) -> bool:
    return bool(row["economy_code"] == profile.code)


def _place(profile: Profile, row: Any, basis: str) -> str:
    locale = profile.locale
    if row is None:
        missing = {
            "own": message("It has no figures of its own for {year} in the sources that are loaded."),
            "partners": message("No partner has figures of it for {year} in the sources that are loaded."),
        }  # fmt: skip
        return locale.text(missing[basis], year=profile.year)
    amount = locale.quantity(row["value_usd"], row["value_usd"], UNIT)
    covered = locale.text(
        "figures of {told} of {asked} partners", told=row["told"], asked=row["asked"]
    )
    if row["rank"] is None or row["share"] is None:
        return f"{amount}; {covered}"
    rank = locale.text(
        "rank {rank} of {ranked} among the sums reported", rank=row["rank"], ranked=row["ranked"]
    )
    share = locale.text(
        "{share} of all that is reported on this basis",
        share=locale.share(row["share"], row["share"]),
    )
    return f"{amount}; {rank}; {share}; {covered}"


def standing_chart(request: Request, profile: Profile, flow: str) -> Component:
    """Set all economies of the group side by side by one flow of one year."""
    locale = profile.locale
    ranked = ranks(profile, flow)
    drawn = ranked.assign(
        label=ranked["name"],
        series=ranked["basis"].map(reports_of(locale)),
        value=ranked["value_usd"],
    )
    order = drawn.groupby("label")["value"].transform("max")
    drawn = drawn.assign(order=order).sort_values(
        ["order", "basis"], ascending=[False, True], kind="stable"
    )
    title = locale.text(_TITLES[flow, profile.selection.partners], year=profile.year)
    data = drawn.assign(
        series=[f"{name}: {by}" for name, by in zip(drawn["name"], drawn["by"], strict=True)],
        period=profile.year,
        source_id=[_single(sources) for sources in drawn["sources"]],
        place=[_sum_place(row) for row in records(drawn)],
    )
    columns = [
        *("series", "period", "value", "status", "source_id", "vintage", "place"),
        *("economy_code", "basis", "share", "rank", "told", "asked"),
    ]
    exhibit = Exhibit(
        f"{flow}-standing",
        title=title,
        subtitle=locale.unit(UNIT),
        summary="; ".join(
            f"{row['name']}, {row['by']}: {locale.quantity(row['value'], row['value'], UNIT)}"
            for row in records(drawn)
        ),
        data=figures(data[columns], UNIT),
        sources=_whose(profile, drawn["sources"]),
        figure=grouped(drawn, UNIT, locale, lead=profile.title),
        remarks=[locale.text(_APART)],
    )
    return chart(
        request,
        exhibit,
        twin=_standing_table(request, profile, exhibit, ranked),
        notes=[_apart(profile, ranked), *not_final(drawn, locale)],
    )


_APART = message(
    "What economies report themselves and what their partners report of them are ranked apart and"
    " never added. A sum holds those partners only of whom there are figures, so it is a lower bound,"
    " and sums that stand side by side may cover unlike numbers of partners: the table says how many."
    " Where only one economy reports there is no rank."
)


def _apart(profile: Profile, ranked: pd.DataFrame) -> Component:
    """Say that the bases are kept apart, and who reports nothing of the year."""
    locale = profile.locale
    reporting = set(ranked[ranked["basis"] == "own"]["economy_code"])
    silent = [profile.name(code) for code in profile.codes if code not in reporting]
    words = [locale.text(_APART)]
    if silent:
        words.append(
            locale.text(
                "No reports of {year} are loaded from: {names}.",
                year=profile.year,
                names=", ".join(silent),
            )
        )
    return html.P(" ".join(words), className="source")


def _standing_table(
    request: Request, profile: Profile, exhibit: Exhibit, ranked: pd.DataFrame
) -> Component:
    locale = profile.locale
    found = {(row["economy_code"], row["basis"]): row for row in records(ranked)}
    heads = [locale.text("Economy")]
    for basis in BASES:
        heads += [
            reports_of(locale)[basis],
            locale.text("Rank"),
            locale.text("Share"),
            locale.text(_COUNTED_HEAD[basis]),
        ]
    rows: list[list[Content]] = []
    for code in dict.fromkeys(ranked["economy_code"]):
        link = html.A(profile.name(code), href=request.path(economy_address(code)), **inside())
        cells = [_standing_cells(profile, found.get((code, basis))) for basis in BASES]
        rows.append([link, *cells[0], *cells[1]])
    return table(exhibit.name, f"{exhibit.title}; {exhibit.subtitle}", heads, rows)


def _standing_cells(profile: Profile, row: Any) -> list[Content]:
    locale = profile.locale
    if row is None:
        return ["", "", "", ""]
    share = "" if row["share"] is None else locale.share(row["share"], row["share"])
    covered = locale.text("{told} of {asked}", told=row["told"], asked=row["asked"])
    amount = locale.number(locale.shown(row["value_usd"], UNIT), 1)
    rank = "" if row["rank"] is None else locale.number(row["rank"])
    return [amount, rank, share, covered]


def _whose(profile: Profile, sources: pd.Series[Any]) -> list[Source]:
    used = dict.fromkeys(each for some in sources for each in some)
    return [profile.sources[each] for each in used]


def _single(sources: Sequence[str]) -> Any:
    """The only source, or None where a sum is of several."""
    return sources[0] if len(sources) == 1 else None


def _sum_place(row: Any) -> str:
    """Say in the working language of our tables which flows a sum is of."""
    others, sources = ", ".join(row["told_by"]), ", ".join(row["sources"])
    role = "partners" if row["basis"] == "own" else "reporters"
    return f"sum over {role} {others}; sources {sources}"
