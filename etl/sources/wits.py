"""World Bank WITS, TradeStats: exports and imports by partner, from UN Comtrade, as SDMX-JSON."""

from __future__ import annotations

import pandas as pd

from etl import rules
from etl.economies import Catalogue, Economies
from etl.formats.document import Document
from etl.formats.sdmx_json import Decoded, decode
from etl.formats.strict_json import member, parsed, text
from etl.refusals import Refusal
from etl.sources.findings import Findings
from etl.sources.reading import number_texts, refused, trade_rows, without_repeats
from etl.sources.source import Reading, Source
from warehouse import periods

_FLOW = "DF_WITS_TradeStats_Trade"
_DIMENSIONS = ("FREQ", "REPORTER", "PARTNER", "PRODUCTCODE", "INDICATOR", "TIME_PERIOD")
_UNIT = "US$ Thousand"
FLOWS = {"XPRT-TRD-VL": "export", "MPRT-TRD-VL": "import"}
"""The indicators that are asked for and read."""

_VALUATIONS = {"export": "FOB", "import": "CIF"}
"""As in UN Comtrade, from which the figures are taken."""

_ODD = {"BAT": "ATB", "KSV": "XKX", "PCE": "PCI", "YDR": "YMD", "ZPM": "XPM"}
"""Codes of its own; those that are no more than out of date stand among the aliases."""

_NO_PRODUCT = ("000000", "999999")
"""Its codes for "no product", which look like codes of the HS."""

_ASK = "Ask WITS for the trade value: indicator XPRT-TRD-VL or MPRT-TRD-VL."
_AGAIN = "Fetch the answer again; if it comes back the same, ask the publisher."


def recognises(document: Document) -> bool:
    """Whether the bytes name one of the data flows of WITS."""
    return document.content[:100].lstrip()[:1] == b"{" and b'"DF_WITS_' in document.content


def read(document: Document, economies: Catalogue) -> Reading:
    """Read trade values in thousand USD: totals, and products where a code of the HS names them."""
    answer = parsed(document)
    if isinstance(answer, Refusal):
        return refused("trade", answer)
    flow = text(member(answer, "header", "id"))
    if flow.casefold() != _FLOW.casefold():
        reason = f"is a message of the data flow {flow or 'without a name'}, not of trade values"
        return refused("trade", Refusal(document.name, 1, "header", flow, reason, _ASK))
    decoded = decode(document.name, member(answer, "dataSets"), member(answer, "structure"))
    figures = decoded.frame(*_DIMENSIONS)
    if decoded.faults:
        return refused("trade", *decoded.faults)
    return _reading(decoded, figures, economies)


def _reading(decoded: Decoded, figures: pd.DataFrame, economies: Economies) -> Reading:
    findings = Findings(decoded.name, figures["row"])
    product = _products(findings, figures["PRODUCTCODE"])
    flow = figures["INDICATOR"].map(FLOWS).fillna("")
    findings.leave_out(figures["INDICATOR"], flow == "", "figures of other indicators")
    reporter, partner = (
        findings.economies(economies, figures[name].replace(_ODD), decoded.named(figures, name))
        for name in ("REPORTER", "PARTNER")
    )
    value = number_texts(figures["value"])
    _check(findings, decoded, figures, flow)
    findings.refuse("value", figures["value"], value.isna(), "is not a number", _AGAIN)
    is_kept = (product != "") & (flow != "") & value.fillna("").ne("")
    is_kept &= (reporter != "") & (partner != "")
    kept = figures[is_kept]
    rows = trade_rows(
        reporter=reporter[is_kept],
        partner=partner[is_kept],
        flow=flow[is_kept],
        product=product[is_kept],
        classification=product[is_kept].map(lambda code: "" if code == "TOTAL" else "HS"),
        period=kept["TIME_PERIOD"],
        value=value[is_kept],
        unit="thousand USD",
        source="wits",
        valuation=flow[is_kept].map(_VALUATIONS),
        status="final",
        place=_places(kept),
        row=kept["row"],
    )
    rows, repeated = without_repeats(decoded.name, "trade", rows)
    refusals = (*findings.refusals, *repeated)
    # No edition: `prepared` in the header is the moment of the answer, another one every time.
    return Reading("trade", rows, refusals, passed_over=findings.sentences())


def _products(findings: Findings, codes: pd.Series) -> pd.Series:
    held = {
        code: "TOTAL" if code == "Total" else code if rules.PRODUCT.holds(code) else ""
        for code in codes.unique()
    }
    products = codes.map({**held, **dict.fromkeys(_NO_PRODUCT, "")})
    findings.leave_out(codes, products == "", "figures of groups of products")
    return products


def _check(findings: Findings, decoded: Decoded, figures: pd.DataFrame, flow: pd.Series) -> None:
    is_year = figures["TIME_PERIOD"].map(periods.is_year) & (figures["FREQ"] == "A")
    dated = figures["FREQ"] + " " + figures["TIME_PERIOD"]
    findings.refuse("TIME_PERIOD", dated, ~is_year, "is no year of annual data", _ASK)
    name = decoded.named(figures, "INDICATOR")
    findings.refuse(
        "INDICATOR",
        name,
        (flow != "") & ~name.str.contains(_UNIT, regex=False),
        f"does not say the unit that is expected, {_UNIT}",
        "Look up the unit in which WITS publishes now before its figures are used.",
    )


def _places(figures: pd.DataFrame) -> pd.Series:
    product = figures["PRODUCTCODE"].map(
        lambda code: "" if code == "Total" else f", product {code}"
    )
    series = "series " + figures["INDICATOR"] + ", partner " + figures["PARTNER"]
    return series + product + ", " + figures["TIME_PERIOD"]


WITS_JSON = Source(
    "wits-json", "World Bank WITS: trade values by partner, SDMX-JSON", recognises, read
)
