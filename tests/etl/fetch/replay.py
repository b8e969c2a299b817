"""A publisher's host on this machine: it answers as scripted, faults included, and remembers."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

_BOMB = gzip.compress(b" " * 10_000_000)


@dataclass(frozen=True)
class Said:
    """One answer; `fault` is what goes wrong while it is given."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    """silent, drip, cut, short, dropped, endless, bomb or until-close."""

    def packed(self) -> Said:
        """The same answer in gzip."""
        headers = self.headers | {"Content-Encoding": "gzip"}
        return Said(gzip.compress(self.body), self.status, headers, self.fault)


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]


@dataclass
class Replay:
    """`script` turns a path and how often it was asked before into an answer."""

    script: Callable[[str, int], Said]
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    ended: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    @property
    def paths(self) -> list[str]:
        """Every path asked, in order."""
        return [asked.path for asked in self.asked]

    def answer(self, path: str, headers: dict[str, str]) -> Said:
        """What is said now."""
        with self._lock:
            before = self.paths.count(path)
            self.asked.append(Asked(path, headers))
        return self.script(path, before)


@contextmanager
def replaying(script: Callable[[str, int], Said]) -> Iterator[Replay]:
    """Serve a script on a free port."""
    replay = Replay(script)

    class Handler(_Handler):
        host = replay

    server = _Server(("127.0.0.1", 0), Handler)
    replay.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield replay
    finally:
        replay.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def always(*said: Said) -> Callable[[str, int], Said]:
    """Every path is answered by these in turn, and then by the last again and again."""
    return lambda _path, before: said[min(before, len(said) - 1)]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that was killed is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    host: Replay

    def do_GET(self) -> None:
        said = self.host.answer(self.path, dict(self.headers))
        give = getattr(self, "_" + said.fault.replace("-", "_") if said.fault else "_whole")
        with suppress(OSError):
            give(said)

    def log_message(self, *_: Any) -> None:
        """Tests say themselves what was asked."""

    def _head(self, said: Said, **headers: str) -> None:
        self.send_response(said.status)
        for name, value in (said.headers | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def _whole(self, said: Said) -> None:
        if said.status in {204, 304}:
            self._head(said)
        else:
            self._head(said, Content_Length=str(len(said.body)))
            self.wfile.write(said.body)

    def _silent(self, _: Said) -> None:
        self.host.ended.wait(10)
        self.close_connection = True

    def _drip(self, _: Said) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1000:
            self.wfile.write(bytes([byte]))
            if self.host.ended.wait(0.02):
                break
        self.close_connection = True

    def _cut(self, said: Said) -> None:
        self._head(said, Content_Length=str(len(said.body)))
        self.wfile.write(said.body[: len(said.body) // 2])
        self.close_connection = True

    def _short(self, said: Said) -> None:
        self._head(said, Content_Length=str(len(said.body) - 3))
        self.wfile.write(said.body)
        self.close_connection = True

    def _dropped(self, _: Said) -> None:
        self.close_connection = True

    def _until_close(self, said: Said) -> None:
        self._head(said, Connection="close")
        self.wfile.write(said.body)
        self.close_connection = True

    def _endless(self, said: Said) -> None:
        self._head(said, Connection="close")
        while not self.host.ended.is_set():
            self.wfile.write(b"[" * 65536)
            time.sleep(0)

    def _bomb(self, said: Said) -> None:
        self._whole(Said(_BOMB, headers=said.headers | {"Content-Encoding": "gzip"}))
