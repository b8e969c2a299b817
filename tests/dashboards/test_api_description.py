"""The OpenAPI description: true of every address, and of nothing that lies on another host."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings

from tests.dashboards.test_api_problems import NAMES

if TYPE_CHECKING:
    from schemathesis import Case
    from schemathesis.specs.openapi.schemas import OpenApiSchema


@pytest.fixture(scope="session")
def described(app) -> OpenApiSchema:
    """What schemathesis reads of the description of the app itself.

    It takes seconds to load, so whoever runs other tests does without it.
    """
    return import_module("schemathesis.openapi").from_wsgi("/api/openapi.json", app.server)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_as_described(described: OpenApiSchema, name: str, mode: str) -> None:
    """Good questions are answered in the shape described, bad ones refused as described."""
    modes = import_module("schemathesis").GenerationMode
    cases = described[f"/api/v1/{name}"]["GET"].as_strategy(generation_mode=modes[mode])
    settings(max_examples=20, suppress_health_check=list(HealthCheck))(given(case=cases)(_check))()


def _check(case: Case) -> None:
    # In the process there is no client that would decompress.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


def test_every_address_and_choice_is_told(client: FlaskClient) -> None:
    """All tables, and of each parameter what the build knows; columns with their meaning."""
    description = client.get("/api/openapi.json").get_json()
    parameters = {
        each["name"]: each["schema"]
        for each in description["paths"]["/api/v1/observations"]["get"]["parameters"]
    }
    rows = description["components"]["schemas"]

    assert set(description["paths"]) == {f"/api/v1/{name}" for name in NAMES}
    assert "trade_turnover_ots" in parameters["indicator"]["enum"]
    assert parameters["source"]["enum"][:2] == ["preferred", "all"]
    assert parameters["definition"]["enum"] == [
        "members_current",
        "members_dated",
        "with_observers",
    ]
    assert all(
        column.get("description")
        for name in NAMES
        if name != "lineage"
        for column in rows[f"{name}-row"]["properties"].values()
    )


def test_the_description_is_worked_out_once_a_build(client: FlaskClient) -> None:
    """Like every answer it has a tag."""
    first = client.get("/api/openapi.json")
    again = client.get("/api/openapi.json", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304


def test_nothing_loads_from_another_host(client: FlaskClient) -> None:
    """There is no page of documentation, for those of the library load scripts from elsewhere."""
    for path in ("/openapi/swagger/", "/api/swagger/", "/api/redoc/", "/openapi/openapi.json"):
        assert client.get(path).status_code == 404
    assert "cdn" not in json.dumps(client.get("/api/openapi.json").get_json())
