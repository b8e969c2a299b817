"""Response headers: nothing is loaded from, sent to, or framed by another host."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response

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


def secure(server: Flask) -> None:
    """Put the headers on every response of a server."""
    server.after_request(_with_headers)


def _with_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response
