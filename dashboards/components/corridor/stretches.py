"""The rows of the days by leg: a way's stretches in their order, then what is said of all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dashboards.components.corridor.chain import Division, Stretch
from dashboards.components.corridor.routes import mode
from dashboards.i18n import Locale
from warehouse.catalog import Observation, Span, Target, Text
from warehouse.queries.transit import Network


def stretch_rows(
    division: Division, network: Network, names: Mapping[str, Text], locale: Locale
) -> Iterator[dict[str, object]]:
    """A row per stretch in the order of the way; its days are missing where no source states them."""
    for stretch in division.stretches:
        name, said = stretch_name(stretch, network, locale), stretch.statement
        about = locale.name(names, said.scope) if said else None
        legs = " ".join(leg.id for leg in stretch.legs)
        yield {
            **_row(name, said.span if said else (None, None)),
            **(_evidence(said, locale) if said else {"source": ""}),
            "statement": about,
            "legs": legs,
            "whole": False,
        }


def whole_rows(
    division: Division, plans: Sequence[Target], names: Mapping[str, Text], locale: Locale
) -> Iterator[dict[str, object]]:
    """A row for all that is stated or planned of the way as one."""
    for said in division.whole:
        when = locale.period(said.period)
        name = locale.text("Whole way as stated, {period}", period=when)
        yield {
            **_row(name, said.span),
            **_evidence(said, locale),
            "statement": locale.name(names, said.scope),
            "whole": True,
        }
    for plan in plans:
        name = locale.text("Whole way as planned, {period}", period=locale.period(plan.stated_on))
        yield {
            **_row(name, plan.span),
            "period": plan.stated_on,
            "status": "stated",
            "source_id": plan.source.id,
            "vintage": plan.stated_on,
            "place": plan.place,
            "source": plan.source.publisher[locale.language],
            "statement": plan.title[locale.language],
            "whole": True,
        }


def _row(name: str, span: Span) -> dict[str, object]:
    return {"label": name, "series": name, "low": span[0], "high": span[1]}


def _evidence(said: Observation, locale: Locale) -> dict[str, object]:
    return {
        "period": said.period,
        "status": said.status,
        "source_id": said.source.id,
        "vintage": said.vintage,
        "place": said.place,
        "source": said.source.publisher[locale.language],
    }


def stretch_name(stretch: Stretch, network: Network, locale: Locale) -> str:
    """Name a stretch by its ends and the modes between them."""
    ends = (stretch.stops[0], stretch.stops[-1])
    places = " – ".join(network.nodes[each].name[locale.language] for each in ends)
    modes = ", ".join(dict.fromkeys(mode(leg.mode, locale) for leg in stretch.legs))
    return f"{places}, {modes}"
