"""The trade explorer in words: from where to where series went, where sources change, what is not final."""

from __future__ import annotations

import pandas as pd

from dashboards import measures
from dashboards.components.explorer.asked import Explored, Series, spans
from dashboards.components.explorer.series import uncovered
from dashboards.i18n import Locale
from dashboards.marks import Break
from warehouse.catalog import FIRM

_FEW_SERIES = 8
"""A sentence tells no more courses than these; the table tells all."""


def summary(view: Explored, made: Series) -> str:
    """Say from where to where each series went by each source, or what the newest year is made of."""
    frame = made.frame
    if made.view in {"bars", "area"}:
        return newest(frame[frame["period"] == frame["period"].max()], made.unit, view.locale)
    few = list(frame.groupby("series", sort=False))[:_FEW_SERIES]
    return "; ".join(
        _course(_label(view, rows, own), own.sort_values("period"), made.unit, view.locale)
        for _name, rows in few
        for _source, own in rows.groupby("source_id", sort=False)
    )


def _label(view: Explored, rows: pd.DataFrame, own: pd.DataFrame) -> str:
    """The series, and the source where it has several: figures of two sources are no one course."""
    name, source = str(own["series"].iloc[0]), view.source_name(own["source_id"].iloc[0])
    return name if len(set(rows["source_id"])) == 1 else f"{name}, {source}"


def _course(label: str, rows: pd.DataFrame, unit: str, locale: Locale) -> str:
    (first, since), (last, until) = (_end(rows, row, unit, locale) for row in (0, -1))
    if len(rows) == 1:
        return f"{label}: {last} ({until})"
    return locale.text(
        "{series}: from {first} ({first_period}) to {last} ({last_period})",
        series=label,
        first=first,
        first_period=since,
        last=last,
        last_period=until,
    )


def _end(rows: pd.DataFrame, row: int, unit: str, locale: Locale) -> tuple[str, str]:
    """A figure, and its period with how firm it is if it is not final."""
    at = rows.iloc[row]
    value, status = float(at["value"]), str(at["status"])
    period = locale.period(str(at["period"]))
    told = period if status in FIRM else f"{period}, {locale.status(status)}"
    return locale.quantity(value, value, unit), told


def newest(frame: pd.DataFrame, unit: str, locale: Locale) -> str:
    """Say what each series came to in the one year of a frame, and how firm that is."""
    said = [
        f"{row['series']}: {locale.quantity(row['value'], row['value'], unit)}"
        for row in frame.sort_values("value", ascending=False, kind="stable").to_dict("records")
    ]
    return "; ".join([f"{frame['period'].iloc[0]}: {'; '.join(said)}", *unsettled(frame, locale)])


def unsettled(frame: pd.DataFrame, locale: Locale) -> list[str]:
    """Name the years whose figures are not final, and what they are; nothing where all are."""
    loose = frame[~frame["status"].isin(FIRM)]
    said = [
        f"{spans(rows['period'], locale)} ({locale.status(str(status))})"
        for status, rows in loose.groupby("status")
    ]
    return [locale.text("Not final: {years}.", years="; ".join(said))] if said else []


def breaks(view: Explored, made: Series) -> list[Break]:
    """Mark where the preferred source changes, for a chart."""
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
    """Say what was left out and why, where sources change, what is not final, and what is not held."""
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
    loose = unsettled(made.frame, view.locale)
    return [*made.notes, *changes, *loose, *([none] if missing else [])]
