"""What is decided, known to be wrong, rejected, and how the build was made."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Integer, String

from warehouse.schema.columns import (
    code,
    key,
    known,
    table,
    text,
    texts,
)

preference = table(
    "preference",
    key("subject"),
    key("first_period"),
    Column("last_period", String),
    code("source_id", "source.id", key=True),
    *texts("reason"),
)

issue = table(
    "issue",
    code("source_id", "source.id", key=True),
    key("subject"),
    key("scope"),
    key("period"),
    text("kind"),
    Column("expected", String),
    *texts("what"),
)

rejection = table(
    "rejection",
    code("snapshot_id", "snapshot.id", key=True),
    Column("number", Integer, primary_key=True),
    Column("source_id", String, ForeignKey("source.id")),
    *map(text, ("known_since", "file")),
    Column("row", Integer, nullable=False),
    *map(text, ("field", "value", "reason", "remedy")),
)

build = table("build", key("id"), *map(text, ("built_at", "code_version")))

build_input = table("build_input", key("path"), text("sha256"))

build_check = table("build_check", key("name"), text("outcome"))

CHANGES = ("compared", "revised", "added", "removed")
CHANGED = ("build", "observation", "target", "claim")

build_change = table(
    "build_change",
    Column("position", Integer, primary_key=True),
    *map(text, ("kind", "subject", "item", "scope", "period")),
    *(Column(name, Float) for name in ("low_before", "high_before", "low_after", "high_after")),
    *known(kind=CHANGES, subject=CHANGED),
)

RECORDS_OF_THE_BUILD = (build, build_input, build_check, build_change)
"""Tables about the build itself; every other table is a pure function of the inputs."""
