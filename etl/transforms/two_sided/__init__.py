"""Two-sided trade: what either side says of a flow, how far apart they are, and one estimate.

The estimate is FOB and never stands in place of a reported figure. With X the exporter's figure and
M the importer's, both made FOB, and D the distances that `reliability` finds:

    M = imports CIF / 1.06
    weight of X = D(importer) / (D(exporter) + D(importer))
    reconciled = weight × X + (1 − weight) × M

Sources of the formulas:

- 1.06 is the uniform CIF/FOB factor of the IMF: Direction of Trade Statistics, Yearbook 2017
  (its estimates: Marini, Dippelsman & Stanger 2018, IMF Working Paper 18/16).
- Reliability of reporters by the distances between mirror figures, and a mean weighted by it: Gaulier
  & Zignago (2010), BACI, CEPII Working Paper 2010-23, section 2.4. The mean of amounts, not of
  logarithms, is that of Bustos et al. (2025), Growth Lab Working Paper 251; it can be had of a zero.
- Weights by the reciprocal of the distance, where ten Cate (2014, The Identification of Reporting
  Accuracies from Mirror Data, Jahrbücher für Nationalökonomie und Statistik 234) has the reciprocal of
  a variance: with three reporters the variances are known too poorly to trust one side with 97 %.
- A valuation that a source does not state is taken as recommended by IMTS 2010 (UN, Series M No. 52,
  Rev. 3, chapter IV): imports CIF, exports FOB; `assumed` then says so.

What it cannot mend is said in docs/decisions, on the page on two-sided trade.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from etl.transforms.two_sided.reliability import reliability
from warehouse import periods

CIF_FACTOR = 1.06
"""How much more a good is worth at the importer's border than at the exporter's."""

PREFERRED = "preferred"
"""The basis that takes each side's preferred source; any other basis is one source for both."""

_FLOW = ["exporter_code", "importer_code", "product_code", "period", "basis"]
_TOLD = ["source_id", "vintage", "value_usd", "valuation", "classification"]
_SIDES = {"export": ("exporter", "importer"), "import": ("importer", "exporter")}
_USUAL = {"exporter": "FOB", "importer": "CIF"}
_COLUMNS = [
    *_FLOW,
    *("exporter_source_id", "importer_source_id", "exporter_vintage", "importer_vintage"),
    *("exporter_value_usd", "importer_value_usd", "exporter_valuation", "importer_valuation"),
    *("gap_usd", "ratio", "gap_index", "low_usd", "high_usd", "reconciled_usd"),
    *("exporter_weight", "method", "assumed"),
]


def two_sided(
    trade_flow: pd.DataFrame, economies: Collection[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Set the annual reports of `economies` about each other side by side: `two_sided, reliability`.

    `trade_flow` has the columns of the warehouse table. Only exports and imports are compared:
    re-exports are contained in exports or missing from them as the reporter's trade system has it,
    and are added to nothing. Each basis has its own rows: `PREFERRED`, and every source by its id
    with its newest vintage. A side that reports nothing is missing, not zero. Amounts are in US
    dollars to the cent; `low_usd` and `high_usd` are the two sides made FOB, `gap_usd` (importer's
    less exporter's), `ratio` (importer's to exporter's) and `gap_index` |X−M|/(X+M) are of the
    figures as reported.
    """
    paired = _paired(_reports(trade_flow, economies))
    measured = reliability(paired)
    return _reconciled(_compared(paired), measured)[_COLUMNS], measured


def _reports(trade_flow: pd.DataFrame, economies: Collection[str]) -> pd.DataFrame:
    years = [period for period in trade_flow["period"].unique() if periods.is_year(period)]
    reports = trade_flow[
        trade_flow["flow_code"].isin(_SIDES)
        & trade_flow["reporter_code"].isin(economies)
        & trade_flow["partner_code"].isin(economies)
        & (trade_flow["reporter_code"] != trade_flow["partner_code"])
        & trade_flow["period"].isin(years)
    ]
    newest = reports[reports["newest_until"].isna()]
    preferred = reports[reports["preferred_until"].isna()]
    both = [newest.assign(basis=newest["source_id"]), preferred.assign(basis=PREFERRED)]
    return pd.concat(both, ignore_index=True).reindex(
        columns=["reporter_code", "partner_code", "flow_code", *_FLOW[2:], *_TOLD]
    )


def _paired(reports: pd.DataFrame) -> pd.DataFrame:
    """One row per flow and basis, in the order of the key, with both sides also made FOB."""
    sides = []
    for flow, (side, other) in _SIDES.items():
        names = {"reporter_code": f"{side}_code", "partner_code": f"{other}_code"}
        names |= {column: f"{side}_{column}" for column in _TOLD}
        told = reports[reports["flow_code"] == flow].drop(columns="flow_code")
        sides.append(told.rename(columns=names))
    paired = sides[0].merge(sides[1], on=_FLOW, how="outer", validate="one_to_one")
    paired = paired.sort_values(_FLOW, ignore_index=True)
    for side, usual in _USUAL.items():
        valuation = paired[f"{side}_valuation"].mask(lambda told: told == "not stated", usual)
        value = paired[f"{side}_value_usd"]
        paired[f"{side}_fob"] = value.where(valuation != "CIF", value / CIF_FACTOR)
    digits = paired["product_code"].str.len().astype("str")
    return paired.assign(
        product_level=("HS" + digits).where(paired["product_code"] != "TOTAL", "TOTAL"),
        is_same_product=_is_same_product(paired),
    )


def _is_same_product(paired: pd.DataFrame) -> pd.Series:
    """Chapters have kept their meaning; a longer code means another good in another HS edition."""
    is_chapter = (paired["product_code"] == "TOTAL") | (paired["product_code"].str.len() == 2)
    editions = [paired[f"{side}_classification"].fillna("") for side in _USUAL]
    is_one_sided = paired[["exporter_fob", "importer_fob"]].isna().any(axis=1)
    return is_chapter | is_one_sided | (editions[0] == editions[1])


def _compared(paired: pd.DataFrame) -> pd.DataFrame:
    comparable = paired["is_same_product"]
    exported = paired["exporter_value_usd"].where(comparable)
    imported = paired["importer_value_usd"].where(comparable)
    gap, total = imported - exported, imported + exported
    fob = paired[["exporter_fob", "importer_fob"]].where(comparable).round(2)
    return paired.assign(
        gap_usd=gap.round(2),
        ratio=imported / exported.where(exported > 0),
        gap_index=gap.abs() / total.where(total > 0),
        low_usd=fob.min(axis=1, skipna=False),
        high_usd=fob.max(axis=1, skipna=False),
    )


def _reconciled(compared: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
    distances = measured.set_index(["basis", "product_level", "reporter_code", "role"])["distance"]
    exporter = _distance(compared, distances, "exporter")
    importer = _distance(compared, distances, "importer")
    is_known = exporter.notna() & importer.notna()
    exported, imported = compared["exporter_fob"], compared["importer_fob"]
    method = np.select(
        [imported.isna(), exported.isna(), ~compared["is_same_product"], is_known],
        ["exporter only", "importer only", "editions differ", "weighted"],
        "equal weights",
    )
    weights = {"exporter only": 1.0, "importer only": 0.0, "equal weights": 0.5}
    weight = (importer / (exporter + importer)).where(method == "weighted")
    for name, of_exporter in weights.items():
        weight = weight.mask(method == name, of_exporter)
    weight = weight.round(6)
    mean = weight * exported.fillna(0) + (1 - weight) * imported.fillna(0)
    # A weight of one half and a bit must not carry the rounded mean a cent past the nearer side.
    within = mean.round(2).clip(
        compared["low_usd"].fillna(-np.inf), compared["high_usd"].fillna(np.inf)
    )
    return compared.assign(
        exporter_weight=weight, reconciled_usd=within, method=method, assumed=_assumed(compared)
    )


def _distance(compared: pd.DataFrame, distances: pd.Series, role: str) -> pd.Series:
    keys = compared[["basis", "product_level", f"{role}_code"]].assign(role=role)
    found = distances.reindex(pd.MultiIndex.from_frame(keys))
    return pd.Series(found.to_numpy(), index=compared.index)


def _assumed(compared: pd.DataFrame) -> pd.Series:
    """Which side's valuation is a recommendation and no statement of its source."""
    unstated = {side: compared[f"{side}_valuation"] == "not stated" for side in _USUAL}
    words = {side: f"{side} {usual}" for side, usual in _USUAL.items()}
    both = unstated["exporter"] & unstated["importer"]
    said = np.select(
        [both, unstated["exporter"], unstated["importer"]],
        [", ".join(words.values()), words["exporter"], words["importer"]],
        "",
    )
    return pd.Series(said, index=compared.index, dtype="str").mask(lambda text: text == "")
