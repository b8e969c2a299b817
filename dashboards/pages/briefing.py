"""The briefing on paper: a sheet for each message, and the same as slides, workbook and one file."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.briefing.compose import compose, options
from dashboards.briefing.document import data
from dashboards.briefing.drawing import drawing
from dashboards.briefing.files import KINDS
from dashboards.briefing.model import Briefing, Cell, Entry, Reference, Section, Verdict, joined
from dashboards.components import Content, outside
from dashboards.components.chart import chart
from dashboards.components.choice import choices, links
from dashboards.components.notes import nothing_known_then, unknown_choices
from dashboards.components.table import table
from dashboards.exhibit import FIGURES, Exhibit, figures
from dashboards.messages import message
from dashboards.page import Page, Request
from dashboards.selection import BriefingSelection
from warehouse.queries import indicators, lineage

_PAST_DAYS = 3
_NAMES = {"html": "HTML", "pptx": "PPTX", "xlsx": "XLSX"}


def layout(request: Request) -> Component:
    """Lay out the choices, the files, and a sheet for each section."""
    locale = request.locale
    known = options(request.warehouse)
    selection, unknown = BriefingSelection.from_query(request.query, {"indicator": known})
    briefing = compose(request.warehouse, locale, selection, request.origin, request.memory)
    count = len(briefing.sections) + 1
    sheets = [
        _sheet(request, section, briefing, briefing.page(number, count))
        for number, section in enumerate(briefing.sections, start=1)
    ]
    return html.Div(
        [
            html.H1(locale.text("Briefing")),
            html.P(
                locale.text(
                    "What to take to a meeting: choose the figures and the day, then print it,"
                    " or take it as slides, as a workbook, or as one file that opens offline."
                ),
                className="lead tools",
            ),
            unknown_choices(unknown, locale),
            _choices(request, selection, known),
            _files(request),
            _title(briefing),
            *(sheets or [nothing_known_then(locale)]),
            _last(briefing, briefing.page(count, count)),
        ],
        className="briefing",
    )


def _choices(request: Request, selection: BriefingSelection, known: tuple[str, ...]) -> Component:
    """The headlines, and the ends of past years as days whose knowledge may be asked for."""
    locale = request.locale
    names = {each: indicators.get(request.warehouse, each).short[locale.language] for each in known}
    year = int(request.warehouse.build().built_at[:4])
    days = [f"{each}-12-31" for each in range(year - 1, year - 1 - _PAST_DAYS, -1)]
    here = f"/{locale.language}/{request.place}"
    labels = {"": locale.text("today"), **{day: locale.period(day) for day in days}}
    hrefs = {day: selection.address(f"{here}?asof={day}" if day else here) for day in labels}
    return html.Div(
        [
            choices("indicator", locale.text("Indicators"), names, selection, request.here),
            html.Div(
                links(locale.text("Knowledge of"), labels, hrefs, (request.warehouse.asof,)),
                className="days",
            ),
        ],
        className="choices",
    )


def _files(request: Request) -> Component:
    items = [html.Li(html.A(_NAMES[kind], href=request.file("briefing", kind))) for kind in KINDS]
    return html.Div(
        [html.H2(request.locale.text("Take it with you")), html.Ul(items, className="files")],
        className="tools",
    )


def _title(briefing: Briefing) -> Component:
    """What heads the paper."""
    return html.Div(
        [
            html.P(joined(["Altyn Köpir", briefing.subtitle]), className="topic"),
            html.P(briefing.title, className="title"),
            *(html.P(note, className="quiet") for note in briefing.notes),
        ],
        className="cover",
    )


def _sheet(request: Request, section: Section, briefing: Briefing, page: str) -> Component:
    facts = table(
        f"{section.id}-facts" if section.chart else section.id,
        section.title,
        section.table.heads,
        [[_shown(entry) for entry in row] for row in section.table.rows],
    )
    exhibit = _exhibit(request, section, briefing)
    return html.Section(
        [
            html.P(section.title, className="topic"),
            html.H2(section.message),
            *([facts] if section.chart else []),
            chart(request, exhibit, twin=None if section.chart else facts),
            *(html.P(remark, className="quiet") for remark in section.remarks),
            _foot(briefing, page),
        ],
        className="sheet",
        id=f"sheet-{section.id}",
    )


def _exhibit(request: Request, section: Section, briefing: Briefing) -> Exhibit:
    """The figures of a section, to be drawn and taken along as anywhere else."""
    drawn = section.chart
    sources = lineage.sources(request.warehouse)
    rows = [_row(cell) for cell in section.cells]
    return Exhibit(
        section.id,
        title=drawn.title if drawn else section.title,
        subtitle=joined([drawn.unit, drawn.note], "; ") if drawn else section.message,
        summary=drawn.summary if drawn else section.message,
        data=figures(pd.DataFrame(rows, columns=list(FIGURES)), ""),
        sources=[sources[each.id] for each in section.sources],
        figure=drawing(drawn, briefing.separators) if drawn else None,
        remarks=section.remarks,
    )


def _row(cell: Cell) -> dict[str, Any]:
    return {
        "series": cell.label,
        "period": cell.period or None,
        "value": cell.value,
        "low": cell.low,
        "high": cell.high,
        "unit": cell.unit,
        "status": cell.status,
        "source_id": cell.source_id or None,
        "vintage": cell.vintage or None,
        "place": cell.place or None,
    }


def _shown(entry: Entry) -> Content:
    if isinstance(entry, Cell):
        marks: dict[str, Any] = {**data(entry)}
        return html.Span(entry.said, **marks)
    if isinstance(entry, Verdict):
        marks = {"data-verdict": entry.id, "data-key": entry.key}
        return html.Span(entry.text, className="verdict", **marks)
    return entry


def _foot(briefing: Briefing, page: str) -> Component:
    """What stands at the foot of each sheet on paper."""
    return html.P(joined(["Altyn Köpir", briefing.subtitle, page]), className="foot")


def _last(briefing: Briefing, page: str) -> Component:
    """All sources with their addresses."""
    words = briefing.words
    items = [html.Li(_link(each)) for each in briefing.sources]
    address = html.P([f"{words.link}: ", html.Code(briefing.address)], className="quiet")
    return html.Section(
        [html.H2(words.sources), html.Ul(items), address, _foot(briefing, page)],
        className="sheet",
        id="sheet-sources",
    )


def _link(source: Reference) -> html.A:
    title = html.Cite(source.title, lang=source.language)
    return html.A([f"{source.publisher}: ", title], href=source.url, **outside())


PAGE = Page("briefing", "briefing", message("Briefing"), layout)
