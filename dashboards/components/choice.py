"""A choice among a few options: links to the same page with another address."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from dash import html

from dashboards.components import inside, labelled
from dashboards.selection import Selection


def choice(
    field: str, legend: str, options: Mapping[str, str], selection: Selection, path: str
) -> html.Div:
    """Offer the values of one field of a selection, value to label; the chosen one is marked."""
    hrefs = {value: selection.replacing(**{field: value}).address(path) for value in options}
    return links(legend, options, hrefs, (getattr(selection, field),))


def choices(
    field: str, legend: str, options: Mapping[str, str], selection: Selection, path: str
) -> html.Div:
    """Offer the values of a field that takes many; each link adds one, or takes it away."""
    hrefs = {value: selection.toggling(field, value).address(path) for value in options}
    return links(legend, options, hrefs, getattr(selection, field))


def menu(
    field: str, legend: str, options: Mapping[str, str], selection: Selection, path: str
) -> html.Details:
    """Offer many values of one field folded away, as years; what is chosen stands beside the legend."""
    chosen = options.get(getattr(selection, field), "")
    summary = html.Summary([html.Span(f"{legend}: ", className="quiet"), chosen])
    return html.Details(
        [summary, choice(field, legend, options, selection, path)], className="menu"
    )


def links(
    legend: str,
    options: Mapping[str, str],
    hrefs: Mapping[str, str],
    chosen: Container[str] = (),
) -> html.Div:
    """Offer options, value to label and value to address; what is chosen is marked.

    What is chosen stands in the address and nowhere else, so each option is a plain link.
    """
    items = [
        html.Li(
            html.A(
                label,
                href=hrefs[value],
                **inside(),
                **_option(value, is_chosen=value in chosen),
            )
        )
        for value, label in options.items()
    ]
    return html.Div(
        [html.Span(legend, className="quiet"), html.Ul(items)],
        role="group",
        className="choice",
        **labelled(legend),
    )


def _option(value: str, *, is_chosen: bool) -> dict[str, Any]:
    return {"data-option": value} | ({"aria-current": "true"} if is_chosen else {})
