"""The only reader of the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

_ROOT = Path(__file__).parent


@dataclass(frozen=True)
class Settings:
    """What a deployment may choose; every name is the environment variable in capitals."""

    data_dir: Path = _ROOT / "data"
    """The folder a build reads."""
    warehouse_url: str = f"sqlite:///{quote(str(_ROOT / 'data' / 'warehouse.sqlite'))}"
    """Where the warehouse is built and read."""
    static_dir: Path = _ROOT / "build" / "static"
    """Where the static files are collected."""
    spark_remote: str = ""
    """A Spark Connect server that adds bulk data up: sc://host:15002."""
    spark_master: str = ""
    """A Spark cluster that does: spark://host:7077, yarn, local[*]; else DuckDB does."""
    bulk_memory: str = "1GB"
    """The memory that DuckDB may take for bulk data; the rest is disk."""
    bulk_dir: str = ""
    """The folder for its temporary files; else that of the system."""
    comtrade_key: str = field(default="", repr=False)
    """The subscription key of UN Comtrade, which lifts its caps; a secret."""
    contact: str = ""
    """Where a publisher can reach whoever fetches, told in each request."""

    @classmethod
    def read(cls) -> Settings:
        """What the environment chooses, an empty variable being none; else the defaults."""
        chosen = {
            name: type(default)(text)
            for name, default in vars(cls()).items()
            if (text := os.environ.get(name.upper()))
        }
        return cls(**chosen)
