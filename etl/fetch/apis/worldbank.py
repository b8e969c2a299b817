"""World Bank Indicators v2: the series of the WDI that give trade its context.

Errors arrive with status 200, as `[{"message": […]}]` or as XML; figures as `[page, rows]`, where a
missing figure is a row with the value null and an unknown pair of codes is `[page, null]`.
https://datahelpdesk.worldbank.org/knowledgebase/articles/889392
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.fetch.apis.api import Answer, Api, Question, Wanted, indivisible, not_asked
from etl.fetch.apis.bodies import parsed, said, shape
from etl.sources.worldbank_series import SERIES

_PER_PAGE = 1000
"""Seven economies in a hundred years are 700 rows: one page, unless the publisher makes it smaller."""
_MOST_PAGES = 100


def _questions(wanted: Wanted) -> Iterator[Question]:
    countries = ";".join(wanted.economies)
    for series in SERIES:
        yield Question(
            f"/v2/country/{countries}/indicator/{series}",
            (
                ("format", "json"),
                ("per_page", str(_PER_PAGE)),
                ("date", f"{wanted.first}:{wanted.last}"),
            ),
            may_be_empty=wanted.first >= wanted.this_year - 1,
        )


def _judge(question: Question, content: bytes) -> Answer:
    document = parsed(question, content)
    if isinstance(document, Answer):
        return document
    if not isinstance(document, list) or not document or not isinstance(document[0], dict):
        return shape(question, "a list that begins with its page")
    if "message" in document[0]:
        return said(question, _messages(document[0]["message"]))
    page, rows = document[0], document[1] if len(document) > 1 else None
    if rows is None and page.get("total") in {0, "0"}:
        return Answer(is_empty=True)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return shape(question, "a page and its list of rows")
    return _paged(question, page, rows)


def _messages(messages: Any) -> str:
    if not isinstance(messages, list):
        return str(messages)
    return "; ".join(str(m.get("value", m)) if isinstance(m, dict) else str(m) for m in messages)


def _paged(question: Question, page: dict[str, Any], rows: list[dict[str, Any]]) -> Answer:
    try:
        number, pages, size, total = (
            int(page[name]) for name in ("page", "pages", "per_page", "total")
        )
    except (KeyError, TypeError, ValueError):
        return shape(question, "a page that says which of how many it is")
    if str(number) != dict(question.parameters).get("page", "1") or pages > _MOST_PAGES:
        return shape(question, f"the page asked for: it is page {number} of {pages}")
    expected = min(size, total - (number - 1) * size)
    if len(rows) != expected:
        return shape(
            question, f"whole: page {number} of {pages} has {len(rows)} of {expected} rows"
        )
    if not rows:
        return Answer(is_empty=True)
    _, _, _, countries, _, series = question.path.split("/")
    indicators = {_id(row.get("indicator")) for row in rows}
    economies = {str(row.get("countryiso3code")) for row in rows}
    answers = (
        not_asked(question, "indicator", indicators, {series}),
        not_asked(question, "country", economies, countries.split(";")),
    )
    refusals = tuple(refusal for answer in answers for refusal in answer.refusals)
    others = range(2, pages + 1) if number == 1 else ()
    further = (question.asking("page", str(other), may_be_empty=False) for other in others)
    return Answer(refusals, tuple(further))


def _id(value: Any) -> str:
    return str(value.get("id") if isinstance(value, dict) else value)


WORLD_BANK = Api(
    id="worldbank",
    kind="worldbank-json",
    about="World Bank WDI: GDP, population, prices, investment and logistics by year",
    base="https://api.worldbank.org",
    questions=_questions,
    judge=_judge,
    parts=indivisible,
    pause=1.0,
)
