"""Response headers: nothing is loaded from or sent to another host, nor framed but for one chart."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from flask import Flask, Response, request

_SOURCES = {
    "default-src": "'self'",
    "script-src": "'self'",
    # plotly.js sets styles on the elements that it draws; there is no stricter way to let it.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(f"{k} {v}" for k, v in _SOURCES.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}

_FRAMED = {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace(
        "frame-ancestors 'self'", "frame-ancestors *"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What differs where one chart is asked for: it is made to stand on the pages of others."""


def secure(server: Flask) -> None:
    """Put the headers on every response of a server."""
    server.after_request(_with_headers)


def is_embedded() -> bool:
    """Whether the current request asks for one chart alone, to stand on a page of others."""
    query = request.query_string.decode(errors="replace")
    pairs = parse_qsl(query, keep_blank_values=True)
    asked = [value for name, value in pairs if name == "embed"]
    return any(asked[-1:])


def _with_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    if response.mimetype == "text/html" and is_embedded():
        # Anybody may frame it: there is nothing to click that changes anything.
        response.headers.update(_FRAMED)
        del response.headers["X-Frame-Options"]
    return response
