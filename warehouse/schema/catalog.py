"""What the figures are about, and the documents they were read in."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Integer, String

from warehouse.catalog import LEVELS
from warehouse.schema.columns import (
    code,
    key,
    known,
    table,
    text,
    texts,
)

source = table(
    "source",
    key("id"),
    *map(text, ("title", "url")),
    *texts("publisher"),
    Column("published", String),
    *map(text, ("language", "licence", "kind", "cadence")),
)

snapshot = table(
    "snapshot",
    key("id"),
    Column("source_id", String, ForeignKey("source.id")),
    *map(text, ("kind", "name", "retrieved_at")),
    Column("published", String),
    *map(text, ("known_since", "sha256")),
    Column("size_bytes", BigInteger, nullable=False),
    text("headers"),
    Column("rows", Integer, nullable=False),
    Column("rejections", Integer, nullable=False),
    Column("passed_over", String),
)

vintage = table(
    "vintage",
    code("source_id", "source.id", key=True),
    key("vintage"),
    *map(text, ("known_since", "place")),
    Column("note", String),
)

economy = table(
    "economy",
    key("code"),
    *(Column(name, String) for name in ("alpha2", "m49", "aliases")),
    *texts("name"),
)

membership = table(
    "membership",
    code("economy_code", "economy.code", key=True),
    key("group_code"),
    key("role"),
    key("since"),
    Column("until", String),
    code("source_id", "source.id"),
    text("place"),
    Column("note", String),
)

product = table(
    "product",
    key("code"),
    text("level"),
    Column("parent", String, ForeignKey("product.code")),
    *texts("name"),
    *known(level=LEVELS),
)

group_partner = table(
    "group_partner",
    code("scope", "scope.id", key=True),
    key("period"),
    code("partner_code", "economy.code", key=True),
)

scope = table("scope", key("id"), text("kind"), *texts("name"))

node = table(
    "node",
    key("id"),
    code("economy_code", "economy.code"),
    text("kind"),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    text("precision"),
    code("source_id", "source.id"),
    *texts("name"),
)

leg = table(
    "leg",
    key("id"),
    code("from_node", "node.id"),
    code("to_node", "node.id"),
    text("mode"),
    Column("length_km", Float),
    Column("length_source_id", String, ForeignKey("source.id")),
    Column("great_circle_km", Float, nullable=False),
    Column("note", String),
)

route_leg = table(
    "route_leg",
    key("route"),
    Column("sequence", Integer, primary_key=True),
    code("leg_id", "leg.id"),
)

indicator = table(
    "indicator",
    key("id"),
    *map(text, ("topic", "unit", "frequency", "direction")),
    Column("formula", String),
    *texts("title", "short", "definition", "method"),
    *known(direction=("up", "down")),
)
