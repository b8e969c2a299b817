"""A summary card: one figure, what became of it, what was promised, and the evidence."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.evidence import definition_list


@dataclass(frozen=True)
class Card:
    """What a card says; every text is ready to be read."""

    indicator_id: str
    title: str
    about: str
    value: str
    data_value: str
    period: str
    facts: Sequence[tuple[str, Content]]
    verdict: str
    target_id: str | None
    spark: str
    spark_summary: str
    spark_caption: str
    evidence: Component
    more: Component


def card(content: Card) -> html.Article:
    """Lay a card out as `card-<indicator>`, the unformatted number in its `data-value`."""
    return html.Article(
        [
            html.Hgroup([html.H2(content.title), html.P(content.about, className="quiet")]),
            html.P(
                [html.Strong(content.value), " ", html.Span(content.period, className="quiet")],
                className="figure",
            ),
            html.Div(
                [
                    picture(content.spark, content.spark_summary),
                    html.P(content.spark_caption, className="quiet"),
                ],
                className="sparkline",
            ),
            definition_list(list(content.facts)),
            html.P(content.verdict, className="verdict", **_verdict_id(content.target_id)),
            html.Div([content.evidence, html.P(content.more, className="more")], className="leads"),
        ],
        id=f"card-{content.indicator_id}",
        className="card",
        **_data(content.data_value),
    )


def picture(svg: str, summary: str) -> html.Img:
    """Set an SVG document into the page as an image with its description."""
    encoded = base64.b64encode(svg.encode()).decode()
    return html.Img(src=f"data:image/svg+xml;base64,{encoded}", alt=summary, className="spark")


def _verdict_id(target_id: str | None) -> dict[str, Any]:
    return {"id": f"verdict-{target_id}"} if target_id else {}


def _data(value: str) -> dict[str, Any]:
    return {"data-value": value}
