"""The verdicts on a target side by side, with what they go by, and what would change each of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.table import table
from dashboards.components.targets.asked import Asked
from dashboards.components.targets.words import (
    FORMULAS,
    METHODS,
    VERDICTS,
    amount,
    is_told,
    ratio_words,
    signed,
    stood,
    verdict_words,
)
from dashboards.exhibit import FIGURES, Exhibit, figures
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.progress.flips import Flip, flips
from dashboards.progress.methods import Path, Spread, year

_VERDICT = ("method", "verdict", "base_period", "latest_period", "due", "due_is_assumed")


def methods(asked: Asked) -> list[Component]:
    """Set the methods side by side, each with its ratio, its verdict and its formula."""
    judged, locale = asked.judged, asked.locale
    if not any(map(is_told, judged)):
        return []
    exhibit = Exhibit(
        "methods",
        title=locale.text("Verdicts by four methods"),
        subtitle=inputs(asked),
        summary="; ".join(
            f"{locale.text(METHODS[each.method])}: {verdict_words(each, locale)}" for each in judged
        ),
        data=_data(asked, judged),
        sources=[each.source for each in (asked.base, asked.latest) if each],
        remarks=[locale.text(FORMULAS[each.method]) for each in judged],
    )
    heads = [locale.text(head) for head in _HEADS]
    rows: list[list[Content]] = [
        [
            locale.text(METHODS[each.method]),
            ratio_words(each, locale),
            verdict_words(each, locale),
            locale.text(FORMULAS[each.method]),
        ]
        for each in judged
    ]
    twin = table("methods", f"{exhibit.title}; {exhibit.subtitle}", heads, rows)
    return [chart(asked.request, exhibit, twin=twin), *_flips(asked)]


def inputs(asked: Asked) -> str:
    """Say what is judged: base, latest figure, target and due date."""
    locale, unit, target = asked.locale, asked.unit, asked.standing.target
    base, latest = asked.base, asked.latest
    said = [
        (message("Base"), stood(base, unit, locale) if base else ""),
        (message("Latest figure"), stood(latest, unit, locale) if latest else ""),
        (message("Target"), amount(target, unit, locale)),
        (message("Due"), asked.due_words),
    ]
    return "; ".join(f"{locale.text(name)}: {words}" for name, words in said if words)


def _data(asked: Asked, judged: Sequence[Spread]) -> pd.DataFrame:
    rows = []
    for each in judged:
        low, high = each.ratios or (None, None)
        is_one = low == high
        rows.append(
            {
                "series": asked.locale.text(METHODS[each.method]),
                "value": low if is_one else None,
                "low": None if is_one else low,
                "high": None if is_one else high,
                "unit": "index",
                "method": each.method,
                "verdict": "/".join(each.verdicts) or None,
                "base_period": asked.base.period if asked.base else None,
                "latest_period": asked.latest.period if asked.latest else None,
                "due": asked.due,
                "due_is_assumed": asked.is_assumed,
            }
        )
    return figures(pd.DataFrame(rows, columns=[*FIGURES, *_VERDICT]), "index")


def _flips(asked: Asked) -> list[Component]:
    """What alone would have to be otherwise for another verdict, input by input."""
    locale = asked.locale
    title = locale.text("What would change a verdict")
    path = asked.path
    if path is None:
        words = locale.text(
            "Figures or target are ranges: both ends are judged, and a verdict holds where they agree."
        )
        return [html.Section([html.H2(title), html.P(words)], className="chart")]
    bases = [
        (year(each.period), each.value) for each in asked.standing.dated if each.value is not None
    ]
    found = flips(path, bases)
    if not found:
        return []
    rows = [
        [
            locale.text(METHODS[each.method]),
            locale.text(_WHAT[each.what]),
            _flip_value(each, path, asked.unit, locale),
            signed(VERDICTS, each.verdict, locale) if each.verdict else locale.text("no verdict"),
        ]
        for each in found
    ]
    caption = locale.text(
        "The nearest value of one input, the others as they are, that gives another verdict"
    )
    heads = [locale.text(head) for head in _FLIP_HEADS]
    return [
        html.Section(
            [html.H2(title), table("flips", caption, heads, rows)],
            className="chart",
            id="flips",
        )
    ]


def _flip_value(flip: Flip, path: Path, unit: str, locale: Locale) -> str:
    """Write the value at which a verdict changes: a figure, or the first whole year that does it.

    A later due year is better and counts from the value on; an earlier one is worse just before it.
    """
    if flip.what == "latest":
        return locale.quantity(flip.value, flip.value, unit, 3 if unit == "USD" else 1)
    if flip.what == "base_year":
        return str(round(flip.value))
    whole = ceil(flip.value)
    return str(whole if flip.value > path.due_year else whole - 1)


_HEADS = (message("Method"), message("Ratio"), message("The verdict"), message("Formula"))
_FLIP_HEADS = (
    message("Method"),
    message("Input"),
    message("Value"),
    message("Verdict then"),
)
_WHAT = {
    "base_year": message("Base year"),
    "latest": message("Latest figure"),
    "due_year": message("Due year"),
}
