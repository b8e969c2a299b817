"""Ready answers: what one build says to one question is worked out, encoded and compressed once.

They stand before the app and know nothing of it: a kept answer is bytes and headers, and costs neither
routing nor a request object.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import generate_etag, parse_accept_header, parse_etags
from werkzeug.wrappers import Response

from warehouse.engine import Warehouse, WarehouseMissingError, WarehouseUnreadableError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST = 1_000
"""Answers kept at the most; past it all are forgotten, for a new build soon makes them stale anyway."""

MOST_BYTES = 256 * 1024 * 1024
"""Bytes kept at the most: pages are small, but the API may be asked for large tables."""

LARGEST_QUESTION = 64 * 1024
"""Bytes of a body that is looked at: it is kept as a key, and a question is an address."""

_BROTLI_QUALITY = 9
_COMPRESSED_FROM = 500
_OF_CONTENT = frozenset({"content-type", "content-length", "content-encoding"})

Question = tuple[str, str, str, str, bytes]
"""Method, scheme and host, path, query and body: an answer may name the address that it is known by."""


class Coded(NamedTuple):
    """An answer in one encoding: its headers, its tag and its bytes."""

    headers: list[tuple[str, str]]
    tag: str
    content: bytes


@dataclass(frozen=True)
class Answer:
    """The bytes of an answer in each encoding that browsers accept, the smallest first."""

    encodings: tuple[tuple[str, Coded], ...]

    @property
    def size(self) -> int:
        """How many bytes it takes to keep it."""
        return sum(len(coded.content) for _name, coded in self.encodings)

    def give(self, asked: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request in the best encoding that it accepts; shortly, if it has that already."""
        accepted = _accepted(asked.get("HTTP_ACCEPT_ENCODING", ""))
        coded = next(coded for name, coded in self.encodings if name in accepted)
        known = asked.get("HTTP_IF_NONE_MATCH")
        if known and parse_etags(known).contains_weak(coded.tag):
            headers = [pair for pair in coded.headers if pair[0].lower() not in _OF_CONTENT]
            start_response("304 NOT MODIFIED", headers)
            return []
        start_response("200 OK", list(coded.headers))
        return [] if asked["REQUEST_METHOD"] == "HEAD" else [coded.content]


@dataclass
class _Kept:
    """What one build has answered."""

    build_id: str
    answers: dict[Question, Answer] = field(default_factory=dict)
    size: int = 0


class Answers:
    """Answers of the build that is served; those of the build before are forgotten with it."""

    def __init__(self, app: WSGIApplication, warehouse: Warehouse) -> None:
        """Stand before an app whose every good answer depends on the build and the question alone."""
        self._app = app
        self._warehouse = warehouse
        self._kept = _Kept("")
        self._turns: dict[Question, Lock] = {}

    def __call__(self, asked: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory what was asked before, and remember what is worked out now."""
        build_id, question = self._build_id(), _question(asked)
        if not build_id or question is None:
            return self._app(asked, start_response)
        answer = self._of(build_id).answers.get(question) or self._worked(build_id, question, asked)
        if isinstance(answer, Response):
            return answer(asked, start_response)
        return answer.give(asked, start_response)

    def _worked(
        self, build_id: str, question: Question, asked: WSGIEnvironment
    ) -> Answer | Response:
        """Work an answer out, or wait for whoever is at it already."""
        try:
            with self._turns.setdefault(question, Lock()):
                kept = self._of(build_id).answers.get(question)
                return kept or self._learn(build_id, question, asked)
        finally:
            self._turns.pop(question, None)

    def _build_id(self) -> str:
        try:
            return self._warehouse.build().id
        except (WarehouseMissingError, WarehouseUnreadableError):
            return ""  # The app has a sentence for it.

    def _of(self, build_id: str) -> _Kept:
        kept = self._kept
        is_full = len(kept.answers) >= MOST or kept.size >= MOST_BYTES
        if build_id != kept.build_id or is_full:
            # Another, and not the same one emptied: another thread may still be filling that.
            kept = self._kept = _Kept(build_id)
        return kept

    def _learn(
        self, build_id: str, question: Question, asked: WSGIEnvironment
    ) -> Answer | Response:
        response = Response.from_app(self._app, {**asked, "REQUEST_METHOD": question[0]})
        is_whole = response.status_code == 200 and "Content-Length" in response.headers
        if not is_whole or response.cache_control.no_store:
            return response
        answer = _encode(response)
        kept = self._kept
        # Unless another build was swapped in while it was worked out.
        if build_id == kept.build_id == self._build_id():
            kept.answers[question] = answer
            kept.size += answer.size
        return answer


def _question(asked: WSGIEnvironment) -> Question | None:
    """Read what is asked, and leave its body as it was; None for what is no question of a reader's."""
    method = asked["REQUEST_METHOD"]
    if method not in {"GET", "HEAD", "POST"} or "HTTP_RANGE" in asked:
        return None
    body = b""
    if method == "POST":
        length = asked.get("CONTENT_LENGTH") or "no"
        if not length.isdigit() or int(length) > LARGEST_QUESTION:
            return None
        body = asked["wsgi.input"].read(int(length))
        asked["wsgi.input"] = BytesIO(body)
    return (
        "POST" if method == "POST" else "GET",
        f"{asked['wsgi.url_scheme']}://{asked.get('HTTP_HOST', '')}",
        asked.get("PATH_INFO", ""),
        asked.get("QUERY_STRING", ""),
        body,
    )


@lru_cache(maxsize=256)
def _accepted(header: str) -> frozenset[str]:
    """Name the encodings that a request accepts; as it is, an answer is always good enough."""
    qualities = parse_accept_header(header, Accept)
    return frozenset({"identity", *(name for name in ("br", "gzip") if qualities[name] > 0)})


def _encode(response: Response) -> Answer:
    content = response.get_data()
    encodings = {"identity": content}
    if len(content) >= _COMPRESSED_FROM:
        encodings = {
            "br": brotli.compress(content, quality=_BROTLI_QUALITY),
            "gzip": gzip.compress(content, mtime=0),
            "identity": content,
        }
    return Answer(tuple((name, _coded(response, name, each)) for name, each in encodings.items()))


def _coded(response: Response, encoding: str, content: bytes) -> Coded:
    headers, tag = response.headers.copy(), generate_etag(content)
    headers["Content-Length"] = str(len(content))
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    headers["Vary"] = "Accept-Encoding"
    headers["Cache-Control"] = "no-cache"
    headers["ETag"] = f'"{tag}"'
    return Coded(headers.to_wsgi_list(), tag, content)
