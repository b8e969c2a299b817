"""What the clauses of the summary say: honest about peaks, sources, statuses and missing dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from dashboards.components.headlines import Known
from dashboards.components.summary.wording import amount, percent, quantity, when
from dashboards.components.targets.standing import Standing
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from dashboards.progress import change
from warehouse.catalog import FIRM, Observation, Source

Clauses = list[tuple[str, str]]

_TRADE = (
    message(
        "Kazakhstan's trade with its partners in the OTS grew from {first} in {since} to {last} in {until}"
    ),
    message(
        "Kazakhstan's trade with its partners in the OTS fell from {first} in {since} to {last} in {until}"
    ),
)
_OUTCOMES = {
    "kept": message("the plan of {target} by {due} was kept"),
    "kept_late": message("the plan of {target} by {due} was kept late"),
    "missed": message("the plan of {target} by {due} was missed: {evidence} in {period}"),
}
_CARRIED = (
    message("The Trans-Caspian route carried {last} in {until}, {share} more than in {since}"),
    message("The Trans-Caspian route carried {last} in {until}, {share} less than in {since}"),
)


def trade(request: Request, known: Mapping[str, Known]) -> Clauses:
    """From the base to the newest year, over what peak and low, by whose figures, and to what hope."""
    here = known.get("trade_turnover_ots")
    if here is None or here.base is None or here.base.period == here.latest.period:
        return []
    locale, unit = request.locale, here.indicator.unit
    way = [each for each in here.dated if each.period >= here.base.period]
    there = request.path("trade")
    grew = here.latest.bounds[0] >= here.base.bounds[0]
    moved = locale.text(
        _TRADE[0 if grew else 1],
        first=quantity(here.base, unit, locale),
        since=here.base.period,
        last=quantity(here.latest, unit, locale),
        until=here.latest.period,
    )
    clauses = [(moved + _firmness(here.latest, locale), there)]
    turn = turned(way)
    if turn and grew:
        peak, low = turn
        words = locale.text(
            "on the way it rose to {peak} in {peak_year} and fell to {low} in {low_year}",
            peak=quantity(peak, unit, locale),
            peak_year=peak.period,
            low=quantity(low, unit, locale),
            low_year=low.period,
        )
        clauses.append((words, there))
    return [*clauses, *_sources(way, locale, there), *_hope(request, here)]


def turned(way: Sequence[Observation]) -> tuple[Observation, Observation] | None:
    """The peak and the low after it between the two ends of a course; None where there are none.

    The low is the least figure that follows a higher one than the first; the peak is the highest before.
    """
    inner = way[1:-1]
    falls = [
        (peak, low)
        for low in inner
        for peak in [max(inner[: inner.index(low)], key=_middle, default=low)]
        if _middle(peak) > max(_middle(low), _middle(way[0]))
    ]
    # The deepest fall, from whichever peak it began.
    return max(falls, key=lambda each: _middle(each[0]) - _middle(each[1]), default=None)


def _middle(figure: Observation) -> float:
    return sum(figure.bounds) / 2


def _firmness(figure: Observation, locale: Locale) -> str:
    return "" if figure.status in FIRM else f" ({locale.status(figure.status)})"


def _sources(way: Sequence[Observation], locale: Locale, there: str) -> Iterator[tuple[str, str]]:
    """Where the source changes on the way: growth over it compares figures that are not of one kind."""
    runs = [list(run) for _source, run in groupby(way, key=lambda each: each.source.id)]
    for before, after in pairwise(runs):
        words = locale.text(
            "the figures of {since}–{last} are those of {before}, from {first} on those of {after}:"
            " the growth spans this change of source",
            since=before[0].period,
            last=before[-1].period,
            before=_named(before[0].source, locale),
            first=after[0].period,
            after=_named(after[0].source, locale),
        )
        yield words, there


def _named(source: Source, locale: Locale) -> str:
    """A source in few words."""
    if source.id in _SHORT:
        return locale.text(_SHORT[source.id])
    return source.publisher[locale.language]


_SHORT = {"wits": message("UN Comtrade through WITS")}


def _hope(request: Request, here: Known) -> Iterator[tuple[str, str]]:
    """A target without a date gets no verdict; the card tells what growth a date would ask for."""
    locale, target = request.locale, here.target
    if target is None or target.due is not None:
        return
    there = request.path(f"targets/{target.id}")
    aim = amount(target.span, here.indicator.unit, locale)
    yield locale.text("no date was given for the {target} that is hoped for", target=aim), there


def corridor(
    request: Request, known: Mapping[str, Known], told: Mapping[str, Standing]
) -> Iterator[tuple[str, str]]:
    """How long goods take across Kazakhstan, and what became of the plan to make it less."""
    here = known.get("transit_days_kazakhstan")
    if here is None or here.base is None:
        return
    locale, unit = request.locale, here.indicator.unit
    words = locale.text(
        "Goods cross Kazakhstan in {last} instead of {first} ({until})",
        first=quantity(here.base, unit, locale),
        last=quantity(here.latest, unit, locale),
        until=locale.text("as stated in {period}", period=when(here.latest.period, locale)),
    )
    yield words, request.path("corridor")
    standing = told.get(here.target.id) if here.target else None
    if standing is None or standing.target.due is None or standing.outcome.kind not in _OUTCOMES:
        return
    evidence = standing.outcome.late_evidence or standing.outcome.evidence
    if evidence is None:
        return
    target = standing.target
    words = locale.text(
        _OUTCOMES[standing.outcome.kind],
        target=quantity(target, unit, locale),
        due=when(target.due or "", locale),
        evidence=quantity(evidence, unit, locale),
        period=locale.period(evidence.period),
    )
    yield words, request.path(f"targets/{target.id}")
    again = _again(standing, list(told.values()))
    if again:
        words = locale.text(
            "the same is now promised for {due}", due=when(again.target.due or "", locale)
        )
        yield words, request.path(f"targets/{again.target.id}")


def _again(standing: Standing, told: Sequence[Standing]) -> Standing | None:
    """The newest target for the same thing whose date is still to come."""
    open_ones = [
        each
        for each in told
        if each.state == "open"
        and (each.target.indicator_id, each.target.scope, each.target.span)
        == (standing.target.indicator_id, standing.target.scope, standing.target.span)
    ]
    return max(open_ones, key=lambda each: each.target.stated_on, default=None)


def route(request: Request, known: Mapping[str, Known]) -> Iterator[tuple[str, str]]:
    """What the route carried, and how much more or less that is than before; of ranges nothing."""
    here = known.get("titr_volume")
    if here is None or len(here.dated) < 2:
        return
    locale, (before, last) = request.locale, here.dated[-2:]
    share, most = change(before.bounds, last.bounds)
    if share != most:
        return
    words = locale.text(
        _CARRIED[0 if share >= 0 else 1],
        last=quantity(last, here.indicator.unit, locale),
        until=last.period,
        share=percent(share, locale),
        since=before.period,
    )
    yield words + _firmness(last, locale), request.path("corridor")


def digital(request: Request, known: Mapping[str, Known]) -> Iterator[tuple[str, str]]:
    """How many adults pay digitally, and how many did at first."""
    here = known.get("digital_payments_adults")
    if here is None or here.base is None or here.base.period == here.latest.period:
        return
    locale, unit = request.locale, here.indicator.unit
    words = locale.text(
        "the share of adults in Kazakhstan who pay or are paid digitally went"
        " from {first} in {since} to {last} in {until}",
        first=quantity(here.base, unit, locale),
        since=here.base.period,
        last=quantity(here.latest, unit, locale),
        until=here.latest.period,
    )
    yield words, request.path("digital")
