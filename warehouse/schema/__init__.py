"""What may be stored: tables, keys and checks, in modules named like the folders of data/."""

from __future__ import annotations

from warehouse.catalog import FLOWS, LEVELS, STATUSES, VALUATIONS
from warehouse.schema.catalog import (
    economy,
    group_partner,
    indicator,
    leg,
    membership,
    node,
    product,
    route_leg,
    scope,
    snapshot,
    source,
    vintage,
)
from warehouse.schema.columns import metadata
from warehouse.schema.figures import (
    chapter_flow,
    observation,
    reliability,
    trade_flow,
    two_sided,
)
from warehouse.schema.projections import PROJECTION_METHODS, attainment, backtest, projection
from warehouse.schema.records import (
    CHANGES,
    RECORDS_OF_THE_BUILD,
    build,
    build_change,
    build_check,
    build_input,
    issue,
    preference,
    rejection,
)
from warehouse.schema.statements import claim, event, headline, target

__all__ = [
    "CHANGES",
    "FLOWS",
    "LEVELS",
    "PROJECTION_METHODS",
    "RECORDS_OF_THE_BUILD",
    "STATUSES",
    "VALUATIONS",
    "attainment",
    "backtest",
    "build",
    "build_change",
    "build_check",
    "build_input",
    "chapter_flow",
    "claim",
    "economy",
    "event",
    "group_partner",
    "headline",
    "indicator",
    "issue",
    "leg",
    "membership",
    "metadata",
    "node",
    "observation",
    "preference",
    "product",
    "projection",
    "rejection",
    "reliability",
    "route_leg",
    "scope",
    "snapshot",
    "source",
    "target",
    "trade_flow",
    "two_sided",
    "vintage",
]
