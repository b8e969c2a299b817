"""What browsers load besides the pages: collected once, compressed once, cached for a year."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import dash_ag_grid
from dash import Dash, dcc, html
from whitenoise.compress import Compressor

from dashboards import shapes, theme
from dashboards.fingerprint import fingerprint, fingerprinted

_HERE = Path(__file__).parent
ASSETS = _HERE / "assets"
BUNDLE = _HERE / "bundle" / "out"
_SCRIPTS_OF_PLOTLY = ("plotly", "plotly.flows", "plotly.maps", "plotly.trees")
MANIFEST = "manifest.json"

_UNUSED = ("dash_table", "dash_ag_grid")
"""Scripts that Dash lists and no page loads: tables that it is giving up, and grids, loaded when needed."""

GRID = "dash_ag_grid.js"
"""The name under which the manifest keeps the address of AG Grid's script."""
_GRID_SCRIPTS = ("dash_ag_grid.min.js", "async-community.js")
"""The component and what it loads; its other chunk would need a licence."""


class StaticMissingError(Exception):
    """The static files have not been collected."""


def collect(target: Path) -> list[str]:
    """Write Dash's scripts and our assets to `target` under the addresses that pages use.

    Files that stand there already are left alone, for their names hold their fingerprints; others
    are removed. Each new file is compressed with brotli and gzip. Returns the addresses.
    """
    scripts, chunks = _dash_scripts()
    own = {f"static/{name}": content for name, content in _own_files().values()}
    grid = _grid_files()
    wanted = {**scripts, **chunks, **own, **grid}
    for address, content in wanted.items():
        _write(target / address, content)
    manifest = {
        "scripts": [f"/{address}" for address in scripts],
        "assets": {name: f"/static/{hashed}" for name, (hashed, _) in _own_files().items()}
        | {GRID: f"/{next(iter(grid))}"},
    }
    (target / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    for path in list(target.rglob("*")):
        plain = path.with_suffix("") if path.suffix in (".br", ".gz") else path
        address = plain.relative_to(target).as_posix()
        if path.is_file() and address != MANIFEST and address not in wanted:
            path.unlink()
    return sorted(wanted)


def read_manifest(target: Path) -> tuple[list[str], Mapping[str, str]]:
    """Read the addresses of Dash's scripts in their order, and of our assets by name.

    Raises StaticMissingError where nothing has been collected.
    """
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise StaticMissingError(
            f"{target} holds no static files; run: python -m dashboards static"
        ) from error
    return manifest["scripts"], manifest["assets"]


def plotly_script(target: Path) -> str:
    """Read the small plotly.js that was collected; empty where none was built, or none collected."""
    try:
        _scripts, assets = read_manifest(target)
    except StaticMissingError:
        return ""
    if "plotly.js" not in assets:
        return ""
    return (target / assets["plotly.js"].lstrip("/")).read_text(encoding="utf-8")


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    for _ in Compressor(quiet=True).compress(str(path)):
        pass


def _own_files() -> dict[str, tuple[str, bytes]]:
    """Our assets by name: their fingerprinted name and content; plotly.js only if it was built."""
    contents = {path.name: path.read_bytes() for path in sorted(ASSETS.iterdir())}
    contents["tokens.css"] = theme.style_variables().encode()
    contents[shapes.COUNTRIES.name] = shapes.COUNTRIES.read_bytes()
    built = {f"{name}.js": BUNDLE / f"{name}.min.js" for name in _SCRIPTS_OF_PLOTLY}
    # The first would look in vain for one that is missing.
    if all(path.exists() for path in built.values()):
        contents |= {name: path.read_bytes() for name, path in built.items()}
    return {name: (fingerprinted(name, content), content) for name, content in contents.items()}


def _grid_files() -> dict[str, bytes]:
    """AG Grid's scripts, its own first; it finds the other by its bare name in the same folder.

    Dash would serve that one without a fingerprint, so the folder has the fingerprint of both.
    """
    folder = Path(dash_ag_grid.__file__).parent
    contents = {name: (folder / name).read_bytes() for name in _GRID_SCRIPTS}
    place = f"static/grid.{fingerprint(b''.join(contents.values()))}"
    return {f"{place}/{name}": content for name, content in contents.items()}


def _dash_scripts() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Ask Dash itself for the scripts of a page with a graph, and for the chunks these load later."""
    app = Dash("dashboards", assets_folder=str(ASSETS), include_assets_files=False)
    app.layout = html.Div(dcc.Graph())
    client = app.server.test_client()
    index = client.get("/").get_data(as_text=True)
    addresses = re.findall(r'<script src="/([^"?]+)[^"]*"></script>', index)
    scripts = [address for address in addresses if not any(map(address.count, _UNUSED))]
    core = next(address for address in scripts if "/dash_core_components." in address)
    chunks = [core.replace("dash_core_components", chunk) for chunk in _chunks()]
    return (
        {address: client.get(f"/{address}").get_data() for address in scripts},
        {address: client.get(f"/{address}").get_data() for address in chunks},
    )


def _chunks() -> Iterator[str]:
    """Name the chunks of dcc; a browser asks for them under the fingerprint of the main script."""
    folder = Path(dcc.__file__).parent
    yield from (
        path.stem for path in sorted(folder.glob("async-*.js")) if "mathjax" not in path.stem
    )
