"""UN Comtrade v1: annual trade in goods by reporter and partner.

`data/v1/get` takes a key, twelve periods and cuts at 100,000 rows (250,000 for those who pay; the
lower limit is asked for, so that it is also the one that is noticed). `public/v1/preview` takes no
key, one period ("Maximum number of periods for preview is 1") and cuts at 500 rows. Neither says
that it has cut. Unless told otherwise the API answers with one row for every second partner, customs
procedure and mode of transport beside their totals: all three are asked for as totals.
https://comtradedeveloper.un.org
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.fetch.apis.api import Answer, Api, Question, Wanted, not_asked
from etl.fetch.apis.bodies import parsed, said, shape

_PREVIEW = "/public/v1/preview/C/A/HS"
_KEYED = "/data/v1/get/C/A/HS"
_MOST_ROWS = {_PREVIEW: 500, _KEYED: 100_000}
_PERIODS = {_PREVIEW: 1, _KEYED: 12}
_CODES = {
    "AZE": "31",
    "HUN": "348",
    "KAZ": "398",
    "KGZ": "417",
    "TKM": "795",
    "TUR": "792",
    "UZB": "860",
}
"""Comtrade's own numbers, from its lists of reporters and partners; nearly the M49."""
_WORLD = "0"
_FLOWS = ("M", "X", "RX", "RM")
_DIVIDED_BY = ("period", "reporterCode", "flowCode", "partnerCode", "cmdCode")


def _questions(wanted: Wanted) -> Iterator[Question]:
    path = _KEYED if wanted.has_key else _PREVIEW
    codes = [_CODES[economy] for economy in wanted.economies]
    for start in range(0, len(wanted.years), _PERIODS[path]):
        years = wanted.years[start : start + _PERIODS[path]]
        yield Question(
            path,
            (
                ("reporterCode", ",".join(codes)),
                ("period", ",".join(map(str, years))),
                ("partnerCode", ",".join([_WORLD, *_CODES.values()])),
                ("cmdCode", ",".join(wanted.products)),
                ("flowCode", ",".join(_FLOWS)),
                ("partner2Code", "0"),
                ("customsCode", "C00"),
                ("motCode", "0"),
                ("maxRecords", str(_MOST_ROWS[path])),
                ("includeDesc", "true"),
            ),
            may_be_empty=years[0] >= wanted.this_year - 1,
        )


def _judge(question: Question, content: bytes) -> Answer:
    document = parsed(question, content)
    if isinstance(document, Answer):
        return document
    if not isinstance(document, dict):
        return shape(question, "an object")
    rows = document.get("data")
    error = document.get("error") or (rows is None and document.get("message"))
    if error:
        return said(question, str(error))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return shape(question, "an object with a list of rows, 'data'")
    return _counted(question, rows, document.get("count"))


def _counted(question: Question, rows: list[dict[str, object]], count: object) -> Answer:
    if max(len(rows), count if isinstance(count, int) else 0) >= _MOST_ROWS[question.path]:
        return Answer(is_capped=True)
    if count != len(rows):
        return shape(question, f"whole: it announces {count} rows and brings {len(rows)}")
    return _about_others(question, rows) if rows else Answer(is_empty=True)


def _about_others(question: Question, rows: list[dict[str, object]]) -> Answer:
    for name in ("reporterCode", "period", "partnerCode", "flowCode"):
        answer = not_asked(
            question, name, {str(row.get(name)) for row in rows}, question.codes(name)
        )
        if answer.refusals:
            return answer
    return Answer()


def _parts(question: Question) -> tuple[Question, ...]:
    for name in _DIVIDED_BY:
        codes = question.codes(name)
        if len(codes) > 1:
            middle = len(codes) // 2
            halves = (codes[:middle], codes[middle:])
            # A half may well have nothing to report where the whole had too much.
            return tuple(question.asking(name, ",".join(h), may_be_empty=True) for h in halves)
    return ()


COMTRADE = Api(
    id="comtrade",
    kind="comtrade-json",
    about="UN Comtrade: trade among the OTS economies and with the world, by year",
    base="https://comtradeapi.un.org",
    questions=_questions,
    judge=_judge,
    parts=_parts,
    # Ten requests a minute, as comtradr keeps to; faster ones are answered with 429.
    pause=6.0,
    key_header="Ocp-Apim-Subscription-Key",
)
