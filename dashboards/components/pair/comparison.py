"""How both sides of a flow are compared: the newest year in words, the method, its limits."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components.evidence import definition_list
from dashboards.components.pair.pairs import Pair
from dashboards.components.pair.sides import gap_index, method_of
from dashboards.components.table import Row, records
from dashboards.figures.mirror import Names
from dashboards.i18n import Locale
from dashboards.messages import message

MADE = message(
    "Exports are as the exporter reports them, free on board (FOB); imports as the importer does, with"
    " cost, insurance and freight (CIF). Where a source does not state the valuation, the one that IMTS"
    " 2010 recommends is taken, and the table says so. For the estimate CIF is divided by 1.06, the"
    " factor of the IMF; of the two figures a mean is then taken, in which the reporter whose figures"
    " come nearer to those of all its partners weighs more. Reported figures stay as they are, and"
    " nothing else is computed from the estimate."
)
INDEX = message(
    "The index says what share the lesser of two figures of one flow is of the greater, with an"
    " average partner: 100% is full agreement. From 80% it is called high here, from 60%"
    " moderate, below that low. It judges agreement, not truth."
)
_LIMITS = (
    message(
        "Third countries: exports are booked to the last known destination, imports to the country of"
        " origin, so goods in transit look like errors of reporting."
    ),
    message(
        "The Eurasian Economic Union: trade between its members has no customs declarations; it is"
        " surveyed, and has gaps of its own."
    ),
    message(
        "Re-exports: some reporters count them in, others do not. Where a source reports them on their"
        " own they are shown, and added to nothing."
    ),
    message(
        "Freight: one factor is too much for a land border and too little for a long way by rail."
    ),
)
_LITERATURE = """\
Marini, Dippelsman & Stanger (2018), New Estimates for Direction of Trade Statistics, IMF WP/18/16
Gaulier & Zignago (2010), BACI: International Trade Database at the Product-Level, CEPII 2010-23
Bustos et al. (2025), Growth Lab Working Paper 251
ten Cate (2014), The Identification of Reporting Accuracies from Mirror Data, JNS 234
United Nations (2011), International Merchandise Trade Statistics 2010, Series M No. 52, Rev. 3
"""
_VALUATIONS = {"FOB": message("FOB"), "CIF": message("CIF")}
_USUAL = {"exporter": "FOB", "importer": "CIF"}
"""What IMTS 2010 recommends to either side."""


def limits(locale: Locale) -> html.Section:
    """Say what no comparison of this kind mends, and whose method it is."""
    return html.Section(
        [
            html.H3(locale.text("What this method cannot mend")),
            html.Ul([html.Li(locale.text(limit)) for limit in _LIMITS]),
            html.H3(locale.text("Literature")),
            html.Ul([html.Li(html.Cite(each, lang="en")) for each in _LITERATURE.splitlines()]),
        ]
    )


def newest_year(pair: Pair, rows: pd.DataFrame, names: Names) -> Component:
    """Say in words how both sides stood in the newest year that has both."""
    locale = pair.locale
    both = rows.dropna(subset=[f"{side}_value_usd" for side in _USUAL])
    if both.empty:
        words = locale.text("No year has the figures of both sides, so there is no gap to show.")
        return html.P(words)
    row = records(both)[-1]
    facts = [
        (f"{getattr(names, side)}, {_valuation(pair, row, side)}", row[f"{side}_value_usd"])
        for side in _USUAL
    ]
    shares = [f"({share})"] if (share := gap_index(pair, row)) else []
    return html.Div(
        [
            html.H3(locale.text("The newest year with both sides: {year}", year=row["period"])),
            definition_list(
                [
                    *((term, pair.amount(value)) for term, value in facts),
                    (
                        locale.text("Gap between both sides"),
                        " ".join((pair.amount(row["gap_usd"]), *shares)),
                    ),
                    (names.estimate, pair.amount(row["reconciled_usd"])),
                    (locale.text("Method"), method_of(pair, row)),
                ]
            ),
        ]
    )


def _valuation(pair: Pair, row: Row, side: str) -> str:
    valuation = str(row[f"{side}_valuation"])
    if valuation in _VALUATIONS:
        return pair.locale.text(_VALUATIONS[valuation])
    usual = pair.locale.text(_USUAL[side])
    return pair.locale.text("valuation not stated, taken as {valuation}", valuation=usual)
