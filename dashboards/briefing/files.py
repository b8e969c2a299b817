"""The forms in which a briefing can be taken along, by the endings of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboards.briefing.document import to_html
from dashboards.briefing.model import Briefing
from dashboards.briefing.slides import to_pptx
from dashboards.briefing.workbook import to_xlsx
from dashboards.sheets import XLSX

MIMETYPES: Mapping[str, str] = {
    "html": "text/html",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": XLSX,
}
"""What a file of an ending is."""
KINDS = tuple(MIMETYPES)


def written(briefing: Briefing, kind: str, script: Callable[[], str]) -> bytes:
    """Write a briefing; `script` reads plotly.js, which HTML needs. Raises KeyError for another kind."""
    writers: Mapping[str, Callable[[], bytes]] = {
        "html": lambda: to_html(briefing, script()).encode(),
        "pptx": lambda: to_pptx(briefing),
        "xlsx": lambda: to_xlsx(briefing),
    }
    return writers[kind]()


def file_name(briefing: Briefing, kind: str) -> str:
    """Name a file by language, day and ending."""
    return f"altyn-kopir-briefing-{briefing.language}-{briefing.date}.{kind}"
