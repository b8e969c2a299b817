"""Ready answers: worked out once per build, never stale, in every encoding the same."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Select

from dashboards import answers
from dashboards.factory import create_app
from tests.dashboards.serving import CALLBACK, ask, page_of, part
from warehouse.engine import Row, Warehouse


class Counting(Warehouse):
    """A warehouse that counts what it is asked."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.queries: list[Select[Any]] = []

    @property
    def asked(self) -> int:
        """How many questions it was asked, as of today and of past days."""
        return len(self.queries)

    def rows(self, query: Select[Any]) -> Sequence[Row]:
        """Answer, and count."""
        self.queries.append(query)
        return super().rows(query)


class Swapped(Warehouse):
    """A warehouse in which something happens once, just after a figure has been read."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.then: list[Callable[[], object]] = []

    def rows(self, query: Select[Any]) -> Sequence[Row]:
        """Answer, and let it happen."""
        found = super().rows(query)
        if self.then and "FROM observation" in str(query):
            self.then.pop()()
        return found


@pytest.fixture
def served(warehouse: Warehouse, tmp_path: Path) -> Path:
    """A warehouse of one's own to swap."""
    return Path(shutil.copy(warehouse.path, tmp_path / "warehouse.sqlite"))


def url(path: Path) -> str:
    """The address of a warehouse's file."""
    return f"sqlite:///{path}"


def turnover(client: FlaskClient) -> float:
    """The number on the first card."""
    card = part(page_of(ask(client, "/en/")), "card-trade_turnover_ots")
    return float(card["props"]["data-value"])


def swap(path: Path, build_id: str, value: float) -> None:
    """Serve a new build in which every preferred turnover is `value`, with one rename as a build does."""
    new = path.with_suffix(".new")
    shutil.copy(path, new)
    with closing(sqlite3.connect(new)) as connection, connection:
        connection.execute("UPDATE build SET id = ?", [build_id])
        connection.execute(
            "UPDATE observation SET value = ? WHERE indicator_id = 'trade_turnover_ots'", [value]
        )
    new.replace(path)


def test_the_same_question_is_worked_out_once(served: Path, static_dir: Path) -> None:
    warehouse = Counting(url(served))
    client = create_app(warehouse, static_dir).server.test_client()
    first = ask(client, "/kk/trade", "?definition=members_dated")
    worked = warehouse.asked
    second = ask(client, "/kk/trade", "?definition=members_dated")
    assert worked > 0
    assert warehouse.asked == worked
    assert second.get_data() == first.get_data()
    ask(client, "/kk/trade", "?definition=with_observers")
    assert warehouse.asked > worked


def test_a_document_is_worked_out_once(served: Path, static_dir: Path) -> None:
    client = create_app(Warehouse(url(served)), static_dir).server.test_client()
    assert client.get("/kk/").get_data() == client.get("/kk/").get_data()
    assert client.get("/kk/").get_data() != client.get("/ru/").get_data()


def test_a_new_build_is_seen_at_once(served: Path, static_dir: Path) -> None:
    client = create_app(Warehouse(url(served)), static_dir).server.test_client()
    before = turnover(client)
    swap(served, "second", 1e9)
    assert turnover(client) == 1e9 != before
    assert "second" in client.get("/en/").get_data(as_text=True)
    swap(served, "third", 2e9)
    assert turnover(client) == 2e9
    assert "third" in client.get("/en/").get_data(as_text=True)


def test_what_was_read_before_a_swap_is_not_kept_after_it(served: Path, static_dir: Path) -> None:
    warehouse = Swapped(url(served))
    app = create_app(warehouse, static_dir)

    def swap_and_ask_another() -> None:
        swap(served, "second", 1e9)
        another = Thread(target=app.server.test_client().get, args=["/ru/"])
        another.start()
        another.join()

    warehouse.then.append(swap_and_ask_another)
    assert turnover(app.server.test_client()) == 1e9
    assert warehouse.then == []
    assert turnover(app.server.test_client()) == 1e9


def test_two_apps_in_one_process_answer_for_themselves(
    warehouse: Warehouse, served: Path, static_dir: Path
) -> None:
    swap(served, "other", 7e9)
    here = create_app(warehouse, static_dir).server.test_client()
    there = create_app(Warehouse(url(served)), static_dir).server.test_client()
    assert turnover(here) != turnover(there) == 7e9
    assert turnover(here) != turnover(there) == 7e9


@pytest.mark.parametrize(("limit", "most"), [("MOST", 3), ("MOST_BYTES", 50_000)])
def test_no_more_is_kept_than_was_meant(
    served: Path, static_dir: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(answers, limit, most)
    warehouse = Counting(url(served))
    client = create_app(warehouse, static_dir).server.test_client()
    for _ in range(2):
        for number in range(10):
            assert client.get(f"/api/v1/targets?page={number + 1}&page_size=7").status_code == 200
        worked, warehouse.queries = warehouse.asked, []
        assert worked > 10


def test_many_readers_at_once_get_the_same(served: Path, static_dir: Path) -> None:
    app = create_app(Warehouse(url(served)), static_dir)

    def read(_: int) -> bytes:
        return ask(app.server.test_client(), "/tr/digital").get_data()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(read, range(16)))) == 1


def test_what_many_ask_at_once_is_worked_out_once(served: Path, static_dir: Path) -> None:
    warehouse = Counting(url(served))
    app = create_app(warehouse, static_dir)
    ask(app.server.test_client(), "/kk/corridor")
    alone, warehouse.queries = warehouse.asked, []
    with ThreadPoolExecutor(8) as pool:
        answers = [
            pool.submit(ask, app.server.test_client(), "/ru/corridor").result for _ in range(8)
        ]
        assert {answer().status_code for answer in answers} == {200}
    assert 0 < warehouse.asked <= alone


def test_what_is_wrong_is_worked_out_again(served: Path, static_dir: Path) -> None:
    warehouse = Counting(url(served))
    client = create_app(warehouse, static_dir).server.test_client()
    for _ in range(2):
        warehouse.queries = []
        assert client.get("/en/trade/kaz-xyz").status_code == 404
        assert warehouse.asked > 0


def test_a_question_too_long_to_keep_is_refused(client: FlaskClient) -> None:
    for size, status in [(answers.LARGEST_QUESTION, 400), (answers.LARGEST_QUESTION + 1, 413)]:
        asked = client.post(CALLBACK, data=b"x" * size, content_type="application/json")
        assert asked.status_code == status


@pytest.mark.parametrize("repeat", ["first", "again"])
@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br, gzip, deflate", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
    ],
    ids=["all", "gzip", "no-br", "plain", "none"],
)
def test_every_encoding_says_the_same(
    client: FlaskClient, accepted: str, encoding: str | None, repeat: str
) -> None:
    response = client.get("/kk/", headers={"Accept-Encoding": accepted})
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    plain = client.get("/kk/", headers={"Accept-Encoding": "identity"})
    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Vary"] == "Accept-Encoding"
    assert decode(response.get_data()) == plain.get_data()


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_a_browser_that_has_it_is_told_so(client: FlaskClient, accepted: str) -> None:
    headers = {"Accept-Encoding": accepted}
    first = client.get("/ru/corridor", headers=headers)
    again = client.get("/ru/corridor", headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert again.get_data() == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Security-Policy" in again.headers
    other = client.get("/ru/corridor", headers=headers | {"If-None-Match": '"old"'})
    assert other.status_code == 200


def test_each_encoding_has_its_own_tag(client: FlaskClient) -> None:
    tags = {
        client.get("/ru/", headers={"Accept-Encoding": name}).headers["ETag"]
        for name in ("br", "gzip", "identity")
    }
    assert len(tags) == 3


def test_who_asks_only_for_the_head_gets_no_body(client: FlaskClient) -> None:
    for _ in range(2):
        head = client.head("/tr/trade")
        page = client.get("/tr/trade")
        assert (head.status_code, head.get_data()) == (200, b"")
        assert head.headers == page.headers
        assert len(page.get_data()) == page.content_length
