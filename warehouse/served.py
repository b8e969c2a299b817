"""Which build a file holds, asked without SQLAlchemy: a rebuild of nothing new is over sooner."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_FILE = "sqlite:///"
_SPECIAL = frozenset("%?#")
"""What may mean something else in an address than in a path: then it takes a store to know."""


def served_at(url: str) -> str | None:
    """Name the build at `sqlite:///FILE`; None for other addresses, as where there is none."""
    if not url.startswith(_FILE) or _SPECIAL & set(url):
        return None
    return served_in(Path(url.removeprefix(_FILE)).absolute())


def served_in(path: Path) -> str | None:
    """Name the build in a file; None where there is none that is whole and readable."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            rows = connection.execute("SELECT id FROM build").fetchall()
    except sqlite3.DatabaseError:
        return None
    return str(rows[0][0]) if state == "ok" and rows else None
