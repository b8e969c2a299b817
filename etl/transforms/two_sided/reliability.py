"""How near a reporter's figures come to those of its partners, by an analysis of variance.

Of a flow from i to j that both report, with both figures FOB:

    |ln(M / X)| = mean + exporter(i) + importer(j) + error,  Σ exporter = Σ importer = 0

by weighted least squares. The distance of i as an exporter is mean + exporter(i), that of j as an
importer mean + importer(j): what is to be expected with an average partner (Gaulier & Zignago 2010,
CEPII Working Paper 2010-23, section 2.4: the variance analysis of the absolute logarithms of mirror
ratios), but no nearer than with its nearest partner and no farther than with its farthest: few
partners let effects that add up reach beyond all that was seen. `reliability` is e^−distance: the lesser of the two figures as a share of the greater, 1 for
perfect agreement.

Ours, as reporters are few: every pair and year counts once, shared among its products by their size,
so that neither the largest pair nor the smallest chapters decide; products of two, four and six digits
and totals are analysed apart; all years are analysed together, as a few partners in one year tell
nothing. The two sums of zero say that exporters err on average as importers do: an identifying
restriction without which no method could compare the two sides of one flow.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

MIN_PARTNERS = 2
"""With a single partner nobody can say whose figure is the worse."""

MIN_FIGURES = 10
"""As few mirror figures as one reporter in one role can be judged by: five years of two partners."""

MIN_DISTANCE = 0.01
"""No reporter is held nearer than one percent, which is less than freight differs by: a floor that
also keeps weights finite."""

_SAMPLE = ["basis", "product_level"]
_PAIR = ["exporter_code", "importer_code"]
_COLUMNS = [
    *_SAMPLE,
    *("reporter_code", "role", "figures", "partners", "distance", "reliability"),
]


def reliability(paired: pd.DataFrame) -> pd.DataFrame:
    """Measure each reporter in each role, columns `_COLUMNS`, in the order of the first four.

    `paired` has one row per flow with `exporter_fob` and `importer_fob`. A zero has no logarithm and
    is not counted. Reporters with fewer than `MIN_PARTNERS` comparable partners or `MIN_FIGURES`
    figures have no distance. Figures that no common partner joins are analysed apart.
    """
    cells = _cells(paired)
    if cells.empty:
        return pd.DataFrame(columns=_COLUMNS)
    counted = pd.concat([_counted(cells, side) for side in _PAIR], ignore_index=True)
    rows = [row for sample, group in cells.groupby(_SAMPLE) for row in _analysed(sample, group)]
    names = [*_SAMPLE, "reporter_code", "role"]
    distances = pd.DataFrame(rows, columns=[*names, "distance"])
    distances = distances.astype(dict.fromkeys(names, "str") | {"distance": float})
    measured = counted.merge(distances, on=names, how="left").sort_values(names, ignore_index=True)
    return measured.assign(reliability=np.exp(-measured["distance"]).round(6))[_COLUMNS]


def _cells(paired: pd.DataFrame) -> pd.DataFrame:
    """Sums that hold all a least-squares fit needs to know, one row per sample and pair."""
    exported, imported = paired["exporter_fob"], paired["importer_fob"]
    mirrored = paired[(exported > 0) & (imported > 0) & paired["is_same_product"]]
    size = mirrored["exporter_fob"] + mirrored["importer_fob"]
    year = [mirrored[name] for name in (*_SAMPLE, *_PAIR, "period")]
    weight = size / size.groupby(year).transform("sum")
    ratio = mirrored["importer_fob"] / mirrored["exporter_fob"]
    distance = pd.Series(np.abs(np.log(ratio.to_numpy())), index=mirrored.index)
    return (
        mirrored[[*_SAMPLE, *_PAIR]]
        .assign(weight=weight, weighted=weight * distance, figures=1)
        .groupby([*_SAMPLE, *_PAIR], as_index=False)
        .sum()
    )


def _counted(cells: pd.DataFrame, side: str) -> pd.DataFrame:
    counted = cells.groupby([*_SAMPLE, side], as_index=False).agg(
        figures=("figures", "sum"), partners=("figures", "size")
    )
    return counted.rename(columns={side: "reporter_code"}).assign(role=_role(side))


def _role(side: str) -> str:
    return side.removesuffix("_code")


def _analysed(sample: object, cells: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    basis, level = sample if isinstance(sample, tuple) else (sample, "")
    told_apart = _told_apart(cells.reset_index(drop=True))
    for _first, joined in told_apart.groupby(_joined(told_apart)):
        for reporter, role, distance in _distances(joined):
            yield basis, level, reporter, role, round(max(distance, MIN_DISTANCE), 6)


def _told_apart(cells: pd.DataFrame) -> pd.DataFrame:
    """Leave the pairs whose sides can each be judged by others, who can be judged themselves."""
    while True:
        is_enough = pd.Series(data=True, index=cells.index)
        for side in _PAIR:
            figures = cells.groupby(side)["figures"]
            is_enough &= figures.transform("size") >= MIN_PARTNERS
            is_enough &= figures.transform("sum") >= MIN_FIGURES
        if is_enough.all():
            return cells
        cells = cells[is_enough]


def _joined(cells: pd.DataFrame) -> pd.Series:
    """Number the pairs alike that chains of common partners join, by the first pair of each."""
    number = pd.Series(cells.index, index=cells.index)
    while True:
        spread = number
        for side in _PAIR:
            spread = spread.groupby(cells[side]).transform("min")
        if spread.equals(number):
            return number
        number = spread


def _distances(cells: pd.DataFrame) -> Iterator[tuple[str, str, float]]:
    """Yield reporter, role and distance: the least-squares means of the analysis of variance."""
    names = {side: sorted(set(cells[side])) for side in _PAIR}
    contrasts = [_contrasts(cells[side], names[side]) for side in _PAIR]
    design = np.hstack([np.ones((len(cells), 1)), *contrasts])
    weight = cells["weight"].to_numpy()
    scale = np.sqrt(weight)
    seen = cells["weighted"] / weight
    mean, *effects = np.linalg.lstsq(design * scale[:, None], seen * scale, rcond=None)[0]
    for side in _PAIR:
        own, effects = effects[: len(names[side]) - 1], effects[len(names[side]) - 1 :]
        expected = pd.Series([*own, -sum(own)], index=names[side]) + mean
        bounds = seen.groupby(cells[side])
        for reporter, distance in expected.clip(bounds.min(), bounds.max()).items():
            yield str(reporter), _role(side), float(distance)


def _contrasts(codes: pd.Series, names: list[str]) -> npt.NDArray[np.float64]:
    """Columns for all names but the last, whose effect is what makes the sum zero."""
    indicators = np.array([[code == name for name in names] for code in codes], dtype=np.float64)
    return np.subtract(indicators[:, :-1], indicators[:, -1:])
