"""autocannon: requests as a browser sends them, from many clients at once or at a steady rate."""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.places import NODE_MODULES

_SCRIPT = NODE_MODULES.with_name("load.mjs")
_ACCEPTED = "gzip, deflate, br, zstd"
"""What Chromium accepts, so that compression counts as it does for a reader."""

_PATIENCE_S = 60
"""A slow server is waited for; clients that give up would only hide how slow it is."""


@dataclass(frozen=True)
class Question:
    """A request: its address, and for a POST its body."""

    url: str
    method: str = "GET"
    body: str | None = None

    def options(self) -> dict[str, Any]:
        """The request under the names that autocannon knows."""
        headers = {"accept-encoding": _ACCEPTED}
        if self.body is not None:
            headers["content-type"] = "application/json"
        return {**{k: v for k, v in asdict(self).items() if v is not None}, "headers": headers}


@dataclass(frozen=True)
class Load:
    """How a server stood it: requests per second, response times in milliseconds, answers that were none."""

    requests_per_s: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    answers: int
    failures: int

    @classmethod
    def parse(cls, text: str) -> Load:
        """Read what load.mjs prints; errors, timeouts and answers other than 2xx all count as failures.

        `requests_per_s` is the mean over the run. A run without any answer has no response times: NaN.
        """
        said = json.loads(text)
        times = (said["percentiles"][name] for name in ("p50", "p95", "p99"))
        p50, p95, p99 = (math.nan if each is None else float(each) for each in times)
        # A timeout is an error of autocannon's already.
        failures = said["errors"] + said["non2xx"]
        answers = said["requests"]["total"]
        return cls(answers / said["duration"], p50, p95, p99, answers, failures)

    def times(self, other: Load) -> float:
        """How many times as many requests per second as another; NaN if that had no time for any."""
        return self.requests_per_s / other.requests_per_s if other.answers else math.nan


def fire(
    questions: Sequence[Question],
    clients: int,
    seconds: float,
    rate: int | None = None,
) -> Load:
    """Ask the questions in turn from each of `clients` connections; at `rate` a second, or as fast as can be.

    Raises CalledProcessError where autocannon refuses or fails.
    """
    first, *_ = questions
    options: Mapping[str, Any] = {
        **first.options(),
        "connections": clients,
        "duration": seconds,
        "timeout": _PATIENCE_S,
        **({"overallRate": rate} if rate else {}),
        **({"requests": [_by_path(each) for each in questions]} if len(questions) > 1 else {}),
    }
    done = subprocess.run(
        ["node", str(_SCRIPT)],
        check=True,
        input=json.dumps(options),
        stdout=subprocess.PIPE,
        text=True,
    )
    return Load.parse(done.stdout)


def _by_path(question: Question) -> dict[str, Any]:
    options = question.options()
    return {**options, "path": "/" + options.pop("url").split("/", 3)[3]}
