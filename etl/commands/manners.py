"""How every command tells of trouble and of what it refused."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click

from etl.refusals import Refusal, as_json


def clear(report_file: Path | None) -> None:
    """Make way for a report. OSError passes through: it must be found before the work, not after."""
    if report_file:
        # Yesterday's report must not pass for today's.
        report_file.parent.mkdir(parents=True, exist_ok=True)
        report_file.unlink(missing_ok=True)


def conclude(report_file: Path | None, refusals: Iterable[Refusal]) -> None:
    """Write the report, and end with 1 if anything was refused."""
    found = list(refusals)
    if report_file:
        report_file.write_text(as_json(found), encoding="utf-8")
    sys.exit(1 if found else 0)


@contextmanager
def explained(*trouble: type[Exception]) -> Iterator[None]:
    """Turn trouble that has a sentence of its own, and that with files, into that sentence."""
    told: tuple[type[Exception], ...] = (*trouble, OSError)
    try:
        yield
    except told as error:
        raise click.ClickException(str(error)) from error


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def now() -> str:
    """The time in UTC, ISO 8601 to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
