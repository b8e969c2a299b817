"""The chart of the trade explorer: the view that was asked for, and everything there is to say of it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from dash import html

from dashboards.components.chart import chart
from dashboards.components.evidence import quote
from dashboards.components.explorer.asked import Explored, Series
from dashboards.components.explorer.sentences import breaks, remarks, summary
from dashboards.components.notes import event_list, not_final
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.composition import areas, composition
from dashboards.figures.multiples import multiples
from dashboards.figures.trend import trend
from dashboards.i18n import Locale
from dashboards.marks import Note, Reference
from dashboards.messages import message
from dashboards.units import kept_unit
from warehouse.catalog import Target
from warehouse.queries import indicators, statements

TARGET = "trade-23bn"
_RELATIVE = {
    "share_of_total": message("share of the reporter's trade with the whole world"),
    "per_capita": message("per head of the reporter's population"),
    "share_of_gdp": message("share of the reporter's gross domestic product"),
}
_WITH_MARKS = {"line", "multiples", "bars"}
"""Views whose points or bars show by themselves what is not final."""


def explorer_chart(view: Explored, made: Series) -> html.Figure:
    """Show the series as `chart-turnover`: lines, stacks, panels, or only their table."""
    if made.frame.empty:
        return nothing_to_show(view, "turnover", made.notes)
    events = statements.events(view.request.warehouse, "trade")
    target = _target(view, made)
    frame, said = made.frame, remarks(view, made)
    exhibit = Exhibit(
        "turnover",
        title=title_of(view, frame["period"].min(), frame["period"].max()),
        subtitle=subtitle(view, made),
        summary=summary(view, made),
        data=figures(_in_order(frame), made.unit),
        sources=view.whose([*frame.sort_values("period")["source_id"], *made.used]),
        figure=_figure(view, made, events, target),
        remarks=said,
    )
    listed = event_list(events, view.locale, view.locale.text("Events marked on the chart"))
    return chart(
        view.request,
        exhibit,
        notes=[
            *([quote(target, view.locale)] if target else []),
            *([listed] if made.view == "line" else []),
            *(html.P(words, className="quiet") for words in said),
            *(not_final(frame, view.locale) if made.view in _WITH_MARKS else []),
        ],
    )


def nothing_to_show(
    view: Explored, name: str, notes: tuple[str, ...] = (), title: str = ""
) -> html.Figure:
    """Stand where a chart would, and say why there is none."""
    asked, text = view.selection, view.locale.text
    if asked.first and asked.last and asked.first > asked.last:
        words = text("The first year is after the last one, so there is nothing to show.")
    elif view.request.warehouse.asof:
        words = text("No figure of this was known on that day.")
    else:
        words = text("No figure fits these choices.")
    said = [html.P(each, className="quiet") for each in (words, *notes)]
    heading = html.H2(title or f"{view.title}: {view.whom}")
    return html.Figure([heading, *said], id=f"chart-{name}", className="chart")


def subtitle(view: Explored, made: Series) -> str:
    """Say with whom, in relation to what, in which unit."""
    locale, asked = view.locale, view.selection
    unit = locale.unit(made.unit)
    if made.unit == "index":
        unit = locale.text("index, {year} = 100", year=made.base)
    if made.scale == "share":
        unit = locale.text("share of all that is shown, percent")
    is_amount = kept_unit(made.unit).startswith("USD") and "person" not in made.unit
    related = [_RELATIVE[asked.relative]] if asked.relative in _RELATIVE and not is_amount else []
    return "; ".join([view.whom, *map(locale.text, related), unit])


def title_of(view: Explored, first: str, last: str) -> str:
    """Say whose trade it is, what of it, and of which years."""
    title = view.title
    if view.is_headline:
        indicator = indicators.get(view.request.warehouse, f"trade_{view.selection.measure}_ots")
        title = indicator.title[view.locale.language]
    return dated(title, first, last, view.locale)


def dated(title: str, first: str, last: str, locale: Locale) -> str:
    """Set years behind a title."""
    if first == last:
        return f"{title}, {first}"
    return locale.text("{title}, {first}–{last}", title=title, first=first, last=last)


def _figure(
    view: Explored, made: Series, events: pd.DataFrame, target: Target | None
) -> go.Figure | None:
    locale = view.locale
    match made.view:
        case "table":
            return None
        case "area":
            return areas(made.frame, made.unit, locale, breaks(view, made))
        case "bars":
            return composition(made.frame, made.unit, locale, breaks(view, made))
        case "multiples":
            return multiples(made.frame, made.unit, locale)
    return trend(
        made.frame,
        made.unit,
        locale,
        reference=_reference(target, locale),
        notes=[Note(number, date) for number, date in enumerate(events["date"], start=1)],
        breaks=breaks(view, made),
        logarithmic=made.scale == "log",
    )


def _target(view: Explored, made: Series) -> Target | None:
    """The target, if it had been stated and is about what is shown: flow, group, and amounts as such."""
    if not (view.is_headline and made.unit == "USD" and made.view in {"line", "table"}):
        return None
    target = statements.find_target(view.request.warehouse, TARGET)
    about = (f"trade_{view.selection.measure}_ots", view.selection.definition)
    return target if target and about == (target.indicator_id, target.scope) else None


def _reference(target: Target | None, locale: Locale) -> Reference | None:
    if target is None or target.value is None:
        return None
    aim = locale.quantity(*target.span, "USD", 0)
    return Reference(target.value, locale.text("{amount}: a hope without a date", amount=aim))


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """One series from the newest year on; several one after another, each in this way."""
    rank = {name: at for at, name in enumerate(frame["series"].unique())}
    if (frame["code"] == "").all():
        return frame.sort_values(["period", "source_id"]).iloc[::-1]
    ranked = frame.assign(rank=frame["series"].map(rank))
    ordered = ranked.sort_values(["rank", "period"], ascending=[True, False])
    return ordered.drop(columns="rank")
