"""What can be taken away: every exhibit of every view as a file, at the address of the view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Flask, Response, request

from dashboards.components.take import cited
from dashboards.export.files import KINDS, written
from dashboards.page import Request
from dashboards.sheets import MIMETYPES
from dashboards.shell import Shell
from warehouse.catalog import LANGUAGES

_MOST = 16
"""Views kept at the most, for who takes one file of a view often takes another."""


def register(server: Flask, shell: Shell, *, nothing: Callable[[], Any]) -> None:
    """Answer `/<language>/<page>/<exhibit>.<kind>?<choices>` with the exhibit that the view shows.

    `nothing` answers for an address at which there is none, as for any other.
    """
    rule = f"/<any({','.join(LANGUAGES)}):language>/<path:view>.<any({','.join(KINDS)}):kind>"
    server.add_url_rule(rule, "export", partial(_file, _Views(shell), nothing))


@dataclass
class _Views:
    """The views of which files were asked last; each is laid out once, as on its page."""

    shell: Shell
    kept: dict[tuple[str, ...], Request] = field(default_factory=dict)

    def open(self, path: str, query: str) -> Request:
        """Lay out a view, or remember it; it holds the exhibits that it shows."""
        build_id = self.shell.warehouse.build().id
        view = (build_id, request.host_url, path, query)
        asked = self.kept.get(view)
        if asked is None:
            _, asked, _ = self.shell.open(path, query)
            if self.shell.warehouse.build().id == build_id:
                # A new dict and no clear(): another thread may be reading the old one.
                self.kept = {**(self.kept if len(self.kept) < _MOST else {}), view: asked}
        return asked


def _file(
    views: _Views, nothing: Callable[[], Any], language: str, view: str, kind: str
) -> Response | Any:
    place, _, name = view.rpartition("/")
    query = request.query_string.decode(errors="replace")
    asked = views.open(f"/{language}/{place}", query)
    if name not in asked.shown:
        return nothing()
    exhibit, _ = asked.shown[name]
    response = Response(written(asked, exhibit, kind), mimetype=MIMETYPES[kind])
    file = f"{cited(asked, exhibit).key}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
