"""Refusals as problem documents (RFC 9457) that say what was wrong and what is allowed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus

from flask import Response, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.response import Response as AnyResponse

from dashboards.api.parameters import CHOICES, Choices, allowed

MIMETYPE = "application/problem+json"
PREFIX = "/api/"

_LONGEST = 200


@dataclass(frozen=True)
class Fault:
    """A parameter that was not understood; `allowed` is empty where that is no short list."""

    parameter: str
    given: str
    reason: str
    allowed: Sequence[str] = ()


def problem(status: int, detail: str, errors: Sequence[Fault] = ()) -> Response:
    """Write a problem document; its type is `about:blank`, for its status says what it is."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        document["errors"] = [asdict(error) for error in errors]
    content = json.dumps(document, ensure_ascii=False)
    return Response(content, status=status, mimetype=MIMETYPE)


def refused(faults: Sequence[Fault]) -> Response:
    """Refuse a question for its parameters."""
    names = ", ".join(dict.fromkeys(fault.parameter for fault in faults))
    return problem(
        HTTPStatus.BAD_REQUEST,
        f"Nothing was looked up, for these parameters were not understood: {names}."
        " What may be asked is described in /api/openapi.json.",
        faults,
    )


def malformed(error: ValidationError, question: type[BaseModel]) -> list[Fault]:
    """Say of each parameter that pydantic refused what was given and what is allowed."""
    properties = question.model_json_schema()["properties"]
    faults = []
    for each in error.errors(include_url=False):
        name = str(each["loc"][0])
        if name not in properties:
            names = tuple(sorted(properties))
            faults.append(Fault(_short(name), _short(each["input"]), "is no parameter here", names))
        elif isinstance(each["input"], list):
            faults.append(Fault(name, _short(each["input"]), "is given more than once"))
        else:
            reason = each["msg"].removeprefix("Value error, ")
            enum = tuple(properties[name].get("enum", ()))
            faults.append(Fault(name, _short(each["input"]), reason, enum))
    return faults


def unknown(given: Mapping[str, str | None], choices: Choices) -> list[Fault]:
    """Say of each parameter that names something the build does not know what it may name."""
    return [
        Fault(name, _short(value), "is not known here", allowed(name, choices))
        for name, value in given.items()
        if name in CHOICES and value is not None and value not in allowed(name, choices)
    ]


def of_http(error: HTTPException) -> HTTPException | AnyResponse:
    """Write an error of HTTP as a problem document where a machine asked, else leave it be."""
    if not f"{request.path}/".startswith(PREFIX) or error.code is None:
        return error
    made = problem(error.code, error.description or "")
    kept = error.get_response()
    if "Allow" in kept.headers:
        made.headers["Allow"] = kept.headers["Allow"]
    return made


def no_warehouse(error: Exception) -> Response:
    """Say that there is nothing to answer from."""
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))


def no_text(_error: UnicodeDecodeError) -> Response:
    """Say that a question is no text: werkzeug reads queries as UTF-8 and nothing else."""
    return problem(HTTPStatus.BAD_REQUEST, "The query is not written in UTF-8.")


def _short(given: object) -> str:
    parts = given if isinstance(given, list) else [given]
    return ", ".join(map(str, parts))[:_LONGEST]
