"""Static files: fingerprinted, compressed, kept for a year, and missing pieces told."""

from __future__ import annotations

import gzip
import json
import logging
import re
import shutil
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient
from plotly.offline import get_plotlyjs

from dashboards import static, theme
from dashboards.bundle import locales as bundle_locales
from dashboards.factory import create_app
from dashboards.fingerprint import fingerprint, fingerprinted
from dashboards.security import HEADERS
from warehouse.engine import Warehouse


def addresses(folder: Path) -> list[str]:
    """The addresses of the collected files, without their compressed twins and the manifest."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if not name.endswith((".br", ".gz", static.MANIFEST)))


def test_names_hold_the_fingerprint_of_the_content(static_dir: Path) -> None:
    assets = static.read_manifest(static_dir)
    own = {path.name for path in static.ASSETS.iterdir()}
    assets = {name: address for name, address in assets.items() if name != static.GRID}
    own = {name for name in own if not name.endswith(".js")} | {"theme.js", "page.js"}
    plotly = {f"plotly{part}.js" for part in ("", ".flows", ".maps", ".trees")}
    assert set(assets) == own | plotly | {"dash-renderer.js", "countries.json"}
    for name, address in assets.items():
        stem, _, suffix = name.rpartition(".")
        content = (static_dir / address.removeprefix("/")).read_bytes()
        assert address == f"/static/{fingerprinted(name, content)}"
        assert address.startswith(f"/static/{stem}.")
        assert address.endswith(f".{suffix}")
        assert fingerprinted(name, content + b" ") not in address


def test_the_style_sheet_begins_with_what_the_theme_says(static_dir: Path) -> None:
    assets = static.read_manifest(static_dir)
    content = (static_dir / assets["style.css"].removeprefix("/")).read_text(encoding="utf-8")
    own = (static.ASSETS / "style.css").read_text(encoding="utf-8")
    assert content == theme.style_variables() + own


def test_every_file_lies_compressed_beside_itself(static_dir: Path) -> None:
    for address in addresses(static_dir):
        content = (static_dir / address).read_bytes()
        assert brotli.decompress((static_dir / f"{address}.br").read_bytes()) == content
        assert gzip.decompress((static_dir / f"{address}.gz").read_bytes()) == content


def test_every_file_is_kept_for_a_year_and_secured(client: FlaskClient, static_dir: Path) -> None:
    for address in addresses(static_dir):
        response = client.get(f"/{address}", buffered=True)
        assert response.status_code == 200, address
        assert response.headers["Cache-Control"].startswith("max-age=31536000, public, immutable")
        assert HEADERS.items() <= dict(response.headers).items()


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)]
)
def test_the_best_encoding_is_served(
    client: FlaskClient, static_dir: Path, accepted: str, encoding: str | None
) -> None:
    assets = static.read_manifest(static_dir)
    headers = {"Accept-Encoding": accepted}
    response = client.get(assets["plotly.js"], headers=headers, buffered=True)
    assert response.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in response.headers["Vary"]


def script(static_dir: Path, name: str) -> str:
    """The text of a collected script."""
    address = static.read_manifest(static_dir)[name]
    return (static_dir / address.removeprefix("/")).read_text(encoding="utf-8")


def test_what_travels_together_is_one_file(static_dir: Path) -> None:
    """Each part whole and in its order, and no script of Dash's that no page needs."""
    page, dash = (script(static_dir, name) for name in ("page.js", "dash-renderer.js"))
    for whole, parts in ((page, ("shell", "charts", "take")), (dash, ("live", "grid", "start"))):
        texts = [(static.ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in parts]
        places = [whole.index(text) for text in texts]
        assert places == sorted(places)
    assert "window.DashRenderer=" in dash.partition("ours.Content = Content")[0]
    assert not [name for name in ("dash_core_components=", "dash_table=") if name in dash]


def test_grids_find_their_second_script_beside_the_first(static_dir: Path) -> None:
    """It is asked for by its bare name, so the folder's name has the fingerprint of both."""
    assets = static.read_manifest(static_dir)
    main = static_dir / assets[static.GRID].removeprefix("/")
    scripts = sorted(path for path in main.parent.iterdir() if path.suffix == ".js")
    assert [path.name for path in scripts] == ["async-community.js", "dash_ag_grid.min.js"]
    assert b'"async-community"' in main.read_bytes()
    both = main.read_bytes() + scripts[0].read_bytes()
    assert main.parent.name == f"grid.{fingerprint(both)}"


def test_collecting_again_writes_nothing_and_removes_what_is_stale(
    static_dir: Path, tmp_path: Path
) -> None:
    again = tmp_path / "static"
    shutil.copytree(static_dir, again)
    stale = again / "static" / "style.000000000000.css"
    stale.write_text("old")
    stale.with_name(f"{stale.name}.br").write_text("old")
    before = {name: (again / name).stat().st_mtime_ns for name in addresses(again)}
    before.pop(stale.relative_to(again).as_posix())
    assert static.collect(again) == sorted(before)
    assert {name: (again / name).stat().st_mtime_ns for name in addresses(again)} == before
    assert not list(again.rglob("style.000000000000.css*"))


@pytest.mark.slow
def test_without_the_bundle_the_app_serves_and_the_log_says_so(
    warehouse: Warehouse,
    static_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = tmp_path / "static"
    shutil.copytree(static_dir, folder)
    monkeypatch.setattr(static, "BUNDLE", tmp_path / "no")
    static.collect(folder)
    with caplog.at_level(logging.WARNING):
        app = create_app(warehouse, folder)
    assert "the small plotly.js was not built" in caplog.text
    client = app.server.test_client()
    document = client.get("/en/trade").get_data(as_text=True)
    assert "data-plotly-maps" not in document
    assert script(folder, "plotly.js") == get_plotlyjs()
    assert f'data-plotly="{static.read_manifest(folder)["plotly.js"]}"' in document


def test_with_the_bundle_the_log_says_nothing(
    warehouse: Warehouse, static_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        create_app(warehouse, static_dir)
    assert not caplog.records


def test_nothing_is_served_before_the_files_are_collected(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    with pytest.raises(static.StaticMissingError, match="run: python -m dashboards static"):
        create_app(warehouse, tmp_path)


def test_the_locales_of_plotly_are_in_step_with_their_words() -> None:
    assert bundle_locales.OUTPUT.read_text(encoding="utf-8") == bundle_locales.render()


def test_plotly_has_our_three_languages_with_all_their_words() -> None:
    english = json.loads((bundle_locales.HERE / "words.json").read_text(encoding="utf-8"))
    by_name = {each["name"]: each for each in json.loads(bundle_locales.render())}
    assert list(by_name) == ["kk", "ru", "tr"]
    for locale in by_name.values():
        assert set(locale["dictionary"]) == set(english)
        assert all(locale["dictionary"].values())
        assert (len(locale["format"]["months"]), len(locale["format"]["days"])) == (12, 7)


def test_the_bundle_is_built_of_the_locales(static_dir: Path) -> None:
    assets = static.read_manifest(static_dir)
    script = (static_dir / assets["plotly.js"].removeprefix("/")).read_text(encoding="utf-8")
    # esbuild may write what is not ASCII as \\xXX or \\uXXXX.
    read = re.sub(r"\\[ux]([0-9A-F]{4}|[0-9A-F]{2})", lambda code: chr(int(code[1], 16)), script)
    for locale in json.loads(bundle_locales.render()):
        assert locale["dictionary"]["Autoscale"] in read
        assert locale["format"]["months"][0] in read
