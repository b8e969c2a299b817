"""All claims that are listed as one table: what was said, what we hold, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboards.claims import Comparison
from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.claims import words
from dashboards.components.claims.held import Judged
from dashboards.components.table import table
from dashboards.exhibit import FIGURES, Exhibit, figures
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from warehouse.catalog import Source

_MORE = (
    *("claim_id", "kind", "base_period", "speaker", "stated_on", "words", "language"),
    *("verdict", "how", "our_value", "our_low", "our_high", "our_scope", "our_period"),
    "our_source_id",
)
"""What the files of the register tell beside the figures of the speakers, which are its rows."""


def overview(
    request: Request, listed: Sequence[Judged], sources: Mapping[str, Source]
) -> html.Figure:
    """Show the claims that are listed, one row each, as the exhibit `claims`."""
    locale = request.locale
    data = pd.DataFrame([_row(each, locale) for each in listed], columns=[*FIGURES, *_MORE])
    used = dict.fromkeys([*data["source_id"], *data["our_source_id"].dropna()])
    exhibit = Exhibit(
        "claims",
        title=locale.text("What was said, and what the figures say"),
        subtitle=locale.text("each to the digits to which it was spoken"),
        summary=counted(listed, locale),
        data=figures(data, ""),
        sources=[sources[each] for each in used],
        remarks=[f"{each.claim.id}: {words.because(each, locale)}" for each in listed],
    )
    return chart(request, exhibit, twin=_table(exhibit, listed, locale))


def counted(listed: Sequence[Judged], locale: Locale) -> str:
    """Say how many claims got each verdict: ✓ agrees: 20; ≈ close: 2."""
    verdicts = [each.judgement.verdict for each in listed]
    return "; ".join(
        f"{words.SIGNS[each]} {locale.text(name)}: {verdicts.count(each)}"
        for each, name in words.VERDICTS.items()
        if each in verdicts
    )


def _table(exhibit: Exhibit, listed: Sequence[Judged], locale: Locale) -> html.Div:
    heads = [message("Statement"), message("Speaker"), message("Stated on")]
    heads += [message("Said"), message("Our figure"), message("Verdict")]
    rows: list[list[Content]] = [
        [
            html.A(each.claim.text[locale.language], href=f"#claim-{each.claim.id}"),
            words.speaker(each.claim, locale),
            locale.period(each.claim.stated_on),
            words.said(each.claim, locale),
            words.figure(each, best.ours, locale) if (best := each.judgement.best) else "",
            words.verdict(each.judgement.verdict, locale),
        ]
        for each in listed
    ]
    return table(exhibit.name, exhibit.title, [locale.text(head) for head in heads], rows)


def _row(each: Judged, locale: Locale) -> dict[str, Any]:
    claim, judgement = each.claim, each.judgement
    return {
        "series": claim.text[locale.language],
        "period": claim.period,
        "value": claim.value,
        "low": claim.low,
        "high": claim.high,
        "unit": claim.unit,
        "status": "stated",
        "source_id": claim.source.id,
        "vintage": claim.stated_on,
        "place": claim.place,
        "claim_id": claim.id,
        "kind": claim.kind,
        "base_period": claim.base_period,
        "speaker": claim.stated_by[locale.language],
        "stated_on": claim.stated_on,
        "words": claim.words,
        "language": claim.language,
        "verdict": judgement.verdict,
        "how": judgement.how or judgement.reason or None,
        **(_ours(judgement.best) if judgement.best else {}),
    }


def _ours(best: Comparison) -> dict[str, Any]:
    low, high = best.ours
    is_one = low == high
    return {
        "our_value": low if is_one else None,
        "our_low": None if is_one else low,
        "our_high": None if is_one else high,
        "our_scope": best.candidate.scope,
        "our_period": best.candidate.now.period,
        "our_source_id": best.candidate.now.source_id,
    }
