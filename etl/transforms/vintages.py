"""Vintages: when each figure could be known, and what a publisher changed between two snapshots."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from etl.refusals import Refusal, rows
from etl.units import convert, kept_unit
from warehouse import periods

_AMOUNTS = ("value", "low", "high")


def own(frame: pd.DataFrame, releases: pd.DataFrame) -> pd.DataFrame:
    """Add `known_since`, a day, to rows of our own tables.

    It is the day in `releases` (`source, vintage, known_since`) on which that vintage of the source
    was out, else the last day of the vintage itself.
    """
    pairs = pd.MultiIndex.from_frame(frame[["source", "vintage"]])
    released = _days(releases)
    days = {pair: _release(pair, released) for pair in pairs.unique()}
    return frame.assign(snapshot_id="", known_since=[days[pair] for pair in pairs])


def of_snapshots(read: pd.DataFrame, key: Sequence[str], releases: pd.DataFrame) -> pd.DataFrame:
    """Give rows read from snapshots their `vintage` and `known_since`.

    Rows carry the `edition` that the document calls itself, or none, the `day` on which it was
    released or taken, and the time at which it was `taken`. The first to give a figure names its
    vintage: by the edition, else the day. A later one that gives another is a vintage of its own;
    one that repeats it adds nothing and is left out. Names of vintages sort as what they name.
    """
    # A release of long ago may be added after a newer one: when it was taken then tells no age.
    is_fresh = read["day"] == read["taken"].str[:10]
    stamped = read.assign(stamp=read["taken"].where(is_fresh, read["day"] + "/" + read["taken"]))
    ordered = stamped.sort_values(["edition", "stamp"], kind="stable", ignore_index=True)
    figure = [ordered[name] for name in (*key, "edition")]
    is_first = ~ordered.duplicated([*key, "edition"])
    if not is_first.all():
        ordered = ordered[is_first | _differs(ordered, figure)].reset_index(drop=True)
        is_first = ~ordered.duplicated([*key, "edition"])
    released = _days(releases)
    vintage = ordered["edition"].where(ordered["edition"] != "", ordered["day"])
    pairs = pd.MultiIndex.from_arrays([ordered["source"], vintage])
    days = {pair: released.get(pair, "") for pair in pairs.unique()}
    release = pd.Series([days[pair] for pair in pairs], index=ordered.index, dtype="str")
    later = ordered["edition"] + "/" + ordered["stamp"]
    return ordered.drop(columns=["edition", "day", "taken", "stamp"]).assign(
        vintage=vintage.where(is_first, later.str.removeprefix("/")),
        known_since=release.where(is_first & (release != ""), ordered["day"]),
    )


def of_records(snapshots: pd.DataFrame, figures: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Say of snapshots since when they speak: their `day`, or before it if a figure of theirs does.

    The edition in a document added late may have been out for long.
    """
    speaks = pd.concat([frame[["snapshot_id", "known_since"]] for frame in figures])
    first = speaks.groupby("snapshot_id")["known_since"].min()
    day = snapshots["day"]
    since = snapshots["id"].map(first).fillna(day)
    # Of no snapshots at all pandas makes a column of numbers, and days are texts.
    known_since = since.where(since < day, day).astype("str")
    return snapshots.drop(columns="day").assign(known_since=known_since)


def joined(
    written: pd.DataFrame, read: pd.DataFrame, key: Sequence[str]
) -> tuple[pd.DataFrame, list[Refusal]]:
    """Put rows of our own tables and of snapshots together; the publisher's own bytes go first.

    A row of ours that a snapshot proves, to the digits that both have, is left out; one that it
    contradicts is refused.
    """
    names = [*key, "vintage"]
    proofs = read.drop_duplicates(names)[[*names, *_present(read), "unit", "place", "snapshot_id"]]
    pairs = written[[*names, *_present(written), "unit"]].merge(
        proofs, on=names, how="left", suffixes=("", "_proof"), validate="one_to_one"
    )
    is_proved = (pairs["snapshot_id"].notna()).to_numpy()
    if not is_proved.any():
        return pd.concat([written, read], ignore_index=True), []
    agrees = pairs["unit"] == pairs["unit_proof"]
    for name in _present(written):
        agrees &= _rounds_to(pairs[f"{name}_proof"].fillna(""), pairs[name])
    is_wrong = is_proved & ~agrees.to_numpy()
    contradicted = written[is_wrong].assign(proof=pairs["place"][is_wrong].to_numpy())
    refusals = [
        Refusal.at(
            row,
            "value",
            f"is not what the publisher's document says ({row['proof']})",
            "Correct the row after the document, or leave it to the document alone.",
        )
        for row in rows(contradicted)
    ]
    return pd.concat([written[~is_proved], read], ignore_index=True), refusals


def _differs(ordered: pd.DataFrame, figure: list[pd.Series]) -> pd.Series:
    """Whether a row gives another figure than the one before it of the same key and edition."""
    before = ordered.groupby(figure, sort=False)[[*_present(ordered), "unit", "status"]].shift()
    is_same = ordered["status"] == before["status"]
    is_rescaled = is_same & (ordered["unit"] != before["unit"])
    for name in _present(ordered):
        equal = _same(ordered[name], before[name].fillna(""))
        # A publisher's table in millions and its answer in dollars say one thing.
        now, then = (_kept(frame[is_rescaled], name) for frame in (ordered, before))
        equal[is_rescaled] = now == then
        is_same &= equal
    return ~is_same


def _kept(figures: pd.DataFrame, name: str) -> pd.Series:
    """Each number with its unit, as the warehouse keeps them, whatever it was written in."""
    pairs = zip(figures[name], figures["unit"], strict=True)
    kept = [f"{convert(cell, unit) if cell else ''} {kept_unit(unit)}" for cell, unit in pairs]
    return pd.Series(kept, index=figures.index, dtype="str")


def _same(left: pd.Series, right: pd.Series) -> pd.Series:
    # "1.0" and "1" are one number; the same decimal digits always make the same float.
    numbers = pd.to_numeric(left, errors="coerce") == pd.to_numeric(right, errors="coerce")
    return pd.Series(numbers | (left.to_numpy() == right.to_numpy()), index=left.index)


def _rounds_to(exact: pd.Series, written: pd.Series) -> pd.Series:
    """Whether numbers agree at the digits that both have; two empty cells agree.

    A publisher's files of one edition round differently, and ours may be after the finer one.
    """
    decimals = _decimals(written).where(_decimals(written) < _decimals(exact), _decimals(exact))
    gap = (pd.to_numeric(exact, errors="coerce") - pd.to_numeric(written, errors="coerce")).abs()
    return (gap <= 0.5 * 10.0**-decimals) | ((exact == "") & (written == ""))


def _decimals(numbers: pd.Series) -> pd.Series:
    return numbers.str.partition(".")[2].str.len()


def _present(frame: pd.DataFrame) -> list[str]:
    return [name for name in _AMOUNTS if name in frame]


def _days(releases: pd.DataFrame) -> dict[tuple[str, str], str]:
    return {(row["source"], row["vintage"]): row["known_since"] for row in rows(releases)}


def _release(pair: tuple[str, str], released: dict[tuple[str, str], str]) -> str:
    return released.get(pair) or periods.parse(pair[1].partition("/")[0]).end.isoformat()
