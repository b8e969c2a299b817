"""What a fetch has finished, so that one that was killed goes on where it stopped."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Self

_GOES_ON_FOR = timedelta(days=2)
"""Longer than a quota of a day; an older journal tells of another time, and all is asked again."""


class FetchRunningError(Exception):
    """Another process is fetching from the same API into the same folder."""


@dataclass
class Journal:
    """One line for each address that needs no further asking, written and synced as it is finished.

    A kill loses at most the line of the question that was under way, and a torn last line counts as
    none: that question is asked once more.
    """

    done: dict[str, str]
    """How each address ended: kept, unchanged, empty or split."""
    _path: Path
    _file: BinaryIO = field(repr=False)

    @classmethod
    @contextmanager
    def opened(cls, path: Path, now: datetime) -> Iterator[Self]:
        """The journal of this run or of the one it continues, for one process at a time.

        Raises FetchRunningError where another has it open.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".lock").open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise FetchRunningError(
                    f"{path.stem} is being fetched by another process"
                ) from error
            done = _read(path, now)
            with path.open("ab" if done is not None else "wb") as file:
                journal = cls(done or {}, path, file)
                if done is None:
                    journal._write({"started": now.isoformat()})
                yield journal

    def note(self, address: str, outcome: str) -> None:
        """Write down that an address needs no further asking."""
        self.done[address] = outcome
        self._write({"address": address, "outcome": outcome})

    def close(self) -> None:
        """End the run: the next one asks everything again."""
        self._path.unlink(missing_ok=True)

    def _write(self, record: dict[str, str]) -> None:
        # A newline on either side: after a torn line the next one is whole.
        self._file.write(b"\n" + json.dumps(record).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def _read(path: Path, now: datetime) -> dict[str, str] | None:
    """What is written, or None if there is nothing to go on with."""
    records = list(_records(path))
    try:
        age = now - datetime.fromisoformat(records[0]["started"])
    except (IndexError, KeyError, ValueError):
        return None
    if not timedelta() <= age <= _GOES_ON_FOR:
        return None
    return {r["address"]: r["outcome"] for r in records[1:] if {"address", "outcome"} <= r.keys()}


def _records(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_bytes().splitlines() if path.exists() else ():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            yield record
