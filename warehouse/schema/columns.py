"""The kinds of columns and checks of which the tables are made."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Float,
    ForeignKey,
    MetaData,
    String,
    Table,
)

from warehouse.catalog import LANGUAGES

metadata = MetaData()


def table(name: str, *parts: Column[Any] | CheckConstraint) -> Table:
    """A table that is kept in the order of its key."""
    return Table(name, metadata, *parts, sqlite_with_rowid=False)


def known(**columns: tuple[str, ...]) -> list[CheckConstraint]:
    """Checks that columns hold nothing but the values named."""
    return [
        CheckConstraint(f"{column} IN {values!r}", name=f"{column}_known")
        for column, values in columns.items()
    ]


def value_or_range() -> CheckConstraint:
    """Check that a figure is a number or a range, and that a range does not run backwards."""
    return CheckConstraint(
        "(value IS NOT NULL AND low IS NULL AND high IS NULL)"
        " OR (value IS NULL AND (low IS NOT NULL OR high IS NOT NULL)"
        " AND (low IS NULL OR high IS NULL OR low <= high))",
        name="value_or_range",
    )


def text(name: str) -> Column[str]:
    """A text that is never missing."""
    return Column(name, String, nullable=False)


def texts(*prefixes: str) -> list[Column[str]]:
    """Texts in the four languages."""
    return [text(f"{prefix}_{language}") for prefix in prefixes for language in LANGUAGES]


def code(name: str, target: str, *, key: bool = False) -> Column[str]:
    """The key of a row elsewhere."""
    return Column(name, String, ForeignKey(target), nullable=False, primary_key=key)


def key(name: str) -> Column[str]:
    """A text that is, alone or with others, what the row is known by."""
    return Column(name, String, primary_key=True)


def amount() -> list[Column[float]]:
    """A number, or the two ends of a range."""
    return [Column("value", Float), Column("low", Float), Column("high", Float)]


def history(*, is_ranked: bool = True) -> list[Column[str] | Column[bool]]:
    """When a figure could be known, and until when it was the newest and the preferred one.

    Days as ISO text; a missing end is today. A figure that was never the newest ends no later than
    it begins. What is not ranked has no rival: no source of it is preferred to another.
    """
    columns: list[Column[str] | Column[bool]] = [
        Column("snapshot_id", String, ForeignKey("snapshot.id")),
        text("known_since"),
        Column("newest_until", String),
        Column("preferred_until", String),
        Column("is_newest", Boolean, Computed("newest_until IS NULL")),
        Column("is_preferred", Boolean, Computed("preferred_until IS NULL")),
    ]
    return [column for column in columns if is_ranked or "preferred" not in column.name]
