"""The place of an economy in the trade among a group: sums, shares and ranks, by whose reports.

What an economy reports itself and what its partners report of it are two bases; a sum, a share and a
rank are always made within one of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from warehouse.catalog import FIRMNESS

OWN, PARTNERS = "own", "partners"
BASES = (OWN, PARTNERS)
"""By the economy's own reports, or by those of its partners."""

_MIRRORED = {"export": "import", "import": "export"}

STANDING = (
    *("economy_code", "basis", "value_usd", "share", "rank", "ranked"),
    *("told", "asked", "told_by", "sources", "vintage", "status"),
)
"""Columns of a standing: one row per basis and economy of which something is told, by basis and rank.

`share` is of the sum over all rows of a basis, `rank` one of `ranked`, both missing of the only one;
`told` of the `asked` partners stand in the sum, `told_by` lists them, `sources` tells whose figures
they are and `vintage` the newest edition among them. The sums of a basis cover unlike numbers of
partners: a rank is one among the sums reported.
"""


def told(flows: pd.DataFrame, direction: str) -> pd.DataFrame:
    """Say of each flow whose trade it is: `economy_code, other_code, basis`, then the columns of a flow.

    `direction` is "export" or "import", seen from `economy_code`. `flows` has `reporter_code`,
    `partner_code` and `flow_code`; the others stay.
    """
    own = flows[flows["flow_code"] == direction]
    mirrored = flows[flows["flow_code"] == _MIRRORED[direction]]
    return pd.concat(
        [
            own.assign(
                economy_code=own["reporter_code"], other_code=own["partner_code"], basis=OWN
            ),
            mirrored.assign(
                economy_code=mirrored["partner_code"],
                other_code=mirrored["reporter_code"],
                basis=PARTNERS,
            ),
        ]
    )


def standing(flows: pd.DataFrame, direction: str, counted: Sequence[str]) -> pd.DataFrame:
    """Rank economies by their trade of one year with the `counted` partners, columns `STANDING`.

    `flows` are those of the year. A share of nothing at all is missing, and who alone is told of has no rank.
    """
    rows = told(flows, direction)
    rows = rows[rows["other_code"].isin(counted)]
    made = [
        _summed(str(code), str(basis), group, len([each for each in counted if each != code]))
        for (basis, code), group in rows.groupby(["basis", "economy_code"])
    ]
    frame = pd.DataFrame(made, columns=[name for name in STANDING if name in _SUMMED])
    sums = frame.groupby("basis")["value_usd"]
    total = sums.transform("sum")
    ranked = sums.transform("size").astype(int)
    frame = frame.assign(
        share=(frame["value_usd"] / total.where(total > 0)).where(ranked > 1),
        rank=sums.rank(method="min", ascending=False).astype("Int64").where(ranked > 1),
        ranked=ranked,
    )
    return frame.sort_values(["basis", "rank", "economy_code"])[list(STANDING)].reset_index(
        drop=True
    )


_SUMMED = (
    *("economy_code", "basis", "value_usd", "told", "asked"),
    *("told_by", "sources", "vintage", "status"),
)


def _summed(code: str, basis: str, group: pd.DataFrame, asked: int) -> dict[str, object]:
    return {
        "economy_code": code,
        "basis": basis,
        "value_usd": float(group["value_usd"].sum()),
        "told": len(group),
        "asked": asked,
        "told_by": tuple(sorted(group["other_code"])),
        "sources": tuple(sorted(set(group["source_id"]))),
        "vintage": group["vintage"].max(),
        "status": min(group["status"], key=FIRMNESS.index),
    }


def years(flows: pd.DataFrame) -> list[str]:
    """List the years of which anything is reported, the newest first."""
    return sorted(set(flows["period"]), reverse=True)


def newest_shared(flows: pd.DataFrame) -> str:
    """Choose the newest year in which at least half of those who ever reported did; empty for none.

    A year of which one economy reports has no ranks worth the name.
    """
    reporters = flows.groupby("period")["reporter_code"].nunique()
    needed = flows["reporter_code"].nunique() / 2
    shared = [str(year) for year, count in reporters.items() if count >= needed]
    return max(shared, default="")
