"""A warehouse in PostgreSQL: many read and write at once, and each sees one whole build."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select

from etl import pipeline
from tests.data_folder import ROOT, DataFolder
from tests.postgresql import PASSWORD, Server
from tests.warehouse import made
from tests.warehouse.made import contents
from warehouse import schema
from warehouse.build import BuildRefusedError, served_build_id
from warehouse.engine import Warehouse, WarehouseMissingError, WarehouseUnreadableError
from warehouse.extract import Archive

pytestmark = pytest.mark.slow

SECOND = 1.0
PAUSE = 0.005
"""So that readers in threads leave the interpreter to the builder."""

Make = Callable[..., str]


@pytest.fixture
def url(server: Server) -> str:
    """The address of an empty database."""
    return server.database()


@pytest.fixture
def make(url: str, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Builds in that database, one after another."""
    monkeypatch.setattr(made, "address", lambda _path: url)
    return lambda build_id, **tables: made.make(Path(), build_id=build_id, **tables)


def economies(count: int) -> str:
    """A table of so many economies."""
    return "\n".join(["| code |", *(f"| E{number} |" for number in range(count))])


def sources(count: int) -> str:
    """A table of so many sources."""
    return "\n".join(["| id |", *(f"| s{number} |" for number in range(count))])


def read(warehouse: Warehouse) -> tuple[str, int, int]:
    """One question to three tables."""
    counts = (select(func.count()).select_from(table) for table in (schema.economy, schema.source))
    (row,) = warehouse.rows(
        select(schema.build.c.id, *(count.scalar_subquery() for count in counts))
    )
    return tuple(row.values())


def test_both_kinds_hold_the_same(small: DataFolder, url: str, served: Path):
    """Every row of every table, in the order of its key, in either kind of database."""
    file = f"sqlite:///{served}"
    for each in (url, file):
        assert not pipeline.build(small.path, each).is_refused
    assert contents(url) == contents(file)
    assert served_build_id(url) == served_build_id(file)
    again = pipeline.build(small.path, url)
    assert (again.changes, again.build_id) == (None, served_build_id(url))


def test_both_kinds_tell_the_same_changes(url: str, served: Path, tmp_path: Path):
    """What a build changes is found by the same questions: added, removed, revised, seen otherwise."""
    told = []
    for each in (url, f"sqlite:///{served}"):
        folder = DataFolder.small(tmp_path / f"data-{len(told)}")
        pipeline.build(folder.path, each)
        folder.edit("statements/targets.csv", {"id": "trade-23bn"}, value="24")
        folder.keep("statements/events.csv", lambda row: row["topic"] == "trade")
        told.append(pipeline.build(folder.path, each, allow_loss=True).changes)
    assert told[0].records[1]["item"] == "trade-23bn"
    assert [(change.added, change.removed) for change in told[0].tables if change.removed]
    in_postgresql, in_sqlite = ([*map(dict, changes.records[1:])] for changes in told)
    assert in_postgresql == in_sqlite
    assert (told[0].tables, told[0].revised) == (told[1].tables, told[1].revised)


def test_a_check_leaves_nothing_behind(server: Server, small: DataFolder, url: str):
    """Without the swap the database is as it was, be it empty or not."""
    for schemas in (0, 2):
        before = server.schemas(url)
        assert len(before) == schemas
        pipeline.build(small.path, url, swap=False)
        assert server.schemas(url) == before
        pipeline.build(small.path, url)


def test_the_same_question_in_the_same_connection_sees_the_swap(url: str, make: Make):
    """Within a second, whatever the server has kept of the question and its plan."""
    warehouse = Warehouse(make("b3", economy=economies(3), source=sources(3)))
    backend = select(func.pg_backend_pid())
    (connection,) = warehouse.rows(backend)
    for _ in range(10):
        assert read(warehouse) == ("b3", 3, 3)
    make("b4", economy=economies(4), source=sources(4))
    swapped = time.monotonic()
    while read(warehouse) != ("b4", 4, 4):
        assert time.monotonic() < swapped + SECOND
    assert warehouse.build().id == "b4"
    assert warehouse.rows(backend) == [connection]


def test_what_is_kept_costs_the_server_nothing(url: str, make: Make, monkeypatch):
    """Asked a thousand times in a moment, the served build is looked up a few times."""
    warehouse = Warehouse(make("b1"))
    warehouse.build()
    looked = []
    monkeypatch.setattr(warehouse._store, "_served", looked.append)
    started = time.monotonic()
    while time.monotonic() < started + 0.1:
        assert warehouse.build().id == "b1"
    assert looked == []


def test_readers_never_fail_nor_see_a_mix(url: str, make: Make):
    """Through ten swaps every question is answered by one build, and so is every extract."""
    is_over, numbers = Event(), [4, 3] * 5

    def build(number: int) -> None:
        make(f"b{number}", economy=economies(number), source=sources(number))

    def ask() -> set[tuple[str, int, int]]:
        warehouse, seen = Warehouse(url), set()
        while not is_over.is_set():
            seen.add(read(warehouse))
            time.sleep(PAUSE)
        return seen

    def extract() -> set[tuple[str, int, int]]:
        seen = set()
        while not is_over.is_set():
            with Archive(url).extract() as held:
                first = sum(map(len, held.pages("economy")))
                time.sleep(PAUSE)
                seen.add((held.build.id, first, sum(map(len, held.pages("source")))))
        return seen

    build(3)
    with ThreadPoolExecutor(4) as pool:
        reading = [pool.submit(each) for each in (ask, ask, ask, extract)]
        for number in numbers:
            build(number)
        is_over.set()
        for each in reading:
            assert {("b3", 3, 3), ("b4", 4, 4)} >= each.result() != set()


def test_a_long_reader_keeps_its_build_and_the_builder_does_not_wait(
    server: Server, url: str, make: Make
):
    """What is read is not dropped; the first build after the reader has gone does that."""
    make("b3", economy=economies(3))
    with Archive(url).extract() as held:
        for number in (4, 5):
            make(f"b{number}", economy=economies(number))
            assert Warehouse(url).build().id == f"b{number}"
        assert (held.build.id, sum(map(len, held.pages("economy")))) == ("b3", 3)
        assert len(server.schemas(url)) == 1 + 2
    make("b6")
    assert len(server.schemas(url)) == 1 + 1


def test_two_builders_take_turns(server: Server, url: str, make: Make):
    """All are served, one after the other; none is lost half-way, and the last one stays."""
    make("b0")
    with ThreadPoolExecutor(4) as pool:
        pool.map(lambda number: make(f"b{number}", economy=economies(number)), range(1, 9))
    served, count, _ = read(Warehouse(url))
    assert served == f"b{count}"
    assert len(server.schemas(url)) == 1 + 1


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ({"economy": "| code |\n| KAZ |\n| KAZ |"}, "economy: duplicate key .*economy_pkey"),
        ({"indicator": "| id | direction |\n| x | left |"}, "indicator: .*direction_known"),
        ({"economy": "| code |\n| K\0Z |"}, r"economy: .*NUL \(0x00\)"),
        (
            {"headline": "| position | indicator_id |\n| 1 | x |\n| 2 | y |"},
            "^foreign_key_check: 2 rows of headline point at a missing indicator$",
        ),
    ],
)
def test_a_refused_build_changes_nothing(
    server: Server, url: str, make: Make, tables: dict[str, str], reason: str
):
    """Keys, checks and references are those of the schema; a fault names its table."""
    make("b3", economy=economies(3))
    before = server.schemas(url), contents(url)
    with pytest.raises(BuildRefusedError, match=reason):
        make("b4", **tables)
    assert (server.schemas(url), contents(url)) == before


def test_a_reader_cannot_write(url: str, make: Make):
    """Whatever is asked, the transaction is for reading only."""
    warehouse = Warehouse(make("b3", source=sources(3)))
    with pytest.raises(WarehouseUnreadableError, match="read-only transaction"):
        warehouse.rows(schema.source.delete())
    assert len(contents(url)["source"]) == 3


def test_what_no_text_can_hold_is_not_found(make: Make):
    """An address may hold anything: a NUL is no trouble of the server's, but nothing that is there."""
    warehouse = Warehouse(make("b3", economy=economies(3)))
    for code, found in (("E1", 1), ("E1\0", 0), ("\0", 0)):
        query = select(schema.economy).where(schema.economy.c.code == code)
        assert len(warehouse.rows(query)) == found


def test_a_role_that_only_reads_is_let_in_once(server: Server, url: str, make: Make):
    """By default privileges, as decision 0026 tells; each later build then has them."""
    make("b1")
    with server.connect(url) as connection:
        connection.execute("CREATE ROLE reader LOGIN PASSWORD 'only'")
        reader = Warehouse(
            f"postgresql://reader:only@127.0.0.1:{server.port}/{url.rpartition('/')[2]}"
        )
        with pytest.raises(
            WarehouseUnreadableError, match=r"permission denied .* let the role read"
        ):
            reader.build()
        connection.execute("GRANT USAGE ON SCHEMA altyn_kopir TO reader")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA altyn_kopir TO reader")
        connection.execute("ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO reader")
        connection.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader")
    for name in ("b2", "b3"):
        make(name)
        time.sleep(SECOND)
        assert reader.build().id == name


def test_text_of_any_script_needs_utf_8(server: Server, make: Make, monkeypatch):
    """A database that knows no encoding would take bytes and sort and count them wrongly."""
    ascii_url = server.database(ENCODING="'SQL_ASCII'", LOCALE_PROVIDER="libc", LOCALE="'C'")
    monkeypatch.setattr(made, "address", lambda _path: ascii_url)
    with pytest.raises(BuildRefusedError, match="is in SQL_ASCII; make one WITH ENCODING 'UTF8'"):
        make("b1")


def test_an_empty_database_says_how_to_fill_it(url: str):
    """And what messages call it holds no password."""
    for ask in (Warehouse.build, read, lambda warehouse: Archive(url).extract().__enter__()):
        with pytest.raises(
            WarehouseMissingError, match="holds no warehouse; run: python -m etl build"
        ):
            ask(Warehouse(url))
    assert served_build_id(url) is None


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (("altyn:", "altyn:no"), "password authentication failed"),
        (("@127.0.0.1:", "@127.0.0.2:"), "Connection refused"),
        (("/test_", "/no_"), "does not exist"),
    ],
)
def test_a_server_that_lets_nobody_in_is_named_without_the_password(
    url: str, wrong: tuple[str, str], reason: str
):
    """Readers and builders are told the same: which server, what it said, what to see to."""
    address = url.replace(*wrong)
    for ask in (Warehouse(address).build, lambda: served_build_id(address)):
        with pytest.raises(WarehouseUnreadableError, match=f"does not answer .*{reason}") as told:
            ask()
        assert PASSWORD.split()[1] not in str(told.value)
    with pytest.raises(BuildRefusedError, match=f"cannot be written .*{reason}"):
        made.build.write({}, {}, {}, address)


FORKED = """
import os, sys
from warehouse.engine import Warehouse
warehouse = Warehouse(sys.argv[1])
warehouse.build()
child = os.fork()
from warehouse import schema
from sqlalchemy import select
for _ in range(50):
    assert len(warehouse.rows(select(schema.economy))) == 3
if child:
    assert os.waitpid(child, 0)[1] == 0
    assert len(warehouse.rows(select(schema.economy))) == 3
"""


def test_a_forked_process_asks_for_itself(make: Make):
    """A server that loads the app before it forks: no two processes share a connection."""
    url = make("b3", economy=economies(3))
    command = [sys.executable, "-W", "error", "-c", FORKED, url]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
