"""What kinds of targets, outcomes, methods and verdicts are called, and what each formula is."""

from __future__ import annotations

from collections.abc import Mapping

from dashboards.components.evidence import dated
from dashboards.components.targets.standing import FEWEST, Standing
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.progress.methods import Spread
from warehouse import periods
from warehouse.catalog import Amount, Observation, Target

KINDS: Mapping[str, str] = {
    "target": message("target"),
    "plan": message("plan"),
    "hope": message("hope"),
    "estimate": message("estimate"),
    "projection": message("projection"),
}

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "kept": ("✓", message("kept")),
    "kept_late": ("~", message("kept late")),
    "missed": ("✗", message("missed")),
    "no_evidence": ("?", message("no evidence")),
}
"""What may become of a plan whose date has passed: a sign and a word, so that no colour is needed."""

METHODS: Mapping[str, str] = {
    "cagr": message("Growth rates (Eurostat, Open SDG)"),
    "unsd": message("Expected value (UN Statistics Division)"),
    "linear": message("Linear pace (SDG Index)"),
    "escap": message("Current status (UN ESCAP)"),
}

FORMULAS: Mapping[str, str] = {
    "cagr": message(
        "Yearly growth so far ÷ yearly growth needed from base to target; at least 0.95 is on track,"
        " 0.60 moderate, above 0 limited (Eurostat; Open SDG, progress methodology)"
    ),
    "unsd": message(
        "(value expected in the due year at the growth so far − base) ÷ (target − base); at least 0.95"
        " is on track, 0.10 moderate (UNSD, SDG Progress Chart, technical note)"
    ),
    "linear": message(
        "Change a year so far ÷ change a year needed from base to target; at least 1 is on track,"
        " 0.50 moderate (in the style of the SDG Index, over the whole period)"
    ),
    "escap": message(
        "10 × (latest − base) ÷ (target − base): a status from 0 to 10 and no verdict"
        " (UN ESCAP, Current Status Index)"
    ),
}

VERDICTS: Mapping[str, tuple[str, str]] = {
    "achieved": ("✓", message("achieved")),
    "on_track": ("✓", message("on track")),
    "moderate": ("~", message("moderate progress")),
    "limited": ("~", message("limited progress")),
    "stagnating": ("✗", message("stagnating")),
    "away": ("✗", message("moving away")),
}

REACHED = message("The latest figure reaches it.")
UNDATED = message("No verdict: nobody has said by when.")
NO_FIGURE = message("No figure of this is known as it is defined here.")
NO_VERDICT = message("No verdict without a figure.")
ONE_FIGURE = message("No verdict: there is one figure only, and so no way that was gone.")
ASSUMED = ("2027", "2030", "2035", "2040")
"""Years that nobody has named, by which growth is told for a target without a date; narrow places
take fewer."""

TOO_FEW = message("No verdict by a method: two figures are one step and no way.")
NO_WAY = message("No verdict: from these figures no way can be judged.")
NO_BASE = message("No verdict by a method: what it began from has no date.")

_MOST = 100
"""Ratios above are told as more than this: small beginnings make them huge, and they say no more."""


def why_not(standing: Standing) -> str:
    """Why no method can judge a dated target: a message to translate."""
    if standing.latest is None:
        return NO_VERDICT
    if standing.base is None or periods.parse(standing.base.period).is_open:
        return NO_BASE
    if standing.base == standing.latest:
        return ONE_FIGURE
    return TOO_FEW if len(standing.dated) < FEWEST else NO_WAY


def is_told(judged: Spread) -> bool:
    """Whether a method says anything: a ratio or a verdict."""
    return judged.ratios is not None or bool(judged.worst)


def signed(words: Mapping[str, tuple[str, str]], key: str, locale: Locale) -> str:
    """A sign and a word: ✗ missed."""
    sign, word = words[key]
    return f"{sign} {locale.text(word)}"


def verdict_words(judged: Spread, locale: Locale) -> str:
    """Say a verdict; two where a range leaves it open, a status where the method gives no verdict."""
    if judged.ratios is None and not judged.verdict:
        return locale.text("cannot be computed")
    if judged.method == "escap" and judged.ratios:
        # The scale ends at the target; what is past it has all of it.
        low, high = (min(max(end, 0.0), 10.0) for end in judged.ratios)
        return locale.text("{status} of 10", status=locale.range(low, high, 1))
    named = [signed(VERDICTS, each, locale) for each in judged.verdicts]
    return " / ".join(named) or locale.text("no verdict")


def ratio_words(judged: Spread, locale: Locale) -> str:
    """Write the ratio behind a verdict, a range where its ends differ."""
    if judged.ratios is None:
        return ""
    low, high = judged.ratios
    if high > _MOST:
        return f">\u00a0{locale.number(_MOST)}"
    return locale.range(low, high, 2)


def amount(figure: Amount, unit: str, locale: Locale) -> str:
    """Write a figure or a target with its unit."""
    return locale.quantity(*figure.span, unit)


def stood(figure: Observation, unit: str, locale: Locale) -> str:
    """Write a figure with its period and what it lacks in firmness: US$ 13.01 bn (2025, preliminary)."""
    written, period = amount(figure, unit, locale), dated(figure, locale)
    # A period without a beginning has brackets of its own.
    is_open = periods.parse(figure.period).is_open
    return f"{written}, {period}" if is_open else f"{written} ({period})"


def due(target: Target, locale: Locale) -> str:
    """Say by when a target was to be met, or that nobody said."""
    return locale.period(target.due) if target.due else locale.text("no date given")


def due_year(target: Target) -> str:
    """The year of a due date; empty where there is none."""
    return str(periods.parse(target.due).end.year) if target.due else ""


def rates(span: tuple[float, float], locale: Locale) -> str:
    """Write growth a year, a share of one, as a signed percentage with one decimal."""
    return locale.change(*span, 1)
