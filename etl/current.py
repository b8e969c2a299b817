"""Whether a build would make what is served already: told by digests and one question."""

from __future__ import annotations

from pathlib import Path

from etl.inputs import read_inputs
from warehouse.served import served_at

NOTHING_NEW = "Build {} is already served; nothing is new."


def served(data_dir: Path, url: str, asof: str = "") -> str:
    """Name the served build if the inputs would make it again, else say nothing.

    Where it takes more than a glance to know (another database than a file), it says nothing too.
    Raises FileNotFoundError without the folder, SnapshotBrokenError for a broken record.
    """
    build_id = read_inputs(data_dir, asof).build_id
    return build_id if served_at(url) == build_id else ""
