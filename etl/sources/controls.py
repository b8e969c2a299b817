"""Printed totals, shares and second rows as controls of the figures of one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from etl.economies import WORLD
from etl.formats.workbook import Sheet
from etl.refusals import Refusal
from etl.sources.figures import Figure
from etl.units import UNITS

_FULL, _LEAST_USD, _MOST_USD = 100, Decimal(10) ** 9, Decimal(4) * 10**11
_COMPARE = "Compare the row with the publisher's own page; one of its cells is wrong."


def slack(values: Iterable[str]) -> Decimal:
    """How far a printed total may stray from its printed parts, in the unit of the values.

    `values` are the parts and the total. Three standard deviations of the sum of their roundings:
    a number printed to the digit d has the variance d²/12 (JCGM 100:2008, "GUM", F.2.2.1). Half a
    digit for each part would be ten times as wide over two hundred countries and would hide a small
    country left out. Where any value has decimals, none counts as rounded more coarsely than to the
    first: a workbook does not tell 46164 from 46164.0.
    """
    decimals = [len(value.partition(".")[2]) for value in values]
    least = min(1, max(decimals, default=0))
    variance = sum((Decimal(100) ** -max(least, count) for count in decimals), Decimal(0)) / 12
    return 3 * variance.sqrt()


def magnitude(file: str, sheet: Sheet, figures: Sequence[Figure], unit: str) -> Iterator[Refusal]:
    """Refuse a total that is no country's: the unit above the table is then another one.

    The largest trader of the world exports less than four million million US dollars a year, and
    no country of Central Asia a tenth of that. A full table of a hundred partners has never been of
    less than a thousand million.
    """
    _kept, factor = UNITS[unit]
    is_full = len({figure.partner for figure in figures}) >= _FULL
    for figure in figures:
        in_usd = figure.amount * factor
        is_small = is_full and figure.flow == "turnover" and in_usd < _LEAST_USD
        if figure.partner == WORLD and (in_usd > _MOST_USD or is_small):
            reason = f"is {in_usd:,.0f} US dollars by the unit of the sheet, {unit}: no such total"
            remedy = "Compare the unit above the table with the publisher's own page."
            yield figure.refused(file, sheet, reason, remedy)


def twice(file: str, sheet: Sheet, figures: Sequence[Figure]) -> Iterator[Refusal]:
    """Refuse a second figure of one partner and flow, equal or not."""
    first: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        kept = first.setdefault((figure.partner, figure.flow), figure)
        if kept is not figure:
            reason = f"is a second row of {figure.partner}, which stands in row {kept.row + 1} too"
            remedy = "Take one of the two out, or name it as the publisher does elsewhere."
            yield figure.refused(file, sheet, reason, remedy)


def turnover(file: str, sheet: Sheet, figures: Sequence[Figure]) -> Iterator[Refusal]:
    """Refuse a row whose turnover is not its exports plus its imports, a missing one being none."""
    by_row: dict[int, dict[str, Figure]] = {}
    for figure in figures:
        by_row.setdefault(figure.row, {})[figure.flow] = figure
    for flows in by_row.values():
        parts = [flows[flow] for flow in ("export", "import") if flow in flows]
        total = flows.get("turnover") or replace(parts[0], value="0")
        if off := _off(total, parts):
            yield total.refused(file, sheet, f"is not exports plus imports, {off}", _COMPARE)


def sums(file: str, sheet: Sheet, figures: Sequence[Figure]) -> Iterator[Refusal]:
    """Refuse a total over all partners that they do not add up to, and a flow without a total."""
    remedy = (
        "A country is missing, or is listed twice under two names, or has a wrong figure: compare"
        " the sheet with the publisher's own."
    )
    for flow in dict.fromkeys(figure.flow for figure in figures):
        of_flow = [figure for figure in figures if figure.flow == flow]
        totals = [figure for figure in of_flow if figure.partner == WORLD]
        parts = [figure for figure in of_flow if figure.partner != WORLD]
        if not totals:
            reason = f"there is no row Всего with the total over all countries ({flow})"
            mend = "Keep the row of totals; without it nobody sees whether a country is missing."
            yield Refusal(file, 1, f"{sheet.name}!total", "", reason, mend)
        elif off := _off(totals[0], parts):
            yield totals[0].refused(file, sheet, f"is not the sum of its countries, {off}", remedy)


def shares(file: str, sheet: Sheet, figures: Sequence[Figure]) -> Iterator[Refusal]:
    """Refuse a figure whose printed share of the total is another.

    This finds columns exchanged under their headers, which no sum does.
    """
    totals = {figure.flow: figure for figure in figures if figure.partner == WORLD}
    lengths = Counter(len(figure.share.partition(".")[2]) for figure in figures)
    digits = max(filter(None, lengths), key=lambda length: lengths[length], default=0)
    half = Decimal(5) / 10 ** (digits + 1)
    for figure in figures:
        total = totals.get(figure.flow)
        if not figure.share or total is None or not total.amount:
            continue
        share = 100 * figure.amount / total.amount
        allowed = half + 100 * slack([figure.value, total.value]) / total.amount
        if abs(share - Decimal(figure.share)) > allowed:
            reason = f"is {share:.{digits + 1}f} % of the total, but {figure.share} % is printed"
            yield figure.refused(file, sheet, reason, _COMPARE)


def _off(total: Figure, parts: Sequence[Figure]) -> str:
    """What the parts give instead of the total; empty where roundings explain it."""
    together = sum((part.amount for part in parts), Decimal(0))
    allowed = slack([total.value, *(part.value for part in parts)])
    if abs(together - total.amount) <= allowed:
        return ""
    return f"{together:f}: they differ by more than roundings can, {allowed:.5f}"
