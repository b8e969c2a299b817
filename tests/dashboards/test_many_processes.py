"""Several processes serve one warehouse in PostgreSQL, of which they share nothing else."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pandas as pd
import pytest

from dashboards.factory import create_app
from etl import pipeline
from etl.arrivals import arrive
from etl.inputs import read_inputs
from tests.data_folder import DATA, ROOT
from tests.postgresql import PASSWORD, Server
from warehouse import build
from warehouse.engine import Warehouse

pytestmark = pytest.mark.slow

SECOND = 1.0
PATIENCE = 60
SERVERS, WORKERS = 2, 2
QUESTION = "/api/v1/observations?indicator=titr_volume&scope=ministry"
PAGES = ("/en/", "/kk/trade", "/ru/corridor")

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Heard:
    """An answer: when it was asked for, by which build it was given, and the figures in it."""

    asked: float
    build: str
    figures: tuple[float, ...]


@pytest.fixture
def builds() -> dict[str, Frames]:
    """Two builds, in the second of which every figure has been doubled."""
    frames, _ = pipeline.transform(arrive(read_inputs(DATA)))
    first = frames["observation"]
    ends = {name: first[name] * 2 for name in ("value", "low", "high")}
    return {"first": frames, "second": {**frames, "observation": first.assign(**ends)}}


def write(url: str, name: str, frames: Frames) -> None:
    """Build and swap."""
    record = {"id": name, "built_at": "2026-11-23T00:00:00+00:00", "code_version": "c"}
    build.write(frames, record, {}, url)


@contextmanager
def gunicorn(url: str, static_dir: Path, log: Path) -> Iterator[str]:
    """A server as `make run` starts it, and who of its processes answered, in the log."""
    given = {"WAREHOUSE_URL": url, "STATIC_DIR": str(static_dir)}
    with socket.socket() as listening, log.open("wb") as said:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        command = [sys.executable, "-m", "gunicorn", "app:server", "--threads", "4"]
        process = subprocess.Popen(
            [
                *(*command, "--bind", f"fd://{listening.fileno()}", "--workers", str(WORKERS)),
                *("--access-logfile", "-", "--access-logformat", "%(p)s %(s)s"),
            ],
            cwd=ROOT,
            env=os.environ | given,
            pass_fds=[listening.fileno()],
            stdout=said,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait_for(address: str) -> None:
    """Ask until the server has started."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"{address}/health", timeout=PATIENCE):
                return
        except (URLError, ConnectionError):
            assert time.monotonic() < until, address
            time.sleep(0.1)


def hear(address: str) -> Heard:
    """Ask the question, and a page as well: neither may fail."""
    asked = time.monotonic()
    with urlopen(f"{address}{QUESTION}", timeout=PATIENCE) as response:
        told = json.load(response)
    for page in PAGES:
        with urlopen(f"{address}{page}", timeout=PATIENCE) as response:
            assert response.status == 200
    return Heard(asked, told["meta"]["build"], tuple(row["value"] for row in told["data"]))


def test_all_processes_answer_from_the_new_build_within_a_second(
    server: Server, builds: dict[str, Frames], static_dir: Path, tmp_path: Path
):
    """Two servers of two processes each, asked without a pause through a swap: no error, no mix."""
    url, times = server.database(), list[float]()
    write(url, "first", builds["first"])
    logs = [tmp_path / f"log-{number}" for number in range(SERVERS)]

    def listen(address: str) -> list[Heard]:
        """Ask on until a question was asked a good second after the swap."""
        heard = []
        while not (times and heard and heard[-1].asked > times[0] + SECOND):
            heard.append(hear(address))
        return heard

    with ExitStack() as stack, ThreadPoolExecutor(2 * SERVERS) as pool:
        addresses = [stack.enter_context(gunicorn(url, static_dir, log)) for log in logs]
        for address in addresses:
            wait_for(address)
        listening = [pool.submit(listen, address) for address in addresses * 2]
        time.sleep(SECOND)
        write(url, "second", builds["second"])
        times.append(time.monotonic())
        heard = [each for listened in listening for each in listened.result()]

    figures = {each.build: each.figures for each in heard}
    assert figures["second"] == tuple(2 * value for value in figures["first"]) != ()
    assert {each.figures == figures[each.build] for each in heard} == {True}
    late = [each.build for each in heard if each.asked > times[0] + SECOND]
    assert set(late) == {"second"}
    answered = {line.split()[0] for log in logs for line in log.read_text().splitlines()}
    assert len(answered) == SERVERS * WORKERS


def test_health_tells_when_the_server_is_gone_and_when_it_is_back(server: Server, static_dir: Path):
    """A sentence without the password, and no restart of ours when the server has had its own."""
    url = server.database()
    frames, _ = pipeline.transform(arrive(read_inputs(DATA)))
    write(url, "first", frames)
    client = create_app(Warehouse(url), static_dir).server.test_client()
    assert client.get("/health").get_json()["build"] == "first"
    server.stop()
    try:
        time.sleep(SECOND)
        for address in ("/health", "/en/", QUESTION):
            response = client.get(address)
            assert (response.status_code, "does not answer" in response.text) == (503, True)
            assert not set(PASSWORD.split()) & set(response.text.split())
    finally:
        server.start()
    for address in ("/health", "/en/", QUESTION):
        assert client.get(address).status_code == 200
