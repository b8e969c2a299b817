"""What was refused on the way in, and what is known to be wrong with what was not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components.catalogue.tables import MOST, Column, listing, page_of, pager, pages
from dashboards.components.catalogue.words import FLOWS, named, said
from dashboards.components.table import Row, records
from dashboards.exhibit import Exhibit
from dashboards.i18n import Locale
from dashboards.messages import messages
from dashboards.page import Request
from dashboards.selection import DataSelection
from warehouse.catalog import Source, Text
from warehouse.queries import builds, indicators, lineage
from warehouse.queries.exchange import Found, Page

_ALL = Page(1, MOST)
_COUNTED = messages("{number} cell was refused", "{number} cells were refused")
_COLUMNS = (
    *("source_id", "kind", "file", "row", "field", "cell_value", "reason", "remedy"),
    *("known_since", "snapshot_id"),
)
_ISSUES = ("source_id", "subject", "scope", "period", "kind", "expected", "what")


def refused(request: Request, source_id: str | None = None) -> Found:
    """Ask for what was refused, the newest document first, as much as an exhibit holds."""
    return builds.rejections(request.warehouse, _ALL, source_id)


def rejections_chart(
    request: Request, found: Found, selection: DataSelection | None = None
) -> Component:
    """List what was refused, row by row, with reason and remedy; or say that nothing was."""
    locale = request.locale
    title = locale.text("Rejections")
    if not found.total:
        words = locale.text(
            "Nothing was refused: every row of every document that was read passed every check."
        )
        mark = html.P(["✓ ", words], className="in-order")
        return html.Section([html.H2(title), mark], className="chart", id="none-rejected")
    sources = lineage.sources(request.warehouse)
    told = pd.DataFrame(found.rows).rename(columns={"value": "cell_value"})[[*_COLUMNS]]
    exhibit = Exhibit(
        "rejections",
        title=title,
        subtitle=locale.plural(*_COUNTED, found.total, number=locale.number(found.total)),
        summary="",
        data=told,
        sources=[sources[each] for each in told["source_id"].dropna().unique()],
    )
    notes: list[Component] = []
    if selection is not None:
        there = request.path(request.place)
        known = pages(len(found.rows))
        hrefs = {each: selection.replacing(page=each).address(there) for each in known}
        notes = pager(selection.page, hrefs, locale)
    rows = page_of("1" if selection is None else selection.page)
    return listing(request, exhibit, _columns(locale, sources), rows=rows, notes=notes)


def _columns(locale: Locale, sources: Mapping[str, Source]) -> Sequence[Column]:
    def whose(row: Row) -> str:
        source = sources.get(row["source_id"])
        return source.publisher[locale.language] if source else locale.text("not known whose")

    # Reasons and remedies are written for who mends the file, in the working language of our tables.
    return (
        Column("source_id", locale.text("Source"), whose),
        Column("file", locale.text("File"), lambda row: str(row["file"]), "english"),
        Column("row", locale.text("Row"), lambda row: str(row["row"]), "number"),
        Column("field", locale.text("Field"), lambda row: str(row["field"]), "english"),
        Column("cell_value", locale.text("What stands there"), lambda row: str(row["cell_value"]), "english"),
        Column("reason", locale.text("Why it was refused"), lambda row: str(row["reason"]), "english"),
        Column("remedy", locale.text("What would mend it"), lambda row: str(row["remedy"]), "english"),
        Column("known_since", locale.text("Known since"), lambda row: locale.period(row["known_since"])),
    )  # fmt: skip


def issues_chart(request: Request, found: pd.DataFrame) -> Component:
    """List known errors, as `builds.issues` tells them, in the reader's language."""
    locale = request.locale
    title = locale.text("Known errors of sources")
    if found.empty:
        words = locale.text("No error of a source is known here.")
        return html.Section([html.H2(title), html.P(words)], className="chart", id="none-known")
    sources = lineage.sources(request.warehouse)
    told = found.rename(columns={f"what_{locale.language}": "what"})[[*_ISSUES]]
    exhibit = Exhibit(
        "issues",
        title=title,
        subtitle=locale.text("The figures stay as they were published; what is wrong is said here"),
        summary="",
        data=told,
        sources=[sources[each] for each in told["source_id"].unique()],
    )
    names = indicators.names(request.warehouse)
    titles = {row["subject"]: _subject(request, row["subject"], locale) for row in records(told)}
    return listing(request, exhibit, _issue_columns(locale, sources, names, titles))


def _subject(request: Request, subject: str, locale: Locale) -> str:
    """Name an indicator or a flow; what has no name keeps its code."""
    try:
        return indicators.get(request.warehouse, subject).short[locale.language]
    except LookupError:
        words = FLOWS if subject in FLOWS else {"turnover": "Turnover"}
        return said(words, subject, locale)


def _issue_columns(
    locale: Locale,
    sources: Mapping[str, Source],
    names: Mapping[str, Text],
    titles: Mapping[str, str],
) -> Sequence[Column]:
    return (
        Column(
            "source_id",
            locale.text("Source"),
            lambda row: sources[row["source_id"]].publisher[locale.language],
        ),
        Column("subject", locale.text("Indicator"), lambda row: titles[row["subject"]]),
        Column("scope", locale.text("About"), lambda row: named(names, row["scope"], locale)),
        Column("period", locale.text("Period"), lambda row: locale.period(row["period"])),
        Column("what", locale.text("What is wrong"), lambda row: str(row["what"])),
    )
