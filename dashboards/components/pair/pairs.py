"""A pair of economies: what its parts are called, and the links from pair to pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html

from dashboards.components.choice import links
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from warehouse.catalog import Source, Text

UNIT = "million USD"
"""Trade of two economies may be small: a billion would leave nothing of it."""

FLOWS = {
    "export": message("{economy}: exports"),
    "import": message("{economy}: imports"),
    "re-export": message("{economy}: re-exports"),
    "re-import": message("{economy}: re-imports"),
}


@dataclass(frozen=True)
class Pair:
    """Two economies, and what it takes to speak of them and of their sources."""

    first: str
    second: str
    names: Mapping[str, Text]
    sources: Mapping[str, Source]
    locale: Locale

    @property
    def directions(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Exporter and importer, there and back."""
        return (self.first, self.second), (self.second, self.first)

    @property
    def title(self) -> str:
        """Both names, in the order of the address."""
        return f"{self.name(self.first)} – {self.name(self.second)}"

    def name(self, code: str) -> str:
        """Name an economy."""
        return self.locale.name(self.names, code)

    def flow(self, code: str, flow: str) -> str:
        """Name what a reporter reports: "Kazakhstan: exports"."""
        return self.locale.text(FLOWS[flow], economy=self.name(code))

    def direction(self, exporter: str, importer: str) -> str:
        """Name a direction: "Kazakhstan → Kyrgyzstan"."""
        return f"{self.name(exporter)} → {self.name(importer)}"

    def title_of(self, exporter: str, importer: str) -> str:
        """Name what is traded in a direction: "Exports: Kazakhstan → Kyrgyzstan"."""
        return self.locale.text(
            "Exports: {direction}", direction=self.direction(exporter, importer)
        )

    def publisher(self, source_id: str | None) -> str:
        """Name the publisher of a source; nothing where a side has none."""
        return self.sources[source_id].publisher[self.locale.language] if source_id else ""

    def number(self, value: float | None) -> str:
        """Write an amount without its unit, which stands in the caption; nothing where there is none."""
        return "" if value is None else self.locale.number(self.locale.shown(value, UNIT), 1)

    def amount(self, value: float) -> str:
        """Write an amount with its unit."""
        return self.locale.quantity(value, value, UNIT)


def address(first: str, second: str) -> str:
    """Address the page of a pair, below its language."""
    return f"trade/{first.lower()}-{second.lower()}"


def economy_address(code: str) -> str:
    """Address the profile of an economy, below its language."""
    return f"economy/{code.lower()}"


def economy_links(
    request: Request, names: Mapping[str, Text], codes: Sequence[str], chosen: str = ""
) -> html.Div:
    """Lead to the profile of each of these economies; the one that is shown is marked."""
    labels = {code: request.locale.name(names, code) for code in codes}
    hrefs = {code: request.path(economy_address(code)) for code in codes}
    shown = links(request.locale.text("Economies"), labels, hrefs, (chosen,))
    return html.Div(shown, className="choices")


def pair_links(
    request: Request, names: Mapping[str, Text], codes: Sequence[str], reporter: str
) -> html.Div:
    """Lead from a reporter to what it and each other of these economies say of each other."""
    locale = request.locale
    partners = {code: locale.name(names, code) for code in codes if code != reporter}
    hrefs = {code: request.path(address(reporter, code)) for code in partners}
    legend = locale.text("{economy} and …: both sides", economy=locale.name(names, reporter))
    return html.Div(links(legend, partners, hrefs), className="choices")


def pair_choices(request: Request, pair: Pair, codes: Sequence[str]) -> html.Div:
    """Offer every economy for either side; who stands on the other side already changes sides."""
    locale = request.locale
    names = {code: pair.name(code) for code in codes}
    swapped = request.path(address(pair.second, pair.first))
    first = {code: request.path(address(code, pair.second)) for code in codes}
    second = {code: request.path(address(pair.first, code)) for code in codes}
    return html.Div(
        [
            links(locale.text("First side"), names, first | {pair.second: swapped}, (pair.first,)),
            links(
                locale.text("Second side"), names, second | {pair.first: swapped}, (pair.second,)
            ),
        ],
        className="choices",
    )
