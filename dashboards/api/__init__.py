"""The API: everything that the pages show, for machines, on the same server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, NoReturn

from flask import Blueprint, Flask, Response, abort, request
from pydantic import BaseModel, ValidationError
from spectree import SpecTree
from werkzeug.exceptions import HTTPException, NotFound

from dashboards.api import parameters, problems
from dashboards.api.addresses import Api, Known
from dashboards.api.description import describe
from warehouse.engine import Warehouse, WarehouseMissingError, WarehouseUnreadableError

BASE = "/api/v1"
VERSION = "1.0.0"

_ABOUT = (
    "Every figure with its source, edition and place; what was promised and what was said."
    " What is missing is null. Amounts are in the unit named with them."
)


def register(server: Flask, warehouse: Warehouse) -> None:
    """Answer under `/api/`; whatever goes wrong there is told in a problem document."""
    known = Known(warehouse)
    collected = SpecTree(
        "flask",
        title="Altyn Köpir",
        description=_ABOUT,
        version=VERSION,
        # Strict: no address but ours. No page templates: they load scripts from other hosts.
        mode="strict",
        page_templates={},
        validation_error_status=400,
    )
    blueprint = Blueprint("api", __name__)
    for name, (answer, question) in _addresses(Api(warehouse, known)).items():
        validate = collected.validate(
            query=question, operation_id=name, before=partial(_check, question, known)
        )
        blueprint.add_url_rule(f"{BASE}/{name}", name, validate(answer))
    described = partial(_describe, collected, known)
    blueprint.add_url_rule("/api/openapi.json", "openapi", described)
    for rule in ("/api", "/api/", "/api/<path:rest>"):
        blueprint.add_url_rule(rule, f"nothing {rule}", _nothing_here)
    for trouble in (WarehouseMissingError, WarehouseUnreadableError):
        blueprint.register_error_handler(trouble, problems.no_warehouse)
    blueprint.register_error_handler(UnicodeDecodeError, problems.no_text)
    server.register_blueprint(blueprint)
    # An address that is known, but not for the method, belongs to no blueprint.
    server.register_error_handler(HTTPException, problems.of_http)


def _addresses(api: Api) -> Mapping[str, tuple[Any, type[BaseModel]]]:
    return {
        "observations": (api.observations, parameters.Observations),
        "trade": (api.trade, parameters.Trade),
        "chapters": (api.chapters, parameters.Chapters),
        "two-sided": (api.two_sided, parameters.TwoSided),
        "reliability": (api.reliability, parameters.Reliability),
        "targets": (api.targets, parameters.Statements),
        "claims": (api.claims, parameters.Statements),
        "indicators": (api.indicators, parameters.Indicators),
        "sources": (api.sources, parameters.Sources),
        "lineage": (api.lineage, parameters.Lineage),
    }


def _check(question: type[BaseModel], known: Known, *outcome: Any) -> None:
    """Refuse what did not pass; `outcome` is what spectree tells of a request, the error third."""
    error: ValidationError | None = outcome[2]
    if error is not None:
        faults = problems.malformed(error, question)
        refused = {fault.parameter for fault in faults}
        understood = {name: request.args[name] for name in request.args if name not in refused}
        abort(problems.refused([*faults, *problems.unknown(understood, known.choices())]))


def _describe(collected: SpecTree, known: Known) -> Response:
    described = describe(collected.spec, known.choices())
    return Response(json.dumps(described, ensure_ascii=False), mimetype="application/json")


def _nothing_here(rest: str = "") -> NoReturn:
    raise NotFound(f"There is nothing at /api/{rest}. What there is stands in /api/openapi.json.")
