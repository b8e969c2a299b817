"""World Bank, WITS and IMF: what is asked, and what each answers when it does not answer."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from etl.fetch import fetch
from etl.fetch.apis import APIS
from etl.fetch.apis.api import Api, Question, Wanted
from etl.fetch.apis.imf import IMF
from etl.fetch.apis.wits import WITS
from etl.fetch.apis.worldbank import WORLD_BANK
from etl.fetch.manners import Manners
from etl.snapshots import Snapshots
from tests.etl.fetch.replay import Said, replaying

_WANTED = Wanted(first=2010, last=2023, this_year=2026, economies=("KAZ", "UZB"))


def _first(api: Api) -> Question:
    return next(iter(api.questions(_WANTED)))


def _reasons(api: Api, document: Any) -> list[str]:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return [refusal.reason for refusal in api.judge(_first(api), content).refusals]


def _page(rows: int, page: int = 1, pages: int = 1, total: int | None = None, **other: Any) -> list:
    gdp = {"id": "NY.GDP.MKTP.CD"}
    row = {"indicator": gdp, "countryiso3code": "KAZ", "date": "2020", "value": None}
    total = rows if total is None else total
    about = {"page": page, "pages": pages, "per_page": "2", "total": total}
    return [about, [row | other] * rows]


def _sdmx(reporter: str = "KAZ", indicator: str = "XPRT-TRD-VL", series: Any = None) -> dict:
    dimensions = [
        {"id": "REPORTER", "values": [{"id": reporter}]},
        {"id": "INDICATOR", "values": [{"id": indicator}]},
    ]
    series = {"0:0": {"observations": {"0": [1.5]}}} if series is None else series
    return {"dataSets": [{"series": series}], "structure": {"dimensions": {"series": dimensions}}}


def _imf(flow: str = "IMF.STA:IMTS", series: Any = None) -> dict:
    link = {"urn": f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={flow}(1.0.0)"}
    series = {"0:0:0:0": {"observations": {"0": ["1.5"]}}} if series is None else series
    return {"data": {"dataSets": [{"series": series}], "structures": [{"links": [link]}]}}


@pytest.mark.parametrize(
    ("api", "address"),
    [
        (
            WORLD_BANK,
            (
                "https://api.worldbank.org/v2/country/KAZ;UZB/indicator/NY.GDP.MKTP.CD"
                "?format=json&per_page=1000&date=2010:2023"
            ),
        ),
        (
            WITS,
            (
                "https://wits.worldbank.org/API/V1/SDMX/V21/datasource/tradestats-trade/reporter/kaz"
                "/year/all/partner/all/product/Total/indicator/XPRT-TRD-VL?format=JSON"
            ),
        ),
        (
            IMF,
            (
                "https://api.imf.org/external/sdmx/3.0/data/dataflow/IMF.STA/IMTS/~"
                "/KAZ.XG_FOB_USD+MG_CIF_USD.G001+AZE+HUN+KGZ+TKM+TUR+UZB.A"
                "?dimensionAtObservation=TIME_PERIOD&attributes=dsd&measures=all"
                "&c%5BTIME_PERIOD%5D=ge:2010-A1%2Ble:2023-A1"
            ),
        ),
    ],
    ids=lambda value: value.id if isinstance(value, Api) else "",
)
def test_the_first_address(api: Api, address: str):
    """In the publisher's own writing."""
    assert address == _first(api).address(api.base)


@pytest.mark.parametrize("api", APIS.values(), ids=APIS)
def test_an_address_arrives_as_it_is_written(api: Api, tmp_path: Path):
    """Nothing between us and the host writes it otherwise; it is what the record names."""
    question = _first(api)
    with replaying(lambda *_: Said(b"{}")) as host:
        fetch(api, [question], Snapshots(tmp_path), base_url=f"{host.url}/mirror/", manners=_HASTY)
    assert [question.address("/mirror")] == host.paths


_HASTY = Manners(attempts=1, pause=0)


@pytest.mark.parametrize(
    ("api", "document", "words"),
    [
        (WORLD_BANK, [{"message": [{"id": "120", "value": "not valid"}]}], "an error: not valid"),
        (WORLD_BANK, [{"message": "gone"}], "an error: gone"),
        (WORLD_BANK, b'\xef\xbb\xbf<?xml version="1.0"?><wb:error/>', "XML, not JSON"),
        (WORLD_BANK, _page(1, total=2), "page 1 of 1 has 1 of 2 rows"),
        (WORLD_BANK, _page(2, page=2, pages=2, total=4), "it is page 2 of 2"),
        (WORLD_BANK, _page(2, pages=10**6, total=10**7), "page 1 of 1000000"),
        (WORLD_BANK, _page(1, countryiso3code="USA"), "not asked: country USA"),
        (WORLD_BANK, _page(1, indicator={"id": "SP.POP.TOTL"}), "not asked: indicator SP.POP.TOTL"),
        (WORLD_BANK, [{"page": 1}, []], "which of how many"),
        (WORLD_BANK, [{"page": 1}], "a page and its list of rows"),
        (WORLD_BANK, {}, "begins with its page"),
        (WITS, _sdmx(reporter="USA"), "not asked: reporter USA"),
        (WITS, _sdmx(indicator="MPRT-TRD-VL"), "not asked: indicator MPRT-TRD-VL"),
        (WITS, {"errors": ["no"]}, "an error: ['no']"),
        (WITS, {"dataSets": [{}]}, "SDMX-JSON"),
        (WITS, {"dataSets": 1}, "SDMX-JSON"),
        (WITS, [], "an object"),
        (IMF, _imf(flow="IMF.STA:CPI"), "not asked: dataflow IMF.STA:CPI"),
        (IMF, {"errors": [{"code": 500}]}, "an error: [{'code': 500}]"),
        (IMF, {"data": {"dataSets": [], "structures": [1]}}, "SDMX-JSON 2"),
        (IMF, {"meta": {}}, "SDMX-JSON 2"),
        (IMF, [], "an object"),
    ],
)
def test_what_is_no_answer(api: Api, document: Any, words: str):
    """Errors that come with status 200, answers to other questions, other forms."""
    (reason,) = _reasons(api, document)
    assert words in reason


@pytest.mark.parametrize(
    ("api", "document"), [(WORLD_BANK, _page(2)), (WITS, _sdmx()), (IMF, _imf())]
)
def test_an_answer(api: Api, document: Any):
    """Null values and all."""
    assert _reasons(api, document) == []


@pytest.mark.parametrize(
    ("api", "content"),
    [
        (WORLD_BANK, b'[{"page": 0, "pages": 0, "per_page": null, "total": 0}, null]'),
        (WITS, json.dumps(_sdmx(series={})).encode()),
        (IMF, json.dumps(_imf(series={})).encode()),
        (IMF, b""),
    ],
)
def test_an_answer_without_figures(api: Api, content: bytes):
    """Whether that may be is the question's affair."""
    assert api.judge(_first(api), content).is_empty


def test_every_page_is_asked(tmp_path: Path):
    """As many as the first one says, each once."""

    def script(path: str, _: int) -> Said:
        page = int(path.partition("&page=")[2] or 1)
        return Said(json.dumps(_page(2 if page < 3 else 1, page, 3, total=5)).encode())

    store = Snapshots(tmp_path)
    with replaying(script) as host:
        report = fetch(WORLD_BANK, [_first(WORLD_BANK)], store, base_url=host.url, manners=_HASTY)
    assert report.is_good
    assert [path.partition("&page=")[2] for path in host.paths] == ["", "2", "3"]
    assert len(list(store)) == 3


def test_recorded_answers(real_data: Path):
    """The publishers' own: each is one, though to other questions, and is refused by what it is about."""
    samples = real_data / "trade-api-samples"
    world_bank = (samples / "worldbank" / "error_120_transcribed.json").read_bytes()
    imf = json.loads((samples / "imf-sdmx3" / "data_WHDREO_GX1213.json").read_bytes())["text"]
    wits = (samples / "wits" / "world_trade_data_sample_trade_data.json").read_bytes()
    tariffs = (samples / "wits" / "world_trade_data_sample_tariff_data.json.gz").read_bytes()
    assert "not valid" in _reasons(WORLD_BANK, world_bank)[0]
    assert "dataflow IMF.WHD:WHDREO" in _reasons(IMF, imf.encode())[0]
    assert "reporter USA" in _reasons(WITS, wits)[0]
    assert _reasons(WITS, gzip.decompress(tariffs))
