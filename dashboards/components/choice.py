"""A choice among a few options; what is chosen stands in the address and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from dash import dcc, html

KIND = "choice"


def choice(name: str, legend: str, options: Mapping[str, str], value: str) -> html.Fieldset:
    """Offer options, id to label, the first being the default that the address leaves out.

    `shell.connect` turns a choice into the address, and the address into the page.
    """
    default = next(iter(options))
    return html.Fieldset(
        [
            html.Legend(legend),
            dcc.RadioItems(
                id={KIND: name, "default": default},
                options=[{"label": label, "value": key} for key, label in options.items()],
                value=value,
                className="options",
            ),
        ],
        className="choice",
    )
