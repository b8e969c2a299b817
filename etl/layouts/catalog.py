"""What the figures are about: sources, economies, places, indicators."""

from __future__ import annotations

from etl import rules
from etl.layouts.table import AMOUNT, SPAN, Table
from etl.rules import IDENTIFIER, PERIOD, WHOLE, one_of
from etl.units import UNITS, kept_unit
from warehouse.catalog import LEVELS

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
            **SPAN,
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
            "length_km": AMOUNT,
            "great_circle_km": AMOUNT,
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
        "product",
        "catalog/products.csv",
        "code,level,parent,name*",
        key="code",
        optional="parent",
        rules={"code": (rules.PRODUCT_GROUP,), "level": (one_of(*LEVELS),)},
        references={"parent": "product"},
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
        "group",
        "catalog/groups.csv",
        "id,aliases,note",
        key="id",
        optional="note",
        rules={"id": (IDENTIFIER,)},
    ),
    Table(
        "vintage",
        "catalog/vintages.csv",
        "source,vintage,known_since,place,note",
        key="source,vintage",
        optional="note",
        rules={"vintage": (rules.VINTAGE,), "known_since": (rules.DAY,)},
        references={"source": "source"},
    ),
    Table(
        "plan",
        "catalog/plans.csv",
        "from_node,to_node,target",
        key="from_node,to_node",
        references={"from_node": "node", "to_node": "node", "target": "target"},
    ),
)
