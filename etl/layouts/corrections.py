"""Which source speaks, and what is known to be wrong."""

from __future__ import annotations

from etl.layouts.table import SPAN, Table
from etl.rules import PERIOD

TABLES: tuple[Table, ...] = (
    Table(
        "preference",
        "corrections/preferences.csv",
        "subject,first_period,last_period,source,reason*",
        key="subject,first_period,source",
        optional="last_period",
        rules=SPAN,
        references={"source": "source"},
    ),
    Table(
        "issue",
        "corrections/issues.csv",
        "source,subject,scope,period,kind,expected,what*",
        key="source,subject,scope,period",
        optional="expected",
        rules={"period": (PERIOD,)},
        references={"source": "source"},
    ),
)
