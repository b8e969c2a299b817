"""What is opened, when it counts as drawn, and what is chosen on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

FLOWS = ("exports", "imports", "turnover")
"""What is chosen, over and over; each page opens with the last."""


@dataclass(frozen=True)
class Promise:
    """What a reader waits for: cards, pictures and charts of plotly.js under one element.

    A picture counts once it is loaded, a chart once plotly.js has painted a trace of it.
    """

    root: str = "body"
    cards: str = ""
    card_count: int = 0
    pictures: str = ""
    picture_count: int = 0
    plot_count: int = 0

    def as_script(self) -> Mapping[str, str | int]:
        """The promise under the names that watch.js knows."""
        return {_camel(name): value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Page:
    """An address of a server, and what it promises; `{flow}` in `option` is the flow chosen.

    A choice draws the first `changing` charts anew. A slow page is not visited in every round.
    """

    name: str
    path: str
    promise: Promise
    option: str = ""
    changing: int = 3
    is_slow: bool = False


@dataclass(frozen=True)
class Step:
    """A click on one page of ours that leads to another."""

    name: str
    start: Page
    link: str
    end: Page


_CARD = "[id^=card-]"

SUMMARY = Page(
    "our summary",
    "/en/",
    Promise(
        root="main#page-summary",
        cards=_CARD,
        card_count=6,
        pictures=f"{_CARD} .spark",
        picture_count=6,
    ),
)
TRADE = Page(
    "our trade page",
    "/en/trade",
    Promise(root="main#page-trade", plot_count=3),
    option="main .choice a[data-option={flow}]",
)
CORRIDOR = Page("our corridor page", "/en/corridor", Promise("main#page-corridor", plot_count=11))
OURS = (SUMMARY, TRADE, CORRIDOR)

STEPS = (
    Step("summary → trade", SUMMARY, "header nav a[data-page=trade]", TRADE),
    Step("corridor → trade", CORRIDOR, "header nav a[data-page=trade]", TRADE),
)

_FOUR = Promise(plot_count=4)


_DASH_OPTION = "#flow label:has-text('{flow}')"
_VIZRO_OPTION = "label.form-check-label:has-text('{flow}')"
PLAIN_DASH = Page("plain Dash", "/", _FOUR, _DASH_OPTION)
PLAIN_DASH_COMPRESSED = Page("plain Dash, compressed", "/", _FOUR, _DASH_OPTION)
VIZRO = Page("Vizro", "/", _FOUR, _VIZRO_OPTION, is_slow=True)
VIZRO_COMPRESSED = Page("Vizro, compressed", "/", _FOUR, _VIZRO_OPTION, is_slow=True)
STREAMLIT = Page(
    "Streamlit", "/", _FOUR, "label[data-testid=stRadioOption]:has-text('{flow}')", is_slow=True
)
STATIC = Page("static page, our plotly.js", "/plotly.html", _FOUR, "label:has-text('{flow}')")
STATIC_SVG = Page(
    "static page of SVG",
    "/svg.html",
    Promise(pictures="figure", picture_count=4),
)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(map(str.title, rest))
