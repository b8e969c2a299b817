"""Lighthouse's score of performance for our summary and trade page, at a desk and on a phone."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from benchmarks import contenders, serving
from benchmarks.places import NODE_MODULES
from benchmarks.tables import Budget, Cell, Table, budget_table, middle

Preset = Literal["desktop", "mobile"]
_LIMITS: dict[Preset, float] = {"desktop": 95, "mobile": 80}
_PAGES = (contenders.SUMMARY, contenders.TRADE)
_AUDITS = {
    "first-contentful-paint": "FCP, s",
    "largest-contentful-paint": "LCP, s",
    "speed-index": "speed index, s",
    "total-blocking-time": "blocking, ms",
    "cumulative-layout-shift": "layout shift",
}


@dataclass(frozen=True)
class Score:
    """Lighthouse's score, 0 to 100, and what it is made of: seconds, blocking in milliseconds."""

    performance: float
    audits: tuple[float, ...]

    @classmethod
    def parse(cls, text: str) -> Score:
        """Read Lighthouse's JSON. Raises ValueError where it could not score the page, with what it says."""
        said = json.loads(text)
        performance = said["categories"]["performance"]["score"]
        if performance is None:
            told = said.get("runtimeError", {}).get("message", "no score and no reason")
            raise ValueError(f"Lighthouse could not score {said['requestedUrl']}: {told}")
        audits = tuple(
            said["audits"][name]["numericValue"] / (1000 if head.endswith(", s") else 1)
            for name, head in _AUDITS.items()
        )
        return cls(100 * performance, audits)


def measure(executable: str, runs: int, told: Callable[[str], None]) -> list[Table]:
    """Score each page with each preset `runs` times, and lay the medians out as tables."""
    scores: dict[tuple[str, Preset], list[Score]] = {}
    with serving.serving(serving.ours()) as server:
        for page in _PAGES:
            for preset in get_args(Preset):
                told(f"lighthouse: {page.name}, {preset}")
                url = server.base + page.path
                scores[page.name, preset] = [_score(executable, url, preset) for _ in range(runs)]
    return tables(scores)


def _score(executable: str, url: str, preset: Preset) -> Score:
    options = ["--output=json", "--quiet", "--only-categories=performance"]
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    # Its own default is a phone, for which it has no name.
    device = ["--preset=desktop"] if preset == "desktop" else []
    # It ends with an error where it cannot load the page, and says why in what it prints.
    done = subprocess.run(
        [str(NODE_MODULES / ".bin" / "lighthouse"), url, *options, flags, *device],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"CHROME_PATH": executable},
    )
    return Score.parse(done.stdout)


def tables(scores: Mapping[tuple[str, Preset], Sequence[Score]]) -> list[Table]:
    """Median scores by page and preset, and how they stand to the budgets."""

    def median_of(key: tuple[str, Preset]) -> float:
        return middle([each.performance for each in scores[key]])

    def row(key: tuple[str, Preset]) -> list[Cell]:
        audits = [middle(each) for each in zip(*(one.audits for one in scores[key]), strict=True)]
        return [*key, median_of(key), *audits, len(scores[key])]

    budgets = [
        Budget(
            f"Lighthouse, {name}, {preset}",
            _LIMITS[preset],
            median_of((name, preset)),
            at_least=True,
        )
        for name, preset in scores
    ]
    columns = ("page", "preset", "performance", *_AUDITS.values(), "runs")
    note = "Medians. The mobile preset models a slow phone on a slow line from what it saw without either."
    listed = Table("Lighthouse", columns, [row(key) for key in scores], [note])
    return [budget_table(budgets), listed]
