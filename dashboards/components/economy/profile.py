"""What the profile of an economy is made with, its roles in the group, and the choices of its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.choice import choice, menu
from dashboards.components.evidence import definition_list, source_link
from dashboards.components.table import Row, records
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from dashboards.selection import EconomySelection
from dashboards.standing import newest_shared, told, years
from warehouse.catalog import FIRM, Source, Text

BASIS = {
    "own": message("by its own reports"),
    "partners": message("as its partners report"),
}
_REPORTS = {"own": message("Own reports"), "partners": message("Reports of partners")}
FLOW = {"export": message("Exports"), "import": message("Imports")}
_COUNTED = {
    "members": message("the member states"),
    "with_observers": message("members and observers"),
}
_ROLE = {
    "member": message("Member of the OTS since {day}"),
    "observer": message("Observer of the OTS since {day}"),
}
_PAST = {
    "member": message("Member of the OTS from {day} to {end}"),
    "observer": message("Observer of the OTS from {day} to {end}"),
}


@dataclass(frozen=True)
class Profile:
    """An economy among the others of the group, what they report of each other, and what is chosen.

    `flows` are those of `queries.economy.flows`; `members` were so on the day of the warehouse.
    """

    code: str
    codes: Sequence[str]
    members: Sequence[str]
    flows: pd.DataFrame
    selection: EconomySelection
    names: Mapping[str, Text]
    sources: Mapping[str, Source]
    locale: Locale
    asof: str = ""

    def name(self, code: str) -> str:
        """Name an economy or a scope."""
        return self.locale.name(self.names, code)

    @property
    def title(self) -> str:
        """Name the economy of the profile."""
        return self.name(self.code)

    @property
    def counted(self) -> list[str]:
        """The economies that the sums count as partners, in the order of the group."""
        among = self.members if self.selection.partners == "members" else self.codes
        return [code for code in self.codes if code in among]

    @property
    def year(self) -> str:
        """The year chosen, or the newest in which enough economies report; empty for none."""
        return self.selection.year or newest_shared(self.flows)

    @property
    def reports(self) -> str:
        """By whose reports the history is told: as chosen, or by the economy's own where it has any."""
        if self.selection.reports:
            return self.selection.reports
        return "own" if self.code in set(self.flows["reporter_code"]) else "partners"

    def told(self, flow: str) -> pd.DataFrame:
        """What is told of a flow of this economy with the partners counted, on both bases."""
        rows = told(self.flows, flow)
        with_counted = rows["other_code"].isin(self.counted)
        return rows[(rows["economy_code"] == self.code) & with_counted]


def role_lines(profile: Profile, roles: pd.DataFrame) -> Component:
    """Say which roles the economy has or had in the group, since when, and where that is written."""
    locale = profile.locale
    held = roles[roles["economy_code"] == profile.code]
    if held.empty:
        words = locale.text("On that day it had no role in the OTS that is recorded.")
        return html.P(words, className="lead")
    return html.Div([_role(profile, row) for row in records(held)], className="lead")


def _role(profile: Profile, row: Row) -> Component:
    locale, role = profile.locale, str(row["role"])
    has_ended = row["until"] is not None
    spoken = locale.text(
        (_PAST if has_ended else _ROLE)[role],
        day=locale.period(str(row["since"])),
        end=locale.period(str(row["until"])) if has_ended else "",
    )
    facts: list[tuple[str, Content]] = [
        (locale.text("Place in the source"), html.Span(str(row["place"]), lang="en"))
    ]
    if row["note"] is not None:
        facts.append((locale.text("Note"), html.Span(str(row["note"]), lang="en")))
    return html.Div(
        [
            html.P(html.Strong(spoken)),
            html.P(
                [
                    locale.text("Source:"),
                    " ",
                    source_link(profile.sources[str(row["source_id"])], locale),
                ],
                className="source",
            ),
            html.Details(
                [html.Summary(locale.text("Evidence")), definition_list(facts)],
                className="evidence",
            ),
        ]
    )


def trade_choices(request: Request, profile: Profile) -> Component:
    """Offer the year of the ranks, the partners counted, the flow, and by whose reports it is told."""
    locale, path = profile.locale, request.here
    told_years = years(profile.flows)
    if not told_years:
        return html.Div(hidden=True)
    shown = profile.selection.replacing(year=profile.year, reports=profile.reports)
    return html.Div(
        [
            menu("year", locale.text("Year"), {each: each for each in told_years}, shown, path),
            choice("partners", locale.text("Partners counted"), _texts(_COUNTED, locale), shown, path),
            choice("flow", locale.text("Flow over the years"), _texts(FLOW, locale), shown, path),
            choice("reports", locale.text("By whose reports"), reports_of(locale), shown, path),
        ],
        className="choices",
    )  # fmt: skip


def courses(profile: Profile, rows: pd.DataFrame, unit: str) -> str:
    """Say from what to what each series went, by each source apart: what two sources say is no growth.

    `rows` have `series, period, value, status, source_id`; a course says how firm its end is.
    """
    several = len(set(rows["source_id"])) > 1
    said = []
    for (name, source_id), own in rows.groupby(["series", "source_id"], sort=False):
        known = own[own["value"].notna()].sort_values("period")
        if known.empty:
            continue
        ends = [known.iloc[end] for end in (0, -1)]
        first, last = (((float(row["value"]),) * 2, str(row["period"])) for row in ends)
        course = profile.locale.course(first, last, unit)
        firm = ends[1]["status"]
        publisher = profile.sources[str(source_id)].publisher[profile.locale.language]
        whose = f"{name}, {publisher}" if several else str(name)
        status = "" if firm in FIRM else f" ({profile.locale.status(firm)})"
        said.append(f"{whose}. {course}{status}")
    return "; ".join(said)


def reports_of(locale: Locale) -> dict[str, str]:
    """Name both bases of a figure, as a heading or a choice does."""
    return _texts(_REPORTS, locale)


def _texts(messages: Mapping[str, str], locale: Locale) -> dict[str, str]:
    return {value: locale.text(text) for value, text in messages.items()}
