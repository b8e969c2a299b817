"""The tables that a build reads: where their files lie, their columns, keys and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from etl import rules
from etl.rules import IDENTIFIER, NOT_NEGATIVE, NUMBER, PERIOD, WHOLE, Rule, one_of
from etl.units import UNITS, kept_unit
from warehouse.catalog import LANGUAGES
from warehouse.schema import STATUSES, VALUATIONS

Rules = Mapping[str, tuple[Rule, ...]]


@dataclass(frozen=True)
class Table:
    """One kind of table; a column that is not `optional` must be filled."""

    name: str
    files: str
    header: str
    key: str
    optional: str = ""
    rules: Rules = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    """Columns whose filled cells must stand in the key of another table."""

    @cached_property
    def columns(self) -> list[str]:
        """The header's columns; `title*` stands for `title_kk`, `title_ru`, `title_tr`, `title_en`."""
        return [name for part in self.header.split(",") for name in _spelt_out(part)]


def _spelt_out(part: str) -> list[str]:
    if not part.endswith("*"):
        return [part]
    return [f"{part[:-1]}_{language}" for language in LANGUAGES]


_AMOUNT = (NUMBER, NOT_NEGATIVE)
_RANGE: Rules = dict.fromkeys(("value", "low", "high"), _AMOUNT)
_UNIT: Rules = {"unit": (one_of(*UNITS),)}
_DATED: Rules = {"period": (PERIOD,), "vintage": (rules.DATE, PERIOD)}
_SPAN: Rules = dict.fromkeys(("since", "date", "until", "first_period", "last_period"), (PERIOD,))

TABLES: tuple[Table, ...] = (
    Table(
        "source",
        "catalog/sources/*.csv",
        "id,title,publisher*,url,published,language,licence,kind,cadence",
        key="id",
        optional="published",
        rules={
            "id": (IDENTIFIER,),
            "url": (rules.WEB,),
            "published": (PERIOD,),
            "kind": (one_of("statistics", "survey", "statement", "press", "document", "geodata"),),
            "cadence": (one_of("annual", "monthly", "irregular", "once"),),
        },
    ),
    Table(
        "economy",
        "catalog/economies.csv",
        "code,alpha2,m49,aliases,name*",
        key="code",
        optional="alpha2,m49,aliases",
        rules={"code": (IDENTIFIER,)},
    ),
    Table(
        "membership",
        "catalog/memberships.csv",
        "economy,group,role,since,until,source,place,note",
        key="economy,group,role,since",
        optional="until,note",
        rules={
            "group": (one_of("OTS"),),
            "role": (one_of("member", "observer"),),
            **_SPAN,
        },
        references={"economy": "economy", "source": "source"},
    ),
    Table(
        "scope",
        "catalog/scopes/*.csv",
        "id,kind,name*",
        key="id",
        rules={
            "id": (IDENTIFIER,),
            "kind": (one_of("definition", "route", "volume", "comparison", "region"),),
        },
    ),
    Table(
        "node",
        "catalog/nodes.csv",
        "id,economy,kind,lat,lon,precision,source,name*",
        key="id",
        rules={"id": (IDENTIFIER,), "lat": (rules.DEGREES,), "lon": (rules.DEGREES,)},
        references={"economy": "economy", "source": "source"},
    ),
    Table(
        "leg",
        "catalog/legs.csv",
        "id,from_node,to_node,mode,length_km,length_source,great_circle_km,note",
        key="id",
        optional="length_km,length_source,note",
        rules={
            "id": (IDENTIFIER,),
            "mode": (one_of("rail", "sea", "road"),),
            "length_km": _AMOUNT,
            "great_circle_km": _AMOUNT,
        },
        references={"from_node": "node", "to_node": "node", "length_source": "source"},
    ),
    Table(
        "route_leg",
        "catalog/routes.csv",
        "route,sequence,leg",
        key="route,sequence",
        rules={"route": (IDENTIFIER,), "sequence": (WHOLE,)},
        references={"leg": "leg"},
    ),
    Table(
        "indicator",
        "catalog/indicators/*.yml",
        "id,unit,frequency,direction,formula,title*,short*,definition*,method*",
        key="id",
        optional="formula",
        rules={
            "id": (IDENTIFIER,),
            "frequency": (one_of("annual", "monthly", "irregular"),),
            "direction": (one_of("up", "down"),),
            "unit": (one_of(*sorted({kept_unit(unit) for unit in UNITS})),),
        },
    ),
    Table(
        "trade",
        "figures/trade/*.csv",
        "reporter,partner,flow,product,period,value,unit,source,vintage,valuation,status,place,note",
        key="reporter,partner,flow,product,period,source,vintage",
        optional="note",
        rules={
            "flow": (one_of("export", "import", "turnover"),),
            "product": (rules.PRODUCT,),
            **_DATED,
            "value": _AMOUNT,
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
        rules={**_DATED, "status": (one_of(*STATUSES),), **_RANGE, **_UNIT},
        references={"indicator": "indicator", "source": "source"},
    ),
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
            **_RANGE,
            **_UNIT,
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
            **_RANGE,
            **_UNIT,
        },
        references={"indicator": "indicator", "source": "source"},
    ),
    Table(
        "event",
        "statements/events.csv",
        "id,date,until,topic,source,place,title*",
        key="id",
        optional="until",
        rules={"id": (IDENTIFIER,), "topic": (one_of("trade", "transit", "digital"),), **_SPAN},
        references={"source": "source"},
    ),
    Table(
        "headline",
        "catalog/headlines.csv",
        "position,indicator,scope,base_period,target",
        key="position",
        optional="base_period,target",
        rules={"position": (WHOLE,), "base_period": (PERIOD,)},
        references={"indicator": "indicator", "target": "target"},
    ),
    Table(
        "preference",
        "corrections/preferences.csv",
        "subject,first_period,last_period,source,reason*",
        key="subject,first_period",
        optional="last_period",
        rules=_SPAN,
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


def rules_of(table: Table, column: str) -> tuple[Rule, ...]:
    """The rules of a column; texts in a language besides theirs must keep to one script a word."""
    written = table.rules.get(column, ())
    in_language = column.rpartition("_")[2] in LANGUAGES
    return (*written, rules.ONE_SCRIPT) if in_language else written
