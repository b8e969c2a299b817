"""Figures as reported, and what is made of two reports of one flow."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Integer, String

from warehouse.catalog import FLOWS, STATUSES, VALUATIONS
from warehouse.schema.columns import (
    amount,
    code,
    history,
    key,
    known,
    table,
    text,
    value_or_range,
)

SIDES = ("exporter", "importer")
METHODS = ("weighted", "equal weights", "exporter only", "importer only", "editions differ")
ASSUMED = ("exporter FOB", "importer CIF", "exporter FOB, importer CIF")
"""Valuations taken as IMTS 2010 recommends where a source states none."""


def _flow_key() -> list[Column[str]]:
    """What a flow of goods is known by, be it reported or added up."""
    return [
        *(code(f"{who}_code", "economy.code", key=True) for who in ("reporter", "partner")),
        *map(key, ("flow_code", "product_code", "period")),
        code("source_id", "source.id", key=True),
        key("vintage"),
    ]


trade_flow = table(
    "trade_flow",
    *_flow_key(),
    Column("classification", String),
    Column("value_usd", Float, CheckConstraint("value_usd >= 0"), nullable=False),
    *map(text, ("valuation", "status", "place")),
    Column("note", String),
    *history(),
    *known(flow_code=FLOWS, status=STATUSES, valuation=VALUATIONS),
)

chapter_flow = table(
    "chapter_flow",
    *_flow_key(),
    text("classification"),
    Column("value_usd", Float, CheckConstraint("value_usd >= 0"), nullable=False),
    *map(text, ("valuation", "status")),
    *(
        Column(name, Integer, CheckConstraint(f"{name} >= 1"), nullable=False)
        for name in ("reporters", "records")
    ),
    *history(is_ranked=False),
    *known(flow_code=FLOWS, status=STATUSES, valuation=VALUATIONS),
)

observation = table(
    "observation",
    code("indicator_id", "indicator.id", key=True),
    key("scope"),
    key("period"),
    code("source_id", "source.id", key=True),
    key("vintage"),
    *amount(),
    *map(text, ("status", "place")),
    Column("note", String),
    *history(),
    *known(status=STATUSES),
    value_or_range(),
)

two_sided = table(
    "two_sided",
    code("exporter_code", "economy.code", key=True),
    code("importer_code", "economy.code", key=True),
    key("product_code"),
    key("period"),
    key("basis"),  # "preferred", or the id of the one source of both sides
    *(Column(f"{side}_source_id", String, ForeignKey("source.id")) for side in SIDES),
    *(Column(f"{side}_vintage", String) for side in SIDES),
    *(Column(f"{side}_value_usd", Float) for side in SIDES),
    *(Column(f"{side}_valuation", String) for side in SIDES),
    *(Column(name, Float) for name in ("gap_usd", "ratio", "gap_index", "low_usd", "high_usd")),
    Column(
        "reconciled_usd",
        Float,
        CheckConstraint("low_usd IS NULL OR reconciled_usd BETWEEN low_usd AND high_usd"),
    ),
    Column("exporter_weight", Float, CheckConstraint("exporter_weight BETWEEN 0 AND 1")),
    text("method"),
    Column(
        "assumed", String
    ),  # known() lets NULL pass: NULL IN (…) is unknown, which a CHECK accepts
    *known(method=METHODS, assumed=ASSUMED),
    CheckConstraint(
        "exporter_value_usd IS NOT NULL OR importer_value_usd IS NOT NULL", name="a_side_reports"
    ),
)

reliability = table(
    "reliability",
    key("basis"),
    key("product_level"),  # TOTAL, HS2, HS4, HS6
    code("reporter_code", "economy.code", key=True),
    key("role"),
    Column("figures", Integer, nullable=False),
    Column("partners", Integer, nullable=False),
    Column("distance", Float, CheckConstraint("distance > 0")),
    Column("reliability", Float, CheckConstraint("reliability BETWEEN 0 AND 1")),
    *known(role=SIDES),
)
