"""What growth a year would take a figure to its target: by each year, and what each rate would do."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, Field, labelled
from dashboards.components.chart import chart
from dashboards.components.choice import links
from dashboards.components.targets.asked import Asked, met
from dashboards.components.targets.path import latest_words
from dashboards.components.targets.words import amount, rates
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.trend import trend
from dashboards.selection import TargetSelection

_FASTEST, _SLOWEST = 25, -5
_KEPT: dict[str, Any] = {"data-keep": "growth"}
_FAR = 2100
"""What would take longer is not told as a year."""


def needed(asked: Asked) -> list[Component]:
    """Draw the growth a year that each due year would take, from the figure that is looked from."""
    locale, standing = asked.locale, asked.standing
    found = {each: standing.needed(each, asked.latest) for each in TargetSelection.options["due"]}
    told = {each: span for each, span in found.items() if span is not None}
    if not told or standing.is_reached:
        return []
    least, most = locale.text("Growth a year, at least"), locale.text("Growth a year, at most")
    is_range = any(low != high for low, high in told.values())
    names = (least, most) if is_range else (locale.text("Growth a year"),)
    rows = [
        {"series": name, "period": each, "value": span[at] * 100, "status": "derived"}
        for at, name in enumerate(names)
        for each, span in told.items()
    ]
    frame = pd.DataFrame(rows, columns=["series", "period", "value", "status"])
    aim = amount(standing.target, asked.unit, locale)
    exhibit = Exhibit(
        "growth",
        title=locale.text("Growth a year that the target takes, by the year it is met"),
        subtitle=locale.text(
            "From {latest} to {target}; percent a year", latest=latest_words(asked), target=aim
        ),
        summary="; ".join(f"{each}: {rates(span, locale)}" for each, span in told.items()),
        data=figures(frame, "percent"),
        sources=[asked.latest.source] if asked.latest else [],
        figure=_drawn(frame, asked),
    )
    return [chart(asked.request, exhibit)]


def _drawn(frame: pd.DataFrame, asked: Asked) -> Any:
    # What is worked out is no unsure figure: it is drawn as a line and not hollow.
    drawn = trend(frame.assign(status="final"), "percent", asked.locale)
    lowest = min(0.0, float(frame["value"].min()))
    drawn.update_yaxes(rangemode="tozero" if lowest >= 0 else "normal")
    return drawn.update_layout(height=300)


def what_if(asked: Asked) -> list[Component]:
    """Offer growth a year as a slider over links, each with the year in which it meets the target."""
    locale, standing = asked.locale, asked.standing
    if asked.latest is None or standing.is_reached or min(asked.latest.bounds) <= 0:
        return []
    sign = 1 if asked.direction == "up" else -1
    steps = sorted(sign * percent for percent in range(_SLOWEST, _FASTEST + 1))
    words = {str(step): _step(asked, step) for step in steps}
    here = asked.request.here
    hrefs = {step: asked.selection.replacing(growth=step).address(here) for step in words}
    chosen = asked.selection.growth
    said = words.get(chosen) or locale.text("not chosen")
    legend = locale.text("Growth a year that is tried out")
    parts: list[Content] = [
        html.H2(locale.text("What if?")),
        html.P(
            locale.text(
                "From {latest} at one growth a year to {target}: in which year?",
                latest=latest_words(asked),
                target=amount(standing.target, asked.unit, locale),
            )
        ),
        html.Label(legend, htmlFor="growth"),
        Field(
            key=f"{asked.request.here}-{chosen}",
            id="growth",
            type="range",
            min=str(steps[0]),
            max=str(steps[-1]),
            step="1",
            value=chosen if chosen in words else "0",
            className="slider",
            **{"aria-valuetext": said, "data-steps": "growth-steps", "data-said": "growth-said"},
        ),
        html.Div(html.Strong(said, id="growth-said"), role="status", **labelled(legend)),
        html.Details(
            [
                html.Summary(locale.text("All steps as links")),
                html.Div(links(legend, words, hrefs, (chosen,)), id="growth-steps"),
            ],
            className="menu",
            **_KEPT,
        ),
    ]
    return [html.Section(parts, className="chart whatif", id="what-if")]


def _step(asked: Asked, percent: int) -> str:
    """Say a rate and when it meets the target: +7 %: 2034."""
    locale = asked.locale
    rate = locale.change(percent / 100, percent / 100)
    spans = met(asked, percent)
    if spans is None:
        when = locale.text("never")
    elif spans[1] > _FAR:
        when = locale.text("after {year}", year=_FAR)
    else:
        when = "–".join(dict.fromkeys(map(str, spans)))
    return f"{rate}: {when}"
