"""What was said of days, statement by statement: what it is about, when, by whom, and what was planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.evidence import source_link
from dashboards.components.table import table
from dashboards.exhibit import Exhibit, figures
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from warehouse import periods
from warehouse.catalog import Source, Span, Target, Text
from warehouse.queries import indicators, statements

LEGEND = (message("Before"), message("Stated"), message("Plan"))


@dataclass(frozen=True)
class Row:
    """One statement or plan with what it is about, when it was made, and where it stands."""

    scope: str
    period: str
    words: str
    before: Span | None
    now: Span | None
    plan: Span | None
    place: str
    source: Source
    status: str
    vintage: str
    due: str | None = None

    @property
    def said(self) -> periods.Period:
        """When it was said, or what it was said of."""
        return periods.parse(self.period)

    @property
    def spans(self) -> tuple[Span | None, Span | None, Span | None]:
        """Before, now and plan."""
        return self.before, self.now, self.plan


def rows(request: Request, *indicator_ids: str) -> list[Row]:
    """List the statements of some indicators in days, with their plans, by scope and then in time."""
    return [row for each in indicator_ids for row in _of(request, each)]


def dated(told: Iterable[Row]) -> tuple[str, ...]:
    """The scopes of which something was stated on two days or more, in the order of the rows."""
    days: dict[str, set[str]] = {}
    for row in told:
        if row.now:
            days.setdefault(row.scope, set()).add(row.period)
    return tuple(scope for scope, each in days.items() if len(each) > 1)


def sentence(row: Row, names: Mapping[str, Text], locale: Locale) -> str:
    """Say what a statement is about, when it was made, and its days: before → now, or the plan."""
    spans = " → ".join(days(span, locale) for span in row.spans if span)
    return f"{start(row, names, locale)}: {spans}"


def start(row: Row, names: Mapping[str, Text], locale: Locale) -> str:
    """Say what a statement is about, and when it was made."""
    return f"{locale.name(names, row.scope)}, {row.words}"


def days(span: Span | None, locale: Locale) -> str:
    """Write a range of days; nothing where there is none."""
    return locale.quantity(*span, "days") if span else ""


def exhibit_of(
    name: str, title: str, told: Sequence[Row], names: Mapping[str, Text], locale: Locale
) -> Exhibit:
    """Make the exhibit of some statements, still without its figure."""
    return Exhibit(
        name,
        title=title,
        subtitle=locale.unit("days"),
        summary="; ".join(sentence(row, names, locale) for row in told),
        data=_stated(told, names, locale),
        sources=list({row.source.id: row.source for row in told}.values()),
    )


def statements_table(
    name: str, caption: str, told: Sequence[Row], names: Mapping[str, Text], locale: Locale
) -> Component:
    """Set before, now and plan of each statement beside one another, with its source."""
    heads = [message("End points"), message("Statement"), *LEGEND, message("Source")]
    cells: list[list[Content]] = [
        [
            locale.name(names, row.scope),
            row.words,
            *(days(span, locale) for span in row.spans),
            source_link(row.source, locale),
        ]
        for row in told
    ]
    return table(name, caption, [locale.text(head) for head in heads], cells)


def _of(request: Request, indicator_id: str) -> Iterator[Row]:
    """Pair each statement with the “before” it told, and set the plans among them by scope and date."""
    locale = request.locale
    found = indicators.figures(request.warehouse, indicator_id)
    before = {(f.scope, f.period): f.span for f in found if f.period.startswith("../")}
    stated = [
        Row(
            figure.scope,
            figure.period,
            locale.period(figure.period),
            before.get((figure.scope, f"../{figure.period}")),
            figure.span,
            None,
            figure.place,
            figure.source,
            figure.status,
            figure.vintage,
        )
        for figure in found
        if (figure.scope, figure.period) not in before
    ]
    planned = [
        _planned(target, locale)
        for target in statements.targets(request.warehouse, indicator_id)
        if target.unit == "days"
    ]
    yield from sorted([*stated, *planned], key=lambda row: (row.scope, row.said.end))


def _planned(target: Target, locale: Locale) -> Row:
    stated = locale.period(target.stated_on)
    words = (
        locale.text("plan for {due}, stated {period}", due=locale.period(target.due), period=stated)
        if target.due
        else locale.text("plan without a date, stated {period}", period=stated)
    )
    return Row(
        target.scope,
        target.stated_on,
        words,
        before=None,
        now=None,
        plan=target.span,
        place=target.place,
        source=target.source,
        status="stated",
        vintage=target.stated_on,
        due=target.due,
    )


def _stated(told: Sequence[Row], names: Mapping[str, Text], locale: Locale) -> pd.DataFrame:
    """One row per span: what it is about, when it was said, and whether it was before, is or will be."""
    made = [
        {
            "series": f"{locale.name(names, row.scope)}: {locale.text(kind)}",
            "period": row.period,
            **_number(span),
            "status": row.status,
            "source_id": row.source.id,
            "vintage": row.vintage,
            "place": row.place,
            "scope": row.scope,
            "due": row.due,
        }
        for row in told
        for kind, span in zip(LEGEND, row.spans, strict=True)
        if span
    ]
    return figures(pd.DataFrame(made), "days")


def _number(span: Span) -> dict[str, float | None]:
    """A single number as the value, a range as its ends."""
    low, high = span
    if low == high:
        return {"value": low, "low": None, "high": None}
    return {"value": None, "low": low, "high": high}
