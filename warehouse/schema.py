"""What may be stored: tables, keys and checks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
)

from warehouse.catalog import LANGUAGES

metadata = MetaData()

FLOWS = ("export", "import", "re-export", "re-import")
STATUSES = ("final", "preliminary", "estimate", "derived", "stated")
VALUATIONS = ("FOB", "CIF", "not stated")


def _known(**columns: tuple[str, ...]) -> list[CheckConstraint]:
    return [
        CheckConstraint(f"{column} IN {values!r}", name=f"{column}_known")
        for column, values in columns.items()
    ]


def _value_or_range() -> CheckConstraint:
    return CheckConstraint(
        "(value IS NOT NULL AND low IS NULL AND high IS NULL)"
        " OR (value IS NULL AND (low IS NOT NULL OR high IS NOT NULL)"
        " AND (low IS NULL OR high IS NULL OR low <= high))",
        name="value_or_range",
    )


def _text(name: str) -> Column[str]:
    return Column(name, String, nullable=False)


def _texts(*prefixes: str) -> list[Column[str]]:
    return [_text(f"{prefix}_{language}") for prefix in prefixes for language in LANGUAGES]


def _code(name: str, target: str, *, key: bool = False) -> Column[str]:
    return Column(name, String, ForeignKey(target), nullable=False, primary_key=key)


def _key(name: str) -> Column[str]:
    return Column(name, String, primary_key=True)


def _range() -> list[Column[float]]:
    return [Column("value", Float), Column("low", Float), Column("high", Float)]


def _table(name: str, *parts: Column[Any] | CheckConstraint) -> Table:
    return Table(name, metadata, *parts, sqlite_with_rowid=False)


source = _table(
    "source",
    _key("id"),
    *map(_text, ("title", "url")),
    *_texts("publisher"),
    Column("published", String),
    *map(_text, ("language", "licence", "kind", "cadence")),
)
economy = _table(
    "economy",
    _key("code"),
    *(Column(name, String) for name in ("alpha2", "m49", "aliases")),
    *_texts("name"),
)
membership = _table(
    "membership",
    _code("economy_code", "economy.code", key=True),
    _key("group_code"),
    _key("role"),
    _key("since"),
    Column("until", String),
    _code("source_id", "source.id"),
    _text("place"),
    Column("note", String),
)
group_partner = _table(
    "group_partner",
    _code("scope", "scope.id", key=True),
    _key("period"),
    _code("partner_code", "economy.code", key=True),
)
scope = _table("scope", _key("id"), _text("kind"), *_texts("name"))
node = _table(
    "node",
    _key("id"),
    _code("economy_code", "economy.code"),
    _text("kind"),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    _text("precision"),
    _code("source_id", "source.id"),
    *_texts("name"),
)
leg = _table(
    "leg",
    _key("id"),
    _code("from_node", "node.id"),
    _code("to_node", "node.id"),
    _text("mode"),
    Column("length_km", Float),
    Column("length_source_id", String, ForeignKey("source.id")),
    Column("great_circle_km", Float, nullable=False),
    Column("note", String),
)
route_leg = _table(
    "route_leg",
    _key("route"),
    Column("sequence", Integer, primary_key=True),
    _code("leg_id", "leg.id"),
)
indicator = _table(
    "indicator",
    _key("id"),
    *map(_text, ("topic", "unit", "frequency", "direction")),
    Column("formula", String),
    *_texts("title", "short", "definition", "method"),
    *_known(direction=("up", "down")),
)
trade_flow = _table(
    "trade_flow",
    _code("reporter_code", "economy.code", key=True),
    _code("partner_code", "economy.code", key=True),
    _key("flow_code"),
    _key("product_code"),
    _key("period"),
    _code("source_id", "source.id", key=True),
    _key("vintage"),
    Column("value_usd", Float, CheckConstraint("value_usd >= 0"), nullable=False),
    *map(_text, ("valuation", "status", "place")),
    Column("note", String),
    Column("is_newest", Boolean, nullable=False),
    Column("is_preferred", Boolean, nullable=False),
    *_known(flow_code=FLOWS, status=STATUSES, valuation=VALUATIONS),
)
observation = _table(
    "observation",
    _code("indicator_id", "indicator.id", key=True),
    _key("scope"),
    _key("period"),
    _code("source_id", "source.id", key=True),
    _key("vintage"),
    *_range(),
    *map(_text, ("status", "place")),
    Column("note", String),
    Column("is_newest", Boolean, nullable=False),
    Column("is_preferred", Boolean, nullable=False),
    *_known(status=STATUSES),
    _value_or_range(),
)
preference = _table(
    "preference",
    _key("subject"),
    _key("first_period"),
    Column("last_period", String),
    _code("source_id", "source.id"),
    *_texts("reason"),
)
issue = _table(
    "issue",
    _code("source_id", "source.id", key=True),
    _key("subject"),
    _key("scope"),
    _key("period"),
    _text("kind"),
    Column("expected", String),
    *_texts("what"),
)
target = _table(
    "target",
    _key("id"),
    _code("indicator_id", "indicator.id"),
    _text("scope"),
    *_range(),
    _text("unit"),
    Column("due", String),
    *map(_text, ("kind", "stated_on", "language", "words")),
    *_texts("stated_by"),
    _code("source_id", "source.id"),
    _text("place"),
    Column("restates", String, ForeignKey("target.id")),
    Column("note", String),
    *_texts("title"),
    _value_or_range(),
)
claim = _table(
    "claim",
    _key("id"),
    _text("kind"),
    _code("indicator_id", "indicator.id"),
    *map(_text, ("scope", "period")),
    Column("base_period", String),
    *_range(),
    _text("unit"),
    *map(_text, ("stated_on", "language", "words")),
    *_texts("stated_by"),
    _code("source_id", "source.id"),
    _text("place"),
    Column("note", String),
    *_texts("text"),
    *_known(kind=("level", "ratio")),
    _value_or_range(),
)
event = _table(
    "event",
    _key("id"),
    _text("date"),
    Column("until", String),
    _text("topic"),
    _code("source_id", "source.id"),
    _text("place"),
    *_texts("title"),
)
headline = _table(
    "headline",
    Column("position", Integer, primary_key=True),
    _code("indicator_id", "indicator.id"),
    _text("scope"),
    Column("base_period", String),
    Column("target_id", String, ForeignKey("target.id")),
)
rejection = _table(
    "rejection",
    _key("file"),
    Column("row", Integer, primary_key=True),
    _key("field"),
    *map(_text, ("value", "reason", "remedy")),
)
build = _table("build", _key("id"), *map(_text, ("built_at", "code_version")))
build_input = _table("build_input", _key("path"), _text("sha256"))
build_check = _table("build_check", _key("name"), _text("outcome"))

RECORDS_OF_THE_BUILD = (build, build_input, build_check)
"""Tables about the build itself; every other table is a pure function of the inputs."""
