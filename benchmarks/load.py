"""Requests per second and response times, ours beside plain Dash, on the question that a choice asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser

from benchmarks import contenders, serving
from benchmarks.cannon import Load, Question, fire
from benchmarks.contenders import FLOWS, Page
from benchmarks.serving import Server
from benchmarks.tables import Budget, Cell, Table, budget_table
from benchmarks.visiting import chromium, visiting

_CLIENTS = (1, 16, 64)
_MANY = _CLIENTS[-1]
_STEADY_RATE = 100
_STEADY_CLIENTS = 16
_SHORT_S = 10
_OURS = "ours, the choice of exports"
_DASH = contenders.PLAIN_DASH.name

Told = Callable[[str], None]


@dataclass
class Runs:
    """What each question withstood, by clients; the steady rate; megabytes held before and after."""

    loads: dict[tuple[str, int], Load] = field(default_factory=dict)
    steady: dict[str, Load] = field(default_factory=dict)
    memory: list[tuple[str, float, float]] = field(default_factory=list)


def measure(executable: str, seconds: float, told: Told) -> list[Table]:
    """Ask with 1, 16 and 64 clients, the last for `seconds`, then at a steady rate; and lay out tables."""
    runs = Runs()
    with chromium(executable) as browser:
        with serving.serving(serving.ours()) as server:
            asked = record(browser, server, contenders.TRADE)
            _run(runs, server, (_OURS, asked), seconds, told)
            runs.steady[_OURS] = fire([asked], _STEADY_CLIENTS, seconds, _STEADY_RATE)
        for page, command in (
            (contenders.PLAIN_DASH, serving.plain_dash()),
            (contenders.PLAIN_DASH_COMPRESSED, serving.plain_dash(compressed=True)),
        ):
            with serving.serving(command) as server:
                asked = record(browser, server, page)
                _run(runs, server, (page.name, asked), seconds, told)
    return tables(runs)


def record(browser: Browser, server: Server, page: Page) -> Question:
    """Choose exports on a page in Chromium, and take down what that asks of the server."""
    with visiting(browser, page) as visitor:
        visitor.open(server.base, page)
        # Whatever else it loads, a browser names: a script, a style, an image.
        with visitor.tab.expect_request(lambda asked: asked.resource_type == "fetch") as sent:
            visitor.choose(page, FLOWS[0])
        request = sent.value
        return Question(request.url, request.method, request.post_data)


def _run(
    runs: Runs, server: Server, asked: tuple[str, Question], seconds: float, told: Told
) -> None:
    name, question = asked
    before = megabytes(server)
    for clients in _CLIENTS:
        told(f"load: {name}, {clients} clients")
        lasting = seconds if clients == _MANY else min(seconds, _SHORT_S)
        runs.loads[name, clients] = fire([question], clients, lasting)
    runs.memory.append((server.name, before, megabytes(server)))


def megabytes(server: Server) -> float:
    """What a server and its workers hold of memory: the sum of their resident sets, in millions of bytes."""
    import psutil  # noqa: PLC0415  only who measures has it

    process = psutil.Process(server.pid)
    family = [process, *process.children(recursive=True)]
    return float(sum(each.memory_info().rss for each in family)) / 1e6


def tables(runs: Runs) -> list[Table]:
    """Requests per second and times by clients, the steady rate, memory, and the budgets."""
    return [budget_table(_budgets(runs)), _loads(runs), _steady(runs), _memory(runs)]


def _loads(runs: Runs) -> Table:
    def row(name: str, clients: int, load: Load) -> list[Cell]:
        ratio = load.times(runs.loads[_DASH, clients])
        times = (load.p50_ms, load.p95_ms, load.p99_ms)
        return [name, clients, ratio, load.requests_per_s, *times, load.answers, load.failures]

    columns = ("question", "clients", "requests/s ÷ plain Dash", "requests/s")
    rest = ("p50, ms", "p95, ms", "p99, ms", "answers", "failures")
    rows = [row(name, clients, load) for (name, clients), load in runs.loads.items()]
    note = (
        "The question is the request that Chromium sends when exports are chosen, taken down and repeated. Both servers"
        f" are gunicorn with {serving.HOW}. The load generator, autocannon, shares the two cores with"
        " them. Failures: errors, timeouts and answers other than 2xx."
    )
    return Table("Requests per second", (*columns, *rest), rows, [note])


def _steady(runs: Runs) -> Table:
    columns = ("question", "requests/s", "p50, ms", "p95, ms", "p99, ms", "answers", "failures")
    rows: Sequence[Sequence[Cell]] = [
        [
            name,
            load.requests_per_s,
            load.p50_ms,
            load.p95_ms,
            load.p99_ms,
            load.answers,
            load.failures,
        ]
        for name, load in runs.steady.items()
    ]
    note = (
        f"{_STEADY_CLIENTS} clients, {_STEADY_RATE} requests a second between them. autocannon sends each second's share"
        " at its start, so they come in bursts: harder than a stream."
    )
    return Table("A steady hundred requests a second", columns, rows, [note])


def _memory(runs: Runs) -> Table:
    columns = ("server", "grown, %", "before the load, MB", "after it, MB")
    rows: list[list[Cell]] = [
        [name, 100 * (after / before - 1), before, after] for name, before, after in runs.memory
    ]
    note = "Resident sets of gunicorn and its workers, added up; what they share counts for each of them."
    return Table("Memory under load", columns, rows, [note])


def _budgets(runs: Runs) -> list[Budget]:
    ours = runs.loads[_OURS, _MANY]
    ratio = ours.times(runs.loads[_DASH, _MANY])
    return [
        Budget(f"Requests per second ÷ plain Dash, {_MANY} clients", 20, ratio, at_least=True),
        Budget(f"Failures at {_MANY} clients", 0, ours.failures),
        Budget("p99 at a steady 100 requests a second", 100, runs.steady[_OURS].p99_ms, "ms"),
    ]
