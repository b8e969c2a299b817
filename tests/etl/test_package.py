"""The data package: what goes out is what the warehouse holds, and never half of it."""

from __future__ import annotations

import csv
import json
import multiprocessing
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import frictionless
import pyarrow.parquet as pq
import pytest

from etl.package import PackageRefusedError, export
from etl.package.descriptor import licence
from tests.data_folder import dump
from tests.warehouse.made import make
from warehouse.engine import Warehouse, WarehouseUnreadableError
from warehouse.extract import Archive

SOURCES = """
| id   | title | url           | licence    |
| bns  | Trade | https://bns/  | not stated |
| wits | WITS  | https://wits/ | CC BY 4.0  |
| idle | Idle  | https://idle/ | ODbL 1.0   |
"""
FLOWS = """
| reporter_code | partner_code | flow_code | product_code | period | source_id | vintage | value_usd     | valuation  | status | place   | note   | known_since |
| KAZ           | TUR          | export    | TOTAL        | 2020   | bns       | 2021    | 12980000000   | not stated | final  | row "1" | a, b   | 2021-06-01  |
| KAZ           | TUR          | import    | TOTAL        | 2020   | wits      | 2021    | 3896866091.85 | CIF        | final  | r\\r1\\nb | Ақтау  | 2023-06-01  |
| TUR           | KAZ          | export    | 01           | 2020   | wits      | 2021    | 1e22          | FOB        | final  |         |        | 2023-06-01  |
| TUR           | KAZ          | import    | 01           | 2020   | wits      | 2021    | 0             | CIF        | final  | =1+1    |        | 2023-06-01  |
"""


@pytest.fixture
def archive(served: Path) -> Archive:
    """A small warehouse with awkward cells."""
    economies = "| code |\n| KAZ |\n| TUR |"
    return Archive(make(served, source=SOURCES, economy=economies, trade_flow=FLOWS))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a test's package goes: a folder in which there is nothing else."""
    return tmp_path / "published" / "package"


def described(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "datapackage.json").read_bytes())


def resource(folder: Path, name: str) -> dict[str, Any]:
    return next(each for each in described(folder)["resources"] if each["name"] == name)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def faults(folder: Path) -> set[tuple[str, str]]:
    """What `frictionless validate` finds: resource and kind of fault."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    return {(task.name, error.type) for task in report.tasks for error in task.errors} | {
        ("", error.type) for error in report.errors
    }


def read_csv(folder: Path, each: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a resource, by nothing but its own description."""
    readers = {"number": float, "integer": int, "boolean": {"true": True, "false": False}.get}
    fields = {field["name"]: field for field in each["schema"]["fields"]}

    def value(name: str, text: str) -> Any:
        missing = fields[name].get("missingValues", each["schema"]["missingValues"])
        return None if text in missing else readers.get(fields[name]["type"], str)(text)

    with (folder / each["path"]).open(encoding=each["encoding"], newline="") as file:
        return [
            {name: value(name, text) for name, text in row.items()} for row in csv.DictReader(file)
        ]


@pytest.mark.slow
def test_the_real_warehouse_makes_a_valid_package(
    warehouse: Warehouse, warehouse_url: str, out: Path
):
    """Types, keys, references, constraints, sizes and hashes hold by the standard's own tool."""
    rows = export(Archive(warehouse_url), out)
    assert faults(out) == set()
    assert rows == {name: len(table) for name, table in dump(warehouse.path).items()}
    export(Archive(warehouse_url, "2022-01-01"), out)
    assert faults(out) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (b",TUR,", b",XYZ,", {"foreign-key", "hash-count"}),
        (b",export,", b",report,", {"constraint-error", "hash-count"}),
        (b",0,CIF", b",-1,CIF", {"constraint-error", "hash-count", "byte-count"}),
        (b"2021-06-01", b"2021-06-02", {"hash-count"}),
    ],
)
def test_a_wrong_package_is_found_out(
    archive: Archive, out: Path, old: bytes, new: bytes, found: set[str]
):
    """What is described is checked: a package spoilt later is not valid."""
    export(archive, out)
    path = out / "data" / "trade_flow.csv"
    path.write_bytes(path.read_bytes().replace(old, new))
    assert {kind for _name, kind in faults(out)} == found


def test_csv_parquet_and_warehouse_hold_the_same(warehouse_url: str, file_url: str, out: Path):
    """Each table twice, in the same order and with the same values as the warehouse's."""
    export(Archive(warehouse_url), out)
    with closing(sqlite3.connect(file_url.removeprefix("sqlite:///"))) as connection:
        for each in described(out)["resources"]:
            key = ", ".join(each["schema"]["primaryKey"])
            table = pq.read_table(out / each["parquet"]["path"])
            rows = connection.execute(f"SELECT * FROM {each['name']} ORDER BY {key}").fetchall()
            assert table.to_pylist() == read_csv(out, each)
            assert [tuple(row.values()) for row in table.to_pylist()] == rows
            assert table.schema.metadata[b"build"].decode() == described(out)["version"]


def test_awkward_cells_survive(archive: Archive, out: Path):
    """Quotes, commas and line ends are quoted; an empty text is not a missing one; digits stay."""
    export(archive, out)
    assert (out / "data" / "trade_flow.csv").read_bytes().decode().partition("\n")[2] == (
        'KAZ,TUR,export,TOTAL,2020,bns,2021,,12980000000,not stated,final,"row ""1""","a, b"'
        ",,2021-06-01,,,true,true\n"
        'KAZ,TUR,import,TOTAL,2020,wits,2021,,3896866091.85,CIF,final,"r\r1\nb",Ақтау'
        ",,2023-06-01,,,true,true\n"
        'TUR,KAZ,export,01,2020,wits,2021,,1e+22,FOB,final,"",,,2023-06-01,,,true,true\n'
        "TUR,KAZ,import,01,2020,wits,2021,,0,CIF,final,=1+1,,,2023-06-01,,,true,true\n"
    )
    assert faults(out) == set()
    columns = pq.read_table(out / "parquet" / "trade_flow.parquet").to_pydict()
    assert columns["place"] == ['row "1"', "r\r1\nb", "", "=1+1"]
    assert columns["note"] == ["a, b", "Ақтау", None, None]
    assert columns["value_usd"] == [12980000000.0, 3896866091.85, 1e22, 0.0]


def test_a_table_names_those_whose_rows_it_holds(archive: Archive, out: Path):
    """Licences and sources stand beside the rows they are of; the package names all of them."""
    export(archive, out)
    flow = resource(out, "trade_flow")
    assert flow["sources"] == [
        {"title": "Trade", "path": "https://bns/"},
        {"title": "WITS", "path": "https://wits/"},
    ]
    assert flow["licenses"] == [licence("not stated", ""), licence("CC BY 4.0", "")]
    assert {"licenses", "sources"} & {*resource(out, "economy")} == set()
    assert [described(out)[name] for name in ("licenses", "sources")] == [
        flow["licenses"],
        flow["sources"],
    ]


@pytest.mark.parametrize(
    ("text", "name", "path"),
    [
        ("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        (
            "CC BY-NC-SA 4.0",
            "CC-BY-NC-SA-4.0",
            "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        ),
        ("CC BY-NC 3.0 IGO", None, "https://creativecommons.org/licenses/by-nc/3.0/igo/"),
        ("ODbL 1.0", "ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
        ("not stated", "notspecified", None),
        ("free with a link to the source", None, "https://source/"),
    ],
)
def test_a_licence_is_known_or_left_as_it_is(text: str, name: str | None, path: str | None):
    """Nothing is claimed of terms that are not those of a known licence."""
    found = licence(text, "https://source/")
    assert (found.get("name"), found.get("path"), found["title"]) == (name, path, text)


def test_the_package_says_what_it_is(archive: Archive, out: Path):
    """Which build, when it was made, as of which day; what a field means and may hold."""
    export(Archive(f"sqlite:///{archive.name}", "2022-01-01"), out)
    package = described(out)
    assert [package[name] for name in ("name", "version", "created", "asof")] == [
        "altyn-kopir",
        "b1",
        "2026-11-23T00:00:00+00:00",
        "2022-01-01",
    ]
    flow = resource(out, "trade_flow")
    assert flow["rows"] == 1
    assert next(field for field in flow["schema"]["fields"] if field["name"] == "value_usd") == {
        "name": "value_usd",
        "type": "number",
        "description": "The value of the flow at current prices.",
        "unit": "USD",
        "constraints": {"required": True, "minimum": 0},
    }


def test_a_build_makes_the_same_bytes_each_time(archive: Archive, out: Path):
    """Two people who export one build can compare their packages by hash."""
    export(archive, out)
    first = contents(out)
    export(archive, out)
    assert contents(out) == first


@pytest.mark.parametrize(
    ("plant", "reason"),
    [
        (lambda out: out.write_text("mine"), "is a file"),
        (lambda out: (out / "notes.txt").write_text("mine"), "holds notes.txt"),
        (lambda out: (out / "datapackage.json").write_text("[]"), "holds datapackage.json"),
        (lambda out: (out / "datapackage.json").write_text('{"name": "x"}'), "datapackage.json"),
        (lambda out: (out / ".git").mkdir() or (out / ".git" / "HEAD").touch(), "holds .git/HEAD"),
    ],
)
def test_a_folder_of_something_else_is_refused(
    archive: Archive, out: Path, plant: Callable[[Path], object], reason: str
):
    """What is no package of ours is neither overwritten nor cleared away."""
    (out.parent if reason == "is a file" else out).mkdir(parents=True)
    plant(out)
    before = contents(out.parent)
    with pytest.raises(PackageRefusedError, match=reason):
        export(archive, out)
    assert contents(out.parent) == before


def test_a_file_beside_those_of_the_package_is_not_lost(archive: Archive, out: Path):
    """Somebody's notes inside a package stop it from being replaced."""
    export(archive, out)
    (out / "data" / "notes.txt").write_text("mine")
    with pytest.raises(PackageRefusedError, match=r"holds data/notes\.txt"):
        export(archive, out)
    assert (out / "data" / "notes.txt").read_text() == "mine"


def test_a_package_is_replaced_whole(archive: Archive, out: Path, tmp_path: Path):
    """An older package and an empty folder give way; nothing is left beside."""
    out.mkdir(parents=True)
    export(archive, out)
    make(tmp_path / "newer.sqlite", build_id="b2", source=SOURCES)
    (out / "data" / "build.csv").unlink()
    export(Archive(f"sqlite:///{tmp_path / 'newer.sqlite'}"), out)
    assert described(out)["version"] == "b2"
    assert faults(out) == set()
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_a_failed_export_leaves_the_older_package(archive: Archive, out: Path):
    """A warehouse that turns out broken half-way costs nothing but the attempt."""
    export(archive, out)
    before = contents(out.parent)
    with closing(sqlite3.connect(archive.name)) as connection, connection:
        connection.execute("DROP TABLE trade_flow")
    with pytest.raises(WarehouseUnreadableError, match="no such table: trade_flow"):
        export(archive, out)
    assert contents(out.parent) == before


@pytest.mark.slow
def test_a_crash_between_the_renames_is_mended(archive: Archive, out: Path):
    """The older package, put aside, comes back before anything else is tried."""
    export(archive, out)
    out.rename(out.parent / f".{out.name}.old")
    (out.parent / f".{out.name}.new" / "data").mkdir(parents=True)
    with closing(sqlite3.connect(archive.name)) as connection, connection:
        connection.execute("DROP TABLE source")
    with pytest.raises(WarehouseUnreadableError):
        export(archive, out)
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    assert faults(out) == set()


def _export_for_ever(url: str, out: Path) -> None:
    while True:
        export(Archive(url), out)


@pytest.mark.slow
def test_a_killed_export_leaves_no_half_package(archive: Archive, out: Path):
    """kill -9 at any moment: what stands there is whole or absent, and the next export ends well."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["etl.package"])
    for moment in range(8):
        url = f"sqlite:///{archive.name}"
        process = processes.Process(target=_export_for_ever, args=(url, out))
        process.start()
        process.join(0.15 + 0.06 * moment)
        process.kill()
        process.join()
        if out.exists():
            assert len(contents(out)) == 1 + 2 * len(described(out)["resources"])
    export(archive, out)
    assert faults(out) == set()
    assert [path.name for path in out.parent.iterdir()] == [out.name]
