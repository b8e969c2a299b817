"""Tables of a pair: both sides of a flow, every source, reliability, targets and chapters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from dash import html

from dashboards.components import Content
from dashboards.components.pair.pairs import UNIT, Pair
from dashboards.components.table import Row, records, table
from dashboards.messages import message
from warehouse.catalog import FIRM, Target, Text

_METHODS = {
    "weighted": message("mean weighted by reliability, {exporter} to {importer}"),
    "equal weights": message("mean with equal weights: reliability is not known"),
    "exporter only": message("the exporter's figure alone"),
    "importer only": message("the importer's figure alone, made FOB"),
    "editions differ": message("not compared: the editions of the classification differ"),
}
_ASSUMED = {
    "exporter FOB": message("exporter: FOB"),
    "importer CIF": message("importer: CIF"),
    "exporter FOB, importer CIF": message("exporter: FOB; importer: CIF"),
}
_KINDS = {
    "target": message("target"),
    "plan": message("plan"),
    "hope": message("hope"),
    "estimate": message("estimate"),
    "projection": message("projection"),
}
_ROLES = (("exporter", "export"), ("importer", "import"))
_HIGH, _MODERATE = 0.8, 0.6


def both_sides(pair: Pair, exporter: str, importer: str, rows: pd.DataFrame) -> html.Div:
    """Set both figures of each year beside gap, estimate, method and evidence, the newest first.

    `rows` are those of `two_sided`, with `exporter_status` and `importer_status` added.
    """
    locale = pair.locale
    heads = [
        locale.text("Period"),
        pair.flow(exporter, "export"),
        pair.flow(importer, "import"),
        locale.text("Gap: importer's less exporter's"),
        locale.text("Ratio: importer's to exporter's"),
        locale.text("Gap index"),
        locale.text("Reconciled estimate, FOB"),
        locale.text("Method"),
        locale.text("Valuation assumed"),
    ]
    for code in (exporter, importer):
        heads += [f"{locale.text('Source')}, {pair.name(code)}", locale.text("Edition")]
    return table(
        f"{exporter}-{importer}".lower(),
        f"{pair.title_of(exporter, importer)}; {locale.unit(UNIT)}",
        heads,
        [_year(pair, row) for row in records(rows.iloc[::-1])],
    )


def _year(pair: Pair, row: Row) -> list[Content]:
    assumed = row["assumed"]
    return [
        row["period"],
        *(_firm(pair, row[f"{side}_value_usd"], row[f"{side}_status"]) for side, _flow in _ROLES),
        pair.number(row["gap_usd"]),
        "" if row["ratio"] is None else pair.locale.number(row["ratio"], 2),
        gap_index(pair, row),
        pair.number(row["reconciled_usd"]),
        method_of(pair, row),
        "" if assumed is None else pair.locale.text(_ASSUMED[assumed]),
        *_evidence(pair, row),
    ]


def _evidence(pair: Pair, row: Row) -> list[Content]:
    found: list[Content] = []
    for side, _flow in _ROLES:
        vintage = row[f"{side}_vintage"]
        found += [
            pair.publisher(row[f"{side}_source_id"]),
            vintage or "",
        ]
    return found


def gap_index(pair: Pair, row: Row) -> str:
    """Write how large the gap is as a share of both figures together; nothing where one is missing."""
    if row["gap_index"] is None:
        return ""
    share = row["gap_index"] * 100
    return pair.locale.quantity(share, share, "percent", 1)


def method_of(pair: Pair, row: Row) -> str:
    """Say how the estimate of a row is made, and with which weights."""
    weights = {}
    if row["method"] == "weighted":
        share = row["exporter_weight"]
        weights = {
            "exporter": pair.locale.share(share, share),
            "importer": pair.locale.share(1 - share, 1 - share),
        }
    words = _METHODS[str(row["method"])]
    return pair.locale.text(words, **weights)


def every_source(pair: Pair, exporter: str, importer: str, reports: pd.DataFrame) -> html.Div:
    """Set every source's figure of one direction side by side, the newest year first."""
    locale = pair.locale
    told = records(reports.sort_values(["flow_code", "source_id"]))
    columns = {
        _series(row): f"{pair.flow(*_series(row)[:2])}; {pair.publisher(row['source_id'])}"
        for row in told
    }
    cells = {(row["period"], *_series(row)): _told(pair, row) for row in told}
    years = sorted(set(reports["period"]), reverse=True)
    return table(
        f"sources-{exporter}-{importer}".lower(),
        f"{locale.text('Every source')}, {pair.direction(exporter, importer)}; {locale.unit(UNIT)}",
        [locale.text("Period"), *columns.values()],
        [[year, *(cells.get((year, *column), "") for column in columns)] for year in years],
    )


def _series(row: Row) -> tuple[str, str, str]:
    return row["reporter_code"], row["flow_code"], row["source_id"]


def _told(pair: Pair, row: Row) -> str:
    star = " *" if row["is_preferred"] else ""
    return f"{_firm(pair, row['value_usd'], row['status'])}{star}"


def _firm(pair: Pair, value: float | None, status: str | None) -> str:
    """Write an amount, and of one that is not final how firm it is."""
    written = pair.number(value)
    return written if status in (None, *FIRM) else f"{written} ({pair.locale.status(status)})"


def reliability_table(pair: Pair, measured: pd.DataFrame) -> html.Div:
    """Say in words and numbers how near the figures of both reporters come to their partners'."""
    locale = pair.locale
    totals = measured[measured["product_level"] == "TOTAL"]
    found = {(row["reporter_code"], row["role"]): row for row in records(totals)}
    rows = [
        [pair.flow(code, flow), *_judged(pair, found.get((code, role)))]
        for code in (pair.first, pair.second)
        for role, flow in _ROLES
    ]
    heads = [
        locale.text("Reporter"),
        locale.text("Reliability"),
        locale.text("Reliability index"),
        locale.text("Partners compared"),
        locale.text("Figures compared"),
    ]
    return table("reliability", locale.text("Reliability of reporters"), heads, rows)


def _judged(pair: Pair, row: Row | None) -> list[Content]:
    locale = pair.locale
    if row is None:
        return [locale.text("not known: no figure to compare"), "", "0", "0"]
    counts = [locale.number(row["partners"]), locale.number(row["figures"])]
    index = row["reliability"]
    if index is None:
        return [locale.text("not known: too few figures to compare"), "", *counts]
    if index >= _HIGH:
        word = locale.text("high")
    else:
        word = locale.text("moderate") if index >= _MODERATE else locale.text("low")
    return [word, locale.share(index, index), *counts]


def targets_table(
    pair: Pair, targets: Sequence[Target], turnover: Mapping[str, tuple[str, float]]
) -> html.Div:
    """Set each target beside the newest turnover, year and amount by reporter, that it is about."""
    locale = pair.locale
    heads = [locale.text("Target"), locale.text("Due"), locale.text("Kind"), locale.text("Stated")]
    heads += [
        locale.text("Reached in {year}: {economy}", year=year, economy=pair.name(code))
        for code, (year, _value) in turnover.items()
    ]
    rows: list[list[Content]] = [
        [
            target.title[locale.language],
            locale.period(target.due) if target.due else locale.text("no date given"),
            locale.text(_KINDS[target.kind]),
            f"{locale.period(target.stated_on)}, {target.stated_by[locale.language]}",
            *(_reached(pair, target, value) for _year, value in turnover.values()),
        ]
        for target in targets
    ]
    return table("targets", locale.text("Targets stated for this pair"), heads, rows)


def _reached(pair: Pair, target: Target, value: float) -> str:
    if target.unit != "USD":
        return ""
    shares = sorted(value / bound for bound in target.bounds)
    return f"{pair.locale.share(shares[0], shares[-1])} ({pair.amount(value)})"


def chapters_table(
    pair: Pair,
    ends: tuple[str, str],
    chapters: pd.DataFrame,
    names: Mapping[str, Text],
    most: int = 10,
) -> html.Div:
    """List the largest HS chapters of one direction as both sides report them, by code and name."""
    locale = pair.locale
    exporter, importer = ends
    heads = [
        locale.text("Chapter of the Harmonized System"),
        pair.flow(exporter, "export"),
        pair.flow(importer, "import"),
        locale.text("Gap index"),
        locale.text("Reconciled estimate, FOB"),
    ]
    rows = [
        [
            _chapter(pair, row["product_code"], names),
            *(pair.number(row[f"{side}_value_usd"]) for side, _flow in _ROLES),
            gap_index(pair, row),
            pair.number(row["reconciled_usd"]),
        ]
        for row in records(chapters.head(most))
    ]
    title = f"{locale.text('Products')}, {pair.direction(exporter, importer)}, {chapters['period'].iloc[0]}"
    return table(
        f"chapters-{exporter}-{importer}".lower(), f"{title}; {locale.unit(UNIT)}", heads, rows
    )


def _chapter(pair: Pair, code: str, names: Mapping[str, Text]) -> str:
    return f"{code} {names[code][pair.locale.language]}" if code in names else code
