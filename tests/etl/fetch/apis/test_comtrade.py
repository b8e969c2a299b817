"""UN Comtrade: what is asked, how caps are noticed and divided, what is no answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from etl.fetch import fetch
from etl.fetch.apis.api import Question, Wanted
from etl.fetch.apis.comtrade import COMTRADE
from etl.fetch.manners import Manners
from etl.snapshots import Snapshots
from tests.etl.fetch.replay import Said, replaying

_WANTED = Wanted(first=2010, last=2023, this_year=2026)
_HASTY = Manners(attempts=1, pause=0)


def _question(**parameters: str) -> Question:
    (first, *_) = COMTRADE.questions(_WANTED)
    for name, value in parameters.items():
        first = first.asking(name, value, may_be_empty=False)
    return first


def _body(rows: list[dict], count: int | None = None, error: str = "") -> bytes:
    count = len(rows) if count is None else count
    return json.dumps(
        {"elapsedTime": "0.1 secs", "count": count, "data": rows, "error": error}
    ).encode()


def _row(**other: object) -> dict:
    row = {"reporterCode": 398, "partnerCode": 860, "period": "2010", "flowCode": "X"}
    return row | {"cmdCode": "TOTAL", "primaryValue": 1.5} | other


def test_one_address_without_a_key():
    """Everything that would otherwise be broken down is asked for as its total."""
    assert _question().address("https://comtradeapi.un.org") == (
        "https://comtradeapi.un.org/public/v1/preview/C/A/HS"
        "?reporterCode=31,348,398,417,795,792,860&period=2010"
        "&partnerCode=0,31,348,398,417,795,792,860&cmdCode=TOTAL&flowCode=M,X,RX,RM"
        "&partner2Code=0&customsCode=C00&motCode=0&maxRecords=500&includeDesc=true"
    )


@pytest.mark.parametrize(
    ("has_key", "path", "periods"),
    [
        (False, "/public/v1/preview/C/A/HS", [str(year) for year in range(2010, 2024)]),
        (True, "/data/v1/get/C/A/HS", [",".join(map(str, range(2010, 2022))), "2022,2023"]),
    ],
)
def test_periods_in_one_question(has_key: bool, path: str, periods: list[str]):
    """One for the preview, twelve with a key."""
    questions = list(COMTRADE.questions(Wanted(2010, 2023, 2026, has_key=has_key)))
    assert {path} == {question.path for question in questions}
    assert periods == [",".join(question.codes("period")) for question in questions]


def test_only_figures_not_yet_due_may_be_missing():
    """For years past, no row at all means that a parameter was wrong."""
    questions = COMTRADE.questions(Wanted(2023, 2026, 2026))
    assert [question.may_be_empty for question in questions] == [False, False, True, True]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"economies": ("KAZ", "XKX")}, "XKX cannot be asked for"),
        ({"economies": ()}, "Nothing cannot be asked for"),
        ({"first": 2024}, "2024 to 2023 are no years"),
        ({"first": 1900}, "1900 to 2023 are no years"),
        ({"last": 2027}, "2010 to 2027 are no years"),
    ],
)
def test_wrong_wishes_are_refused_before_asking(wanted: dict, words: str):
    """Comtrade answers them with 200 and nothing."""
    with pytest.raises(ValueError, match=words):
        Wanted(**{"first": 2010, "last": 2023, "this_year": 2026} | wanted)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_body([], error="Invalid period"), "with an error: Invalid period"),
        (b'{"statusCode": 200, "message": "Try again"}', "with an error: Try again"),
        (_body([_row()], count=2), "announces 2 rows and brings 1"),
        (_body([_row(reporterCode=842)]), "not asked: reporterCode 842"),
        (_body([_row(period=2011)]), "not asked: period 2011"),
        (_body([_row(partnerCode=4)]), "not asked: partnerCode 4"),
        (_body([_row(flowCode="DX")]), "not asked: flowCode DX"),
        (b"[]", "not an object"),
        (b"{}", "a list of rows"),
        (b'{"count": 1, "data": [1]}', "a list of rows"),
        (b"<html>", "a web page"),
        (b"[" * 100_000, "JSON cut short"),
        (b"\xff\xfe", "another form"),
    ],
)
def test_what_is_no_answer(content: bytes, words: str):
    """Each with a sentence and a remedy."""
    (refusal,) = COMTRADE.judge(_question(), content).refusals
    assert words in refusal.reason
    assert refusal.remedy


def test_an_answer_and_an_empty_one():
    """Codes are compared as text, however they are written."""
    assert COMTRADE.judge(_question(), _body([_row(), _row(reporterCode="417")])).refusals == ()
    assert COMTRADE.judge(_question(), _body([])).is_empty
    assert COMTRADE.judge(_question(), b"").is_empty


def test_recorded_answers(real_data: Path):
    """The publisher's own, for another question; and its answer to a service code without rows."""
    folder = real_data / "trade-api-samples" / "uncomtrade"
    question = _question(reporterCode="156", partnerCode="32,276", flowCode="M,X")
    for name in ("get_C_A_HS_recorded.json", "get_C_A_HS_with_desc_recorded.json"):
        assert COMTRADE.judge(question, (folder / name).read_bytes()).refusals == ()
    assert COMTRADE.judge(
        question, (folder / "get_S_A_EB_empty_recorded.json").read_bytes()
    ).is_empty


def _comtrade(most: int) -> Callable[[str, int], Said]:
    """A host with a row for every combination, which cuts at `most` and does not say so."""
    names = ("reporterCode", "period", "partnerCode", "flowCode", "cmdCode")

    def answer(path: str, _: int) -> Said:
        query = parse_qs(urlsplit(path).query)
        codes = [query[name][0].split(",") for name in names]
        products = [f"{n:02}" for n in range(1, 98)] if codes[-1] == ["AG2"] else codes[-1]
        combinations = product(*codes[:-1], products)
        rows = [dict(zip(names, each, strict=True)) for each in combinations]
        return Said(_body(rows[:most]))

    return answer


@pytest.mark.slow
def test_capped_answers_are_divided_until_they_are_whole(tmp_path: Path):
    """All chapters for two reporters: every row arrives once, no answer of 500 rows is kept."""
    wanted = Wanted(2020, 2020, 2026, economies=("AZE", "KGZ"), products=("AG2",))
    store = Snapshots(tmp_path)
    with replaying(_comtrade(500)) as host:
        report = fetch(
            COMTRADE, COMTRADE.questions(wanted), store, base_url=host.url, manners=_HASTY
        )
    answers = [json.loads(snapshot.content())["data"] for snapshot in store]
    rows = [tuple(row.values()) for answer in answers for row in answer]
    assert report.is_good
    assert max(len(answer) for answer in answers) < 500
    assert (len(rows), len(set(rows))) == (2 * 8 * 4 * 97, 2 * 8 * 4 * 97)


def test_what_cannot_be_divided_is_refused(tmp_path: Path):
    """A host that cuts everything gets no answer kept."""
    question = _question(reporterCode="398", partnerCode="860", flowCode="X")
    cut = Said(_body([_row()] * 500))
    with replaying(lambda *_: cut) as host:
        report = fetch(COMTRADE, [question], Snapshots(tmp_path), base_url=host.url, manners=_HASTY)
    assert "cannot be asked in parts" in report.refused[0].reason
    assert list(Snapshots(tmp_path)) == []
