"""The briefing as a file: made anew for each choice, language and day, kept like any answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Flask, Response, request

from dashboards.briefing.compose import PATH, compose, options
from dashboards.briefing.files import KINDS, MIMETYPES, file_name, written
from dashboards.selection import BriefingSelection, split_view
from dashboards.shell import Shell
from warehouse.catalog import LANGUAGES, Language


def register(server: Flask, shell: Shell, script: Callable[[], str]) -> None:
    """Answer `/<language>/briefing/briefing.<kind>?<choices>`; `script` reads plotly.js for the HTML."""
    rule = f"/<any({','.join(LANGUAGES)}):language>/{PATH}/{PATH}.<any({','.join(KINDS)}):kind>"
    server.add_url_rule(rule, "briefing", partial(_file, shell, script))


def _file(shell: Shell, script: Callable[[], str], language: Language, kind: str) -> Response:
    view, choices = split_view(request.query_string.decode(errors="replace"))
    while True:
        build = shell.warehouse.build()
        asked = shell.warehouse.as_of(view.asof)
        selection, _unknown = BriefingSelection.from_query(choices, {"indicator": options(asked)})
        origin = request.host_url.rstrip("/")
        briefing = compose(asked, shell.locales[language], selection, origin, shell.memory)
        # A build swapped in meanwhile would leave a briefing that is half of each.
        if shell.warehouse.build() == build:
            break
    response = Response(written(briefing, kind, script), mimetype=MIMETYPES[kind])
    disposition = f'attachment; filename="{file_name(briefing, kind)}"'
    response.headers["Content-Disposition"] = disposition
    return response
