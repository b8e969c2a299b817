"""What the newest figures would come to if they went on as before, and how well that has foretold."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Float, Integer, String

from warehouse.schema.columns import code, key, known, table, text

PROJECTION_METHODS = ("damped_trend", "drift", "log_linear")

projection = table(
    "projection",
    code("indicator_id", "indicator.id", key=True),
    key("scope"),
    key("method"),
    key("period"),
    Column("value", Float, CheckConstraint("value BETWEEN low_80 AND high_80"), nullable=False),
    Column("low_80", Float, CheckConstraint("low_80 >= low_95"), nullable=False),
    Column("high_80", Float, CheckConstraint("high_80 <= high_95"), nullable=False),
    Column("low_95", Float, CheckConstraint("low_95 >= 0"), nullable=False),
    Column("high_95", Float, nullable=False),
    Column("is_chosen", Boolean, nullable=False),
    *map(text, ("first_period", "origin", "origin_status")),
    Column("source_changes", String),
    *known(method=PROJECTION_METHODS),
)

backtest = table(
    "backtest",
    code("indicator_id", "indicator.id", key=True),
    key("scope"),
    key("method"),
    Column("horizon", Integer, CheckConstraint("horizon >= 1"), primary_key=True),
    Column("folds", Integer, CheckConstraint("folds >= 1"), nullable=False),
    Column("error", Float, CheckConstraint("error >= 0"), nullable=False),
    Column("error_no_change", Float, CheckConstraint("error_no_change >= 0"), nullable=False),
    Column("within_80", Float, CheckConstraint("within_80 BETWEEN 0 AND 1"), nullable=False),
    Column("within_95", Float, CheckConstraint("within_95 BETWEEN 0 AND 1"), nullable=False),
    *known(method=PROJECTION_METHODS),
)

attainment = table(
    "attainment",
    code("target_id", "target.id", key=True),
    key("period"),
    Column("probability", Float, CheckConstraint("probability BETWEEN 0 AND 1"), nullable=False),
)
