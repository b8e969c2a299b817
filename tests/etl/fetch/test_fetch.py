"""Fetching: the real client against a real local host, with every fault a host has shown."""

from __future__ import annotations

import json
import logging
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from etl.fetch import FetchReport, fetch
from etl.fetch.apis.api import Answer, Api, Question
from etl.fetch.apis.bodies import parsed, said
from etl.fetch.journal import FetchRunningError, Journal
from etl.fetch.manners import Manners
from etl.snapshots import Snapshots
from tests.etl.fetch.replay import Replay, Said, always, replaying

_HASTY = Manners(
    connect=2, read=0.3, total=2, attempts=3, first_wait=0.01, longest_wait=1.5, jitter=0, pause=0
)
_GOOD = Said(b'{"figures": [1, 2, 3]}', headers={"Content-Type": "application/json"})
_ROOT = Path(__file__).parents[2]
_NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _judge(question: Question, content: bytes) -> Answer:
    document = parsed(question, content)
    if isinstance(document, Answer):
        return document
    if "error" in document:
        return said(question, document["error"])
    further = [Question(path) for path in document.get("further", ())]
    return Answer(
        further=tuple(further),
        is_capped=document.get("capped", False),
        is_empty=not document["figures"],
    )


def _parts(question: Question) -> tuple[Question, ...]:
    codes = question.codes("of")
    return tuple(question.asking("of", c, may_be_empty=True) for c in codes if len(codes) > 1)


_API = Api(
    id="office",
    kind="office-json",
    about="a statistical office",
    base="http://127.0.0.1:9",
    questions=lambda _: iter(()),
    judge=_judge,
    parts=_parts,
    pause=0,
    key_header="X-Key",
    no_records=b"NoRecordsFound",
)


def _fetch(host: Replay, folder: Path, *questions: Question | str, **options) -> FetchReport:
    asked = [q if isinstance(q, Question) else Question(q) for q in questions or ("/a",)]
    settings = {"base_url": host.url, "manners": _HASTY, "now": lambda: _NOW} | options
    return fetch(_API, asked, Snapshots(folder), **settings)


def _reasons(report: FetchReport) -> list[str]:
    return [refusal.reason for refusal in (*report.refused, *report.failed)]


def test_an_answer_is_kept_with_its_provenance(tmp_path: Path):
    """Address, time, what the headers say, and the very bytes; gzip is unpacked."""
    headers = {"ETag": '"7"', "Last-Modified": "Mon, 02 Nov 2026 00:00:00 GMT", "Set-Cookie": "x=1"}
    with replaying(always(replace(_GOOD, headers=headers).packed())) as host:
        report = _fetch(host, tmp_path, Question("/a", (("of", "31,398"),)))
    (snapshot,) = Snapshots(tmp_path)
    record = snapshot.provenance
    assert report.is_good
    assert report.kept == [f"{host.url}/a?of=31,398"] == [record.name]
    assert _GOOD.body == snapshot.content()
    assert (record.kind, record.retrieved_at) == ("office-json", "2026-11-23T12:00:00.000Z")
    assert {"etag", "last-modified", "date"} == set(record.headers)


def test_the_host_learns_who_asks(tmp_path: Path):
    """The project by name, and how to reach whoever runs it."""
    with replaying(always(_GOOD)) as host:
        _fetch(host, tmp_path, manners=replace(_HASTY, contact="desk@example.org"))
    assert host.asked[0].headers["User-Agent"] == "altyn-kopir (desk@example.org)"


def test_the_key_is_sent_and_shown_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """In its header only: not in an address, a record, a log or the words of an error."""
    caplog.set_level(logging.DEBUG)
    key = "k3y-0f-the-office"
    answers = {
        "/kept": _GOOD,
        "/denied": Said(f"who is {key}?".encode(), 400),
        "/echo": Said(json.dumps({"figures": [key]}).encode()),
        "/error": Said(b"busy", 503),
    }
    with replaying(lambda path, _: answers[path]) as host:
        report = _fetch(host, tmp_path, *answers, key=f" {key}\n")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert {asked.headers["X-Key"] for asked in host.asked} == {key}
    assert len(report.kept) == 1
    assert key not in repr(report) + caplog.text + "".join(host.paths)
    assert key.encode() not in written
    with pytest.raises(ValueError, match="characters that no key has") as refused:
        _fetch(host, tmp_path, key=f"{key}\n{key}")
    assert key not in str(refused.value)


_PASSING = {
    "429": Said(b"", 429),
    "429 for a second": Said(b"", 429, {"Retry-After": "1"}),
    "500": Said(b"", 500),
    "502": Said(b"", 502),
    "503 until a time": Said(
        b"", 503, {"Retry-After": format_datetime(_NOW + timedelta(seconds=1), usegmt=True)}
    ),
    "504": Said(b"", 504),
    "silent": replace(_GOOD, fault="silent"),
    "cut": replace(_GOOD, fault="cut"),
    "longer than it says": replace(_GOOD, fault="short"),
    "dropped": replace(_GOOD, fault="dropped"),
    "cut gzip": Said(_GOOD.packed().body[:-9], headers={"Content-Encoding": "gzip"}),
    "no gzip": Said(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"}),
    "nothing": Said(b""),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", _PASSING)
def test_what_may_pass_is_asked_again(tmp_path: Path, name: str):
    """Once more, after the time that the host asks for, and then all is well."""
    fault = _PASSING[name]
    started = time.monotonic()
    with replaying(always(fault, _GOOD)) as host:
        report = _fetch(host, tmp_path)
    took = time.monotonic() - started
    assert report.is_good, _reasons(report)
    assert host.paths == ["/a", "/a"]
    assert took >= (1 if "Retry-After" in fault.headers else 0)


_LASTING = {
    "answered 400: wrong code": (Said(b"wrong <b>code</b>", 400), 1),
    "answered 404": (Said(b"", 404), 1),
    "answered 403: no": (Said(b"no", 403), 1),
    "answered 503: busy": (Said(b"busy", 503), 3),
    "silent for too long": (replace(_GOOD, fault="silent"), 3),
    "without sending complete message body": (replace(_GOOD, fault="cut"), 3),
    "lost or cut": (replace(_GOOD, fault="short"), 3),
    "larger than 1,000,000 bytes": (replace(_GOOD, fault="endless"), 1),
    "was not read to its end": (replace(_GOOD, fault="bomb"), 1),
    "a web page (HTML), not JSON": (Said(b"<!DOCTYPE html><p>Sorry"), 1),
    "XML, not JSON": (Said(b"<?xml version='1.0'?><e/>"), 1),
    "an error: no such code": (Said(b'{"error": "no such code"}'), 1),
    "no such figures": (Said(b'{"figures": []}'), 1),
    "there should be some": (Said(b"", 204), 1),
    "unchanged, to a question without conditions": (Said(b"", 304), 1),
    "packed as 'br'": (Said(b"\x00", headers={"Content-Encoding": "br"}), 1),
    "redirects without end": (Said(b"", 301, {"Location": "/a"}), 6),
    "another one, 127.0.0.2": (Said(b"", 301, {"Location": "http://127.0.0.2/a"}), 1),
    "no address": (Said(b"", 302, {"Location": "http://127.0.0.1:port/"}), 1),
}


@pytest.mark.slow
@pytest.mark.parametrize("words", _LASTING)
def test_what_does_not_pass_is_reported_and_the_rest_goes_on(tmp_path: Path, words: str):
    """One sentence with the address and a remedy, nothing kept of it, and the others kept."""
    fault, times = _LASTING[words]
    with replaying(lambda path, _: fault if path == "/a" else _GOOD) as host:
        report = _fetch(host, tmp_path, "/a", "/b", manners=replace(_HASTY, most_bytes=10**6))
    (found,) = (*report.refused, *report.failed)
    assert words in found.reason
    assert found.remedy
    assert (found.file, report.kept) == (f"{host.url}/a", [f"{host.url}/b"])
    assert (host.paths.count("/a"), report.is_good) == (times, False)
    assert [s.provenance.name for s in Snapshots(tmp_path)] == report.kept


@pytest.mark.parametrize("fault", ["drip", "until-close"])
def test_an_attempt_has_a_deadline(tmp_path: Path, fault: str):
    """A host that sends a byte now and then is not waited for; one that ends by hanging up may."""
    hasty = replace(_HASTY, total=0.3, attempts=1)
    with replaying(always(replace(_GOOD, fault=fault))) as host:
        report = _fetch(host, tmp_path, manners=hasty)
    expected = ["the answer took longer than 0.3 seconds"] if fault == "drip" else []
    assert expected == _reasons(report)


def test_a_redirect_on_the_same_host_is_followed(tmp_path: Path):
    """And the record has the address that was asked."""
    moved = Said(b"", 302, {"Location": "/there"})
    with replaying(lambda path, _: moved if path == "/a" else _GOOD) as host:
        report = _fetch(host, tmp_path)
    assert report.kept == [f"{host.url}/a"]
    assert host.paths == ["/a", "/there"]


def test_what_has_not_changed_is_not_sent_again(tmp_path: Path):
    """The second time the host is asked for changes since the first, and says that there are none."""
    first = replace(_GOOD, headers={"ETag": '"7"'})
    with replaying(always(first, Said(b"", 304), _GOOD, Said(b'{"figures": [4]}'))) as host:
        reports = [_fetch(host, tmp_path) for _ in range(4)]
    assert [len(report.unchanged) for report in reports] == [0, 1, 1, 0]
    assert [len(report.kept) for report in reports] == [1, 0, 0, 1]
    assert host.asked[1].headers["If-None-Match"] == '"7"'
    assert len(list(Snapshots(tmp_path))) == 2


def test_conditions_are_not_set_by_bytes_that_are_lost(tmp_path: Path):
    """Else the host would say "unchanged" and the answer would stay lost."""
    with replaying(always(replace(_GOOD, headers={"ETag": '"7"'}))) as host:
        _fetch(host, tmp_path)
        next(iter(Snapshots(tmp_path))).path.write_bytes(b"spoilt")
        _fetch(host, tmp_path)
    assert "If-None-Match" not in host.asked[1].headers


_ENOUGH = {
    "quota is used up": Said(b'{"message": "Out of call volume quota."}', 403),
    "key was not accepted": Said(b"", 401),
    "answered 429": Said(b"", 429),
    "asks to wait 3600 seconds": Said(b"", 429, {"Retry-After": "3600"}),
}


@pytest.mark.parametrize("words", _ENOUGH)
def test_a_host_that_has_had_enough_is_left_alone(tmp_path: Path, words: str):
    """Nothing more is asked; the next run asks only what is missing."""
    stop = _ENOUGH[words]
    with replaying(lambda path, before: stop if path == "/b" and before < 3 else _GOOD) as host:
        report = _fetch(host, tmp_path, "/a", "/b", "/c")
        assert words in _reasons(report)[0]
        assert (len(report.kept), report.left, report.is_good) == (1, 1, False)
        while not report.is_good:
            report = _fetch(host, tmp_path, "/a", "/b", "/c")
    assert (host.paths.count("/a"), host.paths[-1], report.done_before) == (1, "/c", 1)


def test_a_host_out_of_reach_is_not_asked_everything(tmp_path: Path):
    """After some questions in a row without a connection the rest is left."""
    with replaying(always(_GOOD)) as host:
        pass
    hasty = replace(_HASTY, attempts=1, most_unreached=2)
    report = _fetch(host, tmp_path, *["/a", "/b", "/c", "/d"], manners=hasty)
    assert (len(report.failed), report.left) == (2, 2)
    assert "connection failed" in _reasons(report)[0]


def test_a_capped_answer_is_asked_in_parts_and_never_kept(tmp_path: Path):
    """Parts may be empty; what cannot be divided is refused."""
    capped = Said(b'{"figures": [1], "capped": true}')

    def script(path: str, _: int) -> Said:
        return {"/a?of=1": _GOOD, "/a?of=2": Said(b'{"figures": []}')}.get(path, capped)

    with replaying(script) as host:
        whole = Question("/a", (("of", "1,2,3"),))
        report = _fetch(host, tmp_path, whole)
        again = _fetch(host, tmp_path, whole)
    assert [f"{host.url}/a?of=1"] == report.kept == [s.provenance.name for s in Snapshots(tmp_path)]
    assert (len(report.split), len(report.empty)) == (1, 1)
    assert "cannot be asked in parts" in _reasons(report)[0]
    assert _reasons(report) == _reasons(again)
    assert host.paths == ["/a?of=1,2,3", "/a?of=1", "/a?of=2", "/a?of=3", "/a?of=3"]


def test_further_pages_are_asked_also_where_the_first_is_unchanged(tmp_path: Path):
    """What follows is read from what is kept."""
    first = Said(b'{"figures": [1], "further": ["/b"]}', headers={"ETag": "1"})
    pages = {"/a": [first, Said(b"", 304)], "/b": [_GOOD]}
    with replaying(lambda path, before: pages[path][min(before, len(pages[path]) - 1)]) as host:
        reports = [_fetch(host, tmp_path) for _ in range(2)]
    assert host.paths == ["/a", "/b", "/a", "/b"]
    assert [(len(r.kept), len(r.unchanged)) for r in reports] == [(2, 0), (0, 2)]


def test_no_records_may_be_an_answer(tmp_path: Path):
    """Where figures need not exist, the publisher's 404 that says so is no fault."""
    with replaying(always(Said(b"<e>NoRecordsFound</e>", 404))) as host:
        report = _fetch(host, tmp_path, Question("/a", may_be_empty=True), "/b")
    assert (len(report.empty), len(report.refused)) == (1, 1)


def test_requests_keep_their_distance(tmp_path: Path):
    """A pause between two requests, whether they are questions or repetitions."""
    waits: list[float] = []
    manners = replace(_HASTY, pause=30)
    with replaying(always(Said(b"", 500), _GOOD)) as host:
        _fetch(host, tmp_path, "/a", manners=manners, sleep=waits.append)
    assert [round(wait) for wait in waits] == [30]


def test_progress_says_what_is_done_and_what_is_left(tmp_path: Path):
    """From nothing done to nothing left."""
    told: list[tuple[int, int]] = []
    with replaying(always(_GOOD)) as host:
        _fetch(host, tmp_path, "/a", "/b", progress=lambda *step: told.append(step))
    assert told == [(0, 2), (1, 1), (2, 0)]


def test_one_process_fetches_at_a_time(tmp_path: Path):
    """A second one is turned away before it asks anything."""
    with (
        replaying(always(_GOOD)) as host,
        Journal.opened(tmp_path / "fetching" / "office.jsonl", _NOW),
        pytest.raises(FetchRunningError, match="another process"),
    ):
        _fetch(host, tmp_path)
    assert host.asked == []


@pytest.mark.parametrize("base", ["ftp://host", "host", "http://", "http:///x"])
def test_a_base_url_names_a_host(tmp_path: Path, base: str):
    """Anything else is refused before a folder is made."""
    with pytest.raises(ValueError, match="not the address of a host"):
        fetch(_API, [], Snapshots(tmp_path / "x"), base_url=base)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("torn", [b'{"address": "/a', b"\x00\xff", b"[1]\n3\n{}"])
def test_a_torn_journal_costs_one_question(tmp_path: Path, torn: bytes):
    """What is written before and after a torn line still counts."""
    path = tmp_path / "office.jsonl"
    with Journal.opened(path, _NOW) as journal:
        journal.note("/a", "kept")
    path.write_bytes(path.read_bytes() + torn)
    with Journal.opened(path, _NOW) as journal:
        journal.note("/b", "kept")
    with Journal.opened(path, _NOW) as journal:
        assert journal.done == {"/a": "kept", "/b": "kept"}
    with Journal.opened(path, _NOW + timedelta(days=3)) as journal:
        assert journal.done == {}


_KILLED = """
import sys
from pathlib import Path
from tests.etl.test_fetch import _API, _HASTY, Question, Snapshots, fetch
questions = [Question(f"/{n}") for n in range(40)]
sys.stdout.write("started\\n")
sys.stdout.flush()
fetch(_API, questions, Snapshots(Path(sys.argv[1])), base_url=sys.argv[2], manners=_HASTY)
"""


@pytest.mark.slow
def test_a_killed_fetch_goes_on_where_it_stopped(tmp_path: Path):
    """The same snapshots as without kills, nothing half, and only what was under way asked twice."""
    kills = 0
    with replaying(lambda path, _: Said(json.dumps({"figures": [path]}).encode())) as host:
        for pause in [random.uniform(0, 0.12) for _ in range(3)]:
            with subprocess.Popen(
                [sys.executable, "-c", _KILLED, tmp_path, host.url],
                cwd=_ROOT,
                stdout=subprocess.PIPE,
            ) as process:
                process.stdout.readline()
                time.sleep(pause)
                process.kill()
            kills += 1
            assert all(snapshot.content() for snapshot in Snapshots(tmp_path))
        report = _fetch(
            host, tmp_path, *(f"/{n}" for n in range(40)), now=lambda: datetime.now(UTC)
        )
    kept = {s.provenance.name: s.content() for s in Snapshots(tmp_path)}
    assert report.is_good
    assert kept == {
        f"{host.url}/{n}": json.dumps({"figures": [f"/{n}"]}).encode() for n in range(40)
    }
    assert sum(Counter(host.paths).values()) <= 40 + kills
