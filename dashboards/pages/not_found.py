"""What stands where no page is."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import inside
from dashboards.messages import message
from dashboards.page import Page, Request


def layout(request: Request) -> Component:
    """Say that there is no such page, and lead back."""
    locale = request.locale
    return html.Div(
        [
            html.H1(locale.text("There is no such page")),
            html.P(html.A(locale.text("To the summary"), href=request.path(""), **inside())),
        ]
    )


PAGE = Page("not-found", "", message("Not found"), layout)
