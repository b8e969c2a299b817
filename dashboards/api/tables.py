"""The tables that the API gives: their columns, in the words of the warehouse's own description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from warehouse import descriptions, extract
from warehouse.extract import Field
from warehouse.queries import exchange


@dataclass(frozen=True)
class Table:
    """A table of the API: `name` as in its address, made of a table of the warehouse."""

    name: str
    base: str
    columns: tuple[str, ...]

    def fields(self) -> tuple[Field, ...]:
        """Describe the columns, in their order."""
        return tuple(_field(self.base, name) for name in self.columns)


def tables() -> Mapping[str, Table]:
    """Every table of the API by its name."""
    whole = {
        "two-sided": "two_sided",
        "reliability": "reliability",
        "targets": "target",
        "claims": "claim",
        "indicators": "indicator",
        "sources": "source",
    }
    return {
        "observations": Table("observations", "observation", exchange.OBSERVATIONS),
        "trade": Table("trade", "trade_flow", exchange.FLOWS),
        "chapters": Table("chapters", "chapter_flow", exchange.CHAPTERS),
        **{name: Table(name, base, tuple(_fields()[base])) for name, base in whole.items()},
    }


def row_schema(table: Table) -> dict[str, Any]:
    """Describe a row as JSON Schema; every column is there, and null where it is missing."""
    properties = {field.name: _property(field) for field in table.fields()}
    return {
        "type": "object",
        "description": descriptions.of_table(table.base),
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


@cache
def _fields() -> Mapping[str, Mapping[str, Field]]:
    return {shape.name: {field.name: field for field in shape.fields} for shape in extract.shapes()}


def _field(base: str, name: str) -> Field:
    """Describe a column; those that a query adds to its table are the unit and the preference."""
    known = _fields()[base].get(name)
    if known is None:
        description, unit = descriptions.of_column(base, name)
        return Field(name, "string", description, unit, is_required=True)
    return replace(known, is_required=True) if name == "is_preferred" else known


def _property(field: Field) -> dict[str, Any]:
    unit = f" [{field.unit}]" if field.unit else ""
    made: dict[str, Any] = {
        "type": field.kind if field.is_required else [field.kind, "null"],
        "description": f"{field.description}{unit}",
    }
    if field.enum:
        made["enum"] = [*field.enum, *(() if field.is_required else (None,))]
    return made
