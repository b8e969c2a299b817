"""What the sum over the group is made of, by partner and year."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboards.components.chart import chart
from dashboards.components.explorer.asked import Explored, Series
from dashboards.components.explorer.chart import dated, nothing_to_show, subtitle
from dashboards.components.explorer.sentences import breaks, newest, remarks
from dashboards.components.explorer.series import series
from dashboards.components.notes import not_final
from dashboards.components.table import pivot_table
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.composition import composition


def partners_chart(view: Explored) -> html.Figure:
    """Stack the partners of the group, counted as of each year, as `chart-partners`."""
    locale = view.locale
    made = series(view, Series(pd.DataFrame(), "USD", "bars", "linear"))
    if made.frame.empty:
        return nothing_to_show(view, "partners", made.notes)
    frame, under, said = made.frame, subtitle(view, made), remarks(view, made)
    first, last = frame["period"].min(), frame["period"].max()
    exhibit = Exhibit(
        "partners",
        title=dated(locale.text("{title}, by partner", title=view.title), first, last, locale),
        subtitle=under,
        summary=newest(frame[frame["period"] == last], made.unit, locale),
        data=figures(frame, made.unit),
        sources=view.whose([*frame.sort_values("period")["source_id"], *made.used]),
        figure=composition(frame, made.unit, locale, breaks(view, made)),
        remarks=said,
    )
    quiet = [html.P(words, className="quiet") for words in said]
    twin = pivot_table("partners", under, frame, made.unit, locale)
    return chart(view.request, exhibit, twin=twin, notes=[*quiet, *not_final(frame, locale)])
