"""On what was measured, so that the numbers can be judged; nothing that names the machine."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("dash", "plotly", "gunicorn", "vizro", "streamlit", "dlt", "duckdb", "pandas")


def described(executable: str) -> str:
    """One line: cores, memory, system, and the versions of what was measured and measured with."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    parts = [
        f"{os.cpu_count()} cores",
        f"{memory_gb:.0f} GB of memory",
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
        _said([executable, "--version"]),
        f"Node.js {_said(['node', '--version'])}",
        *(f"{name} {found}" for name in _PACKAGES if (found := _installed(name))),
    ]
    return "; ".join(parts)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _said(words: list[str]) -> str:
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split()[:2])
