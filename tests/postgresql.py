"""A PostgreSQL of the tests' own: made, started on a free port, and thrown away at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.data_folder import ROOT

USER, PASSWORD = "altyn", "köpir secret"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "32MB",
    # What a crash of the machine would cost is nothing that a test wants to keep.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class Server:
    """A running server, whose databases sort text by the rules of a language unless told otherwise."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.port = 0
        self._folder, self._programs = folder, programs
        self._names = (f"test_{number}" for number in count())
        # PostgreSQL will not run as root.
        owner = next(name for name in ("postgres", "nobody") if _is_user(name))
        self._user = {"user": owner, "extra_groups": []} if os.getuid() == 0 else {}
        if self._user:
            shutil.chown(folder, owner)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Stop the server and throw its folder away at the end, even if the tests are killed.

        The guard waits for the end of its input, which comes when nobody is left who could write to it.
        """
        end = 'read -r _; "$0/pg_ctl" stop -D "$1/data" -m immediate; rm -rf "$1"'
        guard = subprocess.Popen(
            ["sh", "-c", end, self._programs, self._folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            **self._user,
        )
        try:
            yield
        finally:
            guard.communicate()

    def initialise(self) -> None:
        password = self._folder / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        if self._user:
            shutil.chown(password, str(self._user["user"]))
        self._run(
            *("initdb", "--username", USER, "--pwfile", str(password), "--auth=scram-sha-256"),
            *("--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en"),
            "--no-sync",
        )

    def start(self) -> None:
        """Start, on the same port as before where it ran already."""
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        log = str(self._folder / "log")
        self._run("pg_ctl", "start", "-w", "-o", f"-p {self.port} {options}", "-l", log)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-m", "fast")

    def database(self, **options: str) -> str:
        """The address of a new database; `options` are those of CREATE DATABASE."""
        name = next(self._names)
        chosen = " ".join(f"{option} {value}" for option, value in options.items())
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 {chosen}".encode())
        return f"postgresql+psycopg://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/{name}"

    def connect(self, name: str) -> psycopg.Connection:
        """Past everything that we wrote to reach a database, by its name or address."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=PASSWORD,
            dbname=name.rpartition("/")[2],
            autocommit=True,
        )

    def shuffle(self, url: str) -> None:
        """Lay the rows of every table of the served build in another order than they were written."""
        with self.connect(url) as connection, connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            for table, names in self._stored(connection):
                connection.execute(
                    f"CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT {names} FROM {table}"
                )
                connection.execute(f"DELETE FROM {table}")
                connection.execute(
                    f"INSERT INTO {table} ({names}) SELECT * FROM kept ORDER BY md5(kept::text)"
                )
                connection.execute("DROP TABLE kept")

    def schemas(self, url: str) -> list[str]:
        """The schemas of a database that are ours."""
        query = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'altyn%' ORDER BY 1"
        with self.connect(url) as connection:
            return [name for (name,) in connection.execute(query)]

    def is_building(self, url: str) -> bool:
        """Whether somebody is at work on a build."""
        query = "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
        held = f"{query} WHERE locktype = 'advisory' AND datname = current_database()"
        with self.connect(url) as connection:
            return connection.execute(held).fetchone() != (0,)

    @staticmethod
    def _stored(connection: psycopg.Connection) -> list[tuple[str, str]]:
        """The tables of builds, each with the columns that it does not work out itself."""
        return connection.execute(
            """
            SELECT table_schema || '.' || table_name, string_agg(quote_ident(column_name), ', ')
            FROM information_schema.columns
            WHERE table_schema LIKE 'altyn_kopir_%' AND is_generated = 'NEVER'
            GROUP BY 1 ORDER BY 1
            """
        ).fetchall()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._programs / program, "-D", self._folder / "data", *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
            **self._user,
        )


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as it is wanted. Skips, and says what to do, where there is none to run."""
    found = subprocess.run(
        [ROOT / "tools" / "postgresql.sh", "--find"], capture_output=True, text=True, check=False
    )
    if found.returncode:
        pytest.skip(" ".join(found.stderr.split()))
    # Not a folder of pytest's: nobody but its owner may enter those.
    server = Server(Path(tempfile.mkdtemp(prefix="altyn-postgresql-")), Path(found.stdout.strip()))
    with server.guarded():
        server.initialise()
        server.start()
        yield server


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
