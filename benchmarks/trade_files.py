"""Trade to load: the largest real file there is, and made ones of its layout, as many rows as wanted."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.places import OUT, ROOT

REAL_ROWS = 2_050_346
_REAL = "trade-comtrade-hs2-23-reporters/comtrade_hs2_23reporters_1991_2021.csv.gz"
_YEARS, _CHAPTERS, _ECONOMIES = range(1991, 2022), 97, 231
_SEED = 42


def real() -> Path | None:
    """The file of 23 reporters, where `ALTYN_REAL_DATA` names its folder."""
    folder = os.environ.get("ALTYN_REAL_DATA")
    return Path(folder) / _REAL if folder else None


def made(rows: int) -> Path:
    """Make a file of so many rows, packed as the real one is; the same rows every time.

    Reporters, partners, years, flows and chapters are drawn from all there are, so that no two rows
    have one key; values from 1 to a billion.
    """
    import duckdb  # noqa: PLC0415 - wanted where a file is missing

    path = OUT / f"made-{rows}.csv.gz"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    pairs = _ECONOMIES * _ECONOMIES * len(_YEARS) * _CHAPTERS * 2
    share = max(1, int(pairs / rows * 0.9))
    with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
        connection.execute(
            f"""
            CREATE TABLE economy AS SELECT name_en AS name, row_number() OVER (ORDER BY code) AS id
            FROM read_csv('{ROOT / "data" / "catalog" / "economies.csv"}', all_varchar = true)
            WHERE m49 IS NOT NULL AND code <> 'WLD' LIMIT {_ECONOMIES}
            """
        )
        draw = f"hash(r.id, p.id, y.year, k.chapter, f.flow, {_SEED})"
        connection.execute(
            f"""
            COPY (
                SELECT y.year, f.flow, r.name AS reporter, p.name AS partner,
                    k.chapter || '.0' AS "cmdCode", 'Goods of chapter ' || k.chapter AS "cmdDescE",
                    (1 + {draw} % 1000000007) || '.0' AS "tradeValueUSD"
                FROM economy r, (FROM economy UNION ALL SELECT 'World', 0) p,
                    range({_YEARS.start}, {_YEARS.stop}) y(year),
                    (VALUES ('Import'), ('Export')) f(flow), range(1, {_CHAPTERS + 1}) k(chapter)
                WHERE {draw} % {share} = 0 LIMIT {rows}
            ) TO '{beside}' (FORMAT csv, HEADER, COMPRESSION gzip)
            """
        )
    beside.rename(path)
    return path
