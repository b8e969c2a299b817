"""Every form that the ETL understands, in one list."""

from __future__ import annotations

from collections.abc import Mapping

from etl.sources.chapter_flows import CHAPTER_FLOWS
from etl.sources.comtrade_csv import COMTRADE_CSV
from etl.sources.comtrade_json import COMTRADE_JSON
from etl.sources.findex import FINDEX_CSV
from etl.sources.imf_json import IMF_JSON
from etl.sources.imts import IMTS
from etl.sources.kg_nsc import KG_NSC
from etl.sources.kz_bns import KZ_BNS
from etl.sources.shipments import SHIPMENTS
from etl.sources.source import Source
from etl.sources.uz_stat import UZ_STAT
from etl.sources.wdi import WDI_CSV
from etl.sources.wits import WITS_JSON
from etl.sources.worldbank_json import WORLD_BANK_JSON

SOURCES: Mapping[str, Source] = {
    source.kind: source
    for source in (
        *(KZ_BNS, KG_NSC, UZ_STAT),
        *(COMTRADE_CSV, COMTRADE_JSON, WITS_JSON, IMTS, IMF_JSON),
        *(FINDEX_CSV, WDI_CSV, WORLD_BANK_JSON),
        *(SHIPMENTS, CHAPTER_FLOWS),
    )
}
"""Every form that `add` and `fetch` understand, by its kind."""
