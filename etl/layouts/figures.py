"""Figures: flows of trade, and observations of everything else."""

from __future__ import annotations

from etl import rules
from etl.layouts.table import AMOUNT, DATED, RANGE, UNIT, Rules, Table
from etl.rules import one_of
from warehouse.catalog import FLOWS, STATUSES, VALUATIONS

_NAMED = {"reporter": "economy", "partner": "economy", "source": "source"}
FLOW: Rules = {
    "flow": (one_of(*FLOWS),),
    "product": (rules.PRODUCT,),
    "classification": (rules.CLASSIFICATION,),
    "value": AMOUNT,
    "unit": (one_of("USD", "thousand USD", "million USD"),),
    "valuation": (one_of(*VALUATIONS),),
    "status": (one_of(*STATUSES),),
}

TABLES: tuple[Table, ...] = (
    Table(
        "trade",
        "figures/trade/*.csv",
        "reporter,partner,flow,product,classification,period,value,unit,source,vintage,valuation,status,place,note",
        key="reporter,partner,flow,product,period,source,vintage",
        optional="classification,note",
        rules={**FLOW, **DATED, "flow": (one_of(*FLOWS, "turnover"),)},
        references=_NAMED,
    ),
    Table(
        "observation",
        "figures/observations/*.csv",
        "indicator,scope,period,value,low,high,unit,status,source,vintage,place,note",
        key="indicator,scope,period,source,vintage",
        optional="value,low,high,note",
        rules={**DATED, "status": (one_of(*STATUSES),), **RANGE, **UNIT},
        references={"indicator": "indicator", "source": "source"},
    ),
)

CHAPTERS = Table(
    "chapter",
    "",
    "reporter,partner,flow,product,classification,period,value,unit,source,vintage,valuation,status,"
    "reporters,records",
    key="reporter,partner,flow,product,period,source,vintage",
    rules={**FLOW, **DATED, "reporters": (rules.WHOLE,), "records": (rules.WHOLE,)},
    references=_NAMED,
)
"""Chapters as `etl aggregate` adds them up of bulk data; in no file of ours, in snapshots alone."""

CHAPTER_FLOWS = "chapter-flows"
"""The kind of those snapshots."""
