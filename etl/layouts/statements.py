"""What was said: targets, claims, events."""

from __future__ import annotations

from etl.layouts.table import RANGE, SPAN, UNIT, Table
from etl.rules import IDENTIFIER, PERIOD, one_of

TABLES: tuple[Table, ...] = (
    Table(
        "target",
        "statements/targets.csv",
        "id,indicator,scope,value,low,high,unit,due,kind,stated_by*,stated_on,language,words,"
        "source,place,restates,note,title*",
        key="id",
        optional="value,low,high,due,restates,note",
        rules={
            "id": (IDENTIFIER,),
            "due": (PERIOD,),
            "kind": (one_of("target", "plan", "hope", "estimate", "projection"),),
            "stated_on": (PERIOD,),
            **RANGE,
            **UNIT,
        },
        references={"indicator": "indicator", "source": "source", "restates": "target"},
    ),
    Table(
        "claim",
        "statements/claims.csv",
        "id,kind,indicator,scope,period,base_period,value,low,high,unit,stated_by*,stated_on,"
        "language,words,source,place,note,text*",
        key="id",
        optional="base_period,value,low,high,note",
        rules={
            "id": (IDENTIFIER,),
            "kind": (one_of("level", "ratio"),),
            "period": (PERIOD,),
            "base_period": (PERIOD,),
            "stated_on": (PERIOD,),
            **RANGE,
            **UNIT,
        },
        references={"indicator": "indicator", "source": "source"},
    ),
    Table(
        "event",
        "statements/events.csv",
        "id,date,until,topic,source,place,title*",
        key="id",
        optional="until",
        rules={"id": (IDENTIFIER,), "topic": (one_of("trade", "transit", "digital"),), **SPAN},
        references={"source": "source"},
    ),
)
