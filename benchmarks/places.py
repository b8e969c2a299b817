"""Where things stand: the repository, what is measured with, and where the measures go."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
OUT = ROOT / "build" / "bench"
"""One `<part>.json` for each part that was measured."""

OURS = ROOT / ".venv" / "bin" / "python"
"""The interpreter that serves our pages: that of `make run`."""
PEERS = OUT / "venv" / "bin" / "python"
"""The interpreter of everything else: that of benchmarks/requirements.txt."""
NODE_MODULES = ROOT / "benchmarks" / "node_modules"
WAREHOUSE = ROOT / "data" / "warehouse.sqlite"
BUNDLE = ROOT / "dashboards" / "bundle" / "out" / "plotly.min.js"
