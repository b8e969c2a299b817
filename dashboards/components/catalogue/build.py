"""How the database was built: of what, by which code, with which checks, and how large it is."""

from __future__ import annotations

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.catalogue.tables import Column, listing
from dashboards.components.catalogue.words import said
from dashboards.components.evidence import definition_list
from dashboards.components.table import Row
from dashboards.exhibit import Exhibit
from dashboards.messages import message
from dashboards.page import Request
from warehouse import descriptions
from warehouse.queries import builds

_CHECKS = {
    "integrity_check": message("The file of the database is sound."),
    "foreign_key_check": message("Every row refers to rows that there are."),
    "row_counts": message("No table lost more than a third of its rows unasked."),
}


def build_report(request: Request) -> Component:
    """Say which build is served: its id, its day, its code."""
    locale, build = request.locale, request.warehouse.build()
    at = datetime.fromisoformat(build.built_at)
    facts: list[tuple[str, Content]] = [
        (locale.text("Build"), html.Code(build.id)),
        (locale.text("Built at"), f"{locale.period(f'{at:%Y-%m-%d}')}, {at:%H:%M} UTC"),
        (locale.text("Version of the code"), html.Code(build.code_version)),
    ]
    words = locale.text(
        "The database is made anew from the files named below and nothing else; the same files and the"
        " same code make the same figures. It is swapped in whole, or not at all."
    )
    return html.Section(
        [html.H2(locale.text("The build that is served")), definition_list(facts), html.P(words)],
        className="chart",
    )


def checks_chart(request: Request) -> Component:
    """List the checks that the build passed."""
    locale = request.locale
    exhibit = Exhibit(
        "build-checks",
        title=locale.text("Checks"),
        subtitle=locale.text("What a build must pass before it is served"),
        summary="",
        data=builds.checks(request.warehouse),
        sources=[],
    )

    def words(row: Row) -> str:
        return said(_CHECKS, row["name"], locale)

    def outcome(row: Row) -> str:
        return "✓ " + locale.text("passed") if row["outcome"] == "ok" else str(row["outcome"])

    columns = (
        Column("name", locale.text("Check"), words),
        Column("outcome", locale.text("Outcome"), outcome),
    )
    return listing(request, exhibit, columns)


def sizes_chart(request: Request) -> Component:
    """List the tables with what they hold and how many rows."""
    locale = request.locale
    sizes = builds.sizes(request.warehouse)
    exhibit = Exhibit(
        "build-tables",
        title=locale.text("Tables of the database"),
        subtitle=locale.text("Rows of every edition, superseded ones included"),
        summary="",
        data=sizes.assign(description=[descriptions.of_table(each) for each in sizes["table"]]),
        sources=[],
    )
    columns = (
        Column("table", locale.text("Table"), lambda row: str(row["table"]), "english"),
        Column("rows", locale.text("Rows"), lambda row: locale.number(row["rows"]), "number"),
        Column("description", locale.text("What it holds"), lambda row: str(row["description"]), "english"),
    )  # fmt: skip
    return listing(request, exhibit, columns)


def inputs_chart(request: Request) -> Component:
    """List the files that the build was made from, with their digests."""
    locale = request.locale
    exhibit = Exhibit(
        "build-inputs",
        title=locale.text("Inputs"),
        subtitle=locale.text("Files that the build was made from, with their SHA-256 digests"),
        summary="",
        data=builds.inputs(request.warehouse),
        sources=[],
    )
    columns = (
        Column("path", locale.text("File"), lambda row: str(row["path"]), "english"),
        Column("sha256", "SHA-256", lambda row: str(row["sha256"]), "english"),
    )
    return listing(request, exhibit, columns)
