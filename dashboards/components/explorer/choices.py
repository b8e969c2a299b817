"""What can be chosen in the trade explorer, the few options open, the many folded away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import inside
from dashboards.components.choice import choice, choices, links, menu
from dashboards.components.explorer.asked import MEASURES, Explored
from dashboards.messages import message
from warehouse.queries import two_sided

_VIEWS = {
    "line": message("Lines"),
    "area": message("Areas"),
    "bars": message("Bars"),
    "table": message("Table"),
    "map": message("Map"),
    "flow": message("Flows within the OTS"),
    "multiples": message("Small multiples"),
}
_RELATIVES = {
    "amount": message("US dollars"),
    "share_of_total": message("Share of all trade"),
    "per_capita": message("Per person"),
    "share_of_gdp": message("Share of GDP"),
}
_SCALES = {
    "linear": message("Linear"),
    "log": message("Logarithmic"),
    "indexed": message("Index"),
    "share": message("Shares of the shown"),
}
_PRICES = {"current": message("Current prices"), "constant": message("Constant prices")}
_FEW = 5
"""More options than these are folded away."""


def explorer_choices(view: Explored) -> html.Div:
    """Offer every choice: flow and view at once, the rest folded away where the screen is narrow."""
    if view.selection.view == "flow":
        return _of_flows(view)
    text, asked, path = view.locale.text, view.selection, view.request.here
    at_once = [
        choice("measure", text("Flow"), _labels(view, MEASURES), asked, path),
        choice("view", text("View"), _labels(view, _VIEWS), asked, path),
    ]
    menus = [
        *_reporter(view),
        _partners(view),
        *_years(view),
        *([_base(view)] if asked.scale == "indexed" else []),
        _days(view),
    ]
    more = html.Details(
        [
            html.Summary(text("More choices: whom, when, by whose figures, how measured")),
            html.Div([*_groups(view), html.Div(menus, className="menus")], className="choices"),
        ],
        className="options",
        **_kept("options"),
    )
    return html.Div([html.Div(at_once, className="choices"), more], className="explorer")


def _of_flows(view: Explored) -> html.Div:
    """Offer what has an effect on flows within the group: another view, the year, and the day."""
    text, asked, path = view.locale.text, view.selection, view.request.here
    years = {"": text("the newest that most report")} | {year: year for year in view.held.years}
    views = choice("view", text("View"), _labels(view, _VIEWS), asked, path)
    menus = html.Div(
        [menu("last", text("Year"), years, asked, path), _days(view)], className="menus"
    )
    return html.Div([html.Div([views, menus], className="choices")], className="explorer")


def _groups(view: Explored) -> list[Component]:
    text, asked, path = view.locale.text, view.selection, view.request.here
    definitions = {each: view.definition(each) for each in asked.options["definition"]}
    sources = {each: view.source_name(each) for each in view.known["source"]}
    fits = choice if len(sources) < _FEW else menu
    by_prices = [choice("prices", text("Prices"), _labels(view, _PRICES), asked, path)]
    return [
        *(
            [choice("definition", text("The group"), definitions, asked, path)]
            if view.is_group
            else []
        ),
        fits("source", text("Source"), sources, asked, path),
        *(by_prices if view.has_deflator else []),
        choice("relative", text("Measured in"), _labels(view, _RELATIVES), asked, path),
        choice("scale", text("Scale"), _labels(view, _SCALES), asked, path),
    ]


def _labels(view: Explored, texts: Mapping[str, str]) -> dict[str, str]:
    return {each: view.locale.text(text) for each, text in texts.items()}


def _reporter(view: Explored) -> list[html.Details]:
    """The reporters; another reporter has other partners, sources and years, so these begin anew."""
    asked = view.selection
    names = {code: view.name(code) for code in view.reporters}
    bare = asked.replacing(partner=(), source="preferred", first="", last="", base="")
    hrefs = {code: bare.replacing(reporter=code).address(view.request.here) for code in names}
    hrefs[asked.reporter] = asked.address(view.request.here)
    legend = view.locale.text("Reporter")
    offered = links(legend, names, hrefs, (asked.reporter,))
    return [_folded(legend, view.name(asked.reporter), offered)] if len(names) > 1 else []


def _partners(view: Explored) -> html.Details:
    """The partners to add or take away, those of the group first, the others by name."""
    text, asked, path = view.locale.text, view.selection, view.request.here
    of_group = two_sided.economies(view.request.warehouse)
    held = view.known["partner"]
    others = sorted((code for code in held if code not in of_group), key=view.name)
    ordered = [*(code for code in held if code in of_group), *others]
    names = {code: view.name(code) for code in ordered}
    legend = text("Partners")
    none = html.A(
        text("None chosen: the group"),
        href=asked.replacing(partner=()).address(path),
        **inside(),
    )
    back = [] if view.is_group else [html.P(none)]
    offered = html.Div([*back, choices("partner", legend, names, asked, path)])
    chosen = text("the group") if view.is_group else view.whom
    return _folded(legend, chosen, offered, **_kept("partners"))


def _years(view: Explored) -> list[html.Details]:
    text, asked, path = view.locale.text, view.selection, view.request.here
    years = {year: year for year in view.held.years}
    return [
        menu("first", text("First year"), {"": text("the first there is")} | years, asked, path),
        menu("last", text("Last year"), {"": text("the last there is")} | years, asked, path),
    ]


def _base(view: Explored) -> html.Details:
    years = {"": view.locale.text("the first that all have")}
    years |= {year: year for year in view.held.years}
    legend = view.locale.text("Base year of the index")
    return menu("base", legend, years, view.selection, view.request.here)


def _days(view: Explored) -> html.Details:
    """The days on which figures of the reporter became known, each with this view as it was then."""
    locale, asked, day = view.locale, view.selection, view.request.warehouse.asof
    place = f"/{locale.language}/{view.request.place}"
    labels = {"": locale.text("today")}
    labels |= {each: locale.period(each) for each in view.held.days}
    hrefs = {each: asked.address(f"{place}?asof={each}" if each else place) for each in labels}
    legend = locale.text("As known on")
    chosen = labels.get(day) or locale.period(day)
    return _folded(legend, chosen, links(legend, labels, hrefs, (day,)), kind="menu days")


def _folded(
    legend: str, chosen: str, offered: Component, kind: str = "menu", **more: Any
) -> html.Details:
    summary = html.Summary([html.Span(f"{legend}: ", className="quiet"), chosen])
    return html.Details([summary, offered], className=kind, **more)


def _kept(name: str) -> dict[str, Any]:
    """Let `shell.js` leave a fold open when a choice is made in it, for another to follow."""
    return {"data-keep": name}
