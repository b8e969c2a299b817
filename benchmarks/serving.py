"""Servers to measure, started as their documentation says, each in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks.places import OURS, OUT, PEERS, ROOT, WAREHOUSE

_SETTINGS = ROOT / "gunicorn.conf.py"
_WORKERS = 2
HOW = f"{_WORKERS} workers and the settings of {_SETTINGS.name}"
"""How `make run` starts gunicorn; every server that gunicorn serves gets the same."""

_PATIENCE_S = 60.0
_FIRST_QUESTIONS = 16


class ServerError(Exception):
    """A server did not come up, or ended before it was told to."""


@dataclass(frozen=True)
class Command:
    """What starts a server: `{port}` in its words is the port it is given."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    name: str
    base: str
    pid: int


def ours(python: Path = OURS) -> Command:
    """Our dashboards, as `make run` serves them."""
    data = {"WAREHOUSE_URL": f"sqlite:///{quote(str(WAREHOUSE))}"}
    return Command("Altyn Köpir", _gunicorn(python, "app:server"), data)


def plain_dash(*, compressed: bool = False) -> Command:
    """Plain Dash behind gunicorn, as its documentation deploys it."""
    return _peer("plain Dash", "plain_dash", compressed=compressed)


def vizro(*, compressed: bool = False) -> Command:
    """Vizro behind gunicorn, as its documentation deploys it."""
    return _peer("Vizro", "vizro_app", compressed=compressed)


def streamlit() -> Command:
    """Streamlit by its own server, the only one it has."""
    script = str(ROOT / "benchmarks" / "peers" / "streamlit_app.py")
    options = ("--server.headless", "true", "--browser.gatherUsageStats", "false")
    words = [str(PEERS), "-m", "streamlit", "run", script, *options]
    bound = ("--server.address", "127.0.0.1", "--server.port", "{port}")
    return Command("Streamlit", [*words, *bound])


def static_site(folder: Path) -> Command:
    """A folder of files behind gunicorn, compressed beforehand."""
    words = _gunicorn(PEERS, "benchmarks.peers.static_site:create()")
    return Command("static page", words, {"BENCH_SITE": str(folder)})


@contextmanager
def serving(command: Command) -> Iterator[Server]:
    """Start a server, wait until it answers, and end it and its children.

    Raises ServerError, naming the log, where it does not answer within a minute.
    """
    port = _free_port()
    words = [word.format(port=port) for word in command.words]
    log = OUT / "logs" / f"{command.name.replace(' ', '-')}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as said:
        process = subprocess.Popen(
            words,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **command.environment},
            stdout=said,
            stderr=said,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_for(base, process, log)
            # Dash knows its scripts once it has served a page, in each worker for itself.
            for _ in range(_FIRST_QUESTIONS):
                _ask(base)
            yield Server(command.name, base, process.pid)
        finally:
            process.terminate()
            process.wait(_PATIENCE_S)


def _gunicorn(python: Path, application: str) -> list[str]:
    words = [str(python), "-m", "gunicorn", application, "--config", str(_SETTINGS)]
    return [*words, "--workers", str(_WORKERS), "--bind", "127.0.0.1:{port}"]


def _peer(name: str, module: str, *, compressed: bool) -> Command:
    words = _gunicorn(PEERS, f"benchmarks.peers.{module}:server")
    if not compressed:
        return Command(name, words)
    return Command(f"{name}, compressed", words, {"BENCH_COMPRESS": "1"})


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + _PATIENCE_S
    while time.monotonic() < ends and process.poll() is None:
        try:
            return _ask(base)
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise ServerError(f"{base} does not answer; {log.relative_to(ROOT)} holds what it said")


def _ask(address: str) -> None:
    """Ask for a page; whatever the answer is, it is one."""
    with suppress(HTTPError), urlopen(address, timeout=_PATIENCE_S):
        pass
