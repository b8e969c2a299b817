"""What was promised for the trade of two economies, what was said of it, and how far it has come."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components.evidence import quote
from dashboards.components.pair.pairs import Pair
from dashboards.components.pair.sides import targets_table
from warehouse.catalog import Claim
from warehouse.engine import Warehouse
from warehouse.queries import statements

_TURNOVER = ("export", "import")


def promised(warehouse: Warehouse, pair: Pair, reports: pd.DataFrame) -> Component:
    """Set the targets of the pair beside its newest turnover, and quote them."""
    locale = pair.locale
    targets = statements.pair_targets(warehouse, pair.first, pair.second)
    heading = html.H2(locale.text("Targets stated for this pair"))
    if not targets:
        words = html.P(locale.text("No target of this pair is recorded."))
        return html.Section([heading, words], className="chart", id="promised")
    stated = html.Summary(locale.text("In the words in which they were stated"))
    return html.Section(
        [
            heading,
            targets_table(pair, targets, _turnover(pair, reports)),
            html.Details([stated, *(quote(target, locale) for target in targets)]),
        ],
        className="chart",
        id="promised",
    )


def _turnover(pair: Pair, reports: pd.DataFrame) -> dict[str, tuple[str, float]]:
    """Exports plus imports of the newest year that has both, by reporter."""
    spoken = reports[reports["is_preferred"].astype(bool)]
    newest = {}
    for code in (pair.first, pair.second):
        flows = spoken[(spoken["reporter_code"] == code) & spoken["flow_code"].isin(_TURNOVER)]
        years = flows.groupby("period")["value_usd"].agg(["sum", "size"])
        full = years[years["size"] == len(_TURNOVER)]
        if not full.empty:
            newest[code] = (str(full.index[-1]), float(full["sum"].iloc[-1]))
    return newest


def said(warehouse: Warehouse, pair: Pair) -> Component:
    """Quote what was said of the trade of the pair, or of the group that counts it."""
    locale = pair.locale
    claims = statements.pair_claims(warehouse, pair.first, pair.second)
    none = html.P(locale.text("No statement about the trade of this pair is recorded."))
    return html.Section(
        [
            html.H2(locale.text("What was said")),
            *([_claim(pair, each) for each in claims] or [none]),
        ],
        className="chart",
        id="said",
    )


def _claim(pair: Pair, claim: Claim) -> Component:
    locale = pair.locale
    about = []
    if "-" not in claim.scope:
        words = locale.text(
            "Of the group: {definition}.", definition=locale.name(pair.names, claim.scope)
        )
        about = [html.Span(words, className="quiet")]
    text = html.Strong(claim.text[locale.language])
    return html.Div(
        [html.P([text, " ", *about]), quote(claim, locale)],
        id=f"said-{claim.id}",
    )
