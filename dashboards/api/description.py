"""The OpenAPI description of the build that is served: its indicators, sources and economies named."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from dashboards.api import problems
from dashboards.api.formats import TOTAL_HEADER
from dashboards.api.parameters import Choices, allowed
from dashboards.api.tables import Table, row_schema, tables
from dashboards.sheets import MIMETYPES
from warehouse.queries import evidence

Json = dict[str, Any]

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}

_META: Json = {
    "type": "object",
    "required": ["build", "built_at", "asof", "total", "page", "page_size", "pages", "next"],
    "properties": {
        "build": _TEXT,
        "built_at": {"type": "string", "format": "date-time"},
        "asof": _TEXT_OR_NULL,
        **dict.fromkeys(("total", "page", "page_size", "pages"), _COUNT),
        "next": {**_TEXT_OR_NULL, "description": "Address of the next page, if there is one."},
    },
    "additionalProperties": False,
}
_PROBLEM: Json = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        **dict.fromkeys(("type", "title", "detail"), _TEXT),
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "given", "reason", "allowed"],
                "properties": {
                    **dict.fromkeys(("parameter", "given", "reason"), _TEXT),
                    "allowed": {"type": "array", "items": _TEXT},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def describe(spec: Mapping[str, Any], choices: Choices) -> Json:
    """Complete what was collected of the addresses with what they answer and what the build knows."""
    described: Json = deepcopy(dict(spec))
    for path, methods in described["paths"].items():
        name = path.rpartition("/")[2]
        operation = methods["get"]
        operation["parameters"] = [_parameter(each, choices) for each in operation["parameters"]]
        operation["responses"] = _responses(name)
    # The parameters stand with each address; the models that they came from say nothing more.
    described["components"]["schemas"] = _schemas()
    return described


def _parameter(parameter: Json, choices: Choices) -> Json:
    """Name what the build knows; a parameter that is left out has no default of null."""
    made = deepcopy(parameter)
    schema = made["schema"]
    schema.pop("title", None)
    schema.pop("description", None)
    if schema.get("default", "") is None:
        del schema["default"]
    if names := allowed(made["name"], choices):
        schema["enum"] = list(names)
    return made


def _responses(name: str) -> Json:
    content = {MIMETYPES["json"]: {"schema": _reference(f"{name}-page")}}
    if name in tables():
        content[MIMETYPES["csv"]] = {"schema": _TEXT}
        content[MIMETYPES["xlsx"]] = {"schema": {"type": "string", "format": "binary"}}
    headers = {
        TOTAL_HEADER: {"description": "Rows on all pages.", "schema": _COUNT},
        "Link": {"description": "The next page, if there is one (RFC 8288).", "schema": _TEXT},
    }
    problem = {"content": {problems.MIMETYPE: {"schema": _reference("problem")}}}
    return {
        "200": {"description": "One page of rows.", "headers": headers, "content": content},
        "304": {"description": "What was asked with If-None-Match has not changed."},
        "400": {"description": "Parameters were not understood.", **problem},
        "503": {"description": "No warehouse has been built.", **problem},
    }


def _schemas() -> Json:
    made: Json = {"meta": _META, "problem": _PROBLEM}
    for name, table in tables().items():
        made[f"{name}-row"] = row_schema(table)
        made[f"{name}-page"] = _page(_reference(f"{name}-row"))
    made["document"] = _document()
    made["part"] = _traced(tables()["trade"])
    figure, flow = _traced(tables()["observations"]), _reference("part")
    made["figure"] = figure
    made["lineage-page"] = _page({"anyOf": [_reference("figure"), flow]})
    return made


def _page(row: Json) -> Json:
    sources = {"type": "object", "additionalProperties": _reference("sources-row")}
    return {
        "type": "object",
        "required": ["data", "meta", "sources"],
        "properties": {
            "data": {"type": "array", "items": row},
            "meta": _reference("meta"),
            "sources": {**sources, "description": "The sources of the rows, by their ids."},
        },
        "additionalProperties": False,
    }


def _traced(table: Table) -> Json:
    """A row with the record of its source, its stored document, and the flows it is the sum of."""
    made = row_schema(table)
    added: Json = {
        "source": _reference("sources-row"),
        "snapshot": {"anyOf": [_reference("document"), {"type": "null"}]},
        "parts": {"type": "array", "items": _reference("part")},
    }
    made["properties"] |= added
    made["required"] += list(added)
    return made


def _document() -> Json:
    made = row_schema(Table("documents", "snapshot", evidence.DOCUMENT))
    made["description"] = "The stored document that a figure was read from."
    return made


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
