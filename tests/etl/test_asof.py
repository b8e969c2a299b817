"""The law of past days: the warehouse as of a day answers like one that was built on that day."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import pipeline
from etl.inputs import read_inputs
from etl.snapshots import Snapshots
from etl.sources.registry import SOURCES
from tests.data_folder import DataFolder
from tests.etl.plain import PLAIN, document, provenance
from tests.tables import render
from warehouse.engine import Warehouse
from warehouse.queries import explorer, indicators, lineage, statements, trade

_DEFINITIONS = ("members_current", "members_dated", "with_observers")
_SOURCES = ("kz-bns", "wits", "comtrade")
_GROUP = ("AZE", "KGZ", "TUR", "UZB")
_TRADE = "| partner | flow | period | value | source |"


class History:
    """A small data folder with documents of several days, and the warehouses made of it."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder

    def keep(self, paper: Paper) -> None:
        store = Snapshots(self.folder.path / "snapshots")
        record = provenance(paper.day, f"{paper.source}.txt", published=paper.published)
        store.keep(paper.content(), record)

    def built(self, asof: str = "") -> Warehouse:
        url = f"sqlite:///{self.folder.path.with_name(f'w{asof}.sqlite')}"
        outcome = pipeline.build(self.folder.path, url, asof=asof, allow_loss=True)
        assert (outcome.refusals, outcome.rejected) == ((), ())
        return Warehouse(url)

    def forget(self) -> None:
        shutil.rmtree(self.folder.path / "snapshots", ignore_errors=True)


@dataclass(frozen=True)
class Paper:
    """A document of one source: its edition, when it was taken and released, and what it says."""

    source: str
    day: str
    edition: str = ""
    published: str = ""
    values: tuple[int, ...] = (1, 1, 1, 1)
    period: str = "2024"

    def content(self) -> bytes:
        head = f"plain edition={self.edition}" if self.edition else "plain"
        rows = [
            f"| {partner} | {flow} | {self.period} | {value} | {self.source} |"
            for partner, value in zip(_GROUP, self.values, strict=True)
            for flow in ("export", "import")
            if value
        ]
        return document("\n".join([_TRADE, *rows]), head)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Few figures of our own, those of vintages of many days among them."""
    folder = DataFolder.small(tmp_path_factory.mktemp("history") / "data")
    for name in ("kz-bns", "wits", "kg-nsc", "uz-stat"):
        folder.keep(f"figures/trade/{name}.csv", lambda row: row["period"] in {"2010", "2022"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SOURCES, PLAIN.kind, PLAIN)
        # The tables stay the same: once read and checked they need not be read again.
        arrived = pipeline.arrive(read_inputs(folder.path))
        patch.setattr(pipeline, "arrive", lambda _inputs: arrived)
        yield History(folder)


def _answers(warehouse: Warehouse) -> dict[str, str]:
    """All that the queries say, each as text."""
    told: dict[str, object] = {
        "headlines": indicators.headlines(warehouse),
        "coverage": lineage.coverage(warehouse),
        "snapshots": lineage.snapshots(warehouse),
        "targets": [
            target
            for topic in ("trade", "transit", "digital")
            for indicator in indicators.topic(warehouse, topic)
            for target in statements.targets(warehouse, indicator.id)
        ],
        "target": statements.find_target(warehouse, "trade-23bn"),
    }
    for name in ("trade_turnover_ots", "trade_balance_ots", "titr_volume", "account_ownership"):
        told |= {
            f"series {name}": indicators.series(warehouse, name),
            f"sources {name}": indicators.all_sources(warehouse, name),
            f"figures {name}": indicators.figures(warehouse, name),
        }
    for source in _SOURCES:
        told[f"series {source}"] = indicators.series(
            warehouse, "trade_exports_ots", source_id=source
        )
        for definition in _DEFINITIONS:
            name = f"{definition} {source}"
            told[f"parts {name}"] = trade.parts(warehouse, "KAZ", definition, "2024", source)
    told["flows"] = explorer.flows(
        warehouse, "KAZ", ["AZE", "HUN", "KGZ", "TKM", "TUR", "UZB", "WLD"]
    )
    return {name: _text(answer) for name, answer in told.items()}


def _text(answer: object) -> str:
    return render(answer) if hasattr(answer, "to_numpy") else str(answer)


def _check(history: History, papers: tuple[Paper, ...], days: tuple[str, ...]) -> None:
    history.forget()
    for paper in papers:
        history.keep(paper)
    today = history.built()
    for day in days:
        assert _answers(today.as_of(day)) == _answers(history.built(day))


@pytest.mark.slow
def test_a_day_of_every_kind(history: History):
    """Before all, between editions and revisions, on the day itself, after all; released and found."""
    papers = (
        Paper("wits", "2025-03-01", values=(1, 2, 3, 4)),
        Paper("kz-bns", "2026-02-01", "2025", values=(5, 6, 7, 8)),
        # Of an edition that the table of releases has, long before anyone added it.
        Paper("kz-bns", "2026-03-01", "2024", values=(9, 9, 9, 9)),
        Paper("kz-bns", "2026-04-01", "2025", values=(5, 6, 7, 80)),
        Paper("comtrade", "2026-05-01", published="2025-05-01", values=(1, 0, 3, 4)),
        Paper("comtrade", "2026-06-01", values=(1, 2, 3, 4)),
    )
    _check(
        history,
        papers,
        (
            *("1994-01-01", "2012-06-30", "2023-09-28", "2025-02-28", "2025-03-01", "2025-05-01"),
            *("2025-07-24", "2025-07-25", "2026-02-15", "2026-04-01", "2026-05-31", "2030-01-01"),
        ),
    )


@pytest.mark.slow
def test_a_past_day_shows_what_was_said_then(history: History):
    """The revised figure today, the first one before, none before that."""
    history.forget()
    for paper in (Paper("wits", "2025-03-01"), Paper("wits", "2025-06-01", values=(3, 3, 3, 3))):
        history.keep(paper)
    warehouse = history.built()

    def turnover(asof: str) -> list[float]:
        past = warehouse.as_of(asof)
        series = indicators.series(past, "trade_turnover_ots", ["members_current"])
        return list(series["value"][series["period"] == "2024"])

    assert [turnover(day) for day in ("", "2025-06-01", "2025-05-31", "2025-03-01")] == [
        *([24.0], [24.0]),
        *([8.0], [8.0]),
    ]
    assert turnover("2025-02-28") == []


_DAYS = [f"2025-0{month}-01" for month in range(1, 8)] + ["2026-08-01"]
_PAPERS = st.builds(
    Paper,
    source=st.sampled_from(_SOURCES),
    day=st.sampled_from(_DAYS),
    edition=st.sampled_from(["", "2024", "2025"]),
    published=st.sampled_from(["", "", "2025-02-15"]),
    values=st.tuples(*[st.integers(0, 2)] * len(_GROUP)),
    period=st.sampled_from(["2024", "2010"]),
)


@pytest.mark.slow
@settings(max_examples=6)
@given(
    papers=st.lists(_PAPERS, min_size=2, max_size=6, unique_by=lambda one: (one.source, one.day)),
    day=st.sampled_from([*_DAYS, "2025-02-15", "2025-07-25"]),
    before=st.booleans(),
)
def test_any_history_obeys_the_law(
    history: History, papers: list[Paper], day: str, *, before: bool
):
    """Whatever was released, revised, found late or left out: the two warehouses are one."""
    asked = date.fromisoformat(day) - timedelta(days=before)
    _check(history, tuple(papers), (asked.isoformat(),))
