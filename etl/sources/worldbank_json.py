"""The World Bank's Indicators interface, version 2: a page of figures of one series, as JSON."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from etl import rules
from etl.economies import Catalogue
from etl.formats.document import Document
from etl.formats.strict_json import Json, is_list, is_object, items, member, parsed, shown, text
from etl.refusals import Refusal
from etl.sources.findings import Findings
from etl.sources.reading import number_texts, observation_rows, refused, without_repeats
from etl.sources.source import Reading, Source
from etl.sources.worldbank_series import INDICATORS, UNITS, check_series, scopes
from warehouse import periods

_TABLE = "observation"
_STATUSES = {"": "final", "E": "estimate", "F": "estimate", "P": "preliminary"}
_ASK = "Ask again with format=json for a series of the World Development Indicators."
_AGAIN = "Fetch the page again; if it comes back the same, ask the publisher."


def recognises(document: Document) -> bool:
    """Whether the bytes look like a page of figures or a message of the interface."""
    content = document.content
    is_page = b'"countryiso3code"' in content and b'"indicator"' in content
    is_message = len(content) < 10_000 and b'"message"' in content and b'"key"' in content
    return content[:100].lstrip()[:1] == b"[" and (is_page or is_message)


def read(document: Document, economies: Catalogue) -> Reading:
    """Read the figures of one page; `edition` is the day on which the World Bank updated them.

    A page that is short of the rows that its first part promises is refused: it was cut.
    """
    answer = parsed(document)
    if isinstance(answer, Refusal):
        return refused(_TABLE, answer)
    faults = list(_answer_faults(document.name, answer))
    if faults:
        return refused(_TABLE, *faults)
    head, rows = answer[0], answer[1]
    figures = pd.DataFrame.from_records([_figure(row) for row in rows]).astype("str")
    updated = text(member(head, "lastupdated"))[:10]
    return _reading(
        document.name,
        figures.assign(row=range(1, len(figures) + 1)),
        economies,
        updated if periods.is_period(updated) else "",
    )


def _answer_faults(name: str, answer: Json) -> Iterator[Refusal]:
    head = answer[0] if is_list(answer) and answer else None
    for message in items(member(head, "message")):
        words = " ".join(text(member(message, part)) for part in ("id", "key", "value"))
        yield Refusal(name, 1, "message", words, "is a message in place of figures", _ASK)
    if member(head, "message") is not None:
        return
    if not is_object(head) or len(answer) != 2 or not (is_list(answer[1]) or answer[1] is None):
        reason = "is not a list of a page and its rows"
        yield Refusal(name, 1, "file", shown(answer), reason, _ASK)
    elif not answer[1]:
        yield Refusal(name, 1, "total", "0", "holds no figures for what was asked", _ASK)
    else:
        yield from _page_faults(name, head, answer[1])


def _page_faults(name: str, head: Json, rows: Json) -> Iterator[Refusal]:
    fields = ("page", "pages", "per_page", "total")
    cells = [text(member(head, field)) for field in fields]
    if not all(rules.WHOLE.holds(cell) for cell in cells):
        reason = "does not say which page of how many it is"
        yield Refusal(name, 1, "page", shown(head), reason, _AGAIN)
        return
    page, pages, per_page, total = map(int, cells)
    promised = min(per_page, total - per_page * (page - 1))
    if not 1 <= page <= pages or len(rows) != promised:
        reason = f"has {len(rows)} rows where page {page} of {pages} has {promised}"
        yield Refusal(name, 1, "total", str(total), reason, _AGAIN)
    for number, row in enumerate(rows, start=1):
        if not is_object(row):
            yield Refusal(name, number, "row", shown(row), "is no row of figures", _AGAIN)


def _figure(row: Json) -> dict[str, str]:
    # `country.id` is a code of two letters of the World Bank's own, of which others mean other things.
    value = member(row, "value")
    return {
        "series": text(member(row, "indicator", "id")),
        "series_name": text(member(row, "indicator", "value")),
        "countryiso3code": text(member(row, "countryiso3code")),
        "name": text(member(row, "country", "value")),
        "date": text(member(row, "date")),
        "value": "" if value is None else shown(value),
        "status": text(member(row, "obs_status")),
    }


def _reading(name: str, figures: pd.DataFrame, economies: Catalogue, edition: str) -> Reading:
    findings = Findings(name, figures["row"])
    is_known = check_series(findings, "indicator", figures["series"], figures["series_name"])
    scope = scopes(findings, economies, figures["countryiso3code"], figures["name"])
    is_year = figures["date"].map(periods.is_year)
    findings.refuse("date", figures["date"], ~is_year, "is not a year", "Ask for annual figures.")
    status = figures["status"].map(_STATUSES)
    findings.refuse("obs_status", figures["status"], status.isna(), "is not known here", _AGAIN)
    value = number_texts(figures["value"])
    findings.refuse("value", figures["value"], value.isna(), "is not a number", _AGAIN)
    is_kept = is_known & (scope != "") & value.fillna("").ne("")
    kept = figures[is_kept]
    rows = observation_rows(
        indicator=kept["series"].map(INDICATORS),
        scope=scope[is_kept],
        period=kept["date"],
        value=value[is_kept],
        unit=kept["series"].map(UNITS),
        status=status[is_kept].fillna(""),
        source="wdi",
        place="series " + kept["series"] + ", economy " + scope[is_kept] + ", " + kept["date"],
        row=kept["row"],
    )
    rows, repeated = without_repeats(name, _TABLE, rows)
    refusals = (*findings.refusals, *repeated)
    return Reading(_TABLE, rows, refusals, edition, passed_over=findings.sentences())


WORLD_BANK_JSON = Source(
    "worldbank-json", "World Bank Indicators v2: a page of one series, JSON", recognises, read
)
