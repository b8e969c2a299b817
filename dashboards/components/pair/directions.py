"""One direction between two economies: what the exporter says of it, and what the importer."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components.chart import chart
from dashboards.components.notes import not_final
from dashboards.components.pair.comparison import newest_year
from dashboards.components.pair.pairs import UNIT, Pair
from dashboards.components.pair.sides import both_sides
from dashboards.components.table import records
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.mirror import Names, mirror
from dashboards.messages import message
from dashboards.page import Request

_NOTHING = message("No source that is loaded has a figure of this flow.")
_CHAPTERS_ONLY = message(
    "No source that is loaded has a total of this flow; some of its chapters are reported, and stand"
    " below under “Products”."
)
_SIDES = {"exporter": "export", "importer": "import"}


def direction(
    request: Request,
    pair: Pair,
    direction: tuple[str, str],
    rows: pd.DataFrame,
    reports: pd.DataFrame,
    *,
    has_chapters: bool,
) -> Component:
    """Draw both reports of a direction, their gap and the estimate; or say that there is none.

    `rows` are those of `two_sided` along the direction, `reports` what either side says of the pair;
    `has_chapters` tells whether its products are known even so.
    """
    exporter, importer = direction
    locale = pair.locale
    title = pair.title_of(exporter, importer)
    if rows.empty:
        words = locale.text(_CHAPTERS_ONLY if has_chapters else _NOTHING)
        return html.Section([html.H2(title), html.P(words, className="quiet")], className="chart")
    sides = _with_statuses(rows, reports)
    names = Names(
        pair.flow(exporter, "export"),
        pair.flow(importer, "import"),
        locale.text("Gap between both sides"),
        locale.text("Reconciled estimate, FOB"),
    )
    used = pd.concat([rows["exporter_source_id"], rows["importer_source_id"]]).dropna().unique()
    statuses = pd.concat([sides[f"{side}_status"] for side in _SIDES]).dropna()
    exhibit = Exhibit(
        f"{exporter}-{importer}".lower(),
        title=title,
        subtitle=f"{rows['period'].min()}–{rows['period'].max()}; {locale.unit(UNIT)}",
        summary=_summary(pair, rows, names),
        data=_figures(sides, names),
        sources=[pair.sources[each] for each in used],
        figure=mirror(sides, names, UNIT, locale),
    )
    return chart(
        request,
        exhibit,
        twin=both_sides(pair, exporter, importer, sides),
        notes=[newest_year(pair, rows, names), *not_final(statuses.to_frame("status"), locale)],
    )


def _figures(sides: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Both reports and the estimate of each year, one below the other."""
    told = [
        {
            "series": getattr(names, side),
            "period": row["period"],
            "value": row[f"{side}_value_usd"],
            "status": row[f"{side}_status"],
            "source_id": row[f"{side}_source_id"],
            "vintage": row[f"{side}_vintage"],
        }
        for row in records(sides)
        for side in _SIDES
        if row[f"{side}_value_usd"] is not None
    ]
    made = [
        {
            "series": names.estimate,
            "period": row["period"],
            "value": row["reconciled_usd"],
            "status": "derived",
        }
        for row in records(sides)
        if row["reconciled_usd"] is not None
    ]
    return figures(pd.DataFrame([*told, *made]), UNIT)


def _with_statuses(rows: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Add how firm either figure is, which the comparison does not carry."""
    spoken = reports[reports["is_preferred"].astype(bool)]
    keys = ["reporter_code", "flow_code", "period"]
    statuses = {tuple(row[:3]): row[3] for row in spoken[[*keys, "status"]].to_numpy()}
    found = {
        f"{side}_status": [
            statuses.get((row[f"{side}_code"], flow, row["period"])) for row in records(rows)
        ]
        for side, flow in _SIDES.items()
    }
    return pd.concat([rows, pd.DataFrame(found, index=rows.index, dtype="str")], axis=1)


def _summary(pair: Pair, rows: pd.DataFrame, names: Names) -> str:
    """Say from what to what either side went, for those who cannot see the lines."""
    said = []
    for side in _SIDES:
        told = rows.dropna(subset=[f"{side}_value_usd"])
        if not told.empty:
            value, period = told[f"{side}_value_usd"], told["period"]
            first, last = (
                ((float(value.iloc[end]),) * 2, str(period.iloc[end])) for end in (0, -1)
            )
            said.append(f"{getattr(names, side)}. {pair.locale.course(first, last, UNIT)}")
    return "; ".join(said)
