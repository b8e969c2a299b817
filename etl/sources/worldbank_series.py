"""The World Bank's series that we keep and its names of economies, whichever way they arrive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from etl.economies import WORLD, Economies
from etl.sources.findings import Findings


@dataclass(frozen=True)
class Series:
    """What a series is to us, and the words of its name in which the World Bank says what it is."""

    indicator: str
    unit: str
    words: str


SERIES: Mapping[str, Series] = {
    "NY.GDP.MKTP.CD": Series("gdp_usd", "USD", "GDP (current US$)"),
    "SP.POP.TOTL": Series("population", "persons", "Population, total"),
    "NE.EXP.GNFS.ZS": Series("exports_share_gdp", "percent", "services (% of GDP)"),
    "NE.IMP.GNFS.ZS": Series("imports_share_gdp", "percent", "services (% of GDP)"),
    "FP.CPI.TOTL.ZG": Series("consumer_inflation", "percent", "consumer prices (annual %)"),
    "NY.GDP.DEFL.KD.ZG": Series("gdp_deflator_inflation", "percent", "deflator (annual %)"),
    "BX.KLT.DINV.CD.WD": Series("fdi_inflow_usd", "USD", "current US$)"),
    "SP.POP.GROW": Series("population_growth", "percent", "growth (annual %)"),
    "LP.LPI.OVRL.XQ": Series("logistics_performance", "score", "Overall (1=low to 5=high)"),
}
"""The series kept, by the code of the World Development Indicators."""

INDICATORS = {code: series.indicator for code, series in SERIES.items()}
UNITS = {code: series.unit for code, series in SERIES.items()}
_CODE = r"[A-Z0-9]{2,}(\.[A-Z0-9]+)+"
_SLIPPED = "Compare the row with the publisher's table: a column may have slipped."


def check_series(findings: Findings, column: str, codes: pd.Series, names: pd.Series) -> pd.Series:
    """Whether each series is kept; others are left out by name, codes that are none are refused.

    So is a code beside a name that lacks its words, since that is where a unit is said.
    """
    is_code = codes.str.fullmatch(_CODE)
    findings.refuse(column, codes, ~is_code, "is no code of a series", _SLIPPED)
    is_kept = codes.isin(list(SERIES))
    label = codes + " (" + names + ")"
    findings.leave_out(label, is_code & ~is_kept, "rows of series without an indicator here")
    for code, series in SERIES.items():
        is_other = (codes == code) & ~names.str.contains(series.words, regex=False)
        reason = f"does not say “{series.words}”, which {code} is expected to be"
        remedy = f"Take the table in English from the publisher anew. {_SLIPPED}"
        findings.refuse(column, names, is_other, reason, remedy)
    return is_kept


def scopes(
    findings: Findings, catalogue: Economies, codes: pd.Series, names: pd.Series
) -> pd.Series:
    """The economy of each row, "" for the World Bank's regions and the world.

    Its aggregates change with the lists of their members from edition to edition: they are left out.
    """
    found = findings.economies(catalogue, codes, names)
    findings.leave_out(codes, found == WORLD, "rows of the world")
    return found.where(found != WORLD, "")
