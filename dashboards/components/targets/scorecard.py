"""The scorecard: every target beside what happened, as an exhibit that files and briefings hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboards.components.targets.standing import Standing, standings
from dashboards.components.targets.words import OUTCOMES, amount, due, signed, stood
from dashboards.exhibit import FIGURES, Exhibit, figures, of_target
from dashboards.i18n import Locale
from dashboards.page import Request
from dashboards.progress.methods import METHODS
from warehouse.catalog import Observation, Source

MORE = (
    *("target_id", "indicator_id", "scope", "kind", "state", "outcome"),
    *("evidence_period", "evidence_value", "evidence_low", "evidence_high", "evidence_source_id"),
    *("latest_period", "latest_value", "latest_low", "latest_high", "latest_source_id"),
    *("closed_low", "closed_high", "needed_low", "needed_high"),
    *(f"{what}_{method}" for method in METHODS for what in ("ratio", "verdict")),
)
"""Columns of the scorecard after those of every exhibit; shares and growth are of one, a year."""


def known(request: Request) -> tuple[Standing, ...]:
    """How all targets stand on the day of the request, worked out once for a build."""
    return request.memory.recall(standings, request.warehouse)


def scorecard_exhibit(request: Request, chosen: Sequence[Standing] | None = None) -> Exhibit:
    """Gather targets, all of them or those chosen, each with its outcome, progress and evidence."""
    locale = request.locale
    told = known(request) if chosen is None else chosen
    rows = [_row(each, locale) for each in told]
    return Exhibit(
        "scorecard",
        title=locale.text("Targets and plans: what was promised, and what became of it"),
        subtitle=locale.text("One row for each target as it was stated; each in its own unit"),
        summary=tally_words(told, locale),
        data=figures(pd.DataFrame(rows, columns=[*FIGURES, *MORE]), ""),
        sources=list(_sources(told).values()),
    )


PROMISED = ("target", "plan", "hope")
"""Kinds of targets that somebody undertook to reach."""


def plans(told: Sequence[Standing]) -> list[Standing]:
    """The plans whose date has passed; what several speakers told is one plan, and the first speaks.

    Whoever forecasts promises nothing: forecasts are judged, and are no plans.
    """
    passed = [each for each in told if each.state == "passed" and each.target.kind in PROMISED]
    once = {
        (each.indicator.id, each.target.scope, each.target.due, each.target.span): each
        for each in reversed(passed)
    }
    return list(reversed(once.values()))


def tally(told: Sequence[Standing]) -> dict[str, int]:
    """Count the plans whose date has passed by what became of them, zeros included."""
    counted: Counter[str] = Counter(each.outcome.kind for each in plans(told))
    return {kind: counted[kind] for kind in OUTCOMES}


def tally_words(told: Sequence[Standing], locale: Locale) -> str:
    """Say the count: ✓ kept: 3; ~ kept late: 1; …."""
    return "; ".join(
        f"{signed(OUTCOMES, kind, locale)}: {locale.number(count)}"
        for kind, count in tally(told).items()
    )


def outcome_words(standing: Standing, locale: Locale) -> str:
    """Say what became of a plan whose date has passed, with the figure that shows it."""
    unit, became = standing.indicator.unit, standing.outcome
    said = signed(OUTCOMES, became.kind, locale)
    told = [each for each in (became.evidence, became.late_evidence) if each]
    if not told:
        return said
    return f"{said}: {'; '.join(stood(each, unit, locale) for each in told)}"


def evidence_of(standing: Standing) -> Observation | None:
    """The figure that shows what became of a plan; for one still open the newest."""
    became = standing.outcome
    if standing.state != "passed":
        return standing.latest
    return became.late_evidence if became.kind == "kept_late" else became.evidence


def promise(standing: Standing, locale: Locale) -> str:
    """What was promised by when: 5 days, 31 December 2023."""
    target = standing.target
    return f"{amount(target, target.unit, locale)}, {due(target, locale)}"


def _row(standing: Standing, locale: Locale) -> dict[str, Any]:
    target = standing.target
    needed = standing.needed(target.due) if standing.state == "open" and target.due else None
    closed = standing.closed()
    return {
        **of_target(target.title[locale.language], target),
        "unit": target.unit,
        "target_id": target.id,
        "indicator_id": target.indicator_id,
        "scope": target.scope,
        "kind": target.kind,
        "state": standing.state,
        "outcome": standing.outcome.kind,
        **_figure("evidence", evidence_of(standing) if standing.state == "passed" else None),
        **_figure("latest", standing.latest),
        **dict(zip(("closed_low", "closed_high"), closed or (None, None), strict=True)),
        **dict(zip(("needed_low", "needed_high"), needed or (None, None), strict=True)),
        **_judged(standing),
    }


def _figure(prefix: str, figure: Observation | None) -> dict[str, Any]:
    if figure is None:
        return {}
    names = ("period", "value", "low", "high")
    told = {f"{prefix}_{name}": getattr(figure, name) for name in names}
    return told | {f"{prefix}_source_id": figure.source.id}


def _judged(standing: Standing) -> dict[str, Any]:
    if standing.state != "open" or standing.target.due is None:
        return {}
    told: dict[str, Any] = {}
    for each in standing.judged(standing.target.due):
        low, high = each.ratios or (None, None)
        told[f"ratio_{each.method}"] = low if low == high else None
        told[f"verdict_{each.method}"] = "/".join(each.verdicts) or None
    return told


def _sources(told: Sequence[Standing]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for each in told:
        for stated in (each.target, evidence_of(each), each.latest):
            if stated is not None:
                found[stated.source.id] = stated.source
    return found
