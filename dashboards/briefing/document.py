"""A briefing as one file of HTML that opens anywhere, offline, with charts that answer the pointer."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

from plotly.offline import get_plotlyjs

from dashboards import theme
from dashboards.briefing.drawing import drawing
from dashboards.briefing.model import Briefing, Cell, Entry, Reference, Section, Table, Verdict

_HERE = Path(__file__).parent
_STYLE = _HERE / "document.css"
_SCRIPT = _HERE / "document.js"
_SHOWN = (1, 8, 9, 11)
"""Columns of the figures that are shown: what it is, as it is read, the source, the place in it."""
_CONFIG = {"displayModeBar": False, "displaylogo": False, "responsive": True}


def to_html(briefing: Briefing, plotly: str = "") -> str:
    """Write the file; `plotly` is the script that draws, else the whole of plotly.js is taken.

    Nothing in it asks for anything from elsewhere, and its policy forbids it to: only the two scripts
    whose hashes the policy names may run.
    """
    scripts = [_inline(plotly or get_plotlyjs()), _inline(_SCRIPT.read_text(encoding="utf-8"))]
    figures = {
        section.id: json.loads(drawing(section.chart, briefing.separators).to_json())
        for section in briefing.sections
        if section.chart
    }
    config = _CONFIG | {"locale": briefing.language}
    drawn = json.dumps({"figures": figures, "config": config}, ensure_ascii=False)
    # A text that looks like the end of the element must not end it.
    drawn = drawn.replace("<", "\\u003c")
    count = len(briefing.sections) + 1
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{briefing.language}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(briefing.title)} · {escape(briefing.subtitle)}</title>",
            f"<style>{theme.style_variables()}{_STYLE.read_text(encoding='utf-8')}</style>",
            "</head>",
            "<body>",
            "<main>",
            *_head(briefing),
            *(
                line
                for number, section in enumerate(briefing.sections, start=1)
                for line in _section(section, briefing, briefing.page(number, count))
            ),
            *_end(briefing, briefing.page(count, count)),
            "</main>",
            f'<script type="application/json" id="drawn">{drawn}</script>',
            *(f"<script>{script}</script>" for script in scripts),
            "</body>",
            "</html>",
            "",
        ]
    )


def _inline(script: str) -> str:
    """A script that cannot end the element in which it stands: its strings may hold anything."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _policy(scripts: list[str]) -> str:
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'"
        for each in scripts
    ]
    # plotly.js sets styles on what it draws; there is no stricter way to let it.
    return (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline';"
        " img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _head(briefing: Briefing) -> Iterator[str]:
    yield f"<header><p class=brand>Altyn Köpir</p><h1>{escape(briefing.title)}</h1>"
    yield f"<p>{escape(briefing.subtitle)}</p>"
    yield from (f"<p class=quiet>{escape(note)}</p>" for note in briefing.notes)
    yield "</header>"


def _section(section: Section, briefing: Briefing, page: str) -> Iterator[str]:
    yield f'<section class=sheet id="{escape(section.id)}">'
    yield f"<p class=topic>{escape(section.title)}</p><h2>{escape(section.message)}</h2>"
    if section.chart:
        yield (
            f"<figure><figcaption>{escape(section.chart.caption)}</figcaption>"
            f'<div class=plot id="plot-{escape(section.id)}" role=group'
            f' aria-label="{escape(section.chart.summary)}"></div></figure>'
        )
    yield _table(section.table)
    if section.chart:
        yield f"<details><summary>{escape(briefing.words.figures)}</summary>"
        yield _figures(section, briefing)
        yield "</details>"
    yield from (f"<p class=quiet>{escape(remark)}</p>" for remark in section.remarks)
    links = "; ".join(_link(each, each.publisher) for each in section.sources)
    yield f"<footer>{escape(briefing.words.source)} {links}<span>{escape(page)}</span></footer>"
    yield "</section>"


def _table(table: Table) -> str:
    widths = "".join(f'<col style="width:{share:.0%}">' for share in table.widths)
    heads = "".join(f"<th scope=col>{escape(head)}</th>" for head in table.heads)
    rows = "".join(
        f"<tr><th scope=row>{escape(_said(row[0]))}</th>{''.join(map(_data, row[1:]))}</tr>"
        for row in table.rows
    )
    return (
        f"<div class=scroll tabindex=0><table class=facts>{widths}<thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _figures(section: Section, briefing: Briefing) -> str:
    """Every number of a section with its place in its source."""
    name, read, source, place = (briefing.words.columns[at] for at in _SHOWN)
    heads = "".join(f"<th scope=col>{escape(each)}</th>" for each in (name, read, source, place))
    rows = "".join(
        f"<tr><th scope=row>{escape(cell.label)}</th>{_data(cell)}"
        f"<td>{escape(cell.source_id)}</td><td lang=en>{escape(cell.place)}</td></tr>"
        for cell in section.cells
    )
    return (
        f"<div class=scroll tabindex=0><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _data(entry: Entry) -> str:
    if isinstance(entry, Cell):
        told = " ".join(f'{name}="{escape(value)}"' for name, value in data(entry).items())
        return f"<td {told}>{escape(entry.said)}</td>"
    if isinstance(entry, Verdict):
        return (
            f'<td data-verdict="{escape(entry.id)}" data-key="{escape(entry.key)}">'
            f"{escape(entry.text)}</td>"
        )
    return f"<td>{escape(entry)}</td>"


def data(cell: Cell) -> dict[str, str]:
    """What programs read of a number: its id, its kept value or ends, unit, period, status."""
    numbers = {"value": cell.value, "low": cell.low, "high": cell.high}
    return {
        "data-cell": cell.id,
        **{f"data-{name}": repr(float(each)) for name, each in numbers.items() if each is not None},
        "data-unit": cell.unit,
        "data-period": cell.period,
        "data-status": cell.status,
    }


def _said(entry: Entry) -> str:
    return entry if isinstance(entry, str) else entry.said


def _link(source: Reference, words: str = "") -> str:
    return (
        f'<a href="{escape(source.url)}"'
        f' rel="noopener noreferrer" target="_blank">{escape(words or source.text)}</a>'
    )


def _end(briefing: Briefing, page: str) -> Iterator[str]:
    words = briefing.words
    yield f"<section class=sheet id=sources><h2>{escape(words.sources)}</h2><ul>"
    yield from (f"<li>{_link(each)}</li>" for each in briefing.sources)
    yield f"</ul><p>{escape(words.link)}: {escape(briefing.address)}</p>"
    yield f"<footer><span>{escape(page)}</span></footer></section>"
