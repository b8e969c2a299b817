"""The lower bound: the same cards and charts as files, drawn by the small plotly.js, or drawn already."""

from __future__ import annotations

import os
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from benchmarks.peers import charts

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PLOTLY = "plotly.html"
"""The page that plotly.js draws; choosing a flow fetches its figures."""
SVG = "svg.html"
"""The page that is drawn already."""

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><title>Kazakhstan and the Organization of Turkic States</title>
<h1>Kazakhstan and the Organization of Turkic States</h1>
<div class="cards">{cards}</div>
{body}
</html>
"""
_DRAWN = """<fieldset>{options}</fieldset>
{places}
<script src="plotly.js" defer></script>
<script type="module">
const draw = (figures) => figures.forEach((figure, at) =>
  Plotly.react(document.getElementById("chart-" + at), figure.data, figure.layout, {{responsive: true}}));
draw({figures});
document.querySelector("fieldset").addEventListener("change", async (event) =>
  draw(await (await fetch(event.target.value + ".json")).json()));
</script>"""


def write(folder: Path, plotly_js: Path) -> None:
    """Write the page that plotly.js draws, its figures by flow, and plotly.js itself, compressed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plotly.js").write_bytes(plotly_js.read_bytes())
    figures = {
        flow: [each.to_json() for each in charts.trade_charts(flow)] for flow in charts.FLOWS
    }
    for flow, made in figures.items():
        (folder / f"{flow}.json").write_text(f"[{','.join(made)}]", encoding="utf-8")
    first = [*figures["turnover"], charts.cargo_chart().to_json()]
    places = "".join(
        f'<div id="chart-{at}" style="height:450px"></div>' for at in range(len(first))
    )
    options = "".join(
        f'<label><input type="radio" name="flow" value="{flow}">{flow}</label>'
        for flow in charts.FLOWS
    )
    listed = f"[{','.join(first)}]".replace("</", "<\\/")
    body = _DRAWN.format(options=options, places=places, figures=listed)
    _write_page(folder / PLOTLY, body)
    _compress(folder)


def write_svg(folder: Path, drawings: Iterable[str]) -> None:
    """Write the page whose charts are drawings already."""
    _write_page(folder / SVG, "\n".join(f"<figure>{each}</figure>" for each in drawings))
    _compress(folder)


def create() -> WhiteNoise:
    """Serve the folder that the environment names."""
    return WhiteNoise(_nothing, root=os.environ["BENCH_SITE"], max_age=31_536_000)


def _nothing(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("404 Not Found", [])
    return [b""]


def _write_page(path: Path, body: str) -> None:
    cards = "".join(
        f"<section><h2>{escape(card.title)}</h2><p>{escape(card.value)}</p><p>{card.period}</p></section>"
        for card in charts.cards()
    )
    path.write_text(_PAGE.format(cards=cards, body=body), encoding="utf-8")


def _compress(folder: Path) -> None:
    compressor = Compressor(quiet=True)
    for path in folder.iterdir():
        if path.suffix in {".html", ".js", ".json"}:
            list(compressor.compress(str(path)))
