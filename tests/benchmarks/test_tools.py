"""What autocannon and Lighthouse print, taken down from real runs and shortened."""

from __future__ import annotations

import math

import pytest

from benchmarks import lighthouse
from benchmarks.cannon import Load, Question
from benchmarks.lighthouse import Score
from benchmarks.load import Runs, tables

ANSWERED = """{"requests": {"average": 2328, "stddev": 345, "total": 4655, "sent": 4657},
 "percentiles": {"p50": 0.59597, "p95": 1.476901, "p99": 6.94},
 "errors": 0, "timeouts": 0, "non2xx": 0, "duration": 2.04}"""
REFUSED = """{"requests": {"average": 468.5, "stddev": 18.5, "total": 937, "sent": 939},
 "percentiles": {"p50": 3.266745, "p95": 7.079577, "p99": 28.562576},
 "errors": 0, "timeouts": 0, "non2xx": 937, "duration": 2.02}"""
SILENT = """{"requests": {"average": 0, "total": 0, "sent": 2},
 "percentiles": {"p50": null, "p95": null, "p99": null},
 "errors": 2, "timeouts": 2, "non2xx": 0, "duration": 2.0}"""

SCORED = """{"requestedUrl": "http://127.0.0.1:8598/index.html",
 "categories": {"performance": {"title": "Performance", "score": 0.97}},
 "audits": {
  "first-contentful-paint": {"score": 1, "numericValue": 186.9595, "numericUnit": "millisecond"},
  "largest-contentful-paint": {"score": 1, "numericValue": 1186.9595, "numericUnit": "millisecond"},
  "speed-index": {"score": 1, "numericValue": 186.9595, "numericUnit": "millisecond"},
  "total-blocking-time": {"score": 1, "numericValue": 45, "numericUnit": "millisecond"},
  "cumulative-layout-shift": {"score": 1, "numericValue": 0.012, "numericUnit": "unitless"}}}"""
UNSCORED = """{"requestedUrl": "http://127.0.0.1:8597/",
 "runtimeError": {"code": "CHROME_INTERSTITIAL_ERROR",
  "message": "Chrome prevented page load with an interstitial."},
 "categories": {"performance": {"title": "Performance", "score": null}}, "audits": {}}"""


def test_a_run_is_its_answers_over_its_time():
    load = Load.parse(ANSWERED)
    assert load.requests_per_s == pytest.approx(4655 / 2.04)
    assert (load.p50_ms, load.p95_ms, load.p99_ms) == (0.59597, 1.476901, 6.94)
    assert (load.answers, load.failures) == (4655, 0)


def test_an_answer_that_is_none_is_a_failure():
    """Fast refusals would otherwise look like a fast server."""
    assert Load.parse(REFUSED).failures == 937


def test_a_silent_server_has_no_response_times():
    load = Load.parse(SILENT)
    assert math.isnan(load.p50_ms)
    assert (load.requests_per_s, load.failures) == (0, 2)
    assert math.isnan(Load.parse(ANSWERED).times(load))


def test_a_question_is_what_a_browser_sends():
    """A body makes it JSON; without one there is no body, and every encoding of Chromium is accepted."""
    asked = Question(
        "http://127.0.0.1/_dash-update-component", "POST", '{"output": "content.children"}'
    )
    assert asked.options() == {
        "url": "http://127.0.0.1/_dash-update-component",
        "method": "POST",
        "body": '{"output": "content.children"}',
        "headers": {
            "accept-encoding": "gzip, deflate, br, zstd",
            "content-type": "application/json",
        },
    }
    assert "body" not in Question("http://127.0.0.1/en/").options()


def test_load_is_held_against_plain_dash_at_as_many_clients():
    """Twenty times the requests is enough, one failure is too many."""
    runs = Runs()
    ours, dash = "ours, the choice of exports", "plain Dash"
    for clients, rate in ((1, 10.0), (16, 20.0), (64, 30.0)):
        runs.loads[dash, clients] = Load(rate, 50, 60, 70, 300, 0)
        runs.loads[ours, clients] = Load(20 * rate, 1, 2, 3, 6000, clients // 64)
    runs.steady[ours] = Load(100, 2, 40, 99, 1500, 0)
    runs.memory.append(("Altyn Köpir", 200.0, 250.0))

    budgets, listed, _steady, memory = tables(runs)

    assert [row[1:] for row in budgets.rows] == [
        ("≥ 20.0", "20.0", "✓"),
        ("≤ 0", "1.00", "✗"),
        ("≤ 100 ms", "99.0 ms", "✓"),
    ]
    assert [row[:4] for row in listed.rows if row[1] == 64] == [
        [dash, 64, 1.0, 30.0],
        [ours, 64, 20.0, 600.0],
    ]
    assert memory.rows == [["Altyn Köpir", 25.0, 200.0, 250.0]]


def test_a_score_comes_with_what_it_is_made_of():
    """Paints in seconds, blocking in milliseconds, the shift as it is."""
    score = Score.parse(SCORED)
    assert score.performance == pytest.approx(97)
    assert score.audits == pytest.approx((0.1869595, 1.1869595, 0.1869595, 45, 0.012))


def test_a_page_that_cannot_be_scored_is_said_to_be_so():
    with pytest.raises(ValueError, match=r"8597/: Chrome prevented page load"):
        Score.parse(UNSCORED)


def test_scores_are_judged_by_their_median():
    """Of three runs the middle one counts, by page and preset."""
    runs = {
        ("our summary", "desktop"): [Score(each, (1, 1, 1, 1, 0)) for each in (60, 96, 97)],
        ("our summary", "mobile"): [Score(each, (1, 1, 1, 1, 0)) for each in (60, 79, 97)],
    }
    budgets, _listed = lighthouse.tables(runs)
    assert [row[1:] for row in budgets.rows] == [("≥ 95.0", "96.0", "✓"), ("≥ 80.0", "79.0", "✗")]
