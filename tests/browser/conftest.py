"""What the browser tests share: a server as in production, one Chromium, and quiet visits."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visiting import Visit
from tests.dashboards import serving

ROOT = Path(__file__).parents[2]
PATIENCE = 20
"""Seconds that anything may take at the most; what takes so long is broken."""

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No other host can be found, so that nothing can leave unnoticed.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

Visitor = Callable[..., Visit]
DESK = {
    "color_scheme": "light",
    "locale": "en-US",
    "reduced_motion": "reduce",
    "viewport": {"width": 1280, "height": 900},
}


@pytest.fixture(scope="session")
def base(warehouse_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that is started as `make run` does."""
    folder = tmp_path_factory.mktemp("server")
    given = {
        "WAREHOUSE_URL": warehouse_url,
        "STATIC_DIR": str(serving.collect(folder / "static")),
    }
    with socket.socket() as listening, (folder / "log").open("wb") as log:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        bound = f"fd://{listening.fileno()}"
        command = [sys.executable, "-m", "gunicorn", "app:server", "--bind", bound]
        server = subprocess.Popen(
            [*command, "--workers", "1", "--threads", "4", "--log-level", "warning"],
            cwd=ROOT,
            env=os.environ | given,
            pass_fds=[listening.fileno()],
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            _wait_for(f"{address}/health")
            yield address
        finally:
            server.terminate()
            server.wait(PATIENCE)
    said = (folder / "log").read_text(encoding="utf-8")
    assert "Traceback" not in said, said


def _wait_for(address: str) -> None:
    for _ in range(PATIENCE * 10):
        try:
            with urlopen(address, timeout=PATIENCE):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"{address} does not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that the environment names; `make test` finds or installs one."""
    chromium = os.environ.get("CHROMIUM")
    if not chromium:
        pytest.fail("CHROMIUM names no browser; run: make test")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield launched
        launched.close()


@contextmanager
def visiting(browser: Browser, base: str) -> Iterator[Visitor]:
    """Makes visits, each in a context of its own; none may leave the host or be noisy."""
    visits: list[Visit] = []

    def start(**settings: Any) -> Visit:
        context = browser.new_context(**DESK | settings)
        context.set_default_timeout(PATIENCE * 1000)
        visits.append(Visit(context, base))
        return visits[-1]

    yield start
    for each in visits:
        each.context.close()
    assert [fault for each in visits for fault in each.faults] == []


@pytest.fixture
def visitor(browser: Browser, base: str) -> Iterator[Visitor]:
    """Makes as many visits as a test wants."""
    with visiting(browser, base) as start:
        yield start


@pytest.fixture
def visit(visitor: Visitor) -> Visit:
    """One visit, at a desk."""
    return visitor()
