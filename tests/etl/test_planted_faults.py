"""Thirty different faults in one copy of data/: one report names them all, and nothing else happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

import pytest

from etl import pipeline
from etl.refusals import Refusal
from tests.data_folder import DataFolder, run_etl
from warehouse.engine import Warehouse
from warehouse.queries import indicators

pytestmark = pytest.mark.slow

KG, UZ = "figures/trade/kg-nsc.csv", "figures/trade/uz-stat.csv"
BNS, WITS = "figures/trade/kz-bns.csv", "figures/trade/wits.csv"
TRANSIT, VOLUMES = "figures/observations/transit.csv", "figures/observations/volumes.csv"
DIGITAL, CONTEXT = "figures/observations/digital.csv", "figures/observations/context.csv"
TARGETS, CLAIMS = "statements/targets.csv", "statements/claims.csv"


Planted = list[tuple[str, int, str, str, str]]
"""File, row, field, value and reason of the refusals to expect."""


@dataclass(frozen=True)
class Cell:
    """A fault in one cell: where, of which row, which column, what is written, what is said of it."""

    file: str
    where: str
    column: str
    value: str
    reason: str
    shown: str | None = None

    def plant(self, data: DataFolder) -> Planted:
        where = dict(part.split("=") for part in self.where.split())
        row = data.edit(self.file, where, **{self.column: self.value})
        shown = self.value if self.shown is None else self.shown
        return [(self.file, row, self.column, shown, self.reason)]


CELLS = {
    "wrong unit": Cell(
        TRANSIT, "indicator=transit_days_kazakhstan period=2024-04", "unit", "kt",
        "is no unit of transit_days_kazakhstan",
    ),
    "unknown unit": Cell(
        TRANSIT, "scope=ocean-china-europe", "unit", "fortnights", "is not known here"
    ),
    "unit of a target": Cell(
        TARGETS, "id=trade-23bn", "unit", "percent", "is no unit of trade_turnover_ots"
    ),
    "unknown reporter": Cell(
        WITS, "partner=AZE flow=export period=1996", "reporter", "KZK", "is no known economy"
    ),
    "unknown partner": Cell(
        UZ, "partner=TUR flow=export period=2015", "partner", "TRK", "is no known economy"
    ),
    "unknown indicator": Cell(
        DIGITAL, "indicator=digital_payments_made scope=KAZ period=2014", "indicator",
        "digital_paymnets", "is no known indicator",
    ),
    "unknown scope": Cell(
        VOLUMES, "indicator=titr_capacity period=2023-05", "scope", "tirt",
        "is no known scope, economy, pair of economies or way between nodes",
    ),
    "unknown source": Cell(
        CONTEXT, "indicator=kz_transit_volume period=2022", "source", "nobody-2023",
        "is no known source",
    ),
    "no source": Cell(
        TRANSIT, "scope=china-europe-block-train", "source", "", "is empty"
    ),
    "source without url": Cell(
        "catalog/sources/events.csv", "id=astana-times-2014-09", "url", "", "is empty"
    ),
    "source without title": Cell(
        "catalog/sources/surveys.csv", "id=findex-2025", "title", "", "is empty"
    ),
    "no place in the source": Cell(
        UZ, "partner=KAZ flow=import period=2012", "place", "", "is empty"
    ),
    "negative trade": Cell(
        KG, "partner=TUR flow=import period=2001", "value", "-23.5", "is negative"
    ),
    "text in a number": Cell(
        VOLUMES, "indicator=titr_containers period=2021", "value", "c. 25,000", "is not a number"
    ),
    "a range upside down": Cell(
        TARGETS, "id=black-sea-14-18-days-2023", "low", "180",
        "is above the high end of its range", shown="180–18",
    ),
    "a value beside a range": Cell(
        CLAIMS, "id=transit-53-19-23", "value", "21", "stands beside a range"
    ),
    "a period that is none": Cell(
        DIGITAL, "indicator=digital_payments_adults scope=TKM period=2017", "period", "2017-13",
        "is not a period",
    ),
    "a membership that ends before it begins": Cell(
        "catalog/memberships.csv", "economy=XNC", "until", "2020", "lies before since"
    ),
    "two scripts in a word": Cell(
        "corrections/issues.csv", "source=uz-stat", "what_kk", "Өзбекстан дерегi",
        "mixes Latin and Cyrillic letters in one word",
    ),
    "unknown kind of scope": Cell(
        "catalog/scopes/definitions.csv", "id=members_dated", "kind", "definiton",
        "is not known here",
    ),
}  # fmt: skip


def _duplicate(data: DataFolder) -> Planted:
    where = {"partner": "HUN", "flow": "export", "period": "2011"}
    first, row = data.row(UZ, **where), data.repeat(UZ, where)
    key = "reporter+partner+flow+product+period+source+vintage"
    value = "UZB HUN export TOTAL 2011 uz-stat 2023"
    return [(UZ, row, key, value, f"repeats the key of {UZ}, row {first}")]


def _turnover(data: DataFolder) -> Planted:
    where = {"partner": "TUR", "flow": "turnover", "period": "2024"}
    row = data.edit(BNS, where, value="4976365.91109")
    return [(BNS, row, "value", "4976365.91109", "is not exports plus imports (4976355911.09 USD)")]


def _world(data: DataFolder) -> Planted:
    where = {"partner": "WLD", "flow": "export", "period": "2005"}
    row = data.edit(WITS, where, value="1")
    flows = [row for row in data.rows(WITS) if row["period"] == "2005" and row["flow"] == "export"]
    parts = sum(float(row["value"]) for row in flows if row["partner"] != "WLD") * 1000
    return [(WITS, row, "value", "1", f"is less than its partners together ({parts:.2f} USD)")]


def _conflict(data: DataFolder) -> Planted:
    where = {"indicator": "titr_capacity", "period": "2024-12"}
    first = data.row(VOLUMES, **where)
    row = data.repeat(VOLUMES, where, source="report-2026-03-10", value="5500")
    reason = "is one of 2 sources for the same figure and none is preferred"
    return [
        (VOLUMES, first, "source", "trend-2024-12-17", reason),
        (VOLUMES, row, "source", "report-2026-03-10", reason),
    ]


def _bom(data: DataFolder) -> Planted:
    data.rewrite("catalog/nodes.csv", lambda content: b"\xef\xbb\xbf" + content)
    return [("catalog/nodes.csv", 1, "encoding", "EF BB BF", "starts with a byte-order mark")]


def _crlf(data: DataFolder) -> Planted:
    data.rewrite("catalog/legs.csv", lambda content: content.replace(b"\n", b"\r\n"))
    return [("catalog/legs.csv", 1, "line end", "CR", "has Windows line ends")]


def _cp1251(data: DataFolder) -> Planted:
    file, name = "catalog/economies.csv", "Грузия"
    row = next(n for n, line in enumerate(data.text(file).split("\n"), start=1) if "GEO" in line)
    data.rewrite(file, lambda content: content.replace(name.encode(), name.encode("cp1251")))
    return [(file, row, "encoding", "C3 F0 F3 E7 E8 FF", "is not UTF-8")]


def _missing_column(data: DataFolder) -> Planted:
    file, header = "catalog/headlines.csv", "position,indicator,scope,base_period"
    lines = data.text(file).splitlines()
    data.write(file, "".join(line.rpartition(",")[0] + "\n" for line in lines))
    return [(file, 1, "header", header, "is not the header of this table (missing target)")]


def _ragged(data: DataFolder) -> Planted:
    file = "catalog/routes.csv"
    data.write(file, data.text(file) + "titr-btk,99\n")
    row = data.text(file).count("\n")
    return [(file, row, "row", "titr-btk,99", "has 2 cells where the header has 3")]


def _broken_quote(data: DataFolder) -> Planted:
    data.write(CONTEXT, data.text(CONTEXT) + 'route_length,"titr\n')
    row = data.text(CONTEXT).count("\n")
    return [(CONTEXT, row, "row", "", "unexpected end of data")]


def _missing_file(data: DataFolder) -> Planted:
    (data.path / "statements" / "events.csv").unlink()
    return [("statements/events.csv", 1, "file", "", "is not there")]


def _stray_file(data: DataFolder) -> Planted:
    (data.path / "figures" / "trade" / "new.xlsx").write_bytes(b"PK")
    return [("figures/trade/new.xlsx", 1, "file", "", "is read by no table")]


def _broken_entry(data: DataFolder) -> Planted:
    file = "catalog/indicators/transit.yml"
    lines = data.text(file).split("\n")
    entry = lines.index("- id: titr_capacity")
    at = next(n for n in range(entry, len(lines)) if lines[n].strip().startswith("direction:"))
    del lines[at]
    data.write(file, "\n".join(lines))
    return [(file, entry + 1, "direction", "", "is missing")]


def _overlap(data: DataFolder) -> Planted:
    where = {"subject": "UZB"}
    row = data.repeat("corrections/preferences.csv", where, first_period="2015", last_period="2016")
    reason = "begins before an earlier preference of UZB ends"
    return [("corrections/preferences.csv", row, "first_period", "2015", reason)]


PLANTS: dict[str, Callable[[DataFolder], Planted]] = {
    **{name: cell.plant for name, cell in CELLS.items()},
    "a repeated key": _duplicate,
    "a turnover that does not add up": _turnover,
    "a world less than its partners": _world,
    "a conflict without a preference": _conflict,
    "a byte-order mark": _bom,
    "Windows line ends": _crlf,
    "cp1251": _cp1251,
    "a missing column": _missing_column,
    "a ragged row": _ragged,
    "a broken quote": _broken_quote,
    "a missing file": _missing_file,
    "a stray file": _stray_file,
    "an entry without a field": _broken_entry,
    "two preferences at once": _overlap,
}


def test_every_planted_fault_is_reported_and_the_old_warehouse_still_serves(
    data: DataFolder, served: Path, tmp_path: Path
):
    """Non-zero exit, every fault with its remedy in the JSON and on stderr, the file untouched."""
    url, report = f"sqlite:///{served}", tmp_path / "report.json"
    assert not pipeline.build(data.path, url).is_refused
    before, answer = served.read_bytes(), indicators.headlines(Warehouse(url))

    planted = sorted(refusal for plant in PLANTS.values() for refusal in plant(data))
    done = run_etl("build", "--data", data.path, "--warehouse", url, "--report", report)

    refusals = [Refusal(**refusal) for refusal in json.loads(report.read_text(encoding="utf-8"))]
    assert [astuple(refusal)[:5] for refusal in refusals] == planted
    assert all(refusal.remedy for refusal in refusals)
    *lines, last = done.stderr.splitlines()
    assert lines == [str(refusal) for refusal in refusals]
    assert last == f"{len(planted)} refused; the served warehouse is as it was."
    assert (done.returncode, done.stdout) == (1, "")
    assert served.read_bytes() == before
    assert indicators.headlines(Warehouse(url)) == answer
    assert sorted(path.name for path in served.parent.iterdir()) == [
        served.name,
        f"{served.name}.lock",
    ]
