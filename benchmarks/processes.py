"""Processes watched from their start to their end: how long they took, and their peak of memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.places import ROOT

_COMPILES_ANEW = "PYTHONDONTWRITEBYTECODE"
"""Where it is set, our modules are compiled in every run; others' were when pip installed them."""


@dataclass(frozen=True)
class Run:
    """One process: seconds by the clock, seconds until it left a mark, and its peak of memory."""

    seconds: float
    loaded_s: float
    peak_mb: float


def run(
    command: Sequence[str], mark: Path | None = None, environment: Mapping[str, str] | None = None
) -> Run:
    """Run a command to its end; `mark` is a file that it makes on its way.

    Raises CalledProcessError if it ends with anything but 0.
    """
    kept = {name: text for name, text in os.environ.items() if name != _COMPILES_ANEW}
    since, began = time.perf_counter(), time.time()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**kept, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        told = process.stdout.read() if process.stdout else b""
        # The usage of this very process, and of those that it waited for.
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - since
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output=told)
    loaded = mark.stat().st_mtime - began if mark else seconds
    return Run(seconds, loaded, usage.ru_maxrss / 1024)
