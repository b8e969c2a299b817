"""Whether the server's memory stays flat while readers look at one view after another."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Browser

from benchmarks import contenders, serving
from benchmarks.cannon import Load, Question, fire
from benchmarks.load import megabytes
from benchmarks.serving import Server
from benchmarks.tables import Budget, Table, budget_table
from benchmarks.visiting import chromium, visiting

_RATE = 50
_CLIENTS = 16
_LANGUAGES = ("kk", "ru", "tr", "en")
_SAMPLES = 60
_SETTLED = 6
"""Memory is flat if it does not grow between this sixth of the run and its end."""
_GROWTH_LIMIT_PERCENT = 5

_LINKS = "() => [...document.querySelectorAll('main a[data-inside]')].map(link => link.getAttribute('href'))"


def measure(executable: str, minutes: float, told: Callable[[str], None]) -> list[Table]:
    """Ask for every view that the trade page leads to, in four languages, over and over, and sample memory."""
    with serving.serving(serving.ours()) as server:
        with chromium(executable) as browser:
            questions = [Question(server.base + path) for path in _views(browser, server)]
        told(f"memory: {len(questions)} views for {minutes:g} minutes")
        samples, load = _sampled(server, questions, minutes * 60)
    return tables(samples, load, len(questions))


def tables(samples: list[tuple[float, float]], load: Load, views: int) -> list[Table]:
    """Samples, as minutes since the start and megabytes, laid out; and whether they are flat."""
    settled = samples[len(samples) // _SETTLED :]
    grown = 100 * (settled[-1][1] / settled[0][1] - 1)
    note = (
        f"{views} views in four languages asked for in turn, {_RATE} a second; {load.answers:,} answers,"
        f" {load.failures} failures. Resident sets of gunicorn and its two workers, added up; what they share counts for each."
    )
    budget = Budget(
        f"Memory grown from minute {settled[0][0]:.0f} to {settled[-1][0]:.0f}",
        _GROWTH_LIMIT_PERCENT,
        grown,
        "%",
    )
    every = max(1, len(samples) // 12)
    shown = samples[::every]
    listed = shown if shown[-1] == samples[-1] else [*shown, samples[-1]]
    return [budget_table([budget]), Table("Memory over time", ("minute", "MB"), listed, [note])]


def _views(browser: Browser, server: Server) -> list[str]:
    """Every view one click away from the trade page, in each language."""
    page = contenders.TRADE
    with visiting(browser, page) as visitor:
        visitor.open(server.base, page)
        found: list[str] = visitor.tab.evaluate(_LINKS)
    rests = dict.fromkeys(path.removeprefix("/en") for path in found)
    return [f"/{language}{rest}" for rest in rests for language in _LANGUAGES]


def _sampled(
    server: Server, questions: list[Question], seconds: float
) -> tuple[list[tuple[float, float]], Load]:
    started = time.monotonic()
    samples: list[tuple[float, float]] = []
    with ThreadPoolExecutor(1) as thread:
        firing = thread.submit(fire, questions, _CLIENTS, seconds, _RATE)
        while not firing.done():
            samples.append(((time.monotonic() - started) / 60, megabytes(server)))
            time.sleep(seconds / _SAMPLES)
        return samples, firing.result()
