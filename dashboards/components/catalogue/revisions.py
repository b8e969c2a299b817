"""What publishers changed: each figure that was revised, from what to what, and how often they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components.catalogue.tables import (
    MOST,
    ROWS,
    Column,
    listing,
    newest_rows,
    page_of,
    pager,
    pages,
)
from dashboards.components.catalogue.values import change, exact, needed, percent, relative_change
from dashboards.components.catalogue.words import FLOWS, named, said
from dashboards.components.table import Row
from dashboards.exhibit import Exhibit, figures
from dashboards.i18n import Locale
from dashboards.messages import message, messages
from dashboards.page import Request
from dashboards.selection import DataSelection
from warehouse.catalog import Source, Text
from warehouse.queries import indicators, lineage, revisions
from warehouse.queries.exchange import Found, Page
from warehouse.queries.revisions import Kind

_RULE = message(
    "A revision is a figure that a later edition of the same source gives with another value. What a"
    " source says of one edition is never mixed with another; the newest edition speaks."
)
_ALL = Page(1, MOST)
_COLUMNS = (
    *("series", "period", "value", "low", "high", "unit", "source_id", "vintage"),
    *("previous_vintage", "previous_value", "previous_low", "previous_high"),
    *("change", "relative_change", "known_since", "kind", "subject", "scope", "flow_code"),
)


def every(request: Request, kind: Kind | None = None, **where: str | None) -> Found:
    """Ask for the revisions, the newest first, as many as an exhibit holds."""
    return revisions.revisions(request.warehouse, _ALL, kind, **where)


def revisions_chart(
    request: Request, found: Found, selection: DataSelection | None = None
) -> Component:
    """List what was revised, the newest first, a page at a time; without a selection the first page.

    Where nothing was, say so.
    """
    locale = request.locale
    title = locale.text("Revised figures")
    if not found.total:
        words = locale.text("No figure that is held was revised from one edition to the next.")
        return html.Section([html.H2(title), html.P(words)], className="chart", id="none-revised")
    known = pages(len(found.rows))
    exhibit = Exhibit(
        "revisions",
        title=title,
        subtitle=locale.plural(*_COUNTED, found.total, number=locale.number(found.total)),
        summary="",
        data=figures(_told(request, found), ""),
        sources=_used(request, found),
        remarks=[locale.text(_RULE)],
    )
    notes: list[Component] = [html.P(locale.text(_RULE), className="source")]
    if selection is None and len(known) > 1:
        notes.append(newest_rows(ROWS, found.total, locale))
    elif selection is not None:
        there = request.path(request.place)
        hrefs = {each: selection.replacing(page=each).address(there) for each in known}
        notes += pager(selection.page, hrefs, locale)
    rows = page_of("1" if selection is None else selection.page)
    return listing(request, exhibit, _columns(locale, exhibit.sources), rows=rows, notes=notes)


_COUNTED = messages("{number} revision, the newest first", "{number} revisions, the newest first")


def _used(request: Request, found: Found) -> list[Source]:
    sources = lineage.sources(request.warehouse)
    return [sources[each] for each in dict.fromkeys(row["source_id"] for row in found.rows)]


def _told(request: Request, found: Found) -> pd.DataFrame:
    """The revisions under titles in the reader's language, in the columns of an exhibit."""
    names = indicators.names(request.warehouse)
    subjects = {row["subject"] for row in found.rows if row["kind"] == "observation"}
    titles = {each: indicators.get(request.warehouse, each).short for each in sorted(subjects)}
    told = pd.DataFrame(found.rows)
    return told.assign(
        series=[_series(row, titles, names, request.locale) for row in found.rows],
    )[[*_COLUMNS]]


def _series(
    row: Mapping[str, str], titles: Mapping[str, Text], names: Mapping[str, Text], locale: Locale
) -> str:
    """Name what was revised: an indicator and what it is about, or a flow of trade."""
    about = named(names, row["scope"], locale)
    if row["kind"] == "observation":
        return f"{titles[row['subject']][locale.language]}: {about}"
    reporter = named(names, row["subject"], locale)
    return f"{reporter} – {about}: {said(FLOWS, row['flow_code'], locale)}"


def _columns(locale: Locale, sources: Sequence[Source]) -> Sequence[Column]:
    publishers = {each.id: each.publisher[locale.language] for each in sources}
    urls = {each.id: each.url for each in sources}

    def before(row: Row) -> str:
        return _value(row, "previous_", locale)

    def after(row: Row) -> str:
        return _value(row, "", locale)

    return (
        Column("series", locale.text("Series"), lambda row: str(row["series"])),
        Column("period", locale.text("Period"), lambda row: locale.period(row["period"])),
        Column("previous_value", locale.text("Old value"), before, "number"),
        Column("value", locale.text("New value"), after, "number"),
        Column("change", locale.text("Change"), lambda row: change(row, locale), "number"),
        Column(
            "relative_change",
            locale.text("Relative change"),
            lambda row: relative_change(row["relative_change"], locale),
            "number",
            sorts=lambda row: percent(row["relative_change"]),
        ),
        Column(
            "vintage",
            locale.text("Editions"),
            lambda row: f"{row['previous_vintage']} → {row['vintage']}",
        ),
        Column("known_since", locale.text("Known since"), lambda row: locale.period(row["known_since"])),
        Column(
            "source_id",
            locale.text("Source"),
            lambda row: publishers[row["source_id"]],
            link=lambda row: urls[row["source_id"]],
        ),
    )  # fmt: skip


def _value(row: Row, prefix: str, locale: Locale) -> str:
    value = row[f"{prefix}value"]
    if value is None:
        return exact(row[f"{prefix}low"], row[f"{prefix}high"], row["unit"], locale)
    # Both values of a row with the decimals of the longer one, so that what differs is seen.
    decimals = needed(row["unit"], row["value"], row["previous_value"])
    return exact(value, value, row["unit"], locale, decimals=decimals)


def summary_chart(request: Request) -> list[Component]:
    """Say of each source how many figures it gave again and how many of them it changed."""
    locale = request.locale
    told = revisions.summary(request.warehouse)
    if told.empty:
        return []
    sources = lineage.sources(request.warehouse)
    used = [sources[each] for each in told["source_id"]]
    exhibit = Exhibit(
        "revisions-by-source",
        title=locale.text("Revisions by source"),
        subtitle=locale.text("Figures that came again in a later edition"),
        summary="",
        data=told,
        sources=used,
    )
    publishers = {each.id: f"{each.publisher[locale.language]}: {each.title}" for each in used}
    columns = (
        Column("source_id", locale.text("Source"), lambda row: publishers[row["source_id"]]),
        _number("compared", locale.text("Came again"), locale),
        _number("revised", locale.text("Of these revised"), locale),
        _number("rounded", locale.text("Of these rounded otherwise"), locale),
        _share("median_change", locale.text("Median change"), locale),
        _share("largest_change", locale.text("Largest change"), locale),
    )
    note = locale.text(
        "Changes are relative to the value before, without their sign; a change of less than one part in"
        " a thousand million counts as none. Where an edition gives dollars to the hundred or the"
        " thousand and another more exactly, what differs by no more than that is rounding, and is"
        " counted apart from the revisions."
    )
    return [listing(request, exhibit, columns, notes=[html.P(note, className="source")])]


def _number(field: str, head: str, locale: Locale) -> Column:
    return Column(field, head, lambda row: locale.number(row[field]), "number")


def _share(field: str, head: str, locale: Locale) -> Column:
    def words(row: Row) -> str:
        return relative_change(row[field], locale, is_signed=False)

    return Column(field, head, words, "number", sorts=lambda row: percent(row[field]))
