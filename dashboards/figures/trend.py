"""How figures move over the years, against a target and beside dated events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboards import theme
from dashboards.i18n import Locale
from warehouse import periods

_COLOURS = ("blue", "gold", "teal", "plum", "red", "violet", "grey")
_FIRM = ("final", "stated")


@dataclass(frozen=True)
class Reference:
    """A level to compare with, in the kept unit, and what to call it."""

    value: float
    label: str


@dataclass(frozen=True)
class Note:
    """A dated event, by the number under which the page lists it."""

    number: int
    date: str


def trend(
    frame: pd.DataFrame,
    unit: str,
    locale: Locale,
    *,
    reference: Reference | None = None,
    notes: Sequence[Note] = (),
    joined: bool = False,
) -> go.Figure:
    """Draw one line per series, in the order of their first rows.

    Lines break where a year is missing unless `joined` (survey rounds years apart); what is not
    final is hollow and reached by a dashed line.
    """
    figure = go.Figure()
    for colour, (name, rows) in zip(_cycle(), frame.groupby("series", sort=False), strict=False):
        figure.add_traces(list(_line(str(name), rows, colour, unit, locale, joined=joined)))
    if reference:
        _add_reference(figure, reference, unit, locale)
    for note in notes:
        _add_note(figure, note)
    figure.update_layout(
        template=theme.template(),
        separators=locale.separators,
        yaxis={"title": {"text": locale.unit(unit)}},
        xaxis={"tickformat": "d", "nticks": 9},
        height=420,
    )
    return figure


def _cycle() -> Iterator[str]:
    while True:
        yield from (theme.SERIES[name] for name in _COLOURS)


def _line(
    name: str, rows: pd.DataFrame, colour: str, unit: str, locale: Locale, *, joined: bool
) -> Iterator[go.Scatter]:
    points = rows.assign(
        x=[_year(period) for period in rows["period"]],
        y=[locale.shown(value, unit) for value in rows["value"]],
        hover=[_hover(name, row, unit, locale) for row in rows.to_dict("records")],
    ).sort_values("x")
    firm = points["status"].isin(_FIRM)
    settled = points[firm]
    yield _trace(name, settled if joined else _with_gaps(settled), colour, hollow=False)
    if not firm.all():
        # The dashed line starts at the last settled point, so that it hangs on to something.
        hanging = pd.concat([settled.tail(1), points[~firm]])
        yield _trace(name, hanging, colour, hollow=True, lone=settled.empty)


def _trace(
    name: str, points: pd.DataFrame, colour: str, *, hollow: bool, lone: bool = False
) -> go.Scatter:
    return go.Scatter(
        name=name,
        legendgroup=name,
        showlegend=not hollow or lone,
        x=list(points["x"]),
        y=[None if pd.isna(y) else y for y in points["y"]],
        customdata=list(points["hover"]),
        hovertemplate="%{customdata}<extra></extra>",
        mode="lines+markers",
        line={"color": colour, "width": 2, "dash": "dot" if hollow else "solid"},
        marker={"size": 7, "symbol": "circle-open" if hollow else "circle"},
    )


def _with_gaps(points: pd.DataFrame) -> pd.DataFrame:
    if points.empty:
        return points
    years = range(int(points["x"].min()), int(points["x"].max()) + 1)
    return points.set_index("x").reindex(years).rename_axis("x").reset_index()


def _year(period: str) -> float:
    if periods.is_year(period):
        return int(period)
    day = periods.parse(period).middle
    return round(day.year + (day.timetuple().tm_yday - 1) / 365, 2)


def _hover(name: str, row: dict[str, object], unit: str, locale: Locale) -> str:
    value = float(str(row["value"]))
    words = [
        f"<b>{locale.quantity(value, value, unit)}</b>",
        f"{name}, {locale.period(str(row['period']))}",
    ]
    if row["status"] not in _FIRM:
        words.append(locale.status(str(row["status"])))
    return "<br>".join(words)


def _add_reference(figure: go.Figure, reference: Reference, unit: str, locale: Locale) -> None:
    level = locale.shown(reference.value, unit)
    figure.add_hline(y=level, line={"color": theme.SERIES["red"], "width": 2, "dash": "dash"})
    figure.add_annotation(
        xref="paper", x=0, xanchor="left", y=level, yanchor="bottom", showarrow=False,
        align="left", text=reference.label,
    )  # fmt: skip


def _add_note(figure: go.Figure, note: Note) -> None:
    year = _year(note.date) if "-" not in note.date else _year(note.date + "/" + note.date)
    figure.add_vline(x=year, line={"color": theme.SERIES["grey"], "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=year, yref="paper", y=1, yanchor="bottom", showarrow=False, text=str(note.number)
    )
