"""The profile of an economy: its role, its trade within the group, the corridor, payments, context."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components.choice import choice
from dashboards.components.economy.context import (
    CARDS,
    CONTEXT,
    group_chart,
    own_chart,
    ranks_of_payments,
)
from dashboards.components.economy.partners import history_chart, no_figures, partners_chart
from dashboards.components.economy.profile import FLOW, Profile, role_lines, trade_choices
from dashboards.components.economy.ranking import place_in_words, standing_chart
from dashboards.components.economy.territory import corridor_chart, scopes_of, transit_table
from dashboards.components.notes import method, unknown_choices
from dashboards.components.pair.pairs import economy_links, pair_links
from dashboards.components.table import records
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import EconomySelection
from dashboards.standing import BASES, years
from warehouse.engine import Warehouse
from warehouse.queries import economy, indicators, lineage, transit, two_sided

_MADE = message(
    "An economy's trade with the group is the sum over its partners of one year, by the preferred"
    " source of each reporter. The shares and ranks are among the economies of which that year has"
    " figures on the same basis. Exports and imports by partners' reports are those partners' imports"
    " and exports; they are valued differently (CIF and FOB) and are never added to own reports."
)


def knows(warehouse: Warehouse, parameter: str) -> bool:
    """Whether a parameter is an economy of the group, in small letters: `kaz`."""
    return parameter in {code.lower() for code in two_sided.economies(warehouse)}


def layout(request: Request) -> Component:
    """Lay out what there is about one economy of the group, from its role to its context."""
    locale = request.locale
    profile, unknown = _profile(request)
    return html.Div(
        [
            html.H1(profile.title),
            unknown_choices(unknown, locale),
            role_lines(profile, economy.roles(request.warehouse)),
            economy_links(request, profile.names, profile.codes, profile.code),
            html.H2(locale.text("Trade among the OTS")),
            *_trade(request, profile),
            html.H2(locale.text("The corridor")),
            *_corridor(request, profile),
            html.H2(locale.text("Digital payments")),
            *_digital(request, profile),
            html.H2(locale.text("Context")),
            html.Div(
                [
                    own_chart(request, profile, indicators.get(request.warehouse, each))
                    for each in CONTEXT
                ],
                className="charts",
            ),
            _method(request, profile),
        ]
    )


def _profile(request: Request) -> tuple[Profile, tuple[str, ...]]:
    warehouse = request.warehouse
    codes = two_sided.economies(warehouse)
    flows = economy.flows(warehouse, codes)
    known = {"year": tuple(years(flows)), "reports": BASES}
    selection, unknown = EconomySelection.from_query(request.query, known)
    profile = Profile(
        request.parameter.upper(),
        codes,
        economy.members(warehouse),
        flows,
        selection,
        indicators.names(warehouse),
        lineage.sources(warehouse),
        request.locale,
        warehouse.asof,
    )
    return profile, unknown


def _trade(request: Request, profile: Profile) -> list[Component]:
    locale = profile.locale
    if profile.flows.empty:
        return [no_figures("partners", locale.text("Trade among the OTS"), profile)]
    return [
        trade_choices(request, profile),
        html.Section(
            [
                html.H3(locale.text("Place among the OTS economies, {year}", year=profile.year)),
                place_in_words(profile),
            ],
            className="chart",
        ),
        html.Div(
            [
                *(standing_chart(request, profile, flow) for flow in FLOW),
                partners_chart(request, profile),
                history_chart(request, profile),
            ],
            className="charts",
        ),
        pair_links(request, profile.names, profile.codes, profile.code),
    ]


def _corridor(request: Request, profile: Profile) -> list[Component]:
    warehouse = request.warehouse
    network = transit.network(warehouse)
    known = {each.id: each for each in indicators.topic(warehouse, "transit")}
    scopes = scopes_of(profile.code, profile.names[profile.code].en, network)
    stated = economy.observed(warehouse, "transit", scopes)
    return [
        corridor_chart(request, profile, network),
        *transit_table(request, profile, stated, known),
    ]


def _digital(request: Request, profile: Profile) -> list[Component]:
    warehouse, locale, selection = request.warehouse, profile.locale, profile.selection
    asked = [indicators.get(warehouse, each) for each in selection.options["indicator"]]
    options = {each.id: each.short[locale.language] for each in asked}
    chosen = next(each for each in asked if each.id == selection.indicator)
    ranks = ranks_of_payments(request, profile, asked)
    cards = indicators.get(warehouse, CARDS)
    has_cards = not indicators.series(warehouse, CARDS, [profile.code]).empty
    offered = choice("indicator", locale.text("Indicator"), options, selection, request.here)
    return [
        *([html.Div(offered, className="choices")] if ranks else []),
        *([html.Section(ranks, className="chart")] if ranks else []),
        group_chart(request, profile, chosen),
        *([own_chart(request, profile, cards)] if has_cards else []),
    ]


def _method(request: Request, profile: Profile) -> Component:
    locale = profile.locale
    reasons = [
        (
            locale.years(first, last),
            profile.sources[source_id].publisher[locale.language],
            reason[locale.language],
        )
        for first, last, source_id, reason in lineage.preferences(request.warehouse, profile.code)
    ]
    errors = [
        f"{profile.sources[row['source_id']].publisher[locale.language]},"
        f" {locale.period(row['period'])}: {row[f'what_{locale.language}']}"
        for row in records(economy.issues(request.warehouse, profile.code))
    ]
    return method(locale.text(_MADE), reasons, errors, locale)


PAGE = Page("economy", "economy", message("Economy profile"), layout, knows=knows)
