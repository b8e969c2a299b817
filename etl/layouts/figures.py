"""Figures: flows of trade, and observations of everything else."""

from __future__ import annotations

from etl import rules
from etl.layouts.table import AMOUNT, DATED, RANGE, UNIT, Table
from etl.rules import one_of
from warehouse.schema import FLOWS, STATUSES, VALUATIONS

TABLES: tuple[Table, ...] = (
    Table(
        "trade",
        "figures/trade/*.csv",
        "reporter,partner,flow,product,classification,period,value,unit,source,vintage,valuation,status,place,note",
        key="reporter,partner,flow,product,period,source,vintage",
        optional="classification,note",
        rules={
            "flow": (one_of(*FLOWS, "turnover"),),
            "classification": (rules.CLASSIFICATION,),
            "product": (rules.PRODUCT,),
            **DATED,
            "value": AMOUNT,
            "unit": (one_of("USD", "thousand USD", "million USD"),),
            "valuation": (one_of(*VALUATIONS),),
            "status": (one_of(*STATUSES),),
        },
        references={"reporter": "economy", "partner": "economy", "source": "source"},
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
