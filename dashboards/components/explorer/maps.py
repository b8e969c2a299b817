"""The trade explorer on a map, and as bands between the economies of the group: figures of one year."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from dash import html

from dashboards import measures
from dashboards.components.chart import chart
from dashboards.components.explorer.asked import Explored, Series
from dashboards.components.explorer.chart import (
    nothing_to_show,
    subtitle,
    title_of,
)
from dashboards.components.explorer.sentences import newest, remarks, unsettled
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.flows import flows
from dashboards.figures.geography import Home, partners_map, without_outline
from warehouse.queries import explorer, two_sided

_LARGEST = 5
"""So many flows are told in the summary; the table has all."""


def explorer_map(view: Explored, made: Series) -> html.Figure:
    """Colour the partners by their figures of one year as `chart-map`.

    It is the last year asked for, or the newest that all partners have.
    """
    years = measures.common_years(made.frame) or sorted(made.frame["period"].unique())
    year = view.selection.last or next(reversed(years), "")
    frame = made.frame[made.frame["period"] == year]
    if frame.empty:
        return nothing_to_show(view, "map", made.notes)
    lacking = without_outline(frame)
    words = view.locale.text(
        "Without an outline on this map: {economies}.", economies=", ".join(lacking)
    )
    of_year = replace(made, frame=frame)
    home = Home(view.selection.reporter, view.name(view.selection.reporter))
    notes = [*remarks(view, of_year), *([words] if lacking else [])]
    exhibit = Exhibit(
        "map",
        title=title_of(view, year, year),
        subtitle=subtitle(view, made),
        summary=newest(frame, made.unit, view.locale),
        data=figures(frame, made.unit),
        sources=view.whose([*frame["source_id"], *made.used]),
        figure=partners_map(frame, made.unit, view.locale, home=home),
        remarks=notes,
    )
    said = [html.P(each, className="quiet") for each in notes]
    return chart(view.request, exhibit, notes=said)


def exports_within(view: Explored) -> pd.DataFrame:
    """The exports among the economies of the group in one year: `exporter, importer, value_usd` and more.

    It is the last year asked for, or the newest in which the most economies report.
    What importers report of the same flows is never mixed in: who reports nothing exports nothing here.
    """
    every = explorer.exports_within(view.request.warehouse)
    year = view.selection.last or _fullest(every)
    return every[(every["period"] == year) & (every["value_usd"] > 0)].rename(
        columns={"reporter_code": "exporter", "partner_code": "importer"}
    )


def explorer_flows(view: Explored, frame: pd.DataFrame) -> html.Figure:
    """Draw exports among the economies of the group, see `exports_within`, as `chart-flows`."""
    warehouse, locale = view.request.warehouse, view.locale
    if frame.empty:
        title = locale.text("Exports among the economies of the OTS")
        return nothing_to_show(view, "flows", title=title)
    year = str(frame["period"].iloc[0])
    economies = two_sided.economies(warehouse)
    silent = [view.name(code) for code in economies if code not in set(frame["exporter"])]
    notes = [
        locale.text(
            "Every flow is as its exporter reports it, by the preferred source of that exporter; what"
            " importers report of it is left out. Of all choices only the year and the day have an effect"
            " here."
        ),
        *(
            [
                locale.text(
                    "No exports reported for {year}: {economies}.",
                    year=year,
                    economies=", ".join(silent),
                )
            ]
            if silent
            else []
        ),
        *unsettled(frame, locale),
    ]
    exhibit = Exhibit(
        "flows",
        title=locale.text("Exports among the economies of the OTS, {year}", year=year),
        subtitle="; ".join((locale.text("Members and observers that report"), locale.unit("USD"))),
        summary=_largest(view, frame, year),
        data=figures(_listed(view, frame), "USD"),
        sources=view.whose(frame["source_id"]),
        figure=flows(
            frame.assign(source=[view.source_name(each) for each in frame["source_id"]]),
            {code: view.name(code) for code in {*frame["exporter"], *frame["importer"]}},
            locale,
        ),
        remarks=notes,
    )
    said = [html.P(each, className="quiet") for each in notes]
    return chart(view.request, exhibit, notes=said)


def _fullest(every: pd.DataFrame) -> str:
    """The newest of the years in which the most economies report exports; none of no years."""
    exporters = every.groupby("period")["reporter_code"].nunique()
    return str(exporters.index[exporters == exporters.max()][-1]) if len(exporters) else ""


def _listed(view: Explored, frame: pd.DataFrame) -> pd.DataFrame:
    """The flows by exporter, the largest of each first."""
    ordered = frame.sort_values(["exporter", "value_usd"], ascending=[True, False])
    return ordered.assign(series=_directions(view, ordered), value=ordered["value_usd"]).drop(
        columns="value_usd"
    )


def _directions(view: Explored, frame: pd.DataFrame) -> list[str]:
    ends = zip(frame["exporter"], frame["importer"], strict=True)
    return [f"{view.name(exporter)} → {view.name(importer)}" for exporter, importer in ends]


def _largest(view: Explored, frame: pd.DataFrame, year: str) -> str:
    largest = frame.nlargest(_LARGEST, "value_usd")
    said = zip(_directions(view, largest), largest["value_usd"], strict=True)
    return f"{year}: " + "; ".join(
        f"{direction} {view.locale.quantity(value, value, 'USD')}" for direction, value in said
    )
