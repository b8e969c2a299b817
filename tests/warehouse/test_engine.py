"""Readers may only read, see the newest build, and are told what is wrong in a sentence."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.data_folder import dump
from warehouse import schema
from warehouse.build import served_build_id
from warehouse.engine import (
    Warehouse,
    WarehouseAddressError,
    WarehouseMissingError,
    WarehouseUnreadableError,
)
from warehouse.queries import indicators


@pytest.fixture
def copy(warehouse: Warehouse, served: Path) -> Path:
    """A warehouse of the test's own."""
    served.parent.mkdir()
    return shutil.copy(warehouse.path, served)


def test_a_reader_cannot_write(copy: Path):
    """Whatever is asked, the file is opened for reading only."""
    before = dump(copy)
    changes = (
        schema.source.delete(),
        schema.source.insert().values(id="x"),
        schema.source.update().values(title="?"),
    )
    for change in changes:
        with pytest.raises(WarehouseUnreadableError, match="readonly database"):
            Warehouse(f"sqlite:///{copy}").rows(change)
    assert dump(copy) == before


def test_a_missing_warehouse_says_how_to_make_one(tmp_path: Path):
    """Asking does not create the file it asks."""
    path = tmp_path / "no.sqlite"
    for ask in (Warehouse.build, indicators.headlines):
        with pytest.raises(
            WarehouseMissingError, match=r"no.sqlite does not exist; run: python -m etl"
        ):
            ask(Warehouse(f"sqlite:///{path}"))
    assert not path.exists()


def test_a_broken_warehouse_says_what_is_wrong(tmp_path: Path):
    """A file of another kind, or without our tables, is named with the reason."""
    (tmp_path / "text").write_text("not a database, though long enough to look like one")
    (tmp_path / "empty").touch()
    for name, reason in (("text", "file is not a database"), ("empty", "no such table: build")):
        with pytest.raises(WarehouseUnreadableError, match=f"{name} cannot be read .{reason}"):
            Warehouse(f"sqlite:///{tmp_path / name}").build()


@pytest.mark.parametrize("name", ["a b", "100%", "50%20off", "Қазақстан", "what?", "no#1"])
def test_a_folder_may_have_any_name(copy: Path, name: str):
    """Spaces, percent signs and letters of any script in a path are no part of an address."""
    folder = copy.parent.rename(copy.parent.with_name(name))
    url = f"sqlite:///{quote(str(folder / copy.name))}"
    assert Warehouse(url).build().id == served_build_id(url)


def test_a_swapped_file_is_seen_at_once(copy: Path, warehouse: Warehouse):
    """The same reader answers from the file that stands there now."""
    reader = Warehouse(f"sqlite:///{copy}")
    assert reader.build() == warehouse.build()
    newer = copy.with_name("newer")
    shutil.copy(copy, newer)
    _rename_build(newer, "newer")
    newer.replace(copy)
    assert reader.build().id == "newer"


def _rename_build(path: Path, name: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE build SET id = ?", (name,))


def test_a_frame_has_the_columns_asked_for_even_without_rows(warehouse: Warehouse):
    """Nothing found is an empty table with its header."""
    frame = indicators.series(warehouse, "titr_volume", ["nowhere"])
    assert list(frame.columns) == list(indicators.SERIES)
    assert frame.empty


@pytest.mark.parametrize(
    "url",
    [
        *("sqlite://", "sqlite:///:memory:", "x", "", "mysql://me:secret@host/data"),
        *("postgresql+psycopg://me:secret@host", "postgresql+asyncpg://me:secret@host/data"),
        *("postgresql+psycopg://me:secret@host:port/data", "postgresql+psycopg://me:secret@@:/"),
        "oracle://host/data?password=secret",
    ],
)
def test_only_a_file_or_a_postgresql_database_is_an_address(url: str):
    """Anything else is refused with what to write, and without the password."""
    with pytest.raises(
        WarehouseAddressError, match="write sqlite:///FILE or postgresql"
    ) as refused:
        Warehouse(url)
    assert "secret" not in str(refused.value)


def test_a_name_holds_no_password():
    """What messages call a warehouse; nothing is opened to know that."""
    assert Warehouse("sqlite:////data/warehouse.sqlite").name == "/data/warehouse.sqlite"
    for url in (
        "postgresql://me:secret@host:5433/data",
        "postgresql+psycopg://me@host:5433/data?password=secret",
    ):
        assert Warehouse(url).name == "postgresql+psycopg://me@host:5433/data"
