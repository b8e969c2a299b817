"""An exhibit as a file: its figures as CSV or XLSX, how to cite it as BibTeX or RIS."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dashboards.components.table import records
from dashboards.components.take import cited
from dashboards.exhibit import Exhibit
from dashboards.i18n import Locale
from dashboards.messages import message
from dashboards.page import Request
from dashboards.sheets import Row, Sheet, to_csv, to_xlsx
from dashboards.units import kept_unit
from warehouse.catalog import Source

_SOURCES = ("source_id", "publisher", "title", "url", "published", "language", "licence")

_COLUMNS: Mapping[str, str] = {
    "series": message("What the figure is about, as in the chart"),
    "period": message("Year, month, day, or first/last, as in ISO 8601"),
    "value": message("The figure, where it is one number"),
    "low": message("The lower end, where the figure is a range; empty where it is open"),
    "high": message("The upper end, where the figure is a range; empty where it is open"),
    "unit": message("The unit of value, low and high"),
    "status": message("How firm the figure is: final, preliminary, estimate, derived, stated"),
    "source_id": message("The source, described in the sheet “sources”"),
    "vintage": message("The edition of the source"),
    "place": message("Where in the source the figure stands"),
    "source": message("Publisher and title of the source"),
}


def written(request: Request, exhibit: Exhibit, kind: str) -> str | bytes:
    """Write an exhibit in the form that an ending stands for. Raises KeyError for an unknown one."""
    return _WRITERS[kind](request, exhibit)


def _csv(request: Request, exhibit: Exhibit) -> str:
    # The mark tells Excel that the letters are UTF-8; without it Cyrillic is garbled there.
    return "\ufeff" + to_csv(*_data(exhibit, request.locale))


def _bib(request: Request, exhibit: Exhibit) -> str:
    return cited(request, exhibit).bibtex()


def _ris(request: Request, exhibit: Exhibit) -> str:
    return cited(request, exhibit).ris()


def _xlsx(request: Request, exhibit: Exhibit) -> bytes:
    locale = request.locale
    columns, rows = _data(exhibit, locale)
    return to_xlsx(
        f"{exhibit.title} · Altyn Köpir",
        datetime.fromisoformat(request.warehouse.build().built_at),
        (
            Sheet("data", columns, rows),
            Sheet("sources", _SOURCES, [_source(each, locale) for each in exhibit.sources]),
            Sheet("notes", ("name", "note"), _notes(request, exhibit, columns)),
        ),
    )


def _data(exhibit: Exhibit, locale: Locale) -> tuple[Sequence[str], Sequence[Row]]:
    """The figures in the order of the reader, each with its kept unit and its source in words."""
    sources = {source.id: source for source in exhibit.sources}
    rows: list[Row] = [
        {str(name): value for name, value in row.items()}
        | ({"unit": kept_unit(row["unit"])} if row.get("unit") else {})
        | {"source": _words(sources.get(row.get("source_id", "")), locale)}
        for row in records(exhibit.data)
    ]
    columns = [str(name) for name in exhibit.data.columns if name != "source"]
    return [*columns, *(["source"] if "source_id" in columns else [])], rows


def _words(source: Source | None, locale: Locale) -> str | None:
    return f"{source.publisher[locale.language]}: {source.title}" if source else None


def _source(source: Source, locale: Locale) -> Row:
    told: dict[str, Any] = {
        "source_id": source.id,
        "publisher": source.publisher[locale.language],
        "licence": locale.text(source.licence),
    }
    return told | {name: getattr(source, name) for name in _SOURCES if name not in told}


def _notes(request: Request, exhibit: Exhibit, columns: Sequence[str]) -> list[Row]:
    """What a reader who has nothing but the file must know of it."""
    locale = request.locale
    citation = cited(request, exhibit)
    build = citation.build
    told = [
        (message("Title"), exhibit.title),
        (message("Subtitle"), exhibit.subtitle),
        (message("In words"), exhibit.summary),
        *((message("Remark"), remark) for remark in exhibit.remarks),
        (
            message("Knowledge of"),
            request.warehouse.asof or locale.text("the day of the build: the newest figures"),
        ),
        (message("Build"), build.id),
        (message("Built at"), build.built_at),
        (message("Link to this view"), citation.address),
        (message("Citation"), citation.sentence(locale)),
        (
            message("Numbers"),
            locale.text("Not rounded, in the unit named beside them: dollars, not billions."),
        ),
        (
            message("Missing figures"),
            locale.text("An empty cell is a figure that nobody has stated; it is never zero."),
        ),
    ]
    notes = [(locale.text(name), note) for name, note in told if note]
    known = [(name, locale.text(_COLUMNS[name])) for name in columns if name in _COLUMNS]
    return [{"name": name, "note": note} for name, note in (*notes, *known)]


_WRITERS: Mapping[str, Callable[[Request, Exhibit], str | bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "bib": _bib,
    "ris": _ris,
}
KINDS = tuple(_WRITERS)
"""The files that there are, by their endings."""
