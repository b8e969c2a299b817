"""The chart of the trade explorer: the view that was asked for, and everything there is to say of it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from dash import html

from dashboards import measures
from dashboards.components.chart import chart
from dashboards.components.evidence import quote
from dashboards.components.explorer.asked import Explored, Series
from dashboards.components.explorer.series import uncovered
from dashboards.components.notes import event_list, not_final
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.composition import areas, composition
from dashboards.figures.multiples import multiples
from dashboards.figures.trend import trend
from dashboards.i18n import Locale
from dashboards.marks import Break, Note, Reference
from dashboards.messages import message
from dashboards.units import kept_unit
from warehouse.catalog import Span, Target
from warehouse.queries import indicators, statements

TARGET = "trade-23bn"
_RELATIVE = {
    "share_of_total": message("share of the reporter's trade with the whole world"),
    "per_capita": message("per head of the reporter's population"),
    "share_of_gdp": message("share of the reporter's gross domestic product"),
}
_FEW_SERIES = 8
"""A sentence tells no more courses than these; the table tells all."""


def explorer_chart(view: Explored, made: Series) -> html.Figure:
    """Show the series as `chart-turnover`: lines, stacks, panels, or only their table."""
    if made.frame.empty:
        return nothing_to_show(view, "turnover", made.notes)
    events = statements.events(view.request.warehouse, "trade")
    target = _target(view, made)
    frame = made.frame
    exhibit = Exhibit(
        "turnover",
        title=title_of(view, frame["period"].min(), frame["period"].max()),
        subtitle=subtitle(view, made),
        summary=_summary(view, made),
        data=figures(_in_order(frame), made.unit),
        sources=view.whose([*frame.sort_values("period")["source_id"], *made.used]),
        figure=_figure(view, made, events, target),
        remarks=made.notes,
    )
    listed = event_list(events, view.locale, view.locale.text("Events marked on the chart"))
    return chart(
        view.request,
        exhibit,
        notes=[
            *([quote(target, view.locale)] if target else []),
            *([listed] if made.view == "line" else []),
            *(html.P(words, className="quiet") for words in remarks(view, made)),
            *not_final(frame, view.locale),
        ],
    )


def nothing_to_show(view: Explored, name: str, notes: tuple[str, ...] = ()) -> html.Figure:
    """Stand where a chart would, and say why there is none."""
    asked, text = view.selection, view.locale.text
    if asked.first and asked.last and asked.first > asked.last:
        words = text("The first year is after the last one, so there is nothing to show.")
    elif view.request.warehouse.asof:
        words = text("No figure of this was known on that day.")
    else:
        words = text("No figure fits these choices.")
    said = [html.P(each, className="quiet") for each in (words, *notes)]
    return html.Figure(
        [html.H2(f"{view.title}: {view.whom}"), *said], id=f"chart-{name}", className="chart"
    )


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
    if first == last:
        return f"{title}, {first}"
    return view.locale.text("{title}, {first}–{last}", title=title, first=first, last=last)


def _figure(
    view: Explored, made: Series, events: pd.DataFrame, target: Target | None
) -> go.Figure | None:
    locale = view.locale
    match made.view:
        case "table":
            return None
        case "area":
            return areas(made.frame, made.unit, locale)
        case "bars":
            return composition(made.frame, made.unit, locale)
        case "multiples":
            return multiples(made.frame, made.unit, locale)
    return trend(
        made.frame,
        made.unit,
        locale,
        reference=_reference(target, locale),
        notes=[Note(number, date) for number, date in enumerate(events["date"], start=1)],
        breaks=_breaks(view, made),
        logarithmic=made.scale == "log",
    )


def _breaks(view: Explored, made: Series) -> list[Break]:
    return [
        Break(
            each.last,
            each.first,
            view.locale.text(
                "source changes: {before} → {after}",
                before=view.source_name(each.before),
                after=view.source_name(each.after),
            ),
        )
        for each in _changes(view, made)
    ]


def _changes(view: Explored, made: Series) -> list[measures.SourceChange]:
    """Where the preferred source changes, for a series or for the group that two series tell of."""
    if view.selection.source != "preferred":
        return []
    frame = made.frame
    together = frame.assign(series="") if (frame["code"] == "").all() else frame
    return measures.source_changes(together)


def remarks(view: Explored, made: Series) -> list[str]:
    """Say what was left out and why, where sources change, and of whom nothing is known."""
    text = view.locale.text
    changes = [
        text(
            "Between {last} and {first} the source changes, from {before} to {after}:"
            " figures before and after are not of one kind.",
            last=each.last,
            first=each.first,
            before=view.quoted(each.before),
            after=view.quoted(each.after),
        )
        for each in _changes(view, made)
    ]
    missing = uncovered(view)
    none = text("Nothing is held of trade with: {economies}.", economies=", ".join(missing))
    return [*made.notes, *changes, *([none] if missing else [])]


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


def _summary(view: Explored, made: Series) -> str:
    """Say in a sentence from where to where each series went, or what the newest year is made of."""
    frame, locale = made.frame, view.locale
    if made.view in {"bars", "area"}:
        return newest(frame[frame["period"] == frame["period"].max()], made.unit, locale)
    if (frame["code"] == "").all() and view.selection.source != "all":
        return locale.course(_end(frame, 0), _end(frame, -1), made.unit)
    told = []
    for name, rows in list(frame.groupby("series", sort=False))[:_FEW_SERIES]:
        ordered = rows.sort_values("period")
        course = locale.course(_end(ordered, 0), _end(ordered, -1), made.unit)
        told.append(f"{name}. {course}")
    return "; ".join(told)


def newest(frame: pd.DataFrame, unit: str, locale: Locale) -> str:
    """Say what each series came to in the one year of a frame."""
    said = [
        f"{row['series']}: {locale.quantity(row['value'], row['value'], unit)}"
        for row in frame.sort_values("value", ascending=False, kind="stable").to_dict("records")
    ]
    return f"{frame['period'].iloc[0]}: {'; '.join(said)}"


def _end(frame: pd.DataFrame, row: int) -> tuple[Span, str]:
    value = float(frame["value"].iloc[row])
    return (value, value), str(frame["period"].iloc[row])
