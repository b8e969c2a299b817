"""Whether a file holds a build, asked without SQLAlchemy: a rebuild of nothing new is over sooner."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_FILE = "sqlite:///"
_SPECIAL = frozenset("%?#")
"""What may mean something else in an address than in a path: then it takes the engine to know."""


def holds(url: str, build_id: str) -> bool:
    """Whether the file at `sqlite:///FILE` is whole and holds that build; False for other addresses."""
    path = Path(url.removeprefix(_FILE)).absolute()
    if not url.startswith(_FILE) or _SPECIAL & set(url) or not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            return state == "ok" and connection.execute("SELECT id FROM build").fetchall() == [
                (build_id,)
            ]
    except sqlite3.DatabaseError:
        return False
