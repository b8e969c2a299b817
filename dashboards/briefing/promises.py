"""What became of promises and of numbers that were said: the verdicts of a briefing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboards.briefing.facts import aim, figure
from dashboards.briefing.maker import Maker
from dashboards.briefing.model import Cell, Entry, Section, Table, Verdict
from dashboards.components.claims import words
from dashboards.components.claims.held import Judged
from dashboards.components.headlines import NO_TARGET, Known
from dashboards.components.targets.scorecard import evidence_of, outcome_words, plans, tally_words
from dashboards.components.targets.standing import Standing
from dashboards.components.targets.words import (
    ASSUMED,
    METHODS,
    UNDATED,
    due_year,
    rates,
    verdict_words,
    why_not,
)
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.progress.methods import Spread

_ROWS = 9
"""So many rows are told on one sheet; the pages of targets and claims have them all."""


def verdict(maker: Maker, known: Known, *, brief: bool = False) -> Verdict:
    """Say what became of a headline's target, what each method says of it, or why there is no verdict.

    In `brief` the verdicts are told without the names of the methods that give them.
    """
    locale, target = maker.locale, known.target
    if target is None:
        return Verdict(f"verdict:{known.indicator.id}", "no_target", locale.text(NO_TARGET))
    standing = next(each for each in maker.standings if each.target.id == target.id)
    verdict_id = f"verdict:{target.id}"
    if standing.state == "passed":
        return Verdict(verdict_id, standing.outcome.kind, outcome_words(standing, locale))
    if target.due is None:
        said = [locale.text(UNDATED), *_growth(standing, ASSUMED[1:3], locale)]
        return Verdict(verdict_id, "no_date", "\n".join(said))
    judged = standing.judged(target.due)
    if not judged:
        return Verdict(verdict_id, "no_verdict", locale.text(why_not(standing)))
    key = " ".join(f"{each.method}={each.worst or '-'}/{each.best or '-'}" for each in judged)
    said = [_by_all(judged, locale)] if brief else list(_by_each(judged, locale))
    return Verdict(
        verdict_id, key, "\n".join([*said, *_growth(standing, (due_year(target),), locale)])
    )


def _by_each(judged: Sequence[Spread], locale: Locale) -> Iterator[str]:
    for each in judged:
        yield f"{locale.text(METHODS[each.method])}: {verdict_words(each, locale)}"


def _by_all(judged: Sequence[Spread], locale: Locale) -> str:
    """The verdicts of the methods that give one, each verdict once."""
    told = dict.fromkeys(verdict_words(each, locale) for each in judged if each.method != "escap")
    return locale.text("By three methods: {verdicts}", verdicts="; ".join(told))


def scorecard(maker: Maker) -> Iterator[Section]:
    """The plans whose date has passed: those of the headlines first, then the last ones with evidence."""
    locale = maker.locale
    topics = {each.indicator.topic for each in maker.headlines}
    passed = plans([each for each in maker.standings if each.indicator.topic in topics])
    if not passed:
        return
    headlines = {(each.indicator.id, each.scope) for each in maker.headlines}
    last_first = sorted(passed, key=lambda each: each.target.due or "", reverse=True)
    ranked = sorted(
        last_first,
        key=lambda each: (
            (each.target.indicator_id, each.target.scope) not in headlines,
            evidence_of(each) is None,
        ),
    )
    heads = (message("Target"), message("Promised"), message("What happened"), message("Verdict"))
    yield maker.section(
        "scorecard",
        locale.text("Plans whose date has passed"),
        tally_words(passed, locale),
        Table(
            tuple(map(locale.text, heads)),
            tuple(_plan(each, maker) for each in ranked[:_ROWS]),
            (0.36, 0.22, 0.22, 0.2),
        ),
        remarks=_more(len(ranked) - _ROWS, locale),
    )


def claims(maker: Maker) -> Iterator[Section]:
    """Numbers that were said of the headlines: those to be careful with first."""
    locale = maker.locale
    ids = {each.indicator.id for each in maker.headlines}
    found = [each for each in maker.judged if each.claim.indicator_id in ids]
    if not found:
        return
    careful = ("differs", "close", "agrees", "not_comparable")
    ranked = sorted(found, key=lambda each: careful.index(each.judgement.verdict))
    heads = (message("Statement"), message("Said"), message("Our figure"), message("Verdict"))
    yield maker.section(
        "claims",
        locale.text("What was said, and what the figures say"),
        _counted(found, locale),
        Table(
            tuple(map(locale.text, heads)),
            tuple(_claim(each, maker) for each in ranked[:_ROWS]),
            (0.38, 0.16, 0.18, 0.28),
        ),
        remarks=_more(len(ranked) - _ROWS, locale),
    )


def _growth(standing: Standing, years: Sequence[str], locale: Locale) -> Iterator[str]:
    for year in years:
        needed = standing.needed(year)
        if needed and not standing.is_reached:
            label = locale.text("Growth a year needed, to {year}", year=year)
            yield f"{label}: {rates(needed, locale)}"


def _plan(standing: Standing, maker: Maker) -> tuple[Entry, ...]:
    locale, target = maker.locale, standing.target
    told = evidence_of(standing)
    name = target.title[locale.language]
    return (
        name,
        aim(target, f"{name}: {locale.text('Target')}", locale),
        figure(told, standing.indicator, name, locale, name=f"{told.period}:{target.id}")
        if told
        else "",
        Verdict(f"verdict:{target.id}", standing.outcome.kind, outcome_words(standing, locale)),
    )


def _claim(each: Judged, maker: Maker) -> tuple[Entry, ...]:
    locale, claim, best = maker.locale, each.claim, each.judgement.best
    name = claim.text[locale.language]
    said = Cell(
        value=claim.value,
        low=claim.low,
        high=claim.high,
        id=f"claim:{claim.id}",
        label=name,
        text=words.said(claim, locale),
        unit=claim.unit,
        period=claim.period,
        when=locale.period(claim.period),
        status="stated",
        source_id=claim.source.id,
        vintage=claim.stated_on,
        place=claim.place,
    )
    because = words.because(each, locale)
    told = f"{words.verdict(each.judgement.verdict, locale)}. {because}"
    key = f"{each.judgement.verdict} {each.judgement.how or each.judgement.reason}".strip()
    return (
        f"{name} ({words.speaker(claim, locale)})",
        said,
        _ours(each, locale) if best else "",
        Verdict(f"verdict:claim:{claim.id}", key, told),
    )


def _ours(each: Judged, locale: Locale) -> Entry:
    best = each.judgement.best
    if best is None:
        return ""
    low, high = best.ours
    is_one, now = low == high, best.candidate.now
    return Cell(
        value=low if is_one else None,
        low=None if is_one else low,
        high=None if is_one else high,
        id=f"claim:{each.claim.id}:ours",
        label=each.claim.text[locale.language],
        text=words.figure(each, best.ours, locale),
        unit=each.claim.unit,
        period=now.period,
        when=locale.period(now.period),
        status=now.status,
        source_id=now.source_id,
        vintage=now.vintage,
        place=now.place,
    )


def _counted(found: Sequence[Judged], locale: Locale) -> str:
    verdicts = [each.judgement.verdict for each in found]
    return "; ".join(
        f"{words.verdict(each, locale)}: {verdicts.count(each)}"
        for each in words.VERDICTS
        if each in verdicts
    )


def _more(count: int, locale: Locale) -> list[str]:
    if count <= 0:
        return []
    said = locale.text("and {more} more", more=count)
    return [said]
