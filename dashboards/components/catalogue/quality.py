"""What to mind about figures: how firm, how complete, how far sources agree; each mark with its rule."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.table import table
from dashboards.i18n import Locale
from dashboards.messages import message
from warehouse.queries.quality import CONFLICT, Quality

_FIRM = message(
    "Of the figures of the preferred sources, how many are final, or as stated; the others may change."
)
_COMPLETE = message(
    "Years without a figure between the first and the last of each yearly series of the preferred sources."
)
_AGREED = message(
    "Of the figures that more than one source gives of the same thing and period, how many differ by"
    " more than {share} of the largest."
)
_RECORDED = message("Errors that are recorded here, each with what is wrong.")


def marks_table(quality: Quality | None, locale: Locale) -> Component:
    """Judge by four marks, in words, numbers and with the rule; without figures nothing is judged."""
    heading = html.H2(locale.text("Quality marks"))
    if quality is None:
        words = locale.text("There is no figure of the whole to judge.")
        return html.Section([heading, html.P(words, className="quiet")], className="chart")
    heads = [locale.text(head) for head in _HEADS]
    rows = [_firm(quality, locale), _gaps(quality, locale)]
    rows += [_agreement(quality, locale), _errors(quality, locale)]
    return html.Section(
        [heading, table("quality", locale.text("Quality marks"), heads, rows)], className="chart"
    )


_HEADS = (message("Mark"), message("Judgement"), message("Finding"))


def _judgement(locale: Locale, *, is_good: bool | None) -> str:
    """A sign and a word; None where there is nothing to judge."""
    if is_good is None:
        return "– " + locale.text("nothing to judge")
    return "✓ " + locale.text("in order") if is_good else "! " + locale.text("to be minded")


def _firm(quality: Quality, locale: Locale) -> list[Content]:
    statuses = quality.statuses or {}
    firm = statuses.get("final", 0) + statuses.get("stated", 0)
    others = [
        f"{locale.status(status)}: {locale.number(count)}"
        for status, count in statuses.items()
        if count and status not in {"final", "stated"}
    ]
    found = locale.text("firm: {part}", part=_of(firm, quality.figures, locale))
    return [
        locale.text("Firmness"),
        _judgement(locale, is_good=firm == quality.figures),
        _finding("; ".join([found, *others]), locale.text(_FIRM)),
    ]


def _gaps(quality: Quality, locale: Locale) -> list[Content]:
    words = (
        locale.text("missing: {part}", part=_of(quality.gaps, quality.years, locale))
        if quality.years
        else locale.text("no yearly series")
    )
    return [
        locale.text("Completeness"),
        _judgement(locale, is_good=not quality.gaps if quality.years else None),
        _finding(words, locale.text(_COMPLETE)),
    ]


def _agreement(quality: Quality, locale: Locale) -> list[Content]:
    words = (
        locale.text("apart: {part}", part=_of(quality.conflicts, quality.compared, locale))
        if quality.compared
        else locale.text("no figure by more than one source")
    )
    share = locale.text("{value}%", value=locale.number(CONFLICT * 100, 1))
    return [
        locale.text("Agreement of sources"),
        _judgement(locale, is_good=not quality.conflicts if quality.compared else None),
        _finding(words, locale.text(_AGREED, share=share)),
    ]


def _errors(quality: Quality, locale: Locale) -> list[Content]:
    return [
        locale.text("Known errors"),
        _judgement(locale, is_good=not quality.issues),
        _finding(locale.number(quality.issues), locale.text(_RECORDED)),
    ]


def _finding(words: str, rule: str) -> Component:
    return html.Div([words, html.P(rule, className="source")])


def _of(count: int, whole: int, locale: Locale) -> str:
    share = 100 * count / whole
    # A few of very many are not none.
    decimals = 1 if 0 < min(share, 100 - share) < 1 else 0
    return locale.text(
        "{count} of {whole} ({share})",
        count=locale.number(count),
        whole=locale.number(whole),
        share=locale.quantity(share, share, "percent", decimals),
    )
