"""A real document of every kind that is read, and where none is recorded, real figures in its form."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pandas as pd

from tests.data_folder import read_rows
from tests.etl.sources.answers import sdmx


@dataclass(frozen=True)
class Paper:
    """A document of a publisher; `edge` is the first row of its figures, from nought."""

    kind: str
    name: str
    content: bytes
    edge: int = 1


FILES = {
    "kz-bns": "trade-kz-bns-by-country/original/*_2019.xls",
    "kg-nsc": "trade-kg-nsc-by-country/original/4.03.00.18*.xlsx",
    "uz-stat": "trade-uz-stat-by-country/original/sdmx_data_1105.csv",
    "comtrade-csv": "trade-comtrade-v1-records/eu_imports_world_5004rows_47fields.csv.gz",
    "comtrade-csv of before": "trade-comtrade-hs2-23-reporters/subset_partner_ots7.csv.gz",
    "imts-csv": "trade-imf-imts-russia/RU_trade.csv",
    "findex-csv": "findex-2021-edition/findex2021_ots_wide.csv",
    "findex-csv of 2025": "findex-2025-edition/findex2025_digital_payments_2024.csv",
    "wdi-csv": "trade-wdi-databank-2011-2022/WDI_databank_14series_2011_2022.csv.gz",
    "comtrade-json": "trade-api-samples/uncomtrade/get_C_A_HS_with_desc_recorded.json",
    "wits-json": "trade-api-samples/wits/world_trade_data_sample_trade_data.json",
    "worldbank-json": "trade-api-samples/worldbank/gdp_4rows_transcribed.json",
    "imf-json": "trade-imf-imts-russia/RU_trade.csv",
    "wits-json of Kazakhstan": "trade-wits-kaz-reporter/wits_kaz_reporter_1995_2023.csv",
    "shipments": "",
}
"""By the name that a test has for it: a kind, and which of them."""

_EDGES = {"kz-bns": 5, "kg-nsc": 4}
_LINES = {"comtrade-csv": 300, "comtrade-csv of before": 400, "wdi-csv": 200}
_CLOSING = 5


def paper(name: str, folder: Path) -> Paper:
    """The document of that name, made of the publishers' files in `folder`; long ones are cut."""
    kind = name.partition(" ")[0]
    if kind == "shipments":
        return Paper(kind, "log.csv", _log())
    (path,) = folder.glob(FILES[name])
    content = path.read_bytes()
    if path.suffix == ".gz":
        lines = gzip.decompress(content).splitlines(keepends=True)
        content = b"".join(
            [*lines[: _LINES[name]], *(lines[-_CLOSING:] if kind == "wdi-csv" else ())]
        )
    if kind.endswith("-json") and path.suffix == ".csv":
        made = _imf(path) if kind == "imf-json" else _wits(path)
        return Paper(kind, f"{kind}.json", json.dumps(made).encode())
    return Paper(kind, path.name.removesuffix(".gz"), content, _EDGES.get(kind, 1))


def _log() -> bytes:
    """Twenty shipments down the corridor."""
    stops = ("altynkol", "beyneu", "aktau", "alat", "poti")
    lines = ["shipment,node,event,time"]
    for number in range(20):
        first = pd.Timestamp("2026-03-01T06:30+05:00") + pd.Timedelta(hours=9 * number)
        for place, stop in enumerate(stops):
            for event, hours in (("arrival", 40 * place), ("departure", 40 * place + number)):
                if (event, place) not in {("arrival", 0), ("departure", 4)}:
                    time = (first + pd.Timedelta(hours=hours)).isoformat()
                    lines.append(f"S{number},{stop},{event},{time}")
    return "\n".join([*lines, ""]).encode()


def _imf(path: Path) -> dict[str, object]:
    """Russia's trade with fifty partners as the Fund's interface would answer."""
    figures = [
        (
            "RUS",
            row["INDICATOR.ID"],
            row["COUNTERPART_COUNTRY.ID"],
            "A",
            year,
            "",
            f'"{10**6 * Decimal(row[year])}"',
        )
        for row in islice(read_rows(path), 1, 60)
        for year in ("2019", "2020", "2021")
        if row[year]
    ]
    dimensions = ["COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY", "TIME_PERIOD"]
    frame = pd.DataFrame(figures, columns=[*dimensions, "STATUS", "value"], dtype="str")
    message = sdmx(frame, "STATUS")
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IMF.STA:IMTS(1.0.0)"
    structure = {**message["structure"], "links": [{"urn": urn}]}
    structure["measures"] = {"observation": [{"id": "OBS_VALUE"}]}
    return {"data": {"dataSets": message["dataSets"], "structures": [structure]}}


def _wits(path: Path) -> dict[str, object]:
    """Kazakhstan's trade as WITS would answer."""
    frame = pd.read_csv(path, dtype="str").set_axis(
        ["REPORTER", "PARTNER", "flow", "INDICATOR", "TIME_PERIOD", "value"], axis=1
    )
    order = ("INDICATOR", "PRODUCTCODE", "PARTNER", "FREQ", "REPORTER", "TIME_PERIOD", "value")
    whole = frame.assign(PRODUCTCODE="Total", FREQ="A")[list(order)]
    head = {"id": "DF_WITS_TradeStats_Trade", "prepared": "2026-09-25T19:03:09"}
    names = {f"{flow}PRT-TRD-VL": f"{flow}port Trade Value (US$ Thousand)" for flow in ("X", "M")}
    return {"header": head, **sdmx(whole, **names)}
