"""How all of it is taken away without a line of SQL: every table whole, in every format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, labelled
from dashboards.components.table import table
from dashboards.messages import message
from dashboards.page import Request
from warehouse.queries import exchange
from warehouse.queries.exchange import ALL, PREFERRED, Page

API = "/api/v1"
FORMATS = {"json": "JSON", "csv": "CSV", "xlsx": "XLSX"}
ROWS_OF_THE_API = 10_000
"""Rows that the API gives on one page at the most."""

_MOST_FILES = 12
"""Files of one table to which there are links; who wants more takes the whole."""


@dataclass(frozen=True)
class Download:
    """A table of the API: where it stands, what it holds, what it takes to get all of it.

    `knows_days` says whether it can be asked as of a day.
    """

    name: str
    title: str
    query: str = ""
    knows_days: bool = False


DOWNLOADS = (
    Download("observations", message("Figures of indicators, by every source"), ALL, knows_days=True),
    Download("trade", message("Trade flows by reporter, partner and product, by every source"), ALL, knows_days=True),
    Download("chapters", message("Chapters of goods between the economies of the group, added up of bulk data"), knows_days=True),
    Download("two-sided", message("Both sides of each flow by their preferred sources, with the gap and the estimate")),
    Download("reliability", message("Reliability of reporters by their preferred sources")),
    Download("targets", message("Targets, plans and hopes, in the words in which they were stated"), knows_days=True),
    Download("claims", message("Numbers that were said, and by whom"), knows_days=True),
    Download("indicators", message("Indicators with their definitions and methods")),
    Download("sources", message("Sources with their licences and addresses")),
)  # fmt: skip
"""Every table of the API; a test keeps them in step."""


def downloads(request: Request) -> Component:
    """Offer every table whole, in three formats, and say how to take the database at once."""
    locale = request.locale
    heads = [locale.text("Table"), locale.text("Rows"), locale.text("Files")]
    rows: list[Sequence[Content]] = [_download(request, each) for each in DOWNLOADS]
    whole = locale.text(
        "The whole database, every edition included, as CSV and Parquet files with a description that"
        " programs read (a Frictionless data package): whoever runs a copy of this site writes it with"
    )
    machine = [
        html.A(locale.text("Description of the API (OpenAPI)"), href="/api/openapi.json"),
        html.Span(
            locale.text("Where a figure comes from, link by link, stands under /api/v1/lineage.")
        ),
    ]
    return html.Section(
        [
            html.H2(locale.text("Take all of it")),
            table("downloads", locale.text("Every table, by every source"), heads, rows),
            html.P([whole, " ", html.Code("python -m etl export"), "."]),
            html.Ul([html.Li(each) for each in machine]),
        ],
        className="chart",
        id="downloads",
    )


def _download(request: Request, one: Download) -> Sequence[Content]:
    locale = request.locale
    total = _total(request, one.name)
    files = range(1, -(-total // ROWS_OF_THE_API) + 1)
    title = locale.text(one.title)
    if len(files) > _MOST_FILES:
        words = locale.text("more files than stand here; take it by reporter, or the whole")
        return [title, locale.number(total), words]
    asof = request.warehouse.asof if one.knows_days else ""
    question = {"source": one.query, "asof": asof, "page_size": str(ROWS_OF_THE_API)}
    offered = [
        api_links(one.name, {**question, "page": str(number) if number > 1 else ""}, title)
        for number in files or (1,)
    ]
    return [title, locale.number(total), html.Div(offered)]


def _total(request: Request, name: str) -> int:
    """Count the rows that the API has of a table on the day of the request."""
    ask: dict[str, Any] = {
        "observations": exchange.observations,
        "trade": exchange.flows,
        "chapters": exchange.chapters,
        "two-sided": exchange.two_sided,
        "reliability": exchange.reliability,
        "targets": exchange.targets,
        "claims": exchange.claims,
        "indicators": exchange.indicators,
        "sources": exchange.sources,
    }
    # As the addresses ask: by every source, or by the preferred ones, which is the API's own choice.
    where = {"source_id": ALL} if name in {"observations", "trade"} else {}
    where |= {"basis": PREFERRED} if name in {"two-sided", "reliability"} else {}
    return int(ask[name](request.warehouse, page=Page(1, 1), **where).total)


def api_links(name: str, question: Mapping[str, str], title: str) -> html.Ul:
    """Link to a table of the API in each of its formats; what is empty is not asked."""
    number = question.get("page", "")
    items = []
    for kind, label in FORMATS.items():
        asked = {key: value for key, value in {**question, "format": kind}.items() if value}
        words = f"{label} {number}".strip()
        href = f"{API}/{name}?{urlencode(asked)}"
        items.append(html.Li(html.A(words, href=href, **labelled(f"{title}: {words}"))))
    return html.Ul(items, className="files")
