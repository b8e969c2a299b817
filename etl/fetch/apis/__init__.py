"""The statistical APIs: what is asked of each, and when an answer is one."""

from __future__ import annotations

from etl.fetch.apis.api import Api
from etl.fetch.apis.comtrade import COMTRADE
from etl.fetch.apis.imf import IMF
from etl.fetch.apis.wits import WITS
from etl.fetch.apis.worldbank import WORLD_BANK

APIS: dict[str, Api] = {api.id: api for api in (COMTRADE, WORLD_BANK, WITS, IMF)}
"""By the name that `fetch` takes."""
