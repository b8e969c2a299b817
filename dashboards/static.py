"""What browsers load besides the pages: collected once, compressed once, cached for a year."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import dash_ag_grid
from dash import Dash, html
from plotly.offline import get_plotlyjs
from whitenoise.compress import Compressor

from dashboards import shapes, theme
from dashboards.fingerprint import fingerprint, fingerprinted

_HERE = Path(__file__).parent
ASSETS = _HERE / "assets"
BUNDLE = _HERE / "bundle" / "out"
_PARTS_OF_PLOTLY = ("flows", "maps", "trees")
MANIFEST = "manifest.json"

_IN_ONE = {
    "page.js": ("shell.js", "views.js", "charts.js", "take.js", "whatif.js"),
    "dash-renderer.js": ("live.js", "grid.js", "start.js"),
}
"""Scripts that travel in one file each: that of every document, and Dash with what leans on it."""

_UNUSED = ("dash_core_components", "dash_html_components", "dash_table", "dash_ag_grid")
"""Scripts that Dash lists and no page loads: documents hold elements and charts; grids come when needed."""

GRID = "dash_ag_grid.js"
"""The name under which the manifest keeps the address of AG Grid's script."""
_GRID_SCRIPTS = ("dash_ag_grid.min.js", "async-community.js")
"""The component and what it loads; its other chunk would need a licence."""


class StaticMissingError(Exception):
    """The static files have not been collected."""


def collect(target: Path) -> list[str]:
    """Write what browsers load to `target` under the addresses that pages use.

    Files that stand there already are left alone, for their names hold their fingerprints; others
    are removed. Each new file is compressed with brotli and gzip. Returns the addresses.
    """
    own = {f"static/{name}": content for name, content in _own_files().values()}
    grid = _grid_files()
    wanted = {**own, **grid}
    for address, content in wanted.items():
        _write(target / address, content)
    manifest = {name: f"/static/{hashed}" for name, (hashed, _) in _own_files().items()}
    manifest[GRID] = f"/{next(iter(grid))}"
    (target / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    for path in list(target.rglob("*")):
        plain = path.with_suffix("") if path.suffix in (".br", ".gz") else path
        address = plain.relative_to(target).as_posix()
        if path.is_file() and address != MANIFEST and address not in wanted:
            path.unlink()
    return sorted(wanted)


def read_manifest(target: Path) -> Mapping[str, str]:
    """Read the addresses of what was collected, by name.

    Raises StaticMissingError where nothing has been collected.
    """
    try:
        manifest: dict[str, str] = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise StaticMissingError(
            f"{target} holds no static files; run: python -m dashboards static"
        ) from error
    return manifest


def plotly_script(target: Path) -> str:
    """Read the plotly.js that was collected; empty where none was."""
    try:
        assets = read_manifest(target)
    except StaticMissingError:
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
    """Our assets by name, each with its fingerprinted name and content; Dash and plotly.js among them."""
    contents = {path.name: path.read_bytes() for path in sorted(ASSETS.iterdir())}
    contents["style.css"] = theme.style_variables().encode() + contents["style.css"]
    contents[shapes.COUNTRIES.name] = shapes.COUNTRIES.read_bytes()
    before = {"page.js": [], "dash-renderer.js": _dash_scripts()}
    for name, parts in _IN_ONE.items():
        scripts = [*before[name], *(contents.pop(part) for part in parts)]
        # A script may end without a semicolon, or in a comment.
        contents[name] = b"\n;\n".join(scripts)
    contents |= _plotly_files()
    return {name: (fingerprinted(name, content), content) for name, content in contents.items()}


def _plotly_files() -> dict[str, bytes]:
    """The small plotly.js and what it loads when needed; the whole of it where that was not built."""
    built = {f"plotly.{part}.js": BUNDLE / f"plotly.{part}.min.js" for part in _PARTS_OF_PLOTLY}
    built["plotly.js"] = BUNDLE / "plotly.min.js"
    # The first would look in vain for one that is missing.
    if all(path.exists() for path in built.values()):
        return {name: path.read_bytes() for name, path in built.items()}
    return {"plotly.js": get_plotlyjs().encode()}


def _grid_files() -> dict[str, bytes]:
    """AG Grid's scripts, its own first; it finds the other by its bare name in the same folder.

    Dash would serve that one without a fingerprint, so the folder has the fingerprint of both.
    """
    folder = Path(dash_ag_grid.__file__).parent
    contents = {name: (folder / name).read_bytes() for name in _GRID_SCRIPTS}
    place = f"static/grid.{fingerprint(b''.join(contents.values()))}"
    return {f"{place}/{name}": content for name, content in contents.items()}


def _dash_scripts() -> list[bytes]:
    """Ask Dash itself for the scripts of a page, in their order."""
    app = Dash("dashboards", assets_folder=str(ASSETS), include_assets_files=False)
    app.layout = html.Div()
    client = app.server.test_client()
    index = client.get("/").get_data(as_text=True)
    addresses = re.findall(r'<script src="/([^"?]+)[^"]*"></script>', index)
    return [
        client.get(f"/{address}").get_data()
        for address in addresses
        if not any(map(address.count, _UNUSED))
    ]
