"""The summary in sentences, made of the figures; each clause leads to what it is said of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content, inside
from dashboards.components.headlines import Known
from dashboards.components.summary.clauses import corridor, digital, route, trade
from dashboards.components.targets.standing import Standing
from dashboards.page import Request
from warehouse.catalog import Language


@dataclass(frozen=True)
class Sentence:
    """Clauses, each with the address of its evidence."""

    clauses: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """The whole sentence, as it is read."""
        return "; ".join(words for words, _href in self.clauses) + "."


def sentences(request: Request, known: Sequence[Known], told: Sequence[Standing]) -> list[Sentence]:
    """Say where trade, the corridor and digital payments stand; nothing is said without figures."""
    figures: Mapping[str, Known] = {each.indicator.id: each for each in known}
    targets: Mapping[str, Standing] = {each.target.id: each for each in told}
    made = (
        trade(request, figures),
        [*corridor(request, figures, targets)],
        [*route(request, figures), *digital(request, figures)],
    )
    return [Sentence(_begun(list(clauses), request.locale.language)) for clauses in made if clauses]


def _begun(clauses: Sequence[tuple[str, str]], language: Language) -> tuple[tuple[str, str], ...]:
    """Begin with a capital, whichever clause comes first; that of a Turkish i has a dot."""
    (words, href), *others = clauses
    first = "İ" if language == "tr" and words.startswith("i") else words[0].upper()
    return ((first + words[1:], href), *others)


def paragraph(made: Sequence[Sentence]) -> Component:
    """Set the sentences as a list, each clause a link to its evidence."""
    return html.Ul([html.Li(_linked(each)) for each in made], className="told")


def _linked(sentence: Sentence) -> list[Content]:
    parts: list[Content] = []
    for words, href in sentence.clauses:
        parts += [html.A(words, href=href, **inside()), "; "]
    return [*parts[:-1], "."]
