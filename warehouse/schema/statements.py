"""What was said, and what the summary leads with."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String

from warehouse.schema.columns import (
    amount,
    code,
    key,
    known,
    table,
    text,
    texts,
    value_or_range,
)

target = table(
    "target",
    key("id"),
    code("indicator_id", "indicator.id"),
    text("scope"),
    *amount(),
    text("unit"),
    Column("due", String),
    *map(text, ("kind", "stated_on", "language", "words")),
    *texts("stated_by"),
    text("known_since"),
    code("source_id", "source.id"),
    text("place"),
    Column("restates", String, ForeignKey("target.id")),
    Column("note", String),
    *texts("title"),
    value_or_range(),
)

claim = table(
    "claim",
    key("id"),
    text("kind"),
    code("indicator_id", "indicator.id"),
    *map(text, ("scope", "period")),
    Column("base_period", String),
    *amount(),
    text("unit"),
    *map(text, ("stated_on", "language", "words")),
    *texts("stated_by"),
    text("known_since"),
    code("source_id", "source.id"),
    text("place"),
    Column("note", String),
    *texts("text"),
    *known(kind=("level", "ratio")),
    value_or_range(),
)

event = table(
    "event",
    key("id"),
    text("date"),
    Column("until", String),
    text("topic"),
    code("source_id", "source.id"),
    text("place"),
    *texts("title"),
)

headline = table(
    "headline",
    Column("position", Integer, primary_key=True),
    code("indicator_id", "indicator.id"),
    text("scope"),
    Column("base_period", String),
    Column("target_id", String, ForeignKey("target.id")),
)
