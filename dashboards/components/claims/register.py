"""One claim of the register: the words, our figure, the verdict and why, and all that was tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.claims import Candidate, Comparison
from dashboards.components import Content, inside
from dashboards.components.claims import words
from dashboards.components.claims.held import Judged
from dashboards.components.evidence import definition_list, quote, source_links
from dashboards.components.table import table
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from warehouse.catalog import FIRM, Claim, Source, Text

PATH = "claims"
"""Where the register stands, after the language."""

_POPULATIONS: Mapping[str, str] = {
    "digital_payments_adults": message(
        "The survey asks adults aged 15 and over; the words speak of the population."
    ),
}
"""Indicators whose figures are of other people than those of whom speakers speak."""


class Register:
    """Makes the entries of the register: what they share is asked once."""

    def __init__(
        self,
        request: Request,
        listed: Sequence[Judged],
        names: Mapping[str, Text],
        sources: Mapping[str, Source],
    ) -> None:
        """Take the claims that are listed, the names of scopes and economies, and the sources, by id."""
        self.request, self.names, self.sources = request, names, sources
        self.locale: Locale = request.locale
        self.listed = listed

    def entries(self) -> html.Div:
        """Lay the claims out one after the other, in two columns where there is room."""
        return html.Div([self.entry(each) for each in self.listed], className="charts")

    def entry(self, each: Judged) -> html.Article:
        """Lay a claim out as `claim-<id>`, its verdict in `data-verdict`."""
        claim, locale = each.claim, self.locale
        return html.Article(
            [
                html.H2(claim.text[locale.language]),
                quote(claim, locale),
                html.P(
                    [
                        html.Strong(words.verdict(each.judgement.verdict, locale)),
                        ". ",
                        words.because(each, locale),
                    ],
                    className="verdict",
                ),
                *self._arithmetic(each),
                definition_list(self._facts(each)),
                *(html.P(note, className="quiet") for note in self._notes(each)),
                *self._others(each),
                *self._tried(each),
            ],
            id=f"claim-{claim.id}",
            className="chart claim",
            **_data(each.judgement.verdict),
        )

    def _facts(self, each: Judged) -> list[tuple[str, Content]]:
        """What was said beside what we hold, of what, of when and whose."""
        claim, best, locale = each.claim, each.judgement.best, self.locale
        there = self.request.path(f"data/{each.indicator.id}")
        title = each.indicator.title[locale.language]
        when = words.period(
            claim.period, claim.base_period if claim.kind == "ratio" else None, locale
        )
        facts: list[tuple[str, Content]] = [
            (locale.text("Measured as"), html.A(title, href=there, **inside())),
            (locale.text("Said"), f"{words.said(claim, locale)}, {when}"),
        ]
        if best is None:
            return facts
        part = best.candidate.now
        return [
            *facts,
            (locale.text("Our figure"), self._ours(each, best)),
            (
                locale.text("Scope"),
                words.about(best.candidate, each, self.names, locale),
            ),
            (locale.text("Source"), self._source(best.candidate)),
            (locale.text("Place in the source"), html.Span(part.place, lang="en")),
        ]

    def _ours(self, each: Judged, of: Comparison) -> str:
        locale, now = self.locale, of.candidate.now
        when = words.period(now.period, of.candidate.since, locale)
        status = "" if now.status in FIRM else f"; {locale.status(now.status)}"
        return f"{words.figure(each, of.ours, locale)}, {when}{status}"

    def _source(self, candidate: Candidate) -> html.Span:
        """Link to whose figure it is; for a ratio to both where they are two."""
        parts = [part for part in (candidate.now, candidate.base) if part]
        found = [self.sources[key] for key in dict.fromkeys(part.source_id for part in parts)]
        return html.Span(source_links(found, self.locale))

    def _arithmetic(self, each: Judged) -> list[Component]:
        """The division behind a ratio, in the speaker's numbers and in ours."""
        judgement, locale = each.judgement, self.locale
        lines = [
            (message("In the speaker's own numbers: {division}."), judgement.spoken),
            (message("In our figures: {division}."), judgement.best),
        ]
        return [
            html.P(
                locale.text(text, division=words.arithmetic(comparison, each, locale)),
                className="arithmetic",
            )
            for text, comparison in lines
            if comparison and words.arithmetic(comparison, each, locale)
        ]

    def _notes(self, each: Judged) -> list[str]:
        """What the verdict does not say: another definition, another population, words for words."""
        claim, best, locale = each.claim, each.judgement.best, self.locale
        if best is None:
            return []
        notes = []
        own = next((one for one in each.judgement.tried if _is_own(each, one)), None)
        if own and best.candidate.scope != claim.scope and words.reproduced(each.judgement):
            notes.append(
                locale.text(
                    "Counted by the definition “{definition}” it would be {value}.",
                    definition=locale.name(self.names, claim.scope),
                    value=words.figure(each, own.ours, locale),
                )
            )
        if best.candidate.now.status == "stated":
            notes.append(locale.text("Our figure is itself a statement, not a measurement."))
        elsewhere = [
            locale.text(
                "The same number was told of other end points: {scope} ({period}).",
                scope=locale.name(self.names, one.candidate.scope),
                period=locale.period(one.candidate.now.period),
            )
            for one in each.judgement.tried
            if one.candidate.reason == "end_points" and one.ours == claim.span
        ]
        notes += dict.fromkeys(elsewhere)
        if claim.indicator_id in _POPULATIONS:
            notes.append(locale.text(_POPULATIONS[claim.indicator_id]))
        return notes

    def _others(self, each: Judged) -> list[Component]:
        """Links to what others said of the same thing and time."""
        locale = self.locale
        if not each.others:
            return []
        items = [
            html.Li(
                [
                    html.A(other.text[locale.language], **self._link(other)),
                    f" {words.speaker(other, locale)} ({locale.period(other.stated_on)}).",
                ]
            )
            for other in each.others
        ]
        return [html.P(locale.text("What others said of it:")), html.Ul(items)]

    def _link(self, other: Claim) -> dict[str, Any]:
        """Where another claim stands: on this view, or else on the whole register."""
        here = f"#claim-{other.id}"
        if any(other.id == each.claim.id for each in self.listed):
            return {"href": here}
        return {"href": f"{self.request.path(PATH)}{here}", **inside()}

    def _tried(self, each: Judged) -> list[Component]:
        """Every figure that the claim was held against, and what came of it, folded away."""
        locale, tried = self.locale, each.judgement.tried
        if not tried:
            return []
        heads = [message("Scope"), message("Period"), message("Our figure")]
        heads += [message("Off by"), message("Verdict"), message("Source")]
        legend = locale.text("All figures that it was held against")
        # Regions are told apart by their names.
        caption = f"{legend}: {each.claim.text[locale.language]}"
        rows: list[list[Content]] = [
            [
                words.about(one.candidate, each, self.names, locale),
                words.period(one.candidate.now.period, one.candidate.since, locale),
                words.figure(each, one.ours, locale),
                "" if one.candidate.reason else words.off(each.claim, one.ours, locale),
                words.verdict(one.verdict, locale),
                self._source(one.candidate),
            ]
            for one in tried
        ]
        shown = table(f"tried-{each.claim.id}", caption, [locale.text(h) for h in heads], rows)
        return [html.Details([html.Summary(f"{legend} ({len(tried)})"), shown])]


def _is_own(each: Judged, one: Comparison) -> bool:
    return one.candidate.scope == each.claim.scope and not one.candidate.reason


def _data(verdict: str) -> dict[str, Any]:
    return {"data-verdict": verdict}
