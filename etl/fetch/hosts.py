"""Asking one host: politely, patiently, and for whole answers only. The one module that speaks HTTP."""

from __future__ import annotations

import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

import httpx2
import stamina

from etl.fetch.apis.bodies import is_cut
from etl.fetch.manners import ASK_AGAIN, AskError, Manners, PassingError, Reply

_MAY_PASS = frozenset({429, 500, 502, 503, 504})
_KEPT_HEADERS = ("content-type", "date", "etag", "last-modified")
_QUOTA = re.compile(rb"quota|call volume", re.IGNORECASE)


@dataclass
class Host:
    """One publisher's host; `secret` is a header by name and value, sent and never shown."""

    manners: Manners
    pause: float
    secret: tuple[str, str] | None = field(default=None, repr=False)
    no_records: bytes = b""
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _free_at: float = field(default=0.0, init=False)
    _stream: Any = field(default=None, init=False, repr=False)
    _was_too_slow: bool = field(default=False, init=False)

    def __enter__(self) -> Self:
        """Open the connection's pool, of one connection: questions are asked one after another."""
        m = self.manners
        self._client = httpx2.Client(
            headers={
                "User-Agent": f"altyn-kopir ({m.contact})" if m.contact else "altyn-kopir",
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            },
            timeout=httpx2.Timeout(m.read, connect=m.connect),
            limits=httpx2.Limits(max_connections=1),
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._client.close()

    def ask(self, address: str, conditions: Mapping[str, str]) -> Reply:
        """What the host answers in the end. Raises AskError, without the key in its words."""
        headers = dict(conditions) | dict([self.secret] if self.secret else [])
        m = self.manners
        attempts = stamina.retry_context(
            on=_wait_of,
            attempts=m.attempts,
            timeout=None,
            wait_initial=m.first_wait,
            wait_max=m.longest_wait,
            wait_jitter=m.jitter,
        )
        for attempt in attempts:
            with attempt:
                return self._once(httpx2.URL(address), headers)
        raise AssertionError("an attempt returns or raises")

    def _once(self, url: httpx2.URL, headers: dict[str, str]) -> Reply:
        for _ in range(self.manners.most_redirects + 1):
            self._keep_pace()
            try:
                with self._watched(), self._opened(url, headers) as response:
                    if not response.has_redirect_location:
                        return self._reply(response)
                    url = _same_host(url, response.headers["location"])
            except (httpx2.TransportError, httpx2.StreamError) as error:
                raise self._passing(error) from error
        raise AskError("the host redirects without end", "Look at the address in a browser")

    @contextmanager
    def _opened(self, url: httpx2.URL, headers: dict[str, str]) -> Iterator[httpx2.Response]:
        extensions = {"trace": self._remember_stream}
        with self._client.stream("GET", url, headers=headers, extensions=extensions) as response:
            yield response

    def _keep_pace(self) -> None:
        wait = self._free_at - time.monotonic()
        if wait > 0:
            self.sleep(wait)
        pause = self.pause if self.manners.pause is None else self.manners.pause
        self._free_at = time.monotonic() + pause

    def _remember_stream(self, event: str, about: dict[str, Any]) -> None:
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._stream = about["return_value"]

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """End the attempt at its deadline, even where a header comes byte by byte."""
        self._was_too_slow = False
        watch = threading.Timer(self.manners.total, self._hang_up)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _hang_up(self) -> None:
        self._was_too_slow = True
        connection = self._stream and self._stream.get_extra_info("socket")
        if connection:
            with suppress(OSError):
                # The plain socket's: a TLS one would wait for the other side to agree.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def _passing(self, error: Exception) -> PassingError:
        if self._was_too_slow:
            return PassingError(f"the answer took longer than {self.manners.total:g} seconds")
        if isinstance(error, httpx2.TimeoutException):
            passing = PassingError("the host was silent for too long")
        else:
            passing = PassingError(f"the connection failed: {str(error) or type(error).__name__}")
        passing.is_unreachable = isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout))
        return passing

    def _reply(self, response: httpx2.Response) -> Reply:
        status = response.status_code
        if status in {204, 304}:
            return Reply(status)
        content = self._body(response)
        if self._was_too_slow:
            # A body that ends with its connection would otherwise pass for whole.
            raise self._passing(TimeoutError())
        if status == 404 and self.no_records and self.no_records in content:
            return Reply(404)
        if status != 200:
            raise self._no(response, content)
        if not content or is_cut(content):
            raise PassingError("the body of the answer was lost or cut on the way")
        headers = {n: response.headers[n] for n in _KEPT_HEADERS if n in response.headers}
        shown = (content, *(value.encode() for value in headers.values()))
        if self.secret and any(self.secret[1].encode() in text for text in shown):
            raise AskError("the answer repeats the key, and was not kept")
        return Reply(200, content, headers)

    def _body(self, response: httpx2.Response) -> bytes:
        """The unpacked body; unpacked here, as httpx2 does not notice a gzip that ends too early."""
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in {"identity", "gzip"}:
            raise AskError(f"the answer is packed as {encoding!r}, which was not asked for")
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding == "gzip" else None
        body, most, arrived = bytearray(), self.manners.most_bytes, 0
        for chunk in response.iter_raw():
            arrived += len(chunk)
            body += _unpacked(unpacker, chunk, most + 1 - len(body)) if unpacker else chunk
            if max(arrived, len(body)) > most:
                raise AskError(
                    f"the answer is larger than {most:,} bytes and was not read to its end",
                    "Ask for fewer years at a time",
                )
        if unpacker and arrived and not unpacker.eof:
            raise PassingError("the packed body of the answer ends too early")
        return bytes(body)

    def _no(self, response: httpx2.Response, content: bytes) -> AskError:
        status = response.status_code
        words = f"the host answered {status}{self._excerpt(content)}"
        if status in _MAY_PASS:
            return self._not_now(PassingError(words), response)
        if status == 403 and _QUOTA.search(content):
            return AskError(f"the quota is used up: {words}", ASK_AGAIN, is_final_for_host=True)
        if status == 401:
            remedy = "Check the key in the environment, or take it away to ask without one"
            return AskError(f"the key was not accepted: {words}", remedy, is_final_for_host=True)
        return AskError(words, "Compare the address with the publisher's documentation")

    def _not_now(self, error: PassingError, response: httpx2.Response) -> AskError:
        error.is_final_for_host = response.status_code == 429
        error.wait = _seconds(response.headers.get("retry-after", ""), self.now())
        if error.wait is None or error.wait <= self.manners.longest_wait:
            return error
        when = f"{error}, and asks to wait {error.wait:.0f} seconds"
        return AskError(when, ASK_AGAIN, is_final_for_host=True)

    def _excerpt(self, content: bytes) -> str:
        text = content[:2000].decode("utf-8", "replace")
        if self.secret:
            text = text.replace(self.secret[1], "…")
        words = " ".join(re.sub(r"<[^>]*>", " ", text).split())
        return f": {words[:200]}" if words else ""


def _wait_of(error: Exception) -> bool | float:
    """Whether to ask again, and when if the host says so (a backoff hook of stamina)."""
    if isinstance(error, PassingError):
        return error.wait or True
    return False


def _unpacked(unpacker: Any, chunk: bytes, most: int) -> bytes:
    try:
        return bytes(unpacker.decompress(chunk, most))
    except zlib.error as error:
        raise PassingError("the packed body of the answer is damaged") from error


def _seconds(retry_after: str, now: datetime) -> float | None:
    """How long `Retry-After` asks to wait, given in seconds or as a date; None if it does not say."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        when = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (when.astimezone(UTC) - now).total_seconds())


def _same_host(url: httpx2.URL, location: str) -> httpx2.URL:
    """Where a redirect leads. Raises AskError unless it is the same host, or its https."""
    try:
        target = url.join(location)
    except httpx2.InvalidURL as error:
        raise AskError(f"the host redirects to what is no address: {location[:100]!r}") from error
    is_upgrade = (url.scheme, target.scheme) == ("http", "https")
    is_here = (target.scheme, target.port) == (url.scheme, url.port)
    if target.host == url.host and (is_here or (is_upgrade and not (url.port or target.port))):
        return target
    raise AskError(
        f"the host redirects to another one, {target.host}, which was not followed",
        "If the publisher has moved, give the new host with --base-url",
    )
