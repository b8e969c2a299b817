"""The table twin of a chart: the same figures for readers of tables, screen readers and paper."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboards.components import Content, labelled


def table(
    name: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[Content]]
) -> html.Div:
    """Make a table with a head for each column and each row; `name` becomes `table-<name>`.

    It scrolls sideways within itself, and can be reached and scrolled with the keyboard.
    """
    body = [
        html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])])
        for row in rows
    ]
    return html.Div(
        html.Table(
            [
                html.Caption(caption),
                html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                html.Tbody(body),
            ],
            id=f"table-{name}",
        ),
        className="scroll",
        role="region",
        tabIndex="0",
        **labelled(caption),
    )
