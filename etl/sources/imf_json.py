"""The IMF's merchandise trade by partner (IMTS), as its SDMX 3 interface answers it in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from etl.economies import WORLD, Catalogue, Economies
from etl.formats.document import Document
from etl.formats.sdmx_json import Decoded, decode
from etl.formats.strict_json import Json, items, member, parsed, shown, text
from etl.refusals import Refusal
from etl.sources.findings import Findings
from etl.sources.reading import number_texts, refused, trade_rows, without_repeats
from etl.sources.source import Reading, Source

FLOW = "IMF.STA:IMTS"
"""The agency and id of the dataflow."""

_URN = "Dataflow="
_DIMENSIONS = ("COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY", "TIME_PERIOD")
FLOWS = {"XG_FOB_USD": "export", "MG_CIF_USD": "import"}
"""The indicators that are asked for and read."""

_VALUATIONS = {"XG_FOB_USD": "FOB", "MG_CIF_USD": "CIF"}
_STATUSES = {"": "final", "A": "final", "E": "estimate", "P": "preliminary"}
"""Marks of a figure, in capitals; "e" is the Fund's estimate where a partner did not report."""

_PERIOD = re.compile(
    r"([12][0-9]{3})(?:-A1)?|([12][0-9]{3})-M?(0[1-9]|1[0-2])|([12][0-9]{3})-Q([1-4])"
)
_LEAST = 10_000_000
"""US dollars below which no economy's trade with the world lies in a year, but for a few islands."""

_ASK = "Ask for the dataflow IMF.STA/IMTS, indicators XG_FOB_USD and MG_CIF_USD."
_AGAIN = "Fetch the answer again; if it comes back the same, ask the publisher."


def recognises(document: Document) -> bool:
    """Whether the bytes name a dataflow of the Fund as SDMX does."""
    content = document.content
    return content[:100].lstrip()[:1] == b"{" and b".Dataflow=IMF" in content


def read(document: Document, economies: Catalogue) -> Reading:
    """Read exports FOB and imports CIF in US dollars, of years, quarters and months.

    The values are dollars although the attribute SCALE says 6: here it tells how the Fund's portal
    shows them, unlike in the files that the portal saves, whose numbers are in millions. A world
    total too small for dollars is refused, lest that change unseen.
    """
    answer = parsed(document)
    if isinstance(answer, Refusal):
        return refused("trade", answer)
    structures = items(member(answer, "data", "structures"))
    faults = list(_answer_faults(document.name, answer, structures))
    if faults:
        return refused("trade", *faults)
    decoded = decode(document.name, member(answer, "data", "dataSets"), structures[0])
    figures = decoded.frame(*_DIMENSIONS)
    if decoded.faults:
        return refused("trade", *decoded.faults)
    return _reading(decoded, figures, economies)


def _answer_faults(name: str, answer: Json, structures: Json) -> Iterator[Refusal]:
    for error in items(member(answer, "errors")):
        words = text(member(error, "title")) or text(member(error, "detail")) or shown(error)
        yield Refusal(name, 1, "errors", words, "is an error in place of figures", _ASK)
    if len(structures) != 1:
        reason = f"has {len(structures)} structures where one describes the figures"
        yield Refusal(name, 1, "structures", "", reason, _ASK)
    for structure in structures:
        urns = (text(member(link, "urn")) for link in items(member(structure, "links")))
        flows = [urn.rpartition(_URN)[2] for urn in urns if _URN in urn]
        if not any(flow.partition("(")[0] == FLOW for flow in flows):
            flow = ", ".join(flows)
            reason = f"is the dataflow {flow or 'without a name'}, not IMTS, trade by partner"
            yield Refusal(name, 1, "structures", flow, reason, _ASK)
        yield from _unit_faults(name, structure)


def _unit_faults(name: str, structure: Json) -> Iterator[Refusal]:
    for level in ("dataSet", "dimensionGroup", "series", "observation"):
        for attribute in items(member(structure, "attributes", level)):
            units = [text(member(code, "id")) for code in items(member(attribute, "values"))]
            if member(attribute, "id") == "UNIT" and set(units) - {"USD"}:
                unit = ", ".join(units)
                yield Refusal(name, 1, "UNIT", unit, "is not the US dollar that IMTS is in", _ASK)


def _reading(decoded: Decoded, figures: pd.DataFrame, economies: Economies) -> Reading:
    findings = Findings(decoded.name, figures["row"])
    flow = figures["INDICATOR"].map(FLOWS).fillna("")
    findings.leave_out(figures["INDICATOR"], flow == "", "figures of other indicators")
    reporter, partner = (
        findings.economies(economies, figures[column], decoded.named(figures, column))
        for column in ("COUNTRY", "COUNTERPART_COUNTRY")
    )
    period = figures["TIME_PERIOD"].map(
        {cell: _period(cell) for cell in set(figures["TIME_PERIOD"])}
    )
    findings.refuse("TIME_PERIOD", figures["TIME_PERIOD"], period == "", "is no period", _ASK)
    marks = figures["STATUS"] if "STATUS" in figures else pd.Series("", index=figures.index)
    status = marks.str.upper().map(_STATUSES)
    findings.refuse("STATUS", marks, status.isna(), "is a mark that is not known here", _AGAIN)
    value = number_texts(figures["value"])
    findings.refuse("value", figures["value"], value.isna(), "is not a number", _AGAIN)
    is_kept = (flow != "") & (reporter != "") & (partner != "") & value.fillna("").ne("")
    kept = figures[is_kept]
    rows = trade_rows(
        reporter=reporter[is_kept],
        partner=partner[is_kept],
        flow=flow[is_kept],
        product="TOTAL",
        period=period[is_kept],
        value=value[is_kept],
        unit="USD",
        source="imf-imts",
        valuation=kept["INDICATOR"].map(_VALUATIONS),
        status=status[is_kept].fillna(""),
        place=_places(kept),
        row=kept["row"],
    )
    rows, repeated = without_repeats(decoded.name, "trade", rows)
    refusals = (*findings.refusals, *repeated, *_scale_faults(decoded.name, rows))
    return Reading("trade", rows, refusals, passed_over=findings.sentences())


def _period(cell: str) -> str:
    match = _PERIOD.fullmatch(cell)
    if match is None:
        return ""
    year, of_month, month, of_quarter, quarter = match.groups()
    if quarter:
        last = int(quarter) * 3
        return f"{of_quarter}-{last - 2:02}/{of_quarter}-{last:02}"
    return f"{of_month}-{month}" if month else year


def _places(figures: pd.DataFrame) -> pd.Series:
    key = figures["COUNTRY"] + "." + figures["INDICATOR"]
    of_partner = "." + figures["COUNTERPART_COUNTRY"] + "." + figures["FREQUENCY"]
    return "series " + key + of_partner + ", " + figures["TIME_PERIOD"]


def _scale_faults(name: str, rows: pd.DataFrame) -> Iterator[Refusal]:
    world = rows[(rows["partner"] == WORLD) & (rows["period"].str.len() == 4)]
    small = world[world["value"].astype(float).between(0, _LEAST, inclusive="neither")]
    for row, value in list(zip(small["row"], small["value"], strict=True))[:10]:
        reason = "is too little for a year's trade with the world in US dollars"
        remedy = "Look up whether the Fund now gives millions before the figures are used."
        yield Refusal(name, int(row), "value", value, reason, remedy)


IMF_JSON = Source(
    "imf-json", "IMF SDMX 3: merchandise trade by partner (IMTS), SDMX-JSON 2.0", recognises, read
)
