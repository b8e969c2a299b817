"""The app factory: everything that serves is passed in, so that a test can make as many as it likes."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from dash import Dash
from flask import Flask, Response, jsonify, redirect, request
from whitenoise import WhiteNoise

from dashboards import api, export, static
from dashboards.answers import LARGEST_QUESTION, Answers
from dashboards.export import briefings
from dashboards.i18n import load_locales, negotiate
from dashboards.pages import NOT_FOUND
from dashboards.security import HEADERS, secure
from dashboards.shell import Shell, connect, place
from warehouse.catalog import LANGUAGES
from warehouse.engine import Warehouse, WarehouseMissingError, WarehouseUnreadableError

_log = logging.getLogger(__name__)


class _Dash(Dash):
    """Dash with our own HTML document around it."""

    shell: Shell

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """Render our document; of Dash's parts, all passed by name, only the configuration is needed."""
        return self.shell.index(parts["config"])


def create_app(warehouse: Warehouse, static_dir: Path) -> Dash:
    """Make the app that serves a warehouse with the static files collected in `static_dir`.

    Raises StaticMissingError where none were collected.
    """
    scripts, assets = static.read_manifest(static_dir)
    if "plotly.js" not in assets:
        _log.warning("the small plotly.js was not built; pages load the whole one (make bundle)")
    server = Flask("dashboards", static_folder=None)
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_QUESTION
    app = _Dash(
        "dashboards",
        server=server,  # type: ignore[arg-type]  # Dash takes a Flask, its annotation does not
        update_title="",
        include_assets_files=False,
    )
    app.shell = Shell(warehouse, load_locales(), scripts, assets)
    connect(app, app.shell)
    api.register(server, warehouse)
    export.register(server, app.shell, nothing=app.index)
    briefings.register(server, app.shell, partial(static.plotly_script, static_dir))
    server.before_request(_redirect_to_language)
    server.add_url_rule("/health", view_func=partial(_health, warehouse), endpoint="health")
    for trouble in (WarehouseMissingError, WarehouseUnreadableError):
        server.register_error_handler(trouble, _no_warehouse)
    # What is done to a response happens last to first: marked, then secured.
    secure(server)
    server.after_request(_mark_not_found)
    server.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        Answers(server.wsgi_app, warehouse),
        root=static_dir,
        add_headers_function=_add_headers,
    )
    return app


def _redirect_to_language() -> Response | None:
    """Lead from `/` to the language that the browser asks for, and from `/kk` to `/kk/`."""
    if request.path.removeprefix("/") in LANGUAGES:
        return redirect(f"{request.path}/")  # type: ignore[return-value]
    if request.path == "/":
        language = negotiate(request.headers.get("Accept-Language", ""))
        response = redirect(f"/{language}/")
        response.vary.add("Accept-Language")
        return response  # type: ignore[return-value]
    return None


def _mark_not_found(response: Response) -> Response:
    is_document = request.method in ("GET", "HEAD") and response.mimetype == "text/html"
    # A file to take along is none of the pages.
    is_document = is_document and "Content-Disposition" not in response.headers
    if is_document and response.status_code == 200 and place(request.path)[1] is NOT_FOUND:
        response.status_code = 404
    return response


def _health(warehouse: Warehouse) -> tuple[Response, int]:
    build = warehouse.build()
    response = jsonify(status="ok", build=build.id, built_at=build.built_at)
    response.headers["Cache-Control"] = "no-store"
    return response, 200


def _no_warehouse(error: Exception) -> tuple[Response, int]:
    return jsonify(status="no warehouse", detail=str(error)), 503


def _add_headers(headers: Headers, _path: str, url: str) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
    if not url.endswith(static.MANIFEST):
        # Every other name holds the fingerprint of its content.
        headers["Cache-Control"] = "max-age=31536000, public, immutable"
