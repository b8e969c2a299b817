"""The goods of one direction between two economies, as one side reports them, and what is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboards.components.pair.pairs import Pair
from dashboards.messages import message
from dashboards.selection import PairSelection
from warehouse.catalog import FIRMNESS, Source, Text

LOWER_BOUND = message(
    "A chapter that is not listed was not reported or is missing from the source; sums over chapters"
    " are lower bounds of the trade, and no total is made of them."
)


def evidence(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Say what figures made of several chapters rest on: `status, source_id, vintage, place`.

    One row per value of `by`: as firm as its least firm chapter, of its newest edition, its source
    where there is but one, and every place.
    """
    made = [
        (
            key,
            min(group["status"], key=FIRMNESS.index),
            group["source_id"].iloc[0] if len(set(group["source_id"])) == 1 else None,
            group["vintage"].max(),
            "; ".join(dict.fromkeys(group["place"].dropna())),
        )
        for key, group in rows.groupby(by)
    ]
    names = [by, "status", "source_id", "vintage", "place"]
    return pd.DataFrame(made, columns=names).astype({by: "str"})


@dataclass(frozen=True)
class Goods:
    """Chapters of all years of a flow (columns of `queries.products.chapters`), with their names.

    `direction` is written as `kaz-kgz`, exporter first; `side` is who reports: exporter or importer.
    """

    pair: Pair
    direction: str
    side: str
    frame: pd.DataFrame
    names: Mapping[str, Text]
    sections: Mapping[str, str]
    selection: PairSelection

    @property
    def reporter(self) -> str:
        """The code of who reports."""
        exporter, importer = self.direction.upper().split("-")
        return exporter if self.side == "exporter" else importer

    @property
    def title(self) -> str:
        """Name the direction: "Azerbaijan → Kazakhstan"."""
        exporter, importer = self.direction.upper().split("-")
        return self.pair.direction(exporter, importer)

    @property
    def reported_by(self) -> str:
        """Say who reports, and as what."""
        return self.pair.flow(self.reporter, "export" if self.side == "exporter" else "import")

    @property
    def years(self) -> list[str]:
        """The years of which there are chapters, in time."""
        return sorted(set(self.frame["period"]))

    @property
    def year(self) -> str:
        """The year chosen, or the newest there is; empty where there is none."""
        return self.selection.year or max(self.years, default="")

    @property
    def base(self) -> str:
        """The year compared with: as chosen, or the newest before the year shown; empty for none."""
        before = [year for year in self.years if year < self.year]
        return self.selection.base or max(before, default="")

    @property
    def base_fault(self) -> bool:
        """Whether the year shown cannot be compared with the base: none, no earlier, or no figures."""
        return not self.base or self.base >= self.year or self.base not in self.years

    def of(self, *years: str) -> pd.DataFrame:
        """The chapters of some years."""
        return self.frame[self.frame["period"].isin(years)]

    def name(self, code: str) -> str:
        """Name a chapter or section; nothing where it has no name."""
        return self.names[code][self.pair.locale.language] if code in self.names else ""

    def label(self, code: str) -> str:
        """Write a chapter with its code: "27 Mineral fuels"."""
        return f"{code} {self.name(code)}".strip()

    def section_name(self, code: str) -> str:
        """Name the section of a chapter; goods that are of no section say so."""
        section = self.sections.get(code)
        if section is None:
            return self.pair.locale.text("Of no section")
        return f"{section} {self.name(section)}".strip()

    def sources(self, rows: pd.DataFrame) -> list[Source]:
        """Whose figures rows are."""
        return [self.pair.sources[each] for each in dict.fromkeys(rows["source_id"])]
