"""Refusals of the API: a problem document that names each parameter and what is allowed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from dashboards.factory import create_app
from tests.tables import cells
from warehouse.engine import Warehouse

NAMES = (
    *("observations", "trade", "chapters", "two-sided", "reliability", "targets", "claims"),
    *("indicators", "sources", "lineage"),
)


def problem(response: TestResponse, status: int = 400) -> dict[str, Any]:
    """The document, once it is sure that it is one."""
    document = response.get_json()
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert (document["type"], document["status"]) == ("about:blank", status)
    assert document["title"]
    assert document["detail"]
    return document


def test_each_fault_is_named_with_what_is_allowed(client: FlaskClient) -> None:
    """Unknown names, unknown values, values out of bounds and repeated ones, all in one answer."""
    _, rows = cells("""
        | parameter | given      | allowed                |
        | asof      | 2023       |                        |
        | format    | pdf        | json                   |
        | from      | 2010-02-30 |                        |
        | indicator | gdp        | trade_turnover_ots     |
        | page      | 0          |                        |
        | page_size | a, b       |                        |
        | source    | imf        | preferred              |
        | sort      | value      | page_size              |
    """)
    pairs = [(name, each) for name, value, _ in rows for each in value.split(", ")]
    query = "&".join(f"{name}={value}" for name, value in pairs)
    errors = problem(client.get(f"/api/v1/observations?{query}"))["errors"]
    found = {error["parameter"]: error for error in errors}

    assert set(found) == {name for name, _given, _allowed in rows}
    for name, value, allowed in rows:
        assert found[name]["given"] == value
        assert found[name]["reason"]
        assert allowed in [*found[name]["allowed"], ""]


@pytest.mark.parametrize(
    "query",
    [
        "source=",
        "from=",
        "asof=2023-02-30",
        "from=2022-01/2022-09",
        "to=../2022",
        "from=0000",
        "page=10000000000000000000000",
        "source=preferred%00",
        "source='%20OR%201=1--",
        "%ff=%fe",
        "indicator[]=x",
    ],
)
def test_a_malformed_question_is_refused(client: FlaskClient, query: str) -> None:
    """Nothing is guessed and nothing breaks."""
    assert problem(client.get(f"/api/v1/observations?{query}"))["errors"]


@pytest.mark.parametrize("name", ["two-sided", "reliability", "indicators", "sources"])
def test_what_is_of_today_has_no_past(client: FlaskClient, name: str) -> None:
    """A table that knows no past day says so instead of answering with today's."""
    errors = problem(client.get(f"/api/v1/{name}?asof=2023-09-28"))["errors"]

    assert [error["parameter"] for error in errors] == ["asof"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api", 404),
        ("GET", "/api/", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/trade/", 404),
        ("GET", "/api/v2/trade", 404),
        ("POST", "/api/v1/trade", 405),
        ("DELETE", "/api/openapi.json", 405),
    ],
)
def test_what_is_not_there_is_a_problem_too(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    """A machine never gets a page for people."""
    response = client.open(path, method=method)

    assert problem(response, status)
    assert ("Allow" in response.headers) == (status == 405)
    assert client.get("/en/nothing").mimetype == "text/html"


def test_without_a_warehouse_it_says_so(tmp_path: Path, static_dir: Path) -> None:
    """A server that has nothing to answer from tells how to make it."""
    missing = create_app(Warehouse(f"sqlite:///{tmp_path / 'none.sqlite'}"), static_dir)
    client = missing.server.test_client()

    for path in ("/api/v1/trade", "/api/openapi.json"):
        assert "python -m etl build" in problem(client.get(path), 503)["detail"]


PARAMETERS = st.sampled_from(
    [
        "indicator",
        "definition",
        "scope",
        "source",
        "from",
        "to",
        "asof",
        "page",
        "page_size",
        "format",
        "reporter",
        "partner",
        "flow",
        "product",
        "period",
        "basis",
        "x",
    ]
)
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "2010", "KAZ", "preferred", "all", "-1", "1e9", "NaN", "TOTAL", "../2010"]
    ),
    st.integers().map(str),
    st.dates().map(str),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMES), query=st.lists(st.tuples(PARAMETERS, VALUES), max_size=4))
def test_any_question_is_answered_or_refused(
    client: FlaskClient, name: str, query: list[tuple[str, str]]
) -> None:
    """Whatever is asked: a page of rows, or a problem that names parameters that were given."""
    response = client.get(f"/api/v1/{name}", query_string=query)

    if response.status_code == 200:
        assert response.get_data()
    else:
        named = {error["parameter"] for error in problem(response)["errors"]}
        assert named <= {parameter for parameter, _value in query}


def test_a_query_that_is_no_text_is_refused(client: FlaskClient) -> None:
    """A raw byte that is no UTF-8 is the fault of who sent it, and none of ours."""
    for _ in range(2):
        response = client.get("/api/v1/sources", environ_overrides={"QUERY_STRING": "page=\xff"})
        assert (response.status_code, response.mimetype) == (400, "application/problem+json")
        assert "UTF-8" in response.get_json()["detail"]
