"""How much is held of each year: a table of counts, shaded like a heat map and read like a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import inside, labelled
from dashboards.components.catalogue.tables import Column, listing
from dashboards.components.table import Row, records
from dashboards.exhibit import Exhibit, figures
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request

_SHADES = 4
_RULE = message(
    "Each cell counts the figures of one year; one that several sources give counts once. The"
    " stronger the shade, the nearer to the fullest year of its row. An empty cell: no figure. Of trade, the totals of"
    " exports and imports are counted, not the products."
)


def coverage_chart(
    request: Request,
    name: str,
    title: str,
    counts: pd.DataFrame,
    subjects: Mapping[str, tuple[str, str]],
) -> Component:
    """Show counts, columns `subject, year, figures, sources`, one row per subject, a column per year.

    `subjects` are the titles of the rows and the addresses of their entries, empty for none, in the
    order of the rows.
    """
    locale = request.locale
    if counts.empty:
        words = locale.text("There is no figure to count.")
        return html.Section([html.H2(title), html.P(words, className="quiet")], className="chart")
    held = {subject: each for subject, each in subjects.items() if subject in {*counts["subject"]}}
    order = {subject: number for number, subject in enumerate(held)}
    listed = counts[counts["subject"].isin(held)].assign(rank=lambda f: f["subject"].map(order))
    listed = listed.sort_values(["rank", "year"])
    exhibit = Exhibit(
        name,
        title=title,
        subtitle=locale.text("Figures by year, {span}", span=_span(counts)),
        summary="",
        data=figures(_told(listed, held), "figures"),
        sources=[],
        remarks=[locale.text(_RULE)],
    )
    return listing(
        request,
        exhibit,
        _columns(locale),
        twin=_heat_map(exhibit, listed, held),
        notes=[html.P(locale.text(_RULE), className="source")],
    )


def _span(counts: pd.DataFrame) -> str:
    return f"{counts['year'].min()}–{counts['year'].max()}"


def _told(listed: pd.DataFrame, held: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    names = {"figures": "value", "year": "period", "sources": "sources_count"}
    told = listed.drop(columns="rank").rename(columns=names)
    return told.assign(series=[held[subject][0] for subject in told["subject"]])


def _columns(locale: Locale) -> Sequence[Column]:
    return (
        Column("series", locale.text("Series"), _series),
        Column("period", locale.text("Year"), lambda row: str(row["period"]), "period"),
        Column("value", locale.text("Figures"), lambda row: locale.number(row["value"]), "number"),
        Column(
            "sources_count",
            locale.text("Sources"),
            lambda row: locale.number(row["sources_count"]),
            "number",
        ),
    )


def _series(row: Row) -> str:
    return str(row["series"])


def _heat_map(
    exhibit: Exhibit, listed: pd.DataFrame, held: Mapping[str, tuple[str, str]]
) -> Component:
    """Lay the counts out by subject and year; the shade says again what the number says."""
    years = [str(year) for year in range(int(listed["year"].min()), int(listed["year"].max()) + 1)]
    found = {(row["subject"], row["year"]): int(row["figures"]) for row in records(listed)}
    most = listed.groupby("subject")["figures"].max().to_dict()
    body = [
        html.Tr(
            [
                html.Th(_head(*each), scope="row"),
                *(_count(found.get((subject, year)), int(most[subject])) for year in years),
            ]
        )
        for subject, each in held.items()
    ]
    heads = [html.Th(html.Span(exhibit.title, className="unseen"), scope="col")]
    heads += [html.Th(year, scope="col") for year in years]
    caption = f"{exhibit.title}; {exhibit.subtitle}"
    return html.Div(
        html.Table(
            [html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(body)],
            id=f"table-{exhibit.name}",
            className="coverage",
        ),
        className="scroll",
        role="region",
        tabIndex="0",
        **labelled(caption),
    )


def _head(title: str, address: str) -> Component | str:
    return html.A(title, href=address, **inside()) if address else title


def _count(count: int | None, most: int) -> html.Td:
    if count is None:
        return html.Td()
    return html.Td(str(count), className=f"shade-{ceil(_SHADES * count / most)}")
