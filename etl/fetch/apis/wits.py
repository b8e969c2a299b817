"""World Bank WITS TradeStats: exports and imports of one reporter with every partner, all years.

The answer is SDMX-JSON 1; a reporter that the database does not have is a 404 "NoRecordsFound".
https://wits.worldbank.org/witsapiintro.aspx
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.fetch.apis.api import Answer, Api, Question, Wanted, indivisible, not_asked
from etl.fetch.apis.bodies import parsed, said, shape
from etl.sources.wits import FLOWS

_MAY_BE_ABSENT = frozenset({"TKM", "UZB"})
"""They published no trade by partner for most years, and may have no records."""


def _questions(wanted: Wanted) -> Iterator[Question]:
    for economy in wanted.economies:
        for indicator in FLOWS:
            yield Question(
                "/API/V1/SDMX/V21/datasource/tradestats-trade"
                f"/reporter/{economy.lower()}/year/all/partner/all/product/Total"
                f"/indicator/{indicator}",
                (("format", "JSON"),),
                may_be_empty=economy in _MAY_BE_ABSENT,
            )


def _judge(question: Question, content: bytes) -> Answer:
    document = parsed(question, content)
    if isinstance(document, Answer):
        return document
    if not isinstance(document, dict):
        return shape(question, "an object")
    if "dataSets" not in document and (error := document.get("errors") or document.get("message")):
        return said(question, str(error))
    try:
        series: Any = [one for data in document["dataSets"] for one in data["series"]]
        dimensions = {d["id"]: [v["id"] for v in d["values"]] for d in _series(document)}
    except (AttributeError, KeyError, TypeError):
        return shape(question, "SDMX-JSON with data sets and the structure of their series")
    return _about(question, dimensions) if series else Answer(is_empty=True)


def _about(question: Question, dimensions: dict[str, list[str]]) -> Answer:
    parts = question.path.split("/")
    answers = []
    for dimension, name in (("REPORTER", "reporter"), ("INDICATOR", "indicator")):
        asked = parts[parts.index(name) + 1].upper()
        answers.append(
            not_asked(question, name, map(str, dimensions.get(dimension, [""])), {asked})
        )
    return Answer(tuple(refusal for answer in answers for refusal in answer.refusals))


def _series(document: dict[str, Any]) -> Any:
    return document["structure"]["dimensions"]["series"]


WITS = Api(
    id="wits",
    kind="wits-json",
    about="World Bank WITS: trade of the OTS economies by partner, all years",
    base="https://wits.worldbank.org",
    questions=_questions,
    judge=_judge,
    parts=indivisible,
    pause=2.0,
    no_records=b"NoRecordsFound",
)
