"""Ready answers: what one build says to one question is worked out, encoded and compressed once."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import partial

import brotli
from flask import Flask, Response, g, request

from warehouse.engine import Warehouse

MOST = 1_000
"""Answers kept at the most; past it all are forgotten, for a new build soon makes them stale anyway."""

MOST_BYTES = 256 * 1024 * 1024
"""Bytes kept at the most: pages are small, but the API may be asked for large tables."""

_BROTLI_QUALITY = 9
_COMPRESSED_FROM = 500
_KEPT_HEADERS = ("Content-Disposition", "Link", "X-Total-Count")

Question = tuple[str, str, str, bytes, bytes]
"""Method, scheme and host, path, query and body: an answer may name the address that it is known by."""


@dataclass(frozen=True)
class Answer:
    """The bytes of an answer in each encoding that browsers accept, the smallest first."""

    mimetype: str
    encodings: tuple[tuple[str, bytes], ...]
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> int:
        """How many bytes it takes to keep it."""
        return sum(len(content) for _name, content in self.encodings)

    def response(self) -> Response:
        """Answer the current request in the best encoding that it accepts."""
        for name, content in self.encodings:
            if name == "identity" or request.accept_encodings[name] > 0:
                response = Response(content, mimetype=self.mimetype, headers=self.headers)
                if name != "identity":
                    response.content_encoding = name
                response.vary.add("Accept-Encoding")
                response.cache_control.no_cache = True
                response.add_etag()
                response.make_conditional(request)
                return response
        raise AssertionError("every answer has its identity")


class Answers:
    """Answers of the build that is served; those of the build before are forgotten with it."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Keep answers for a warehouse."""
        self._warehouse = warehouse
        self._kept: dict[Question, Answer] = {}
        self._build_id = ""
        self._bytes = 0

    def build_id(self) -> str:
        """Name the build that is served now."""
        return self._warehouse.build().id

    def get(self, build_id: str, question: Question) -> Answer | None:
        """Look up what a build has answered before."""
        is_full = len(self._kept) >= MOST or self._bytes >= MOST_BYTES
        if build_id != self._build_id or is_full:
            # A new dict and no clear(): another thread may still be filling the old one.
            self._kept, self._build_id, self._bytes = {}, build_id, 0
        return self._kept.get(question)

    def keep(self, build_id: str, question: Question, answer: Answer) -> None:
        """Keep what a build answered, unless another was swapped in while it was worked out."""
        if build_id == self._build_id == self.build_id():
            self._kept[question] = answer
            self._bytes += answer.size


def keep_answers(server: Flask, warehouse: Warehouse) -> None:
    """Answer what was asked before from memory; every page and callback depends on nothing else."""
    answers = Answers(warehouse)
    server.before_request(partial(_known, answers))
    server.after_request(partial(_learn, answers))


def _known(answers: Answers) -> Response | None:
    if request.path == "/health":
        return None
    question = (
        *(request.method, request.host_url, request.path),
        *(request.query_string, request.get_data()),
    )
    build_id = answers.build_id()
    answer = answers.get(build_id, question)
    if answer is None:
        g.asked = (build_id, question)
        return None
    return answer.response()


def _learn(answers: Answers, response: Response) -> Response:
    asked = g.pop("asked", None)
    if asked is None or response.status_code != 200 or response.is_streamed:
        return response
    headers = tuple(
        (name, response.headers[name]) for name in _KEPT_HEADERS if name in response.headers
    )
    answer = _encode(response.mimetype or "text/html", response.get_data(), headers)
    build_id, question = asked
    answers.keep(build_id, question, answer)
    return answer.response()


def _encode(mimetype: str, content: bytes, headers: tuple[tuple[str, str], ...]) -> Answer:
    plain = ("identity", content)
    if len(content) < _COMPRESSED_FROM:
        return Answer(mimetype, (plain,), headers)
    return Answer(
        mimetype,
        (
            ("br", brotli.compress(content, quality=_BROTLI_QUALITY)),
            ("gzip", gzip.compress(content, mtime=0)),
            plain,
        ),
        headers,
    )
