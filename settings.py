"""The only reader of the environment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

_ROOT = Path(__file__).parent


class Settings(BaseSettings):
    """What a deployment may choose; every name is the environment variable in capitals."""

    data_dir: Path = Field(default=_ROOT / "data", description="the folder a build reads")
    warehouse_url: str = Field(
        default=f"sqlite:///{quote(str(_ROOT / 'data' / 'warehouse.sqlite'))}",
        description="where the warehouse is built and read",
    )
    static_dir: Path = Field(
        default=_ROOT / "build" / "static", description="where the static files are collected"
    )
    spark_remote: str = Field(
        default="", description="a Spark Connect server that adds bulk data up: sc://host:15002"
    )
    spark_master: str = Field(
        default="",
        description="a Spark cluster that does: spark://host:7077, yarn, local[*]; else DuckDB does",
    )
    bulk_memory: str = Field(
        default="1GB", description="the memory that DuckDB may take for bulk data; the rest is disk"
    )
    bulk_dir: str = Field(
        default="", description="the folder for its temporary files; else that of the system"
    )
    comtrade_key: SecretStr = Field(
        default=SecretStr(""),
        description="the subscription key of UN Comtrade, which lifts its caps",
    )
    contact: str = Field(
        default="", description="where a publisher can reach whoever fetches, told in each request"
    )
