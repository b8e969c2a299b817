"""What verdicts on claims are called, why they are given, and how the numbers of a claim are written."""

from __future__ import annotations

from collections.abc import Mapping

from dashboards import units
from dashboards.claims import (
    Candidate,
    Comparison,
    How,
    Judgement,
    Reason,
    Verdict,
    missed,
    quantum,
)
from dashboards.components.claims.held import PAIR, Judged
from dashboards.i18n import Locale
from dashboards.messages import message
from warehouse.catalog import Claim, Span, Text

SIGNS: Mapping[str, str] = {"agrees": "✓", "close": "≈", "differs": "✗", "not_comparable": "⊘"}
VERDICTS: Mapping[str, str] = {
    "agrees": message("agrees"),
    "close": message("close"),
    "differs": message("differs"),
    "not_comparable": message("not comparable"),
}
_HOW: Mapping[How, str] = {
    "exact": message("Our figure is the same number."),
    "rounded": message("Our figure, {ours}, rounds to it."),
    "truncated": message("Our figure, {ours}, cut short gives it; rounded, it would be {rounded}."),
    "bound": message("Our figure, {ours}, bears it out."),
}
_NEAR = message("What was said is {share} off our figure, {ours}.")
_SHORT = message("Our figure, {ours}, falls short of it.")
_BEYOND = message("Our figure, {ours}, goes beyond it.")
_WHY_NOT: Mapping[Reason, str] = {
    "end_points": message("What else is known is about other end points."),
    "end_points_unnamed": message(
        "The end points are not named, so no other figure is known to be of the same journey."
    ),
    "scope": message("What else is known counts other cargo."),
    "no_figure": message("No other figure of this is held here."),
}
_EXACT = {"USD": 3, "million USD": 1}
"""Decimals of amounts beside which a claim is set, at least, by the unit in which they are shown."""
_RATIO = 2
_BILLION = 1_000_000_000
_REPORTED = message("reported by {economy}")


def verdict(of: Verdict, locale: Locale) -> str:
    """Name a verdict, with its sign."""
    return f"{SIGNS[of]} {locale.text(VERDICTS[of])}"


def because(each: Judged, locale: Locale) -> str:
    """Say in a sentence why the verdict is what it is."""
    judgement, claim = each.judgement, each.claim
    best = judgement.best
    if best is None:
        return locale.text(_WHY_NOT[judgement.reason])
    ours = figure(each, best.ours, locale)
    if judgement.how:
        return locale.text(_HOW[judgement.how], ours=ours, rounded=_rounded(each, best, locale))
    if is_bound(claim):
        return locale.text(_BEYOND if claim.low is None else _SHORT, ours=ours)
    return locale.text(_NEAR, share=off(claim, best.ours, locale), ours=ours)


def why_not(reason: Reason, locale: Locale) -> str:
    """Say why a figure is not compared; nothing of one that is."""
    return locale.text(_WHY_NOT[reason]) if reason else ""


def off(claim: Claim, ours: Span, locale: Locale) -> str:
    """Write by how much what was said is above our figure or below it; of a bound nothing is off."""
    if is_bound(claim):
        return ""
    return locale.change(*missed(claim, ours), 1)


def is_bound(claim: Claim) -> bool:
    """Whether a claim has one end only: "at least" or "at most"."""
    return claim.value is None and None in {claim.low, claim.high}


def said(claim: Claim, locale: Locale) -> str:
    """Write the number of a claim to the digits to which it was spoken."""
    return locale.quantity(*claim.span, _unit(claim), _decimals(claim))


def figure(each: Judged, span: Span, locale: Locale) -> str:
    """Write a figure beside a claim, in the claim's unit and more exactly than was spoken."""
    claim = each.claim
    unit, spoken = _unit(claim), _decimals(claim)
    if unit in units.DOLLARS:
        return locale.quantity(*span, unit, max(_EXACT[unit], spoken + 1))
    if unit == "ratio" and not _is_whole(span):
        return locale.quantity(*span, unit, _RATIO)
    return locale.quantity(*span, unit)


def arithmetic(comparison: Comparison, each: Judged, locale: Locale) -> str:
    """Write a ratio as a division: 12.9 ÷ 4.5 = 2.87; nothing where there is none."""
    candidate = comparison.candidate
    if candidate.base is None:
        return ""
    up = each.indicator.direction == "up"
    upper, lower = (candidate.now, candidate.base) if up else (candidate.base, candidate.now)
    terms = [_term(part.span, each.indicator.unit, locale) for part in (upper, lower)]
    times = locale.range(*comparison.ours, 0 if _is_whole(comparison.ours) else _RATIO)
    return f"{terms[0]} ÷ {terms[1]} = {times}"


def about(candidate: Candidate, each: Judged, names: Mapping[str, Text], locale: Locale) -> str:
    """Name what a figure is of: a definition, a route, a way to count, or by whose reports."""
    name = locale.name(names, candidate.scope)
    return locale.text(_REPORTED, economy=name) if each.claim.indicator_id == PAIR else name


def period(now: str, base: str | None, locale: Locale) -> str:
    """Write when a number is of; of a ratio from when to when."""
    return " → ".join(locale.period(each) for each in (base, now) if each)


def speaker(claim: Claim, locale: Locale) -> str:
    """Name who spoke, without the office."""
    return claim.stated_by[locale.language].partition(",")[0]


def reproduced(judgement: Judgement) -> bool:
    """Whether some figure gives the number that was said."""
    return judgement.verdict == "agrees" and judgement.best is not None


def _rounded(each: Judged, best: Comparison, locale: Locale) -> str:
    """Our figure at the precision spoken, as rounding would have it."""
    return locale.quantity(*best.ours, _unit(each.claim), _decimals(each.claim))


def _decimals(claim: Claim) -> int:
    """How many decimals the number of a claim was spoken with, in the unit in which it is shown."""
    unit = _unit(claim)
    size = units.DOLLARS[unit][0] if unit in units.DOLLARS else 1
    steps = [quantum(end, claim.words) / size for end in claim.bounds]
    return max(0, *(-int(step.normalize().as_tuple().exponent) for step in steps))


def _unit(claim: Claim) -> str:
    """The unit in which a claim is shown: of dollars millions where it is less than a billion."""
    return "million USD" if claim.unit == "USD" and max(claim.bounds) < _BILLION else claim.unit


def _is_whole(span: Span) -> bool:
    return all(end is None or float(end).is_integer() for end in span)


def _term(span: Span, unit: str, locale: Locale) -> str:
    shown = [None if end is None else locale.shown(end, unit) for end in span]
    known = [end for end in shown if end is not None]
    places = _EXACT[unit] if unit == "USD" and any(round(end, 1) != end for end in known) else None
    if places is None:
        places = units.decimals("", known[0], known[-1])
    return locale.range(shown[0], shown[1], places)
